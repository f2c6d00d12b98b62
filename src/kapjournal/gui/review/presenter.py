"""What the review screen does: look at a session along time, compare sessions, write on, sign. Plain Python.

Every key press is on the desk a fifth of a second later; nothing is said to be saved before the disk has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.application.review_session import ACCOUNT, LATE, LATE_AT, NOTE, OWN, Asked, Reviewed
from kapjournal.domain.errors import JournalError
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.review import showing
from kapjournal.gui.review.moving import Moving
from kapjournal.gui.review.state import Picture, Review, ReviewUses, Track, View
from kapjournal.gui.review.telling import tracks
from kapjournal.gui.saving import Outbox, Write

DRAFT_S = 0.2  # from a key press to the desk
COMMENT, CORRECT, CHECK = "comment:", "correct:", "check:"


class ReviewPresenter(Moving):
    """Holds what is looked at and what is typed, keeps it, and tells the view what to show."""

    def __init__(self, uses: ReviewUses, tasks: Tasks, clock: Clock, timer: Timer, view: View) -> None:
        super().__init__()
        self._uses, self._tasks, self._clock, self._timer, self._view = uses, tasks, clock, timer, view
        self._outbox: Outbox[ReviewUses] = Outbox(uses, tasks, timer, self._show, self._bug)
        self._asked = Asked()
        self._typed: dict[str, str] = {}
        self._cancel: Callable[[], None] | None = None
        self._gone = False  # the screen was left: what comes back now is told to nobody
        self._open: set[str] = set()  # fields that are unfolded to write in
        self._held: dict[str, Mapping[str, str]] = {}
        self.state = Review()

    # --- what is looked at -----------------------------------------------------------------------------------

    def start(self, about: str = "", held: dict[str, Mapping[str, str]] | None = None) -> None:
        """Look at a session or an entry; `held` is what a full disk had refused, by session."""
        self._held = held if held is not None else {}
        self._ask(Asked(about))

    def look_at(self, session: str) -> None:
        """Look at another session."""
        if session and session != self.state.session:
            self._flush()
            if self._outbox.trouble and self._left():  # the desk does not know it yet
                self._held[self.state.session] = self._left()
            self._open.clear()
            own, beside = self._asked.own, tuple(s for s in self._asked.beside if s != session)
            self._ask(Asked(session, beside, own=own))

    def other_session(self, by: int) -> None:
        """The session before, or the one after."""
        ids = [one.id for one in self.state.sessions]
        if self.state.session in ids:
            at = ids.index(self.state.session) + by
            if 0 <= at < len(ids):
                self.look_at(ids[at])

    def show_own(self) -> None:
        """Show what was written of the own state, or put it away again."""
        self._ask(self._asked._replace(about=self.state.session, own=not self._asked.own))

    def compare(self) -> None:
        """Lay the session before of the same kind over this one, or go back to one session."""
        self.state = self.state._replace(comparing=not self.state.comparing)
        beside: tuple[str, ...] = ()
        if self.state.comparing:
            beside = showing.laid_over_first(self._reviewed)
            self.picture = self.picture._replace(cursor=self._chosen_minute())
        self._ask(self._asked._replace(about=self.state.session, beside=beside))

    def lay_over(self, session: str) -> None:
        """Lay another session over this one, or take it away."""
        before = self._asked.beside
        beside = tuple(s for s in before if s != session) if session in before else (*before, session)
        self._ask(self._asked._replace(about=self.state.session, beside=beside))

    def set_within(self, minutes: int) -> None:
        """How far from the minute what was said still counts as around it."""
        self.state = self.state._replace(within=minutes)
        self._show()

    def _ask(self, asked: Asked, chosen: str = "") -> None:
        self._asked = asked

        def read() -> tuple[Reviewed, tuple[Track, ...]]:
            found = self._uses.read(asked)
            return found, tracks(found)

        self._tasks.run(read, lambda found: self._take(*found, chosen), self._failed)

    def _take(self, reviewed: Reviewed, laid: tuple[Track, ...], chosen: str) -> None:
        before, self._reviewed = self._reviewed, reviewed
        session = reviewed.session
        another = session is not None and (before is None or before.session is None or before.session.id != session.id)
        if session is not None and another:
            self._flush()  # what was typed about the one before while this one was read
            held = self._held.pop(session.id, None)
            self._typed = dict(held or reviewed.typed)
            self._open |= {name for name, words in self._typed.items() if words}
            self.state = self.state._replace(asks_to_sign=False)
            self._fill_again()
            if held:
                self._changed()
        self._lay(Picture(laid), wanted=chosen or reviewed.entry, anew=another)
        self.state = self.state._replace(busy=False, message=None)
        self._show()

    def _fill_again(self, *fields: str) -> None:
        """The view takes what is typed into these fields; into all of them where none is named."""
        names = {field.partition(":")[0] for field in fields} or {*self._versions, LATE}
        for name in names & {*self._versions}:
            self._versions[name] += 1
        if not names <= {*self._versions}:
            self.state = self.state._replace(late_version=self.state.late_version + 1)

    # --- what is typed ---------------------------------------------------------------------------------------

    def typed(self, name: str, words: str) -> None:
        """Hear a field change: account, note, own, late, late.at, comment, correct, or a check of the landing."""
        name = self._field(name)
        if self._reviewed is None or self._typed.get(name, "") == words:
            return
        self._typed[name] = words
        self.state = self.state._replace(late_problem="")
        self._changed()
        self._show()

    def _field(self, name: str) -> str:
        return f"{name}:{self.picture.chosen}" if f"{name}:" in (COMMENT, CORRECT) else name

    def write_on(self, name: str) -> None:
        """Unfold a field to write in; the one of a comment begins empty, that of a correction with the words."""
        name = self._field(name)
        if self.state.received and name in (ACCOUNT, NOTE, OWN):
            return
        if name.startswith((COMMENT, CORRECT)):
            self._open -= {other for other in self._open if other.startswith((COMMENT, CORRECT))}
        if name.startswith(CORRECT) and self.state.chosen is not None:
            self._typed.setdefault(name, showing.words_to_correct(self._reviewed, self.picture.chosen))
        self._open.add(name)
        self._fill_again(name)
        self._show()

    def leave_writing(self, name: str) -> None:
        """Fold a field; what is typed waits there."""
        self._open.discard(self._field(name))
        self._show()

    def unfold(self) -> None:
        """Show the chosen entry's details, or fold them."""
        self._unfolded = not self._unfolded
        self._show()

    def keep(self, name: str) -> None:
        """Keep what stands in a field: the account, a note, a comment, a correction."""
        field, session = self._field(name), self.state.session
        words, left = self._typed.get(field, ""), self._left(field)
        entry = self.picture.chosen
        write: dict[str, Callable[[ReviewUses], object]] = {
            "comment": lambda uses: uses.comment(session, entry, words, left),
            "correct": lambda uses: uses.correct(session, entry, words, left),
        }
        work = write.get(name, lambda uses: uses.keep_words(session, name, words, left))
        self._send(field, work, lambda _: self._kept({field: words}))

    def keep_late(self) -> None:
        """Keep the late entry and show it in its place."""
        session, at, line = self.state.session, self._typed.get(LATE_AT, ""), self._typed.get(LATE, "")
        left = self._left(LATE, LATE_AT)

        def kept(entry: object) -> None:
            self._kept({LATE: line, LATE_AT: at}, chosen=str(entry))

        def refused(error: JournalError) -> None:
            self.state = self.state._replace(late_problem=error.sentence)
            self._show()

        self._send(LATE, lambda uses: uses.add_late(session, at, line, left), kept, refused)

    def begin_late(self) -> None:
        """The late entry is about to be written: about the moment that is chosen, unless a time stands there."""
        mark = self.picture.mark
        if not self._typed.get(LATE_AT) and mark is not None and self.state.session:
            self._typed[LATE_AT] = mark.cells[0]
            self._fill_again(LATE_AT)
            self._changed()
            self._show()

    def show_checks(self) -> None:
        """Unfold the landing list, or fold it."""
        self.state = self.state._replace(checks_shown=not self.state.checks_shown)
        self._show()

    def ask_to_sign(self) -> None:
        """Say what signing does, before it is done."""
        self.state = self.state._replace(asks_to_sign=True)
        self._show()

    def acted(self, action: str) -> None:
        """Hear a button of the strip: sign, close, or try again."""
        self.state = self.state._replace(asks_to_sign=False)
        if action == "sign":
            self._sign()
        elif action == "try_again":
            self._outbox.try_again()
        else:
            self.state = self.state._replace(message=None)
        self._show()

    def _sign(self) -> None:
        session = self.state.session
        for name in (ACCOUNT, NOTE, OWN):
            if self._typed.get(name, "").strip():
                self.keep(name)
        checks = {label: self._typed.get(f"{CHECK}{name}", "") for name, label, _ in self.state.checks}
        sent = {f"{CHECK}{name}": checks[label] for name, label, _ in self.state.checks}
        left = self._left(ACCOUNT, NOTE, OWN, *sent)
        self.state = self.state._replace(checks_shown=False)
        self._send("sign", lambda uses: uses.sign(session, checks, left), lambda _: self._kept(sent))

    def integrate(self, intention: str) -> None:
        """Follow an intention to the notes that answer it."""
        self._uses.integrate(intention)

    # --- keeping ---------------------------------------------------------------------------------------------

    def _left(self, *taken: str) -> dict[str, str]:
        """What stays half-typed once these fields are kept."""
        return {name: words for name, words in self._typed.items() if words and name not in taken}

    def _send(
        self,
        field: str,
        work: Callable[[ReviewUses], object],
        done: Callable[[object], None],
        refused: Callable[[JournalError], None] | None = None,
    ) -> None:
        if self._reviewed is None or any(busy == field for busy in self._on_way):
            return
        self._on_way.append(field)
        self._stop_waiting()
        self._outbox.drop(f"draft:{self.state.session}")

        def kept(result: object) -> None:
            self._on_way.remove(field)
            done(result)

        def fell_through(error: JournalError) -> None:
            self._on_way.remove(field)
            self._changed()  # what was taken off the desk for it lies there again
            (refused or self._refused)(error)

        self._outbox.send(Write(work, kept, fell_through))
        self._show()

    def _kept(self, sent: Mapping[str, str], chosen: str = "") -> None:
        """What was sent is an entry now; what was typed on meanwhile stays half-typed."""
        done = [field for field, words in sent.items() if self._typed.get(field, "") == words]
        for field in done:
            self._typed.pop(field, None)
            self._open.discard(field)
        if done:
            self._fill_again(*done)
        if len(done) < len(sent):
            self._changed()
        self._ask(self._asked._replace(about=self.state.session), chosen)

    def _changed(self) -> None:
        if self._cancel is None:
            self._cancel = self._timer.after(DRAFT_S, self._put)

    def _stop_waiting(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _put(self) -> None:
        self._stop_waiting()
        session, typed = self.state.session, self._left(*self._on_way)
        self._outbox.send(
            Write(lambda uses: uses.put_typed(session, typed), lambda _: None, self._refused, key=f"draft:{session}")
        )

    def _flush(self) -> None:
        if self._cancel is not None:
            self._put()

    def keep_now(self) -> None:
        """Keep what is half-typed now."""
        self._flush()

    def stop(self, hold: Callable[[str, Mapping[str, str]], None] = lambda _session, _typed: None) -> None:
        """The screen goes: what is typed is sent a last time; `hold` hears of what the disk still refuses then."""
        session, typed = self.state.session, self._left()
        self._flush()
        self._stop_waiting()
        self._gone = True
        self._outbox.stop()
        if typed:
            self._tasks.run(lambda: None, lambda _: hold(session, typed) if self._outbox.left else None, self._bug)

    def _refused(self, error: JournalError) -> None:
        self.state = self.state._replace(message=Message(error.sentence, "safety"))
        self._show()

    def _failed(self, error: Exception) -> None:
        self.state = self.state._replace(busy=False, message=trouble(error))
        self._show()

    def _bug(self, error: Exception) -> None:
        self.state = self.state._replace(message=trouble(error))
        self._show()

    def _show(self) -> None:
        if self._gone:
            return
        if self._reviewed is not None:
            facts = showing.Facts(
                self._reviewed, self._asked, self._typed, frozenset(self._open), self._versions, unfolded=self._unfolded
            )
            self.state = showing.screen(self.state, facts, self.picture, self._outbox.trouble, self._clock.now().at)
        waits = self._outbox.pending or self._cancel is not None or self._outbox.trouble
        self._uses.told(self.state.title.partition(",")[0].lower(), "" if waits else "Saved")
        self._view.show_state(self.state)

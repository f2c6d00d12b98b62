"""What the handover screen does: whom it is for, what goes, every page read, and the seal. Plain Python.

Whatever is changed is laid out anew on the worker, and only what was read as it stands now can be sealed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kapjournal.application.authorize import Signed
from kapjournal.application.colleagues import Colleague
from kapjournal.application.hand_over import Sealed as SealedBundle
from kapjournal.application.hand_over import Stopped
from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.domain.bundle import Permission, Recipient
from kapjournal.domain.days import read_day
from kapjournal.domain.selection import Disclosure
from kapjournal.gui.handover.choice import Choice
from kapjournal.gui.handover.laying import Laying, View
from kapjournal.gui.handover.showing import held_sessions
from kapjournal.gui.handover.state import Copy, Note, PermissionForm, Progress, Way
from kapjournal.gui.handover.telling import PRINTED, given_says, log_lines, log_page, preview_title, told_sealed
from kapjournal.gui.handover.tree import Axis
from kapjournal.gui.handover.uses import HandOverUses, Loaded
from kapjournal.gui.messages import Message, trouble

AGAIN_AFTER_S = 0.6  # after the last key in a field whose words are on the pages
_NO_PATH = "Say where the file shall lie."

Told = Callable[[int, int], None]


class HandOverPresenter(Laying):
    """Turns what is chosen into pages, and pages that were read into a sealed bundle.

    `on_screen` brings what the worker tells of its progress to the thread of the screen.
    """

    def __init__(
        self,
        uses: HandOverUses,
        tasks: Tasks,
        clock: Clock,
        timer: Timer,
        view: View,
        on_screen: Callable[[Told], Told],
    ) -> None:
        super().__init__(uses, tasks, clock, timer, view)
        self._on_screen = on_screen
        self._stop = [False]

    # --- coming and going ------------------------------------------------------------------------------------

    def start(self, alias: str) -> None:
        """Read what there is of the client and show it."""
        self._show(alias=alias, title=preview_title(""))
        self._run(self._uses.read, self._read_done)

    def leave(self) -> None:
        """Go out: what was chosen lies on the desk; a sealing that runs is stopped."""
        if self._half_typed:
            self._keep_draft()
        self._stop[0] = True

    def _read_done(self, loaded: Loaded) -> None:
        choice = self._choice = Choice(loaded)
        letter = choice.letter
        self.state = self.state._replace(
            copy=choice.copy,
            who=choice.who(self.state.who),
            letter=(letter.questions, letter.helped, letter.did_not_help),
            letter_version=self.state.letter_version + 1,
            log=log_lines(loaded.disclosures),
            path=str(self._uses.place(choice.alias)),
            read=True,
        )
        self._look_again()
        if choice.copy is Copy.NOTE:
            self.choose_session("")

    # --- whom it is for --------------------------------------------------------------------------------------

    def choose_copy(self, copy: Copy) -> None:
        """What kind of copy is made."""
        choice = self._choice
        if choice is None or self.state.progress is not None:
            return
        choice.take_copy(copy)
        self.state = self.state._replace(copy=copy, sealed=None, note=None, who=choice.who(self.state.who))
        self._changed()
        if copy is Copy.NOTE:
            self.choose_session("")

    def edit_who(self) -> None:
        """Choose anew whom it is for."""
        if self._choice is not None:
            self._show(who=self._choice.who(self.state.who, editing=True), sealed=None)

    def leave_who(self) -> None:
        """Stay with the one chosen before."""
        if self._choice is not None:
            self._show(who=self._choice.who(self.state.who))

    def choose_way(self, way: Way) -> None:
        """How it will be opened."""
        self._show(who=self.state.who._replace(way=way, editing=True, problem=""))

    def choose_known(self, name: str) -> None:
        """A colleague whose key is known."""
        self._show(who=self.state.who._replace(way=Way.KNOWN, chosen=name, problem=""))

    def keep_who(self, name: str, key: str, purpose: str, sender: str) -> None:
        """Take what was filled in; a key is kept with its name, and its six words are shown."""
        choice, who = self._choice, self.state.who
        if choice is None:
            return
        name = who.chosen if who.way is Way.KNOWN else name.strip()
        missing = (
            (name, "Say whom it is for."),
            (purpose.strip(), "Say why it goes. One line is enough."),
            (sender.strip(), "Say by what name they know you."),
        )
        problem = next((says for typed, says in missing if not typed), "")
        self._show(who=who._replace(purpose=purpose, sender=sender, typed=(name, key), problem=problem))
        if problem:
            return
        choice.purpose = purpose.strip()
        self._sign_as(choice, sender.strip())
        known = choice.loaded.colleagues.named(name)
        if who.way is Way.KNOWN and known is not None:
            self._is_for(known)
        elif who.way is Way.KEY:
            self._run(lambda: self._uses.remember(name, key.strip(), False), self._is_for, self._not_kept)
        else:
            choice.recipient = Recipient(name=name)
            self._who_chosen(choice)

    def compared(self) -> None:
        """The six words were compared now."""
        one = self._choice.colleague if self._choice else None
        if one is not None:
            self._run(lambda: self._uses.remember(one.name, one.recipient, True), self._is_for)

    def _sign_as(self, choice: Choice, sender: str) -> None:
        if choice.loaded.sender != sender:
            choice.loaded = choice.loaded._replace(sender=sender)
            self._tasks.run(lambda: self._uses.keep_sender(sender), lambda _: None, self._failed)

    def _not_kept(self, error: Exception) -> None:
        self._show(who=self.state.who._replace(problem=trouble(error).sentence))

    def _is_for(self, colleague: Colleague) -> None:
        if self._choice is not None:
            self._choice.take_colleague(colleague)
            self._who_chosen(self._choice)

    def _who_chosen(self, choice: Choice) -> None:
        self.state = self.state._replace(who=choice.who(self.state.who))
        self._changed()

    # --- what goes -------------------------------------------------------------------------------------------

    def by(self, axis: Axis) -> None:
        """Go by kind or by session first."""
        if self._choice is not None:
            self._choice.by(axis)
            self._show_all(axis=axis)

    def turn(self, key: str) -> None:
        """Unfold or fold a row."""
        if self._choice is not None:
            self._choice.turn(key)
            self._show_all()

    def tick(self, key: str) -> None:
        """Turn a row over; nothing private is ticked without the client's written permission."""
        if self._choice is None or self.state.progress is not None:
            return
        if self._choice.tick(key, self._today):
            self._changed()
        else:
            self._show_all()

    def letter_typed(self, questions: str, helped: str, did_not_help: str) -> None:
        """The therapist's own words for the summary."""
        if self._choice is not None:
            words = {"questions": questions, "helped": helped, "did_not_help": did_not_help}
            self._choice.letter = self._choice.letter.model_copy(update=words)
            self._wait()
            self._wait = self._timer.after(AGAIN_AFTER_S, self._changed)
            self._half_typed = True
            self._show_all()

    # --- the permission --------------------------------------------------------------------------------------

    def begin_permission(self) -> None:
        """Record what the client signed."""
        name = self._choice.name if self._choice else ""
        self._show_permission(PermissionForm("", name, "", self._today.isoformat()))

    def leave_permission(self) -> None:
        """Record nothing."""
        if self._choice is not None:
            self._choice.refused_private = False
        self._show_all()

    def keep_permission(self, scope: str, to: str, until: str, signed_on: str) -> None:
        """Keep what the paper says."""
        form = PermissionForm(scope, to, until, signed_on)
        last, signed = (read_day(typed, self._today) for typed in (until, signed_on))
        if signed is None or (until.strip() and last is None):
            self._show_permission(form._replace(problem="Write each day like 2026-03-02, or 2 March 2026."))
            return
        self._run(
            lambda: self._uses.authorize(Signed(scope, to, signed, last)),
            self._permitted,
            lambda error: self._show_permission(form._replace(problem=trouble(error).sentence)),
        )

    def _permitted(self, permission: Permission) -> None:
        if self._choice is not None:
            self._choice.permitted(permission)
        self._changed()

    def _show_permission(self, form: PermissionForm) -> None:
        if self.state.private is not None:
            self._show(private=self.state.private._replace(form=form))

    # --- sealing ---------------------------------------------------------------------------------------------

    def take_path(self, path: str) -> None:
        """Where the file will lie."""
        self.state = self.state._replace(path=path)

    def seal(self) -> None:
        """Seal what was read; it is opened again and compared before it counts."""
        looked, handover, path = self._looked, self._handover, self._path()
        if not self.state.may_seal or looked is None or handover is None or path is None:
            return
        stop = self._stop = [False]
        hear = self._on_screen(self._went_on)

        def progress(done: int, of: int) -> None:
            if stop[0]:
                raise Stopped
            hear(done, of)

        self._show(progress=Progress(0, 1), message=None)
        self._run(lambda: self._uses.seal(handover, looked.preview, path, progress), self._sealed, self._not_sealed)

    def stop(self) -> None:
        """Stop the sealing; no file is left."""
        self._stop[0] = True
        if self.state.progress is not None:
            self._show(progress=self.state.progress._replace(stopping=True))

    def give(self, path: Path, made: Callable[[str], bytes]) -> None:
        """Write the referral summary as `made` makes it of its HTML; it is not encrypted."""
        looked, handover = self._looked, self._handover
        if self.state.may_seal and looked is not None and handover is not None:
            html, give = self._uses.summary, self._uses.give

            def write() -> Disclosure:
                return give(handover, looked.preview, path, made(html(looked.preview)))

            self._run(write, lambda disclosure: self._given(disclosure, given_says(path.name)))

    def print_summary(self, send: Callable[[str], None]) -> None:
        """Write down that the summary leaves on paper, then print it."""
        looked, handover = self._looked, self._handover
        if self.state.may_seal and looked is not None and handover is not None:
            uses = self._uses

            def note() -> tuple[str, Disclosure]:
                html = uses.summary(looked.preview)
                return html, uses.give_on_paper(handover, looked.preview)

            def noted(done: tuple[str, Disclosure]) -> None:
                self._given(done[1], PRINTED)
                send(done[0])

            self._run(note, noted)

    def log_page(self) -> str:
        """The disclosure log, to be printed."""
        loaded = self._choice.loaded if self._choice else None
        return log_page(self.state.alias, loaded.disclosures if loaded else (), self._clock.now())

    def done(self) -> None:
        """Enough seen of the sealed bundle: its passphrase is shown no more."""
        self._show_all(sealed=None)

    def act(self, _: str = "") -> None:
        """Close what is told in the strip."""
        self._show(message=None)

    def _path(self) -> Path | None:
        typed = self.state.path.strip()
        if not typed:
            self._show(message=Message(_NO_PATH, "mark"))
            return None
        return Path(typed).expanduser()

    def _went_on(self, done: int, of: int) -> None:
        if self.state.progress is not None:
            self._show(progress=self.state.progress._replace(done=done, of=of))

    def _sealed(self, sealed: SealedBundle) -> None:
        self._left(sealed.disclosure)
        path = str(self._uses.place(self.state.alias))
        self._show_all(sealed=told_sealed(sealed), progress=None, path=path)
        self._tasks.run(lambda: self._uses.put_draft(None), lambda _: None, self._failed)

    def _given(self, disclosure: Disclosure, says: str) -> None:
        self._left(disclosure)
        self._show_all(message=Message(says))

    def _left(self, disclosure: Disclosure) -> None:
        if self._choice is not None:
            loaded = self._choice.loaded
            self._choice.loaded = loaded._replace(disclosures=(*loaded.disclosures, disclosure))
            self.state = self.state._replace(log=log_lines(self._choice.loaded.disclosures))

    def _not_sealed(self, error: Exception) -> None:
        told = Message(error.sentence, "mark") if isinstance(error, Stopped) else trouble(error)
        self._show_all(progress=None, message=told)

    # --- the progress note -----------------------------------------------------------------------------------

    def choose_session(self, session: str) -> None:
        """Draft the progress note of a session; the latest where none is named."""
        sessions = held_sessions(self._choice.loaded.holdings) if self._choice else ()
        chosen = session or (sessions[0][0] if sessions else "")
        note = Note(sessions, chosen)
        self._show(note=note)
        if chosen:
            self._run(lambda: self._uses.note(chosen), lambda text: self._show(note=note._replace(text=text)))

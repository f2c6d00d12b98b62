"""What the screen of a client does: the course line, sessions planned and begun, facts kept as they are typed.

What is typed lies on the desk within a quarter of a second, and becomes part of the record when its field is left.
“Saved” is told only while nothing is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from kapjournal.application.plan_course import Agreed, Became, ClientPage
from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.course_facts import CLIENT_FACTS, COURSE_FACTS, client_words, course_words
from kapjournal.domain.course_plan import Stage, next_kind, next_number, next_planned, stage_of, title
from kapjournal.domain.dates import date_text
from kapjournal.domain.entry import PracticeState
from kapjournal.domain.errors import BadInput, JournalError
from kapjournal.gui.client import telling
from kapjournal.gui.client.asked import agreed_in, became_in, number_in, read_so_far, when_in
from kapjournal.gui.client.state import ClientState
from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message, trouble

Result = TypeVar("Result")

KEEP_WITHIN_S = 0.25
FACTS = (*CLIENT_FACTS, *COURSE_FACTS)
NOT_RUNNING = "No session is running with this client. Start one here."


class ClientUses(NamedTuple):
    """What the screen can ask for. The first ten run on the worker; the rest moves on.

    `measure` is None where no questionnaire can be filled in yet.
    """

    read: Callable[[], ClientPage]
    put_typed: Callable[[Mapping[str, str]], object]
    change_fact: Callable[[str, str, Mapping[str, str]], object]
    plan: Callable[[SessionKind, int | None, datetime | None], Session]
    move: Callable[[str, datetime | None], object]
    begin: Callable[[SessionKind, str | None], Session]
    add_contact: Callable[[str, str], object]
    add_practice: Callable[[Agreed], object]
    add_account: Callable[[str], object]
    settle: Callable[[str, Became], object]
    archive: Callable[[bool], object]
    enter: Callable[[str], None]  # the live view of a session
    prepare: Callable[[], None]
    edit_card: Callable[[], None]
    told: Callable[[str, str], None]  # the alias and what is known of the disk, for the frame
    measure: Callable[[], None] | None = None
    picture: Callable[[], None] = lambda: None  # the course in pictures
    part: Callable[[str], None] = lambda _: None  # the roster, at a part or at none


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: ClientState) -> None: ...


class ClientPresenter:
    """Turns what the therapist does with a client into what the screen shows next."""

    def __init__(self, uses: ClientUses, tasks: Tasks, clock: Clock, timer: Timer, view: View) -> None:
        self._uses = uses
        self._tasks = tasks
        self._clock = clock
        self._timer = timer
        self._view = view
        self._page: ClientPage | None = None
        self._typed: dict[str, str] = {}
        self._problems: dict[str, str] = {}
        self._on_way = 0
        self._failed_to_keep = False
        self._cancel: Callable[[], None] | None = None
        self._chosen = ""
        self._became = ("", PracticeState.OPEN)  # the practice that is asked about, and what it became
        self._state = ClientState(may_measure=uses.measure is not None)

    def start(self, page: ClientPage, message: str = "") -> None:
        """Show this client; what was half-typed when the screen was left is there again."""
        self._typed = dict(page.typed)
        self._take(page, fill=True)
        if message:
            self._show(message=Message(message))
        for name in [n for n in self._typed if n in FACTS]:
            self.finished(name, self._typed[name])
        form = next((form for form in ("plan", "contact", "practice", "account") if self._form_words(form)), "")
        if form:
            self.open_form(form)

    def look_again(self) -> None:
        """Read anew, after something was written."""
        self._tasks.run(self._uses.read, lambda page: self._take(page, fill=False), self._failed)

    def leave(self) -> None:
        """The screen goes: what is half-typed is on its way to the disk before anything else."""
        if self._cancel is not None:
            self._cancel()
        if not self._typed:
            return
        typed = dict(self._typed)
        self._tasks.run(lambda: self._leave_with(typed), lambda _: None, lambda _: None)

    def _leave_with(self, typed: dict[str, str]) -> None:
        """On the worker: first the desk, then each fact that fits goes into the record."""
        self._uses.put_typed(typed)
        for name in [n for n in typed if n in FACTS]:
            rest = {other: words for other, words in typed.items() if other != name}
            try:
                self._uses.change_fact(name, typed[name], rest)
            except BadInput:
                continue  # it stays on the desk, and is there with its sentence next time
            typed = rest

    # --- what is typed -------------------------------------------------------------------------------------

    def typed(self, name: str, words: str) -> None:
        """A key was pressed in a field; it is on the disk within a quarter of a second."""
        stood = self._stands().get(name, "")
        if words == stood:
            self._typed.pop(name, None)
        else:
            self._typed[name] = words
        if self._cancel is None:
            self._cancel = self._timer.after(KEEP_WITHIN_S, self._keep_typed)
        self._form_says()
        self._show()

    def _keep_typed(self) -> None:
        self._cancel = None
        typed = dict(self._typed)
        self._write(lambda: self._uses.put_typed(typed), lambda _: None)

    def finished(self, name: str, words: str) -> None:
        """A fact's field was left: what stands there becomes part of the record, if it fits."""
        if words.strip() == self._stands().get(name, "").strip():
            if name in self._problems:
                del self._problems[name]
                self._show()
            return
        rest = {other: typed for other, typed in self._typed.items() if other != name}
        self._write(
            lambda: self._uses.change_fact(name, words, rest),
            lambda _: self._fact_kept(name, words),
            lambda error: self._fact_unfit(name, words, error),
        )

    def _fact_kept(self, name: str, words: str) -> None:
        self._problems.pop(name, None)
        if self._typed.get(name) == words:
            del self._typed[name]
        self.look_again()

    def _fact_unfit(self, name: str, words: str, error: Exception) -> None:
        if not isinstance(error, BadInput):
            self._failed(error)
            return
        self._typed[name] = words
        self._problems[name] = error.sentence
        self._show()

    def _stands(self) -> dict[str, str]:
        page = self._page
        return {**client_words(page.facts.client), **course_words(page.facts.course)} if page else {}

    # --- sessions ------------------------------------------------------------------------------------------

    def choose(self, session: str) -> None:
        """Choose a session on the line."""
        self._chosen = session
        self._show()

    def open_chosen(self, session: str = "") -> None:
        """Enter on the line: open a session that was held or runs, begin a planned one."""
        found = self._session(session or self._chosen)
        if found is not None and stage_of(found) is not Stage.PLANNED:
            self._uses.enter(found.id)
        elif found is not None:
            self._begin(found.kind, found.id)

    def begin(self, kind: SessionKind) -> None:
        """Begin a session of this kind now: the one that runs, the next planned one, or a new one."""
        self._begin(kind, None)

    def return_to_running(self) -> None:
        """To the session that goes on; without one, say where to start."""
        on = self._running()
        if on is not None:
            self._uses.enter(on.id)
        else:
            self._show(message=Message(NOT_RUNNING))

    def _begin(self, kind: SessionKind, planned: str | None) -> None:
        self._write(lambda: self._uses.begin(kind, planned), lambda session: self._uses.enter(session.id))

    def prepare(self) -> None:
        """To the preparation of the next session."""
        self._uses.prepare()

    def edit_card(self) -> None:
        """To the plain form of what the live view's card shows."""
        self._uses.edit_card()

    def measure(self) -> None:
        """Fill in a questionnaire."""
        if self._uses.measure is not None:
            self._uses.measure()

    def picture(self) -> None:
        """To the course in pictures."""
        self._uses.picture()

    def part(self, part: str) -> None:
        """To the roster of parts."""
        self._uses.part(part)

    def archive(self) -> None:
        """Out of sight, or back."""
        archived = self._page is not None and self._page.facts.client.archived_on is None
        self._write(lambda: self._uses.archive(archived), lambda _: self.look_again())

    # --- forms in place ------------------------------------------------------------------------------------

    def open_form(self, name: str) -> None:
        """Open a form where it belongs; what was half-typed into it is there again."""
        words = self._form_words(name)
        if name == "plan" and self._page is not None:
            words = {"kind": next_kind(self._page.facts.sessions), **words}
        self._state = self._state._replace(form=Form(name), form_words=tuple(words.items()))
        self._form_says()
        self._show()

    def close_form(self) -> None:
        """Leave the form; what was typed stays for the next time."""
        self._show(form=Form())

    def settle(self, entry: str, state: PracticeState) -> None:
        """Ask for a word about why a practice was kept, changed or let go."""
        self._became = entry, state
        self.open_form("became")

    def keep_form(self, words: Mapping[str, str]) -> None:
        """Keep what stands in the open form, if it can be read."""
        now, (practice, state), session = self._clock.now().at, self._became, self._chosen
        uses, today = self._uses, now.date()
        kinds = words.get("kind") or SessionKind.DOSING
        reads: dict[str, Callable[[], Callable[[], object]]] = {
            "plan": lambda: partial(
                uses.plan, SessionKind(kinds), number_in(words.get("number", "")), when_in(words.get("when", ""), now)
            ),
            "move": lambda: partial(uses.move, session, when_in(words.get("when", ""), now)),
            "contact": lambda: partial(uses.add_contact, words.get("with", ""), words.get("text", "")),
            "practice": lambda: partial(uses.add_practice, agreed_in(words, today)),
            "became": lambda: partial(uses.settle, practice, became_in(state, words, today)),
            "account": lambda: partial(uses.add_account, words.get("text", "")),
        }
        read = reads.get(self._state.form.name)
        if read is not None:
            try:
                self._keep(read())
            except BadInput as unread:
                self._show(form=self._state.form._replace(problem=unread.sentence))

    def _keep(self, write: Callable[[], object]) -> None:
        form = self._state.form.name
        mine = f"{form}."
        left = {name: words for name, words in self._typed.items() if not name.startswith(mine)}

        def both() -> object:
            made = write()
            self._uses.put_typed(left)
            return made

        def unfit(error: Exception) -> None:
            if isinstance(error, JournalError):
                self._show(form=self._state.form._replace(problem=error.sentence))
            else:
                self._failed(error)

        def kept(made: object) -> None:
            self._typed = {name: words for name, words in self._typed.items() if not name.startswith(mine)}
            if isinstance(made, Session):
                self._chosen = made.id
            self._show(form=Form(), form_words=())
            self.look_again()

        self._write(both, kept, unfit)

    def _form_words(self, form: str) -> dict[str, str]:
        mine = f"{form}."
        return {name.removeprefix(mine): words for name, words in self._typed.items() if name.startswith(mine)}

    def _form_says(self) -> None:
        """Say how a half-typed date is read, while it is being typed."""
        form = self._state.form
        if not form.name:
            return
        said = read_so_far(self._form_words(form.name), self._clock.now().at)
        self._state = self._state._replace(form=form._replace(says=said, problem=""))

    # --- within --------------------------------------------------------------------------------------------

    def _write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._on_way += 1
        self._say_saved()

        def came(result: Result) -> None:
            self._on_way -= 1
            self._failed_to_keep = False
            self._show(message=None)
            done(result)

        def went_wrong(error: Exception) -> None:
            self._on_way -= 1
            self._failed_to_keep = not isinstance(error, BadInput)
            (failed or self._failed)(error)
            self._say_saved()

        self._tasks.run(work, came, went_wrong)

    def _failed(self, error: Exception) -> None:
        self._show(message=trouble(error))

    def _say_saved(self) -> None:
        waiting = self._on_way or self._cancel is not None or self._failed_to_keep
        self._state = self._state._replace(saved="" if waiting else "Saved")
        self._uses.told(self._state.alias, self._state.saved)

    def _session(self, session: str) -> Session | None:
        found = self._page.facts.sessions if self._page else ()
        return next((s for s in found if s.id == session), None)

    def _running(self) -> Session | None:
        on = [s for s in (self._page.facts.sessions if self._page else ()) if s.running]
        return max(on, key=lambda s: (s.kind is SessionKind.DOSING, s.started_at), default=None)

    def _take(self, page: ClientPage, *, fill: bool) -> None:
        before = self._stands()
        self._page = page
        now, facts = self._clock.now().at, page.facts
        stands = self._stands()
        dosing = next_planned(facts.sessions, SessionKind.DOSING)
        number = dosing.number if dosing and dosing.number else next_number(facts.sessions, SessionKind.DOSING)
        on, archived = self._running(), facts.client.archived_on
        version = self._state.facts_version + (fill or before != stands)
        self._show(
            alias=facts.client.alias,
            counted=telling.count_of(page),
            running=f"{title(on)} is open now" if on else "",
            line=telling.beads_told(page, now),
            next_dosing=f"Start dosing {number}",
            intentions=telling.intentions_told(page, now),
            parts=telling.parts_told(page),
            parts_word=page.wording.several,
            practices=telling.practices_told(page, now),
            contacts=telling.contacts_told(page, now),
            accounts=telling.accounts_told(page, now),
            measures=telling.measures_told(page),
            facts=tuple({**stands, **{n: w for n, w in self._typed.items() if n in FACTS}}.items()),
            facts_version=version,
            archived=f"Archived {date_text(archived, now.date())}" if archived else "",
        )

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        chosen = telling.chosen_told(self._session(self._chosen), self._clock.now().at)
        self._state = self._state._replace(chosen=chosen, problems=tuple(self._problems.items()))
        self._say_saved()
        self._view.show_state(self._state)

"""What the home screen does: find a client, add one by alias, see what waits, look after the record. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import nsmallest
from typing import NamedTuple, Protocol, TypeVar

from kapjournal.application.due import Due, DueKind, Facts, awaits_clearance, due, in_course
from kapjournal.application.look_over import Checked, Overview, RunningNow
from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.course_plan import Bead, Stage, beads, counted, stage_of, title, told
from kapjournal.domain.course_plan import without_medicine_here as elsewhere
from kapjournal.domain.dates import date_text, near_day, near_time
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.gui.messages import Message, trouble

Result = TypeVar("Result")

NO_CLIENTS = "No clients yet. An alias is enough to begin."
NOBODY_FOUND = "Nobody by that alias."
NOTHING_DUE = "Nothing waits."
NOTHING_PLANNED = "No sessions are planned."
AWAITED = "Clearance awaited"
MOST_BEADS = 12
MOST_NEXT = 4
TICK_S = 20.0  # the time since the first dose is told in minutes


class HomeUses(NamedTuple):
    """What the screen can ask for. `read`, `add_client` and `check` run on the worker; the rest moves on.

    `back_up` is None where no backup can be made from here.
    """

    read: Callable[[], Overview]
    add_client: Callable[[str], Client]
    open_client: Callable[[str], None]
    enter: Callable[[str], None]  # the live view of a session
    check: Callable[[Callable[[int, int], None]], Checked]
    back_up: Callable[[], None] | None = None


class ClientLine(NamedTuple):
    """A client in the list."""

    id: str
    alias: str
    note: str  # "Four of six held"
    beads: tuple[Bead, ...] = ()
    instead: str = ""  # in place of beads: "medicine days elsewhere"
    next_when: str = ""  # "Tomorrow 10:30"
    next_what: str = ""  # "Integration 4"
    hint: str = ""  # "Clearance awaited"
    running: bool = False
    archived: bool = False


class DueLine(NamedTuple):
    """One thing that waits."""

    key: str
    client: str
    kind: DueKind
    what: str
    note: str
    when: str  # "today", "3 March", "waiting"
    now: bool


class NextLine(NamedTuple):
    """One of the next sessions."""

    client: str
    when: str
    alias: str
    what: str
    hint: str = ""
    running: bool = False


class Running(NamedTuple):
    """The session that is still open, at the top."""

    sentence: str  # "Wren’s session is still open, T+ 0:45"
    note: str  # "First dose 13:22. Every entry is here."


class Safe(NamedTuple):
    """A line of safekeeping."""

    whole: bool
    title: str
    note: str


class Home(NamedTuple):
    """What the screen shows."""

    running: Running | None = None
    found: str = ""  # what was typed to filter by
    counted: str = ""  # "five active, one archived"
    clients: tuple[ClientLine, ...] = ()
    chosen: str = ""
    archived_shown: bool = False
    has_archived: bool = False
    empty: str = ""  # the sentence in place of an empty list
    due: tuple[DueLine, ...] = ()
    next: tuple[NextLine, ...] = ()
    safe: tuple[Safe, ...] = ()
    checking: str = ""  # how far the check has come
    can_back_up: bool = False
    adding: bool = False  # the alias of a new client is being typed
    message: Message | None = None
    busy: bool = False
    read: bool = False


class _Read(NamedTuple):
    """What was read, and as it is told."""

    overview: Overview
    lines: dict[str, ClientLine]
    due: tuple[DueLine, ...]
    next: tuple[NextLine, ...]


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Home) -> None: ...


class HomePresenter:
    """Turns what the therapist does on the home screen into what it shows next."""

    def __init__(self, uses: HomeUses, tasks: Tasks, clock: Clock, timer: Timer, view: View) -> None:
        self._uses = uses
        self._tasks = tasks
        self._clock = clock
        self._timer = timer
        self._view = view
        self._overview = Overview()
        self._state = Home(can_back_up=uses.back_up is not None)
        self._lines: dict[str, ClientLine] = {}
        self._gone = False
        self._stop: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Read how things stand and show them; also after something was written elsewhere."""
        self._run(self._look, self._read)

    def leave(self) -> None:
        """The screen goes; what is still being read is not shown any more."""
        self._gone = True
        self._stop()

    def filter(self, typed: str) -> None:
        """Show only the clients whose alias holds what was typed."""
        self._show(found=typed)

    def choose(self, client: str) -> None:
        """Move the choice in the list."""
        self._state = self._state._replace(chosen=client)

    def show_archived(self, *, shown: bool) -> None:
        """Show archived clients too, or only those the work is with."""
        self._show(archived_shown=shown)

    def begin_adding(self) -> None:
        """Ask for an alias, in place; what was typed to filter by may be the one."""
        self._show(adding=True, message=None)

    def stop_adding(self) -> None:
        """No new client after all."""
        self._show(adding=False, message=None)

    def add(self, alias: str) -> None:
        """A new client by this alias; the work goes on at the course."""
        alias = alias.strip()
        if not alias:
            self._tell("Type an alias first. It need not be a name.")
        elif any(one.client.alias.casefold() == alias.casefold() for one in self._overview.facts):
            self._tell(f"There is a client called {alias} already. Another alias keeps them apart.")
        else:
            self._run(lambda: self._uses.add_client(alias), self._added)

    def act(self) -> None:
        """What Enter does: open the chosen client."""
        if self._state.chosen:
            self.open_client(self._state.chosen)

    def open_client(self, client: str) -> None:
        """To this client’s course."""
        self._uses.open_client(client)

    def return_to_running(self) -> None:
        """Back into the session that is still open."""
        running = self._overview.running
        if running is not None:
            self._uses.enter(running.session.id)

    def check(self) -> None:
        """Check the record now."""
        if not self._state.busy:
            self._show(checking="Checking the record…")
            self._run(lambda: self._uses.check(self._heard), self._checked)

    def back_up(self) -> None:
        """Make a backup."""
        if self._uses.back_up is not None:
            self._uses.back_up()

    # --- what came of it -----------------------------------------------------------------------------------

    def _run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        if not self._state.busy:
            self._show(busy=True, message=None)
            self._tasks.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show(busy=False, checking="", message=trouble(error))

    def _tell(self, sentence: str) -> None:
        self._show(message=Message(sentence))

    def _heard(self, done: int, of: int) -> None:
        if self._state.checking:
            self._show(checking=f"Checking, {done} of {of}")

    def _checked(self, checked: Checked) -> None:
        self._overview = self._overview._replace(check=checked)
        self._show(busy=False, checking="")

    def _look(self) -> _Read:
        """On the worker: with hundreds of clients, telling them takes as long as reading them."""
        overview, now = self._uses.read(), self._clock.now().at
        return _Read(
            overview,
            lines={one.client.id: client_line(one, now) for one in overview.facts},
            due=tuple(_due_line(found, now) for found in due(overview.facts, now)),
            next=_next(overview.facts, now),
        )

    def _read(self, read: _Read) -> None:
        self._overview, self._lines = read.overview, read.lines
        self._show(busy=False, read=True, due=read.due, next=read.next)
        self._tick()

    def _added(self, client: Client) -> None:
        self._state = self._state._replace(busy=False, adding=False, found="")
        self._uses.open_client(client.id)

    def _tick(self) -> None:
        self._stop()
        if self._overview.running is not None and not self._gone:
            self._stop = self._timer.after(TICK_S, self._ticked)

    def _ticked(self) -> None:
        self._show()
        self._tick()

    def _show(self, **changes: object) -> None:
        if self._gone:
            return
        state = self._state._replace(**changes)  # type: ignore[arg-type]
        everybody = tuple(self._lines.values())
        sought = state.found.strip().casefold()
        lines = tuple(
            line
            for line in everybody
            if sought in line.alias.casefold() and (state.archived_shown or not line.archived)
        )
        archived = sum(line.archived for line in everybody)
        chosen = state.chosen if any(line.id == state.chosen for line in lines) else lines[0].id if lines else ""
        self._state = state._replace(
            clients=lines,
            chosen=chosen,
            counted=_count(len(everybody) - archived, archived),
            has_archived=archived > 0,
            empty="" if lines or not state.read else NOBODY_FOUND if everybody else NO_CLIENTS,
            running=_running_line(self._overview, self._clock),
            safe=_safekeeping(self._overview, self._clock.now().at),
        )
        self._view.show_state(self._state)


def client_line(one: Facts, now: datetime) -> ClientLine:
    """A client at a glance."""
    sessions = in_course(one)
    line = beads(sessions, one.course.planned_sessions if one.course else None)
    on = next((bead.session for bead in line if bead.stage is Stage.RUNNING), None)
    planned = on or next((bead.session for bead in line if bead.stage is Stage.PLANNED), None)
    at = planned and (planned.planned_for or planned.started_at)
    booked = near_time(at, now) if at else "No date yet" if planned else "Not booked"
    archived = one.client.archived_on
    return ClientLine(
        id=one.client.id,
        alias=one.client.alias,
        note=f"Archived {date_text(archived, now.date())}" if archived else told(line),
        beads=() if elsewhere(line) or len(line) > MOST_BEADS else line,
        instead="medicine days elsewhere"
        if elsewhere(line)
        else ""
        if len(line) <= MOST_BEADS
        else f"{len(line)} sessions",
        next_when="" if archived else booked,
        next_what=title(planned) if planned and not archived else "",
        hint=AWAITED if not archived and awaits_clearance(one) else "",
        running=on is not None,
        archived=archived is not None,
    )


def _count(active: int, archived: int) -> str:
    if not active and not archived:
        return ""
    return f"{counted(active)} active" + (f", {counted(archived)} archived" if archived else "")


def _due_line(found: Due, now: datetime) -> DueLine:
    today = now.date()
    if found.on is None:
        when = "waiting"
    elif found.on <= today:
        when = "today" if found.on == today else f"since {date_text(found.on, today)}"
    else:
        when = near_day(found.on, today).lower() if (found.on - today).days == 1 else date_text(found.on, today)
    return DueLine(
        key=f"{found.client} {found.kind} {found.entry or found.what}",
        client=found.client,
        kind=found.kind,
        what=f"{found.alias}, {found.what}",
        note=found.note,
        when=when,
        now=found.on is not None and found.on <= today,
    )


def _next(facts: Sequence[Facts], now: datetime) -> tuple[NextLine, ...]:
    coming: list[tuple[datetime, Facts, Session]] = []
    for one in facts:
        for session in one.sessions if one.client.archived_on is None else ():
            stage = stage_of(session)
            at = session.started_at if stage is Stage.RUNNING else session.planned_for
            if at is not None and (stage is Stage.RUNNING or (stage is Stage.PLANNED and at.date() >= now.date())):
                coming.append((at, one, session))
    nearest = nsmallest(MOST_NEXT, coming, key=lambda c: (not c[2].running, c[0]))
    return tuple(_next_line(at, one, session, now) for at, one, session in nearest)


def _next_line(at: datetime, one: Facts, session: Session, now: datetime) -> NextLine:
    hint = "In the room now" if session.running else ""
    if not hint and session.kind is SessionKind.DOSING and awaits_clearance(one):
        hint = AWAITED
    when = f"{near_day(at.date(), now.date())}, {clock_text(at)}"
    return NextLine(one.client.id, when, one.client.alias, title(session), hint, session.running)


def _running_line(overview: Overview, clock: Clock) -> Running | None:
    running = overview.running
    if running is None:
        return None
    alias = next((one.client.alias for one in overview.facts if one.client.id == running.session.client), "")
    since = running.since_dose_s(clock.now())
    time = f", T+ {since_text(since)}" if since is not None else ""
    return Running(f"{alias}’s session is still open{time}", f"{_begun(running, clock.now().at)} Every entry is here.")


def _begun(running: RunningNow, now: datetime) -> str:
    if running.first_dose_at is not None:
        return (
            f"{title(running.session)}, first dose {near_day(running.first_dose_at.date(), now.date()).lower()} at "
            + (f"{clock_text(running.first_dose_at)}.")
        )
    at = running.session.started_at
    return f"{title(running.session)}, begun {near_time(at, now).lower()}." if at else f"{title(running.session)}."


def _safekeeping(overview: Overview, now: datetime) -> tuple[Safe, ...]:
    if not overview.facts and overview.check is None and overview.backup is None:
        return ()
    return (
        _safe(overview.backup, "Backup made", "The last backup is not whole", "No backup yet", now),
        _safe(overview.check, "Record unbroken, checked", "The record was changed, checked", "Not checked yet", now),
    )


def _safe(checked: Checked | None, good: str, bad: str, none: str, now: datetime) -> Safe:
    if checked is None:
        return Safe(False, none, "")
    at = near_time(checked.at, now)
    at = at[0].lower() + at[1:] if at.startswith(("Today", "Yesterday")) else at
    return Safe(checked.whole, f"{good if checked.whole else bad} {at}", checked.sentence)

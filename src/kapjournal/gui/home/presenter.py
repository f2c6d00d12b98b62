"""What the home screen does: find a client, add one by alias, go into a session. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple, Protocol, TypeVar

from kapjournal.application.ports import Clock, Tasks
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.moment import clock_text
from kapjournal.gui.messages import Message, trouble

Result = TypeVar("Result")

NO_CLIENTS = "No clients yet. An alias is enough to begin."
NOBODY_FOUND = "Nobody by that alias."
NO_SESSIONS = "No sessions yet."


class People(NamedTuple):
    """All clients and all sessions, as they stand in the journal."""

    clients: tuple[Client, ...]
    sessions: tuple[Session, ...]


class HomeUses(NamedTuple):
    """What the screen can ask for. `people`, `add_client` and `start` run on the worker; the rest moves on."""

    people: Callable[[], People]
    add_client: Callable[[str], Client]
    start: Callable[[str], Session]  # a dosing session for the client with this id
    enter: Callable[[Session], None]  # the live view: running, or past to read and add late entries
    edit_card: Callable[[Client], None]
    lock: Callable[[], None]
    next_look: Callable[[], None]


class ClientLine(NamedTuple):
    """A client in the list."""

    id: str
    alias: str
    note: str  # "Two sessions, last on 26 February"
    running: bool = False


class SessionLine(NamedTuple):
    """A session of the chosen client."""

    id: str
    title: str  # "Dosing 3"
    when: str  # "Thu 26 February 2026, 13:00"
    state: str  # "running", "closed", "planned", "open"


class Running(NamedTuple):
    """The session that is still open, at the top."""

    sentence: str  # "Wren’s session is still open"
    note: str  # "Dosing 3, begun at 13:00."


class Home(NamedTuple):
    """What the screen shows."""

    today: str = ""
    running: Running | None = None
    found: str = ""  # what was typed to filter by
    clients: tuple[ClientLine, ...] = ()
    chosen: str = ""
    alias: str = ""  # of the chosen client
    sessions: tuple[SessionLine, ...] = ()
    empty: str = ""  # the sentence in place of an empty list
    no_sessions: str = ""
    main_action: str = ""  # what Enter does
    chosen_runs: bool = False  # whether the chosen client’s session is the running one
    adding: bool = False  # the alias of a new client is being typed
    message: Message | None = None
    busy: bool = False


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Home) -> None: ...


class HomePresenter:
    """Turns what the therapist does on the home screen into what it shows next."""

    def __init__(self, uses: HomeUses, tasks: Tasks, clock: Clock, view: View) -> None:
        self._uses = uses
        self._tasks = tasks
        self._clock = clock
        self._view = view
        self._people = People((), ())
        self._state = Home()

    def start(self) -> None:
        """Read who is there and show them; also after something was written elsewhere."""
        self._state = self._state._replace(today=_day(self._clock.now().at))
        self._run(self._uses.people, self._read)

    def filter(self, typed: str) -> None:
        """Show only the clients whose alias holds what was typed."""
        self._state = self._state._replace(found=typed)
        self._show()

    def choose(self, client: str) -> None:
        """Show this client's sessions."""
        self._state = self._state._replace(chosen=client)
        self._show()

    def begin_adding(self) -> None:
        """Ask for an alias, in place; what was typed to filter by may be the one."""
        self._state = self._state._replace(adding=True, message=None)
        self._show()

    def stop_adding(self) -> None:
        """No new client after all."""
        self._state = self._state._replace(adding=False, message=None)
        self._show()

    def add(self, alias: str) -> None:
        """A new client by this alias."""
        alias = alias.strip()
        if not alias:
            self._tell("Type an alias first. It need not be a name.")
        elif any(client.alias.casefold() == alias.casefold() for client in self._people.clients):
            self._tell(f"There is a client called {alias} already. Another alias keeps them apart.")
        else:
            self._run(lambda: self._uses.add_client(alias), self._added)

    def act(self) -> None:
        """What Enter does: back into the client's running session, or a new dosing session."""
        session = self._running(self._state.chosen)
        client = self._chosen()
        if session is not None:
            self._uses.enter(session)
        elif client is not None:
            self._run(lambda: self._uses.start(client.id), self._started)

    def return_to_running(self) -> None:
        """Back into the session that is still open, whoever is chosen."""
        session = self._running()
        if session is not None:
            self._uses.enter(session)

    def open(self, session: str) -> None:
        """Look at a session of the list; late entries can be added to a past one."""
        for known in self._people.sessions:
            if known.id == session:
                self._uses.enter(known)

    def edit_card(self) -> None:
        """Edit what the pinned card of the chosen client shows."""
        client = self._chosen()
        if client is not None:
            self._uses.edit_card(client)

    def lock(self) -> None:
        """Lock now."""
        self._uses.lock()

    def next_look(self) -> None:
        """Day, Dusk, Night."""
        self._uses.next_look()

    def _run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        if not self._state.busy:
            self._state = self._state._replace(busy=True, message=None)
            self._tasks.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._state = self._state._replace(busy=False, message=trouble(error))
        self._show()

    def _tell(self, sentence: str) -> None:
        self._state = self._state._replace(message=Message(sentence))
        self._show()

    def _read(self, people: People) -> None:
        self._people = people
        self._state = self._state._replace(busy=False)
        self._show()

    def _added(self, client: Client) -> None:
        self._people = self._people._replace(clients=(*self._people.clients, client))
        self._state = self._state._replace(busy=False, adding=False, found="", chosen=client.id)
        self._show()

    def _started(self, session: Session) -> None:
        self._people = self._people._replace(sessions=(*self._people.sessions, session))
        self._state = self._state._replace(busy=False)
        self._show()
        self._uses.enter(session)

    def _chosen(self) -> Client | None:
        return next((client for client in self._people.clients if client.id == self._state.chosen), None)

    def _running(self, client: str = "") -> Session | None:
        running = (s for s in self._people.sessions if s.running and client in ("", s.client))
        return max(running, key=_when, default=None)

    def _show(self) -> None:
        lines = tuple(self._line(client) for client in self._people.clients if self._is_found(client))
        chosen = self._state.chosen
        if all(line.id != chosen for line in lines):
            chosen = lines[0].id if lines else ""
        self._state = self._state._replace(
            clients=lines,
            chosen=chosen,
            running=self._running_line(),
            empty="" if lines else NOBODY_FOUND if self._people.clients else NO_CLIENTS,
        )
        self._view.show_state(self._with_chosen(self._state))

    def _with_chosen(self, state: Home) -> Home:
        client = self._chosen()
        sessions = self._sessions_of(state.chosen)
        running = self._running(state.chosen) is not None if client else False
        return state._replace(
            alias=client.alias if client else "",
            sessions=tuple(_session_line(session) for session in sessions),
            no_sessions=NO_SESSIONS if client and not sessions else "",
            main_action="Go back to the running session" if running else "Start a dosing session",
            chosen_runs=running,
        )

    def _is_found(self, client: Client) -> bool:
        return self._state.found.strip().casefold() in client.alias.casefold()

    def _sessions_of(self, client: str) -> list[Session]:
        own = [session for session in self._people.sessions if session.client == client]
        return sorted(own, key=_when, reverse=True)

    def _line(self, client: Client) -> ClientLine:
        sessions = self._sessions_of(client.id)
        running = any(session.running for session in sessions)
        held = [session for session in sessions if session.started_at is not None]
        note = "No sessions yet" if not held else f"{_counted(len(held))}, last on {_short_day(_when(held[0]))}"
        return ClientLine(client.id, client.alias, note, running)

    def _running_line(self) -> Running | None:
        session = self._running()
        if session is None or session.started_at is None:
            return None
        alias = next((client.alias for client in self._people.clients if client.id == session.client), "")
        begun = f"begun on {_day(session.started_at)} at {clock_text(session.started_at)}"
        return Running(f"{alias}’s session is still open", f"{_title(session)}, {begun}. Every entry is here.")


_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_KINDS = {SessionKind.DOSING: "Dosing", SessionKind.PREPARATION: "Preparation", SessionKind.INTEGRATION: "Integration"}


def _when(session: Session) -> datetime:
    return session.started_at or session.planned_for or _NEVER


def _counted(number: int) -> str:
    return "One session" if number == 1 else f"{number} sessions"


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _day(at: datetime) -> str:
    """The day in words, the same on every machine: `Thursday 26 February`."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}"


def _short_day(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _title(session: Session) -> str:
    return f"{_KINDS[session.kind]} {session.number if session.number is not None else 'session'}"


def _session_line(session: Session) -> SessionLine:
    at = _when(session)
    when = "no date yet" if at is _NEVER else f"{_DAYS[at.weekday()][:3]} {_short_day(at)}, {clock_text(at)}"
    if session.running:
        state = "running"
    elif session.closed_at is not None:
        state = "closed"
    else:
        state = "ended" if session.ended_at is not None else "planned"
    return SessionLine(session.id, _title(session), when, state)

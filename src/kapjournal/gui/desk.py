"""Desk work: which room is in front, where one has been, and how to get anywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kapjournal.application.plan_course import read_client
from kapjournal.application.ports import Journal
from kapjournal.application.start_session import start_session
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.gui.commands import Ways, desk_commands
from kapjournal.gui.history import History, Place
from kapjournal.gui.look import Look
from kapjournal.gui.rooms import Doors, Rooms, Site
from kapjournal.gui.shell import (
    BUNDLE,
    CLIENTS,
    COURSE,
    HAND_OVER,
    HANDOVERS,
    HOME,
    INTEGRATE,
    LATE_ENTRY,
    LIVE,
    MINE,
    PARTS,
    PICTURE,
    PREPARE,
    REVIEW,
    SETTINGS,
    THEMES,
    Shell,
    ShellUses,
)
from kapjournal.gui.widgets.command_palette import Command
from kapjournal.gui.widgets.key_map import CLIENT as CLIENT_KEYS
from kapjournal.gui.widgets.key_map import EVERYWHERE, KeySection
from kapjournal.gui.widgets.key_map import INTEGRATE as INTEGRATE_KEYS
from kapjournal.gui.widgets.key_map import REVIEW as REVIEW_KEYS
from kapjournal.gui.window import Window

if TYPE_CHECKING:  # the live view is loaded when there is a session to show
    from kapjournal.gui.live.presenter import LivePresenter

Read = TypeVar("Read")


class House(Site, Protocol):
    """The world, with the published vitals schedules."""

    @property
    def presets(self) -> tuple[tuple[str, str], ...]: ...


class Front(Protocol):
    """What the desk needs of whoever holds the window, the journal and the session."""

    journal: Journal | None
    presenter: LivePresenter | None
    look: Look
    window: Window

    @property
    def world(self) -> House: ...
    def go_live(self, session: str) -> None: ...
    def leave_session(self) -> None: ...
    def lock(self) -> None: ...
    def next_look(self) -> None: ...
    def run(self, work: Callable[[], Read], done: Callable[[Read], None]) -> None: ...


class Desk:
    """Goes from room to room.

    `settings_room`, `back_up` and `measure_room` are set by the composition root where there is such a room; what leads
    there is shown only then. A room ends in `rooms.enter(view, bar, leave)`.
    """

    def __init__(self, front: Front) -> None:
        self._front = front
        self.settings_room: Callable[[str], None] | None = None  # at one of its pages
        self.back_up: Callable[[], None] | None = None
        self.measure_room: Callable[[str], None] | None = None
        self._history = History()
        self._clients: tuple[Client, ...] = ()  # for the list that finds everything
        self.rooms = Rooms(front.world, self._doors(), front.world.presets)

    def enter(self) -> None:
        """A journal was opened."""
        self._history.forget()
        self._find_clients()

    def leave(self) -> None:
        """The journal is locked: nothing of it stays here."""
        self.rooms.leave()
        self.rooms.forget_keys()
        self._history.forget()
        self._clients = ()

    def go_home(self) -> None:
        """Show the week at a glance."""
        self._go(Place(HOME))

    def go_clients(self) -> None:
        """Show all clients."""
        self._go(Place(CLIENTS))

    def go_client(self, client: str) -> None:
        """Show one client with the course."""
        self._go(Place(COURSE, client))

    def go_prepare(self, client: str) -> None:
        """Show the preparation of a client's next session."""
        self._go(Place(PREPARE, client))

    def go_review(self, client: str, about: str = "") -> None:
        """Show a session (or one entry in it) along its time; without `about` the latest."""
        self._go(Place(REVIEW, client, about))

    def go_late(self) -> None:
        """Add a late entry to the latest session of the client in front."""
        if self._client_in_front:
            self.go_review(self._client_in_front, LATE_ENTRY)

    def go_integrate(self, client: str, about: str = "") -> None:
        """Show earlier notes beside the one being written; `about` is a theme, part or intention to begin with."""
        self._go(Place(INTEGRATE, client, about))

    def go_hand_over(self, client: str) -> None:
        """Show what a colleague would get."""
        self._go(Place(HAND_OVER, client))

    def go_picture(self, client: str) -> None:
        """Show the course in pictures."""
        self._go(Place(PICTURE, client))

    def go_themes(self, client: str = "", about: str = "") -> None:
        """Show the list of themes; with a client, the notes of that one alone."""
        self._go(Place(THEMES, client, about))

    def go_parts(self, client: str, about: str = "") -> None:
        """Show the roster of a client's parts."""
        self._go(Place(PARTS, client, about))

    def go_handovers(self) -> None:
        """Show what left the journal and what came in."""
        self._go(Place(HANDOVERS))

    def find_bundle(self) -> None:
        """Ask for the file of a colleague's bundle, and open it."""
        self.go_handovers()
        self.rooms.find_bundle()

    def go_bundle(self, path: str) -> None:
        """Open a colleague's bundle."""
        self._go(Place(BUNDLE, about=path))

    def go_mine(self) -> None:
        """Show what is the therapist's own."""
        self._go(Place(MINE))

    def go_settings(self, page: str = "looks") -> None:
        """Show a page of the settings, where there are any."""
        if self.settings_room is not None:
            self._go(Place(SETTINGS, about=page))

    def go_running(self, client: str) -> None:
        """Into the session that runs with this client; where none does, to where one is started."""
        journal = self._journal()

        def running() -> Session | None:
            return max((s for s in journal.sessions(client) if s.running), key=_begun, default=None)

        def there(session: Session | None) -> None:
            if session is None:
                self._not_running(client)
            else:
                self._front.go_live(session.id)

        self._front.run(running, there)

    def begin(self, client: str, kind: SessionKind) -> None:
        """Begin a session of this kind now, and go there."""
        journal, world = self._journal(), self._front.world
        self._front.run(
            lambda: start_session(journal, world.clock, world.new_id, client, kind),
            lambda session: self._front.go_live(session.id),
        )

    def go_back(self) -> None:
        """To the place before; out of a session, to the place it was entered from."""
        if self._covered:
            return
        if self._front.presenter is not None:
            self.go_on()
        elif (place := self._history.back()) is not None:
            self._show(place)

    def go_forward(self) -> None:
        """To the place that was left by going back."""
        if self._front.presenter is None and (place := self._history.forward()) is not None:
            self._show(place)

    def tab(self, number: int) -> None:
        """Course (1) to Hand over (6) of the client in front."""
        client = self._client_in_front
        if not client or self._covered:
            return
        self._tab((COURSE, PREPARE, LIVE, REVIEW, INTEGRATE, HAND_OVER)[number - 1])

    def _tab(self, name: str) -> None:
        client = self._client_in_front
        if name != LIVE:
            self._go(Place(name, client))
        elif self._front.presenter is None:
            self.go_running(client)

    def _go(self, place: Place) -> None:
        self._history.go(place)
        self._show(place)

    def go_on(self) -> None:
        """Out of a session, to the place it was entered from."""
        self._show(self._history.here or Place(HOME))

    def _show(self, place: Place) -> None:
        """Put a place in front; what has to be read for it is read first."""
        if self._front.journal is None:
            return
        journal, rooms, client = self._front.journal, self.rooms, place.client
        self._find_clients()
        if place.name == COURSE:
            self._enter(place, lambda: read_client(journal, client), lambda page: rooms.client(journal, page))
        elif client and place.name in rooms.of_a_client:
            enter = rooms.of_a_client[place.name]
            self._enter(place, lambda: _known(journal, client), lambda known: enter(journal, known, place.about))
        else:
            self._front.leave_session()
            if place.name == SETTINGS and self.settings_room is not None:
                self.settings_room(place.about)
            else:
                rooms.of_all[place.name](journal, place.about)

    def _enter(self, place: Place, read: Callable[[], Read], show: Callable[[Read], None]) -> None:
        """Read, then show, unless somebody went elsewhere in the meantime."""
        self._history.go(place)
        journal, session = self._front.journal, self._front.presenter
        if session is not None:
            session.focus_lost()

        def there(found: Read) -> None:
            if self._front.journal is journal and self._history.here == place and self._front.presenter is session:
                self._front.leave_session()
                show(found)
                self._say_whence(place, journal)

        self._front.run(read, there)

    def _say_whence(self, place: Place, journal: Journal | None) -> None:
        """Say beside the client's name who sent history of theirs: it is read-only, whatever screen shows it."""

        def senders() -> list[str]:
            from kapjournal.application.receive import receipts  # noqa: PLC0415 - on the worker, when first wanted

            received = receipts(journal, place.client) if journal is not None else ()
            return list(dict.fromkeys(one.sender.split(",", maxsplit=1)[0] for one in received))

        def told(names: list[str]) -> None:
            shell = self._front.window.shell
            if names and shell is not None and self._history.here == place:
                shell.say_note(f"with read-only history from {' and '.join(names)}")

        if journal is not None:
            self._front.run(senders, told)

    def _not_running(self, client: str) -> None:
        from kapjournal.gui.client.presenter import NOT_RUNNING  # noqa: PLC0415 - as in `rooms`

        journal = self._journal()
        self._enter(
            Place(COURSE, client),
            lambda: read_client(journal, client),
            lambda page: self.rooms.client(journal, page, NOT_RUNNING),
        )

    def _find_clients(self) -> None:
        journal = self._front.journal
        if journal is not None:
            self._front.world.tasks.run(journal.clients, self._found_clients, lambda _: None)

    def _found_clients(self, clients: tuple[Client, ...]) -> None:
        self._clients = clients if self._front.journal is not None else ()

    @property
    def _client_in_front(self) -> str:
        if self._front.presenter is not None:
            return self._front.presenter.held.session.client
        here = self._history.here
        return here.client if here is not None and self._front.journal is not None else ""

    @property
    def _covered(self) -> bool:
        """Whether the veil is down: nothing may lift it but its own key."""
        return self._front.presenter is not None and self._front.presenter.situation.veiled

    def _shell(self) -> Shell:
        """Rail and bar in front; made anew after a session or the lock."""
        shell = self._front.window.shell
        if shell is None:
            front = self._front
            uses = ShellUses(
                home=self.go_home,
                clients=self.go_clients,
                lock=front.lock,
                find=front.window.find_anything,
                next_look=front.next_look,
                tab=self._tab,
                settings=partial(self.go_settings, "looks") if self.settings_room is not None else None,
                late=self.go_late,
                handovers=self.go_handovers,
            )
            shell = Shell(self._front.look, uses)
            self._front.window.show_screen(shell)
        return shell

    def _doors(self) -> Doors:
        return Doors(
            shell=self._shell,
            look=lambda: self._front.look,
            client=self.go_client,
            live=self._front.go_live,
            prepare=self.go_prepare,
            home=self.go_home,
            review=self.go_review,
            integrate=self.go_integrate,
            themes=self.go_themes,
            parts=self.go_parts,
            picture=self.go_picture,
            hand_over=self.go_hand_over,
            handovers=self.go_handovers,
            open_bundle=self.go_bundle,
            back_up=lambda: self.back_up,
            measure=lambda: self.measure_room,
        )

    @property
    def keys(self) -> tuple[KeySection, ...]:
        """The keys of the screen in front."""
        here = self._history.here
        own = {REVIEW: REVIEW_KEYS, INTEGRATE: INTEGRATE_KEYS}.get(here.name if here is not None else "", CLIENT_KEYS)
        return own, EVERYWHERE

    def commands(self) -> list[Command]:
        """Every room and client; nothing under the veil, for the list would show what the veil hides."""
        if self._covered:
            return [Command("Lock now", "Ctrl L", self._front.lock)]
        self._find_clients()
        return desk_commands(self._ways(), self._clients, self._client_in_front, self._front.window.screen_shown)

    def _ways(self) -> Ways:
        return Ways(
            home=self.go_home,
            clients=self.go_clients,
            client=self.go_client,
            prepare=self.go_prepare,
            live=self.go_running,
            begin=self.begin,
            back=self.go_back,
            forward=self.go_forward,
            lock=self._front.lock,
            review=self.go_review,
            integrate=self.go_integrate,
            hand_over=self.go_hand_over,
            handovers=self.go_handovers,
            open_bundle=self.find_bundle,
            picture=self.go_picture,
            mine=self.go_mine,
            themes=self.go_themes,
            parts=self.go_parts,
            late=self.go_late,
            settings=self.go_settings if self.settings_room is not None else None,
            back_up=self.back_up,
            measure=self.measure_room,
        )

    def _journal(self) -> Journal:
        if self._front.journal is None:
            raise RuntimeError("no journal is open")
        return self._front.journal


def _known(journal: Journal, client: str) -> Client:
    return next(one for one in journal.clients() if one.id == client)


def _begun(session: Session) -> tuple[bool, float]:
    """A dosing session before others, then the latest."""
    return session.kind is SessionKind.DOSING, session.started_at.timestamp() if session.started_at else 0.0

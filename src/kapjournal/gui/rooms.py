"""The rooms of desk work: builds the screen of a place, gives its presenter what it needs, and puts it in the frame.

To add a room: a method here that makes view and presenter and ends in `enter`, and its place in `Navigator`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from kapjournal import resources
from kapjournal.application import plan_course
from kapjournal.application.look_over import check_again, look_over
from kapjournal.application.own_lists import Tables
from kapjournal.application.plan_course import ClientPage
from kapjournal.application.ports import Clock, Journal, Keys, NewId, Recall, Sealer, Tasks, Timer
from kapjournal.application.prepare import HalfWritten
from kapjournal.application.start_session import add_client, start_session
from kapjournal.application.take_measure import client_measures, load_instruments, trends
from kapjournal.domain.course import Client
from kapjournal.domain.dates import day_text
from kapjournal.domain.trend import Dosing, Series
from kapjournal.gui.look import Look
from kapjournal.gui.shell import (
    BUNDLE,
    CLIENTS,
    COURSE,
    HAND_OVER,
    HANDOVERS,
    HOME,
    INTEGRATE,
    MINE,
    PARTS,
    PICTURE,
    PREPARE,
    REVIEW,
    THEMES,
    Bar,
    Shell,
)

if TYPE_CHECKING:
    from kapjournal.application.integration_note import Half
    from kapjournal.gui.client.presenter import ClientUses
    from kapjournal.gui.client.view import ClientView

# A room is loaded when it is entered (or on the worker, while the passphrase is typed): the first screen is not kept
# waiting for those behind it.
# ruff: noqa: PLC0415


class Site(Protocol):
    """What a room takes from the world."""

    @property
    def clock(self) -> Clock: ...
    @property
    def new_id(self) -> NewId: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def timer(self) -> Timer: ...
    @property
    def bug(self) -> Callable[[Exception], None]: ...
    @property
    def tables(self) -> Tables: ...
    @property
    def recall(self) -> Callable[[Journal], Recall]: ...
    @property
    def sealer(self) -> Callable[[Keys], Sealer]: ...


class Doors(NamedTuple):
    """Where a room leads to. `back_up` and `measure` give None while there is no such room: no way to it is shown."""

    shell: Callable[[], Shell]  # the frame, in front
    look: Callable[[], Look]
    client: Callable[[str], None]
    live: Callable[[str], None]
    prepare: Callable[[str], None]
    home: Callable[[], None]
    review: Callable[[str, str], None]  # a client, and a session or entry
    integrate: Callable[[str, str], None]  # a client, and a theme, part or intention
    themes: Callable[[str, str], None]  # a client or none, and a theme to begin with
    parts: Callable[[str, str], None]  # a client, and a part
    picture: Callable[[str], None]
    hand_over: Callable[[str], None]
    handovers: Callable[[], None]
    open_bundle: Callable[[str], None]  # by its path
    back_up: Callable[[], Callable[[], None] | None]
    measure: Callable[[], Callable[[str], None] | None]


class Rooms:
    """Knows the room one is in, so that what is half-typed there is kept when one goes."""

    def __init__(self, site: Site, doors: Doors, presets: tuple[tuple[str, str], ...]) -> None:
        self.site, self.doors, self._presets = site, doors, presets
        self._leave: Callable[[], None] = lambda: None
        self.waiting = ""  # the path of a bundle that the program was started with
        self.find_bundle: Callable[[], None] = lambda: None  # asks for a file, in the place of all handovers
        self._keep: Callable[[], None] = lambda: None
        self._half_written: dict[str, HalfWritten] = {}  # what the disk refused when a preparation was left
        self.held_notes: dict[str, Half] = {}  # the same of integration notes, by client
        self.held_words: dict[str, Mapping[str, str]] = {}  # the same of a review, by session
        self.keys: Keys | None = None  # of the journal that is open
        self._sealer: tuple[Keys, Sealer] | None = None

    def leave(self) -> None:
        """Go out: whatever is half-typed is on its way to the disk before the next work."""
        leave, self._leave, self._keep = self._leave, lambda: None, lambda: None
        leave()

    def keep_now(self) -> None:
        """Keep what is half-written in the room one is in, before a session opens on it."""
        self._keep()

    def sealer(self) -> Sealer:
        """What makes and opens bundles for the journal that is open; it takes a moment, so on the worker."""
        keys = self.open_keys
        if self._sealer is None or self._sealer[0] is not keys:
            self._sealer = keys, self.site.sealer(keys)
        return self._sealer[1]

    @property
    def open_keys(self) -> Keys:
        """The keys of the journal that is open."""
        if self.keys is None:
            raise RuntimeError("no journal is open")
        return self.keys

    def forget_keys(self) -> None:
        """The journal is locked: nothing of its keys stays here."""
        self.keys = self._sealer = None

    def _home(self, journal: Journal, *, clients_only: bool) -> None:
        """The week at a glance, or the clients alone."""
        if self.waiting:
            path, self.waiting = self.waiting, ""
            self.doors.open_bundle(path)
            return
        from kapjournal.gui.home.presenter import HomePresenter, HomeUses
        from kapjournal.gui.home.view import HomeView

        site, doors = self.site, self.doors
        view = HomeView(doors.look(), clients_only=clients_only)
        told = OnThisThread(view)
        uses = HomeUses(
            read=lambda: look_over(journal),
            add_client=lambda alias: add_client(journal, site.new_id, alias),
            open_client=doors.client,
            enter=doors.live,
            check=lambda progress: check_again(journal, site.clock, told.by(progress)),
            back_up=doors.back_up(),
        )
        presenter = HomePresenter(uses, site.tasks, site.clock, site.timer, view)
        view.bind(presenter)
        title = "Clients" if clients_only else day_text(site.clock.now().at.date())
        self.enter(view, Bar(title, place=CLIENTS if clients_only else HOME), presenter.leave)
        presenter.start()

    def client(self, journal: Journal, page: ClientPage, message: str = "") -> None:
        """One client with the course."""
        from kapjournal.gui.client.presenter import ClientPresenter
        from kapjournal.gui.client.view import ClientView

        site, doors = self.site, self.doors
        client = page.facts.client
        view = ClientView(doors.look(), self._presets)
        shell = doors.shell()

        def told(alias: str, saved: str) -> None:
            shell.title.setText(alias)
            shell.say_saved(saved)

        uses = self._client_uses(journal, client.id, told)
        presenter = ClientPresenter(uses, site.tasks, site.clock, site.timer, view)
        view.bind(presenter)
        self.enter(view, Bar(client.alias, tab=COURSE, place=CLIENTS), presenter.leave)
        presenter.start(page, message)
        self._show_trend(journal, client.id, view)
        if page.facts.course is None and not page.facts.sessions and not page.typed:
            view.begin_with_facts()
        else:
            view.begin()

    def _show_trend(self, journal: Journal, client: str, view: ClientView) -> None:
        def read() -> tuple[tuple[Series, ...], tuple[Dosing, ...]]:
            instruments = load_instruments(resources.path("instruments"))
            measures = client_measures(journal, client, instruments)
            return trends(measures, instruments), measures.dosings

        def show(found: tuple[tuple[Series, ...], tuple[Dosing, ...]]) -> None:
            if self.doors.shell().screen_shown is view:  # nobody went elsewhere in the meantime
                view.measures.show_trend(*found)

        self.site.tasks.run(read, show, self.site.bug)

    def _client_uses(self, journal: Journal, client: str, told: Callable[[str, str], None]) -> ClientUses:
        from kapjournal.gui.client.presenter import ClientUses

        clock, new_id, doors = self.site.clock, self.site.new_id, self.doors
        do, measure = plan_course, doors.measure()
        return ClientUses(
            read=lambda: do.read_client(journal, client),
            put_typed=lambda typed: do.put_typed(journal, client, typed),
            change_fact=lambda name, words, rest: do.change_fact(journal, clock, new_id, client, name, words, rest),
            plan=lambda kind, number, at: do.plan_session(journal, new_id, client, kind, number, at),
            move=lambda session, at: do.move_session(journal, session, at),
            begin=lambda kind, planned: start_session(journal, clock, new_id, client, kind, planned),
            add_contact=lambda who, text: do.add_contact(journal, clock, new_id, client, who, text),
            add_practice=lambda agreed: do.add_practice(journal, clock, new_id, client, *agreed),
            add_account=lambda text: do.add_account(journal, clock, new_id, client, text),
            settle=lambda entry, became: do.settle_practice(journal, clock, new_id, entry, *became),
            archive=lambda archived: do.archive(journal, clock, client, archived=archived),
            enter=doors.live,
            prepare=lambda: doors.prepare(client),
            edit_card=lambda: doors.prepare(client),
            told=told,
            measure=(lambda: measure(client)) if measure is not None else None,
            picture=lambda: doors.picture(client),
            part=lambda part: doors.parts(client, part),
        )

    def _prepare(self, journal: Journal, client: Client, _: str) -> None:
        """The preparation of a client's next session."""
        from kapjournal.gui.prepare.presenter import PreparePresenter
        from kapjournal.gui.prepare.uses import prepare_uses
        from kapjournal.gui.prepare.view import PrepareView

        site, doors = self.site, self.doors
        uses = prepare_uses(
            journal, site.clock, site.new_id, leave=lambda: doors.client(client.id), open_session=doors.live
        )
        view = PrepareView(doors.look())
        presenter = PreparePresenter(uses, site.tasks, site.timer, view)
        view.bind(presenter)

        def hold(client_id: str, half_written: HalfWritten) -> None:
            self._half_written[client_id] = half_written

        self.enter(view, Bar(client.alias, tab=PREPARE, place=CLIENTS), lambda: presenter.stop(hold))
        self._keep = presenter.keep_now
        doors.shell().say_saved("")  # the screen says itself what is kept
        presenter.start(client, self._half_written.pop(client.id, None))

    @property
    def of_a_client(self) -> dict[str, Callable[[Journal, Client, str], None]]:
        """Rooms that need nothing read but the client before they are entered."""
        return {
            PREPARE: self._prepare,
            REVIEW: self._review,
            INTEGRATE: self._integrate,
            HAND_OVER: self._hand_over,
            PICTURE: self._picture,
            PARTS: self._parts,
            THEMES: self._themes,
        }

    @property
    def of_all(self) -> dict[str, Callable[[Journal, str], None]]:
        """Rooms that belong to no client."""
        return {
            HOME: lambda journal, _: self._home(journal, clients_only=False),
            CLIENTS: lambda journal, _: self._home(journal, clients_only=True),
            THEMES: lambda journal, about: self._themes(journal, None, about),
            HANDOVERS: self._handovers,
            BUNDLE: self._bundle,
            MINE: self._mine,
        }

    def _review(self, journal: Journal, client: Client, about: str) -> None:
        from kapjournal.gui.review.room import enter_review

        enter_review(self, journal, client, about)

    def _integrate(self, journal: Journal, client: Client, about: str) -> None:
        from kapjournal.gui.integrate.room import enter_integrate

        enter_integrate(self, journal, client, about)

    def _hand_over(self, journal: Journal, client: Client, _: str) -> None:
        from kapjournal.gui.handover.room import enter_hand_over

        enter_hand_over(self, journal, client)

    def _picture(self, journal: Journal, client: Client, _: str) -> None:
        from kapjournal.gui.picture.room import enter_picture

        enter_picture(self, journal, client)

    def _parts(self, journal: Journal, client: Client, about: str) -> None:
        from kapjournal.gui.parts.room import enter_parts

        enter_parts(self, journal, client, about)

    def _themes(self, journal: Journal, client: Client | None, about: str) -> None:
        """The list of themes; with a client, the notes of that one alone."""
        from kapjournal.gui.themes.room import enter_themes

        enter_themes(self, journal, client, about)

    def _handovers(self, journal: Journal, _: str) -> None:
        """What left the journal and what came in."""
        from kapjournal.gui.handovers.room import enter_handovers

        enter_handovers(self, journal)

    def _bundle(self, journal: Journal, path: str) -> None:
        """A colleague's bundle."""
        from kapjournal.gui.receive.room import enter_receive

        enter_receive(self, journal, path)

    def _mine(self, journal: Journal, _: str) -> None:
        """What is the therapist's own, over all clients."""
        from kapjournal.gui.mine.room import enter_mine

        enter_mine(self, journal)

    def enter(self, view: QWidget, bar: Bar, leave: Callable[[], None]) -> None:
        """Put a screen in the frame; `leave` is called when one goes out of it."""
        self.leave()
        self._leave = leave
        self.doors.shell().show_screen(view, bar)


class OnThisThread(QObject):
    """Brings what the worker tells of its progress to the thread with the windows."""

    _heard = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard.connect(_call, Qt.ConnectionType.QueuedConnection)

    def by(self, tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """The same telling, to be called on the worker; a hundred times at most."""
        told = [-1]

        def heard(done: int, of: int) -> None:
            part = done * 100 // max(of, 1)
            if part != told[0]:
                told[0] = part
                self._heard.emit(lambda: tell(done, of))

        return heard


def _call(tell: Callable[[], None]) -> None:
    tell()

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.moment import Moment
from kapjournal.gui.home.presenter import HomePresenter, HomeUses, People
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import Look, load_look

AT = datetime(2026, 2, 26, 13, 0, tzinfo=UTC)

Dress = Callable[[Look], None]


class World:
    def __init__(self, qtbot: QtBot, *aliases: str, sessions: tuple[Session, ...] = ()) -> None:
        self.did: list[tuple[str, str]] = []
        people = People(tuple(Client(id=alias, alias=alias) for alias in aliases), sessions)
        uses = HomeUses(
            people=lambda: people,
            add_client=lambda alias: Client(id=alias, alias=alias),
            start=lambda client: session(f"new for {client}", client, running=True),
            enter=lambda chosen: self.did.append(("enter", chosen.id)),
            edit_card=lambda client: self.did.append(("card", client.id)),
            lock=lambda: self.did.append(("lock", "")),
            next_look=lambda: self.did.append(("look", "")),
        )
        self.view = HomeView(load_look("day"))
        qtbot.addWidget(self.view)
        presenter = HomePresenter(uses, InlineTasks(), self, self.view)
        self.view.bind(presenter)
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        presenter.start()
        self.view.begin()

    def now(self) -> Moment:
        return Moment(at=AT, tick_s=0, boot="b")


def session(name: str, client: str, *, running: bool = False) -> Session:
    end = None if running else AT
    return Session(id=name, client=client, kind=SessionKind.DOSING, started_at=AT, ended_at=end, closed_at=end)


def test_a_session_starts_in_a_few_keys(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", "Sol", "Heron")
    field = world.view.clients.filter_field
    assert field.hasFocus()
    qtbot.keyClicks(field, "o")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert world.view.client.alias.text() == "Heron"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert world.did == [("enter", "new for Heron")]


def test_a_first_client_is_added_in_place(qtbot: QtBot) -> None:
    world = World(qtbot)
    clients = world.view.clients
    assert clients.empty.text() == "No clients yet. An alias is enough to begin."
    assert clients.new.hasFocus()
    assert not world.view.client.isVisible()
    qtbot.keyClick(clients.new, Qt.Key.Key_Return)
    assert clients.alias.hasFocus()
    qtbot.keyClicks(clients.alias, "Wren")
    qtbot.keyClick(clients.alias, Qt.Key.Key_Return)
    assert world.view.client.alias.text() == "Wren"
    assert clients.filter_field.hasFocus()
    world.view.client.edit.click()
    assert world.did == [("card", "Wren")]


def test_escape_leaves_a_new_client(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    world.view.clients.new.click()
    qtbot.keyClick(world.view.clients.alias, Qt.Key.Key_Escape)
    assert not world.view.clients.alias.isVisible()
    assert world.view.clients.filter_field.hasFocus()


def test_the_running_session_stands_at_the_top_with_one_way_back(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", sessions=(session("run", "Wren", running=True), session("past", "Wren")))
    assert world.view.running.isVisible()
    assert not world.view.client.main.isVisible()
    qtbot.keyClick(world.view.running.back, Qt.Key.Key_Return)
    sessions = world.view.client.sessions
    sessions.setFocus()
    qtbot.keyClick(sessions, Qt.Key.Key_End)
    qtbot.keyClick(sessions, Qt.Key.Key_Return)
    assert world.did == [("enter", "run"), ("enter", "past")]


def test_a_narrow_window_or_large_text_cuts_nothing(qtbot: QtBot, qapp: QApplication, dress: Dress) -> None:
    world = World(qtbot, "Wren", sessions=(session("run", "Wren", running=True),))
    dress(load_look("dusk", 2.0))
    world.view.restyle(load_look("dusk", 2.0))
    world.view.resize(1280, 720)
    qapp.processEvents()
    view = world.view
    for widget in (view.running.back, view.client.edit, view.clients.new, view.top.lock):
        assert widget.mapTo(view, widget.rect().topRight()).x() <= 1280
        assert widget.width() >= widget.minimumSizeHint().width()
    assert view.client.y() > view.clients.y()


def test_look_and_lock_are_at_hand(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    world.view.top.look_button.click()
    world.view.top.lock.click()
    assert world.did == [("look", ""), ("lock", "")]
    world.view.restyle(load_look("night"))
    assert world.view.top.look_button.text() == "Night"

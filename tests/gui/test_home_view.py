from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

from kapjournal.application.look_over import check_again, look_over
from kapjournal.application.plan_course import add_practice, archive, plan_session
from kapjournal.application.start_session import add_client, start_session
from kapjournal.domain.course import SessionKind
from kapjournal.gui.home.presenter import HomePresenter, HomeUses
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import Look, load_look

Dress = Callable[[Look], None]


class World:
    def __init__(
        self, qtbot: QtBot, *aliases: str, running: bool = False, clients_only: bool = False, backs_up: bool = False
    ) -> None:
        self.did: list[tuple[str, str]] = []
        self.journal, self.clock, ids = FakeJournal(), FakeClock(), FakeIds()
        self.ids = ids
        self.by_alias = {alias: add_client(self.journal, ids, alias).id for alias in aliases}
        if running:
            start_session(self.journal, self.clock, ids, self.by_alias[aliases[0]])
        uses = HomeUses(
            read=lambda: look_over(self.journal),
            add_client=lambda alias: add_client(self.journal, ids, alias),
            open_client=lambda client: self.did.append(("open", client)),
            enter=lambda session: self.did.append(("enter", session)),
            check=lambda progress: check_again(self.journal, self.clock, progress),
            back_up=(lambda: self.did.append(("back up", ""))) if backs_up else None,
        )
        self.view = HomeView(load_look("day"), clients_only=clients_only)
        qtbot.addWidget(self.view)
        self.presenter = HomePresenter(uses, InlineTasks(), self.clock, FakeTimer(), self.view)
        self.view.bind(self.presenter)
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.presenter.start()


def test_a_client_is_opened_in_a_few_keys(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", "Sol", "Heron")
    field = world.view.clients.filter_field
    assert field.hasFocus()
    qtbot.keyClicks(field, "o")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field, "e")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert world.did == [("open", world.by_alias["Heron"])]


def test_a_first_client_is_added_in_place_and_opened(qtbot: QtBot) -> None:
    world = World(qtbot)
    clients = world.view.clients
    assert clients.empty.text() == "No clients yet. An alias is enough to begin."
    assert clients.new.hasFocus()
    assert not world.view.next.isVisible()
    qtbot.keyClick(clients.new, Qt.Key.Key_Return)
    assert clients.alias.hasFocus()
    qtbot.keyClicks(clients.alias, "Wren")
    qtbot.keyClick(clients.alias, Qt.Key.Key_Return)
    assert world.did == [("open", world.journal.clients()[0].id)]


def test_escape_leaves_a_new_client(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    world.view.clients.new.click()
    qtbot.keyClick(world.view.clients.alias, Qt.Key.Key_Escape)
    assert not world.view.clients.alias.isVisible()
    assert world.view.clients.filter_field.hasFocus()


def test_the_running_session_stands_at_the_top_with_one_way_back(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", running=True)
    assert world.view.running.isVisible()
    qtbot.keyClick(world.view.running.back, Qt.Key.Key_Return)
    assert world.did == [("enter", world.journal.sessions()[0].id)]


def test_what_is_due_and_what_comes_next_lead_to_the_client(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    wren = world.by_alias["Wren"]
    add_practice(world.journal, world.clock, world.ids, wren, "ten slow breaths", "daily", START.date())
    plan_session(world.journal, world.ids, wren, SessionKind.PREPARATION, None, START + timedelta(days=1))
    world.presenter.start()
    due = world.view.due.rows
    assert [row.spoken for row in due.rows] == ["Wren, ten slow breaths, Practice agreed 2 March, today"]
    due.setFocus()
    qtbot.keyClick(due, Qt.Key.Key_Return)
    (coming,) = [world.view.next.flow.itemAt(0).widget()]  # type: ignore[union-attr]
    assert coming.accessibleName() == "Tomorrow, 09:00, Wren, Preparation 1"
    qtbot.keyClick(coming, Qt.Key.Key_Return)
    assert world.did == [("open", wren), ("open", wren)]


def test_a_long_list_of_what_is_due_shows_the_nearest_first(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    for day in range(12):
        on = (START + timedelta(days=day)).date()
        add_practice(world.journal, world.clock, world.ids, world.by_alias["Wren"], f"practice {day}", "", on)
    world.presenter.start()
    due = world.view.due
    assert (len(due.rows.rows), due.whole.text()) == (8, "Show all 12")
    due.whole.click()
    assert len(due.rows.rows) == 12
    assert not due.whole.isVisible()


def test_archived_clients_come_into_sight_by_a_button(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", "Sol")
    assert not world.view.clients.archived.isVisible()
    archive(world.journal, world.clock, world.by_alias["Sol"], archived=True)
    world.presenter.start()
    assert [row.title for row in world.view.clients.rows.rows] == ["Wren"]
    world.view.clients.archived.click()
    assert [row.title for row in world.view.clients.rows.rows] == ["Wren", "Sol"]


def test_safekeeping_checks_again_and_offers_a_backup_only_where_there_is_one(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    card = world.view.safekeeping
    assert not card.back_up.isVisible()
    card.check.click()
    assert "Record unbroken, checked today 09:00" in [label.text() for label in card.findChildren(type(card.checking))]
    other = World(qtbot, "Wren", backs_up=True)
    other.view.safekeeping.back_up.click()
    assert other.did == [("back up", "")]


def test_a_row_is_said_whole_for_a_screen_reader(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren")
    plan_session(world.journal, world.ids, world.by_alias["Wren"], SessionKind.DOSING, None, START + timedelta(days=1))
    world.presenter.start()
    (row,) = world.view.clients.rows.rows
    assert row.spoken == "Wren, Nothing held yet, next Tomorrow 09:00 Dosing 1, Clearance awaited"


def test_many_clients_scroll_inside_their_card_and_few_leave_no_gap(qtbot: QtBot, qapp: QApplication) -> None:
    few, many = World(qtbot, "Wren", "Sol"), World(qtbot, *(f"Client {n}" for n in range(80)))
    qapp.processEvents()
    rows = few.view.clients.rows
    assert rows.height() == 2 * rows.row_height()
    rows = many.view.clients.rows
    assert 6 * rows.row_height() <= rows.height() < 80 * rows.row_height()


def test_a_narrow_window_or_large_text_cuts_nothing(qtbot: QtBot, qapp: QApplication, dress: Dress) -> None:
    world = World(qtbot, "Wren", running=True)
    dress(load_look("dusk", 2.0))
    world.view.restyle(load_look("dusk", 2.0))
    world.view.resize(1080, 600)
    qapp.processEvents()
    view = world.view
    for widget in (view.running.back, view.clients.new, view.safekeeping.check):
        assert widget.mapTo(view, widget.rect().topRight()).x() <= 1080
        assert widget.width() >= widget.minimumSizeHint().width()
    assert view.due.mapTo(view, view.due.rect().topLeft()).y() > view.clients.mapTo(view, view.clients.pos()).y()


def test_the_clients_alone_have_the_whole_screen(qtbot: QtBot) -> None:
    view = World(qtbot, "Wren", "Sol", clients_only=True).view
    assert not view.due.isVisible()
    assert not view.safekeeping.isVisible()
    assert len(view.clients.rows.rows) == 2


def test_f6_goes_from_pane_to_pane(qtbot: QtBot) -> None:
    world = World(qtbot, "Wren", running=True)
    view = world.view
    seen = []
    for _ in range(4):
        view.panes.step(1)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(
            next(
                p
                for p in (view.running, view.clients, view.next, view.due, view.safekeeping)
                if p.isAncestorOf(focused)
            )
        )
    assert seen == [view.next, view.safekeeping, view.running, view.clients]

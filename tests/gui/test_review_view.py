"""The review screen with real widgets: read, compared, written on and signed by keyboard and by pointer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.clock import FakeClock
from tests.reviewed import CANARY, NOON, Screen, course

from kapjournal.domain.entry import Kind
from kapjournal.gui.look import NAMES, Look, load_look
from kapjournal.gui.review.state import Review
from kapjournal.gui.review.view import ReviewView

KEY, MOD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = MOD.ControlModifier, MOD.ShiftModifier, MOD.AltModifier
Dress = Callable[[Look], None]


class Room(Screen):
    """The screen with its windows."""

    def __init__(self, qtbot: QtBot, look: Look | None = None, size: tuple[int, int] = (1350, 830)) -> None:
        clock = FakeClock(NOON.replace(hour=17, minute=40))
        self.window = ReviewView(look or load_look("day"))
        super().__init__(course(clock), clock, view=lambda: self.window)
        self.window.bind(self.presenter)
        self.presenter.start()
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.begin()

    @property
    def state(self) -> Review:
        return self.presenter.state

    @property
    def chosen(self) -> str:
        return self.state.picture.chosen

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = MOD.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def mark(self, id_: str) -> QPoint:
        """Where a mark lies in the picture."""
        geometry = self.window.timeline.geometry_shown
        for number, track in enumerate(self.state.picture.tracks):
            for mark in track.marks:
                place = geometry.place(number, mark)
                if mark.id == id_ and place is not None:
                    return place.toPoint()
        raise AssertionError(f"{id_} is out of sight")

    def wheel(self, by: int, modifiers: Qt.KeyboardModifier) -> bool:
        line = self.window.timeline
        at = QPointF(self.mark(self.chosen))
        event = QWheelEvent(
            at, line.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(line, event)
        return event.isAccepted()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def words_in(widget: QWidget) -> list[str]:
    """Everything a window says or holds, shown or not."""
    said = []
    for one in (widget, *widget.findChildren(QWidget)):
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit):
            said.append(one.text())
        if isinstance(one, QPlainTextEdit):
            said.append(one.toPlainText())
        if isinstance(one, QTableWidget):
            items = [one.item(row, column) for row in range(one.rowCount()) for column in range(one.columnCount())]
            said += [item.text() for item in items if item is not None]
    return said


def test_the_keys_begin_on_the_line_and_go_from_mark_to_mark(room: Room) -> None:
    assert room.window.timeline.hasFocus()
    assert "Nana" in room.window.timeline.accessibleName()
    room.press(KEY.Key_Right)
    assert room.chosen == "hand"
    assert "Hand" in room.window.timeline.accessibleName()
    room.press(KEY.Key_Left)
    room.press(KEY.Key_Down)
    assert room.chosen == "tears"
    room.press(KEY.Key_Home)
    assert room.chosen == "hope"
    room.press(KEY.Key_End)
    assert room.chosen == "landed"


def test_closer_wider_along_and_all_of_it(room: Room) -> None:
    whole = room.state.picture.whole
    room.press(KEY.Key_Plus, SHIFT)
    room.press(KEY.Key_Equal)
    closer = room.state.picture.shown
    assert closer.width < whole.width / 2
    room.press(KEY.Key_Right, SHIFT)
    assert room.state.picture.shown.start > closer.start
    room.press(KEY.Key_Minus)
    assert room.state.picture.shown.width > closer.width
    room.press(KEY.Key_0)
    assert room.state.picture.shown == whole


def test_the_pointer_chooses_zooms_and_drags(room: Room) -> None:
    line = room.window.timeline
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=room.mark("hand"))
    assert room.chosen == "hand"
    assert room.wheel(120, CTRL)
    shown = room.state.picture.shown
    assert shown.width < room.state.picture.whole.width
    at = room.mark("hand")
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 60))
    QTest.mouseMove(line, at + QPoint(20, 60))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=at + QPoint(20, 60))
    assert room.state.picture.shown.start > shown.start
    assert room.wheel(-120, SHIFT)
    assert not room.wheel(120, MOD.NoModifier)  # the page scrolls


def test_what_lies_close_together_can_be_told_apart_by_the_pointer(room: Room) -> None:
    for mark in room.state.picture.tracks[0].marks:
        assert room.window.timeline.geometry_shown.hit(QPointF(room.mark(mark.id))) == mark.id


def test_alt_enter_shows_the_same_as_a_table(room: Room) -> None:
    room.press(KEY.Key_Return, ALT)
    table = room.window.timeline.table
    assert table.isVisible()
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    assert ["13:50", "0:28", "Client’s words", "“Nana’s kitchen. The yellow table.”"] in rows
    assert ["", "", "Nothing written", "101 minutes"] in rows
    assert sum(bool(row[0]) for row in rows) == len(room.state.picture.tracks[0].marks)
    room.press(KEY.Key_Return, ALT)
    assert not table.isVisible()


def test_the_own_state_is_in_no_widget_until_it_is_asked_for(room: Room) -> None:
    assert not any(CANARY in words for words in words_in(room.window))
    assert any("My own state, 1 private" in words for words in words_in(room.window))
    room.press(KEY.Key_Return, ALT)
    assert not any(CANARY in words for words in words_in(room.window))
    room.window.own.turn.setFocus()
    room.press(KEY.Key_Return)
    assert any(CANARY in words for words in words_in(room.window))
    room.window.timeline.setFocus()
    room.press(KEY.Key_Return, ALT)
    room.presenter.choose("own")
    assert any(CANARY in words for words in words_in(room.window))
    room.window.own.turn.setFocus()
    room.press(KEY.Key_Return)
    QApplication.sendPostedEvents(None, 52)  # what was let go is gone
    assert not any(CANARY in words for words in words_in(room.window))


def test_a_late_entry_by_keyboard(room: Room) -> None:
    room.window.begin_late()
    assert room.window.late.line.hasFocus()
    assert room.window.late.at.text() == "13:50"
    QTest.keyClicks(room.window.late.line, "A long breath out.")
    room.press(KEY.Key_Return)
    assert room.journal.entries()[-1].text == "A long breath out."
    assert room.window.late.line.text() == ""
    room.window.late.at.setFocus()
    QTest.keyClicks(room.window.late.at, "9:99")
    QTest.keyClicks(room.window.late.line, "What")
    room.press(KEY.Key_Return)
    assert room.window.late.problem.isVisible()
    assert room.window.late.line.text() == "What"


def test_the_account_is_written_on_and_kept_by_keyboard(room: Room) -> None:
    card = room.window.account
    card.go_on.setFocus()
    room.press(KEY.Key_Return)
    assert card.writing.area.hasFocus()
    QTest.keyClicks(card.writing.area, "I was big this time.")
    room.press(KEY.Key_Escape)
    assert not card.writing.isVisible()
    room.window.account.begin(room.presenter)
    assert card.writing.area.toPlainText() == "I was big this time."
    room.press(KEY.Key_Return, CTRL)
    assert [e.text for e in room.journal.entries(kinds=(Kind.ACCOUNT,))][-1] == "I was big this time."
    assert not card.writing.isVisible()
    assert any("I was big this time." in words for words in words_in(card))


def test_a_comment_and_a_correction_by_keyboard(room: Room) -> None:
    note = room.window.note
    for button, words in ((note.comment, "Said it twice."), (note.correct, " And a chair.")):
        button.setFocus()
        room.press(KEY.Key_Return)
        QTest.keyClicks(note.writing.area, words)
        room.press(KEY.Key_Return, CTRL)
    assert [a.text for a in room.journal.amendments()] == [
        "Said it twice.",
        "Nana’s kitchen. The yellow table. And a chair.",
    ]
    struck = [label for label in note.findChildren(QLabel) if label.font().strikeOut()]
    assert "“Nana’s kitchen. The yellow table.”" in [label.text() for label in struck]


def test_signing_asks_in_the_strip(room: Room) -> None:
    view = room.window
    view.signing.sign.click()
    assert view.banner.isVisible()
    assert not room.state.signed
    sign = next(b for b in view.banner.findChildren(type(view.signing.sign)) if b.text() == "Sign it")
    sign.click()
    assert room.state.signed
    assert not view.banner.isVisible()
    assert not view.signing.sign.isVisible()
    assert view.signing.signed.isVisible()


def test_a_session_that_was_received_offers_nothing_to_write(room: Room) -> None:
    session = next(one for one in room.journal.sessions() if one.id == "d3")
    room.journal.keep(session.model_copy(update={"origin": "b" * 32}))
    room.presenter.start("d3")
    view = room.window
    for gone in (view.late, view.account.go_on, view.notes.go_on, view.signing.sign, view.signing.checks):
        assert not gone.isVisible()
    room.press(KEY.Key_N, MOD.ControlModifier)
    assert not view.notes.writing.isVisible()
    assert view.signing.signed.isVisible()
    assert any(words.startswith("Received from a colleague. It stays as it is") for words in words_in(view.signing))


def test_sessions_are_compared_at_one_minute(room: Room) -> None:
    view = room.window
    view.head.compare.setFocus()
    room.press(KEY.Key_Return)
    assert view.said.isVisible()
    assert not view.account.isVisible()
    view.timeline.setFocus()
    room.press(KEY.Key_Right, CTRL)
    assert room.state.said_title == "Around 0:29, each time"
    view.said.rows.setFocus()
    room.press(KEY.Key_End)
    room.press(KEY.Key_Return)
    assert len(room.state.picture.tracks) == 2
    geometry = view.timeline.geometry_shown
    empty = QPoint(round(geometry.x(60)), 10)
    QTest.mouseClick(view.timeline, Qt.MouseButton.LeftButton, pos=empty)
    assert room.state.said_title == "Around 1:00, each time"


def test_f6_goes_from_pane_to_pane(room: Room) -> None:
    met = []
    for _ in range(6):
        room.press(KEY.Key_F6)
        focused = QApplication.focusWidget()
        panes = (room.window.late, room.window.account, room.window.notes, room.window.own, room.window.signing)
        met.append(next((p for p in panes if focused is not None and p.isAncestorOf(focused)), None))
    assert len({id(pane) for pane in met}) == 6


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1350, 830)), (1.0, (1190, 650)), (2.0, (1350, 830))])
def test_nothing_is_cut_in_any_look_and_size(
    qtbot: QtBot, dress: Dress, name: str, scale: float, size: tuple[int, int]
) -> None:
    look = load_look(name, scale)
    dress(look)
    room = Room(qtbot, look, size)
    QApplication.processEvents()
    assert room.window.width() == size[0]
    for label in room.window.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= min(label.sizeHint().width(), label.minimumSizeHint().width()), label.text()
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
    room.window.restyle(load_look("night"))
    assert room.window.timeline.geometry_shown.look.name == "night"

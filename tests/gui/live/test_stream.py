"""The stream changes as little as its rows did, and stays where the reader is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.live import sample
from tests.gui.live.conftest import Show
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.announcement import logged
from kapjournal.gui.live.row_model import RowModel
from kapjournal.gui.live.state import Row
from kapjournal.gui.live.view import LiveView


class Counted:
    def __init__(self, model: RowModel) -> None:
        self.resets = QSignalSpy(model.modelReset)
        self.inserts = QSignalSpy(model.rowsInserted)
        self.removals = QSignalSpy(model.rowsRemoved)
        self.changes = QSignalSpy(model.dataChanged)

    def counts(self) -> tuple[int, int, int, int]:
        return self.resets.count(), self.inserts.count(), self.removals.count(), self.changes.count()


def test_the_model_does_only_the_difference() -> None:
    model = RowModel()
    rows = sample.ROWS
    model.show_rows(rows)
    counted = Counted(model)
    assert model.show_rows(rows) == range(14, 14)
    assert counted.counts() == (0, 0, 0, 0)
    more = (*rows, sample.STATES[0])
    assert model.show_rows(more) == range(14, 15)
    assert counted.counts() == (0, 1, 0, 0)
    changed = (*more[:3], more[3]._replace(folded=True), *more[4:])
    assert model.show_rows(changed) == range(3, 4)
    assert counted.counts() == (0, 1, 0, 1)
    without = changed[:5] + changed[6:]
    model.show_rows(without)
    assert counted.counts() == (0, 1, 1, 1)
    late = (*without[:2], sample.STATES[1], *without[2:])
    assert model.show_rows(late) == range(2, 3)
    assert counted.counts() == (0, 2, 1, 1)
    assert model.rows == late


def test_an_entry_appended_to_many_is_one_insertion(show: Show) -> None:
    rows = sample.many_rows(3000)
    view = show(sample.WRITING._replace(rows=rows))
    counted = Counted(view.stream.row_model)
    view.show_state(sample.WRITING._replace(rows=(*rows, sample.STATES[0])))
    assert counted.counts() == (0, 1, 0, 0)
    assert view.stream.rowAt(view.stream.viewport().height() - 5) == 3000


def test_the_same_rows_are_not_looked_at(show: Show) -> None:
    view = show()
    counted = Counted(view.stream.row_model)
    view.show_state(sample.WRITING._replace(hints=()))
    assert counted.counts() == (0, 0, 0, 0)


def _top(view: LiveView) -> tuple[int, int]:
    row = view.stream.rowAt(0)
    return row, view.stream.rowViewportPosition(row)


def test_the_reader_stays_where_they_scrolled(show: Show, on: Recorded) -> None:
    rows = sample.many_rows(200)
    view = show(sample.WRITING._replace(rows=rows))
    QTest.keyClick(view.capture.line, Qt.Key.Key_PageUp)
    QTest.keyClick(view.capture.line, Qt.Key.Key_PageUp)
    before = _top(view)
    assert before[0] < 180
    for more in range(3):
        rows = (*rows, sample.STATES[0]._replace(id=f"new{more}"))
        view.show_state(sample.WRITING._replace(rows=rows))
    assert _top(view) == before
    assert view.stream_pane.foot.isVisible()
    assert view.stream_pane.foot.text() == "3 newer, End to return"
    QTest.keyClick(view.capture.line, Qt.Key.Key_End)
    assert view.stream.following
    assert not view.stream_pane.foot.isVisible()
    assert view.stream.rowAt(view.stream.viewport().height() - 5) == 202


def test_measuring_in_idle_moments_moves_nothing(show: Show, qtbot: QtBot) -> None:
    long = sample.ROWS[5]._replace(spans=sample.plain("word " * 80))
    rows = tuple(row._replace(id=f"a{i}") for i, row in enumerate((long, *sample.ROWS) * 20))
    view = show(sample.WRITING._replace(rows=rows))
    view.stream.page(-1)
    before = _top(view)
    height = view.stream.verticalHeader().length()
    qtbot.waitUntil(lambda: not view.stream._idle.isActive())
    assert _top(view) == before
    assert view.stream.verticalHeader().length() > height


def test_few_rows_stand_next_to_the_field(show: Show) -> None:
    view = show(sample.WRITING._replace(rows=sample.ROWS[:2]))
    last = view.stream.visualRect(view.stream.row_model.index(1))
    pane = view.stream_pane
    assert view.stream.viewport().mapTo(pane, last.bottomLeft()).y() >= pane.height() - 4


def test_every_row_is_a_sentence_for_the_screen_reader(show: Show) -> None:
    view = show()
    model = view.stream.row_model
    spoken = [model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole) for i in range(model.rowCount())]
    assert spoken[4].startswith("13:50, 0:28 after first dose, Client’s words")
    unspoken = sample.ROWS[4]._replace(spoken="")
    model.show_rows((unspoken,))
    assert "marked" in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))


def test_a_new_entry_is_announced_briefly() -> None:
    assert logged(sample.ROWS[13]) == "logged, Smile, sigh, 44 minutes"
    assert logged(sample.ROWS[5]) == "logged, My own state, 30 minutes"
    assert logged(sample.ROWS[4]._replace(since="1:02")) == "logged, Client’s words, 1 hours 2 minutes"


def test_a_row_opens_by_enter_and_closes_again(show: Show, on: Recorded) -> None:
    view = show()
    stream = view.stream
    stream.setFocus()
    QTest.keyClick(stream, Qt.Key.Key_Up)
    height = stream.rowHeight(12)
    QTest.keyClick(stream, Qt.Key.Key_Return)
    assert on.of("row_opened") == [("e13",)]
    assert stream.rowHeight(12) > height
    QTest.keyClick(stream, Qt.Key.Key_Return)
    assert stream.opened is None
    assert stream.rowHeight(12) == height


def test_what_can_be_done_with_a_row_is_reached_by_the_menu_key(show: Show, on: Recorded) -> None:
    view = show()
    stream = view.stream
    stream.setFocus()
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, stream.rect().center(), stream.rect().center())
    QApplication.sendEvent(stream, menu)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert stream.hasFocus()
    assert stream.opened is None
    QApplication.sendEvent(stream, menu)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert on.of("row_action") == [("e14", "addendum")]
    assert stream.opened is None
    assert view.capture.has_focus()  # what is added is typed in the line


def test_a_taken_back_row_folds_to_one_line_and_opens_whole(show: Show) -> None:
    folded = sample.STATES[3]
    view = show(sample.WRITING._replace(rows=(folded,)))
    one = view.stream.rowHeight(0)
    view.show_state(sample.WRITING._replace(rows=(folded._replace(folded=False),)))
    assert view.stream.rowHeight(0) > one


def test_no_dose_hides_the_column(show: Show) -> None:
    def left(rows: tuple[Row, ...]) -> int:
        return show(sample.WRITING._replace(rows=rows)).stream._delegate.content_left()

    undosed = tuple(row._replace(since=None) for row in sample.ROWS)
    assert left(sample.ROWS) - left(undosed) == 48


def test_the_empty_stream_says_how_to_begin(show: Show) -> None:
    view = show(sample.EMPTY)
    assert view.stream.accessibleDescription().startswith("Ready.")
    picture = view.stream_pane.grab().toImage()
    ground = picture.pixelColor(2, 2)
    foot = range(picture.height() - 60, picture.height() - 10)
    assert any(picture.pixelColor(x, y) != ground for x in range(20, 300) for y in foot)

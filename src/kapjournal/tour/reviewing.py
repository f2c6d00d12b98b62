"""Looking back on a session, with pictures: along the line, closer, beside another session, and a late entry."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kapjournal.gui.home.view import HomeView
from kapjournal.gui.review.view import ReviewView
from kapjournal.tour.driver import CTRL, SHIFT, Driver, expect
from kapjournal.tour.sample import WREN

LATE = "> Said nothing, and stayed."


def a_session_is_looked_back_on(on: Driver) -> str:
    """Everything along the time since the first dose; the keys are on the line, and the own state is not here."""
    on.navigator.desk.go_review(WREN, "wren-d3")
    view = on.until_screen(ReviewView)
    on.until(view.timeline.hasFocus, "the keys are on the line")
    expect("private" in view.own.says.words.text(), "nothing says that there is more, which is private")
    on.picture("review", large=True)
    before = view.timeline.accessibleName()
    on.press(Qt.Key.Key_Right)
    expect(view.timeline.accessibleName() != before, "Right does not go to the next entry")
    return view.timeline.accessibleName()


def it_is_looked_at_more_closely(on: Driver) -> str:
    """Closer by key; the chosen entry unfolds, and the same is there as a table."""
    view = on.screen(ReviewView)
    for _ in range(3):
        on.press(Qt.Key.Key_Plus, SHIFT)
    on.press(Qt.Key.Key_Return)
    on.picture("review-closer")
    on.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    expect(view.timeline.as_table, "Alt+Enter shows no table")
    on.picture("review-table")
    rows = view.timeline.table.rowCount()
    on.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    on.press(Qt.Key.Key_0)
    return f"{rows} rows"


def sessions_lie_over_one_another(on: Driver) -> str:
    """What was said around the same minute since the dose, each time."""
    view = on.screen(ReviewView)
    view.head.compare.click()
    on.until(lambda: len(view.said.rows.rows) > 1, "another session is laid over this one")
    on.picture("review-compared", large=True)
    told = view.said.title.text()
    view.head.compare.click()
    on.until(lambda: not view.said.isVisible(), "one session is left")
    return told


def a_late_entry_is_added_here(on: Driver) -> str:
    """Ctrl+Shift+E; it says when it will be shown as written, and takes its place on the line."""
    view = on.screen(ReviewView)
    view.timeline.setFocus()
    on.press(Qt.Key.Key_E, CTRL | SHIFT)
    expect(view.late.line.hasFocus(), "the words of the late entry do not have the focus")
    on.key_in(LATE, QApplication.focusWidget())
    says = view.late.says.text()
    on.picture("review-late")
    on.press(Qt.Key.Key_Return)
    on.until(lambda: "late, written" in view.timeline.accessibleName(), "the late entry takes its place")
    view.own.turn.click()
    on.until(view.own.written.isVisible, "the own state is shown when it is asked for")
    on.picture("review-own", large=True)
    on.navigator.go_home()
    on.until_screen(HomeView)
    on.settle()
    return says


REVIEWING = (
    a_session_is_looked_back_on,
    it_is_looked_at_more_closely,
    sessions_lie_over_one_another,
    a_late_entry_is_added_here,
)

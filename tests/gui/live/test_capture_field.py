"""Keys reach the presenter at once, and nothing that was typed is lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from tests.gui.live import sample
from tests.gui.live.conftest import Show
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.chip import ChipButton
from kapjournal.gui.live.state import Capture, Live
from kapjournal.gui.live.writing_line import MOST_CHARACTERS, printable, to_characters, to_units

BLANK = sample.WRITING._replace(capture=Capture())
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def at(text: str, version: int) -> Live:
    return BLANK._replace(capture=Capture(text=text, cursor=len(text), text_version=version))


def test_every_letter_is_told_within_its_key_event(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    QTest.keyClicks(view.capture.line, "ab")
    assert on.of("typed") == [("a", 1), ("ab", 2)]


def test_keys_of_the_line(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    line = view.capture.line
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    QTest.keyClicks(line, "a")
    QTest.keyClick(line, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_J, CTRL)
    QTest.keyClick(line, Qt.Key.Key_M, CTRL)
    QTest.keyClick(line, Qt.Key.Key_T, CTRL | SHIFT)
    QTest.keyClick(line, Qt.Key.Key_F8)
    QTest.keyClick(line, Qt.Key.Key_F9)
    QTest.keyClick(line, Qt.Key.Key_Down, CTRL | SHIFT)
    QTest.keyClick(line, Qt.Key.Key_Up, CTRL | SHIFT)
    QTest.keyClick(line, Qt.Key.Key_F12)
    told = [name for name in on.names() if name != "cursor_moved"]
    assert told == [
        "up_in_empty", "take_back", "escape", "typed", "typed", "enter", "change_kind", "mark", "first_dose_now",
        "toggle_card", "toggle_plan", "dim", "dim", "veil",
    ]  # fmt: skip
    assert on.of("typed")[-1] == ("a\n", 2)
    assert on.of("dim") == [(1,), (-1,)]


def test_tab_takes_a_completion_or_moves_the_focus_on(show: Show, on: Recorded) -> None:
    view = show(sample.WRITING._replace(capture=sample.COMPLETING))
    line = view.capture.line
    on.answers["tab"] = True
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert on.of("completion_moved") == [(1,), (-1,)]
    assert line.hasFocus()
    on.answers["tab"] = False
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert not line.hasFocus()
    assert QApplication.focusWidget() is not None
    assert "\t" not in line.toPlainText()


def test_the_completions_lie_above_the_field_and_never_take_the_focus(show: Show, on: Recorded) -> None:
    view = show(sample.WRITING._replace(capture=sample.COMPLETING))
    field = view.capture.mapTo(view, QPoint(0, 0)).y()
    assert view.completions.isVisible()
    assert view.completions.mapTo(view, QPoint(0, view.completions.height())).y() <= field
    QTest.mouseClick(view.completions, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    assert on.of("completion_moved") == [(1,)]
    assert on.of("tab") == [()]
    assert view.capture.line.hasFocus()


def test_backspace_behind_a_chip_asks_first(show: Show, on: Recorded) -> None:
    view = show()
    on.answers["backspace_after_chip"] = True
    QTest.keyClick(view.capture.line, Qt.Key.Key_Backspace)
    assert view.capture.line.toPlainText() == sample.LINE
    on.answers["backspace_after_chip"] = False
    QTest.keyClick(view.capture.line, Qt.Key.Key_Backspace)
    assert view.capture.line.toPlainText() == sample.LINE[:-1]


def test_a_chip_can_be_dismissed_by_pressing_it(show: Show, on: Recorded) -> None:
    view = show()
    chip = [c for c in view.findChildren(ChipButton) if c.isVisible()][1]
    assert chip.accessibleName() == "theme: #letting go"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert on.of("dismiss_chip") == [(1,)]
    assert view.capture.line.hasFocus()


def test_text_is_replaced_only_by_a_newer_version(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    line = view.capture.line
    QTest.keyClicks(line, "typed here")
    view.show_state(at("an older thought", 0))
    assert line.toPlainText() == "typed here"
    view.show_state(at("from the draft", 1))
    assert line.toPlainText() == "from the draft"
    assert line.cursor_at() == len("from the draft")
    assert len(on.of("typed")) == len("typed here")


def test_what_is_being_composed_is_told_and_not_lost(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    line = view.capture.line
    QTest.keyClicks(line, "a")
    QApplication.sendEvent(line, QInputMethodEvent("ni", []))
    assert on.of("typed")[-1] == ("ani", 3)
    done = QInputMethodEvent()
    done.setCommitString("你")
    QApplication.sendEvent(line, done)
    assert on.of("typed")[-1] == ("a你", 2)
    assert line.toPlainText() == "a你"


def test_places_are_counted_in_characters(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    view.capture.line.insertPlainText("🙂x")
    assert on.of("typed")[-1] == ("🙂x", 2)
    assert to_units("🙂x", 2) == 3
    assert to_characters("🙂xy", 3) == 2
    view.show_state(BLANK._replace(capture=Capture(text="🙂xy", cursor=2, text_version=9)))
    assert view.capture.line.textCursor().position() == 3


def test_a_paste_is_plain_words(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    paste = QMimeData()
    paste.setHtml("<b>bold</b>")
    paste.setText("one\r\ntwo\x00\x1b\tthree")
    view.capture.line.insertFromMimeData(paste)
    assert view.capture.line.toPlainText() == "one\ntwo three"
    assert printable("a\x07b\u200dc") == "ab\u200dc"


def test_ten_megabytes_are_refused_in_words_and_change_nothing(show: Show, on: Recorded) -> None:
    view = show()
    paste = QMimeData()
    paste.setText("x" * 10_000_000)
    view.capture.line.insertFromMimeData(paste)
    assert on.of("too_much_pasted") == [(10_000_000,)]
    assert view.capture.line.toPlainText() == sample.LINE
    paste.setText("y" * (MOST_CHARACTERS - len(sample.LINE) - 10))
    view.capture.line.insertFromMimeData(paste)
    assert len(view.capture.line.toPlainText()) == MOST_CHARACTERS - 10


def test_the_field_grows_to_five_lines_and_then_scrolls(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    line = view.capture.line
    heights = [line.height()]
    for _ in range(7):
        QTest.keyClick(line, Qt.Key.Key_Return, SHIFT)
        heights.append(line.height())
    assert heights[4] > heights[3] > heights[0]
    assert heights[4] == heights[5] == heights[7]


def test_leaving_the_field_is_told(show: Show, on: Recorded) -> None:
    view = show()
    view.vitals.setFocus()
    assert on.of("focus_lost") == [()]


def test_find_everything_is_left_to_the_window(show: Show, on: Recorded) -> None:
    view = show()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, CTRL, "k")
    event.ignore()
    QApplication.sendEvent(view.capture.line, event)
    assert not event.isAccepted()


def test_trouble_keeps_the_words_and_offers_to_try_again(show: Show, on: Recorded) -> None:
    view = show(sample.WRITING._replace(capture=sample.TROUBLE))
    button = next(b for b in view.capture.findChildren(QAbstractButton) if b.text() == "Try again")
    assert button.isVisible()
    assert view.capture.writing.status.not_saved.isVisible()
    assert view.capture.line.toPlainText() == sample.LINE
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert on.of("try_again") == [()]
    QTest.keyClicks(view.capture.line, "!")
    assert on.of("typed")[-1][0] == sample.LINE + "!"


def test_tap_mode_tells_letters_once_and_their_release(show: Show, on: Recorded) -> None:
    view = show(sample.TAPPING)
    panel = view.capture.tap_panel
    assert panel.hasFocus()
    QTest.keyPress(panel, Qt.Key.Key_G)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_G, Qt.KeyboardModifier.NoModifier, "g", True)
    QApplication.sendEvent(panel, held)
    QTest.keyRelease(panel, Qt.Key.Key_G)
    QTest.keyClick(panel, Qt.Key.Key_T, SHIFT)
    QTest.keyClick(panel, "+")
    QTest.keyClick(panel, Qt.Key.Key_Backspace)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert on.of("tap") == [("G", False), ("T", True), ("+", False)]
    assert on.of("tap_key_released")[0] == ("G",)
    assert [n for n in on.names() if n in ("take_back", "enter", "escape")] == ["take_back", "enter", "escape"]


def test_the_focus_follows_the_use_of_the_place(show: Show, on: Recorded) -> None:
    view = show()
    view.show_state(sample.TAPPING)
    assert view.capture.tap_panel.hasFocus()
    view.show_state(sample.WRITING._replace(capture=sample.FORM))
    assert isinstance(QApplication.focusWidget(), QComboBox)
    view.show_state(sample.WRITING)
    assert view.capture.line.hasFocus()
    assert view.capture.line.toPlainText() == sample.LINE


def test_a_form_tells_its_blanks_and_keeps_by_enter(show: Show, on: Recorded) -> None:
    view = show(sample.WRITING._replace(capture=sample.FORM))
    blanks = {blank.key: blank.input for blank in view.capture.form.blanks}
    amount, route = blanks["amount"], blanks["route"]
    assert isinstance(amount, QLineEdit)
    assert isinstance(route, QComboBox)
    assert (amount.text(), route.currentText()) == ("30", "IM")
    QTest.keyClicks(amount, "5")
    QTest.keyClicks(route, "S")
    QTest.keyClick(route, Qt.Key.Key_Escape)
    QTest.keyClick(amount, Qt.Key.Key_Return)
    assert on.of("form_changed") == [("amount", "305"), ("route", "SL")]
    assert [n for n in on.names() if n in ("form_enter", "escape")] == ["escape", "form_enter"]


def test_the_palette_logs_without_taking_the_focus(show: Show, on: Recorded) -> None:
    view = show()
    cell = next(c for c in view.palette_pane.cells if c.code.label == "Sigh")
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert on.of("tap") == [("G", False)]
    assert view.capture.line.hasFocus()
    view.palette_pane.take_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert on.of("tap")[-1] == ("S", False)


def test_letters_typed_elsewhere_come_to_the_line(show: Show, on: Recorded) -> None:
    view = show(BLANK)
    view.stream.setFocus()
    QTest.keyClick(view.stream, "h")
    assert view.capture.line.hasFocus()
    assert view.capture.line.toPlainText() == "h"
    assert on.of("typed") == [("h", 1)]


def test_nothing_of_the_line_reaches_the_clipboard_by_itself(show: Show, on: Recorded) -> None:
    view = show()
    QGuiApplication.clipboard().setText("before")
    view.capture.line.selectAll()
    assert QGuiApplication.clipboard().text() == "before"

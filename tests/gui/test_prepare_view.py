"""The preparation screen with real widgets: written, compared, agreed and printed by keyboard."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QPdfWriter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.prepared import INTENTION, Room

from kapjournal.application.agreements import Sheet
from kapjournal.domain.entry import IntentionState, Kind
from kapjournal.domain.intention import Words
from kapjournal.gui.look import Look, load_look
from kapjournal.gui.prepare.page import client_page
from kapjournal.gui.printing import document, fitted, pdf
from kapjournal.gui.widgets.chip import Chip
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.words_area import WordsArea

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Dress = Callable[[Look], None]


def enter(qtbot: QtBot, look: Look | None = None, *, filled: bool = True, said: Path | None = None) -> Room:
    room = Room(look or load_look("day"), filled=filled, said=said)
    show(qtbot, room)
    return room


def show(qtbot: QtBot, room: Room) -> None:
    qtbot.addWidget(room.view)
    room.view.resize(1440, 900)
    room.view.show()
    room.view.activateWindow()
    qtbot.waitUntil(room.view.isActiveWindow)
    room.view.begin()


def hope(room: Room) -> WordsArea:
    return room.view.fields.areas["hope"]


def intentions(room: Room) -> list[str]:
    return [e.text for e in room.journal.entries(kinds=(Kind.INTENTION,))]


def test_nothing_of_it_ever_opens_as_a_window_of_its_own(qtbot: QtBot) -> None:
    before = set(QApplication.topLevelWidgets())
    room = Room(load_look("day"))
    qtbot.addWidget(room.view)
    assert [w for w in set(QApplication.topLevelWidgets()) - before if w.isVisible()] == []


def test_words_are_typed_kept_and_back_when_the_screen_is_opened_again(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    assert hope(room).hasFocus()
    qtbot.keyClicks(hope(room), "To rest.")
    qtbot.keyClick(hope(room), Qt.Key.Key_Tab)
    qtbot.keyClicks(room.view.fields.areas["fear"], "Nobody comes.")
    room.timer.pass_(0.25)
    assert room.view.saved.words.text() == "Saved 10:30."
    room.enter(load_look("day"))  # as after a crash: nothing was kept
    show(qtbot, room)
    assert (hope(room).toPlainText(), intentions(room)) == ("To rest.", [])
    qtbot.keyClick(hope(room), Qt.Key.Key_Return, CTRL)
    assert intentions(room) == ["To rest."]
    assert room.view.saved.words.text() == "Saved 10:30. Earlier versions are kept."


def test_undo_and_redo_reach_what_is_kept(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    qtbot.keyClicks(hope(room), "To rest.")
    qtbot.keyClick(hope(room), Qt.Key.Key_Return, CTRL)
    qtbot.keyClicks(hope(room), "#t")
    qtbot.keyClick(hope(room), Qt.Key.Key_Z, CTRL)
    assert hope(room).toPlainText() != "To rest.#t"
    while hope(room).document().isRedoAvailable():
        qtbot.keyClick(hope(room), Qt.Key.Key_Z, CTRL | SHIFT)
    assert hope(room).toPlainText() == "To rest.#t"


def test_a_label_is_offered_taken_with_tab_and_undone(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    qtbot.keyClicks(hope(room), "To rest. #tru")
    assert hope(room).suggested()[0] == "Trust"
    qtbot.keyClick(hope(room), Qt.Key.Key_Tab)
    assert hope(room).hasFocus()
    assert hope(room).toPlainText() == "To rest. #trust "
    assert hope(room).suggested() == ()
    qtbot.keyClick(hope(room), Qt.Key.Key_Z, CTRL)
    assert "#trust " not in hope(room).toPlainText()
    qtbot.keyClick(hope(room), Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.keyClicks(hope(room), "@Planner")
    qtbot.keyClick(hope(room), Qt.Key.Key_Tab)
    qtbot.keyClick(hope(room), Qt.Key.Key_Return, CTRL)
    assert [chip.text for chip in room.presenter.state.chips] == ["#Trust", "@Planner"]
    assert intentions(room) == ["To rest."]


def test_escape_closes_the_suggestions_before_it_leaves(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    qtbot.keyClicks(hope(room), "#tr")
    qtbot.keyClick(hope(room), Qt.Key.Key_Escape)
    assert (hope(room).suggested(), room.went) == ((), [])
    qtbot.keyClick(hope(room), Qt.Key.Key_Escape)
    assert room.went == ["back"]
    assert [t.name for t in room.journal.themes()] == ["letting go", "Trust"]


def test_a_book_is_not_pasted(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    data = QMimeData()
    data.setText("x" * 30_000)
    hope(room).insertFromMimeData(data)
    assert hope(room).toPlainText() == ""
    assert "more than one field takes" in room.view.banner.words.text()


def test_a_field_grows_with_its_words(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    before = hope(room).height()
    hope(room).setPlainText("a line\n" * 6)
    assert hope(room).height() > before + 3 * room.view.fontMetrics().height()
    assert not hope(room).verticalScrollBar().isVisible()


def test_versions_are_chosen_and_compared_by_keyboard(qtbot: QtBot) -> None:
    room = enter(qtbot)
    assert room.view.version.text() == "Version 3 of 3"
    qtbot.keyClick(hope(room), Qt.Key.Key_H, CTRL)
    rows = room.view.versions.rows
    assert rows.hasFocus()
    for _ in range(2):
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    sides = room.view.versions.compare.sides
    assert "To stop bracing." in sides[0].accessibleName()
    assert "Only here: To let someone be kind to me without paying for it" in sides[1].accessibleName()
    assert "underline" in sides[1].text()
    room.view.versions.done.click()
    assert room.view.fields.isVisible()


def test_markup_in_somebodys_words_stays_words(qtbot: QtBot) -> None:
    room = enter(qtbot, filled=False)
    for words in ("<b>one</b>", "<i>two</i>"):
        hope(room).setPlainText(words)
        room.presenter.agree()
    room.presenter.show_versions()
    room.presenter.compare_with("1")
    assert "&lt;" in room.view.versions.compare.sides[0].text()
    assert "<b>" not in room.view.versions.compare.sides[0].text()


def test_bring_it_in_with_one_key(qtbot: QtBot) -> None:
    room = enter(qtbot)
    qtbot.keyClick(hope(room), Qt.Key.Key_B, CTRL)
    assert hope(room).toPlainText() == "The list is how I stayed. If I put it down, who notices I’m here?"
    assert not room.view.carried.bring.isVisible()
    assert len(room.view.tabs.buttons) == 2
    qtbot.keyClick(hope(room), Qt.Key.Key_Up, ALT | SHIFT)
    assert room.view.tabs.buttons[0].text().startswith("1  The list is how I stayed.")
    assert room.view.tabs.buttons[0].isChecked()


def test_a_section_unfolds_is_written_and_folds_by_keyboard(qtbot: QtBot) -> None:
    room = enter(qtbot)
    section = room.view.sections[Sheet.TOUCH]
    section.change.setFocus()
    qtbot.keyClick(section.change, Qt.Key.Key_Return)
    field = section.fields["stop_word"]
    assert isinstance(field, QLineEdit)
    assert section.fields["allowed"].hasFocus()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Tacet")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert section.form.isHidden()
    assert section.change.hasFocus()
    assert "Stop word “Tacet”" in section.says.text()
    qtbot.keyClick(section.change, Qt.Key.Key_Return)
    section.earlier_button.click()
    assert "Stop word: harbour" in section.earlier.text()


def test_parts_asked_beforehand_stand_as_chips_with_what_they_say(qtbot: QtBot) -> None:
    section = enter(qtbot).view.sections[Sheet.PARTS]
    assert [chip.text for chip in section.asked.findChildren(Chip)] == ["@Planner", "@Watcher"]
    assert [text.text() for text in section.asked.findChildren(Text)] == ["agrees to sit nearby", "unsure"]
    assert not section.asked.isHidden()
    section.change.setFocus()
    qtbot.keyClick(section.change, Qt.Key.Key_Return)
    assert section.asked.isHidden()
    assert section.fields["parts"].hasFocus()


def test_what_became_of_it_is_said_with_words(qtbot: QtBot) -> None:
    room = enter(qtbot)
    qtbot.keyClicks(room.view.fields.became.field, "Saw her.")
    room.view.fields.became.buttons[IntentionState.PARTLY].click()
    assert room.presenter.state.state is IntentionState.PARTLY
    assert [a.text for a in room.journal.amendments()] == ["Saw her."]
    assert room.view.fields.became.field.text() == ""


# --- paper --------------------------------------------------------------------------------------------------


def test_the_page_is_saved_for_its_owner_only(qtbot: QtBot, tmp_path: Path) -> None:
    room = enter(qtbot, said=tmp_path / "page.pdf")
    qtbot.keyClick(hope(room), Qt.Key.Key_P, CTRL)
    room.view.paper.acted.emit("pdf")
    made = tmp_path / "page.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["page.pdf"]
    assert "not encrypted" in room.view.paper.words.text()


def test_a_page_that_cannot_be_saved_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    room = enter(qtbot, said=tmp_path / "nowhere" / "page.pdf")
    room.view.paper.acted.emit("pdf")
    assert "could not be saved" in room.view.paper.words.text()


def test_what_is_printed_is_the_clients_and_nothing_else(qtbot: QtBot) -> None:
    room = enter(qtbot)
    room.view.paper.acted.emit("print")
    plain = document(room.printed[0], 12).toPlainText()
    assert [line for line in plain.splitlines() if line] == [
        "In my own words", "What I hope", INTENTION.hope, "What I fear", INTENTION.fear, "What would be enough",
        INTENTION.enough, "What helps when it is a lot", "“Hearing the clock. Being told what day it is.”",
    ]  # fmt: skip


def test_everything_stands_on_one_page_however_much_it_is(qtbot: QtBot) -> None:
    much = client_page([Words("To rest. " * 60, "Nobody. " * 60, "One breath. " * 40)] * 3)
    made = pdf(much)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


# --- every size, and without a mouse ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["day", "dusk", "night"])
@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 1440, 900), (1.0, 1280, 720), (2.0, 1440, 900)])
def test_nothing_is_cut_off(qtbot: QtBot, dress: Dress, name: str, scale: float, width: int, height: int) -> None:
    look = load_look(name, scale)
    dress(look)
    room = enter(qtbot, look)
    room.presenter.bring_in()
    for sheet in Sheet:
        room.presenter.edit_sheet(sheet)
    room.view.resize(width, height)
    QApplication.processEvents()
    QApplication.processEvents()
    assert cut_off(room.view) == []


def cut_off(view: QWidget) -> list[str]:
    """Words that do not fit where they stand, and controls that reach beyond what holds them."""
    found = []
    for widget in view.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            if widget.height() < needed or (not widget.wordWrap() and widget.width() < widget.sizeHint().width()):
                found.append(f"label: {widget.text()[:40]}")
        if isinstance(widget, QAbstractButton) and widget.width() < widget.sizeHint().width():
            found.append(f"button: {widget.text()}")
        parent = widget.parentWidget()
        control = isinstance(widget, QAbstractButton | QPlainTextEdit | QLineEdit)
        if control and parent is not None and widget.geometry().right() > parent.width():
            found.append(f"beyond: {widget.accessibleName() or getattr(widget, 'text', str)()}")
    return found


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    room = enter(qtbot)
    room.presenter.bring_in()
    for sheet in Sheet:
        room.presenter.edit_sheet(sheet)
    room.presenter.show_versions()
    controls = [
        w for w in room.view.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit | QPlainTextEdit) and w.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]  # fmt: skip
    nameless = [w for w in controls if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))]
    assert nameless == []
    assert len(controls) > 40


def test_tab_goes_round_everything_and_never_stands_still(qtbot: QtBot) -> None:
    room = enter(qtbot)
    seen: list[QWidget] = []
    for _ in range(60):
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            break
        seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert room.view.agree in seen
    assert room.view.sections[Sheet.CONSENT].change in seen
    assert QApplication.focusWidget() is seen[0]


def test_another_look_keeps_what_is_typed(qtbot: QtBot, dress: Dress) -> None:
    room = enter(qtbot, filled=False)
    qtbot.keyClicks(hope(room), "To rest.")
    look = load_look("night", 1.5)
    dress(look)
    room.view.restyle(look)
    assert hope(room).toPlainText() == "To rest."
    picture = room.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert picture.pixelColor(4, 4).lightness() < 40


def test_one_page_takes_the_largest_type_that_fits(qtbot: QtBot, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "x.pdf"))
    little = fitted(client_page([Words("Rest.")]), writer)
    much = fitted(client_page([Words("Rest. " * 900)]), writer)
    assert little.defaultFont().pointSizeF() > much.defaultFont().pointSizeF()

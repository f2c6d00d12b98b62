from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kapjournal.gui.look import Look, load_look
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.field import LineField, SecretField, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.focus_ring import FocusRing, Ring
from kapjournal.gui.widgets.key_cap import KeyCap
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, restyle_children
from kapjournal.gui.widgets.veil import Veil


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.window().show()
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


DAY, NIGHT = load_look("day"), load_look("night", 2.0)
ROWS = (RowData("a", "Wren", "two sessions", end="running"), RowData("b", "Sol"), RowData("c", "Heron"))


def test_chips_go_on_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(DAY, holder)
    chips = [Chip(DAY, f"#theme-{n}", ChipKind.THEME) for n in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    holder.resize(200, 400)
    holder.show()
    assert flow.heightForWidth(200) > flow.heightForWidth(2000)
    assert chips[0].pos() == QPoint(0, 0)
    assert chips[-1].y() > chips[0].y()
    assert all(chip.geometry().right() <= 200 for chip in chips)
    flow.clear()
    assert flow.count() == 0


def test_the_ring_is_drawn_outside_of_what_has_the_focus(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    first, second, quiet = QLineEdit(), QLineEdit(), QLineEdit()
    quiet.setProperty("ownFocus", True)
    for field in (first, second, quiet):
        layout.addWidget(field)
    FocusRing.of(qapp).restyle(DAY.colour("focus"), 8)
    focus(qtbot, first)
    focus(qtbot, second)
    ring = window.findChild(Ring)
    assert ring is not None
    assert ring.isVisible()
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    window.resize(500, 300)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    image = window.grab().toImage()
    assert image.pixelColor(second.geometry().center().x(), second.y() - 3) == DAY.colour("focus")
    quiet.setFocus()
    assert not ring.isVisible()


def test_the_ring_scrolls_with_what_it_surrounds_and_outlives_it(qtbot: QtBot, qapp: QApplication) -> None:
    area, inside, field, other = QScrollArea(), QWidget(), QLineEdit(), QLineEdit()
    QVBoxLayout(inside).addWidget(field)
    area.setWidget(inside)
    qtbot.addWidget(area)
    qtbot.addWidget(other)
    FocusRing.of(qapp)
    focus(qtbot, field)
    ring = inside.findChild(Ring)
    assert ring is not None
    assert ring.parentWidget() is inside
    area.takeWidget().deleteLater()
    qapp.processEvents()
    focus(qtbot, other)  # nothing may reach for the deleted ones


def test_rows_are_chosen_with_arrows_and_taken_with_enter(qtbot: QtBot) -> None:
    rows = RowList(DAY, "Clients")
    qtbot.addWidget(rows)
    chosen: list[str] = []
    taken: list[str] = []
    rows.chosen.connect(chosen.append)
    rows.taken.connect(taken.append)
    rows.show_rows(ROWS, "a")
    assert chosen == []
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    rows.step(5)
    rows.show_rows(ROWS[:2], "b")
    assert chosen == ["b", "c"]
    assert taken == ["b"]
    index = rows.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Wren, two sessions, running"


def test_a_secret_is_dots_until_shown_and_leaves_nothing_to_undo(qtbot: QtBot) -> None:
    field = SecretField(DAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "harbour")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.show_button.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    field.forget()
    assert field.text() == ""
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.reveal(shown=True)
    field.undo()
    assert field.text() == ""


def test_caps_lock_is_told_from_the_letters(qtbot: QtBot) -> None:
    field = SecretField(DAY)
    qtbot.addWidget(field)
    told: list[bool] = []
    field.caps_lock.connect(told.append)
    qtbot.keyClick(field, "a")
    qtbot.keyClick(field, "7")
    field.keyPressEvent(_key("A", Qt.KeyboardModifier.NoModifier))
    field.keyPressEvent(_key("A", Qt.KeyboardModifier.ShiftModifier))
    assert told == [False, True, False]


def test_a_banner_offers_its_actions_and_hides_when_there_is_nothing_to_say(qtbot: QtBot) -> None:
    banner = BannerStrip(DAY)
    qtbot.addWidget(banner)
    acted: list[str] = []
    banner.acted.connect(acted.append)
    banner.tell("Not saved yet.", "safety", (("again", "Try again"),))
    button = next(b for b in banner.findChildren(Button) if b.isVisibleTo(banner))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert acted == ["again"]
    assert banner.accessibleName() == "Not saved yet."
    banner.tell("")
    assert banner.isHidden()


def test_the_veil_covers_everything_and_grows_with_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    field = QLineEdit("Nana’s kitchen", window)
    veil = Veil(DAY, window)
    window.show()
    veil.draw_over()
    window.resize(400, 300)
    assert veil.geometry() == window.rect()
    image = window.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, 300, 3)}
    assert seen == {DAY.colour("window").name()}
    assert field.isVisible()


def test_text_moves_on_with_tab_and_the_caret_has_the_accent(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = Column(NIGHT, window, margins=(20, 20, 20, 20))
    area, line = TextArea(NIGHT), LineField(NIGHT)
    column.addWidget(area)
    column.addWidget(line)
    focus(qtbot, area)
    qtbot.keyClicks(area, "tears")
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert area.toPlainText() == "tears"
    assert line.hasFocus()
    spot = line.cursorRect().center()
    image = line.grab().toImage()
    near = {image.pixelColor(x, spot.y()).name() for x in range(max(spot.x() - 6, 0), spot.x() + 7)}
    assert NIGHT.colour("accent").name() in near


def test_no_caret_is_a_bright_line_at_night_also_behind_a_selection(
    qtbot: QtBot, dress: Callable[[Look], None]
) -> None:
    dress(NIGHT)
    line = LineField(NIGHT)
    qtbot.addWidget(line)
    line.resize(300, 60)
    line.setText("120")
    focus(qtbot, line)
    for select in (line.selectAll, line.deselect):
        select()
        image = line.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        assert max(bytes(image.constBits())) <= NIGHT.colour("accent").red()


def test_a_strip_sets_its_actions_under_a_sentence_without_room(qtbot: QtBot) -> None:
    strip = BannerStrip(DAY)
    qtbot.addWidget(strip)
    strip.tell("One page with the client’s own words.", "text", (("print", "Print"), ("pdf", "Save as PDF")))
    button = strip.findChildren(Button)[0]
    for width, under in ((900, False), (420, True)):
        strip.resize(width, strip.heightForWidth(width))
        QApplication.processEvents()
        assert (button.y() > strip.words.geometry().bottom()) is under


def test_everything_inside_takes_another_look(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = Column(DAY, window, margins=(10, 10, 10, 10), spacing=5)
    cap = KeyCap(DAY, "Ctrl K")
    column.addWidget(cap)
    column.gap(10)
    narrow = cap.sizeHint().width()
    restyle_children(window, NIGHT)
    assert cap.sizeHint().width() > narrow * 1.7
    assert column.contentsMargins().left() == 20
    assert column.itemAt(1).minimumSize().height() == 20


def _key(text: str, modifiers: Qt.KeyboardModifier) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text)

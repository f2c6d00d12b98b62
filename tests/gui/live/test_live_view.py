"""Every state is shown; what cannot fit folds; nothing is cut; everything has a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from tests.gui.live import sample
from tests.gui.live.conftest import Show
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.state import Banner, Mode
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import NAMES, load_look

STATES = {
    "writing": sample.WRITING,
    "tapping": sample.TAPPING,
    "empty": sample.EMPTY,
    "trouble": sample.WRITING._replace(capture=sample.TROUBLE, banner=Banner("Not saved.", "safety", (("a", "Do"),))),
    "form": sample.WRITING._replace(capture=sample.FORM),
    "completing": sample.WRITING._replace(capture=sample.COMPLETING),
    "closed": sample.WRITING._replace(capture=sample.Capture(mode=Mode.CLOSED, heading="Late entry")),
    "plan": sample.WRITING._replace(card=sample.CARD._replace(plan_open=True)),
    "hidden card": sample.WRITING._replace(card=sample.CARD._replace(hidden=True)),
    "dim": sample.WRITING._replace(dim=2),
}
SIZES = [(1.0, (1440, 900)), (1.0, (1280, 720)), (2.0, (1440, 900))]


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("look_name", NAMES)
def test_every_state_paints_something_in_every_look(show: Show, state: object, look_name: str) -> None:
    view = show(state, look_name)
    picture = view.grab().toImage()
    ground = load_look(look_name).colour("window")
    samples = {picture.pixelColor(x, y).name() for x in range(0, 1440, 7) for y in range(0, 900, 7)}
    assert ground.name() in samples
    assert len(samples) > 5
    assert not samples & {"#ffffff", "#efefef", "#f0f0f0"}


@pytest.mark.parametrize(("scale", "size"), SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_no_label_is_cut(show: Show, state: object, scale: float, size: tuple[int, int]) -> None:
    view = show(state, "day", scale, size)
    QApplication.processEvents()
    cut = [label.text() for label in view.findChildren(QLabel) if label.isVisible() and _is_cut(label)]
    assert cut == []


def _is_cut(label: QLabel) -> bool:
    if not label.text() or label.pixmap().width():
        return False
    metrics = QFontMetrics(label.font())
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    need = metrics.boundingRect(QRect(0, 0, label.width() if label.wordWrap() else 10_000, 10_000), flags, label.text())
    seen = label.visibleRegion().boundingRect() if not _scrolls(label) else label.rect()
    return need.width() > seen.width() + 1 or need.height() > seen.height() + 1


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if parent.objectName() == "qt_scrollarea_viewport":
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize(("scale", "size"), SIZES)
def test_buttons_and_fields_lie_whole_inside_the_window(show: Show, scale: float, size: tuple[int, int]) -> None:
    view = show(STATES["trouble"], "dusk", scale, size)
    QApplication.processEvents()
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for control in view.findChildren(kind):
            if control.isVisible() and not _scrolls(control):
                assert control.visibleRegion().boundingRect().size() == control.size(), control


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_every_control_has_a_name(show: Show, state: object) -> None:
    view = show(state)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    controls = [c for kind in kinds for c in view.findChildren(kind)]
    focusable = [w for w in view.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isVisible()]
    nameless = [w for w in [*controls, *focusable] if w.isVisible() and not (w.accessibleName() or _text(w))]
    assert nameless == []


def _text(widget: QWidget) -> str:
    return str(getattr(widget, "text", lambda: "")())


def test_columns_fold_in_the_fixed_order(show: Show) -> None:
    view = show()
    seen = []
    for width, height in ((1440, 900), (1440, 640), (1040, 640), (860, 640)):
        view.resize(width, height)
        QApplication.processEvents()
        seen.append((view.vitals.plot.isVisible(), view.palette_pane.isVisible(), view.card.isVisible()))
    assert seen == [(True, True, True), (False, True, True), (False, False, True), (False, False, False)]


def test_spare_lines_of_the_card_fold_first_at_1280(show: Show) -> None:
    wide, small = show(), show(size=(1280, 720))
    assert "Enough would be" in _words(wide)
    assert "Enough would be" not in _words(small)
    assert small.vitals.plot.isVisible()


def _words(view: LiveView) -> list[str]:
    return [label.text() for label in view.card.findChildren(QLabel)]


def test_f6_walks_through_the_panes_and_opens_folded_ones(show: Show) -> None:
    view = show(scale=2.0)
    assert not view.palette_pane.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert view.palette_pane.isVisible()
    assert view.palette_pane.isAncestorOf(QApplication.focusWidget())
    below = view.palette_pane.mapTo(view, QPoint(0, view.palette_pane.height())).y()
    assert below <= view.capture.mapTo(view, QPoint(0, 0)).y()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert not view.palette_pane.isVisible()
    assert view.vitals.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert view.capture.has_focus()


def test_f6_visits_every_pane_in_reading_order(show: Show) -> None:
    view = show()
    order = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        panes = (view.top, view.card, view.stream, view.capture, view.palette_pane, view.vitals)
        order.append(next(i for i, pane in enumerate(panes) if pane is focused or pane.isAncestorOf(focused)))
    assert order == [4, 5, 0, 1, 2, 3]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_clocks_of_the_veil_stand_clear_of_its_code(show: Show, scale: float) -> None:
    view = show(scale=scale, size=(1280, 720))
    view.show_state(sample.WRITING._replace(veiled=True, veil_needs_code=True))
    QApplication.processEvents()
    code = view.veil.code
    above = QRect(0, code.y() - 14, view.veil.width(), 12)
    picture = view.veil.grab(above).toImage()
    shades = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert len(shades) == 1


def test_the_veil_hides_everything_and_gives_the_focus_back(show: Show, on: Recorded) -> None:
    view = show()
    view.show_state(sample.WRITING._replace(veiled=True, veil_needs_code=True))
    assert not view.body.isVisible()
    assert view.veil.code.hasFocus()
    QTest.keyClicks(view.veil.code, "1234")
    QTest.keyClick(view.veil.code, Qt.Key.Key_Return)
    assert on.of("unveil_code") == [("1234",)]
    assert view.veil.code.text() == ""
    QTest.keyClick(view.veil.code, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert on.of("change_kind") == []
    assert on.of("typed") == []
    QTest.keyClick(view.veil.code, Qt.Key.Key_F12)
    assert on.of("veil") == [()]
    view.show_state(sample.WRITING)
    assert view.capture.line.hasFocus()
    assert view.capture.line.toPlainText() == sample.LINE


def test_another_look_keeps_words_cursor_and_focus(show: Show, on: Recorded) -> None:
    view = show()
    QTest.keyClicks(view.capture.line, " more")
    view.capture.line.moveCursor(view.capture.line.textCursor().MoveOperation.Left)
    said = len(on.of("typed"))
    view.restyle(load_look("day", 1.25))
    assert view.capture.line.toPlainText() == sample.LINE + " more"
    assert view.capture.line.cursor_at() == len(sample.LINE) + 4
    assert view.capture.line.hasFocus()
    assert len(on.of("typed")) == said
    QTest.keyClicks(view.capture.line, "!")
    assert on.of("typed")[-1] == (sample.LINE + " mor!e", len(sample.LINE) + 5)


def test_another_look_keeps_the_place_and_a_first_look_the_text(show: Show) -> None:
    view = show(sample.WRITING._replace(rows=sample.many_rows(100), dim=1))
    assert view.capture.line.toPlainText() == sample.LINE
    view.stream.page(-1)
    top = view.stream.top_row()
    view.restyle(load_look("dusk"))
    assert view.stream.top_row() == top
    assert not view.stream.following


def test_a_look_changed_under_the_veil_stays_veiled(show: Show) -> None:
    view = show()
    view.show_state(sample.WRITING._replace(veiled=True))
    view.restyle(load_look("day"))
    assert view.veil.isVisible()
    assert not view.body.isVisible()
    view.show_state(sample.WRITING)
    assert view.capture.line.hasFocus()
    assert view.capture.line.toPlainText() == sample.LINE


def test_a_strip_and_a_save_never_take_the_focus(show: Show, on: Recorded) -> None:
    view = show()
    view.show_state(STATES["trouble"])
    QApplication.processEvents()
    assert view.capture.line.hasFocus()
    button = next(b for b in view.banner.findChildren(QAbstractButton) if b.text() == "Do")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert on.of("banner_action") == [("a",)]
    assert view.capture.line.hasFocus()


def test_dimming_moves_the_text_toward_the_quiet_colour(show: Show) -> None:
    view = show()
    bright = view._look.colour("text").lightnessF()
    view.show_state(sample.WRITING._replace(dim=2))
    quiet = view._look.colour("text-quiet")
    assert view._look.colour("text").name() == quiet.name()
    assert quiet.lightnessF() < bright
    view.show_state(sample.WRITING)
    assert view._look.colour("text").lightnessF() == bright
    assert show(sample.WRITING._replace(dim=2))._look.colour("text").name() == quiet.name()


def test_the_chart_has_a_table_with_the_same_numbers(show: Show) -> None:
    view = show()
    view.vitals.setFocus()
    QTest.keyClick(view.vitals, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    table = view.vitals.table
    cells = [[table.item(r, c).text() for c in range(4)] for r in range(table.rowCount())]
    assert view.vitals.as_table
    assert cells == [["-0:06", "118/76", "72", "98 %"], ["0:22", "128/82", "84", "97 %"]]
    assert "128/82" in view.vitals.accessibleDescription()

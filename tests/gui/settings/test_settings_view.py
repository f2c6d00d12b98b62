"""The settings screen with real widgets: by keyboard, in every text size, and nothing lost while it is drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.clock import FakeClock
from tests.fakes.tasks import InlineTasks
from tests.gui.settings.stand import SHIPPED, WORDS, Stand

from kapjournal.application.own_lists import SIGNS_PLACE, tables_on
from kapjournal.gui.look import Look, load_look
from kapjournal.gui.settings.presenter import TABS, SettingsPresenter
from kapjournal.gui.settings.view import SettingsView

Dress = Callable[[Look], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Opened:
    """The screen, shown."""

    def __init__(self, qtbot: QtBot, tab: str = "looks", look: str = "day", scale: float = 1.0) -> None:
        self.stand = Stand()
        self.view = SettingsView(load_look(look, scale))
        qtbot.addWidget(self.view)
        self.presenter = SettingsPresenter(self.stand.uses(), SHIPPED, InlineTasks(), FakeClock(), self.view)
        self.view.bind(self.presenter)
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.presenter.start(tab)
        self.view.begin()
        QApplication.processEvents()

    def press(self, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def signs(self) -> tuple[str, ...]:
        return tables_on(self.stand.desk, SHIPPED).danger_signs


def test_a_page_is_reached_and_changed_by_keys_alone(qtbot: QtBot) -> None:
    opened = Opened(qtbot)
    opened.press(qtbot, Qt.Key.Key_Down)
    opened.press(qtbot, Qt.Key.Key_Return)
    assert opened.view.tabs.buttons["lock"].isChecked()
    assert opened.view.sheet.buttons["veil_after_minutes=5"].isVisible()
    opened.press(qtbot, Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert opened.view.sheet.isAncestorOf(focus)
    opened.view.sheet.buttons["veil_after_minutes=20"].setFocus()
    opened.press(qtbot, Qt.Key.Key_Space)
    assert opened.stand.settings.veil_after_minutes == 20
    opened.press(qtbot, Qt.Key.Key_Z, CTRL)
    assert opened.stand.settings.veil_after_minutes == 5
    opened.press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert opened.stand.settings.veil_after_minutes == 20
    opened.press(qtbot, Qt.Key.Key_Escape)
    assert opened.stand.did == [("leave",)]


def test_ctrl_z_in_a_field_takes_the_whole_change_back(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "lists")
    field = opened.view.sheet.fields["signs.0.sign"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Faints")
    assert opened.signs()[0] == "Faints"
    opened.press(qtbot, Qt.Key.Key_Z, CTRL)
    assert opened.stand.desk[SIGNS_PLACE] is None
    assert opened.view.sheet.fields["signs.0.sign"].text() == "Speaks of suicide"
    assert opened.view.sheet.fields["signs.0.sign"].hasFocus()


def test_a_row_more_keeps_the_focus_where_the_keys_went(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "lists")
    field = opened.view.sheet.fields["signs.13.sign"]
    field.setFocus()
    qtbot.keyClicks(field, "Faints")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert len(opened.signs()) == 14
    assert opened.view.sheet.fields["landing.0.label"].hasFocus()
    assert opened.view.sheet.fields["signs.14.sign"].text() == ""


def test_a_passphrase_is_still_there_after_its_strength_was_told(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "keys")
    fields = opened.view.sheet.fields
    qtbot.keyClicks(fields["old"], WORDS)
    qtbot.keyClicks(fields["new"], "six new words for a new year")
    opened.view.sheet.buttons["suggest"].click()
    assert opened.view.sheet.fields["new"].text() == "six new words for a new year"
    qtbot.keyClicks(opened.view.sheet.fields["again"], "six new words for a new year")
    opened.view.sheet.buttons["change"].click()
    assert opened.stand.passphrase == "six new words for a new year"
    assert opened.view.sheet.secrets() == dict.fromkeys(("old", "new", "again", "for_renewal"), "")


def test_turning_the_page_forgets_secrets(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "keys")
    qtbot.keyClicks(opened.view.sheet.fields["old"], WORDS)
    opened.presenter.turn("about")
    opened.presenter.turn("keys")
    assert opened.view.sheet.fields["old"].text() == ""


@pytest.mark.parametrize("width", [720, 1280])
@pytest.mark.parametrize("tab", [tab.key for tab in TABS])
def test_at_twice_the_size_nothing_is_cut_and_all_is_named(
    qtbot: QtBot, qapp: QApplication, dress: Dress, tab: str, width: int
) -> None:
    dress(load_look("dusk", 2.0))
    opened = Opened(qtbot, tab, "dusk", 2.0)
    opened.view.resize(width, 720)
    for _ in range(3):
        qapp.processEvents()
    for widget in opened.view.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        if isinstance(widget, QAbstractButton | QLineEdit | QLabel):
            right = widget.mapTo(opened.view, widget.rect().topRight()).x()
            assert right <= width, f"{tab}: {named(widget)} reaches {right}"
        if isinstance(widget, QAbstractButton | QLineEdit):
            assert widget.height() >= widget.minimumSizeHint().height(), f"{tab}: {named(widget)} is cut below"
            assert widget.parentWidget().rect().contains(widget.geometry()), f"{tab}: {named(widget)} stands out"
        if isinstance(widget, QAbstractButton):
            assert widget.width() >= widget.minimumSizeHint().width(), f"{tab}: {named(widget)} is cut"
        if isinstance(widget, QLabel) and widget.text():
            needs = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            assert widget.height() >= needs - 1, f"{tab}: {named(widget)} is cut below"
        if isinstance(widget, QAbstractButton | QLineEdit):
            assert named(widget), f"{tab}: something has no name"


def named(widget: QWidget) -> str:
    return widget.accessibleName() or str(getattr(widget, "text", str)())


def test_every_control_of_a_page_is_reached_by_tab_and_left_again(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "keys")
    wanted = {*opened.view.sheet.fields.values(), opened.view.undo, opened.view.back} - {opened.view.undo}
    reached: set[QWidget] = set()
    for _ in range(60):
        opened.press(qtbot, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
    assert wanted <= reached


def test_another_look_keeps_page_and_words(qtbot: QtBot, dress: Dress) -> None:
    opened = Opened(qtbot, "keys")
    qtbot.keyClicks(opened.view.sheet.fields["old"], WORDS)
    dress(load_look("night", 1.5))
    opened.view.restyle(load_look("night", 1.5))
    assert opened.view.sheet.fields["old"].text() == WORDS

"""No screen keeps anything from somebody who cannot see, cannot point, or needs large words: see `axe`.

Every check is first shown to find what it is for, planted in a window of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kapjournal.gui.look import Look, apply_look, load_fonts, load_look
from kapjournal.gui.widgets.button import Button
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.label import Text
from tests.fakes.clock import FakeClock
from tests.journeys import axe
from tests.journeys.desk_scenes import DESK_SCENES
from tests.journeys.screens import SCREENS, Scene
from tests.journeys.stage import Stage

MAY = datetime(2026, 5, 12, 10, 0, tzinfo=timezone(timedelta(hours=-4)))
SIZES = ((1440, 900), (1280, 720))
TALL = (1440, 4200)  # nothing of a page is scrolled out of sight


def dressed(s: Stage, scene: Scene, look: str, scale: float, size: tuple[int, int]) -> None:
    """The screen in a look, at a text size, in a window of this size."""
    s.navigator.window.resize(*size)
    if (s.navigator.look.name, s.navigator.look.scale) != (look, scale):
        s.navigator.set_look(look, scale)
    scene.again(s)
    for _ in range(3):  # layouts ask for another round, as they do on a screen
        QApplication.processEvents()


def findings(s: Stage, scene: Scene) -> list[str]:
    """Everything that is amiss on a screen."""
    window = s.navigator.window
    QApplication.processEvents()
    found = [*axe.without_a_name(window), *axe.traps(window)]
    for size in SIZES:
        dressed(s, scene, "day", 2.0, size)
        found += [f"{size[0]} px: {one}" for one in axe.cut_off(window)]
    for look, target in axe.TARGETS.items():
        dressed(s, scene, look, 2.0, TALL)
        found += [f"{look}: {one}" for one in axe.too_faint(window, target)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("scene", [*SCREENS, *DESK_SCENES], ids=lambda scene: scene.name)
def test_every_screen(scene: Scene, stage: Callable[..., Stage], wren: Callable[[], object]) -> None:
    s = stage(wren(), FakeClock(MAY))
    s.navigator.window.activateWindow()
    scene.go(s)
    found = findings(s, scene)
    assert not found, "\n".join(found)


# --- what the checks are for, planted ---------------------------------------------------------------------------


class Trap(QPlainTextEdit):
    """Takes Tab for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Trap")
        self.setTabChangesFocus(False)


class Drawn(QWidget):
    """Paints words in the colour of a role, elided to a width."""

    def __init__(self, look: Look, role: str, width: int = 1000) -> None:
        super().__init__()
        self.look, self.role, self.room = look, role, width
        self.setMinimumSize(600, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.look.colour(self.role))
        words = painter.fontMetrics().elidedText("painted words", Qt.TextElideMode.ElideRight, self.room)
        painter.drawText(QRect(0, 0, 600, 60), Qt.AlignmentFlag.AlignVCenter, words)


def named(control: QWidget) -> QWidget:
    control.setAccessibleName("A field")
    return control


def narrow(widget: QWidget) -> QWidget:
    widget.setFixedWidth(60)
    return widget


def low(widget: QWidget) -> QWidget:
    widget.setFixedHeight(20)
    return widget


@pytest.fixture
def window(qtbot: QtBot) -> Callable[..., QWidget]:
    """A window at 200 % with these things in it."""
    kept: list[QWidget] = []

    def made(name: str, *things: Callable[[Look], QWidget]) -> QWidget:
        look = load_look(name, 2.0)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        load_fonts()
        apply_look(app, look)
        ground = QWidget()
        ground.setAutoFillBackground(True)
        column = QVBoxLayout(ground)
        for thing in things:
            column.addWidget(thing(look))
        qtbot.addWidget(ground)
        kept.append(ground)
        ground.resize(1000, 600)
        ground.show()
        ground.activateWindow()
        QApplication.processEvents()
        return ground

    return made


def test_a_control_without_a_name_is_found(window: Callable[..., QWidget]) -> None:
    ground = window("day", lambda _: named(QLineEdit()), lambda _: QLineEdit(), lambda look: Button(look, "Keep"))
    assert list(axe.without_a_name(ground)) == ["QLineEdit in QWidget has no accessible name"]


def test_a_focus_trap_is_found(window: Callable[..., QWidget]) -> None:
    assert list(axe.traps(window("day", lambda _: named(QLineEdit()), lambda look: Button(look, "Keep")))) == []
    assert "Tab is trapped in 'Trap'" in list(axe.traps(window("day", lambda _: named(QLineEdit()), lambda _: Trap())))


@pytest.mark.parametrize("name", axe.TARGETS)
def test_faint_words_are_found(name: str, window: Callable[..., QWidget]) -> None:
    target = axe.TARGETS[name]
    good = ("text-quiet", "safety", "accent")
    fine = (*(partial(_label, role) for role in good), *(partial(Drawn, role=role) for role in good))
    assert list(axe.too_faint(window(name, *fine), target)) == []
    for faint in (
        partial(_label, "line-strong"),
        partial(Drawn, role="line-strong"),
        _faint_button,
        _faint_placeholder,
    ):
        found = list(axe.too_faint(window(name, faint), target))
        assert len(found) == 1, faint


def _label(role: str, look: Look) -> QWidget:
    return Text("some words", role=role)


def _faint_button(look: Look) -> QWidget:
    button = Button(look, "Keep", icon="plus")
    button.setStyleSheet(f"color: {look.colour('line-strong').name()}")
    return button


def _faint_placeholder(look: Look) -> QWidget:
    field = LineField(look, placeholder="Find a client")
    field.setStyleSheet(f"placeholder-text-color: {look.colour('line-strong').name()}")
    field.setMinimumWidth(400)
    return field


@pytest.mark.parametrize(
    "cut",
    [
        lambda _: narrow(Text("some words")),
        lambda _: narrow(Text("unbreakable", wrap=True)),
        lambda _: low(Text("some words")),
        lambda look: narrow(Button(look, "Keep this as it is")),
        lambda look: narrow(LineField(look, placeholder="Find a client")),
        lambda look: Drawn(look, "text", 40),
        lambda look: _sticking_out(Text("some words")),
        lambda look: _sticking_out(Drawn(look, "text")),
    ],
)
def test_words_that_are_cut_are_found(cut: Callable[[Look], QWidget], window: Callable[..., QWidget]) -> None:
    assert len(list(axe.cut_off(window("day", cut)))) == 1


def _sticking_out(widget: QWidget) -> QWidget:
    held = QWidget()
    held.setFixedSize(300, 100)
    widget.setParent(held)
    widget.move(200, 10)
    widget.show()
    return held


def test_what_is_whole_is_left_in_peace(window: Callable[..., QWidget]) -> None:
    things = (
        lambda _: Text("some words"),
        lambda _: Text("many words that wrap " * 9, wrap=True),
        lambda look: Button(look, "Keep this as it is", icon="check"),
        lambda look: Drawn(look, "text"),
    )
    assert list(axe.cut_off(window("day", *things))) == []

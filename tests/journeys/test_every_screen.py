"""Every screen: a title that says nothing, and a ring on the focus. The rest is in `test_axe`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys import axe
from tests.journeys.desk_scenes import DESK_SCENES
from tests.journeys.screens import KEY, SCREENS, Scene, live
from tests.journeys.stage import Stage, type_text

WALKED = (
    *("unlock", "unlock-make", "home", "home-running", "client", "prepare", "measures", "measure-filled-in"),
    *("themes", "parts", "picture", "mine", "mine-check"),
    *("settings-looks", "live-written", "live-dose", "live-landing", "live-tap", "live-closed"),
)


@pytest.mark.parametrize(
    "scene", [*(one for one in SCREENS if one.name in WALKED), *DESK_SCENES], ids=lambda scene: scene.name
)
def test_the_focus_can_be_seen(scene: Scene, stage: Callable[..., Stage], wren: Callable[[], Path]) -> None:
    """A control with the focus does not look as it does without it."""
    s = stage(wren())
    s.navigator.window.activateWindow()
    scene.go(s)
    QApplication.processEvents()
    met, _ = axe.walk()
    assert [axe.told(widget) for widget in met if looks_the_same(s, widget)] == []
    assert s.navigator.window.windowTitle() == "KAP Journal"


def looks_the_same(s: Stage, widget: QWidget) -> bool:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    focused = picture(s)
    widget.clearFocus()
    QApplication.processEvents()
    return picture(s) == focused


def picture(s: Stage) -> QImage:
    return s.navigator.window.grab().toImage()


def test_no_word_of_a_client_is_in_the_title_of_any_window(stage: Callable[..., Stage]) -> None:
    s = stage()
    live(s)
    type_text(s.line, "canary")
    s.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    s.press(KEY.Key_Escape)
    s.press(KEY.Key_F1)
    titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert set(titles) <= {"KAP Journal", ""}

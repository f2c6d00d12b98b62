from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.live import sample
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.state import Live
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import apply_look, load_fonts, load_look

Show = Callable[..., LiveView]


@pytest.fixture
def on() -> Recorded:
    return Recorded()


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, on: Recorded) -> Show:
    load_fonts()

    def shown(
        state: Live = sample.WRITING,
        look_name: str = "night",
        scale: float = 1.0,
        size: tuple[int, int] = (1440, 900),
    ) -> LiveView:
        look = load_look(look_name, scale)
        apply_look(qapp, look)
        view = LiveView(look, on)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show_state(state)
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.take_focus()
        on.said.clear()
        return view

    return shown

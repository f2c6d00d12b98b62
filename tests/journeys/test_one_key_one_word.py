"""A key press is told once, and reads no more of the session than it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kapjournal.gui.live import showing
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import load_look
from tests.gui.live import sample
from tests.gui.live.recorded import Recorded
from tests.journeys.stage import Stage


def test_typing_tells_the_text_and_a_moved_cursor_tells_itself(qtbot: QtBot) -> None:
    look, heard = load_look("night"), Recorded()
    view = LiveView(look, heard)
    qtbot.addWidget(view)
    view.show()
    view.show_state(sample.EMPTY)
    QTest.keyClick(view.capture.line, "b")
    QTest.keyClick(view.capture.line, "c")
    assert [name for name in heard.names() if name in {"typed", "cursor_moved"}] == ["typed", "typed"]
    QTest.keyClick(view.capture.line, Qt.Key.Key_Left)
    assert heard.of("cursor_moved") == [(1,)]


def test_the_chart_is_made_once_for_what_was_written(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    make = showing.Showing._made_chart
    monkeypatch.setattr(showing.Showing, "_made_chart", lambda self: made.append(1) or make(self))
    s = stage()
    s.open()
    s.session_with("Wren")
    s.write("bp 120/80 70 98")
    before = len(made)
    QTest.keyClicks(s.line, "breath slower")
    assert len(made) == before
    s.write(" now")
    assert len(made) == before + 1

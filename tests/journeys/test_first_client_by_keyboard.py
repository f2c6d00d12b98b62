"""From an empty journal to the first line of a session, by the keyboard alone; the card shows what the form wrote."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kapjournal.gui.home.view import HomeView
from kapjournal.gui.prepare.view import PrepareView
from tests.journeys.stage import Stage, looked_into, type_text, until

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
WRITTEN = {
    "intention": "to stop bracing",
    "enough": "one slow breath",
    "touch": "hand, shoulder",
    "stop_word": "harbour",
    "stop_gesture": "raises the left palm",
    "safety_plan": "Stop the music",
    "prescriber": "Dr. L. 555-0142",
    "vitals_schedule": "0, 40",
    "systolic": "160",
}


def focused_name() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused is not None else ""


def tab_to(s: Stage, met: Callable[[], bool], what: str) -> None:
    """Press Tab until it is so; the walk around the screen ends somewhere."""
    for _ in range(60):
        if met():
            return
        s.press(KEY.Key_Tab)
    raise AssertionError(f"Tab never reaches {what}")


def on(s: Stage, screen: type) -> bool:
    return isinstance(s.navigator.window.screen_shown, screen)


def test_from_an_empty_journal_to_the_first_line(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.navigator.window.activateWindow()
    s.open()
    until(lambda: on(s, HomeView), "the clients are in front")
    s.settle()
    s.press(KEY.Key_N, CONTROL)
    assert focused_name() == "Alias of the new client"
    type_text(QApplication.focusWidget(), "Wren")
    s.press(KEY.Key_Return)
    s.settle()
    home = s.navigator.window.screen_shown
    assert home.client.alias.text() == "Wren"

    tab_to(s, home.client.edit.hasFocus, "the card")
    s.press(KEY.Key_Space)
    s.settle()
    assert on(s, PrepareView)
    fields = s.navigator.window.screen_shown.fields
    for name, words in WRITTEN.items():
        tab_to(s, lambda name=name: fields[name].field.hasFocus(), name)
        type_text(fields[name].field, words)
    s.press(KEY.Key_S, CONTROL)
    s.settle()
    until(lambda: on(s, HomeView), "back with the clients")
    s.settle()

    home = s.navigator.window.screen_shown
    tab_to(s, home.clients.filter_field.hasFocus, "the filter")
    s.press(KEY.Key_Return)
    s.settle()
    until(lambda: s.navigator.presenter is not None, "the session has begun")
    assert s.line.hasFocus()
    card = s.state.card
    assert WRITTEN["intention"] in card.intention
    assert WRITTEN["enough"] in card.enough
    assert (card.touch, card.phone, card.plan) == ("hand, shoulder", "Dr. L. 555-0142", ("Stop the music",))
    assert card.stop == "Says “harbour”, or raises the left palm."
    assert s.state.top.vitals_due == "Vitals before the dose"
    assert s.state.chart.limit == 160
    type_text(QApplication.focusWidget(), "eyes closed")
    s.press(KEY.Key_Return)
    s.settle()
    assert s.rows == ["eyes closed"]
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        (session,) = journal.sessions()
        assert (session.number, session.course) == (1, journal.courses()[0].id)


def test_the_same_alias_twice_is_told_in_place(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    until(lambda: on(s, HomeView), "the clients are in front")
    s.settle()
    for _ in range(2):
        s.press(KEY.Key_N, CONTROL)
        type_text(QApplication.focusWidget(), "Wren")
        s.press(KEY.Key_Return)
        s.settle()
    home = s.navigator.window.screen_shown
    assert "There is a client called Wren already" in home.banner.words.text()
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [c.alias for c in journal.clients()] == ["Wren"]

"""The lock always wins, and the half-typed line is there again after it, whatever the disk says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.presenter import WRONG_CODES_BEFORE_LOCK
from kapjournal.gui.unlock.view import UnlockView
from tests.fakes.clock import FakeClock
from tests.journeys.stage import TEN, Stage, looked_into, type_text, until

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(TEN)


@pytest.fixture
def s(stage: Callable[..., Stage], clock: FakeClock) -> Stage:
    raised = stage(clock=clock)
    raised.open()
    return raised


def locked(s: Stage) -> bool:
    return isinstance(s.navigator.window.screen_shown, UnlockView) and s.navigator.journal is None


def words_on_screen(s: Stage) -> str:
    """Every word that any widget of the window could still show or read out."""
    from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

    said: list[str] = []
    for widget in s.navigator.window.findChildren(QWidget):
        if widget.isVisible():
            said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            said += [widget.text()] if isinstance(widget, QLabel | QLineEdit) else []
            said += [widget.toPlainText()] if isinstance(widget, QPlainTextEdit) else []
    return " ".join(said)


def test_a_half_typed_line_comes_back_with_its_cursor_and_stamp(s: Stage, clock: FakeClock) -> None:
    s.session_with("Wren")
    type_text(s.line, '-2m "it is so quit #stillness')
    for _ in range(len("t #stillness")):
        s.press(Qt.Key.Key_Left)
    clock.pass_(30)
    s.press(Qt.Key.Key_L, CONTROL)
    assert locked(s)
    s.come_back()
    assert (s.line.toPlainText(), s.line.cursor_at()) == ('-2m "it is so quit #stillness', 17)
    assert s.line.hasFocus()
    type_text(s.line, "e")
    s.press(Qt.Key.Key_Return)
    s.settle()
    s.quit()
    with looked_into(s.folder, clock) as journal:
        (entry,) = journal.entries()
        assert (entry.kind, entry.text, entry.elapsed_s) == ("quote", "it is so quiet", -120.0)
        assert len(journal.tags()) == 1


def test_the_lock_wins_over_a_disk_that_refuses_and_every_word_returns(s: Stage, clock: FakeClock) -> None:
    disk = s.stubborn()
    s.session_with("Wren")
    s.write("kept before")
    disk.refuses = True
    for line in ("eyes closed", "dose 60mg im"):
        type_text(s.line, line)
        s.press(Qt.Key.Key_Return)
    type_text(s.line, "half a li")
    s.press(Qt.Key.Key_Left)
    s.settle()
    assert s.state.capture.trouble == "The disk is full. Your words are held here."
    assert s.view.capture.line.toPlainText() == "half a li"
    assert [row.flags[0].text for row in s.state.rows if row.flags] == ["not saved yet"] * 2
    s.press(Qt.Key.Key_L, CONTROL)
    assert locked(s)
    s.settle()
    s.come_back()  # there is room again
    assert (s.line.toPlainText(), s.line.cursor_at()) == ("half a li", 8)
    s.quit()
    with looked_into(s.folder, clock) as journal:
        assert [e.text or e.kind for e in journal.entries()] == ["kept before", "eyes closed", "dose"]


def test_a_disk_that_begins_to_refuse_with_the_lock_itself(s: Stage) -> None:
    """No word of trouble was heard yet when the lock came."""
    disk = s.stubborn()
    s.session_with("Wren")
    type_text(s.line, "eyes closed")
    disk.refuses = True
    s.press(Qt.Key.Key_Return)
    type_text(s.line, "half a li")
    s.press(Qt.Key.Key_L, CONTROL)
    assert locked(s)
    s.settle()
    s.come_back()
    assert s.line.toPlainText() == "half a li"
    assert s.rows == ["eyes closed"]


def test_nothing_is_remembered_of_a_session_that_was_saved(s: Stage) -> None:
    s.session_with("Wren")
    type_text(s.line, "half a li")
    s.press(Qt.Key.Key_L, CONTROL)
    s.settle()
    assert s.navigator._held_back == {}
    assert "half" not in words_on_screen(s)


def test_quitting_with_words_that_are_not_saved_is_asked_about(s: Stage) -> None:
    disk = s.stubborn()
    s.session_with("Wren")
    disk.refuses = True
    type_text(s.line, "eyes closed")
    s.press(Qt.Key.Key_Return)
    s.settle()
    assert s.navigator.window.close() is False
    assert s.state.banner is not None
    assert "not saved yet" in s.state.banner.sentence
    s.presenter.banner_action("stay")
    s.press(Qt.Key.Key_L, CONTROL)
    s.settle()
    assert s.navigator.window.close() is False  # at the lock, too, once
    disk.refuses = False
    s.come_back()
    assert s.rows == ["eyes closed"]


def test_trouble_is_told_in_tap_mode_too(s: Stage) -> None:
    disk = s.stubborn()
    s.session_with("Wren")
    disk.refuses = True
    s.press(Qt.Key.Key_Escape)
    s.press(Qt.Key.Key_G)
    s.settle()
    banner = s.state.banner
    assert banner is not None
    assert banner.sentence == "Not saved yet. The disk is full. Your words are held here."
    disk.refuses = False
    s.presenter.banner_action("try_again")
    s.settle()
    assert (s.state.banner, s.rows) == (None, ["Sigh"])


# --- idleness ----------------------------------------------------------------------------------------------------


def go_by(s: Stage, clock: FakeClock, minutes: float) -> None:
    """Time goes by, a second at a time as far as the watch can tell, and nobody is there."""
    for _ in range(round(minutes * 2)):
        clock.pass_(30)
        s.navigator._look_around()


def test_in_a_session_idleness_is_the_veil_and_only_later_the_lock(s: Stage, clock: FakeClock) -> None:
    s.session_with("Wren")
    type_text(s.line, "canary")
    go_by(s, clock, 4.5)
    assert not s.state.veiled
    go_by(s, clock, 1)
    assert s.state.veiled
    assert not locked(s)
    assert "canary" not in words_on_screen(s)
    assert "Wren" not in words_on_screen(s)
    go_by(s, clock, 24)
    assert not locked(s)
    go_by(s, clock, 1)
    assert locked(s)
    s.come_back()
    assert s.line.toPlainText() == "canary"


def test_outside_a_session_idleness_locks(s: Stage, clock: FakeClock) -> None:
    until(lambda: isinstance(s.navigator.window.screen_shown, HomeView), "the clients are in front")
    go_by(s, clock, 9.5)
    assert not locked(s)
    go_by(s, clock, 1)
    assert locked(s)


def test_a_key_or_a_movement_is_not_idleness(s: Stage, clock: FakeClock) -> None:
    s.session_with("Wren")
    for _ in range(3):
        go_by(s, clock, 4.5)
        type_text(s.line, "a")
    assert not s.state.veiled


@pytest.mark.parametrize("sleeps", ["told", "found out"])
def test_a_machine_that_sleeps_locks_outside_a_session_and_covers_within(
    s: Stage, clock: FakeClock, sleeps: str
) -> None:
    def sleep() -> None:
        if sleeps == "told":
            s.navigator.going_to_sleep()
        clock.suspend(4 * 60)
        s.navigator._look_around()

    s.session_with("Wren")
    type_text(s.line, "canary")
    sleep()
    assert s.state.veiled
    assert "canary" not in words_on_screen(s)
    s.presenter.veil()
    s.navigator.go_home()
    s.settle()
    sleep()
    assert locked(s)


def test_a_long_sleep_in_a_session_locks(s: Stage, clock: FakeClock) -> None:
    s.session_with("Wren")
    clock.suspend(2 * 3600)
    s.navigator._look_around()
    assert locked(s)


# --- the veil ------------------------------------------------------------------------------------------------------


def test_the_veil_covers_at_once_and_the_same_key_lifts_it(s: Stage) -> None:
    s.session_with("Wren")
    s.write("dose 60mg im")
    type_text(s.line, "canary")
    s.press(Qt.Key.Key_F12)
    assert "canary" not in words_on_screen(s)
    type_text(s.navigator.window.focusWidget(), "not into the line")
    for key in (Qt.Key.Key_M, Qt.Key.Key_J):
        s.press(key, CONTROL)
    s.settle()
    assert len(s.state.rows) == 1
    s.press(Qt.Key.Key_F12)
    assert (s.line.toPlainText(), s.line.cursor_at(), s.line.hasFocus()) == ("canary", 6, True)


def test_the_veil_asks_for_the_code_and_too_many_wrong_ones_lock(s: Stage) -> None:
    s.session_with("Wren")
    s.presenter.open_form("veil")
    type_text(s.view.capture.form.blanks[0].input, "4711")
    s.press(Qt.Key.Key_Return)
    s.settle()
    type_text(s.line, "canary")
    s.press(Qt.Key.Key_F12)
    s.press(Qt.Key.Key_F12)
    type_text(s.view.veil.code, "4711")
    s.press(Qt.Key.Key_Return, at=s.view.veil.code)
    assert not s.state.veiled
    s.press(Qt.Key.Key_F12)
    s.press(Qt.Key.Key_F12)
    for number in range(WRONG_CODES_BEFORE_LOCK):
        assert not locked(s)
        type_text(s.view.veil.code, f"000{number}")
        s.press(Qt.Key.Key_Return, at=s.view.veil.code)
    assert locked(s)
    s.come_back()
    assert s.line.toPlainText() == "canary"
    s.press(Qt.Key.Key_F12)
    s.press(Qt.Key.Key_F12)
    assert s.state.veil_needs_code  # the code is kept with the journal


def test_the_list_of_commands_does_not_look_behind_the_veil(s: Stage) -> None:
    s.session_with("Wren")
    s.press(Qt.Key.Key_F12)
    assert [command.name for command in s.navigator._commands()] == ["Lock now"]


def test_an_open_list_of_commands_goes_with_the_lock(s: Stage) -> None:
    s.session_with("Wren")
    s.press(Qt.Key.Key_K, CONTROL)
    assert s.navigator.window._palette_of_commands.isVisible()
    s.navigator.lock()
    assert not s.navigator.window._palette_of_commands.isVisible()


def test_a_session_that_was_asked_for_just_before_the_lock_stays_closed(s: Stage) -> None:
    s.session_with("Wren")
    session = s.presenter.held.session.id
    s.navigator.go_live(session)
    s.navigator.lock()
    s.settle()
    assert locked(s)
    assert s.navigator.presenter is None

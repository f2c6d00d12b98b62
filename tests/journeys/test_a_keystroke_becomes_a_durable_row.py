"""A keystroke becomes a durable row: nothing says “saved” before the disk has it, and hardly a key is at risk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kapjournal.gui.live.keeping import DRAFT_EVERY_S
from tests.journeys.stage import Stage, half_typed_in, looked_into, type_text, until


@pytest.fixture
def s(stage: Callable[..., Stage]) -> Stage:
    raised = stage()
    raised.open()
    raised.session_with("Wren")
    return raised


def on_disk(s: Stage, tmp_path: Path) -> str:
    """The half-typed line that a kill at this moment would leave."""
    copy = s.as_killed(tmp_path / f"killed-{len(list(tmp_path.iterdir()))}")
    with looked_into(copy, s.clock) as journal:
        return half_typed_in(journal).text


def test_a_keystroke_becomes_a_durable_row(s: Stage) -> None:
    s.write("they are all holding me")
    s.write('"lips fuzzy')
    assert s.rows == ["they are all holding me", "“lips fuzzy”"]
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [(e.kind, e.text) for e in journal.entries()] == [
            ("observation", "they are all holding me"),
            ("quote", "lips fuzzy"),
        ]
        assert all(finding.whole for finding in journal.verify())


def test_saved_is_never_shown_before_it_is(s: Stage) -> None:
    with s.disk_waiting():
        type_text(s.line, "hands open")
        assert s.state.capture.saved == ""
        s.press(Qt.Key.Key_Return)
        assert s.state.capture.text == ""
        assert (s.rows, s.state.capture.saved) == ([], "")
        until(lambda: s.state.capture.saved == "saving", "half a second has gone by")
    s.settle()
    assert (s.rows, s.state.capture.saved) == (["hands open"], "saved 10:00:00")


def test_the_second_of_two_lines_is_not_called_saved_with_the_first(s: Stage) -> None:
    seen: list[tuple[int, str]] = []
    show = s.view.show_state

    def watched(state: object) -> None:
        show(state)
        seen.append((len(s.view.stream.rows), s.view._state.capture.saved))

    s.presenter._view = type("Watched", (), {"show_state": staticmethod(watched)})()
    with s.disk_waiting():
        for line in ("one", "two"):
            type_text(s.line, line)
            s.press(Qt.Key.Key_Return)
    s.settle()
    assert [saved for rows, saved in seen if rows < 2 and saved.startswith("saved")] == []
    assert seen[-1] == (2, "saved 10:00:00")


def test_typing_goes_on_being_saved_and_is_not_called_saving(s: Stage) -> None:
    seen: set[str] = set()
    for letter in "slow and slower and slow again":
        type_text(s.line, letter)
        s.wait(0.04)
        seen.add(s.state.capture.saved)
    assert seen <= {"", "saved"}
    assert "saved" in seen


def test_keys_are_on_the_disk_a_quarter_of_a_second_later(s: Stage, tmp_path: Path) -> None:
    began = s.navigator.world.clock.now()
    type_text(s.line, "one of her ha")
    assert DRAFT_EVERY_S < 0.25
    until(lambda: s.state.capture.saved == "saved", "the draft is kept by itself")
    assert on_disk(s, tmp_path) == "one of her ha"
    assert s.navigator.world.clock.now() == began  # nobody moved the clock: it came of itself


@pytest.mark.parametrize("leaves", ["focus", "enter", "lock", "sleep", "veil"])
def test_what_is_half_typed_is_kept_at_once(s: Stage, tmp_path: Path, leaves: str) -> None:
    type_text(s.line, "one of her ha")
    s.presenter.keeping._cancel_draft()  # the timer takes no part in this
    if leaves == "focus":
        s.view.stream.setFocus()
    elif leaves == "enter":
        s.press(Qt.Key.Key_Return)
    elif leaves == "lock":
        s.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    elif leaves == "sleep":
        s.navigator.going_to_sleep()
    else:
        s.press(Qt.Key.Key_F12)
    s.settle()
    if leaves == "enter":
        with looked_into(s.as_killed(tmp_path / "killed"), s.clock) as journal:
            assert [e.text for e in journal.entries()] == ["one of her ha"]
            assert half_typed_in(journal).empty
    else:
        assert on_disk(s, tmp_path) == "one of her ha"


def test_everything_on_its_way_is_kept_before_the_lock(s: Stage) -> None:
    """The lock wins, and what was sent or half-typed before it is on the disk after it."""
    with s.disk_waiting():
        for line in ("one", "two", "three"):
            type_text(s.line, line)
            s.press(Qt.Key.Key_Return)
        type_text(s.line, "and a ha")
        s.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert s.navigator.presenter is None
    s.settle()
    with looked_into(s.folder, s.clock) as journal:
        assert [e.text for e in journal.entries()] == ["one", "two", "three"]
        assert half_typed_in(journal).text == "and a ha"


def test_everything_on_its_way_is_kept_before_the_end(s: Stage) -> None:
    with s.disk_waiting():
        for line in ("one", "two"):
            type_text(s.line, line)
            s.press(Qt.Key.Key_Return)
        type_text(s.line, "and a ha")
        s.navigator._quitting = True
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [e.text for e in journal.entries()] == ["one", "two"]
        assert half_typed_in(journal).text == "and a ha"

"""The program is dropped without a word, the machine restarted, its clock set: the session goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kapjournal.gui.live.state import Mode
from tests.fakes.clock import FakeClock
from tests.journeys.stage import TEN, Stage, half_typed_in, looked_into, type_text, until

HOUR = 3600.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(TEN)


@pytest.fixture
def s(stage: Callable[..., Stage], clock: FakeClock) -> Stage:
    raised = stage(clock=clock)
    raised.open()
    raised.session_with("Wren")
    return raised


def dropped(s: Stage, tmp_path: Path, stage: Callable[..., Stage]) -> Stage:
    """The same journal, opened again after the program was dropped as it stands."""
    keeping = s.presenter.keeping
    until(lambda: not keeping.busy and keeping._drafts_kept == keeping._drafts_sent, "it is kept by itself")
    copy = s.as_killed(tmp_path / f"killed-{len(list(tmp_path.iterdir()))}.kapvault")
    again = stage(copy, s.clock)
    again.come_back()
    return again


def press_left(s: Stage, times: int) -> None:
    for _ in range(times):
        s.press(Qt.Key.Key_Left, at=s.line)


def test_the_half_typed_line_is_there_again(
    s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    s.write("eyes closed")
    clock.pass_(90)
    type_text(s.line, "hand on ches")
    press_left(s, 4)
    type_text(s.line, "the ")
    clock.pass_(120)
    again = dropped(s, tmp_path, stage)
    assert again.line.hasFocus()
    assert (again.line.toPlainText(), again.line.cursor_at()) == ("hand on the ches", 12)
    assert again.state.capture.stamp == "stamped 10:01:30"
    assert again.rows == ["eyes closed"]
    s.press(Qt.Key.Key_End, at=again.line)
    type_text(again.line, "t")
    again.press(Qt.Key.Key_Return)
    again.settle()
    again.quit()
    with looked_into(again.folder, clock) as journal:
        first, second = journal.entries()
        assert (first.text, second.text) == ("eyes closed", "hand on the chest")
        assert (second.noticed_at, second.elapsed_s) == (TEN + timedelta(seconds=90), 90.0)


def test_resuming_only_ever_appends(s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]) -> None:
    s.write("dose 60mg im")
    s.write("eyes closed")
    again = dropped(s, tmp_path, stage)
    with looked_into(s.as_killed(tmp_path / "before"), clock) as journal:
        before = [record.content() for record in journal.everything()]
    again.write("hands open")
    again.quit()
    with looked_into(again.folder, clock) as journal:
        after = [record.content() for record in journal.everything()]
        assert all(finding.whole for finding in journal.verify())
    assert [record for record in after if record not in before] == [
        record for record in after if record.get("text") == "hands open"
    ]
    assert all(record in after for record in before)


@pytest.mark.parametrize("form", ["vitals", "landing"])
def test_a_form_that_was_open_is_open_again(s: Stage, tmp_path: Path, stage: Callable[..., Stage], form: str) -> None:
    type_text(s.line, "half a li")
    s.presenter.open_form(form)
    key = s.state.capture.form.fields[0].key
    s.presenter.form_changed(key, "12")
    again = dropped(s, tmp_path, stage)
    assert again.state.capture.mode is Mode.FORM
    assert again.state.capture.form.fields[0].value == "12"
    again.press(Qt.Key.Key_Escape)
    assert again.line.toPlainText() == "half a li"


def test_a_correction_that_was_open_is_a_correction_still(
    s: Stage, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    s.write("left had")
    s.press(Qt.Key.Key_Up)
    type_text(s.line, " open")
    again = dropped(s, tmp_path, stage)
    assert again.state.capture.heading.startswith("Correcting 10:00")
    again.press(Qt.Key.Key_Return)
    again.settle()
    assert again.rows == ["left had open"]


# --- clocks ----------------------------------------------------------------------------------------------------------


def in_order(s: Stage) -> list[tuple[str, str | None]]:
    return [(text, row.since) for text, row in zip(s.rows, s.state.rows, strict=True)]


def marked(s: Stage) -> list[str]:
    return [
        text
        for text, row in zip(s.rows, s.state.rows, strict=True)
        if any(flag.text == "before the clock change" for flag in row.flags)
    ]


def test_a_clock_set_back_an_hour_moves_neither_order_nor_time_since_dose(s: Stage, clock: FakeClock) -> None:
    s.write("dose 60mg im")
    clock.pass_(20 * 60)
    s.write("before")
    clock.set_wall(-timedelta(hours=1))
    clock.pass_(60)
    s.presenter._tick()
    banner = s.state.banner
    assert banner is not None
    assert banner.sentence == (
        "The computer’s clock moved by 60 minutes. T+ was not affected. "
        "Wall times from before 09:21 by the new clock are marked."
    )
    assert s.state.top.since == "0:21"
    s.write("after")
    assert in_order(s) == [("60 mg IM", "0:00"), ("before", "0:20"), ("after", "0:21")]
    assert [row.wall for row in s.state.rows] == ["10:00", "10:20", "09:21"]
    assert marked(s) == ["60 mg IM", "before"]


def test_the_marks_are_right_after_coming_back_and_after_closing(
    s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    s.write("before")
    clock.set_wall(-timedelta(hours=1))
    clock.pass_(60)
    s.write("after")
    again = dropped(s, tmp_path, stage)
    assert marked(again) == ["before"]
    assert again.state.banner is None  # it was told, and something was written since
    again.presenter.land()
    again.press(Qt.Key.Key_Return)
    again.settle()
    assert marked(again) == ["before"]


def test_a_clock_set_while_the_program_was_away_is_told(
    s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    s.write("before")
    clock.pass_(60)
    clock.set_wall(-timedelta(hours=1))
    again = dropped(s, tmp_path, stage)
    assert again.state.banner is not None
    assert "moved by 60 minutes" in again.state.banner.sentence
    assert marked(again) == ["before"]


def test_the_next_vitals_are_told_by_the_clock_on_the_wall(s: Stage, clock: FakeClock) -> None:
    course = s.presenter.held.course
    assert course is None
    from kapjournal.domain.course import Course

    s.presenter.held.course = Course(id="c", client="x", vitals_schedule=(0, 40))
    s.write("dose 60mg im")
    s.write("bp 120/80")
    assert s.state.top.vitals_due == "Next vitals about 10:40"
    clock.set_wall(-timedelta(hours=1))
    assert s.state.top.vitals_due == "Next vitals about 09:40"


def test_a_suspended_machine_counts_on(s: Stage, clock: FakeClock) -> None:
    s.write("dose 60mg im")
    clock.pass_(10 * 60)
    s.write("before")
    clock.suspend(2 * HOUR)
    s.presenter._tick()
    assert (s.state.top.since, s.state.banner) == ("2:10", None)
    s.write("after")
    assert in_order(s) == [("60 mg IM", "0:00"), ("before", "0:10"), ("after", "2:10")]
    assert marked(s) == []


def test_a_restarted_machine_counts_on(s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]) -> None:
    s.write("dose 60mg im")
    clock.pass_(30 * 60)
    s.write("before")
    type_text(s.line, "half a li")
    until(lambda: s.state.capture.saved == "saved", "the half-typed line is kept")
    copy = s.as_killed(tmp_path / "restarted.kapvault")
    clock.reboot(down_s=5 * 60)
    again = stage(copy, clock)
    again.come_back()
    assert again.line.toPlainText() == "half a li"
    assert (again.state.top.since, marked(again)) == ("0:35", [])
    again.press(Qt.Key.Key_Return)
    again.settle()
    again.write("after")
    assert in_order(again) == [("60 mg IM", "0:00"), ("before", "0:30"), ("half a li", "0:30"), ("after", "0:35")]


def test_a_restarted_machine_with_a_wrong_clock_never_runs_backwards(
    s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    s.write("dose 60mg im")
    clock.pass_(30 * 60)
    s.write("before")
    copy = s.as_killed(tmp_path / "restarted.kapvault")
    clock.reboot(down_s=60)
    clock.set_wall(-timedelta(hours=6))
    again = stage(copy, clock)
    again.come_back()
    assert again.state.top.since == "0:30"
    assert marked(again) == ["60 mg IM", "before"]
    clock.pass_(60)
    again.write("after")
    assert in_order(again) == [("60 mg IM", "0:00"), ("before", "0:30"), ("after", "0:31")]
    again.quit()
    with looked_into(again.folder, clock) as journal:
        assert half_typed_in(journal).empty

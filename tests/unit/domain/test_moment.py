"""Seconds since a session began are true across clock changes, sleep and restarts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.moment import SessionClock, clock_text, since_text
from tests.fakes.clock import START, FakeClock


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0:00"),
        (59.9, "0:00"),
        (60, "0:01"),
        (2700, "0:45"),
        (3720, "1:02"),
        (36000, "10:00"),
        (-0.1, "-0:01"),
        (-60, "-0:01"),
        (-60.1, "-0:02"),
        (-1080, "-0:18"),
    ],
)
def test_time_since_the_dose_is_told_in_whole_minutes(seconds: float, told: str) -> None:
    assert since_text(seconds) == told


def test_wall_time_with_and_without_seconds() -> None:
    assert (clock_text(START), clock_text(START, seconds=True)) == ("09:00", "09:00:00")


def test_an_earlier_moment_is_earlier_on_both_clocks() -> None:
    now = FakeClock().now()
    before = now.earlier(timedelta(minutes=2))
    assert (now.at - before.at, now.tick_s - before.tick_s, before.boot) == (timedelta(minutes=2), 120.0, now.boot)


steps = st.lists(
    st.tuples(st.sampled_from(["pass", "sleep", "set"]), st.floats(-86400, 86400, allow_nan=False)), max_size=12
)


@given(steps)
def test_within_one_boot_only_time_that_went_by_counts(steps: list[tuple[str, float]]) -> None:
    clock = FakeClock()
    began, gone_s, set_s = SessionClock(anchor=clock.now()), 0.0, 0.0
    for what, seconds in steps:
        if what == "set":
            clock.set_wall(timedelta(seconds=seconds))
            set_s += seconds
        else:
            clock.pass_(abs(seconds))
            gone_s += abs(seconds)
    assert began.seconds(clock.now()) == pytest.approx(gone_s, abs=1e-3)
    assert began.wall_has_moved(clock.now()).total_seconds() == pytest.approx(set_s, abs=1e-2)
    assert began.resumed(clock.now(), 0.0) == began


@given(st.floats(0, 86400), st.floats(0, 86400), st.floats(-1e6, 1e6), st.floats(0, 86400))
def test_after_a_restart_it_never_runs_backwards(ran_s: float, down_s: float, set_s: float, later_s: float) -> None:
    clock = FakeClock()
    began = SessionClock(anchor=clock.now())
    clock.pass_(ran_s)
    clock.reboot(down_s)
    clock.set_wall(timedelta(seconds=set_s))
    on = began.resumed(clock.now(), ran_s)
    at_once = on.seconds(clock.now())
    assert at_once >= ran_s
    assert at_once == pytest.approx(max(ran_s, ran_s + down_s + set_s), abs=1e-3)
    clock.pass_(later_s)
    assert on.seconds(clock.now()) == pytest.approx(at_once + later_s, abs=1e-3)
    assert on.wall_has_moved(clock.now()).total_seconds() == pytest.approx(0, abs=1e-3)


def test_before_the_restart_was_resumed_the_wall_clock_answers() -> None:
    clock = FakeClock()
    began = SessionClock(anchor=clock.now(), anchor_s=100.0)
    clock.reboot(down_s=60)
    assert began.seconds(clock.now()) == 160.0
    assert began.wall_has_moved(clock.now()) == timedelta(0)

"""Watching without typing is normal while a session runs: the veil first, the lock only later."""

from __future__ import annotations

import pytest

from kapjournal.application.watch_idle import Measure, Patience, called_for

DEFAULT = Patience()
MINUTE = 60.0


@pytest.mark.parametrize(
    ("minutes", "in_session", "measure"),
    [
        (4.99, True, Measure.NOTHING),
        (5, True, Measure.VEIL),
        (29.99, True, Measure.VEIL),
        (30, True, Measure.LOCK),
        (9.99, False, Measure.NOTHING),
        (10, False, Measure.LOCK),
    ],
)
def test_what_idleness_calls_for(minutes: float, in_session: bool, measure: Measure) -> None:
    assert called_for(minutes * MINUTE, in_session=in_session, patience=DEFAULT) is measure


def test_zero_is_never() -> None:
    never = Patience(0, 0, 0)
    assert called_for(1e9, in_session=True, patience=never) is Measure.NOTHING
    assert called_for(1e9, in_session=False, patience=never) is Measure.NOTHING
    assert called_for(1e9, in_session=True, patience=Patience(5, 0, 10)) is Measure.VEIL


def test_a_lock_that_comes_before_the_veil_is_a_lock() -> None:
    assert called_for(3 * MINUTE, in_session=True, patience=Patience(5, 2, 10)) is Measure.LOCK

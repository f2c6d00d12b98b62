from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.rotation import DAYS, WEEKS, staying

MONDAY = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - wall time, as it stands in a name


def every_day(days: int) -> list[tuple[datetime, int]]:
    return [(MONDAY + timedelta(days=day), day) for day in range(days)]


def test_daily_backups_leave_seven_days_and_the_ends_of_four_weeks() -> None:
    # The 35th day is a Sunday: its week and the three before end on days 34, 27, 20 and 13.
    assert staying(every_day(35)) == {34, 33, 32, 31, 30, 29, 28, 27, 20, 13}


def test_the_newest_of_a_day_is_the_one_that_stays() -> None:
    assert staying([(MONDAY, "early"), (MONDAY.replace(hour=20), "late")]) == {"late"}


def test_weeks_without_work_cost_no_backup() -> None:
    seldom = [(MONDAY + timedelta(weeks=10 * n), n) for n in range(6)]
    assert staying(seldom) == {0, 1, 2, 3, 4, 5}


@given(st.lists(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), unique=True))  # noqa: DTZ001
def test_the_newest_stays_and_no_more_than_promised(moments: list[datetime]) -> None:
    left = staying((at, at) for at in moments)
    assert left <= set(moments)
    assert len(left) <= DAYS + WEEKS
    assert not moments or max(moments) in left

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kapjournal.domain.dates import near_day, near_time, read_day, read_when

TODAY = date(2026, 2, 26)  # a Thursday
NOW = datetime(2026, 2, 26, 9, 30, tzinfo=timezone(timedelta(hours=3, minutes=17)))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("12 March", date(2026, 3, 12)),
        ("12 mar 2027", date(2027, 3, 12)),
        ("Thu, 12 March 2026", date(2026, 3, 12)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 2, 27)),
        ("fri", date(2026, 2, 27)),
        ("thursday", date(2026, 3, 5)),
        ("1 February", date(2027, 2, 1)),
        ("25 February", date(2026, 2, 25)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "31 February", "12.3.", "March", "12 Foo", "2026-13-01", "x", "99 May 2026"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12 March 14:00", "2026-03-12T14:00"),
        ("tomorrow at 9:05", "2026-02-27T09:05"),
        ("2026-03-02 10.30", "2026-03-02T10:30"),
        ("14:00", "2026-02-26T14:00"),
    ],
)
def test_a_day_and_a_time_keep_the_wall_clock(typed: str, told: str) -> None:
    at = read_when(typed, NOW)
    assert at is not None
    assert at.strftime("%Y-%m-%dT%H:%M") == told
    assert at.utcoffset() == NOW.utcoffset()


@pytest.mark.parametrize("typed", ["12 March", "12 March 25:00", "soon 14:00", "14:61", ""])
def test_half_a_moment_is_none(typed: str) -> None:
    assert read_when(typed, NOW) is None


def test_days_nearby_have_names() -> None:
    assert [near_day(TODAY + timedelta(days=n), TODAY) for n in (-1, 0, 1, 4)] == [
        "Yesterday",
        "Today",
        "Tomorrow",
        "Mon 2 Mar",
    ]
    assert near_time(datetime(2027, 1, 4, 9, 0, tzinfo=UTC), NOW) == "Mon 4 Jan 2027 09:00"

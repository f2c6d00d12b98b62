"""Days and times in words, the same on every machine, and read back from what somebody types."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(r"(\d{1,2})\.? +([a-z]{3,9})\.?(?: +(\d{4}))?")
_CLOCK = re.compile(r"[ ,]*(?:at +)?(\d{1,2})[:.](\d{2})$")


def day_text(day: date) -> str:
    """The day in full, without the year: `Thursday 26 February`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def date_text(day: date, today: date | None = None) -> str:
    """The day without its name: `26 February`, with the year where it is not the one of `today`."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def short_date(day: date) -> str:
    """As short as it reads: `26 Feb`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def near_day(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, `Yesterday`, or `Mon 2 Mar`, with the year where it is another one."""
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((day - today).days)
    year = "" if day.year == today.year else f" {day.year}"
    return near or f"{DAYS[day.weekday()][:3]} {short_date(day)}{year}"


def near_time(at: datetime, now: datetime) -> str:
    """`Today 13:00`, `Mon 2 Mar 14:00`, by the wall clock where it was set down."""
    return f"{near_day(at.date(), now.date())} {at:%H:%M}"


def read_day(typed: str, today: date) -> date | None:
    """A day as people write it: `2026-03-12`, `12 March`, `12 Mar 2027`, `tomorrow`, `Thursday`; None if it is none.

    A day without a year is the next one of that name; so is the name of a week's day (today counts as a week on).
    """
    words = " ".join(typed.casefold().replace(",", " ").split())
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(words)
    if near is not None:
        return today + timedelta(days=near)
    if len(words) >= 3:
        named = [n for n, name in enumerate(DAYS) if name.casefold().startswith(words)]
        if named:
            return today + timedelta(days=(named[0] - today.weekday() - 1) % 7 + 1)
    return _written_day(re.sub(r"^[a-z]{3,9} +(?=\d)", "", words), today)


def read_when(typed: str, now: datetime) -> datetime | None:
    """A day and a time as people write them, such as `12 March 14:00`; None if either is missing or wrong."""
    words = " ".join(typed.split())
    clock = _CLOCK.search(words)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        return None
    day = read_day(words[: clock.start()].strip() or "today", now.date())
    if day is None:
        return None
    wall = datetime.combine(day, time(int(clock[1]), int(clock[2])))
    return _zoned(wall, now)


def _zoned(wall: datetime, now: datetime) -> datetime:
    """Wall time with its UTC offset: this machine's own on that day, where `now` was read on this machine."""
    here = now.replace(tzinfo=None).astimezone()
    if here.utcoffset() == now.utcoffset():
        return wall.astimezone()  # summer time may begin in between
    return wall.replace(tzinfo=now.tzinfo)


def _written_day(words: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    written = _WRITTEN.fullmatch(words)
    if written is None:
        return None
    months = [n for n, name in enumerate(MONTHS, start=1) if name.casefold().startswith(written[2])]
    if not months:
        return None
    if written[3]:
        return _day(int(written[3]), months[0], int(written[1]))
    this_year = _day(today.year, months[0], int(written[1]))
    if this_year is not None and this_year >= today - timedelta(days=1):
        return this_year
    return _day(today.year + 1, months[0], int(written[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

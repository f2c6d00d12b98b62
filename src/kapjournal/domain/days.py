"""Days as people write them and as the program says them, the same on every machine."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_text(day: date, *, year: bool = True) -> str:
    """The day in words: `24 February 2026`, or `24 February`."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def read_day(typed: str, today: date) -> date | None:
    """`24 February 2026`, `24 Feb`, `Feb 24, 2026`, `2026-02-24`; without a year the last such day. None otherwise."""
    words = typed.strip().replace(",", " ").replace(".", " ")
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    parts = words.split()
    if len(parts) not in (2, 3):
        return None
    named = next((part for part in parts[:2] if part.isalpha()), "")
    number = next((part for part in parts[:2] if part.isdecimal()), "")
    month = _month(named)
    if month is None or not number or (len(parts) == 3 and not re.fullmatch(r"\d{4}", parts[2])):
        return None
    if len(parts) == 3:
        return _day(int(parts[2]), month, int(number))
    this_year = _day(today.year, month, int(number))
    return this_year if this_year and this_year <= today else _day(today.year - 1, month, int(number))


def _month(named: str) -> int | None:
    found = [n for n, month in enumerate(MONTHS, start=1) if month.casefold().startswith(named.casefold())]
    return found[0] if len(named) >= 3 and len(found) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

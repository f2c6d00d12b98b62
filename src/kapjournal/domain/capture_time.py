"""When a captured line says that it happened: `-2m` before its stamp, or `14:05` by the clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

LONGEST_SHIFT_S = 3 * 60 * 60


class Shift(NamedTuple):
    """That many seconds before the stamp."""

    seconds: int


class At(NamedTuple):
    """A clock time; the latest one that is not after the stamp."""

    hour: int
    minute: int


When = Shift | At


class TimeRead(NamedTuple):
    """A time found in a line; `when` is None where it reads like one and cannot be, with the reason."""

    when: When | None
    end: int
    problem: str = ""


# What may stand right after a time: space, the end, or the mark of a kind.
_AFTER = r"(?=\s|\Z|[\"“”„‟«»>~!*#@\\])"
_SHIFT = re.compile(rf"[-−–]\s*([0-9]{{1,6}})\s*(secs?|s|mins?|m){_AFTER}", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(rf"(?:@\s*)?([01]?[0-9]|2[0-3]):([0-5][0-9]){_AFTER}", re.ASCII)
_TRAILING = re.compile(r"(?<=\s)[-−–]([0-9]{1,6})(secs?|s|mins?|m)\Z", re.ASCII | re.IGNORECASE)


def time_at_start(line: str, start: int) -> TimeRead | None:
    """The time that `line` begins with at `start`, or None where there is none."""
    if found := _SHIFT.match(line, start):
        return _shift(found)
    if found := _CLOCK.match(line, start):
        return TimeRead(At(int(found[1]), int(found[2])), found.end())
    return None


def time_at_end(line: str, start: int, end: int) -> tuple[int, Shift] | None:
    """A `-2m` as the last word of `line` before `end`, with where it begins."""
    found = _TRAILING.search(line, max(start, end - 14), end)
    if found is None:
        return None
    when = _shift(found).when
    return (found.start(), when) if isinstance(when, Shift) else None


def _shift(found: re.Match[str]) -> TimeRead:
    seconds = int(found[1]) * (60 if found[2].lower().startswith("m") else 1)
    if seconds > LONGEST_SHIFT_S:
        return TimeRead(None, found.end(), f"{found[0]} is more than 3 hours ago")
    return TimeRead(Shift(seconds), found.end())


def moment_of(when: When | None, stamp: datetime) -> datetime:
    """The moment that `when` means, told in the UTC offset of the stamp."""
    if when is None:
        return stamp
    if isinstance(when, Shift):
        return stamp - timedelta(seconds=when.seconds)
    here = stamp.astimezone(timezone(stamp.utcoffset() or timedelta(0)))
    today = here.replace(hour=when.hour, minute=when.minute, second=0, microsecond=0)
    return today if today <= here else today - timedelta(days=1)


def clock_near(typed: str, near: datetime) -> datetime | None:
    """The moment closest to `near` at which clocks showed `14:05`; None where that is no time of day."""
    read = time_at_start(typed.strip(), 0)
    if read is None or not isinstance(read.when, At) or typed.strip()[read.end :]:
        return None
    then = near.replace(hour=read.when.hour, minute=read.when.minute, second=0, microsecond=0)
    days = [then + timedelta(days=by) for by in (-1, 0, 1)]
    return min(days, key=lambda day: abs(day - near))


def written_time(when: When) -> str:
    """The time as the line grammar writes it: `-2m`, `-90s`, `14:05`."""
    if isinstance(when, At):
        return f"{when.hour:02d}:{when.minute:02d}"
    return f"-{when.seconds // 60}m" if when.seconds % 60 == 0 else f"-{when.seconds}s"


def told_time(when: When, stamp: datetime) -> str:
    """The time as a chip tells it: `2 min ago, 14:05`, or `14:05, yesterday`."""
    at = moment_of(when, stamp)
    if isinstance(when, Shift):
        ago = f"{when.seconds // 60} min" if when.seconds % 60 == 0 else f"{when.seconds} s"
        return f"{ago} ago, {at:%H:%M}"
    return f"{at:%H:%M}" if at.date() == stamp.date() else f"{at:%H:%M}, yesterday"

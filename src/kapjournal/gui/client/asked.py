"""What was typed into the forms of a client's screen, as it is read. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kapjournal.application.plan_course import Agreed, Became
from kapjournal.domain.dates import day_text, read_day, read_when
from kapjournal.domain.entry import Domain, PracticeState
from kapjournal.domain.errors import BadInput
from kapjournal.gui.client import telling

WHEN_UNREAD = "A day and a time, such as 12 March 14:00, or nothing."
DAY_UNREAD = "A day, such as 12 March, or nothing."


def agreed_in(words: Mapping[str, str], today: date) -> Agreed:
    """The practice of its form; raises `BadInput`."""
    domain = words.get("domain", "")
    return Agreed(
        words.get("text", ""),
        words.get("how_often", ""),
        day_in(words.get("on", ""), today),
        day_in(words.get("until", ""), today),
        Domain(domain) if domain else None,
    )


def became_in(state: PracticeState, words: Mapping[str, str], today: date) -> Became:
    """What became of a practice, of its form; raises `BadInput`."""
    return Became(state, words.get("why", ""), day_in(words.get("on", ""), today))


def day_in(typed: str, today: date) -> date | None:
    """A day, or none where nothing was typed; raises `BadInput`."""
    day = read_day(typed.strip(), today) if typed.strip() else None
    if typed.strip() and day is None:
        raise BadInput(DAY_UNREAD)
    return day


def when_in(typed: str, now: datetime) -> datetime | None:
    """A day and a time, or none where nothing was typed; raises `BadInput`."""
    at = read_when(typed, now) if typed.strip() else None
    if typed.strip() and at is None:
        raise BadInput(WHEN_UNREAD)
    return at


def number_in(typed: str) -> int | None:
    """A number of a session; raises `BadInput`."""
    number = typed.strip()
    if number and not (number.isdecimal() and len(number) <= 4):
        raise BadInput("Number: a whole number, or nothing.")
    return int(number) if number else None


def read_so_far(words: Mapping[str, str], now: datetime) -> str:
    """How half-typed days are read, while they are being typed."""
    if words.get("when", "").strip():
        at = read_when(words["when"], now)
        return telling.read_back(at) if at else ""
    days = [read_day(words[name].strip(), now.date()) for name in ("on", "until") if words.get(name, "").strip()]
    return ", until ".join(f"{day_text(day)} {day.year}" for day in days if day)

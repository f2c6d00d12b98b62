"""The facts of a client and a course as they are typed: one line of text a fact, read back with a sentence if unfit.

Limits are mmHg, beats a minute and percent; the vitals schedule is in minutes after the first dose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from kapjournal.domain.course import Client, Course, Limits, Route
from kapjournal.domain.course_plan import PLANNED_BY_DEFAULT
from kapjournal.domain.dates import date_text, read_day
from kapjournal.domain.errors import BadInput

Model = TypeVar("Model", Client, Course)

LIMITS = ("systolic", "diastolic", "heart_rate", "spo2")
CLIENT_FACTS = (
    *("alias", "pronouns", "birth_year", "contact", "emergency_contact", "prescriber"),
    *("diagnoses", "medicines", "allergies", "notes", "retain_until"),
)
COURSE_FACTS = (
    *("title", "planned_sessions", "goals", "route", "dose_range", "vitals_schedule", "measures_every_days"),
    *LIMITS,
)
_NUMBERS = {
    "birth_year": "Year of birth: four digits, or nothing.",
    "planned_sessions": "Sessions: a number from 0 to 1000.",
    "measures_every_days": "Days between measures: a number from 1 to 3650, or nothing.",
    "systolic": "Upper blood pressure: a whole number from 40 to 300, or nothing.",
    "diastolic": "Lower blood pressure: a whole number from 20 to 200, or nothing.",
    "heart_rate": "Pulse: a whole number from 20 to 250, or nothing.",
    "spo2": "Oxygen: a whole number from 50 to 100, or nothing.",
}
_SCHEDULE = "Minutes after the first dose, such as 0, 20, 60, or times such as 0:20."
_ROUTE = "Route: one of the seven, or none."
_DAY = "A day, such as 31 December 2033, or nothing."
_LONG = "That is longer than this fact can be."


def client_words(client: Client) -> dict[str, str]:
    """The facts of a client as they stand in the fields."""
    return {name: _word(getattr(client, name)) for name in CLIENT_FACTS}


def course_words(course: Course | None) -> dict[str, str]:
    """The facts of a course as they stand in the fields; six sessions where nothing was planned yet."""
    if course is None or course.planned_sessions is None:
        planned = str(PLANNED_BY_DEFAULT)
    else:
        planned = str(course.planned_sessions)
    limits = (course.limits if course else None) or Limits()
    words = {name: _word(getattr(course, name, None)) for name in COURSE_FACTS if name not in LIMITS}
    return {**words, "planned_sessions": planned, **{name: _word(getattr(limits, name)) for name in LIMITS}}


def read_fact(name: str, typed: str, today: date) -> object:
    """What was typed, as the record takes it (None for nothing); raises `BadInput` with what would fit."""
    words = typed.strip()
    if not words:
        return None
    if name in _NUMBERS:
        if not re.fullmatch(r"[0-9]{1,4}", words):
            raise BadInput(_NUMBERS[name])
        return int(words)
    special: dict[str, Callable[[], object]] = {
        "route": lambda: _route(words),
        "vitals_schedule": lambda: _schedule(words),
        "retain_until": lambda: _day(words, today),
    }
    return special[name]() if name in special else words


def with_facts(record: Model, facts: Mapping[str, Any]) -> Model:
    """The record with these facts; an empty one is taken out rather than kept empty. Raises `BadInput`."""
    changed = {name: value for name, value in facts.items() if name not in LIMITS}
    if any(name in LIMITS for name in facts):
        before = getattr(record, "limits", None) or Limits()
        limits = {**before.model_dump(exclude_none=True), **{n: v for n, v in facts.items() if n in LIMITS}}
        changed["limits"] = {name: value for name, value in limits.items() if value is not None} or None
    content = {**record.content(), **changed}
    given = {name: value for name, value in content.items() if value not in (None, "", ())}
    try:
        return type(record).model_validate(given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][-1])
        raise BadInput(
            _NUMBERS.get(name, _SCHEDULE if "schedule" in str(error.errors()[0]["loc"]) else _LONG)
        ) from error


def read_schedule(typed: str) -> tuple[int, ...] | None:
    """Minutes in order and each once, from `0, 20, 60` or `0:00 0:20 1:00`; None if it cannot be read."""
    minutes: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", typed.strip())):
        match = re.fullmatch(r"([-−]?)(?:([0-9]{1,2}):)?([0-9]{1,4})", part)
        if match is None or (match[2] and int(match[3]) > 59):
            return None
        minute = int(match[2] or 0) * 60 + int(match[3])
        minutes.add(-minute if match[1] else minute)
    fits = all(-600 <= minute <= 1440 for minute in minutes)
    return tuple(sorted(minutes)) if fits else None


def _schedule(words: str) -> tuple[int, ...]:
    minutes = read_schedule(words)
    if minutes is None:
        raise BadInput(_SCHEDULE)
    return minutes


def _route(words: str) -> Route:
    if words.upper() not in list(Route):
        raise BadInput(_ROUTE)
    return Route(words.upper())


def _day(words: str, today: date) -> date:
    day = read_day(words, today)
    if day is None:
        raise BadInput(_DAY)
    return day


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value)

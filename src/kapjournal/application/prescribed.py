"""What the prescriber set for a course, as words in fields: route, dose range, vitals schedule, limits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from kapjournal.domain.course import Course, Limits, Route
from kapjournal.domain.course_facts import read_schedule
from kapjournal.domain.errors import Refused

LIMITS = {
    "systolic": "Upper blood pressure: a whole number from 40 to 300, or nothing.",
    "diastolic": "Lower blood pressure: a whole number from 20 to 200, or nothing.",
    "heart_rate": "Pulse: a whole number from 20 to 250, or nothing.",
    "spo2": "Oxygen: a whole number from 50 to 100, or nothing.",
}
_SCHEDULE = "Vitals: minutes after the first dose, such as 0, 20, 60, or times such as 0:20."
_ROUTE = f"Route: one of {', '.join(Route)}, or nothing."
FIELDS = ("route", "dose_range", "vitals_schedule", *LIMITS)


def prescribed(course: Course | None) -> dict[str, str]:
    """The fields as they stand."""
    if course is None:
        return dict.fromkeys(FIELDS, "")
    limits = course.limits or Limits()
    numbers = {name: getattr(limits, name) for name in LIMITS}
    return {
        "route": course.route or "",
        "dose_range": course.dose_range or "",
        "vitals_schedule": ", ".join(str(minute) for minute in course.vitals_schedule or ()),
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
    }


def with_prescribed(course: Course, values: Mapping[str, str]) -> Course:
    """The course with these fields; an empty one is taken out. Raises `Refused` with a sentence for each unfit one."""
    problems: list[str] = []
    limits = _limits(values, problems)
    schedule = read_schedule(values.get("vitals_schedule", ""))
    route = values.get("route", "").strip().upper()
    if schedule is None:
        problems.append(_SCHEDULE)
    if route and route not in list(Route):
        problems.append(_ROUTE)
    if problems:
        raise Refused("Not kept yet. " + " ".join(problems))
    changed: dict[str, object] = {
        "route": route,
        "dose_range": values.get("dose_range", "").strip(),
        "vitals_schedule": schedule,
        "limits": limits.model_dump(exclude_none=True),
    }
    content = {**course.content(), **changed}
    return Course.model_validate({key: value for key, value in content.items() if value not in (None, "", (), {})})


def _limits(values: Mapping[str, str], problems: list[str]) -> Limits:
    typed: dict[str, int] = {}
    for name, sentence in LIMITS.items():
        words = values.get(name, "").strip()
        if words and re.fullmatch(r"[0-9]{1,3}", words):
            typed[name] = int(words)
        elif words:
            problems.append(sentence)
    try:
        return Limits(**typed)
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors()}
        problems.extend(LIMITS[name] for name in LIMITS if name in wrong)
        return Limits()

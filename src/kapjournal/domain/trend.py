"""Scores over time, ready to be drawn or told: one series an instrument, and the dosing sessions between them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Point(NamedTuple):
    """A score on a day; without a total the form was partly answered and is told, not drawn."""

    on: date
    total: float | None
    note: str = ""  # "moderately severe"; "partial, 7 of 9"


class Dosing(NamedTuple):
    """A dosing session on the time axis."""

    on: date
    label: str = ""  # its number


class Series(NamedTuple):
    """One instrument over time; `low` and `high` are its lowest and highest score."""

    name: str
    low: float
    high: float
    points: tuple[Point, ...] = ()
    cutoff: float | None = None
    cutoff_high: float | None = None  # where the published cut-off is a range
    cutoff_label: str = ""

    @property
    def scored(self) -> tuple[Point, ...]:
        """The points that can be drawn."""
        return tuple(point for point in self.points if point.total is not None)

    @property
    def sentence(self) -> str:
        """The series as a screen reader says it: name, range, each score with its day, and the dashed line."""
        told = ", ".join(f"{_number(p)} on {day_text(p.on)}" for p in self.points) or "not taken yet"
        line = f" Dashed line: {self.cutoff_label}." if self.cutoff_label else ""
        return f"{self.name} of {self.high:g}: {told}.{line}"


def days(series: tuple[Series, ...], dosings: tuple[Dosing, ...] = ()) -> tuple[date, ...]:
    """Every day that something stands on, in order."""
    return tuple(sorted({*(p.on for one in series for p in one.points), *(d.on for d in dosings)}))


def table(series: tuple[Series, ...], dosings: tuple[Dosing, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """The same in rows: day, a cell for each series, and the dosing sessions of that day."""
    rows = []
    for day in days(series, dosings):
        cells = [", ".join(_number(p) for p in one.points if p.on == day) or "–" for one in series]
        held = ", ".join(f"dosing {d.label}".strip() for d in dosings if d.on == day)
        rows.append((f"{day_text(day)} {day.year}", *cells, held or "–"))
    return tuple(rows)


def _number(point: Point) -> str:
    return f"{point.total:g}" if point.total is not None else point.note or "partial"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """A day, the same on every machine: `24 Feb`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"

"""Vital signs as told: a reading in one line, its change from baseline, and when the next one is due.

Readings are typed by hand and stated as they are. Nothing here judges a value; the schedule and the limits are the
prescriber's. Minutes count from the first dose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from kapjournal.domain.entry import VitalsDetails
from kapjournal.domain.moment import clock_text, since_text

# A reading this many minutes early still counts for the one that was due.
EARLY_MIN = 5.0


class VitalsPreset(BaseModel):
    """A published schedule to start from; the client's own is what counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    label: Annotated[str, Field(min_length=1)]
    minutes: Annotated[tuple[Annotated[int, Field(ge=-600, le=1440)], ...], Field(min_length=1)]
    note: str = ""
    source: Annotated[str, Field(min_length=1)]


class VitalsPresets(BaseModel):
    """All schedules to choose from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    presets: tuple[VitalsPreset, ...]


class Taken(NamedTuple):
    """A reading at its minute since the first dose; negative before it."""

    minute: float
    vitals: VitalsDetails


class Due(NamedTuple):
    """A reading the schedule asks for, and whether its time has come."""

    minute: int
    now: bool


def next_due(schedule: Iterable[int], taken: Sequence[float], now_min: float | None) -> Due | None:
    """The reading that the schedule asks for next; None when all are done.

    A reading a few minutes early counts, and a later one stands for all that were due before it, so that a missed
    reading is never asked for twice. Any reading before the first dose counts as the one before it. `now_min` is
    None while no dose was given: then only what is due before the dose is asked for.
    """
    due = sorted(set(schedule))
    if now_min is None:
        before = [minute for minute in due if minute <= 0]
        return Due(before[-1], now=False) if before and not taken else None
    last = max(taken, default=None)
    if last is not None:
        covered = max(last + EARLY_MIN, 0)
        due = [minute for minute in due if minute > covered]
    passed = [minute for minute in due if minute <= now_min]
    if passed:
        return Due(passed[-1], now=True)
    return Due(due[0], now=False) if due else None


def told_due(due: Due | None, first_dose_at: datetime | None) -> tuple[str, str]:
    """The two lines at the top of the live view, such as “Next vitals about 14:22” and why; both empty if none."""
    if due is None:
        return "", ""
    if first_dose_at is None:
        return "Vitals before the dose", "prescriber’s schedule"
    at = clock_text(first_dose_at + timedelta(minutes=due.minute))
    lead = f"Vitals due since {at}" if due.now else f"Next vitals about {at}"
    return lead, f"T+ {since_text(due.minute * 60)}, prescriber’s schedule"


def baseline(taken: Sequence[Taken]) -> VitalsDetails | None:
    """What later readings are compared with: the last reading before or at the first dose; never a later one."""
    before = [reading for reading in taken if reading.minute <= 0]
    return max(before, key=lambda reading: reading.minute).vitals if before else None


def reading_parts(vitals: VitalsDetails) -> tuple[tuple[str, str], ...]:
    """The measured values in the order they are told, each as (words before it, value with unit)."""
    pressure = f"{vitals.systolic or '?'}/{vitals.diastolic or '?'}" if vitals.systolic or vitals.diastolic else None
    told = (
        ("", pressure),
        ("pulse ", _number(vitals.heart_rate)),
        ("SpO₂ ", _number(vitals.spo2, " %")),
        ("breaths ", _number(vitals.resp_rate)),
        ("", _number(vitals.temp_c, " °C")),
        ("", _number(vitals.weight_kg, " kg")),
    )
    return tuple((before, value) for before, value in told if value is not None)


def _number(value: float | None, unit: str = "") -> str | None:
    return None if value is None else f"{value:g}{unit}"


def reading_text(vitals: VitalsDetails) -> str:
    """The reading in one line: “128/82 · pulse 84 · SpO₂ 97 %”."""
    return " · ".join(before + value for before, value in reading_parts(vitals))


def short_reading_text(vitals: VitalsDetails) -> str:
    """The reading as it stands above the chart: “128/82 · 84 · 97 %”."""
    return " · ".join(value for _, value in reading_parts(vitals)[:3])


def change_text(vitals: VitalsDetails, before: VitalsDetails | None) -> str:
    """How blood pressure and pulse differ from baseline: “+10/+6, pulse +12 from baseline”; empty without one."""
    if before is None or before == vitals:
        return ""
    upper, lower = _change(vitals.systolic, before.systolic), _change(vitals.diastolic, before.diastolic)
    pulse = _change(vitals.heart_rate, before.heart_rate)
    parts = [f"{upper}/{lower}"] if upper and lower else []
    parts += [f"pulse {pulse}"] if pulse else []
    return f"{', '.join(parts)} from baseline" if parts else ""


def _change(now: int | None, before: int | None) -> str:
    """A signed difference with a true minus sign; empty where one of the two was not measured."""
    if now is None or before is None:
        return ""
    difference = now - before
    return f"{difference:+d}".replace("-", "−") if difference else "±0"

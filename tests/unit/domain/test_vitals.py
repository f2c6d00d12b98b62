"""Vitals told: readings, changes, and the next one due."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kapjournal.domain.entry import VitalsDetails
from kapjournal.domain.vitals import (
    Due,
    Taken,
    baseline,
    change_text,
    next_due,
    reading_text,
    short_reading_text,
    told_due,
)

SCHEDULE = [0, 20, 60, 120]
FIRST = VitalsDetails(systolic=118, diastolic=76, heart_rate=72, spo2=98)
LATER = VitalsDetails(systolic=128, diastolic=82, heart_rate=84, spo2=97)


@pytest.mark.parametrize(
    ("taken", "now", "due"),
    [
        ([], 0, Due(0, now=True)),
        ([], 12, Due(0, now=True)),
        ([-12], 0, Due(20, now=False)),
        ([-12], 19.9, Due(20, now=False)),
        ([-12], 20, Due(20, now=True)),
        ([-12], 45, Due(20, now=True)),
        ([-12], 61, Due(60, now=True)),  # the one at 20 was missed; it is not asked for twice
        ([-12, 15], 16, Due(60, now=False)),  # five minutes early counts
        ([-12, 14.9], 16, Due(20, now=False)),  # more does not
        ([-12, 33], 34, Due(60, now=False)),
        ([-12, 70], 71, Due(120, now=False)),  # a later reading stands for those before it
        ([-12, 116], 117, None),
        ([-12, 130], 200, None),
    ],
)
def test_next_due(taken: list[float], now: float, due: Due | None) -> None:
    assert next_due(SCHEDULE, taken, now) == due


def test_before_any_dose_only_the_reading_before_it_is_asked_for() -> None:
    assert next_due(SCHEDULE, [], None) == Due(0, now=False)
    assert next_due(SCHEDULE, [0.0], None) is None
    assert next_due([20, 60], [], None) is None
    assert next_due([], [], 30) is None


def test_what_is_due_is_told_quietly() -> None:
    first_dose = datetime(2026, 3, 2, 13, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert told_due(Due(60, now=False), first_dose) == ("Next vitals about 14:22", "T+ 1:00, prescriber’s schedule")
    assert told_due(Due(60, now=True), first_dose) == ("Vitals due since 14:22", "T+ 1:00, prescriber’s schedule")
    assert told_due(Due(0, now=False), None) == ("Vitals before the dose", "prescriber’s schedule")
    assert told_due(None, first_dose) == ("", "")


def test_a_reading_in_one_line() -> None:
    assert reading_text(LATER) == "128/82 · pulse 84 · SpO₂ 97 %"
    assert short_reading_text(LATER) == "128/82 · 84 · 97 %"
    assert reading_text(VitalsDetails(spo2=97)) == "SpO₂ 97 %"
    assert reading_text(VitalsDetails(resp_rate=12, temp_c=36.8, weight_kg=70)) == "breaths 12 · 36.8 °C · 70 kg"
    assert reading_text(VitalsDetails(systolic=128)) == "128/?"


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (LATER, FIRST, "+10/+6, pulse +12 from baseline"),
        (FIRST, LATER, "−10/−6, pulse −12 from baseline"),
        (LATER, LATER.model_copy(update={"spo2": 90}), "±0/±0, pulse ±0 from baseline"),
        (VitalsDetails(heart_rate=80), FIRST, "pulse +8 from baseline"),
        (VitalsDetails(spo2=97), FIRST, ""),
        (LATER, None, ""),
        (FIRST, FIRST, ""),
    ],
)
def test_change_from_baseline(now: VitalsDetails, before: VitalsDetails | None, text: str) -> None:
    assert change_text(now, before) == text


def test_the_baseline_is_the_last_reading_before_the_dose() -> None:
    assert baseline([Taken(-40, LATER), Taken(-5, FIRST), Taken(20, LATER)]) == FIRST
    assert baseline([Taken(20, LATER)]) is None

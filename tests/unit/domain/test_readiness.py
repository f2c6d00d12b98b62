"""What is not there yet before a session."""

from __future__ import annotations

from datetime import date

import pytest

from kapjournal.domain.readiness import Facts, readiness, told

TODAY = date(2026, 2, 26)
ALL = Facts(
    intention=True, touch=True, safety_plan=True, ride_home=True, clearance=True,
    measured_on=date(2026, 2, 12), measures_every_days=14,
)  # fmt: skip


def missing(facts: Facts) -> list[str]:
    return [item.sentence for item in readiness(facts, TODAY) if not item.ready]


def test_nothing_is_missing() -> None:
    assert missing(ALL) == []
    assert told(readiness(ALL, TODAY)) == "7 of 7 ready"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"intention": False}, "no intention yet"),
        ({"touch": False}, "no touch agreement yet"),
        ({"safety_plan": False}, "no safety plan yet"),
        ({"ride_home": False}, "no ride home yet"),
        ({"clearance": False}, "no clearance yet"),
        ({"measured_on": None}, "no measures yet"),
        ({"measured_on": date(2026, 2, 11)}, "measures are 15 days old"),
        ({"consent_to_discuss": ("sharing",)}, "consent to discuss: sharing"),
    ],
)
def test_each_thing_is_told_by_itself(change: dict[str, object], sentence: str) -> None:
    facts = ALL._replace(**change)  # type: ignore[arg-type]
    assert missing(facts) == [sentence]
    assert told(readiness(facts, TODAY)) == "6 of 7 ready"


def test_without_an_interval_measures_do_not_count() -> None:
    facts = ALL._replace(measures_every_days=None, measured_on=None)
    assert told(readiness(facts, TODAY)) == "6 of 6 ready"

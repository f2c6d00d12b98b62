"""What is not yet there before a dosing session: a list to look at, never a barrier."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Facts(NamedTuple):
    """What has been written down so far; `measures_every_days` is the interval of the course, if it has one."""

    intention: bool = False
    touch: bool = False
    safety_plan: bool = False
    ride_home: bool = False
    clearance: bool = False
    measured_on: date | None = None
    measures_every_days: int | None = None
    consent_to_discuss: tuple[str, ...] = ()


class Item(NamedTuple):
    """One thing of the list; the sentence says what is missing, and is empty when nothing is."""

    key: str
    sentence: str = ""

    @property
    def ready(self) -> bool:
        """Nothing is missing."""
        return not self.sentence


def readiness(facts: Facts, today: date) -> tuple[Item, ...]:
    """Every item, in the order of the screen. Measures count only where the course says how often they are due."""
    items = [
        Item("intention", "" if facts.intention else "no intention yet"),
        Item("touch", "" if facts.touch else "no touch agreement yet"),
        Item("safety", "" if facts.safety_plan else "no safety plan yet"),
        Item("ride", "" if facts.ride_home else "no ride home yet"),
        Item("clearance", "" if facts.clearance else "no clearance yet"),
    ]
    if facts.measures_every_days is not None:
        items.append(Item("measures", _measures(facts.measured_on, facts.measures_every_days, today)))
    to_discuss = ", ".join(facts.consent_to_discuss)
    items.append(Item("consent", f"consent to discuss: {to_discuss}" if to_discuss else ""))
    return tuple(items)


def _measures(measured_on: date | None, every_days: int, today: date) -> str:
    if measured_on is None:
        return "no measures yet"
    days = (today - measured_on).days
    return "" if days <= every_days else f"measures are {days} days old"


def told(items: tuple[Item, ...]) -> str:
    """The list in a word, such as: 5 of 6 ready."""
    return f"{sum(item.ready for item in items)} of {len(items)} ready"

"""Stretches of a session in which nothing was written: they are part of it, and shown as what they are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

SHORTEST_MIN = 5.0


class Silence(NamedTuple):
    """From one minute to another."""

    start: float
    end: float

    @property
    def minutes(self) -> int:
        """How long, in whole minutes that have passed."""
        return int(self.end - self.start)


def silences(minutes: Iterable[float], start: float, end: float, shortest: float = SHORTEST_MIN) -> tuple[Silence, ...]:
    """The gaps between entries at these minutes, and before the first and after the last one of the session."""
    known = sorted({start, end, *(minute for minute in minutes if start <= minute <= end)})
    return tuple(Silence(one, two) for one, two in pairwise(known) if two - one >= shortest)

"""The stretch of time that is in sight: closer, wider, moved along; never beyond the whole."""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple

CLOSEST_MIN = 4.0
_STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1440)


class Stretch(NamedTuple):
    """From one minute to another."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """In minutes."""
        return self.end - self.start

    def holds(self, minute: float) -> bool:
        """Whether a minute is in sight."""
        return self.start <= minute <= self.end

    def zoomed(self, by: float, about: float, whole: Stretch) -> Stretch:
        """`by` times as wide, with the minute `about` where it was."""
        width = min(max(self.width * by, min(CLOSEST_MIN, whole.width)), whole.width)
        part = (about - self.start) / self.width if self.width else 0.5
        start = about - part * width
        return Stretch(start, start + width).within(whole)

    def moved(self, by: float, whole: Stretch) -> Stretch:
        """So many minutes further along, or back."""
        return Stretch(self.start + by, self.end + by).within(whole)

    def showing(self, minute: float, whole: Stretch) -> Stretch:
        """Moved as far as it takes to have a minute in sight, with a little before and after it."""
        edge = self.width / 10
        if minute < self.start:
            return self.moved(minute - edge - self.start, whole)
        return self.moved(minute + edge - self.end, whole) if minute > self.end else self

    def within(self, whole: Stretch) -> Stretch:
        """Moved back where it reaches beyond the whole, and cut where it is wider."""
        if self.width >= whole.width:
            return whole
        start = min(max(self.start, whole.start), whole.end - self.width)
        return Stretch(start, start + self.width)


def ticks(shown: Stretch, most: int) -> tuple[int, ...]:
    """Round minutes in a stretch, `most` of them at the most."""
    step = next((step for step in _STEPS if shown.width / step <= max(most, 1)), 2880)
    first = ceil(shown.start / step) * step
    return tuple(range(first, floor(shown.end) + 1, step))

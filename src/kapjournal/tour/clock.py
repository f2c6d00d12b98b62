"""The clock that the tour moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from kapjournal.domain.moment import Moment


class SteppingClock:
    """Implements the `Clock` port; stands still until it is moved, and both clocks move alike.

    The worker reads it too: each reading is one whole value.
    """

    def __init__(self, at: datetime) -> None:
        self._now = Moment(at=at, tick_s=1000.0, boot="tour")

    def now(self) -> Moment:
        """The moment it stands at."""
        return self._now

    def go_on(self, seconds: float) -> None:
        """Let so much time pass."""
        self._now = self._now.earlier(timedelta(seconds=-seconds))

    def go_to(self, hour: int, minute: int, second: int = 0) -> None:
        """Let time pass until this time of the same day; a time that has passed already changes nothing."""
        then = self._now.at.replace(hour=hour, minute=minute, second=second, microsecond=0)
        self.go_on(max((then - self._now.at).total_seconds(), 0.0))

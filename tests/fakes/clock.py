"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from kapjournal.domain.moment import Moment

START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=-7)))


class FakeClock:
    """Implements the `Clock` port."""

    def __init__(self, at: datetime = START, tick_s: float = 1000.0, boot: str = "boot-1") -> None:
        self.at = at
        self.tick_s = tick_s
        self._boots = 1
        self.boot = boot

    def now(self) -> Moment:
        return Moment(at=self.at, tick_s=self.tick_s, boot=self.boot)

    def pass_(self, seconds: float) -> None:
        """Time goes by, on both clocks alike."""
        self.at += timedelta(seconds=seconds)
        self.tick_s += seconds

    def suspend(self, seconds: float) -> None:
        """The machine sleeps: the steady clock counts on, as the port demands."""
        self.pass_(seconds)

    def set_wall(self, delta: timedelta) -> None:
        """Somebody sets the wall clock; the steady one does not notice."""
        self.at += delta

    def reboot(self, down_s: float = 60.0) -> None:
        """The machine is restarted: a new boot whose steady clock begins again."""
        self.at += timedelta(seconds=down_s)
        self.tick_s = 0.0
        self._boots += 1
        self.boot = f"boot-{self._boots}"

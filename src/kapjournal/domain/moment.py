"""When something happened: a wall clock reading, and a steady one that no clock change can move."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Moment(BaseModel):
    """One reading of both clocks.

    `at` is wall time with its UTC offset. `tick_s` counts seconds since the machine started and goes on
    counting while it sleeps; it can be compared only within one `boot`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    tick_s: float
    boot: str

    def earlier(self, by: timedelta) -> Moment:
        """Move this moment back, on both clocks alike."""
        return Moment(at=self.at - by, tick_s=self.tick_s - by.total_seconds(), boot=self.boot)

    def seconds_after(self, earlier: Moment) -> float:
        """Seconds between two moments by the steady clock; zero across a restart of the machine."""
        return self.tick_s - earlier.tick_s if self.boot == earlier.boot else 0.0


class SessionClock(BaseModel):
    """Turns moments into seconds since a session began, true across clock changes, sleep and restarts.

    The anchor is a moment whose place in the session is known. Within the same boot the steady clock
    answers; after a restart of the machine the wall clock has to, and `resumed` makes a new anchor that
    never runs backwards.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: Moment
    anchor_s: float = 0.0

    def seconds(self, moment: Moment) -> float:
        """Seconds since the session began; negative before it."""
        if moment.boot == self.anchor.boot:
            return self.anchor_s + (moment.tick_s - self.anchor.tick_s)
        return self.anchor_s + (moment.at - self.anchor.at).total_seconds()

    def resumed(self, now: Moment, last_known_s: float) -> SessionClock:
        """The clock to go on with at `now`; the same one unless the machine was restarted in between."""
        if now.boot == self.anchor.boot:
            return self
        return SessionClock(anchor=now, anchor_s=max(self.seconds(now), last_known_s))

    def wall_has_moved(self, now: Moment) -> timedelta:
        """How far the wall clock was set since the anchor (zero after a machine restart: nobody can know)."""
        if now.boot != self.anchor.boot:
            return timedelta(0)
        steady = now.tick_s - self.anchor.tick_s
        return (now.at - self.anchor.at) - timedelta(seconds=steady)


def clock_text(at: datetime, *, seconds: bool = False) -> str:
    """Wall time as shown: `14:07`, or `14:07:12`."""
    return at.strftime("%H:%M:%S" if seconds else "%H:%M")


def since_text(seconds: float) -> str:
    """Time since the first dose as shown: `0:45`, `1:02`, and `-0:18` before it.

    Whole minutes that have passed; before the dose, whole minutes still to go, rounded up, so that
    `-0:01` turns into `0:00` exactly at the dose.
    """
    minutes = int(seconds // 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"

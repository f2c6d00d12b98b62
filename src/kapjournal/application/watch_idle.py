"""When to blank the screen and when to lock: watching without typing is normal while a session runs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Measure(StrEnum):
    """What idleness calls for."""

    NOTHING = "nothing"
    VEIL = "veil"
    LOCK = "lock"


class Patience(NamedTuple):
    """Minutes without a key or a movement; zero is never."""

    veil_after: float = 5
    lock_after_in_session: float = 30
    lock_after: float = 10


def called_for(idle_s: float, *, in_session: bool, patience: Patience) -> Measure:
    """In a running session the veil comes first and the lock only later; outside one the lock comes at once."""

    def passed(minutes: float) -> bool:
        return minutes > 0 and idle_s >= minutes * 60

    if passed(patience.lock_after_in_session if in_session else patience.lock_after):
        return Measure.LOCK
    if in_session and passed(patience.veil_after):
        return Measure.VEIL
    return Measure.NOTHING

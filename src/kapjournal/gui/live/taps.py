"""Tap mode: which key press is an entry, and at what moment it happened."""

from __future__ import annotations

from datetime import timedelta

from kapjournal.domain.moment import Moment

SAME_PRESS_S = 1.0  # the same letter within a second is one press: a double tap is a slip (BORIS issue 222)


class Taps:
    """Decides what a key means; holds nothing that could be lost."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._last_press: dict[str, Moment] = {}
        self._minutes_ago: str | None = None
        self._same_moment = False

    def pressed(self, key: str, now: Moment) -> bool:
        """Tell whether this press counts: not held down, and not the same letter within a second."""
        if key in self._held:
            return False
        self._held.add(key)
        before = self._last_press.get(key)
        if before and before.boot == now.boot and now.tick_s - before.tick_s < SAME_PRESS_S:
            return False
        self._last_press[key] = now
        return True

    def released(self, key: str) -> None:
        """Hear that a key is up again."""
        self._held.discard(key)

    def share_moment(self) -> None:
        """Give the next letter the moment of the entry before it (the key `+`)."""
        self._same_moment = True

    def minus(self) -> None:
        """Begin «minutes ago» (the key `-`); a digit follows."""
        self._minutes_ago = ""

    def digit(self, key: str) -> bool:
        """Take a digit of «minutes ago»; False when none was begun."""
        if self._minutes_ago is None or len(self._minutes_ago) == 2:
            return False
        self._minutes_ago += key
        return True

    @property
    def waiting(self) -> str:
        """What the field says while a prefix waits for its letter."""
        if self._same_moment:
            return "same moment as the last one, then a letter"
        if self._minutes_ago is not None:
            return f"{self._minutes_ago or '…'} min ago, then a letter"
        return ""

    def moment(self, now: Moment, last: Moment) -> Moment:
        """When the thing that this letter stands for happened; `last` is when the entry before it did.

        Prefixes are used up.
        """
        moment = now
        if self._same_moment:
            moment = last
        elif self._minutes_ago:
            moment = now.earlier(timedelta(minutes=int(self._minutes_ago)))
        self._same_moment, self._minutes_ago = False, None
        return moment

    def forget_prefixes(self) -> None:
        """Drop a waiting `+` or `-` (tap mode was left, or another key came)."""
        self._same_moment, self._minutes_ago = False, None

    def forget_keys(self) -> None:
        """Hold no key down any more: another widget has the focus, and hears the key go up."""
        self._held.clear()

    def take_back(self, key: str) -> None:
        """Let the key that was taken back count again at once."""
        self._last_press.pop(key, None)

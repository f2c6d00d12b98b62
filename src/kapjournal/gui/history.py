"""Where the therapist has been, to go back and forward to. Plain Python."""

from __future__ import annotations

from typing import NamedTuple

MOST = 50


class Place(NamedTuple):
    """A screen of the desk, and the client it is about."""

    name: str
    client: str = ""
    about: str = ""  # what of it is in front: a session, an entry, a theme


class History:
    """The places behind and ahead of the one in front."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []
        self.here: Place | None = None

    def go(self, place: Place) -> None:
        """Go somewhere; what lay ahead is forgotten. Going where one is changes nothing."""
        if place == self.here:
            return
        if self.here is not None:
            self._behind = [*self._behind, self.here][-MOST:]
        self._ahead.clear()
        self.here = place

    def back(self) -> Place | None:
        """The place before; None at the first one."""
        return self._step(self._behind, self._ahead)

    def forward(self) -> Place | None:
        """The place that was left by going back; None if there is none."""
        return self._step(self._ahead, self._behind)

    def forget(self) -> None:
        """Be nowhere, as before the first place: another journal is another house."""
        self._behind.clear()
        self._ahead.clear()
        self.here = None

    def _step(self, taken: list[Place], left: list[Place]) -> Place | None:
        if not taken or self.here is None:
            return None
        left.append(self.here)
        self.here = taken.pop()
        return self.here

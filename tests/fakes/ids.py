"""Ids that can be told apart and foretold."""

from __future__ import annotations

from itertools import count


class FakeIds:
    """Implements the `NewId` port: `id-1`, `id-2` …"""

    def __init__(self, stem: str = "id") -> None:
        self._stem = stem
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"{self._stem}-{next(self._numbers)}"

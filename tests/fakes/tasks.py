"""Stand-ins for the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class InlineTasks:
    """Does the work at once, or, with `hold`, when `release` is called; in order, on the calling thread."""

    def __init__(self, *, hold: bool = False) -> None:
        self.hold = hold
        self._waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        def now() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - as the real one does
                failed(error)
            else:
                done(result)

        self._waiting.append(now)
        if not self.hold:
            self.release()

    def release(self) -> None:
        """Do what waits, and what comes of it."""
        while self._waiting:
            self._waiting.pop(0)()

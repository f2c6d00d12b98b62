"""A timer that the test moves."""

from __future__ import annotations

from collections.abc import Callable


class FakeTimer:
    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def after(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        self._count += 1
        item = (self.now + seconds, self._count, do)
        self._due.append(item)

        def cancel() -> None:
            if item in self._due:
                self._due.remove(item)

        return cancel

    def pass_(self, seconds: float) -> None:
        until = self.now + seconds
        while self._due and min(self._due)[0] <= until:
            item = min(self._due)
            self._due.remove(item)
            self.now = item[0]
            item[2]()
        self.now = until

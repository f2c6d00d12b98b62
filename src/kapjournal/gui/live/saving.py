"""Writes on their way to the disk: in order, one at a time, held and tried again when the disk will not take them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from kapjournal.application.ports import Tasks, Timer
from kapjournal.domain.errors import JournalError, NotSaved

RETRY_AFTER_S = 2.0


class _Write(NamedTuple):
    work: Callable[[], Any]
    done: Callable[[Any], None]
    refused: Callable[[JournalError], None]
    key: str


class Outbox:
    """Holds every write until it is durable.

    A write with a `key` stands for the newest state of something (the half-typed line): while it waits, a
    newer one takes its place. `trouble` is the sentence of the fault that holds the queue up, or empty.
    """

    def __init__(
        self, tasks: Tasks, timer: Timer, changed: Callable[[], None], bug: Callable[[Exception], None]
    ) -> None:
        self._tasks, self._timer, self._changed, self._bug = tasks, timer, changed, bug
        self._waiting: deque[_Write] = deque()
        self._under_way: _Write | None = None
        self._cancel_retry: Callable[[], None] | None = None
        self.trouble = ""

    @property
    def pending(self) -> int:
        """How many writes are not durable yet."""
        return len(self._waiting) + (self._under_way is not None)

    def send(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        refused: Callable[[JournalError], None],
        *,
        key: str = "",
    ) -> None:
        """Take a write; `done` hears its result once it is durable, `refused` a fault that waiting cannot mend."""
        if key:
            self._waiting = deque(w for w in self._waiting if w.key != key)
        self._waiting.append(_Write(work, done, refused, key))
        if not self.trouble:
            self._next()

    def try_again(self) -> None:
        """Try what is held up now; called by the therapist, and by itself every two seconds."""
        if self._cancel_retry is not None:
            self._cancel_retry()
            self._cancel_retry = None
        self._next()

    def drop(self, key: str) -> None:
        """Forget a waiting write of this key (the line it spoke of is an entry now)."""
        self._waiting = deque(w for w in self._waiting if w.key != key)

    def stop(self) -> None:
        """Try nothing more (the journal is being locked)."""
        if self._cancel_retry is not None:
            self._cancel_retry()
        self._waiting.clear()

    def _next(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        self._under_way = self._waiting.popleft()
        self._tasks.run(self._under_way.work, self._done, self._failed)

    def _done(self, result: object) -> None:
        write, self._under_way = self._under_way, None
        self.trouble = ""
        if write is not None:
            write.done(result)
        self._next()
        self._changed()

    def _failed(self, error: Exception) -> None:
        write, self._under_way = self._under_way, None
        if write is None:
            return
        if isinstance(error, NotSaved):
            newer_waits = write.key and any(w.key == write.key for w in self._waiting)
            if not newer_waits:
                self._waiting.appendleft(write)
            self.trouble = error.sentence
            self._cancel_retry = self._timer.after(RETRY_AFTER_S, self.try_again)
        elif isinstance(error, JournalError):
            write.refused(error)
            self._next()
        else:
            self._bug(error)
            self._next()
        self._changed()

"""Writes on their way to the disk: in order, one at a time, held and tried again when the disk will not take them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from kapjournal.application.ports import Tasks, Timer
from kapjournal.domain.errors import JournalError, NotSaved

RETRY_AFTER_S = 2.0


Into = TypeVar("Into")  # what the writes go into: a journal, or what a screen may do with one


class _Write(NamedTuple, Generic[Into]):
    work: Callable[[Into], Any]
    done: Callable[[Any], None]
    refused: Callable[[JournalError], None]
    key: str


class Outbox(Generic[Into]):
    """Holds every write until it is durable.

    A write with a `key` stands for the newest state of something (the half-typed line): while it waits, a
    newer one takes its place. `trouble` is the sentence of the fault that holds the queue up, or empty.
    """

    def __init__(
        self,
        into: Into,
        tasks: Tasks,
        timer: Timer,
        changed: Callable[[], None],
        bug: Callable[[Exception], None],
    ) -> None:
        self._into, self._tasks, self._timer, self._changed, self._bug = into, tasks, timer, changed, bug
        self._waiting: deque[_Write[Into]] = deque()
        self._under_way: _Write[Into] | None = None
        self._cancel_retry: Callable[[], None] | None = None
        self._stopped = False
        self.trouble = ""
        self.lost: list[
            tuple[str, Callable[[Into], Any]]
        ] = []  # what the disk still refused when the journal was let go

    @property
    def pending(self) -> int:
        """How many writes are not durable yet."""
        return len(self._waiting) + (self._under_way is not None)

    def send(
        self,
        work: Callable[[Into], Any],
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
        """Let go of the journal: everything that waits is sent a last time, ahead of its closing."""
        if self._cancel_retry is not None:
            self._cancel_retry()
            self._cancel_retry = None
        self._stopped = True
        waiting, self._waiting = self._waiting, deque()
        for write in waiting:
            self._tasks.run(partial(write.work, self._into), write.done, partial(self._lose, write))

    def _lose(self, write: _Write[Into], error: Exception) -> None:
        if isinstance(error, NotSaved):
            self.lost.append((write.key, write.work))
        elif isinstance(error, JournalError):
            write.refused(error)
        else:
            self._bug(error)

    def _next(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        self._under_way = self._waiting.popleft()
        self._tasks.run(partial(self._under_way.work, self._into), self._done, self._failed)

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
        if isinstance(error, NotSaved) and self._stopped:
            self._lose(write, error)
        elif isinstance(error, NotSaved):
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

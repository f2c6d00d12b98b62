"""Writes on their way to the disk: in order, one at a time, held and tried again when the disk will not take them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from kapjournal.application.ports import Tasks, Timer
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import JournalError, NotSaved

RETRY_AFTER_S = 2.0


Into = TypeVar("Into")  # what the writes go into: a journal, or what a screen may do with one


class Write(NamedTuple, Generic[Into]):
    """One write; `entry` is what it keeps, if it keeps one."""

    work: Callable[[Into], Any]
    done: Callable[[Any], None]
    refused: Callable[[JournalError], None]
    key: str = ""
    entry: Entry | None = None


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
        self._waiting: deque[Write[Into]] = deque()
        self._under_way: deque[Write[Into]] = deque()  # one at a time, until the end, when all that wait set out
        self._cancel_retry: Callable[[], None] | None = None
        self._stopped = self._held_up = False
        self._left: list[Write[Into]] = []
        self.trouble = ""

    @property
    def pending(self) -> int:
        """How many writes are not durable yet."""
        return len(self._waiting) + len(self._under_way)

    @property
    def records_pending(self) -> bool:
        """Whether any of them is more than the half-typed line."""
        return any(not write.key for write in (*self._under_way, *self._waiting))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that are not durable yet, in order."""
        return tuple(w.entry for w in (*self._under_way, *self._waiting) if w.entry is not None)

    @property
    def left(self) -> tuple[Write[Into], ...]:
        """After the end: the writes that the disk would not take."""
        return tuple(self._left)

    def send(self, write: Write[Into]) -> None:
        """Take a write; its `done` hears the result once it is durable, `refused` a fault that waiting cannot mend."""
        if write.key:
            self._waiting = deque(w for w in self._waiting if w.key != write.key)
        self._waiting.append(write)
        if not self.trouble:
            self._next()

    def try_again(self) -> None:
        """Try what is held up now; called by the therapist, and by itself every two seconds."""
        self._stop_retrying()
        self._next()

    def drop(self, key: str) -> None:
        """Forget a waiting write of this key (the line it spoke of is an entry now)."""
        self._waiting = deque(w for w in self._waiting if w.key != key)

    def stop(self) -> None:
        """Send all that waits ahead of whatever comes next (the journal is about to be closed), one last time."""
        self._stopped = True
        self._stop_retrying()
        while self._waiting:
            self._set_out()

    def _stop_retrying(self) -> None:
        if self._cancel_retry is not None:
            self._cancel_retry()
            self._cancel_retry = None

    def _next(self) -> None:
        if self._waiting and not self._under_way:
            self._set_out()

    def _set_out(self) -> None:
        write = self._waiting.popleft()
        self._under_way.append(write)
        self._tasks.run(partial(self._work, write), self._done, self._failed)

    def _work(self, write: Write[Into]) -> object:
        """Write, on the worker; at the end nothing may overtake what the disk refused."""
        if self._stopped and self._held_up:
            raise NotSaved("What was to be written before this is not saved yet.")
        self._held_up = False
        try:
            return write.work(self._into)
        except NotSaved:
            self._held_up = True
            raise

    def _done(self, result: object) -> None:
        write = self._under_way.popleft()
        self.trouble = ""
        write.done(result)
        self._next()
        self._changed()

    def _failed(self, error: Exception) -> None:
        write = self._under_way.popleft()
        if isinstance(error, NotSaved):
            self._hold(write, error)
        elif isinstance(error, JournalError):
            write.refused(error)
            self._next()
        else:
            self._bug(error)
            self._next()
        self._changed()

    def _hold(self, write: Write[Into], error: NotSaved) -> None:
        if self._stopped:
            self._left.append(write)
            return
        newer_waits = write.key and any(w.key == write.key for w in self._waiting)
        if not newer_waits:
            self._waiting.appendleft(write)
        self.trouble = error.sentence
        self._cancel_retry = self._timer.after(RETRY_AFTER_S, self.try_again)

"""The bridge to the one worker thread that owns the journal.

Work is done in the order it was asked for; its result, or what it raised, comes back on the thread that made the
`WorkerTasks` (the one with the windows) by a queued signal, in the same order.

Python's cyclic garbage collection runs on whichever thread happens to allocate, and takes windows with it that are
part of a cycle. Destroyed on the worker, they end the process. So while a worker lives, garbage is collected on the
thread with the windows alone.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

_COLLECT_EVERY_MS = 500
Result = TypeVar("Result")


class WorkerTasks(QObject):
    """Runs work on one thread of its own (the `Tasks` port)."""

    _came_back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._came_back.connect(_call, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        self._collecting = QTimer(self)
        self._collecting.timeout.connect(collect_garbage)
        self._collecting.start(_COLLECT_EVERY_MS)
        self._thread = Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def run(
        self, work: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Queue `work`; later, on the calling thread, `done` gets its result or `failed` what it raised."""
        if self._closed:
            raise RuntimeError("no work is taken after the worker was closed")
        self._queue.put(lambda: self._came_back.emit(_outcome(work, done, failed)))

    def close(self) -> None:
        """Wait until everything queued is done and told; afterwards no more work is taken."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._thread.join()
        self._collecting.stop()
        gc.enable()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job()


def collect_garbage() -> None:
    """Collect what the interpreter would have by now: the oldest generation whose threshold is passed."""
    for generation, (count, threshold) in reversed(
        tuple(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if count > threshold > 0:
            gc.collect(generation)
            return


def _outcome(
    work: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
) -> Callable[[], None]:
    """Do the work; returns what is to be called on the other thread."""
    try:
        return partial(done, work())
    except Exception as error:  # noqa: BLE001 - whatever it is belongs to the caller, who tells or reports it
        return partial(failed, error)


def _call(outcome: Callable[[], None]) -> None:
    outcome()

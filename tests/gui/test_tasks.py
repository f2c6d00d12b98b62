from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kapjournal.gui.tasks import WorkerTasks, collect_garbage


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[WorkerTasks]:
    tasks = WorkerTasks()
    yield tasks
    tasks.close()


def test_results_come_back_in_order_on_the_thread_that_asked(qtbot: QtBot, tasks: WorkerTasks) -> None:
    told: list[tuple[int, str, str]] = []

    def work(number: int) -> tuple[int, str]:
        return number, threading.current_thread().name

    def done(result: tuple[int, str]) -> None:
        told.append((*result, threading.current_thread().name))

    for number in range(50):
        tasks.run(lambda n=number: work(n), done, pytest.fail)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(told) == 50)

    assert [number for number, *_ in told] == list(range(50))
    assert {worked for _, worked, _ in told} == {"journal"}
    assert {heard for *_, heard in told} == {threading.main_thread().name}


def test_what_work_raises_reaches_failed_and_later_work_goes_on(qtbot: QtBot, tasks: WorkerTasks) -> None:
    told: list[object] = []

    def stumble() -> None:
        raise OSError("disk full")

    tasks.run(stumble, lambda _: pytest.fail("it did not work"), told.append)
    tasks.run(lambda: "next", told.append, pytest.fail)
    qtbot.waitUntil(lambda: len(told) == 2)

    assert isinstance(told[0], OSError)
    assert told[1] == "next"


def test_close_waits_for_the_queue_and_tells_every_result(qtbot: QtBot) -> None:
    tasks = WorkerTasks()
    gate = threading.Event()
    told: list[int] = []
    tasks.run(lambda: gate.wait(10), lambda _: told.append(0), pytest.fail)
    for number in range(1, 20):
        tasks.run(lambda n=number: n, told.append, pytest.fail)  # type: ignore[misc]
    gate.set()

    tasks.close()

    assert told == list(range(20))
    with pytest.raises(RuntimeError):
        tasks.run(lambda: None, lambda _: None, pytest.fail)


def test_a_thousand_signals_leave_the_reference_counts_level(qtbot: QtBot, tasks: WorkerTasks) -> None:
    """Some Qt bindings drop a reference to True or None at every emit, and abort the process in mid-session."""
    told: list[object] = []
    tasks._came_back.connect(told.append)
    before = (sys.getrefcount(True), sys.getrefcount(None))
    for _ in range(1000):
        tasks._came_back.emit(_nothing)
    qtbot.waitUntil(lambda: len(told) == 1000)
    after = (sys.getrefcount(True), sys.getrefcount(None))
    told.clear()

    if sys.version_info < (3, 12):  # later ones count no references to these
        assert abs(after[0] - before[0]) < 100
        assert abs(after[1] - before[1]) < 100


class Knot:
    """Part of a cycle, as a window with a lambda is."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_never_collected_on_the_worker_where_windows_would_die(qtbot: QtBot) -> None:
    tasks = WorkerTasks()
    died_on: list[str] = []
    told: list[int] = []
    weakref.finalize(Knot(), lambda: died_on.append(threading.current_thread().name))
    tasks.run(lambda: len([[n] for n in range(200_000)]), told.append, pytest.fail)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert died_on == []
    kept = [[n] for n in range(2_000)]  # enough for a collection to be due
    collect_garbage()
    assert len(kept) == 2_000
    assert died_on == [threading.main_thread().name]
    tasks.close()
    assert gc.isenabled()


def _nothing() -> None:
    pass

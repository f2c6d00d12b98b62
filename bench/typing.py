"""From a key press to the letter on the screen, with 5,000 entries in the session, beside a bare QPlainTextEdit.

The real live view on a real journal, drawn into memory. A key is pressed when everything before it is drawn, and the
clock stops when the field was painted and nothing waits any more.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.__main__ import Row
from bench.practice import PASSPHRASE, TEXTS, practice
from kapjournal.app import compose, make_navigator
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

TARGET_MS = 16
ENTRIES = 5_000


def measure(keys: int = 600) -> list[Row]:
    """Medians and 95th percentiles in milliseconds."""
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    application = QApplication.instance() or QApplication([])
    bare = QPlainTextEdit()
    bare.resize(1440, 900)
    bare.show()
    bare.activateWindow()
    plain = _typed(bare, keys)
    bare.close()
    rows = [_row(f"live view, {ENTRIES:,} entries", _in_live_view(keys), TARGET_MS), _row("bare field", plain, None)]
    assert application is not None
    return rows


def _in_live_view(keys: int) -> list[float]:
    from kapjournal.gui.look import load_fonts

    quick = KeyFile(Cost(LEAST_MEMORY, 2))
    folder = practice(ENTRIES, ENTRIES, quick)
    before = os.environ.get("KAPJOURNAL_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["KAPJOURNAL_HOME"] = home
        load_fonts()
        navigator: Any = make_navigator(compose(keys=quick))
        navigator.window.show()
        navigator.window.resize(1440, 900)
        navigator.window.activateWindow()
        navigator.enter_with(lambda: navigator.world.entrance.open(Path(folder), PASSPHRASE))
        _until(lambda: navigator.presenter is not None)
        _until(lambda: not _idle_work())
        times = _typed(navigator.window.screen_shown.capture.line, keys)
        navigator.quit()
        navigator.quit()
        os.environ.pop("KAPJOURNAL_HOME")
    if before is not None:
        os.environ["KAPJOURNAL_HOME"] = before
    return times


def _typed(field: QPlainTextEdit, keys: int) -> list[float]:
    """Type into a field; milliseconds from each key to the picture of it."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtTest import QTest

    painted: list[int] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(1)
            return False

    watch = Watch()
    field.viewport().installEventFilter(watch)
    field.setFocus()
    text = " ".join(TEXTS) * (keys // 200)
    times = []
    for letter in text[:keys]:
        if len(times) % 100 == 99:
            field.clear()  # a note is a line or two
        _until(lambda: not _idle_work())
        painted.clear()
        begun = perf_counter()
        QTest.keyClick(field, letter)
        while not painted:
            QCoreApplication.processEvents()
        times.append((perf_counter() - begun) * 1000)
    field.viewport().removeEventFilter(watch)
    return times[keys // 10 :]


def _idle_work() -> bool:
    """Do what waits; whether anything did."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    return QCoreApplication.eventDispatcher().processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def _until(met: Callable[[], bool]) -> None:
    from PySide6.QtCore import QCoreApplication

    while not met():
        QCoreApplication.processEvents()


def _row(what: str, times: list[float], target_ms: int | None) -> Row:
    parts = quantiles(times, n=100)
    return {
        "what": what,
        "p50_ms": parts[49],
        "p95_ms": parts[94],
        "most_ms": max(times),
        "target_p95_ms": target_ms,
    }

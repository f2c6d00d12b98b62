"""A process to be measured: `python -m bench.process WHAT [FOLDER]` does one thing and prints its figures as JSON.

    bare-window   opens an empty Qt window
    app           starts the program as its command does, up to the first picture of the unlock screen
    live FOLDER   opens the journal in the windows, up to the first picture of the session that runs
    bare-open FOLDER   opens the database with its key and reads one row

`painted` is a reading of the monotonic clock, which all processes of a machine share.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only annotations need it; Qt is loaded where it is timed
    from PySide6.QtWidgets import QWidget

TYPING_A_PASSPHRASE_MS = 1500  # nobody is faster
SMAPS = Path("/proc/self/smaps_rollup")


def memory() -> dict[str, float | None]:
    """Resident and proportional memory of this process in MB, where the system tells."""
    if not SMAPS.exists():
        return {"rss_mb": None, "pss_mb": None}
    found = dict(line.split(":", 1) for line in SMAPS.read_text("ascii").splitlines()[1:])
    return {f"{name.lower()}_mb": int(found[name].split()[0]) * 1024 / 1e6 for name in ("Rss", "Pss")}


def until_painted(wanted: Callable[[QWidget], bool]) -> float:
    """Run the loop until a widget that is wanted was painted and all that waited was done."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    application, loop = QApplication.instance(), QEventLoop()
    assert application is not None
    painted: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not painted and isinstance(watched, QWidget) and wanted(watched):
                painted.append(0.0)
                QTimer.singleShot(0, lambda: (painted.__setitem__(0, time.monotonic()), loop.quit()))
            return False

    watch = Watch()
    application.installEventFilter(watch)
    loop.exec()
    application.removeEventFilter(watch)
    return painted[0]


def bare_window() -> dict[str, float | None]:
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    window = QLabel("KAP Journal")
    window.resize(1440, 900)
    window.show()
    painted = until_painted(lambda widget: widget is window)
    assert application is not None
    return {"painted": painted, **memory()}


def app() -> dict[str, float | None]:
    """The command itself; only the loop is watched."""
    import PySide6.QtWidgets

    from kapjournal.cli import main

    painted: list[float] = []

    def watched(*_: object) -> int:
        painted.append(until_painted(lambda widget: type(widget).__name__ == "OpenPage"))
        return 0

    PySide6.QtWidgets.QApplication.exec = watched  # type: ignore[method-assign,assignment]
    main([])
    return {"painted": painted[0], **_rss()}


def _rss() -> dict[str, float | None]:
    try:
        return memory()
    except PermissionError:  # the program has made its memory unreadable, as it should
        return {}


def live(folder: Path) -> dict[str, float | None]:
    from kapjournal.app import compose, load_while_waiting, make_navigator  # before Qt, as the command does

    # isort: split
    from PySide6.QtCore import QEvent, QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from bench.practice import PASSPHRASE
    from kapjournal.application.ports import Keys
    from kapjournal.gui.look import load_fonts
    from kapjournal.vault.keyfile import KeyFile

    derived: list[float] = []

    class Watched(KeyFile):
        def unlock(self, folder: Path, passphrase: str) -> Keys:
            begun = time.monotonic()
            keys = super().unlock(folder, passphrase)
            derived.append(time.monotonic() - begun)
            return keys

    application = QApplication([])
    load_fonts()
    navigator = make_navigator(compose(keys=Watched()))
    navigator.window.show()
    navigator.window.resize(1440, 900)
    navigator.go_unlock()
    until_painted(lambda widget: type(widget).__name__ == "OpenPage")
    entrance, begun = navigator.world.entrance, [0.0]

    def open_it() -> None:
        begun[0] = time.monotonic()
        navigator.enter_with(lambda: entrance.open(folder, PASSPHRASE))

    load_while_waiting(navigator)
    QTimer.singleShot(TYPING_A_PASSPHRASE_MS, open_it)
    painted = until_painted(lambda widget: type(widget).__name__ == "WritingLine" or _is_line(widget))
    idle = QEventLoop()
    QTimer.singleShot(1000, idle.quit)  # what goes on in idle moments belongs to the memory too
    idle.exec()
    figures = memory()
    navigator.quit()
    navigator.quit()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {"beyond_ms": (painted - begun[0] - derived[0]) * 1000, "derive_ms": derived[0] * 1000, **figures}


def _is_line(widget: QWidget) -> bool:
    return type(widget.parent()).__name__ == "WritingLine"


def bare_open(folder: Path) -> dict[str, float | None]:
    from bench.practice import PASSPHRASE
    from kapjournal.storage.engine import opened
    from kapjournal.storage.opening import DATABASE
    from kapjournal.vault.keyfile import KeyFile

    keys = KeyFile().unlock(folder, PASSPHRASE)
    begun = time.monotonic()
    database = opened(folder / DATABASE, keys.database)
    database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    took = time.monotonic() - begun
    database.close()
    return {"beyond_ms": took * 1000}


if __name__ == "__main__":
    does: dict[str, Callable[..., dict[str, float | None]]] = {
        "bare-window": bare_window,
        "app": app,
        "live": live,
        "bare-open": bare_open,
    }
    print(json.dumps(does[sys.argv[1]](*map(Path, sys.argv[2:]))))

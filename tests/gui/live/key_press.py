"""How long a key press takes until it is painted, with many rows: `python -m tests.gui.live.key_press [ROWS]`."""

from __future__ import annotations

import os
import statistics
import sys
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.gui.live import sample
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.state import Row
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import apply_look, load_fonts, load_look


class Answering(Recorded):
    """Answers every key with a new state, as the presenter does, chips coming and going."""

    view: LiveView
    rows: tuple[Row, ...]

    def typed(self, text: str, cursor: int) -> None:
        chips = sample.CHIPS[: len(text) % 5]
        capture = sample.CAPTURE._replace(text=text, cursor=cursor, chips=chips)
        self.view.show_state(sample.WRITING._replace(rows=self.rows, capture=capture))

    def tap(self, key: str, shift: bool) -> None:
        self.rows = (*self.rows, sample.ROWS[len(self.rows) % 14]._replace(id=f"t{len(self.rows)}"))
        self.view.show_state(sample.TAPPING._replace(rows=self.rows))


def milliseconds(app: QApplication, view: LiveView, to: QWidget, keys: str) -> list[float]:
    taken = []
    for key in keys:
        begin = perf_counter()
        QTest.keyClick(to, key)
        app.processEvents()
        view.capture.repaint()
        taken.append((perf_counter() - begin) * 1000)
    return sorted(taken)


def told(name: str, taken: list[float]) -> str:
    return f"{name:28} median {statistics.median(taken):6.2f} ms   p95 {taken[int(len(taken) * 0.95)]:6.2f} ms\n"


def main(count: int) -> None:
    app = QApplication([])
    load_fonts()
    look = load_look("night")
    apply_look(app, look)
    on = Answering()
    on.rows = sample.many_rows(count)
    begin = perf_counter()
    view = on.view = LiveView(look, on)
    view.resize(1440, 900)
    view.show_state(sample.WRITING._replace(rows=on.rows))
    view.show()
    view.take_focus()
    app.processEvents()
    sys.stdout.write(f"first show with {count} rows {(perf_counter() - begin) * 1000:8.1f} ms\n")
    words = "the quick brown fox jumps over the lazy dog " * 5
    sys.stdout.write(told("typing, rows still measured", milliseconds(app, view, view.capture.line, words)))
    while view.stream._idle.isActive():
        app.processEvents()
    sys.stdout.write(told("typing", milliseconds(app, view, view.capture.line, words)))
    view.show_state(sample.TAPPING._replace(rows=on.rows))
    app.processEvents()
    sys.stdout.write(told("tapping, each key appends", milliseconds(app, view, view.capture.tap_panel, "tgsbrf" * 30)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)

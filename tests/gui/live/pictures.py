"""Grabs the live view in every look and size, to be looked at: `python -m tests.gui.live.pictures FOLDER [NAME…]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from tests.gui.live import sample
from tests.gui.live.recorded import Recorded

from kapjournal.gui.live.state import Banner, Live, Mode
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import NAMES, apply_look, load_fonts, load_look

STATES: dict[str, Live] = {
    "writing": sample.WRITING,
    "tapping": sample.TAPPING,
    "empty": sample.EMPTY,
    "trouble": sample.WRITING._replace(
        capture=sample.TROUBLE,
        rows=sample.STATES,
        card=sample.CARD._replace(plan_open=True),
        banner=Banner("The session stays open and resumes next time.", "text", (("quit", "Quit"), ("stay", "Stay"))),
    ),
    "form": sample.WRITING._replace(capture=sample.FORM),
    "completing": sample.WRITING._replace(capture=sample.COMPLETING),
    "closed": sample.WRITING._replace(capture=sample.Capture(mode=Mode.CLOSED, heading="Late entry")),
    "veiled": sample.WRITING._replace(veiled=True, veil_needs_code=True, veil_message="Type your code"),
    "dim": sample.WRITING._replace(dim=2),
    "opened": sample.WRITING,
    "palette drawer": sample.WRITING,
    "vitals table": sample.WRITING,
    "scrolled": sample.WRITING._replace(rows=sample.many_rows(60)),
}


def opened(view: LiveView) -> None:
    view.stream.setFocus()
    view.stream.open_row(5)


def drawer(view: LiveView) -> None:
    view._next_pane(1)


def table(view: LiveView) -> None:
    view._next_pane(1)
    view._next_pane(1)
    view.vitals.turn()


def scrolled(view: LiveView) -> None:
    view.stream.page(-1)
    view.show_state(sample.WRITING._replace(rows=(*sample.many_rows(60), *sample.STATES[:3])))


THEN: dict[str, Callable[[LiveView], None]] = {
    "opened": opened,
    "palette drawer": drawer,
    "vitals table": table,
    "scrolled": scrolled,
}


def grab(app: QApplication, view: LiveView, state: Live, size: tuple[int, int], name: str, *, to: Path) -> None:
    view.resize(*size)
    view.show()
    view.activateWindow()
    view.show_state(state)
    view.take_focus()
    app.processEvents()
    THEN.get(name, lambda _view: None)(view)
    for _ in range(3):
        app.processEvents()
    view.grab().save(str(to))
    view.close()
    view.deleteLater()


def main(folder: Path, only: tuple[str, ...]) -> None:
    app = QApplication([])
    load_fonts()
    for look_name in NAMES:
        for scale, width, height in ((1.0, 1440, 900), (1.0, 1280, 720), (2.0, 1440, 900), (1.5, 1440, 900)):
            look = load_look(look_name, scale)
            apply_look(app, look)
            for name, state in STATES.items():
                if only and name not in only and f"{name}-{look_name}" not in only:
                    continue
                view = LiveView(look, Recorded())
                file = f"{name}-{look_name}-{width}-{scale:g}.png".replace(" ", "-")
                grab(app, view, state, (width, height), name, to=folder / file)


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, tuple(sys.argv[2:]))

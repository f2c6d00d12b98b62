"""Grabs the measures screen in every look and size, to be looked at: `python tests/gui/measures_pictures.py FOLDER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from tests.measuring import Measuring

from kapjournal.gui.look import NAMES, Look, apply_look, load_fonts, load_look
from kapjournal.gui.measures.presenter import MeasuresPresenter
from kapjournal.gui.measures.view import MeasuresView


def take(presenter: MeasuresPresenter, instrument: str, digits: str) -> None:
    presenter.choose(instrument)
    presenter.take()
    for digit in digits:
        presenter.digit(int(digit))


def earlier(presenter: MeasuresPresenter) -> None:
    presenter.choose("PHQ-9")
    presenter.look_at("w1")


def asked(presenter: MeasuresPresenter) -> None:
    take(presenter, "GAD-7", "22")
    presenter.keep()


SCENES: dict[str, Callable[[MeasuresPresenter], None]] = {
    "list": lambda p: p.choose("PHQ-9"),
    "earlier": earlier,
    "phq": lambda p: take(p, "PHQ-9", "233313211"),
    "pcl": lambda p: take(p, "PCL-5", "3223"),
    "suds": lambda p: take(p, "SUDS", "7"),
    "who": lambda p: take(p, "WHO-5", ""),
    "asked": asked,
}


def screen(look: Look, scene: str) -> MeasuresView:
    measuring = Measuring(MeasuresView(look))
    SCENES[scene](measuring.presenter)
    return measuring.view


def main(folder: Path, only: tuple[str, ...]) -> None:
    app = QApplication([])
    load_fonts()
    for name in NAMES:
        for scale, width, height in ((1.0, 1440, 900), (1.0, 1280, 720), (2.0, 1440, 900)):
            look = load_look(name, scale)
            apply_look(app, look)
            for scene in SCENES:
                if only and scene not in only:
                    continue
                view = screen(look, scene)
                view.setAutoFillBackground(True)
                view.resize(width, height)
                view.show()
                view.activateWindow()
                for _ in range(4):
                    app.processEvents()
                view.grab().save(str(folder / f"{scene}-{name}-{width}-{scale:g}.png"))
                view.close()
                view.deleteLater()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, tuple(sys.argv[2:]))

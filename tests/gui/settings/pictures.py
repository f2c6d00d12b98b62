"""Every page of settings in every look and size, to be looked at: `tests/gui/settings/pictures.py FOLDER [TAB …]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from tests.fakes.clock import FakeClock
from tests.fakes.tasks import InlineTasks
from tests.gui.settings.stand import SHIPPED, Stand

from kapjournal.gui.look import NAMES, apply_look, load_fonts, load_look
from kapjournal.gui.settings.presenter import TABS, SettingsPresenter
from kapjournal.gui.settings.view import SettingsView


def main(folder: Path, only: tuple[str, ...]) -> None:
    app = QApplication([])
    load_fonts()
    for name in NAMES:
        for scale, width, height in ((1.0, 1440, 900), (1.0, 1280, 720), (2.0, 1440, 900), (2.0, 1280, 720)):
            look = load_look(name, scale)
            apply_look(app, look)
            for tab in TABS:
                if only and tab.key not in only:
                    continue
                stand = Stand()
                view = SettingsView(look)
                presenter = SettingsPresenter(stand.uses(), SHIPPED, InlineTasks(), FakeClock(), view)
                view.bind(presenter)
                presenter.start(tab.key)
                view.resize(width, height)
                view.show()
                view.activateWindow()
                view.begin()
                for _ in range(4):
                    app.processEvents()
                view.grab().save(str(folder / f"{tab.key}-{name}-{width}-{scale:g}.png"))
                if name == "day" and scale == 1.0 and width == 1440:  # the whole page, as if there were no end of room
                    tall = view.sheet.grab()
                    tall.save(str(folder / f"{tab.key}-whole.png"))
                view.close()
                view.deleteLater()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, tuple(sys.argv[2:]))

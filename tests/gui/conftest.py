from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from kapjournal.gui.look import Look, apply_look, load_fonts


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[Look], None]]:
    """Dresses the application in a look, as the program does, and undresses it after the test."""
    before = (qapp.styleSheet(), qapp.palette(), qapp.font())
    load_fonts()
    yield lambda look: apply_look(qapp, look)
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])

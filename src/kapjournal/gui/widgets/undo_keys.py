"""The keys that take the last change of a screen back and make it again; a field that is written in has its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

UNDO, REDO = ("Ctrl+Z",), ("Ctrl+Shift+Z", "Ctrl+Y")


def undo_keys(screen: QWidget, undo: Callable[[], None], redo: Callable[[], None]) -> None:
    """Let them work anywhere on the screen."""
    for keys, does in ((UNDO, undo), (REDO, redo)):
        for key in keys:
            QShortcut(QKeySequence(key), screen, does)

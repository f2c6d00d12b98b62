"""The keys of the live view that work wherever the focus is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kapjournal.gui.live.doings import Doings

VEIL_KEYS = ("F12", "Ctrl+Shift+H")


def bind_keys(view: QWidget, on: Doings, own: Mapping[str, Callable[[], None]]) -> list[QShortcut]:
    """Bind what a person can do, and the view's own keys; returns those that a veil switches off."""
    doings: dict[str, Callable[[], None]] = {
        "Ctrl+J": on.change_kind,
        "Ctrl+M": on.mark,
        "Ctrl+Shift+M": on.mark,
        "Ctrl+Shift+T": on.first_dose_now,
        "Ctrl+Shift+L": on.land,
        "F8": on.toggle_card,
        "Ctrl+Shift+C": on.toggle_card,
        "F9": on.toggle_plan,
        "Ctrl+Shift+S": on.toggle_plan,
        "Ctrl+Shift+Down": lambda: on.dim(1),
        "Ctrl+Shift+Up": lambda: on.dim(-1),
    }
    for key in VEIL_KEYS:
        _bind(view, key, on.veil)
    return [_bind(view, key, do) for key, do in {**doings, **own}.items()]


def _bind(view: QWidget, key: str, do: Callable[[], None]) -> QShortcut:
    shortcut = QShortcut(QKeySequence(key), view)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(do)
    return shortcut

"""Going from pane to pane with F6: each remembers which of its fields had the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


class Panes:
    """The panes of a screen, in reading order; those that are hidden or hold nothing to focus are passed over."""

    def __init__(self, screen: QWidget, panes: Sequence[QWidget]) -> None:
        self._panes = tuple(panes)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self.step(by))

    def step(self, by: int) -> None:
        """To the next pane, or the one before."""
        there = [(pane, first) for pane in self._panes if (first := _first(pane)) is not None]
        if not there:
            return
        focused = QApplication.focusWidget()
        here = next((n for n, (pane, _) in enumerate(there) if focused is not None and pane.isAncestorOf(focused)), -1)
        at = (here + by) % len(there) if here >= 0 else 0
        there[at][1].setFocus(Qt.FocusReason.TabFocusReason)


def _first(pane: QWidget) -> QWidget | None:
    """What Tab would come to first inside."""
    if not pane.isVisible():
        return None
    inside = [w for w in pane.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    able = [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return min(
        able,
        key=lambda w: (w.mapTo(pane, w.rect().topLeft()).y() // 20, w.mapTo(pane, w.rect().topLeft()).x()),
        default=None,
    )

"""A cover that blanks everything under it at once, and on which something else can stand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look


class Veil(QWidget):
    """Covers its parent whole, in the colour of the window; swallows every click."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self.setAccessibleName("Covered")
        self._over = over
        over.installEventFilter(self)
        self.restyle(look)
        self.hide()

    def restyle(self, look: Look) -> None:
        """Take the colour of another look."""
        self._look = look
        self.update()

    def draw_over(self) -> None:
        """Cover now."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing but the colour of the window."""
        QPainter(self).fillRect(self.rect(), self._look.colour("window"))

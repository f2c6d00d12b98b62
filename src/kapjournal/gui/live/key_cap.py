"""A key as it looks on a keyboard, drawn beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look


def cap_width(look: Look, key: str) -> int:
    """How wide the cap of that key is; a letter stands in a square of 24 by 22."""
    return max(QFontMetrics(look.font("caption", weight=600)).horizontalAdvance(key) + look.px(14), look.px(24))


def cap_height(look: Look) -> int:
    """How tall every cap is."""
    return look.px(22)


def paint_cap(painter: QPainter, look: Look, rect: QRectF, key: str, *, role: str, line: str = "line-strong") -> None:
    """Draw the cap into `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour(line), 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
    painter.setPen(look.colour(role))
    painter.setFont(look.font("caption", weight=600))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), key)


class KeyCap(QWidget):
    """A cap as a widget; the words beside it carry the meaning, so a screen reader passes over it."""

    def __init__(self, look: Look, key: str, parent: QWidget | None = None, *, role: str = "text-quiet") -> None:
        super().__init__(parent)
        self._look, self._key, self._role = look, key, role
        self.setFixedSize(self.sizeHint())

    def show_key(self, key: str) -> None:
        """Stand for another key."""
        if key != self._key:
            self._key = key
            self.setFixedSize(self.sizeHint())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._look, self._key), cap_height(self._look))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        paint_cap(QPainter(self), self._look, QRectF(self.rect()), self._key, role=self._role)

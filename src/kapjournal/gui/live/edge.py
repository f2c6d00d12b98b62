"""A drawer: where it opens, and its outline, so that it is seen where it ends."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look


class Edge(QWidget):
    """Lies over an opened drawer and lets everything through but its own line."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line around."""
        painter = QPainter(self)
        painter.setPen(self._look.colour("line-strong"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class Side(Enum):
    """Where a drawer comes from."""

    LEFT = "left"
    RIGHT = "right"


def drawer_place(look: Look, width: int, strip: int, field_top: int, *, side: Side, wrapped: bool) -> QRect:
    """Over the stream, at its own side, and never over the capture field, whose top is at `field_top`.

    With large text the strip is tall (`wrapped`); a drawer at the right may lie over its second line, but never
    over a clock.
    """
    top = min(look.px(88) if wrapped else strip, strip)
    wide = min(look.px(285), width)
    high = max(field_top - look.px(8) - top, look.px(120))
    return QRect(0 if side is Side.LEFT else width - wide, top, wide, high)

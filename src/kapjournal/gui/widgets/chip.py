"""Pill chips: themes begin with #, parts with @; outlined ones say how a line was read, dashed ones what is awaited."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.look import Look


class ChipKind(StrEnum):
    """How a chip is drawn."""

    THEME = "theme"
    PART = "part"
    OUTLINED = "outlined"
    DASHED = "dashed"


class Chip(QWidget):
    """One pill. `role` colours the words of an outlined or dashed one."""

    def __init__(self, look: Look, text: str, kind: ChipKind, *, icon: str = "", role: str = "text") -> None:
        super().__init__()
        self.text = text
        self.kind = kind
        self.icon = icon
        self.role = role
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon and words need."""
        look = self._look
        words = QFontMetrics(look.font("small")).horizontalAdvance(self.text)
        return QSize(words + look.px(20) + (look.px(22) if self.icon else 0), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, its icon and its words."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._paint_pill(painter)
        x = look.px(10)
        if self.icon:
            side = look.px(14)
            painter.drawPixmap(QPointF(x, (self.height() - side) / 2), look.pixmap(self.icon, words, 14))
            x += look.px(20)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(words))
        metrics = painter.fontMetrics()
        painter.drawText(QPointF(x, (self.height() + metrics.ascent() - metrics.descent()) / 2), self.text)

    def _paint_pill(self, painter: QPainter) -> str:
        """Draw the ground and outline; returns the role of the words."""
        look = self._look
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.kind in (ChipKind.THEME, ChipKind.PART):
            painter.setPen(QPen(look.colour(f"{self.kind}-bg"), 1))
            painter.setBrush(look.colour(f"{self.kind}-bg"))
            words = f"{self.kind}-text"
        else:
            pen = QPen(look.colour("line-strong"), 1)
            if self.kind is ChipKind.DASHED:
                pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            words = self.role
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        return words

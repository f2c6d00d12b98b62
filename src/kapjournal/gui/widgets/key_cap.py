"""The picture of a key, with or without what it does beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.spacing import Row


class KeyCap(QWidget):
    """A key by its name: `Esc`, `Ctrl K`. Strong draws it in the accent colour (tap mode)."""

    def __init__(self, look: Look, key: str, *, strong: bool = False) -> None:
        super().__init__()
        self.key = key
        self.strong = strong
        self.setAccessibleName(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.setFont(look.font("caption", weight=600))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the name needs, at least square."""
        height = self._look.px(23)
        width = QFontMetrics(self._look.font("caption", weight=600)).horizontalAdvance(self.key)
        return QSize(max(height, width + self._look.px(14)), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline of the key and its name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent" if self.strong else "line-strong"), 1))
        painter.setBrush(self._look.colour("raised"))
        radius = self._look.px(5)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(self._look.font("caption", weight=600))
        painter.setPen(self._look.colour("accent" if self.strong else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.key)


class KeyHint(QWidget):
    """A key and what it does, such as `Esc` tap mode."""

    def __init__(self, look: Look, key: str, does: str) -> None:
        super().__init__()
        row = Row(look, self, spacing=8)
        row.addWidget(KeyCap(look, key))
        row.addWidget(Text(does, step="small", role="text-quiet"))
        self.setAccessibleName(f"{key}: {does}")

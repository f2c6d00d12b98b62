"""The rail of a frame: places one can go to, each an icon over a word; in little room, words alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.painted_button import EXPANDING, PaintedButton


class RailButton(PaintedButton):
    """A place in the rail: icon over word, on a quiet ground where it is the present one."""

    def __init__(self, look: Look, icon: str, word: str) -> None:
        super().__init__(look, word, word, across=EXPANDING)
        self._icon = icon
        self.compact = False

    def fold(self, *, compact: bool) -> None:
        """Words alone, or icons over words."""
        self.compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word needs."""
        look = self._look
        words = QFontMetrics(look.font("caption", weight=600)).horizontalAdvance(self.text())
        return QSize(words + look.px(12), look.px(34 if self.compact else 60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and word."""
        look, present = self._look, bool(self.property("present"))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if present or self.underMouse():
            painter.setPen(QPen(look.colour("accent"), 1) if present and not look.filled else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent-quiet"))
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(area, look.px(8), look.px(8))
        role = "accent" if present else "text-quiet"
        painter.setFont(look.font("caption", weight=600 if present else None))
        painter.setPen(look.colour(role))
        middle = Qt.AlignmentFlag.AlignHCenter
        if self.compact:
            painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignVCenter, self.text())
            return
        side = look.px(20)
        painter.drawPixmap(QPointF((self.width() - side) / 2, look.px(9)), look.pixmap(self._icon, role, 20))
        below = QRect(0, look.px(33), self.width(), look.line("caption") + look.px(2))
        painter.drawText(below, middle | Qt.AlignmentFlag.AlignTop, self.text())


class TabButton(PaintedButton):
    """A tab of the top bar: a word, with a line under the present one."""

    def __init__(self, look: Look, word: str, key: str) -> None:
        super().__init__(look, word, f"{word}, {key}", down=EXPANDING)

    def sizeHint(self) -> QSize:
        """As wide as its word needs."""
        look = self._look
        words = QFontMetrics(look.font("body", weight=600)).horizontalAdvance(self.text())
        return QSize(words + look.px(28), look.line("body") + look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word and the line under it."""
        look, present = self._look, bool(self.property("present"))
        painter = QPainter(self)
        painter.setFont(look.font("body", weight=600 if present else 400))
        painter.setPen(look.colour("text" if present or self.underMouse() else "text-quiet"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if present:
            height = look.px(3)
            painter.fillRect(QRect(0, self.height() - height, self.width(), height), look.colour("accent"))


class FindButton(PaintedButton):
    """Opens the list that finds everything; carries its key."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Find or do", "Find or do anything, Ctrl K")

    def _widths(self) -> tuple[int, int]:
        look = self._look
        words = QFontMetrics(look.font("small")).horizontalAdvance(self.text())
        return words, QFontMetrics(look.font("caption", weight=600)).horizontalAdvance("Ctrl K") + look.px(12)

    def sizeHint(self) -> QSize:
        """Room for the glass, the words and the key."""
        return QSize(sum(self._widths()) + self._look.px(66), self._look.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the glass, the words and the key cap."""
        look = self._look
        words, cap = self._widths()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("line-strong"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(area, look.px(8), look.px(8))
        side = look.px(16)
        painter.drawPixmap(QPointF(look.px(12), (self.height() - side) / 2), look.pixmap("search", "text-quiet", 16))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        left = look.px(38)
        painter.drawText(QRect(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        height = look.px(23)
        key = QRectF(self.width() - cap - look.px(10), (self.height() - height) / 2, cap, height)
        painter.setPen(QPen(look.colour("line-strong"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(key, look.px(5), look.px(5))
        painter.setPen(look.colour("text-quiet"))
        painter.setFont(look.font("caption", weight=600))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, "Ctrl K")

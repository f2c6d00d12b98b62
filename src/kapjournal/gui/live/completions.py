"""What a # or @ being typed may become: a list above the field that never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kapjournal.gui.live.key_cap import cap_height, cap_width, paint_cap
from kapjournal.gui.live.state import Completion
from kapjournal.gui.look import Look


class Completions(QWidget):
    """Painted lines; the chosen one says Tab, and a line can be clicked."""

    def __init__(self, look: Look, picked: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._picked = look, picked
        self._items: tuple[Completion, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_completions(self, items: tuple[Completion, ...], chosen: int) -> None:
        """Show these, or nothing."""
        if (items, chosen) == (self._items, self._chosen):
            return
        self._items, self._chosen = items, chosen
        if items:
            now = items[min(chosen, len(items) - 1)]
            self.setAccessibleName(f"{len(items)} completions, Tab takes {now.label} {now.note}".strip())
        self.setVisible(bool(items))
        self.update()

    def _row(self) -> int:
        return self._look.px(32)

    def sizeHint(self) -> QSize:
        look = self._look
        body = QFontMetricsF(look.font("body"))
        widest = max((body.horizontalAdvance(i.label + "    " + i.note) for i in self._items), default=0.0)
        width = int(widest) + 2 * look.px(12) + cap_width(look, "Tab") + look.px(24)
        return QSize(max(width, look.px(260)), len(self._items) * self._row() + 2 * look.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, then one line each."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line-strong"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(8), look.px(8))
        for number, item in enumerate(self._items):
            rect = QRectF(look.px(4), look.px(4) + number * self._row(), self.width() - 2 * look.px(4), self._row())
            self._paint_item(painter, item, rect, chosen=number == self._chosen)

    def _paint_item(self, painter: QPainter, item: Completion, rect: QRectF, *, chosen: bool) -> None:
        look = self._look
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(rect, look.px(4), look.px(4))
            width, height = cap_width(look, "Tab"), cap_height(look)
            cap = QRectF(rect.right() - look.px(8) - width, rect.center().y() - height / 2, width, height)
            paint_cap(painter, look, cap, "Tab", role="accent")
        font = look.font("body", weight=600 if chosen else 400)
        metrics = QFontMetricsF(font)
        left = rect.left() + look.px(10)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(look.colour("part-text" if item.text.startswith("@") else "theme-text"))
        painter.drawText(QPointF(left, baseline), item.label)
        left += metrics.horizontalAdvance(item.label) + look.px(12)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QPointF(left, baseline), item.note)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line that was clicked."""
        number = (event.position().toPoint().y() - self._look.px(4)) // self._row()
        if 0 <= number < len(self._items):
            self._picked(number - self._chosen)

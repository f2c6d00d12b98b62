"""What a word being typed may become: a list near the caret that never takes the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look


class Offer(NamedTuple):
    """One line: what it is called, a quiet word after it, and the colour role."""

    name: str
    note: str
    role: str


class Suggestions(QWidget):
    """Painted lines; the chosen one says Tab, and a line can be clicked."""

    def __init__(self, look: Look, picked: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._picked = look, picked
        self.offers: tuple[Offer, ...] = ()
        self.chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, offers: Sequence[Offer], below: QPoint) -> None:
        """Offer these with the corner at `below`, moved so that all of it can be seen; nothing hides the list."""
        self.offers, self.chosen = tuple(offers), 0
        self.setVisible(bool(offers))
        parent = self.parentWidget()
        if offers and parent is not None:
            self.resize(self.sizeHint())
            x = max(min(below.x(), parent.width() - self.width()), 0)
            y = max(min(below.y(), parent.height() - self.height()), 0)
            self.move(x, y)
            self.raise_()
            self._say()
        self.update()

    def step(self, by: int) -> None:
        """Choose the next or the one before."""
        if self.offers:
            self.chosen = (self.chosen + by) % len(self.offers)
            self._say()
            self.update()

    def _say(self) -> None:
        now = self.offers[self.chosen]
        self.setAccessibleName(f"{len(self.offers)} suggestions, Tab takes {now.name} {now.note}".strip())

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = look
        self.update()

    def _row(self) -> int:
        return self._look.px(32)

    def sizeHint(self) -> QSize:
        """As wide as the longest line."""
        look = self._look
        strong = QFontMetricsF(look.font("body", weight=600))
        widest = max((strong.horizontalAdvance(f"{o.name}    {o.note}   Tab") for o in self.offers), default=0.0)
        return QSize(int(widest) + look.px(48), len(self.offers) * self._row() + look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panel, then one line each."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line-strong"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(8), look.px(8))
        for number, offer in enumerate(self.offers):
            area = QRectF(look.px(4), look.px(4) + number * self._row(), self.width() - look.px(8), self._row())
            self._paint_offer(painter, offer, area, chosen=number == self.chosen)

    def _paint_offer(self, painter: QPainter, offer: Offer, area: QRectF, *, chosen: bool) -> None:
        look = self._look
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area, look.px(4), look.px(4))
        font = look.font("body", weight=600 if chosen else 400)
        metrics = QFontMetricsF(font)
        baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(look.colour(offer.role))
        painter.drawText(QPointF(area.left() + look.px(10), baseline), offer.name)
        left = area.left() + look.px(22) + metrics.horizontalAdvance(offer.name)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QPointF(left, baseline), offer.note)
        if chosen:
            end = area.adjusted(0, 0, -look.px(10), 0)
            painter.drawText(end, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "Tab")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line that was clicked."""
        number = (event.position().toPoint().y() - self._look.px(4)) // self._row()
        if 0 <= number < len(self.offers):
            self._picked(number)

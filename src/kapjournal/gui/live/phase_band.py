"""The expected phases after each dose: outlined stretches of time with words, and a line that marks now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.live.state import Band, BandSpan
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.over_time import paint_span, span_words


class PhaseBand(QWidget):
    """Bands on one scale of minutes since the first dose, one below the other."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._bands: tuple[Band, ...] = ()
        self._caption = ""
        self._now: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bands(self, bands: tuple[Band, ...], caption: str, now: float | None) -> None:
        """Show these bands and where now lies on them."""
        self._bands, self._caption, self._now = bands, caption, now
        self.setVisible(bool(bands))
        self.setAccessibleName(_spoken(bands, caption))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(look.px(470), look.px(12) + len(self._bands) * look.px(23) + look.px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(360), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bands, caption and the line of now."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("caption"))
        left = self._label_width()
        top = look.px(10)
        for band in self._bands:
            self._paint_band(painter, band, left, top)
            top += look.px(23)
        painter.setPen(look.colour("text-quiet"))
        caption = QRectF(look.px(3), top, self.width(), look.px(24))
        painter.drawText(caption, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._caption)
        self._paint_now(painter, left, top)

    def _label_width(self) -> float:
        metrics = QFontMetricsF(self._look.font("caption"))
        return max((metrics.horizontalAdvance(b.label) for b in self._bands), default=0.0) + self._look.px(16)

    def _x(self, minute: float, left: float) -> float:
        ends = [span.end for band in self._bands for span in band.spans]
        starts = [span.start for band in self._bands for span in band.spans]
        first, last = min([0.0, *starts]), max([1.0, *ends])
        return left + (minute - first) / (last - first) * (self.width() - left - 1)

    def _paint_band(self, painter: QPainter, band: Band, left: float, top: float) -> None:
        look = self._look
        label = QRectF(0, top, left - look.px(16), look.px(20))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), band.label)
        for span in band.spans:
            self._paint_span(painter, span, left, top)

    def _paint_span(self, painter: QPainter, span: BandSpan, left: float, top: float) -> None:
        look = self._look
        from_x, to_x = self._x(span.start, left), self._x(span.end, left)
        rect = QRectF(from_x + 0.5, top + 0.5, max(to_x - from_x - 1.5, 1), look.px(20) - 1)
        paint_span(painter, look, rect, span.strong)
        words = span_words(painter, look, rect, span.label)
        if words is not None and not self._crossed(words.left(), words.right(), left):
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), span.label)

    def _crossed(self, start: float, end: float, left: float) -> bool:
        return self._now is not None and start - 2 < self._x(self._now, left) < end + 2

    def _paint_now(self, painter: QPainter, left: float, bottom: float) -> None:
        if self._now is None or not self._bands:
            return
        look = self._look
        x = round(self._x(self._now, left))
        if not left - 1 <= x <= self.width():
            return
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, look.px(2)), QPointF(x, bottom - look.px(1)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        half = look.px(5)
        painter.drawPolygon(QPolygonF([QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, look.px(6))]))


def _spoken(bands: tuple[Band, ...], caption: str) -> str:
    """The same in words, phase by phase."""
    lines = [
        f"{band.label}: " + ", ".join(f"{s.label} {s.start:g} to {s.end:g} minutes" for s in band.spans if s.label)
        for band in bands
    ]
    return ". ".join([*lines, caption]) if lines else "No dose yet"

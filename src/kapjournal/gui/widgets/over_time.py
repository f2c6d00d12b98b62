"""What is painted along time in more than one place: expected phases, blood pressure, pulse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from kapjournal.gui.look import Look

_FLAT = Qt.PenCapStyle.FlatCap


def paint_span(painter: QPainter, look: Look, rect: QRectF, strong: bool) -> None:
    """One expected phase: an outline, filled where it is a strong one."""
    painter.setPen(QPen(look.colour("line-strong"), 1))
    painter.setBrush(look.colour("accent-quiet") if strong else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, look.px(4), look.px(4))


def span_words(painter: QPainter, look: Look, rect: QRectF, label: str) -> QRectF | None:
    """Where the name of a phase goes, with its pen; None where it does not fit, for its neighbours tell the order."""
    room = rect.adjusted(look.px(7), 0, 0, 0)
    width = QFontMetricsF(painter.font()).horizontalAdvance(label)
    if width + look.px(4) > room.width():
        return None
    painter.setPen(look.colour("text-quiet"))
    room.setWidth(width + 1)
    return room


def paint_pressure(painter: QPainter, look: Look, x: float, top: float, bottom: float) -> None:
    """A bar from upper to lower blood pressure."""
    painter.setPen(QPen(look.colour("vitals"), look.px(3), Qt.PenStyle.SolidLine, _FLAT))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(look.colour("vitals"), look.px(2), Qt.PenStyle.SolidLine, _FLAT))
    half = look.px(6)
    for y in (top, bottom):
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))


def paint_pulse(painter: QPainter, look: Look, at: QPointF, ground: str) -> None:
    """A ring for the pulse."""
    painter.setPen(QPen(look.colour("text"), look.px(1.75)))
    painter.setBrush(look.colour(ground))
    painter.drawEllipse(at, look.px(4), look.px(4))

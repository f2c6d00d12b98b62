"""Beads on a line: filled ones are behind, the ringed one is now, outlined ones are ahead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from kapjournal.gui.look import Look

HELD, RUNNING, PLANNED, OPEN = "held", "running", "planned", "open"
_STEP, _SMALL, _LARGE = 20, 4.0, 5.5


def beads_width(look: Look, number: int) -> int:
    """The room that so many beads take."""
    return look.px(_STEP) * max(number - 1, 0) + look.px(2 * _LARGE) + 2


def paint_beads(painter: QPainter, look: Look, left: float, middle: float, line: Sequence[tuple[str, bool]]) -> None:
    """Draw beads, each a stage and whether it is a large one, along a line."""
    step, first = look.px(_STEP), left + look.px(_LARGE) + 1
    for number in range(1, len(line)):
        x = first + number * step
        painter.setPen(QPen(look.colour("line-strong"), 1))
        painter.drawLine(QPointF(x - step, middle), QPointF(x, middle))
    for number, (stage, large) in enumerate(line):
        radius = (_LARGE if large else _SMALL) * look.scale
        paint_bead(painter, look, QPointF(first + number * step, middle), radius, stage)


def paint_bead(painter: QPainter, look: Look, at: QPointF, radius: float, stage: str, ground: str = "surface") -> None:
    """Draw one bead."""
    filled = stage == HELD
    pen = QPen(look.colour("accent" if stage in (HELD, RUNNING) else "line-strong"), 2 if stage == RUNNING else 1.3)
    if stage == OPEN:
        pen.setDashPattern([2, 1.6])
    painter.setPen(pen)
    painter.setBrush(look.colour("accent" if filled else ground))
    painter.drawEllipse(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))
    if stage == RUNNING and radius < 10:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QRectF(at.x() - radius * 0.4, at.y() - radius * 0.4, radius * 0.8, radius * 0.8))

"""The slow waves at the foot of the unlock screen; still, like everything else."""

from __future__ import annotations

from math import pi, sin

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look

# Start of each line as a part of the height, how far it swings, and where in its swing it begins.
_WAVES = (
    (0.09, 0.075, 0.62),
    (0.22, 0.07, 0.66),
    (0.32, 0.055, 0.78),
    (0.43, 0.05, 0.86),
    (0.53, 0.045, 0.94),
    (0.62, 0.04, 1.04),
    (0.71, 0.035, 1.12),
    (0.82, 0.03, 1.22),
    (0.93, 0.025, 1.32),
)
_ACCENTED = 2


class Waves(QWidget):
    """Nine lines across the width; one of them in the accent colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        faint = _between(self._look.colour("sunken"), self._look.colour("line-strong"), 0.45)
        for number, wave in enumerate(_WAVES):
            accented = number == _ACCENTED
            painter.setPen(QPen(self._look.colour("accent") if accented else faint, 1.7 if accented else 1))
            painter.drawPath(self._line(*wave))

    def _line(self, start: float, swing: float, begins: float) -> QPainterPath:
        path = QPainterPath()
        width, height = max(self.width(), 1), self.height()
        for x in range(0, width + 8, 8):
            y = height * (start - swing * sin(2 * pi * (begins + 0.72 * x / width)))
            if x == 0:
                path.moveTo(QPointF(x, y))
            else:
                path.lineTo(QPointF(x, y))
        return path


def _between(ground: QColor, colour: QColor, part: float) -> QColor:
    """A colour `part` of the way from the ground; the design has no transparency."""
    low = (ground.redF(), ground.greenF(), ground.blueF())
    high = (colour.redF(), colour.greenF(), colour.blueF())
    return QColor.fromRgbF(*(a + (b - a) * part for a, b in zip(low, high, strict=True)))

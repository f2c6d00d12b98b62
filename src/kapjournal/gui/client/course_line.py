"""The sessions of a course on a line: small beads for preparation and integration, large ones for dosing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.client.state import BeadTold
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.beads import paint_bead

_LARGE, _SMALL = 13, 8  # radius in px at 100 %


class _Cell(NamedTuple):
    """A bead with its words, in its place."""

    area: QRect
    bead: BeadTold
    joined: bool  # a line goes on to the next one


class CourseLine(QWidget):
    """Beads to choose from with the arrow keys: `chosen` as one moves, `taken` on Enter or a double click."""

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._beads: tuple[BeadTold, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_line(self, beads: Sequence[BeadTold], chosen: str) -> None:
        """Show these sessions, with one of them chosen."""
        self._beads = tuple(beads)
        self._at = next((n for n, bead in enumerate(self._beads) if chosen and bead.session == chosen), -1)
        self._name()
        self._fit()
        self.update()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as its lines."""
        return QSize(self._look.px(300), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter takes."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999}
        real = [n for n, bead in enumerate(self._beads) if bead.session]
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if real and event.key() in steps and plain:
            here = real.index(self._at) if self._at in real else -1
            step = steps[Qt.Key(event.key())]
            self._choose(real[min(max(here + step, 0), len(real) - 1)])
        elif self._at >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self._beads[self._at].session)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the session under the pointer."""
        for number, cell in enumerate(self._cells()):
            if cell.area.contains(event.position().toPoint()) and cell.bead.session:
                self._choose(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        if self._at >= 0:
            self.taken.emit(self._beads[self._at].session)

    def _choose(self, number: int) -> None:
        self._at = number
        self._name()
        self.update()
        self.chosen.emit(self._beads[number].session)

    def _name(self) -> None:
        spoken = self._beads[self._at].spoken if 0 <= self._at < len(self._beads) else "arrow keys choose a session"
        self.setAccessibleName(f"Course, {len(self._beads)} sessions: {spoken}")

    def _fonts(self) -> tuple[QFont, QFont]:
        return self._look.font("small", weight=600), self._look.font("caption")

    def _cells(self) -> list[_Cell]:
        look, cells = self._look, list[_Cell]()
        strong, quiet = self._fonts()
        height = 2 * look.px(_LARGE) + look.px(28) + look.line("small") + look.line("caption")
        x = y = 0
        for number, bead in enumerate(self._beads):
            before = self._beads[number - 1] if number else None
            new_round = before is not None and (before.round_ != bead.round_ or before.stage != bead.stage == "open")
            words = QFontMetrics(strong).horizontalAdvance(bead.day), QFontMetrics(quiet).horizontalAdvance(bead.below)
            width = max(*words, look.px(46 if bead.session else 12)) + look.px(16)
            x += look.px(14) if new_round else 0
            if x and x + width > max(self.width(), width):
                x, y, new_round = 0, y + height + look.px(8), True
            if new_round and cells:
                cells[-1] = cells[-1]._replace(joined=False)
            cells.append(_Cell(QRect(x, y, width, height), bead, number < len(self._beads) - 1))
            x += width
        return cells

    def _fit(self) -> None:
        cells = self._cells()
        self.setFixedHeight(cells[-1].area.bottom() + 2 if cells else self._look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grounds, lines, beads and words."""
        look, cells = self._look, self._cells()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grounds(painter, cells)
        for number, cell in enumerate(cells):
            middle = self._middle(cell)
            if cell.joined and number + 1 < len(cells):
                painter.setPen(QPen(look.colour("accent" if cell.bead.stage == "held" else "line-strong"), 1.2))
                painter.drawLine(middle, self._middle(cells[number + 1]))
        for number, cell in enumerate(cells):
            self._paint_cell(painter, cell, chosen=number == self._at)

    def _paint_grounds(self, painter: QPainter, cells: Sequence[_Cell]) -> None:
        look = self._look
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent-quiet"))
        present = [cell.area for cell in cells if cell.bead.present]
        for top in sorted({area.top() for area in present}):
            line = [area for area in present if area.top() == top]
            whole = QRectF(line[0].united(line[-1]))
            painter.drawRoundedRect(whole, look.px(8), look.px(8))

    def _middle(self, cell: _Cell) -> QPointF:
        return QPointF(cell.area.center().x() + 0.5, cell.area.top() + self._look.px(_LARGE + 8))

    def _paint_cell(self, painter: QPainter, cell: _Cell, *, chosen: bool) -> None:
        look, bead, middle = self._look, cell.bead, self._middle(cell)
        strong, quiet = self._fonts()
        ground = "accent-quiet" if bead.present else "surface"
        paint_bead(painter, look, middle, look.px(_LARGE if bead.large else _SMALL), bead.stage, ground)
        if bead.large and bead.number:
            painter.setFont(strong)
            painter.setPen(look.colour("on-accent" if bead.stage == "held" else "text"))
            side = look.px(_LARGE)
            area = QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, bead.number)
        if chosen:
            painter.setPen(QPen(look.colour("accent"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell.area).adjusted(1, 1, -1, -1), look.px(8), look.px(8))
        top = cell.area.top() + look.px(2 * _LARGE + 16)
        across = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        day = QRect(cell.area.left(), top, cell.area.width(), look.line("small"))
        painter.setFont(strong if bead.large else look.font("small"))
        painter.setPen(look.colour("text" if bead.large else "text-quiet"))
        painter.drawText(day, across, bead.day)
        painter.setFont(quiet)
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(day.translated(0, day.height()), across, bead.below)

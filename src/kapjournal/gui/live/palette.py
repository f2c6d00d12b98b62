"""The palette: every one-key note with its letter; the legend of tap mode, and a target for mouse and finger."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.key_cap import KeyCap, cap_height, cap_width, paint_cap
from kapjournal.gui.live.passage import colour, words
from kapjournal.gui.live.state import Code
from kapjournal.gui.live.type_sizes import LABEL, sized
from kapjournal.gui.look import Look

COLUMNS = 2


class Cell(QAbstractButton):
    """One key and its word; the whole cell is the target."""

    def __init__(self, look: Look, code: Code, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self.code, self._height = look, code, height
        self._tapping = False
        self.setAccessibleName(f"{code.label}, key {code.key}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tapping(self, tapping: bool) -> None:
        """Quiet, or accent while letters log."""
        if tapping != self._tapping:
            self._tapping = tapping
            self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        label = QFontMetricsF(sized(look, LABEL)).horizontalAdvance(self.code.label)
        return QSize(int(label) + 1 + cap_width(look, self.code.key) + self._gap(), self._height)

    def _gap(self) -> int:
        return self._look.px(8 if self._height > self._look.px(38) else 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cap and word; pressed, the word is bold for as long as it is pressed."""
        look, painter = self._look, QPainter(self)
        role = "accent" if self._tapping or self.isDown() else "text-quiet"
        width, height = cap_width(look, self.code.key), cap_height(look)
        cap = QRectF(0, (self.height() - height) / 2, width, height)
        paint_cap(painter, look, cap, self.code.key, role=role)
        font = sized(look, LABEL, 600 if self.isDown() else 400)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour("text" if self._tapping else "text-quiet"))
        baseline = self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(width + self._gap(), baseline), self.code.label)


class Palette(QWidget):
    """Seen and heard, then events. One stop of Tab; arrows walk inside, Enter and Space log."""

    def __init__(self, look: Look, on: Doings, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._on = look, on
        self._shown: tuple[tuple[Code, ...], bool] | None = None
        self._tapping = False
        self.cells: list[Cell] = []
        self.setAccessibleName("One-key notes")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.area)

    def show_codes(self, codes: tuple[Code, ...], *, tapping: bool, compact: bool) -> None:
        """Show these keys; made anew only when they were edited."""
        if (codes, compact) != self._shown:
            self._shown = (codes, compact)
            self.area.setWidget(self._contents(codes, compact=compact))
            self._tapping = not tapping
            self.area.setVisible(bool(codes))  # a closed session takes no taps
        if tapping != self._tapping:
            self._tapping = tapping
            self._show_mode(tapping)

    def _show_mode(self, tapping: bool) -> None:
        self._cap.setVisible(not tapping)
        self._mode.setText("tap mode on" if tapping else "tap mode")
        self._mode.setFont(self._look.font("small", weight=600 if tapping else 400))
        colour(self._mode, self._look, "accent" if tapping else "text-quiet")
        for cell in self.cells:
            cell.show_tapping(tapping)

    def _contents(self, codes: tuple[Code, ...], *, compact: bool) -> QWidget:
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        left, right = (18, 16) if compact else (20, 15)
        column.setContentsMargins(look.px(left), look.px(13 if compact else 14), look.px(right), 0)
        column.setSpacing(0)
        column.addLayout(self._heading(body))
        self.cells = []
        height = look.px(38 if compact else 44)
        column.addSpacing(look.px(4 if compact else 6))
        column.addLayout(self._grid([code for code in codes if not code.event], height, body))
        events = [code for code in codes if code.event]
        if events:
            column.addSpacing(look.px(8 if compact else 16))
            column.addWidget(words(look, "Events", "small", "text-quiet", weight=600))
            column.addSpacing(look.px(6))
            column.addLayout(self._grid(events, height, body))
        column.addStretch()
        self._stop_at(0)
        return body

    def _heading(self, body: QWidget) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.px(6))
        line.addStrut(look.px(22))  # the cap goes in tap mode, and nothing may move by that
        line.addWidget(words(look, "Seen and heard", "small", "text-quiet", weight=600), 1)
        self._cap = KeyCap(look, "Esc", body)
        self._mode = words(look, "tap mode", "small", "text-quiet")
        line.addWidget(self._cap)
        line.addWidget(self._mode)
        line.addSpacing(look.px(5))
        return line

    def _grid(self, codes: list[Code], height: int, body: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setHorizontalSpacing(self._look.px(4))
        for number, code in enumerate(codes):
            cell = Cell(self._look, code, height, body)
            cell.clicked.connect(lambda _=False, key=code.key: self._on.tap(key, False))
            cell.installEventFilter(self)
            grid.addWidget(cell, number // COLUMNS, number % COLUMNS)
            self.cells.append(cell)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _stop_at(self, number: int) -> None:
        """Only one cell is a stop of Tab, so that Tab passes the palette in one step."""
        for place, cell in enumerate(self.cells):
            cell.setFocusPolicy(Qt.FocusPolicy.TabFocus if place == number else Qt.FocusPolicy.NoFocus)

    def take_focus(self) -> None:
        """Focus on the cell that was walked to last."""
        stops = [cell for cell in self.cells if cell.focusPolicy() == Qt.FocusPolicy.TabFocus]
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Arrow keys walk from cell to cell."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and watched in self.cells:
            number = self.cells.index(watched)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
                self.cells[number].click()
                return True
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._walk(number + step)
                return True
        return False

    def _walk(self, number: int) -> None:
        if 0 <= number < len(self.cells):
            self._stop_at(number)
            self.cells[number].setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.cells[number])

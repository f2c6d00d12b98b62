"""The vitals as a small picture and as a table with the same numbers."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kapjournal.gui.live.passage import words
from kapjournal.gui.live.state import Chart, Reading
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.over_time import paint_pressure, paint_pulse

GRID_MMHG = 40
RING_AFTER_MIN = 5  # rings stand beside the bars, so that neither hides the other


class Plot(QWidget):
    """Bars from lower to upper blood pressure, rings for the pulse, the prescriber's limit as a dashed line."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._chart = Chart()
        self.compact = False

    def show_chart(self, chart: Chart) -> None:
        """Show these readings."""
        self._chart = chart
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(170))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lines first, then what was measured."""
        look, painter = self._look, QPainter(self)
        painter.setFont(look.font("caption"))
        above, below = (24, 35) if self.compact else (32, 40)
        left, height = look.px(34), self.height() - look.px(above) - look.px(below)
        area = QRectF(left, look.px(above), self.width() - left, height)
        self._paint_scale(painter, area)
        self._paint_times(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pulse_line(painter, area)
        for reading in self._chart.readings:
            self._paint_reading(painter, reading, area)

    # Scales

    def _bounds(self) -> tuple[int, int]:
        """Lowest and highest pressure or pulse shown: 60 to the limit, unless a reading lies beyond."""
        values = [v for r in self._chart.readings for v in (r.systolic, r.diastolic, r.heart_rate) if v is not None]
        low = min([60, *((v // 10) * 10 for v in values)])
        high = max([140, self._chart.limit or 0, *values])
        return low, high

    def _span(self) -> tuple[float, float]:
        """First and last minute shown; at least from ten before the first dose to a little over an hour."""
        minutes = [r.minute for r in self._chart.readings]
        return min([-10.0, *(m - 3 for m in minutes)]), max([67.0, *(m + 12 for m in minutes)])

    def _y(self, value: float, area: QRectF) -> float:
        low, high = self._bounds()
        return area.bottom() - (value - low) / (high - low) * area.height()

    def _x(self, minute: float, area: QRectF) -> float:
        first, last = self._span()
        return area.left() + (minute - first) / (last - first) * area.width()

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        look, chart = self._look, self._chart
        low, high = self._bounds()
        for value in range(60 - 40 * ((60 - low) // 40), high + 1, GRID_MMHG):
            self._paint_grid_line(painter, value, area)
        if chart.limit is not None:
            y = round(self._y(chart.limit, area))
            pen = QPen(look.colour("text-quiet"), 1)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            label = QRectF(0, y - look.px(18), area.right(), look.px(18))
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), chart.limit_text)

    def _paint_grid_line(self, painter: QPainter, value: int, area: QRectF) -> None:
        look = self._look
        y = round(self._y(value, area))
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), look.colour("line"))
        painter.setPen(look.colour("text-quiet"))
        label = QRectF(0, y - look.px(10), area.left() - look.px(7), look.px(20))
        painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value))

    def _paint_times(self, painter: QPainter, area: QRectF) -> None:
        look = self._look
        first, last = self._span()
        step = next((s for s in (30, 60, 120, 240) if (last - first) / s <= 4), 480)
        metrics = QFontMetricsF(painter.font())
        painter.setPen(look.colour("text-quiet"))
        for minute in range(0, int(last) + 1, step):
            text = f"{minute // 60}:{minute % 60:02d}"
            width = metrics.horizontalAdvance(text)
            x = min(self._x(minute, area) - width / 2, self.width() - width)
            painter.drawText(QPointF(x, area.bottom() + look.px(26 if self.compact else 31)), text)

    # Readings

    def _paint_reading(self, painter: QPainter, reading: Reading, area: QRectF) -> None:
        look = self._look
        x = round(self._x(reading.minute, area))
        if reading.systolic is not None and reading.diastolic is not None:
            top, bottom = round(self._y(reading.systolic, area)), round(self._y(reading.diastolic, area))
            paint_pressure(painter, look, x, top, bottom)
        if reading.heart_rate is not None:
            paint_pulse(painter, look, self._ring(reading, area), "window")

    def _ring(self, reading: Reading, area: QRectF) -> QPointF:
        return QPointF(self._x(reading.minute + RING_AFTER_MIN, area), self._y(reading.heart_rate or 0, area))

    def _paint_pulse_line(self, painter: QPainter, area: QRectF) -> None:
        rings = [self._ring(r, area) for r in self._chart.readings if r.heart_rate is not None]
        pen = QPen(self._look.colour("text-quiet"), 1.25)
        pen.setDashPattern([2, 3])
        painter.setPen(pen)
        for one, two in pairwise(rings):
            painter.drawLine(one, two)


class Vitals(QWidget):
    """Latest reading, picture, legend; Alt+Enter or the menu key turns the picture into the table and back."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._chart: Chart | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ownFocus", True)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        heading = QHBoxLayout()
        heading.addWidget(words(look, "Vitals", "small", "text-quiet", weight=600))
        self._latest = words(look, "", "small", "text")
        heading.addWidget(self._latest, 1, Qt.AlignmentFlag.AlignRight)
        self._column.addLayout(heading)
        self._stack = QStackedLayout()
        self.plot = Plot(look, self)
        self.table = self._make_table()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.table)
        self._column.addLayout(self._stack, 1)
        self._legend = words(look, "bars: blood pressure   rings: pulse", "caption", "text-quiet", wrap=True)
        self._column.addWidget(self._legend)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Less air in a small window."""
        look = self._look
        side = look.px(20)
        self._column.setContentsMargins(side, look.px(13), side - look.px(1), look.px(15))
        self.plot.compact = compact

    def set_folded(self, folded: bool) -> None:
        """Only the latest reading, in one line."""
        self.plot.setVisible(not folded and not self.table.isVisible())
        self._legend.setVisible(not folded)

    def _make_table(self) -> QTableWidget:
        look = self._look
        table = QTableWidget(0, 4, self)
        table.setHorizontalHeaderLabels(["Time", "Pressure", "Pulse", "SpO₂"])
        table.setAccessibleName("Vitals as a table")
        table.setFont(look.font("small"))
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.px(24))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        quiet, ink = look.colour("text-quiet").name(), look.colour("text").name()
        table.setStyleSheet(
            f"QTableWidget {{ background: transparent; border: none; color: {ink}; }}"
            f"QHeaderView, QHeaderView::section {{ background: transparent; border: none; color: {quiet};"
            f" font-size: {look.px(13)}px; }}"
        )
        return table

    def show_chart(self, chart: Chart) -> None:
        """Show these readings, as a picture and in words."""
        if chart == self._chart:
            return
        self._chart = chart
        self._latest.setText(chart.latest)
        self.plot.show_chart(chart)
        self.setAccessibleName(f"Vitals, latest {chart.latest or 'none yet'}")
        self.setAccessibleDescription(". ".join(_spoken(r) for r in chart.readings) + " Alt Enter shows a table.")
        self._fill_table(chart.readings)

    def _fill_table(self, readings: tuple[Reading, ...]) -> None:
        self.table.setRowCount(len(readings))
        for row, reading in enumerate(readings):
            for column, text in enumerate(_cells(reading)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, column, item)
        self.table.scrollToBottom()

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._stack.currentWidget() is self.table

    def turn(self) -> None:
        """Picture to table and back."""
        self._stack.setCurrentWidget(self.plot if self.as_table else self.table)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Enter turns; arrows scroll the table."""
        bar = self.table.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.turn()
            case Qt.Key.Key_Up if self.as_table:
                bar.setValue(bar.value() - bar.singleStep())
            case Qt.Key.Key_Down if self.as_table:
                bar.setValue(bar.value() + bar.singleStep())
            case _:
                event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key is the other way to the table."""
        self.turn()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline above, and the focus inside, since the edge of the window leaves no room outside."""
        painter, look = QPainter(self), self._look
        painter.fillRect(QRectF(look.px(20), 0, self.width() - look.px(39), 1), look.colour("line"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), look.px(8), look.px(8))


def _cells(reading: Reading) -> tuple[str, str, str, str]:
    pressure = f"{reading.systolic or '–'}/{reading.diastolic or '–'}"
    has_pressure = reading.systolic is not None or reading.diastolic is not None
    return (
        _since(reading.minute),
        pressure if has_pressure else "–",
        str(reading.heart_rate or "–"),
        f"{reading.spo2} %" if reading.spo2 is not None else "–",
    )


def _since(minute: float) -> str:
    whole = abs(round(minute))
    return f"{'-' if minute <= -0.5 else ''}{whole // 60}:{whole % 60:02d}"


def _spoken(reading: Reading) -> str:
    time, pressure, pulse, spo2 = _cells(reading)
    return f"{time}: blood pressure {pressure}, pulse {pulse}, oxygen {spo2}"

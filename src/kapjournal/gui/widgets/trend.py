"""Scores over time, painted: a row an instrument over one time axis, and the same as a table (Alt+Enter)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.domain.trend import Dosing, Series, day_text, days, table
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.numbers_table import NumbersTable, turns

_NARROW = 300  # px at 100 %; below it the names stand above the lines
_PLOT, _ROW, _NAME_LINE, _AXIS, _MARKS, _SIDE = 52, 74, 24, 26, 22, 8


class _Row(NamedTuple):
    """Where one series is drawn."""

    series: Series
    name: QRectF
    plot: QRectF


class _Plot(QWidget):
    """The painted rows."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.series: tuple[Series, ...] = ()
        self.dosings: tuple[Dosing, ...] = ()

    def needed(self, width: int) -> int:
        """The height that all rows need at a width."""
        return round(self._below(width) + self.look.px(_AXIS + (_MARKS if self.dosings else 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, then the days and the dosing sessions under them."""
        if not self.series:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self._rows():
            self._paint_name(painter, row)
            self._paint_cutoff(painter, row)
            self._paint_scores(painter, row)
        self._paint_axis(painter)

    # Places

    def _narrow(self, width: int) -> bool:
        return width < self.look.px(_NARROW)

    def _name_width(self) -> float:
        strong = QFontMetricsF(self.look.font("body", weight=600))
        return max((strong.horizontalAdvance(s.name) for s in self.series), default=0) + self.look.px(24)

    def _pitch(self, width: int) -> int:
        return self.look.px(_ROW + (_NAME_LINE if self._narrow(width) else 0))

    def _below(self, width: int) -> float:
        return self._pitch(width) * len(self.series)

    def _left(self) -> float:
        return self.look.px(_SIDE) if self._narrow(self.width()) else self._name_width()

    def _value_room(self) -> float:
        strong = QFontMetricsF(self.look.font("heading"))
        return strong.horizontalAdvance("888") + self.look.px(14)

    def _rows(self) -> list[_Row]:
        look, width = self.look, self.width()
        pitch, narrow, left = self._pitch(width), self._narrow(width), self._left()
        rows = []
        for number, series in enumerate(self.series):
            bottom = number * pitch + pitch - look.px(10)
            plot = QRectF(left, bottom - look.px(_PLOT), width - left - self._value_room(), look.px(_PLOT))
            head = look.px(_NAME_LINE) if narrow else look.px(_PLOT)
            top = plot.top() - look.px(_NAME_LINE + 12) if narrow else plot.top() + look.px(4)
            rows.append(_Row(series, QRectF(0, top, width if narrow else left, head), plot))
        return rows

    def _x(self, on: date, plot: QRectF) -> float:
        shown = days(self.series, self.dosings)
        first, span = shown[0], max((shown[-1] - shown[0]).days, 1)
        return plot.left() + self.look.px(6) + (on - first).days / span * (plot.width() - self.look.px(12))

    def _y(self, total: float, row: _Row) -> float:
        low, high = row.series.low, row.series.high
        return row.plot.bottom() - (total - low) / (high - low) * row.plot.height()

    # Painting

    def _paint_name(self, painter: QPainter, row: _Row) -> None:
        look, of = self.look, f"of {row.series.high:g}"
        painter.setFont(look.font("body", weight=600))
        painter.setPen(look.colour("text"))
        line = look.line("body")
        painter.drawText(QRectF(row.name.left(), row.name.top(), row.name.width(), line), row.series.name)
        beside = painter.fontMetrics().horizontalAdvance(row.series.name) + look.px(8)
        x, y = (beside, row.name.top()) if self._narrow(self.width()) else (0, row.name.top() + line)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QRectF(x, y, row.name.width(), look.line("body")), of)

    def _paint_cutoff(self, painter: QPainter, row: _Row) -> None:
        look, series, plot = self.look, row.series, row.plot
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), look.colour("line-strong"))
        if series.cutoff is None:
            return
        y = round(self._y(series.cutoff_high or series.cutoff, row)) + 0.5
        pen = QPen(look.colour("text-quiet"), 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setFont(look.font("caption"))
        room = look.line("caption")
        first = series.scored[0].total if series.scored else None
        under = plot.bottom() - y >= room and (first is None or first >= series.cutoff)
        top = y + 1 if under else y - room
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QRectF(plot.left() + look.px(2), top, plot.width(), room), series.cutoff_label)

    def _paint_scores(self, painter: QPainter, row: _Row) -> None:
        look, points = self.look, row.series.scored
        places = [QPointF(self._x(p.on, row.plot), self._y(p.total or 0, row)) for p in points]
        if not places:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text-quiet"))
            words = "no total yet" if row.series.points else "not taken yet"
            painter.drawText(row.plot, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
            return
        painter.setPen(QPen(look.colour("accent"), look.px(1.75)))
        for one, two in pairwise(places):
            painter.drawLine(one, two)
        painter.setBrush(look.colour("surface"))
        for place in places[:-1]:
            painter.drawEllipse(place, look.px(3.5), look.px(3.5))
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(places[-1], look.px(5), look.px(5))
        self._paint_values(painter, row, places)

    def _paint_values(self, painter: QPainter, row: _Row, places: list[QPointF]) -> None:
        look, points = self.look, row.series.scored
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("heading"))
        height = look.line("heading")
        last = QRectF(places[-1].x() + look.px(12), places[-1].y() - height / 2, self._value_room(), height)
        painter.drawText(last, int(Qt.AlignmentFlag.AlignVCenter), f"{points[-1].total:g}")
        if len(points) > 1:
            painter.setFont(look.font("small"))
            height = look.line("small")
            first = QRectF(places[0].x() - look.px(4), places[0].y() - look.px(5) - height, look.px(60), height)
            painter.drawText(first, int(Qt.AlignmentFlag.AlignVCenter), f"{points[0].total:g}")

    def _paint_axis(self, painter: QPainter) -> None:
        look = self.look
        plot = self._rows()[-1].plot
        top = self._below(self.width())
        if self.dosings:
            self._paint_dosings(painter, plot, top)
            top += look.px(_MARKS)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        line = look.line("small")
        for on, x in self._days_that_fit(QFontMetricsF(painter.font()), plot):
            painter.drawText(QRectF(x, top, look.px(120), line), day_text(on))

    def _days_that_fit(self, metrics: QFontMetricsF, plot: QRectF) -> list[tuple[date, float]]:
        """The first and the last day, and as many between as have room; each with the left end of its words."""
        measured = days(self.series) or days((), self.dosings)
        placed: list[tuple[date, float, float]] = []
        for on in dict.fromkeys((*measured[:1], *measured[-1:], *measured)):
            width = metrics.horizontalAdvance(day_text(on))
            x = min(max(self._x(on, plot) - width / 2, 0), self.width() - width)
            if all(x + width + self.look.px(10) <= left or x >= right + self.look.px(10) for _, left, right in placed):
                placed.append((on, x, x + width))
        return [(on, x) for on, x, _ in placed]

    def _paint_dosings(self, painter: QPainter, plot: QRectF, top: float) -> None:
        """A small triangle on the axis for each dosing session, with its number where there is room."""
        look = self.look
        half, height = look.px(5), look.px(8)
        painter.setFont(look.font("caption"))
        metrics = QFontMetricsF(painter.font())
        free = 0.0
        if not self._narrow(self.width()):
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(QRectF(0, top - look.px(8), plot.left(), look.line("caption")), "dosing")
        for dosing in self.dosings:
            x = self._x(dosing.on, plot)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("dose"))
            corners = [QPointF(x, top - look.px(6)), QPointF(x - half, top - look.px(6) + height)]
            painter.drawPolygon(QPolygonF([*corners, QPointF(x + half, top - look.px(6) + height)]))
            width = metrics.horizontalAdvance(dosing.label)
            if x - width / 2 >= free:
                painter.setPen(look.colour("dose"))
                place = QRectF(x - width / 2, top + look.px(2), width + 1, look.line("caption"))
                painter.drawText(place, dosing.label)
                free = x + width / 2 + look.px(4)


class Trend(QWidget):
    """Hand it series with `show_series`. It knows nothing of journals; Alt+Enter or the menu key shows a table."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, name: str = "Measures over time") -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.plot = _Plot(look, self)
        self.table = NumbersTable(look, self, name)
        self.show_series(())

    def show_series(self, series: tuple[Series, ...], dosings: tuple[Dosing, ...] = ()) -> None:
        """Show these, as a picture, as a table and in a sentence."""
        self.plot.series, self.plot.dosings = series, dosings if days(series) else ()
        self.setAccessibleName(self._name)
        held = ", ".join(f"{d.label} on {day_text(d.on)}" if d.label else day_text(d.on) for d in dosings)
        said = [one.sentence for one in series] + ([f"Dosing sessions: {held}."] if held else [])
        self.setAccessibleDescription(" ".join([*said, "Alt Enter shows a table."]) if said else "Nothing yet.")
        self._fill_table(series, dosings)
        self.updateGeometry()
        self.plot.update()

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = self.plot.look = look
        self.table.dress(look)
        self.updateGeometry()
        self.plot.update()

    def hasHeightForWidth(self) -> bool:
        """A narrow one sets the names above the lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its rows."""
        return self.plot.needed(width)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        width = max(self.width(), self._look.px(240))
        return QSize(width, self.plot.needed(width))

    def minimumSizeHint(self) -> QSize:
        """Never cut from below."""
        return QSize(self._look.px(200), self.plot.needed(max(self.width(), self._look.px(200))))

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return not self.table.isHidden()

    def turn(self) -> None:
        """Picture to table and back."""
        as_table = not self.as_table
        self.table.setVisible(as_table)
        self.plot.setVisible(not as_table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Picture and table take the whole place; a layout would ask them for the height instead of the rows."""
        self.plot.setGeometry(self.rect())
        self.table.setGeometry(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Enter turns; arrows scroll the table."""
        if turns(event):
            self.turn()
        elif not (self.as_table and self.table.scroll_by(event)):
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key is the other way to the table."""
        self.turn()

    def _fill_table(self, series: tuple[Series, ...], dosings: tuple[Dosing, ...]) -> None:
        heads = ["Day", *(one.name for one in series), *(["Session"] if dosings else [])]
        self.table.fill(heads, table(series, dosings))

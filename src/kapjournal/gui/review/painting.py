"""Paints the picture of the review screen: rows, hours, phases, doses, readings, marks, silences."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from kapjournal.domain.lanes import Lane
from kapjournal.domain.moment import since_text
from kapjournal.domain.zoom import ticks
from kapjournal.gui.review.geometry import AXIS, BANDS, HEAD, PULSE_BESIDE, SILENCE, Geometry, Row
from kapjournal.gui.review.state import Mark, Track
from kapjournal.gui.widgets.over_time import paint_pressure, paint_pulse, paint_span, span_words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PRIVATE_DASH = [3, 2.5]
_IN_ROWS = (Lane.DOSE, Lane.VITALS)  # drawn as what they are instead of as round marks


class Painting:
    """One painting of a picture; from the ground up."""

    def __init__(self, painter: QPainter, geometry: Geometry, *, focused: bool) -> None:
        self.painter, self.g, self.look = painter, geometry, geometry.look
        self.focused = focused
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self) -> None:
        """Everything."""
        self._hours()
        for row in self.g.rows:
            self._row(row)
        self.painter.save()
        self.painter.setClipRect(self.g.plot.adjusted(-self.g.radius, 0, self.g.radius, 2))
        self._cursor()
        for number, track in enumerate(self.g.picture.tracks):
            self._dose_lines(number, track)
            self._bands(number, track)
            self._silences(number, track)
            self._readings(number, track)
            self._doses(number, track)
            self._marks(number, track)
        self.painter.restore()

    # Ground

    def _hours(self) -> None:
        look, g, painter = self.look, self.g, self.painter
        painter.setFont(look.font("small"))
        metrics = QFontMetricsF(painter.font())
        widest = metrics.horizontalAdvance("-0:00") + look.px(28)
        for minute in ticks(g.picture.shown, int(g.plot.width() / widest)):
            x = round(g.x(minute))
            painter.fillRect(QRectF(x, look.px(22), 1, g.bottom - look.px(22)), look.colour("line"))
            text = since_text(minute * 60)
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, look.px(15)), text)

    def _row(self, row: Row) -> None:
        look, painter = self.look, self.painter
        if row.what != AXIS:
            painter.fillRect(QRectF(0, round(row.top), self.g.right, 1), look.colour("line"))
        titled = row.what == HEAD
        painter.setFont(look.font("small", weight=600 if titled else None))
        painter.setPen(look.colour("text-quiet" if row.what in (AXIS, SILENCE) else "text"))
        height = look.px(22) if row.what == AXIS else row.height
        room = QRectF(0, row.top, self.g.right if titled else self.g.left, height)
        if not row.note:
            painter.drawText(room, int(_LEFT), row.title)
            return
        line = QFontMetricsF(painter.font()).height()
        top = row.top + (row.height - 2 * line) / 2
        painter.drawText(QRectF(0, top, self.g.left, line), int(_LEFT), row.title)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QRectF(0, top + line, self.g.left, line), int(_LEFT), row.note)

    def _cursor(self) -> None:
        cursor = self.g.picture.cursor
        if cursor is None or len(self.g.picture.tracks) < 2:
            return
        self.painter.setPen(QPen(self.look.colour("accent"), self.look.px(2)))
        x = self.g.x(cursor)
        self.painter.drawLine(QPointF(x, self.look.px(20)), QPointF(x, self.g.bottom))

    # What happened

    def _bands(self, number: int, track: Track) -> None:
        row, look = self.g.row(BANDS, number), self.look
        if row is None:
            return
        self.painter.setFont(look.font("caption"))
        pitch = (row.height - look.px(10)) / max(len(track.bands), 1)
        for place, band in enumerate(track.bands):
            top = row.top + look.px(5) + place * pitch
            for span in band.spans:
                left, right = self.g.x(span.start), self.g.x(span.end)
                rect = QRectF(left + 0.5, round(top) + 0.5, max(right - left - 1.5, 1), pitch - look.px(3))
                paint_span(self.painter, look, rect, span.strong)
                in_sight = rect.intersected(self.g.plot)
                words = span_words(self.painter, look, in_sight, span.label)
                if words is not None:
                    self.painter.drawText(words, int(_LEFT), span.label)

    def _dose_lines(self, number: int, track: Track) -> None:
        rows = [row for row in self.g.rows if row.track == number and row.what not in (AXIS, BANDS, HEAD)]
        if not rows:
            return
        self.painter.setPen(QPen(self.look.colour("dose"), self.look.px(1.5)))
        for dose in track.doses:
            x = self.g.x(dose.minute)
            self.painter.drawLine(QPointF(x, rows[0].middle), QPointF(x, rows[-1].top + rows[-1].height))

    def _doses(self, number: int, track: Track) -> None:
        row, look, painter = self.g.row(Lane.DOSE, number), self.look, self.painter
        if row is None:
            return
        painter.setFont(look.font("small", weight=600))
        metrics = QFontMetricsF(painter.font())
        after = [*(self.g.x(dose.minute) for dose in track.doses[1:]), self.g.right + look.px(400)]
        for dose, until in zip(track.doses, after, strict=True):
            x, half = self.g.x(dose.minute), look.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("dose"))
            corners = ((0, -half), (half, 0), (0, half), (-half, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, row.middle + dy) for dx, dy in corners]))
            self._ring_if_chosen(dose.id, QPointF(x, row.middle), half + look.px(3))
            words, left = dose.label, x + look.px(13)
            if left + metrics.horizontalAdvance(words) > until - look.px(8):
                words = words.split(" ")[0]  # the amount alone where the next dose is near
            painter.setPen(look.colour("dose"))
            painter.drawText(QRectF(left, row.top, look.px(300), row.height), int(_LEFT), words)

    def _readings(self, number: int, track: Track) -> None:
        row, look, painter, g = self.g.row(Lane.VITALS, number), self.look, self.painter, self.g
        if row is None:
            return
        self._limit(row, track)
        rings = [
            QPointF(g.x(r.minute) + look.px(PULSE_BESIDE), g.pressure(row, track, r.heart_rate))
            for r in track.readings
            if r.heart_rate is not None
        ]
        pen = QPen(look.colour("text-quiet"), 1.25)
        pen.setDashPattern([2, 3])
        painter.setPen(pen)
        for one, two in pairwise(rings):
            painter.drawLine(one, two)
        for reading in track.readings:
            x = g.x(reading.minute)
            if reading.systolic is not None and reading.diastolic is not None:
                top, bottom = (g.pressure(row, track, v) for v in (reading.systolic, reading.diastolic))
                paint_pressure(painter, look, x, top, bottom)
            if self.g.picture.chosen == reading.id:
                self._chosen_reading(row, x)
        for ring in rings:
            paint_pulse(painter, look, ring, "surface")

    def _chosen_reading(self, row: Row, x: float) -> None:
        look = self.look
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(self._choice_pen())
        area = QRectF(x - look.px(11), row.top + look.px(3), look.px(30), row.height - look.px(6))
        self.painter.drawRoundedRect(area, look.px(6), look.px(6))

    def _limit(self, row: Row, track: Track) -> None:
        look, painter = self.look, self.painter
        if track.limit is None:
            return
        y = round(self.g.pressure(row, track, track.limit)) + 0.5
        pen = QPen(look.colour("text-quiet"), 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawLine(QPointF(self.g.left - look.px(8), y), QPointF(self.g.right, y))
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(QRectF(self.g.left, y, self.g.plot.width(), look.px(18)), int(_RIGHT), track.limit_text)

    def _silences(self, number: int, track: Track) -> None:
        row, look, painter = self.g.row(SILENCE, number), self.look, self.painter
        if row is None:
            return
        painter.setFont(look.font("caption"))
        metrics = QFontMetricsF(painter.font())
        for silence in track.silences:
            left, right = self.g.x(silence.start), self.g.x(silence.end)
            words = f"{silence.minutes} min"
            width = metrics.horizontalAdvance(words)
            told = width + look.px(10) <= right - left
            if not told:
                words, width = str(silence.minutes), metrics.horizontalAdvance(str(silence.minutes))
                told = width + look.px(8) <= right - left
            pen = QPen(look.colour("line-strong"), look.px(1.5))
            painter.setPen(pen)
            gap = (width / 2 + look.px(5)) if told else 0.0
            middle = (left + right) / 2
            for start, end in ((left + 2, middle - gap), (middle + gap, right - 2)):
                painter.drawLine(QPointF(start, row.middle), QPointF(end, row.middle))
            for x in (left + 2, right - 2):
                painter.drawLine(QPointF(x, row.middle - look.px(4)), QPointF(x, row.middle + look.px(4)))
            if told:
                painter.setPen(look.colour("text-quiet"))
                room = QRectF(middle - gap, row.top, 2 * gap, row.height)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)

    # Marks

    def _marks(self, number: int, track: Track) -> None:
        chosen = self.g.picture.chosen
        drawn = [mark for mark in track.marks if mark.lane not in _IN_ROWS]
        for mark in sorted(drawn, key=lambda m: m.id == chosen):  # the chosen one lies over its neighbours
            place = self.g.place(number, mark)
            if place is not None:
                self._mark(mark, place, chosen=mark.id == chosen)

    def _mark(self, mark: Mark, at: QPointF, *, chosen: bool) -> None:
        look, painter, radius = self.look, self.painter, self.g.radius
        role = "text-quiet" if mark.taken_back else mark.role
        pen = QPen(look.colour(role), look.px(1.5))
        if mark.private or mark.taken_back:
            pen.setDashPattern(_PRIVATE_DASH)
        painter.setPen(pen)
        painter.setBrush(look.colour("selection" if chosen else "private-quiet" if mark.private else "surface"))
        painter.drawEllipse(at, radius, radius)
        side = radius * 1.2
        icon = look.pixmap(mark.icon, role, side / look.scale)
        half = look.px(side / look.scale) / 2
        painter.drawPixmap(QPointF(at.x() - half, at.y() - half), icon)
        if mark.marked:
            self._bookmark(at)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._choice_pen())
            painter.drawEllipse(at, radius + look.px(1), radius + look.px(1))

    def _bookmark(self, at: QPointF) -> None:
        look, painter = self.look, self.painter
        half, height = look.px(4.5), look.px(12)
        top = at.y() - self.g.radius - height + look.px(1)
        left, right = at.x() - half, at.x() + half
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("mark"))
        corners = (
            (left, top),
            (right, top),
            (right, top + height),
            (at.x(), top + height * 0.62),
            (left, top + height),
        )
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))

    def _ring_if_chosen(self, entry: str, at: QPointF, radius: float) -> None:
        if entry == self.g.picture.chosen:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.setPen(self._choice_pen())
            self.painter.drawEllipse(at, radius, radius)

    def _choice_pen(self) -> QPen:
        return QPen(self.look.colour("focus" if self.focused else "accent"), self.look.px(2.5))

"""Where everything of the picture lies: the rows from top to bottom, minutes from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from kapjournal.domain.lanes import Lane
from kapjournal.gui.look import Look
from kapjournal.gui.review.state import Mark, Picture, Reading, Track

AXIS, BANDS, HEAD, SILENCE = "axis", "bands", "head", "silence"
_FIXED = frozenset({BANDS, HEAD, SILENCE})  # nothing but words
_HEIGHTS = {HEAD: 26.0, SILENCE: 26.0, Lane.DOSE: 40.0, Lane.VITALS: 88.0, Lane.WORDS: 50.0}
_LANE, _AXIS, _BAND, _EDGE = 40.0, 28.0, 23.0, 10.0  # px at 100 %
_RADIUS, _MARK_ROOM = 13.5, 12.0
_LEAST = 0.66  # of those heights, in a small window
PULSE_BESIDE = 9.0  # px; rings stand beside the bars, so that neither hides the other


class Row(NamedTuple):
    """A row of the picture; `track` is the place of its session."""

    what: str
    track: int
    top: float
    height: float
    title: str = ""
    note: str = ""

    @property
    def middle(self) -> float:
        """The height at which marks stand: a little lower where bookmarks lie over them."""
        lower = self.height * 0.1 if self.what == Lane.WORDS else 0.0
        return self.top + self.height / 2 + lower


class Geometry:
    """The places for a picture in a room of this size; the rows give way down to a least height."""

    def __init__(self, look: Look, picture: Picture, width: float, height: float) -> None:
        self.look, self.picture = look, picture
        self.width = width
        wanted = _wanted(picture)
        axis = look.px(_AXIS)
        stays = sum(high for what, _, high, _, _ in wanted if what in _FIXED) * look.scale
        gives = sum(high for what, _, high, _, _ in wanted if what not in _FIXED) * look.scale
        factor = min(max((height - axis - stays) / gives, _LEAST), 1.0) if gives else 1.0
        self.rows = [Row(AXIS, 0, 0, axis, "T+" if picture.from_dose else "Since start")]
        top = float(axis)
        for what, track, high, title, note in wanted:
            tall = high * look.scale * (1.0 if what in _FIXED else factor)
            self.rows.append(Row(what, track, top, tall, title, note))
            top += tall
        self.bottom = top
        self.radius = min(look.px(_RADIUS), 0.42 * _LANE * look.scale * factor)
        self.left = self._label_width()
        self.right = width - look.px(10)
        self._lifted = {mark.id: up for track in picture.tracks for mark, up in self._crowded(track)}

    @staticmethod
    def least(look: Look, picture: Picture) -> int:
        """The least height that all rows can do with."""
        heights = (high * (1.0 if what in _FIXED else _LEAST) for what, _, high, _, _ in _wanted(picture))
        return round(look.px(_AXIS) + sum(heights) * look.scale) + 2

    def _label_width(self) -> float:
        strong = QFontMetricsF(self.look.font("small"))
        words = [row.title for row in self.rows if row.what != HEAD] + [row.note for row in self.rows]
        widest = max((strong.horizontalAdvance(word) for word in words), default=0.0)
        return widest + self.look.px(20)

    def _crowded(self, track: Track) -> Iterator[tuple[Mark, float]]:
        """Neighbours that would lie over one another stand a little higher and lower by turns."""
        by_lane: dict[str, list[Mark]] = {}
        for mark in track.marks:
            by_lane.setdefault(mark.lane, []).append(mark)
        for lane, marks in by_lane.items():
            row = self.row(lane, self.picture.tracks.index(track))
            most = max((row.height / 2 - self.radius - 1) if row else 0.0, 0.0)
            up = 0.0
            for before, mark in zip([None, *marks], marks, strict=False):
                close = before is not None and self.x(mark.minute) - self.x(before.minute) < 1.6 * self.radius
                up = (-up or most) if close else 0.0
                yield mark, up

    def x(self, minute: float) -> float:
        """Where a minute lies."""
        shown = self.picture.shown
        return self.left + (minute - shown.start) / max(shown.width, 0.001) * (self.right - self.left)

    def minute(self, x: float) -> float:
        """The minute at a place."""
        shown = self.picture.shown
        return shown.start + (x - self.left) / max(self.right - self.left, 1.0) * shown.width

    @property
    def plot(self) -> QRectF:
        """Where time runs."""
        return QRectF(self.left, 0, self.right - self.left, self.bottom)

    def row(self, what: str, track: int = 0) -> Row | None:
        """The row of a lane in a session."""
        return next((row for row in self.rows if row.what == what and row.track == track), None)

    def place(self, track: int, mark: Mark) -> QPointF | None:
        """The middle of a mark; None where it is out of sight."""
        row = self.row(mark.lane, track)
        if row is None or not self.picture.shown.holds(mark.minute):
            return None
        return QPointF(self.x(mark.minute), row.middle + self._lifted.get(mark.id, 0.0))

    def hit(self, at: QPointF) -> str:
        """The mark under the pointer, the nearest one, or nothing."""
        reach, found = self.radius + self.look.px(4), ""
        for number, track in enumerate(self.picture.tracks):
            for mark in track.marks:
                place = self.place(number, mark)
                if place is None:
                    continue
                away = hypot(place.x() - at.x(), place.y() - at.y())
                if away <= reach:
                    reach, found = away, mark.id
        return found

    def pressure(self, row: Row, track: Track, value: float) -> float:
        """The height of a pressure or pulse in the row of the readings."""
        values = [v for r in track.readings for v in _values(r)]
        low, high = min([60.0, *values]), max([140.0, float(track.limit or 0), *values])
        inner = row.height - 2 * self.look.px(10)
        return row.top + self.look.px(10) + (high - value) / (high - low) * inner


def _values(reading: Reading) -> list[float]:
    return [float(v) for v in (reading.systolic, reading.diastolic, reading.heart_rate) if v is not None]


def _wanted(picture: Picture) -> list[tuple[str, int, float, str, str]]:
    """The rows below the axis: what, session, height, title, note."""
    several = len(picture.tracks) > 1
    rows: list[tuple[str, int, float, str, str]] = []
    for number, track in enumerate(picture.tracks):
        if several:
            rows.append((HEAD, number, _HEIGHTS[HEAD], track.title, ""))
        elif track.bands:
            rows.append((BANDS, number, len(track.bands) * _BAND + _EDGE, "Expected", "typical, varies"))
        rows += [(one.lane, number, _HEIGHTS.get(one.lane, _LANE), one.title, one.note) for one in track.lanes]
        if track.silences and not several:
            rows.append((SILENCE, number, _HEIGHTS[SILENCE], "Silence, min", ""))
    return rows

"""Paints one entry: wall time, time since the first dose, glyph and kind, content, flags."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kapjournal.gui.live.row_model import Index
from kapjournal.gui.live.row_text import RowText, RowType
from kapjournal.gui.live.state import Flag, Row, Span, Style
from kapjournal.gui.live.type_sizes import LABEL, sized
from kapjournal.gui.look import Look

KEPT_LAYOUTS = 200  # a few screens of rows; more would only cost memory


class RowDelegate(QStyledItemDelegate):
    """Knows the columns of a row; the stream asks it for heights and lets it paint."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = RowType(look)
        self._layouts: OrderedDict[tuple[Row, int, bool], RowText] = OrderedDict()
        self._time_font = look.font("body")
        self._since_font = look.font("body", weight=500)
        self._label_font = sized(look, LABEL, 600)
        self._flag_font = look.font("small", weight=600)
        self._quiet_flag_font = look.font("small")
        self.opened: str | None = None
        self.actions_height = look.px(46)
        self.show_since = True
        self.narrow = False

    def row_height(self, row: Row, width: int) -> int:
        """How tall the row is in a stream of that width, the gap to the next row included."""
        content = self._content_height(row, width)
        if row.id == self.opened:
            content += len(row.details) * self._look.line("small") + self.actions_height + self._look.px(4)
        return content + self._look.px(2)

    def _content_height(self, row: Row, width: int) -> int:
        look = self._look
        above = look.px(30) if self.narrow else 0
        text = self._text(row, width)
        return max(above + look.px(16 if text.line_height == self._kind.line else 15) + text.height, look.px(40))

    def row_margin(self) -> int:
        """How far a row's ground stays from the edges of the stream."""
        return self._look.px(14 if not self.narrow else 6)

    def content_left(self) -> int:
        """Where the content begins, from the left edge of the stream."""
        look = self._look
        start = self.row_margin() + look.px(12)
        return start if self.narrow else start + look.px(52) + (look.px(48) if self.show_since else 0) + look.px(148)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row from what its model holds; nothing is asked of the model's roles."""
        row: Row = index.model().rows[index.row()]  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_row(painter, rect, row, chosen=chosen)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row, *, chosen: bool) -> None:
        look = self._look
        ground = QRectF(rect).adjusted(self.row_margin(), 0, -self.row_margin(), -look.px(2))
        self._paint_ground(painter, ground, row, chosen=chosen)
        text = self._text(row, rect.width())
        top = ground.top() + look.px(8)
        left = ground.left() + look.px(12)
        baseline = top + self._kind.baseline(text.line_height)
        left = self._paint_heading(painter, row, left, baseline)
        if self.narrow:
            self._paint_flags(painter, row, ground.right() - look.px(12), baseline)
            left, top = ground.left() + look.px(12), top + look.px(30)
        else:
            self._paint_flags(painter, row, ground.right() - look.px(12), baseline)
        text.paint(painter, QPointF(left, top))
        if row.id == self.opened:
            self._paint_details(painter, row, left, top + text.height + look.px(4))

    def _paint_ground(self, painter: QPainter, ground: QRectF, row: Row, *, chosen: bool) -> None:
        look = self._look
        fill = "selection" if chosen else "private-quiet" if row.bar == "private" else ""
        painter.setPen(Qt.PenStyle.NoPen)
        if fill:
            painter.setBrush(look.colour(fill))
            painter.drawRoundedRect(ground, look.px(4), look.px(4))
        if row.bar:
            self._paint_bar(painter, ground, row.bar)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), look.px(4), look.px(4))

    def _paint_bar(self, painter: QPainter, ground: QRectF, bar: str) -> None:
        """3 px at the left: dashed for private, solid for safety, so that it also reads without colour."""
        width = self._look.px(3)
        pen = QPen(self._look.colour("private" if bar == "private" else "safety"), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if bar == "private":
            pen.setDashPattern([3, 2.5])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(pen)
        x = ground.left() + width / 2
        painter.drawLine(QPointF(x, ground.top() + 1), QPointF(x, ground.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_heading(self, painter: QPainter, row: Row, left: float, baseline: float) -> float:
        """Times, glyph and kind; returns where the content begins."""
        look = self._look
        since = row.since if self.show_since else None
        self._words(painter, row.wall, left, baseline, self._time_font, "text-quiet")
        left += look.px(52)
        if self.show_since:
            self._words(painter, since or "", left, baseline, self._since_font, "text")
            left += look.px(48)
        icon = look.px(18)
        middle = baseline - look.px(5.5)
        if row.icon:
            painter.drawPixmap(QPointF(left, round(middle - icon / 2)), look.pixmap(row.icon, row.role, 18))
        self._words(painter, row.label, left + icon + look.px(8), baseline, self._label_font, row.role)
        return left + look.px(148)

    def _paint_flags(self, painter: QPainter, row: Row, right: float, baseline: float) -> None:
        look = self._look
        for flag in reversed(row.flags):
            font = self._flag_type(flag)
            width = QFontMetricsF(font).horizontalAdvance(flag.text)
            self._words(painter, flag.text, right - width, baseline - look.px(1), font, flag.role)
            right -= width + look.px(22)
            if flag.icon:
                at = QPointF(round(right), round(baseline - look.px(6) - look.px(8)))
                painter.drawPixmap(at, look.pixmap(flag.icon, flag.role, 16))
            right -= look.px(12)

    def _paint_details(self, painter: QPainter, row: Row, left: float, top: float) -> None:
        font = self._look.font("small")
        metrics = QFontMetricsF(font)
        for line in row.details:
            self._words(painter, line, left, top + metrics.ascent(), font, "text-quiet")
            top += self._look.line("small")

    def _words(self, painter: QPainter, words: str, left: float, baseline: float, font: object, role: str) -> None:
        painter.setFont(font)  # type: ignore[call-overload]
        painter.setPen(self._look.colour(role))
        painter.drawText(QPointF(left, baseline), words)

    def _flag_type(self, flag: Flag) -> object:
        """What happened to the record is quiet; what was meant is bold."""
        return self._quiet_flag_font if flag.role == "text-quiet" else self._flag_font

    def _flags_width(self, row: Row) -> float:
        look = self._look
        widths = [QFontMetricsF(self._flag_type(flag)).horizontalAdvance(flag.text) for flag in row.flags]
        return sum(width + look.px(34) for width in widths)

    def _text(self, row: Row, width: int) -> RowText:
        """The laid-out content, kept for the rows looked at last."""
        folded = row.folded and row.id != self.opened
        key = (row, width, folded)
        if (kept := self._layouts.get(key)) is not None:
            self._layouts.move_to_end(key)
            return kept
        room = width - self.content_left() - self.row_margin() - self._look.px(12)
        flags = 0.0 if self.narrow else self._flags_width(row)
        room -= flags + self._look.px(8) if flags else 0
        made = RowText(_spans(row), self._kind, room, one_line=folded)
        self._layouts[key] = made
        if len(self._layouts) > KEPT_LAYOUTS:
            self._layouts.popitem(last=False)
        return made

    def forget_layouts(self) -> None:
        """The columns changed; nothing laid out before fits."""
        self._layouts.clear()


def _spans(row: Row) -> tuple[Span, ...]:
    """A taken-back entry is struck through, all of it."""
    if not row.folded:
        return row.spans
    words = " ".join("".join(span.text for span in row.spans).split())
    return (Span(words, Style.STRUCK),)

"""Paints the notes of the list: times, kind, exact words with their marks, the reason, and what can be said of it."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.integrate.note_layout import Laid, NoteType, Press, spans, units
from kapjournal.gui.integrate.note_model import Index
from kapjournal.gui.integrate.state import NoteRow
from kapjournal.gui.look import Look

KEPT = 200  # layouts: a few screens of rows
MARGIN = 26  # px at 100 % at either side
_SAID_ICONS = {"Belongs": "check", "Not this": "x", "Hidden": "eye-off"}


class NotePainter(QStyledItemDelegate):
    """Measures and paints rows, and says which button a point lies on."""

    def __init__(self, look: Look, notes: QAbstractItemView) -> None:
        super().__init__(notes)
        self._list = notes
        self._look, self._type = look, NoteType(look)
        self._laid: OrderedDict[tuple[NoteRow, int], Laid] = OrderedDict()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look, self._type = look, NoteType(look)
        self._laid.clear()

    def height_of(self, row: NoteRow, width: int, *, first: bool) -> int:
        """How tall a row is in a list of that width."""
        if not row.id:
            return self._type.heading_height(first=first)
        return self._at(row, width).height

    def _at(self, row: NoteRow, width: int) -> Laid:
        key = (row, width)
        if (kept := self._laid.get(key)) is not None:
            self._laid.move_to_end(key)
            return kept
        made = self._type.lay_out(row, width - 2 * self._look.px(MARGIN))
        self._laid[key] = made
        if len(self._laid) > KEPT:
            self._laid.popitem(last=False)
        return made

    def press_at(self, row: NoteRow, width: int, point: QPointF) -> str:
        """What the button at a point of the row does; empty where there is none."""
        if not row.id:
            return ""
        point = point - QPointF(self._look.px(MARGIN), 0)
        return next((press.does for press in self._at(row, width).presses if press.area.contains(point)), "")

    # --- painting --------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: NoteRow = index.model().rows[index.row()]  # type: ignore[attr-defined]
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.id:
            chosen = index.row() == self._list.currentIndex().row()
            rows: tuple[NoteRow, ...] = index.model().rows  # type: ignore[attr-defined]
            goes_on = index.row() + 1 < len(rows) and bool(rows[index.row() + 1].id)
            self._paint_ground(painter, area, chosen=chosen, line=goes_on)
            self._paint_note(painter, area, row)
        else:
            self._paint_heading(painter, area, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, row: NoteRow) -> None:
        look = self._look
        inside = area.adjusted(look.px(MARGIN), 0, -look.px(MARGIN), -look.px(9))
        painter.setFont(self._type.heading)
        painter.setPen(look.colour("text"))
        low = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        painter.drawText(inside, low, row.heading)
        width = painter.fontMetrics().horizontalAdvance(row.heading)
        painter.setFont(self._type.wall)
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(inside.adjusted(width + look.px(10), 0, 0, -look.px(1)), low, row.heading_note)
        painter.fillRect(QRect(inside.left(), area.bottom(), inside.width(), 1), look.colour("line"))

    def _paint_ground(self, painter: QPainter, area: QRect, *, chosen: bool, line: bool) -> None:
        look, margin = self._look, self._look.px(MARGIN)
        ground = QRectF(area).adjusted(look.px(12), look.px(3), -look.px(12), -look.px(4))
        if chosen:
            painter.setBrush(look.colour("selection"))
            painter.setPen(QPen(look.colour("focus"), 2) if self._list.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ground, look.px(6), look.px(6))
        if line:
            across = QRect(area.left() + margin, area.bottom(), area.width() - 2 * margin, 1)
            painter.fillRect(across, look.colour("line"))

    def _paint_note(self, painter: QPainter, area: QRect, row: NoteRow) -> None:
        look, laid, margin = self._look, self._at(row, area.width()), self._look.px(MARGIN)
        painter.translate(area.left() + margin, area.top())
        self._paint_times(painter, row, laid)
        self._paint_words(painter, row, laid)
        painter.setPen(look.colour("text-quiet"))
        if laid.beside is not None:
            laid.beside.draw(painter, laid.beside_at)
        laid.reason.draw(painter, laid.reason_at)
        for press in laid.presses:
            self._paint_press(painter, press)
        if row.said and laid.presses:
            self._paint_said(painter, row.said, laid.presses[0].area)

    def _paint_times(self, painter: QPainter, row: NoteRow, laid: Laid) -> None:
        look, kind = self._look, self._type
        top = look.px(14)
        base: float = top + look.px(16)
        self._words(painter, row.since, QPointF(0, base), kind.since, "text")
        self._words(painter, row.wall, QPointF(look.px(58) if row.since else 0, base), kind.wall, "text-quiet")
        base = laid.top + look.px(16)
        if row.icon:
            icon = look.pixmap(row.icon, row.role, 16)
            painter.drawPixmap(QPointF(laid.left, base - look.px(13)), icon)
        self._words(painter, row.label, QPointF(laid.left + look.px(24), base), kind.strong, row.role)

    def _paint_words(self, painter: QPainter, row: NoteRow, laid: Laid) -> None:
        look = self._look
        painter.setPen(look.colour("text-quiet" if row.struck else "quote" if row.quote else "text"))
        struck = [_struck(units(row.words))] if row.struck else []
        laid.words.draw(painter, laid.words_at, struck)
        colour = look.colour("quote" if row.quote else "text")
        for mark in row.marks:
            for left, right, base in spans(laid.words, row.words, mark):
                line = QRectF(
                    laid.words_at.x() + left, laid.words_at.y() + base + look.px(3), right - left, look.px(1.6)
                )
                painter.fillRect(line, colour)

    def _paint_press(self, painter: QPainter, press: Press) -> None:
        look = self._look
        role = "text" if press.bordered else "accent" if press.says == "Undo" else "text-quiet"
        if press.bordered:
            painter.setPen(QPen(look.colour("line-strong"), 1))
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(press.area.adjusted(0.5, 0.5, -0.5, -0.5), look.px(8), look.px(8))
        inside = press.area
        if press.icon:
            at = QPointF(inside.left() + look.px(12), inside.center().y() - look.px(8))
            painter.drawPixmap(at, look.pixmap(press.icon, role, 16))
            inside = inside.adjusted(look.px(22), 0, 0, 0)
        painter.setFont(self._type.button)
        painter.setPen(look.colour(role))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter), press.says)

    def _paint_said(self, painter: QPainter, said: str, undo: QRectF) -> None:
        look = self._look
        role = "accent" if said == "Belongs" else "text-quiet"
        painter.setFont(self._type.button)
        width = painter.fontMetrics().horizontalAdvance(said)
        x = undo.left() - look.px(10) - width
        painter.setPen(look.colour(role))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(x, undo.top(), width + 2, undo.height()), middle, said)
        at = QPointF(x - look.px(22), undo.center().y() - look.px(8))
        painter.drawPixmap(at, look.pixmap(_SAID_ICONS[said], role, 16))

    def _words(self, painter: QPainter, words: str, at: QPointF, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._look.colour(role))
        painter.drawText(at, words)


def _struck(length: int) -> QTextLayout.FormatRange:
    """All of the words, struck through."""
    form = QTextCharFormat()
    form.setFontStrikeOut(True)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = 0, length, form
    return made

"""The list of clients: alias and how far the course is, its beads, the next session, and what is awaited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.domain.course import SessionKind
from kapjournal.gui.home.presenter import ClientLine
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.beads import beads_width, paint_beads
from kapjournal.gui.widgets.row_list import RowData, RowList

Index = QModelIndex | QPersistentModelIndex
SEEN = 6  # clients that are seen without scrolling inside the list, where there are more
_BESIDE = 620  # px at 100 % that a row needs to hold everything beside one another


class ClientRows(RowList):
    """Clients by id."""

    def __init__(self, look: Look) -> None:
        self.lines: dict[str, ClientLine] = {}
        super().__init__(look, "Clients")
        self.setItemDelegate(_ClientRow(self))

    def tell(self, lines: Sequence[ClientLine], chosen: str) -> None:
        """Show these clients."""
        changed = {line.id: line for line in lines} != self.lines
        self.lines = {line.id: line for line in lines}
        self.show_rows([_row(line) for line in lines], chosen)
        if changed:
            self.viewport().update()

    def beside(self) -> bool:
        """Whether a row has room for everything beside one another."""
        return self.viewport().width() >= self.look.px(_BESIDE)

    def sizeHint(self) -> QSize:
        """All clients, where they are few."""
        return QSize(self.look.px(300), min(max(len(self.rows), 1), SEEN) * self.row_height())

    def row_height(self) -> int:
        """Two lines of words, or five where they stand under one another."""
        look = self.look
        if self.beside():
            return look.px(68)
        return look.line("body") * 2 + look.line("small") * 3 + look.px(34)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out anew where they fold."""
        super().resizeEvent(event)
        self._fit()


def _row(line: ClientLine) -> RowData:
    """What a screen reader says of the line, for the beads are only drawn."""
    next_one = f"next {line.next_when} {line.next_what}".strip() if line.next_when else ""
    return RowData(
        line.id, line.alias, ", ".join(part for part in (line.note, line.instead, next_one) if part), end=line.hint
    )


class _ClientRow(QStyledItemDelegate):
    def __init__(self, parent: ClientRows) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._list.look.px(160), self._list.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line = self._list.look, self._list.lines[self._list.rows[index.row()].key]
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
            painter.fillRect(QRect(area.left(), area.top(), look.px(3), area.height()), look.colour("accent"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))
        inside = area.adjusted(look.px(20), 0, -look.px(20), 0)
        side = look.px(18)
        middle = inside.top() + (inside.height() - side) / 2
        painter.drawPixmap(QPointF(inside.right() - side, middle), look.pixmap("chevron-right", "text", 18))
        inside = inside.adjusted(0, 0, -look.px(30), 0)
        (self._paint_beside if self._list.beside() else self._paint_under)(painter, inside, line)
        painter.restore()

    def _paint_beside(self, painter: QPainter, area: QRect, line: ClientLine) -> None:
        look = self._list.look
        first = max(round(area.width() * 0.27), look.px(150))
        course = max(beads_width(look, len(line.beads)), round(area.width() * 0.22)) + look.px(20)
        self._two(painter, area.adjusted(0, 0, first - area.width(), 0), (line.alias, line.note))
        self._beads(painter, QRect(area.left() + first, area.top(), course, area.height()), line)
        left = area.left() + first + course
        hint = self._hint_width(line)
        rest = QRect(left, area.top(), area.right() - left - hint, area.height())
        self._two(painter, rest, (line.next_when, line.next_what), strong=False)
        self._hint(painter, QRect(area.right() - hint, area.top(), hint, area.height()), line)

    def _paint_under(self, painter: QPainter, area: QRect, line: ClientLine) -> None:
        look = self._list.look
        two = look.line("body") + look.line("small")
        y = area.top() + look.px(10)
        self._two(painter, QRect(area.left(), y, area.width(), two), (line.alias, line.note))
        y += two + look.px(6)
        self._beads(painter, QRect(area.left(), y, area.width(), look.line("small")), line)
        y += look.line("small") + look.px(6)
        booked = " ".join(part for part in (line.next_when, line.next_what) if part)
        self._two(painter, QRect(area.left(), y, area.width(), two), (booked, ""), strong=False)
        hint = self._hint_width(line)
        self._hint(painter, QRect(area.left(), y + look.line("body"), hint, look.line("small")), line)

    def _two(self, painter: QPainter, area: QRect, words: tuple[str, str], *, strong: bool = True) -> None:
        look = self._list.look
        steps: tuple[tuple[QFont, str, int], ...] = (
            (look.font("heading" if strong else "body"), "text", look.line("body")),
            (look.font("small"), "text-quiet", look.line("small")),
        )
        shown = [(said, *step) for said, step in zip(words, steps, strict=True) if said]
        y = area.top() + (area.height() - sum(height for *_, height in shown)) // 2
        for said, font, role, height in shown:
            painter.setFont(font)
            painter.setPen(look.colour(role))
            fitted = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(QRect(area.left(), y, area.width(), height), Qt.AlignmentFlag.AlignVCenter, fitted)
            y += height

    def _beads(self, painter: QPainter, area: QRect, line: ClientLine) -> None:
        look = self._list.look
        if line.instead:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.instead)
        elif not line.archived:
            drawn = [(str(bead.stage), bead.kind in (SessionKind.DOSING, None)) for bead in line.beads]
            paint_beads(painter, look, area.left(), area.center().y(), drawn)

    def _hint_width(self, line: ClientLine) -> int:
        look = self._list.look
        said = "running now" if line.running else line.hint
        return QFontMetrics(look.font("small")).horizontalAdvance(said) + look.px(26) if said else 0

    def _hint(self, painter: QPainter, area: QRect, line: ClientLine) -> None:
        look = self._list.look
        said, icon, role = ("running now", "waves", "accent") if line.running else (line.hint, "clock", "mark")
        if not said:
            return
        side = look.px(18)
        top = area.top() + (area.height() - side) / 2
        painter.drawPixmap(QPointF(area.left(), top), look.pixmap(icon, role, 18))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(role))
        painter.drawText(area.adjusted(look.px(26), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, said)

"""A list of rows whose words wrap, as tall as they need: a title, a quieter line, and a word at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.row_list import RowData, RowList

Index = QModelIndex | QPersistentModelIndex
_NARROW = 250  # px at 100 %; below, what stands at the end goes under the words


class ToldRows(RowList):
    """Rows by key; never scrolls inside itself. `serif`: titles in the client’s own words."""

    def __init__(self, look: Look, name: str, *, serif: bool = False, inset: float = 0) -> None:
        super().__init__(look, name)
        self.inset = inset  # type: ignore[assignment]
        self.serif = serif
        self._heights: _Heights | None = None
        self.setItemDelegate(_ToldRow(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(0)
        self._fit()

    def tell(self, rows: Sequence[RowData]) -> None:
        """Show these rows; the chosen one stays chosen."""
        at = self.currentIndex().row()
        kept = self.rows[at].key if 0 <= at < len(self.rows) else None
        self.show_rows(rows, kept)
        self.setVisible(bool(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and be as tall as that needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def row_area(self, row: int) -> int:
        """The height of one row at the present width."""
        return self.heights.of(self.rows[row])

    @property
    def heights(self) -> _Heights:
        """How tall rows are at the present width."""
        width = max(self.viewport().width() - 2 * self.look.px(self.inset), 40)
        if self._heights is None or (self._heights.look, self._heights.width) != (self.look, width):
            self._heights = _Heights(self.look, width, serif=self.serif)
        return self._heights

    def _fit(self) -> None:
        if not hasattr(self, "serif"):
            return
        heights = self.heights
        self.setFixedHeight(sum(heights.of(row) for row in self.rows) + 2)
        self.doItemsLayout()


class _Heights:
    """Where the parts of a row lie at a width."""

    def __init__(self, look: Look, width: int, *, serif: bool) -> None:
        self.look, self.width = look, width
        self._serif = serif
        self.note, self.end = look.font("small"), look.font("small")

    def title_of(self, row: RowData) -> QFont:
        """Serif for the client’s own words."""
        serif = self._serif or row.quoted
        return self.look.font("quote" if serif else "body", serif=serif)

    def end_width(self, row: RowData) -> int:
        """The room at the end, with the gap before it."""
        words = QFontMetrics(self.end).horizontalAdvance(row.end)
        icon = self.look.px(24) if row.end_icon else 0
        return words + icon + self.look.px(16) if words or icon else 0

    def below(self, row: RowData) -> bool:
        """Whether the end goes under the words."""
        return bool(row.end) and self.width - self.end_width(row) < self.look.px(_NARROW)

    def words_width(self, row: RowData) -> int:
        """The room for title and note."""
        left = self.look.px(30) if row.icon else 0
        return max(self.width - left - (0 if self.below(row) else self.end_width(row)), 40)

    def flags(self, font: QFont, words: str, width: int) -> int:
        """Wrap between words, and within one only where it is longer than the line."""
        metrics = QFontMetrics(font)
        fits = all(metrics.horizontalAdvance(word) < width for word in words.split())
        return int(Qt.TextFlag.TextWordWrap if fits else Qt.TextFlag.TextWrapAnywhere)

    def wrapped(self, font: QFont, words: str, width: int) -> int:
        """How tall words are, wrapped."""
        if not words:
            return 0
        room = QRect(0, 0, width, 100_000)
        return QFontMetrics(font).boundingRect(room, self.flags(font, words, width), words).height()

    def of(self, row: RowData) -> int:
        """The whole row."""
        width = self.words_width(row)
        words = self.wrapped(self.title_of(row), row.title, width) + self.wrapped(self.note, row.note, width)
        extra = QFontMetrics(self.end).height() + self.look.px(4) if self.below(row) else 0
        return words + extra + self.look.px(22)


class _ToldRow(QStyledItemDelegate):
    """Draws a row with its words wrapped."""

    def __init__(self, parent: ToldRows) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the words need."""
        return QSize(self._list.look.px(60), self._list.row_area(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, icon, words and end."""
        look, row, heights = self._list.look, self._list.rows[index.row()], self._list.heights
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected and self._list.hasFocus():
            painter.fillRect(area, look.colour("selection"))
        painter.fillRect(QRect(area.left(), area.top(), area.width(), 1), look.colour("line"))
        area = area.adjusted(look.px(self._list.inset), look.px(10), -look.px(self._list.inset), 0)
        if row.icon:
            role = row.end_role if row.end_role != "text-quiet" else "text-quiet"
            painter.drawPixmap(QPointF(area.left(), area.top() + look.px(2)), look.pixmap(row.icon, role, 18))
            area = area.adjusted(look.px(30), 0, 0, 0)
        self._paint_words(painter, area, row, heights)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, row: RowData, heights: _Heights) -> None:
        look, width, y = self._list.look, heights.words_width(row), area.top()
        title_role = "quote" if self._list.serif or row.quoted else "text"
        for words, font, role in (
            (row.title, heights.title_of(row), title_role),
            (row.note, heights.note, "text-quiet"),
        ):
            height = heights.wrapped(font, words, width)
            painter.setFont(font)
            painter.setPen(look.colour(role))
            painter.drawText(QRect(area.left(), y, width, height), heights.flags(font, words, width), words)
            y += height
        if not (row.end or row.end_icon):
            return
        painter.setFont(heights.end)
        painter.setPen(look.colour(row.end_role))
        line = QFontMetrics(heights.end).height()
        top = y + look.px(4) if heights.below(row) else area.top() + look.px(1)
        side = Qt.AlignmentFlag.AlignLeft if heights.below(row) else Qt.AlignmentFlag.AlignRight
        painter.drawText(QRect(area.left(), top, area.width(), line), side | Qt.AlignmentFlag.AlignVCenter, row.end)
        if row.end_icon and not heights.below(row):
            x = area.right() - QFontMetrics(heights.end).horizontalAdvance(row.end) - look.px(24)
            painter.drawPixmap(QPointF(x, top), look.pixmap(row.end_icon, row.end_role, 16))

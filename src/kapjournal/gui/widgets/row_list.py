"""A list of rows to choose from with the keyboard: a title, a quieter line under it, and a word at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.look import Look

_AT_LEAST = 3  # rows that can be seen without scrolling inside the list
Index = QModelIndex | QPersistentModelIndex


class RowData(NamedTuple):
    """One row. `end` is drawn at the right in `end_role`, with `end_icon` before it."""

    key: str
    title: str
    note: str = ""
    icon: str = ""
    end: str = ""
    end_icon: str = ""
    end_role: str = "text-quiet"
    quoted: bool = False  # the title is in the client’s own words

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.note, self.end) if part)


class RowModel(QAbstractListModel):
    """The rows, for Qt."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[RowData, ...] = ()

    def take(self, rows: Sequence[RowData]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The title of a row, or the whole of it for a screen reader."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class RowDelegate(QStyledItemDelegate):
    """Draws a row: as a bordered card of its own, or between hairlines in a card they share."""

    def __init__(self, parent: RowList, *, cards: bool) -> None:
        super().__init__(parent)
        self._list = parent
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for two lines with air around them."""
        look = self._list.look
        return QSize(look.px(160), self._list.row_height() + (look.px(8) if self._cards else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, icon, title, note and what stands at the end."""
        look = self._list.look
        row = self._list.rows[index.row()]
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._cards:
            area = area.adjusted(0, 0, 0, -look.px(8))
            self._paint_card(painter, area, chosen=chosen)
        else:
            self._paint_ground(painter, area, chosen=chosen, last=index.row() == len(self._list.rows) - 1)
        self._paint_row(
            painter, area.adjusted(look.px(self._list.inset), 0, -look.px(self._list.inset), 0), row, chosen=chosen
        )
        painter.restore()

    def _paint_card(self, painter: QPainter, area: QRect, *, chosen: bool) -> None:
        look = self._list.look
        painter.setPen(QPen(look.colour("accent" if chosen else "line"), 1))
        painter.setBrush(look.colour("accent-quiet" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), look.px(10), look.px(10))

    def _paint_ground(self, painter: QPainter, area: QRect, *, chosen: bool, last: bool) -> None:
        look = self._list.look
        if chosen:
            painter.fillRect(area, look.colour("selection"))
            painter.fillRect(QRect(area.left(), area.top(), look.px(3), area.height()), look.colour("accent"))
        if not last:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))

    def _paint_row(self, painter: QPainter, area: QRect, row: RowData, *, chosen: bool) -> None:
        look = self._list.look
        if row.icon:
            role = "accent" if chosen and self._cards else "text-quiet"
            top = area.top() + (area.height() - look.px(20)) // 2
            painter.drawPixmap(QPointF(area.left(), top), look.pixmap(row.icon, role, 20))
            area = area.adjusted(look.px(34), 0, 0, 0)
        end = self._end_of(row, chosen=chosen)
        area = area.adjusted(0, 0, -self._paint_end(painter, area, end), 0)
        self._paint_words(painter, area, row)

    def _end_of(self, row: RowData, *, chosen: bool) -> RowData:
        if chosen and self._cards and not row.end:
            return row._replace(end_icon="check", end_role="accent")
        return row

    def _paint_words(self, painter: QPainter, area: QRect, row: RowData) -> None:
        look = self._list.look
        lines = [(row.title, look.font("body", weight=600), "text", look.line("body"))]
        if row.note:
            lines.append((row.note, look.font("small"), "text-quiet", look.line("small")))
        y = area.top() + (area.height() - sum(line[3] for line in lines)) // 2
        for words, font, role, height in lines:
            painter.setFont(font)
            painter.setPen(look.colour(role))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(QRect(area.left(), y, area.width(), height), Qt.AlignmentFlag.AlignVCenter, shown)
            y += height

    def _paint_end(self, painter: QPainter, area: QRect, row: RowData) -> int:
        """Draw what stands at the right end; returns the room it took."""
        look = self._list.look
        painter.setFont(look.font("small"))
        width = QFontMetrics(look.font("small")).horizontalAdvance(row.end)
        icon = look.px(18 + 8 * bool(row.end)) if row.end_icon else 0
        if row.end_icon:
            top = area.top() + (area.height() - look.px(18)) // 2
            drawn = look.pixmap(row.end_icon, row.end_role, 18)
            painter.drawPixmap(QPointF(area.right() - width - icon, top), drawn)
        painter.setPen(look.colour(row.end_role))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.end)
        return width + icon + (look.px(16) if width + icon else 0)


class RowList(QListView):
    """Rows by key: `chosen` as the selection moves, `taken` on Enter or a double click."""

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(self, look: Look, name: str, *, cards: bool = False) -> None:
        super().__init__()
        self.look = look
        self._cards = cards
        self.inset = 18 if cards else 20  # px at 100 %, left and right of the words
        self._model = RowModel(self)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self, cards=cards))
        self.setProperty("bare", True)
        self.setAccessibleName(name)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._current_moved)
        self.doubleClicked.connect(lambda index: self.taken.emit(self.rows[index.row()].key))
        if cards:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def rows(self) -> tuple[RowData, ...]:
        """The rows that are shown."""
        return self._model.rows

    def row_height(self) -> int:
        """The height of one row, without the gap between cards."""
        return self.look.px(68)

    def show_rows(self, rows: Sequence[RowData], chosen: str | None = None) -> None:
        """Show these rows with one of them chosen; says nothing about it."""
        was_blocked = self.blockSignals(True)
        if tuple(rows) != self.rows:
            self._model.take(rows)
            self._fit()
        place = next((n for n, row in enumerate(rows) if row.key == chosen), -1)
        self.setCurrentIndex(self._model.index(place) if place >= 0 else QModelIndex())
        self.blockSignals(was_blocked)

    def step(self, by: int) -> None:
        """Move the choice up or down, as the arrow keys would."""
        if self.rows:
            place = min(max(self.currentIndex().row() + by, 0), len(self.rows) - 1)
            self.setCurrentIndex(self._model.index(place))

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self.look = look
        self._fit()
        self.doItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.taken.emit(self.rows[self.currentIndex().row()].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With nothing chosen, the first row is where the arrows start."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows:
            self.setCurrentIndex(self._model.index(0))

    def _fit(self) -> None:
        if self._cards:
            self.setFixedHeight(max(len(self.rows), 1) * (self.row_height() + self.look.px(8)))
        else:
            self.setMinimumHeight(min(max(len(self.rows), 1), _AT_LEAST) * self.row_height())

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.rows[current.row()].key)

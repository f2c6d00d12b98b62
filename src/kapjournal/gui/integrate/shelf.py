"""The left of the integration screen: themes, parts, intentions and marked moments, each with its count."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.integrate.state import ShelfRow
from kapjournal.gui.look import Look

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class ShelfModel(QAbstractListModel):
    """The rows, for Qt; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[ShelfRow, ...] = ()

    def take(self, rows: tuple[ShelfRow, ...]) -> None:
        """Show other rows; where only their words changed, they stay where they are."""
        if [row.key or row.name for row in rows] == [row.key or row.name for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if row.key else Qt.ItemFlag.NoItemFlags


class ShelfDelegate(QStyledItemDelegate):
    """Draws a heading, or a name with its count and the client's words under it."""

    def __init__(self, shelf: ShelfList) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the wrapped words need."""
        look, row = self._shelf.look, self._shelf.rows[index.row()]
        if not row.key:
            return QSize(0, look.px(38 if not index.row() else 50))
        name, said = self._words(row)
        return QSize(0, name + said + look.px(15))

    def _words(self, row: ShelfRow) -> tuple[int, int]:
        """How tall the name and what was said are."""
        look, width = self._shelf.look, self._room(row)
        name = _height(look.font("body", weight=600), row.name, width)
        said = _height(look.font("small", serif=True), row.said, width) if row.said else 0
        return name, said

    def _room(self, row: ShelfRow) -> int:
        look = self._shelf.look
        count = QFontMetrics(look.font("body")).horizontalAdvance(row.notes) if row.notes else 0
        return max(self._shelf.viewport().width() - look.px(24) - count - look.px(10), look.px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look, row, area = self._shelf.look, self._shelf.rows[index.row()], QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.key:
            self._paint_ground(painter, area, index)
            self._paint_row(painter, area, row, chosen=row.key == self._shelf.chosen_key)
        else:
            painter.setFont(look.font("small", weight=600))
            painter.setPen(look.colour("text-quiet"))
            words = area.adjusted(look.px(12), 0, 0, -look.px(8))
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.name)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, index: Index) -> None:
        """Filled for what is shown in the middle, a ring for where the arrows are."""
        look, shelf = self._shelf.look, self._shelf
        shown = shelf.rows[index.row()].key == shelf.chosen_key
        here = shelf.hasFocus() and index.row() == shelf.currentIndex().row()
        painter.setPen(QPen(look.colour("focus"), 2) if here else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("selection") if shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), look.px(6), look.px(6))

    def _paint_row(self, painter: QPainter, area: QRect, row: ShelfRow, *, chosen: bool) -> None:
        look = self._shelf.look
        inside = area.adjusted(look.px(12), look.px(7), -look.px(12), 0)
        name, said = self._words(row)
        painter.setFont(look.font("body", weight=600 if chosen else 400))
        painter.setPen(look.colour("text"))
        width = self._room(row)
        painter.drawText(QRect(inside.left(), inside.top(), width, name), _WRAP, row.name)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), row.notes)
        if row.said:
            painter.setFont(look.font("small", serif=True))
            painter.setPen(look.colour("quote"))
            painter.drawText(QRect(inside.left(), inside.top() + name, width, said), _WRAP, row.said)


def _height(font: QFont, words: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()


class ShelfList(QListView):
    """Rows by key: `chosen` on Enter or a click, `sought` at a #, `right` where Right leads out of the list."""

    chosen = Signal(str)
    sought = Signal()
    right = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.chosen_key = ""  # what is shown in the middle
        self._model = ShelfModel(self)
        self.setModel(self._model)
        self.setItemDelegate(ShelfDelegate(self))
        self.setProperty("bare", True)
        self.setProperty("ownFocus", True)
        self.setAccessibleName("Themes, parts, intentions and marked moments; Enter brings the notes")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self._take(index.row()))

    @property
    def rows(self) -> tuple[ShelfRow, ...]:
        """The rows that are shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[ShelfRow, ...], chosen: str) -> None:
        """Show these rows; the arrows go on from where they were, or from what is chosen."""
        here = self._here()
        if rows != self.rows:
            self._model.take(rows)
        moved, self.chosen_key = chosen != self.chosen_key, chosen
        wanted = chosen if moved and chosen else here or chosen
        place = next((n for n, row in enumerate(rows) if row.key and row.key == wanted), -1)
        if place >= 0 and place != self.currentIndex().row():
            self.setCurrentIndex(self._model.index(place))
        elif self.hasFocus():
            self._to_first()
        self.viewport().update()

    def _here(self) -> str:
        row = self.currentIndex().row()
        return self.rows[row].key if 0 <= row < len(self.rows) else ""

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self.look = look
        self.doItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter brings what is chosen, # finds anything; arrows and letters move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Right:
            self.right.emit()
        elif event.text() == "#":
            self.sought.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:  # noqa: ANN401 - Qt's own
        """With nothing chosen, the arrows start at the first row."""
        super().focusInEvent(event)
        self._to_first()

    def _to_first(self) -> None:
        if not self.currentIndex().isValid():
            first = next((n for n, row in enumerate(self.rows) if row.key), -1)
            if first >= 0:
                self.setCurrentIndex(self._model.index(first))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.rows) and self.rows[row].key:
            self.chosen.emit(self.rows[row].key)

"""A tree of things to tick, as rows: Space ticks, Right and Left unfold and fold; as tall as its words need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.look import Look

Index = QModelIndex | QPersistentModelIndex

ON, OFF, PART = "on", "off", "part"
_BOXES = {ON: "square-check", OFF: "square", PART: "square-minus"}
_SAID = {ON: "ticked", OFF: "not ticked", PART: "partly ticked"}
_FOLD, _INDENT, _BOX, _LOCK = 22, 24, 28, 22  # px at 100 %
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class TickRow(NamedTuple):
    """One row. Without a `tick` it has no box; `unfolded` None means that nothing is under it."""

    key: str
    text: str
    end: str = ""
    tick: str = ""
    level: int = 0
    strong: bool = False
    private: bool = False
    unfolded: bool | None = None

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        folded = "" if self.unfolded is None else "unfolded" if self.unfolded else "folded"
        private = "private" if self.private else ""
        return ", ".join(part for part in (self.text, private, self.end, _SAID.get(self.tick, ""), folded) if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[TickRow, ...] = ()

    def take(self, rows: Sequence[TickRow]) -> None:
        before, self.rows = self.rows, tuple(rows)
        if [row.key for row in before] == [row.key for row in rows]:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class TickRows(QListView):
    """Says `ticked` and `turned` (folded or unfolded) with the key of a row; what follows is shown by `show_rows`."""

    ticked = Signal(str)
    turned = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_TickDelegate(self))
        self.setProperty("bare", True)
        self.setAccessibleName(name)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    @property
    def rows(self) -> tuple[TickRow, ...]:
        """The rows that are shown."""
        return self._model.rows

    def show_rows(self, rows: Sequence[TickRow]) -> None:
        """Show these rows; the row the keys are at stays."""
        if tuple(rows) == self.rows:
            return
        at = self.currentIndex().row()
        key = self.rows[at].key if 0 <= at < len(self.rows) else None
        self._model.take(rows)
        place = next((n for n, row in enumerate(rows) if row.key == key), -1)
        self.setCurrentIndex(self._model.index(place) if place >= 0 else QModelIndex())
        self._fit()

    def go_to(self, key: str) -> None:
        """Put the keys at a row."""
        place = next((n for n, row in enumerate(self.rows) if row.key == key), -1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place))

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self.look = look
        self._fit()
        self.viewport().update()

    def row_height(self, row: TickRow) -> int:
        """The height of a row at the present width."""
        words = self.words_area(row, QRect(0, 0, max(self.viewport().width(), 60), 0))
        metrics = QFontMetrics(self.font_of(row))
        wrapped = metrics.boundingRect(QRect(0, 0, words.width(), 100_000), _WRAPPED, row.text)
        return max(wrapped.height() + self.look.px(12), self.look.px(38))

    def font_of(self, row: TickRow) -> Any:  # noqa: ANN401 - a QFont
        """The font of its words."""
        return self.look.font("body", weight=600 if row.strong else None)

    def words_area(self, row: TickRow, area: QRect) -> QRect:
        """Where the words stand."""
        px = self.look.px
        left = px(_FOLD) + row.level * px(_INDENT) + (px(_BOX) if row.tick else 0)
        end = QFontMetrics(self.look.font("small")).horizontalAdvance(row.end)
        right = (end + px(12) if row.end else 0) + (px(_LOCK) if row.private else 0)
        return area.adjusted(left, 0, -min(right, max(area.width() - left - 40, 0)), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick; Right unfolds, Left folds."""
        place = self.currentIndex().row()
        if place < 0:
            super().keyPressEvent(event)
            return
        row = self.rows[place]
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                (self.ticked if row.tick else self.turned).emit(row.key)
            case Qt.Key.Key_Right if row.unfolded is False:
                self.turned.emit(row.key)
            case Qt.Key.Key_Left if row.unfolded:
                self.turned.emit(row.key)
            case Qt.Key.Key_Left:
                self._to_parent(place)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow folds, one on the rest ticks."""
        super().mousePressEvent(event)
        place = self.indexAt(event.position().toPoint()).row()
        if place < 0:
            return
        row = self.rows[place]
        arrow = self.look.px(_FOLD) + row.level * self.look.px(_INDENT)
        if row.unfolded is not None and (event.position().x() < arrow or not row.tick):
            self.turned.emit(row.key)
        elif row.tick:
            self.ticked.emit(row.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With nothing chosen, the first row is where the arrows start."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows:
            self.setCurrentIndex(self._model.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and be as tall as that needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right for folding, ahead of any shortcut."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return super().event(event)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def _to_parent(self, place: int) -> None:
        level = self.rows[place].level
        above = next((n for n in range(place, -1, -1) if self.rows[n].level < level), place)
        self.setCurrentIndex(self._model.index(above))

    def _fit(self) -> None:
        self.setFixedHeight(sum(self.row_height(row) for row in self.rows) + 2)
        self.doItemsLayout()


class _TickDelegate(QStyledItemDelegate):
    """Draws arrow, box, words, lock and what stands at the end."""

    def __init__(self, parent: TickRows) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._list.look.px(120), self._list.row_height(self._list.rows[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = self._list.look, self._list.rows[index.row()]
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected and self._list.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area, look.px(4), look.px(4))
        self._paint_marks(painter, area, row)
        words = self._list.words_area(row, area)
        painter.setFont(self._list.font_of(row))
        painter.setPen(look.colour("private" if row.private else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        drawn = painter.boundingRect(words, int(middle) | _WRAPPED, row.text)
        painter.drawText(words, int(middle) | _WRAPPED, row.text)
        if row.private:
            left, top = drawn.right() + look.px(8), area.center().y() - look.px(8)
            painter.drawPixmap(QPointF(left, top), look.pixmap("lock", "private", 15))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), row.end)
        painter.restore()

    def _paint_marks(self, painter: QPainter, area: QRect, row: TickRow) -> None:
        look = self._list.look
        left = area.left() + row.level * look.px(_INDENT)
        middle = area.center().y() + 1
        if row.unfolded is not None:
            arrow = "chevron-down" if row.unfolded else "chevron-right"
            painter.drawPixmap(QPointF(left, middle - look.px(8)), look.pixmap(arrow, "text-quiet", 16))
        if row.tick:
            role = "text-quiet" if row.tick == OFF else "accent"
            drawn = look.pixmap(_BOXES[row.tick], role, 19)
            painter.drawPixmap(QPointF(left + look.px(_FOLD), middle - look.px(9.5)), drawn)

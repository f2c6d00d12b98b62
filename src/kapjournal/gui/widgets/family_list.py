"""A list of names in families: a quiet heading above the first of each, a count at the end of every row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class FamilyList(RowList):
    """Rows by key; the `note` of a row is its family."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setItemDelegate(_FamilyRow(self))

    def heading_of(self, row: int) -> str:
        """The family that begins with this row; empty within one."""
        before = self.rows[row - 1].note if row else ""
        return self.rows[row].note if self.rows[row].note != before else ""

    def name_width(self, row: int) -> int:
        """The room for a name, with the count beside it."""
        count = QFontMetrics(self.look.font("small")).horizontalAdvance(self.rows[row].end)
        return max(self.viewport().width() - count - self.look.px(56), self.look.px(60))

    def row_height(self) -> int:
        """The height of a name in one line."""
        return self.look.px(36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew, and the chosen one stays in sight."""
        super().resizeEvent(event)
        self.doItemsLayout()
        self.scrollTo(self.currentIndex())


class _FamilyRow(QStyledItemDelegate):
    def __init__(self, parent: FamilyList) -> None:
        super().__init__(parent)
        self._list = parent

    def _heading(self, row: int) -> int:
        return self._list.look.px(38) if self._list.heading_of(row) else 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, row = self._list.look, index.row()
        metrics = QFontMetrics(look.font("body"))
        area = QRect(0, 0, self._list.name_width(row), 10_000)
        words = metrics.boundingRect(area, _WRAPPED, self._list.rows[row].title).height()
        return QSize(look.px(80), max(words + look.px(12), self._list.row_height()) + self._heading(row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = self._list.look, self._list.rows[index.row()]
        area: QRect = option.rect
        painter.save()
        head = self._heading(index.row())
        if head:
            painter.setFont(look.font("small", weight=600))
            painter.setPen(look.colour("text-quiet"))
            top = area.top() + look.px(10)
            painter.drawText(
                QRect(area.left() + look.px(20), top, area.width(), head - look.px(12)), _WRAPPED, row.note
            )
        area = area.adjusted(0, head, 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
            painter.fillRect(QRect(area.left(), area.top(), look.px(3), area.height()), look.colour("accent"))
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text"))
        name = QRect(area.left() + look.px(20), area.top(), self._list.name_width(index.row()), area.height())
        painter.drawText(name, _WRAPPED, row.title)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text-quiet"))
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area.adjusted(0, 0, -look.px(20), 0), side, row.end)
        painter.restore()

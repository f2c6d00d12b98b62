"""The rows of the stream as a Qt model that changes as little as the rows did."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from kapjournal.gui.live.state import Row

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RowModel(QAbstractListModel):
    """Holds the tuple of rows it was last shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> range:
        """Become these rows and say which of them are new or different.

        Nothing happens if they are the same, an append if they only grew, else just the difference.
        """
        old = self.rows
        head = _common(old, rows)
        tail = _common(old[head:][::-1], rows[head:][::-1])
        gone, come = len(old) - head - tail, len(rows) - head - tail
        changed = min(gone, come)
        if gone > come:
            self.beginRemoveRows(NOWHERE, head + changed, head + gone - 1)
            self.rows = rows
            self.endRemoveRows()
        elif come > gone:
            self.beginInsertRows(NOWHERE, head + changed, head + come - 1)
            self.rows = rows
            self.endInsertRows()
        self.rows = rows
        if changed:
            self.dataChanged.emit(self.index(head), self.index(head + changed - 1))
        return range(head, head + come)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Everything is painted; only the screen reader asks for words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken or sentence(row)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(row.details)
        return None


def sentence(row: Row) -> str:
    """The row in one line, where the presenter gave no sentence."""
    words = "".join(span.text for span in row.spans)
    flags = [flag.text for flag in row.flags]
    return ", ".join(part for part in (row.wall, row.since or "", row.label, *flags, words) if part)


def _common(old: tuple[Row, ...], new: tuple[Row, ...]) -> int:
    """How many rows both begin with; an append to 5,000 rows is seen without looking into any of them."""
    if new[: len(old)] == old:
        return len(old)
    both = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], both))

"""The notes of the list as a Qt model; headings cannot be chosen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from kapjournal.gui.integrate.state import NoteRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class NoteModel(QAbstractListModel):
    """Holds the tuple of rows it was last shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[NoteRow, ...] = ()

    def take(self, rows: tuple[NoteRow, ...]) -> range | None:
        """Become these rows: the ones that differ where they are the same notes in the same places, else None."""
        before, self_same = self.rows, len(rows) == len(self.rows)
        if self_same and all(
            new.id == old.id and new.heading == old.heading for new, old in zip(rows, before, strict=True)
        ):
            different = [n for n, (new, old) in enumerate(zip(rows, before, strict=True)) if new != old]
            self.rows = rows
            if not different:
                return range(0)
            self.dataChanged.emit(self.index(different[0]), self.index(different[-1]))
            return range(different[0], different[-1] + 1)
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Everything is painted; only the screen reader asks for words."""
        row = self.rows[index.row()]
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if row.id else Qt.ItemFlag.ItemIsEnabled

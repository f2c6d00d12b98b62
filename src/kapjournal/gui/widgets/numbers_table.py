"""A picture's numbers as a quiet table: no grid, no head for rows, nothing to edit, never wider than its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from kapjournal.gui.look import Look


class NumbersTable(QTableWidget):
    """Stands in the place of a picture, which keeps the keyboard; `scroll_by` takes the arrows."""

    def __init__(self, look: Look, parent: QWidget, name: str) -> None:
        super().__init__(0, 0, parent)
        self.setAccessibleName(f"{name} as a table")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.dress(look)
        self.hide()

    def dress(self, look: Look) -> None:
        """Take the colours and sizes of a look."""
        self.setFont(look.font("small"))
        self.verticalHeader().setDefaultSectionSize(look.px(28))
        self.horizontalHeader().setMinimumSectionSize(look.px(40))
        quiet, ink = look.colour("text-quiet").name(), look.colour("text").name()
        self.setStyleSheet(
            f"QTableWidget {{ background: transparent; border: none; color: {ink}; }}"
            f"QHeaderView, QHeaderView::section {{ background: transparent; border: none; color: {quiet};"
            f" font-size: {look.px(13)}px; }}"
        )

    def fill(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the first column is as wide as its words."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        if heads:
            self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, words in enumerate(row[: len(heads)]):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(number, column, item)

    def scroll_by(self, event: QKeyEvent) -> bool:
        """Scroll with the arrows; whether the key was one of them."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.singleStep())
        return bool(step)


def turns(event: QKeyEvent) -> bool:
    """Whether a key asks for the table, or for the picture again."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

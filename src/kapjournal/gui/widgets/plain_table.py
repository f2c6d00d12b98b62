"""A picture’s numbers as a plain table: no grid, no headers to press; it is scrolled by what it stands in for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from kapjournal.gui.look import Look


class PlainTable(QTableWidget):
    """Rows of words under their heads."""

    def __init__(self, look: Look, name: str, *, parent: QWidget) -> None:
        super().__init__(0, 0, parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self.setFont(look.font("small"))
        self.verticalHeader().setMinimumSectionSize(look.px(28))
        self.horizontalHeader().setMinimumSectionSize(look.px(40))
        quiet, ink = look.colour("text-quiet").name(), look.colour("text").name()
        self.setStyleSheet(
            f"QTableWidget {{ background: transparent; border: none; color: {ink}; }}"
            f"QHeaderView, QHeaderView::section {{ background: transparent; border: none; color: {quiet};"
            f" font-size: {look.px(13)}px; }}"
        )
        self.resizeRowsToContents()

    def fill(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, wide: int) -> None:
        """Show these rows; the column `wide` takes the room that is left."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                self.setItem(number, column, QTableWidgetItem(words))
        modes = QHeaderView.ResizeMode
        for column in range(len(heads)):
            mode = modes.Stretch if column == wide else modes.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.verticalHeader().setSectionResizeMode(modes.ResizeToContents)

    def scroll_by(self, key: int) -> None:
        """Scroll as an arrow or page key would."""
        bar = self.verticalScrollBar()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in steps:
            bar.setValue(bar.value() + steps[Qt.Key(key)] * bar.singleStep())
        else:
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_PageDown else -1) * bar.pageStep())

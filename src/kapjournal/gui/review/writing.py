"""A field that unfolds to write on in: Ctrl+Enter keeps it, Escape folds it with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.words_area import WordsArea


class Writing(QWidget):
    """The field with what can be done with it."""

    typed = Signal(str)
    kept = Signal()
    left = Signal()

    def __init__(self, look: Look, name: str, *, serif: bool, rows: int = 2, keep: str = "Keep it") -> None:
        super().__init__()
        self._shown: object = None
        self.area = WordsArea(look, rows=rows, serif=serif)
        self.area.setAccessibleName(name)
        self.area.installEventFilter(self)
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.keep = Button(look, keep, size="small")
        self.leave = Button(look, "Leave it", variant=Variant.QUIET)
        column = Column(look, self, spacing=6)
        column.addWidget(self.area)
        row = Row(look, spacing=16)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addWidget(self.says, 1)
        column.addLayout(row)
        self.area.typed.connect(self.typed)
        self.area.too_long.connect(lambda: self.says.setText("That is more than one field takes; nothing was put in."))
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)
        self.hide()

    def show_words(self, words: str, version: object, *, shown: bool, keep: str = "", says: str = "") -> None:
        """Unfold with these words, or fold; what is typed stays unless the version is another."""
        if version != self._shown:
            self._shown = version
            self.area.put(words)
        if keep:
            self.keep.setText(keep)
            self.area.setAccessibleName(says)
            self.says.setText(says)
        self.setVisible(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the two keys."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

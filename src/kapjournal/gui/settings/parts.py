"""Small parts of the sheet of settings: its fields, words in a column, and what is told under a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.label import Lined, Text
from kapjournal.gui.widgets.spacing import Row


class SettingField(LineField):
    """A line that leaves undo to the screen, where one step is one change and not one letter."""

    def __init__(self, look: Look, width: int = 0) -> None:
        self._letters = width
        super().__init__(look)
        if width:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def restyle(self, look: Look) -> None:
        """Be as wide as its letters need in another text size."""
        super().restyle(look)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for its letters; all there is, if none are given."""
        size = super().sizeHint()
        if self._letters:
            size.setWidth(round(self._look.px(9.2) * self._letters) + self._look.px(26))
        return size

    def event(self, event: QEvent) -> bool:
        """Let Ctrl+Z and its like pass."""
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and isinstance(event, QKeyEvent) and (event.matches(undo) or event.matches(redo)):
            event.ignore()
            return True
        return super().event(event)


class FixedText(Text):
    """A word in a column of its own width and as high as a field, so that a row of them stands in line."""

    def __init__(self, look: Look, text: str, width: float = 0, *, step: str = "body", role: str = "text") -> None:
        super().__init__(text, step=step, role=role)
        self._width = width
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the width of another text size."""
        self.setMinimumSize(look.px(self._width), look.px(38))


def beside(look: Look, label: str, field: QWidget) -> QWidget:
    """A field with its label before it."""
    box = QWidget()
    row = Row(look, box, spacing=6)
    row.addWidget(Text(label, step="small", role="text-quiet"))
    row.addWidget(field)
    return box


def lined(line: Lined) -> Lined:
    """Let it grow with its lines: of itself it is never higher than at the width it would like to have."""
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return line


def say_all(said: dict[str, str], trouble: Lined, key: str, sentence: str) -> None:
    """Tell under a row what is wrong with any of its fields."""
    said[key] = sentence
    words = " ".join(dict.fromkeys(filter(None, said.values())))
    trouble.setText(words)
    trouble.setVisible(bool(words))

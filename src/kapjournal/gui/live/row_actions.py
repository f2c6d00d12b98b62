"""What can be done with an opened row, as words under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kapjournal.gui.look import Look

ACTIONS = (
    ("correct", "Correct"),
    ("addendum", "Add to it"),
    ("retract", "Take it back"),
    ("late entry", "Late entry here"),
)


class RowActions(QWidget):
    """One button an action; Left and Right move, Escape goes back to the row."""

    def __init__(self, look: Look, chosen: Callable[[str], None], left: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._left = left
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, look.px(4), 0, look.px(4))
        layout.setSpacing(look.px(8))
        self.buttons = [self._button(look, name, words, chosen) for name, words in ACTIONS]
        for button in self.buttons:
            layout.addWidget(button)
        layout.addStretch()

    def _button(self, look: Look, name: str, words: str, chosen: Callable[[str], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("size", "small")
        button.setFont(look.font("small", weight=600))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: chosen(name))
        return button

    def take_focus(self) -> None:
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk along the actions; Enter does the one that has the focus."""
        focused = next((i for i, button in enumerate(self.buttons) if button.hasFocus()), 0)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.buttons[focused - 1].setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.buttons[(focused + 1) % len(self.buttons)].setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.buttons[focused].click()
            case Qt.Key.Key_Escape:
                self._left()
            case _:
                super().keyPressEvent(event)

"""Tap mode in the place of the capture field: each letter logs at once, and the panel shows what the last one did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.key_cap import KeyCap
from kapjournal.gui.live.passage import Passage, picture, words
from kapjournal.gui.live.row_text import RowType
from kapjournal.gui.live.state import Capture, Span, Style
from kapjournal.gui.live.writing_line import Elsewhere
from kapjournal.gui.look import Look

SAYS = "Each letter logs at once. Enter to write instead."


class TapPanel(QWidget):
    """Hears single letters; a held key is one press, which the presenter sees from its release."""

    def __init__(self, look: Look, on: Doings, elsewhere: Elsewhere, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._on, self._elsewhere = look, on, elsewhere
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setAccessibleName("Tap mode. Each letter logs at once. Enter to write instead.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(7))
        layout.addLayout(self._first_line())
        layout.addLayout(self._second_line())

    def _first_line(self) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        line.addWidget(picture(look, "keyboard", "text", 18))
        line.addWidget(words(look, "Tap mode", "body", "text", weight=600))
        line.addSpacing(look.px(4))
        line.addWidget(Passage(RowType(look), (Span(SAYS, Style.QUIET),), self), 1)
        return line

    def _second_line(self) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        self._last = words(look, "Last:", "body", "text-quiet")
        self._key = KeyCap(look, " ", self, role="accent")
        self._text = words(look, "", "body", "text")
        self._check = picture(look, "check", "text-quiet", 16)
        self._saved = words(look, "", "body", "text-quiet")
        for part, gap in ((self._last, 4), (self._key, 4), (self._text, 4), (self._check, 0), (self._saved, 0)):
            line.addWidget(part)
            line.addSpacing(look.px(gap))
        line.addStretch(1)
        line.addWidget(KeyCap(look, "Backspace", self))
        line.addSpacing(look.px(4))
        line.addWidget(words(look, "take back", "body", "text-quiet"))
        return line

    def show_last(self, capture: Capture) -> None:
        """Show what the last key did and whether it is saved."""
        has_last = bool(capture.last_text)
        self._key.show_key(capture.last_key or " ")
        self._text.setText(capture.last_text)
        self._saved.setText(capture.last_saved)
        self._key.setVisible(bool(capture.last_key))
        self._last.setText("Last:" if has_last else "Nothing tapped yet")
        saved = capture.last_saved.startswith("saved")
        self._check.setVisible(bool(capture.last_saved) and saved)
        self._saved.setVisible(bool(capture.last_saved))
        self.setAccessibleDescription(f"Last: {capture.last_text}, {capture.last_saved}" if has_last else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, digits, + and - are told; Enter writes, Escape leaves, Backspace takes back."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on.enter()
            case Qt.Key.Key_Escape:
                self._on.escape()
            case Qt.Key.Key_Backspace:
                self._once(event, self._on.take_back)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._elsewhere.page(-1 if event.key() == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_End:
                self._elsewhere.newest()
            case _ if not command and event.text().isprintable() and event.text().strip():
                key = event.text().upper()
                self._once(event, lambda: self._on.tap(key, shift))
            case _:
                event.ignore()

    def _once(self, event: QKeyEvent, do: Callable[[], None]) -> None:
        if not event.isAutoRepeat():
            do()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of a held key."""
        if not event.isAutoRepeat() and event.text().strip():
            self._on.tap_key_released(event.text().upper())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the field returns to writing."""
        self._on.enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._on.focus_lost()

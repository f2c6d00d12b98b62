"""Fields to write in, each with its label; the caret is drawn in the accent colour and does not blink."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.label import Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row

# Qt's cursor rectangle of a line edit begins this far left of the line it draws.
_LEFT_OF_CARET = 5


class LineField(QLineEdit):
    """One line of text."""

    def __init__(self, look: Look, *, placeholder: str = "", tall: bool = False) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setProperty("tall", tall)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw the caret in the colours of another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caret over Qt's own, which would come out as the ground inverted: a bright line at night."""
        super().paintEvent(event)
        if self.hasFocus() and not self.isReadOnly():
            caret = self.cursorRect()
            line = QRect(caret.left() + _LEFT_OF_CARET, caret.top(), self._look.px(2), caret.height())
            QPainter(self).fillRect(line, self._look.colour("accent"))


class TextArea(QPlainTextEdit):
    """Several lines; `rows` are shown before it scrolls inside itself. Tab moves on instead of writing a tab."""

    def __init__(self, look: Look, *, rows: int = 3, serif: bool = False) -> None:
        super().__init__()
        self._rows = rows
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursorWidth(0)
        if serif:
            self.setProperty("serif", True)
            self.setProperty("step", "quote")
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = look
        line = look.line("quote" if self.property("serif") else "body")
        self.setFixedHeight(self._rows * line + look.px(24))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._look.px(240), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, then the caret in the accent colour."""
        super().paintEvent(event)
        if self.hasFocus() and not self.isReadOnly():
            caret = self.cursorRect()
            caret.setWidth(self._look.px(2))
            QPainter(self.viewport()).fillRect(caret, self._look.colour("accent"))


class Labelled(QWidget):
    """A field under its label, with a hint beside the label and a word of trouble below.

    A field too narrow for that word only marks its border (`tells=False`); the screen says it nearby.
    """

    def __init__(self, look: Look, label: str, field: QWidget, *, hint: str = "", tells: bool = True) -> None:
        super().__init__()
        self.field = field
        self._tells = tells
        self.label = Text(label, strong=True)
        self.label.setBuddy(field)
        field.setAccessibleName(f"{label}, {hint}" if hint else label)
        self.hint = Text(hint, step="small", role="text-quiet", wrap=True)
        head = Row(look, spacing=8)
        head.addWidget(self.label)
        head.addWidget(self.hint, 1)
        self.trouble = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.trouble.hide()
        column = Column(look, self, spacing=6)
        column.addLayout(head)
        column.addWidget(field)
        column.addWidget(self.trouble)

    def tell(self, trouble: str) -> None:
        """Say what is wrong with the field; empty when nothing is."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble) and self._tells)
        if self.field.property("trouble") != bool(trouble):
            self.field.setProperty("trouble", bool(trouble))
            self.field.setAccessibleDescription(trouble)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)


class SecretField(LineField):
    """A passphrase: dots until Show is pressed, and a word when Caps Lock seems to be on.

    Qt cannot ask for the state of Caps Lock, so it is told from the letters: one that comes out large without
    Shift, or small with it.
    """

    caps_lock = Signal(bool)

    def __init__(self, look: Look, *, tall: bool = True) -> None:
        super().__init__(look, tall=tall)
        self._shown = False
        self.show_button = Button(look, "Show", icon="eye", variant=Variant.PLAIN)
        self.show_button.setParent(self)
        self.show_button.setAccessibleName("Show the passphrase")
        self.show_button.clicked.connect(lambda: self.reveal(shown=not self._shown))
        self.reveal(shown=False)

    def reveal(self, *, shown: bool) -> None:
        """Show the letters, or dots in their place."""
        self._shown = shown
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.show_button.draw("eye-off" if shown else "eye", "Hide" if shown else "Show")
        self._place_button()

    def forget(self) -> None:
        """Empty the field and its undo history, and go back to dots."""
        self.setText("")
        self.reveal(shown=False)
        self.caps_lock.emit(False)

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        super().restyle(look)
        if hasattr(self, "show_button"):
            self.show_button.restyle(look)
            self._place_button()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and tell Caps Lock from what came out."""
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Keep the button at the right end."""
        self._place_button()

    def _place_button(self) -> None:
        size = self.show_button.sizeHint()
        right = self.width() - self._look.px(12) - size.width()
        self.show_button.setGeometry(right, (self.height() - size.height()) // 2, size.width(), size.height())
        self.setTextMargins(0, 0, size.width() + self._look.px(8), 0)

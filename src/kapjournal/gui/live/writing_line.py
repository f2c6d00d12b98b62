"""Where the words are typed: a plain text field that grows to five lines and leaves its keys to the live view."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.state import Chip, ChipKind
from kapjournal.gui.live.type_sizes import LINE, sized
from kapjournal.gui.look import Look

MOST_CHARACTERS = 20_000  # of one line of typing; beyond that every key press would be felt
MOST_LINES = 5
_COLOURED = {ChipKind.THEME, ChipKind.PART, ChipKind.TIME, ChipKind.MISSING, ChipKind.PROBLEM}
_EDITING_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
)


class Elsewhere(NamedTuple):
    """What keys of the line do outside of it."""

    page: Callable[[int], None]  # scroll the stream, -1 up, 1 down
    newest: Callable[[], None]
    leave: Callable[[bool], None]  # move the focus on (True) or back


class WritingLine(QPlainTextEdit):
    """Tells what is typed at once; sets text only when told to by a new version of it."""

    _told_revision = -1  # of the document, when its text was told last

    def __init__(self, look: Look, on: Doings, elsewhere: Elsewhere, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._on, self._elsewhere = look, on, elsewhere
        self._setting = False
        self._preedit = ""
        self._told = ""
        self._completing = False
        self._hint = ""
        self._colours: tuple[tuple[int, int, str], ...] = ()
        self.setProperty("ownFocus", True)
        self.setProperty("bare", True)
        self.setAccessibleName("Note")
        self._dress()
        self.textChanged.connect(self._typed)
        self.textChanged.connect(self._have_told)
        self.cursorPositionChanged.connect(self._moved)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _dress(self) -> None:
        self.setFont(sized(self._look, LINE))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setCursorWidth(0)  # drawn below: 2 px, in the accent colour, never blinking
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, self._look.colour("text"))
        self.setPalette(palette)
        ink, select = self._look.colour("text").name(), self._look.colour("accent").name()
        self.setStyleSheet(
            f"QPlainTextEdit {{ color: {ink}; background: transparent; border: none; padding: 0;"
            f" selection-background-color: {select}; }}"
        )

    # What is shown

    def take(self, text: str, cursor: int) -> None:
        """Stand with this text and cursor, without telling anyone."""
        self._setting = True
        if text != self.toPlainText():
            self.setPlainText(text)
        moved = self.textCursor()
        moved.setPosition(min(to_units(text, cursor), self.document().characterCount() - 1))
        self.setTextCursor(moved)
        self.document().clearUndoRedoStacks()
        self._told = text
        self._setting = False
        self._fit()

    def show_hint(self, hint: str) -> None:
        """What stands in the empty field."""
        if hint != self._hint:
            self._hint = hint
            self.setAccessibleDescription(hint)
            self.viewport().update()

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Colour the words that were understood as labels."""
        colours = tuple((c.start, c.end, c.role) for c in chips if c.kind in _COLOURED and c.end > c.start)
        if colours == self._colours:
            return
        self._colours = colours
        text = self.toPlainText()
        self.setExtraSelections([self._coloured(text, *stretch) for stretch in colours])

    def _coloured(self, text: str, start: int, end: int, role: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setForeground(self._look.colour(role))
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(to_units(text, start), last))
        cursor.setPosition(min(to_units(text, end), last), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, form
        return made

    def set_completing(self, completing: bool) -> None:
        """Up and Down choose among completions while there are some."""
        self._completing = completing

    def _fit(self, *_: object) -> None:
        lines = max(min(round(self.document().size().height()), MOST_LINES), 1)
        height = ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + 1
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    # What is typed

    def plain_text(self) -> str:
        """The text with what an input method is still composing."""
        text = self.toPlainText()
        if not self._preedit:
            return text
        at = to_characters(text, self.textCursor().position())
        return text[:at] + self._preedit + text[at:]

    def cursor_at(self) -> int:
        """The cursor, counted in characters."""
        return to_characters(self.toPlainText(), self.textCursor().position()) + len(self._preedit)

    def _typed(self) -> None:
        self.viewport().update()
        text = self.plain_text()
        # Qt also calls it a change when only the dress of the words is another.
        if not self._setting and text != self._told:
            self._told = text
            self._on.typed(text, self.cursor_at())

    def _moved(self) -> None:
        self.viewport().update()
        by_typing = self.document().revision() != self._told_revision  # told with the text, in a moment
        if not self._setting and not by_typing:
            self._on.cursor_moved(self.cursor_at())

    def _have_told(self) -> None:
        self._told_revision = self.document().revision()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composing is typing: it takes the stamp and is in the draft, before it becomes text."""
        changed = event.preeditString() != self._preedit
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        if changed and not event.commitString():
            self._typed()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only; too many to be one note are refused in words, before they could freeze anything."""
        text = source.text() if source.hasText() else ""
        if len(text) + self.document().characterCount() > MOST_CHARACTERS:
            self._on.too_much_pasted(len(text))
            return
        self.textCursor().insertText(printable(text))
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Leave every shortcut that is not editing to the windows: Ctrl+K means find, not delete to the end."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            letters = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
            if command and letters and not any(event.matches(key) for key in _EDITING_KEYS):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter logs, Escape taps, Tab completes, Page Up reads; the rest is typing."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter(event)
            case Qt.Key.Key_Escape:
                self._on.escape()
            case Qt.Key.Key_Tab if plain:
                if not self._on.tab():
                    self._elsewhere.leave(True)
            case Qt.Key.Key_Backtab:
                self._elsewhere.leave(False)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown if plain:
                self._elsewhere.page(-1 if event.key() == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if plain:
                self._up_or_down(event)
            case Qt.Key.Key_End if self.textCursor().atEnd():
                self._elsewhere.newest()
            case _:
                self._edit(event)

    def _enter(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
        elif not event.isAutoRepeat():
            self._on.enter()

    def _up_or_down(self, event: QKeyEvent) -> None:
        """Among completions, to the last entry, or among the lines of what is typed."""
        up = event.key() == Qt.Key.Key_Up
        if self._completing:
            self._on.completion_moved(-1 if up else 1)
        elif up and not self.plain_text():
            self._on.up_in_empty()
        else:
            super().keyPressEvent(event)

    def _edit(self, event: QKeyEvent) -> None:
        """Backspace asks for a chip first; undo with nothing to bring back means the last entry."""
        undo = event.matches(QKeySequence.StandardKey.Undo)
        bare = event.key() == Qt.Key.Key_Backspace and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if bare and not self.textCursor().hasSelection() and self._on.backspace_after_chip():
            return
        if undo and not self.plain_text() and not self.document().isUndoAvailable():
            self._on.take_back()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What stands here should be safe by now; a context menu does not take the line away."""
        super().focusOutEvent(event)
        self.viewport().update()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._on.focus_lost()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, a cursor that does not blink, and the hint while there is nothing."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        rect = self.cursorRect()
        if self._hint and not self.plain_text():
            painter.setPen(self._look.colour("text-quiet"))
            painter.setFont(self.font())
            room = QRect(rect.topLeft() + QPoint(self._look.px(8), 0), self.viewport().size())
            room.setHeight(rect.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self._hint)
        if self.hasFocus() and not self._preedit:
            bar = QRect(rect.left(), rect.top(), max(self._look.px(2), 2), rect.height())
            painter.fillRect(bar, self._look.colour("accent"))


def to_units(text: str, characters: int) -> int:
    """A place counted in characters, as Qt counts it: characters beyond the basic plane are two units."""
    return characters + sum(1 for c in text[:characters] if ord(c) > 0xFFFF) if not text.isascii() else characters


def to_characters(text: str, units: int) -> int:
    """A place that Qt counts in units, counted in characters."""
    if text.isascii():
        return units
    seen = 0
    for number, letter in enumerate(text):
        if seen >= units:
            return number
        seen += 2 if ord(letter) > 0xFFFF else 1
    return len(text)


def printable(text: str) -> str:
    """Without control characters; line ends as one kind, tabs as spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or (c.isprintable() or c.isspace() or ord(c) > 0x9F))

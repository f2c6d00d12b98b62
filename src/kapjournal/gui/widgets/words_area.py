"""A field for words: as high as they are, with suggestions at a # or @, undo of its own, and serif for a client’s."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import TextArea
from kapjournal.gui.widgets.suggestions import Offer, Suggestions

MOST_LETTERS = 20_000
_MOST_ROWS = 14  # higher than that, the field scrolls inside itself
_WORD = re.compile(r"(?:^|(?<=\s))[#@](?!\d)[\w-]*$")


class Choice(NamedTuple):
    """Something the word at the caret may become: what is put in its place, and how the list calls it."""

    text: str
    offer: Offer


class WordsArea(TextArea):
    """Says `typed` when the words change; suggestions come from `suggest`, colours of labels from `marks`.

    Signals:
        typed: the words as they stand now.
        took: the place of the choice that was taken, in what `suggest` gave.
        too_long: more was pasted than one field takes; nothing of it was put in.
    """

    typed = Signal(str)
    took = Signal(int)
    too_long = Signal()

    def __init__(
        self,
        look: Look,
        *,
        rows: int = 2,
        serif: bool = True,
        suggest: Callable[[str], Sequence[Choice]] | None = None,
        marks: Callable[[str], Sequence[tuple[int, int, str]]] | None = None,
    ) -> None:
        self._least = rows
        self._suggest, self._marks = suggest or (lambda _: ()), marks or (lambda _: ())
        self._choices: tuple[Choice, ...] = ()
        self._list: Suggestions | None = None
        self._told = ""
        super().__init__(look, rows=rows, serif=serif)
        if serif:
            self.setProperty("step", "lead")
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._offer)

    # --- what is shown ---------------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        """Stand with these words, without telling anyone; there is nothing to undo yet."""
        self._told = text
        self.setPlainText(text)
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._dress()

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = look
        if self._list is not None:
            self._list.restyle(look)
        self._fit()
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew, so the height may be another."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not hasattr(self, "_least"):
            return
        line = self._look.line("lead")
        lines = max(ceil(self.document().size().height()), 1)  # a plain text document counts in lines
        spacing = self.fontMetrics().lineSpacing()
        wanted = max(self._least * line, min(lines, _MOST_ROWS) * spacing) + self._look.px(28)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def _dress(self) -> None:
        text = self.toPlainText()
        self.setExtraSelections([self._dressed(text, *mark) for mark in self._marks(text)])

    def _dressed(self, text: str, start: int, end: int, role: str) -> QTextEdit.ExtraSelection:
        made, form = QTextEdit.ExtraSelection(), QTextCharFormat()
        form.setForeground(self._look.colour(role))
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, form
        return made

    # --- what is typed ---------------------------------------------------------------------------------------

    def _changed(self) -> None:
        text = self.toPlainText()
        self._fit()
        if text != self._told:
            self._told = text
            self._dress()
            self.typed.emit(text)
        self._offer()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only, and not a book."""
        text = source.text() if source.hasText() else ""
        if len(text) + self.document().characterCount() > MOST_LETTERS:
            self.too_long.emit()
        else:
            super().insertFromMimeData(source)

    def _word(self) -> str:
        cursor = self.textCursor()
        block = cursor.block().text().encode("utf-16-le")
        at = cursor.positionInBlock() * 2
        before, after = block[:at].decode("utf-16-le", "ignore"), block[at:].decode("utf-16-le", "ignore")
        found = _WORD.search(before)
        return found[0] if found and not re.match(r"[\w-]", after) else ""

    def _offer(self) -> None:
        word = self._word() if self.hasFocus() and not self.isReadOnly() else ""
        self._choices = tuple(self._suggest(word)) if word else ()
        if self._list is None and self._choices:
            self._list = Suggestions(self._look, self.take, self.window())
        if self._list is not None:
            if self._list.parentWidget() is not self.window():
                self._list.setParent(self.window())
            below = self.viewport().mapTo(self.window(), self.cursorRect().bottomLeft() + QPoint(0, self._look.px(6)))
            self._list.offer([choice.offer for choice in self._choices], below)

    def suggested(self) -> tuple[str, ...]:
        """The names that are offered now."""
        return tuple(choice.offer.name for choice in self._choices)

    def take(self, number: int) -> None:
        """Put a choice in the place of the word at the caret; Ctrl+Z brings the word back."""
        choice, word = self._choices[number], self._word()
        self.took.emit(number)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        moved = QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(QTextCursor.MoveOperation.Left, moved, _units(word))
        cursor.insertText(choice.text + " ")
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _close_list(self) -> None:
        self._choices = ()
        if self._list is not None:
            self._list.offer((), QPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab or Enter takes a suggestion, Up and Down choose, Escape closes the list; the rest is typing."""
        if not self._choices or self._list is None:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Tab | Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.take(self._list.chosen)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._list.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Escape:
                self._close_list()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape and Enter for the list while there is one, ahead of any shortcut."""
        mine = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in mine
        if asked and self._choices:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab belongs to the list while there is one."""
        if next_ and self._choices and self._list is not None:
            self.take(self._list.chosen)
            return True
        return super().focusNextPrevChild(next_)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is offered to a field that is not written in."""
        super().focusOutEvent(event)
        self._close_list()


def _units(text: str) -> int:
    """The length as Qt counts it: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2

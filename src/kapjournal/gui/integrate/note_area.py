"""Where the note is written: plain text, in which a quotation shows as one, with a bar and the client's type."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QSizePolicy

from kapjournal.domain.quotation import DASH, SIGN, LineKind, line_kinds, put_in
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.words_area import Choice, WordsArea

_HIDDEN = QColor(0, 0, 0, 0)


class QuotationDress(QSyntaxHighlighter):
    """Shows the lines of a quotation without their signs: the client's words in serif, sources small and quiet."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._kinds: tuple[LineKind, ...] = ()
        self._of = ""
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._sign = QTextCharFormat()
        self._sign.setForeground(_HIDDEN)
        self._sign.setFontPointSize(0.5)
        self._forms = {
            LineKind.SPOKEN: _form(look, "quote", "quote", serif=True),
            LineKind.NOTED: _form(look, "body", "text"),
            LineKind.SOURCE: _form(look, "small", "text-quiet"),
        }
        self.rehighlight()

    def kinds(self) -> tuple[LineKind, ...]:
        """What every line is, read once for each state of the text."""
        text = self.document().toPlainText()
        if text != self._of:
            self._of, self._kinds = text, line_kinds(text)
        return self._kinds

    def highlightBlock(self, text: str) -> None:
        """Dress one line."""
        kinds, number = self.kinds(), self.currentBlock().blockNumber()
        kind = kinds[number] if number < len(kinds) else LineKind.WRITTEN
        if kind is LineKind.WRITTEN:
            return
        self.setFormat(0, len(text.encode("utf-16-le")) // 2, self._forms[kind])
        self.setFormat(0, min(len(DASH if kind is LineKind.SOURCE else SIGN), len(text)), self._sign)


def _form(look: Look, step: str, role: str, *, serif: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(look.font(step, serif=serif))
    made.setForeground(look.colour(role))
    return made


class NoteArea(WordsArea):
    """Takes the room it is given, and is written in the therapist's own type."""

    def __init__(self, look: Look, suggest: Callable[[str], Sequence[Choice]]) -> None:
        super().__init__(look, rows=6, suggest=suggest)
        self.setProperty("serif", False)
        self.setProperty("step", "body")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(16_777_215)
        self.dress = QuotationDress(self.document(), look)
        self._settled: tuple[LineKind, ...] = ()
        self.textChanged.connect(self._redress)
        self._inset()

    def _fit(self) -> None:
        self.setMinimumHeight(self._look.line("body") * 5 + self._look.px(24))

    def sizeHint(self) -> QSize:
        """No more than it needs; the pane gives it what is left."""
        return QSize(self._look.px(240), self.minimumHeight())

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        super().restyle(look)
        if hasattr(self, "dress"):
            self.dress.restyle(look)
            self._inset()

    def _inset(self) -> None:
        self.document().setDocumentMargin(self._look.px(10))

    def _redress(self) -> None:
        """A source that comes or goes changes what the lines above it are."""
        kinds = self.dress.kinds()
        if kinds != self._settled:
            self._settled = kinds
            self.blockSignals(True)
            self.dress.rehighlight()
            self.blockSignals(False)
            self.viewport().update()

    def put_block(self, block: str) -> None:
        """Put a quotation in at the caret, standing by itself; Ctrl+Z takes it out again."""
        cursor = self.textCursor()
        at = len(self.toPlainText().encode("utf-16-le")[: cursor.position() * 2].decode("utf-16-le", "ignore"))
        cursor.insertText(put_in(self.toPlainText(), at, block))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, then a bar beside every quotation."""
        super().paintEvent(event)
        painter, kinds = QPainter(self.viewport()), self.dress.kinds()
        offset, block = self.contentOffset(), self.firstVisibleBlock()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(offset)
            if area.top() > self.viewport().height():
                break
            if role := _bar_role(kinds, block.blockNumber()):
                bar = QRectF(self._look.px(1), area.top(), self._look.px(3), area.height())
                painter.fillRect(bar, self._look.colour(role))
            block = block.next()


def _bar_role(kinds: Sequence[LineKind], number: int) -> str:
    """The colour role of the bar beside a line; a source goes with the words above it."""
    kind = kinds[number] if number < len(kinds) else LineKind.WRITTEN
    if kind is LineKind.SOURCE and number:
        kind = kinds[number - 1]
    return {LineKind.WRITTEN: "", LineKind.NOTED: "text-quiet"}.get(kind, "quote")

"""What stands in the middle in place of the pages: passages to go through, a sealed bundle, a progress note."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from kapjournal.gui.handover.state import Marks, Note, PassageRow, Told
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Hairline, Lined, Text
from kapjournal.gui.widgets.said_words import SaidWords
from kapjournal.gui.widgets.spacing import Column, Row

STORY = (
    "Marked words are what could tell who someone is; what stands underlined goes in their place. Read the rest as "
    "well: a unique story can still tell who someone is, however many names are gone."
)
NOTE_SAYS = (
    "A draft for your own record system, made of the clinical record alone. Read it before you use it. "
    "The clipboard is cleared after a minute."
)


class MarksPane(QWidget):
    """A few passages at a time; `decided` carries a key and words, or a key alone."""

    edit_asked = Signal(str)
    decided = Signal(str, str)
    suggested = Signal(str)
    as_written = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Marks | None = None
        self._body: QWidget | None = None
        self.area: TextArea | None = None
        self.change: list[Button] = []
        self._column = Column(look, self, spacing=12)
        self._column.addWidget(Lined(look, "info", STORY, step="small", role="text", size=16))

    def show_marks(self, marks: Marks | None) -> None:
        """Show a sheet; the one that stands is not built anew."""
        if marks is None or marks == self._shown:
            return
        self._shown = marks
        self._build(marks)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        if self._shown is not None:
            self._build(self._shown)

    def _build(self, marks: Marks) -> None:
        had_focus = self._body is not None and self._body.isAncestorOf(self.focusWidget() or self)
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.area, self.change = None, []
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=10)
        for row in marks.rows:
            column.addWidget(self._editor(row) if row.key == marks.editing else self._passage(row))
        column.addStretch(1)
        self._column.addWidget(self._body)
        self._body.show()
        if self.area is not None:
            self.area.setFocus()
        elif had_focus and self.change:
            self.change[0].setFocus()

    def _passage(self, row: PassageRow) -> QWidget:
        look, card = self._look, Card("paper")
        beside = Row(look, card, margins=(16, 8, 16, 8), spacing=12)
        words = Text(wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(self._html(row))
        words.setAccessibleName(self._spoken(row))
        column = Column(look, spacing=2)
        column.addWidget(words)
        if told := ", ".join(part for part in (row.where, "changed by you" if row.decided else "") if part):
            column.addWidget(Text(told, step="small", role="text-quiet", wrap=True))
        beside.addLayout(column, 1)
        change = Button(look, "Change", variant=Variant.QUIET, size="small")
        change.setAccessibleName(f"Change: {row.goes}")
        change.clicked.connect(lambda: self.edit_asked.emit(row.key))
        self.change.append(change)
        beside.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def _editor(self, row: PassageRow) -> QWidget:
        look, card = self._look, Card("paper")
        column = Column(look, card, margins=(16, 10, 16, 12), spacing=10)
        area = self.area = TextArea(look, rows=4)
        area.setPlainText(row.goes)
        column.addWidget(Labelled(look, "Goes as", area, hint=row.where))
        buttons = QWidget()
        flow = FlowLayout(look, buttons, spacing=12)
        for says, do in (
            ("Keep it so", lambda: self.decided.emit(row.key, area.toPlainText())),
            ("As suggested", lambda: self.suggested.emit(row.key)),
            ("As written", lambda: self.as_written.emit(row.key)),
            ("Leave it", lambda: self.edit_asked.emit("")),
        ):
            button = Button(look, says, size="small")
            button.clicked.connect(do)
            flow.addWidget(button)
        column.addWidget(buttons)
        return card

    def _html(self, row: PassageRow) -> str:
        look, parts = self._look, []
        gone, new = look.colour("safety").name(), look.colour("accent").name()
        for one in row.stretches:
            words = escape(one.text).replace("\n", "<br>")
            if one.replaced is not None:
                words = (
                    f'<span style="color: {gone}; text-decoration: line-through">{words}</span> '
                    f'<span style="color: {new}; text-decoration: underline">{escape(one.replaced)}</span>'
                )
            parts.append(words)
        return "".join(parts)

    @staticmethod
    def _spoken(row: PassageRow) -> str:
        marked = [f"{one.text}, {one.why}, becomes {one.replaced}" for one in row.stretches if one.replaced is not None]
        return f"{row.where}: {row.goes}" + (f". Marked: {'; '.join(marked)}" if marked else "")


class SealedPane(Card):
    """A bundle that was sealed: where it is, and what to read out."""

    def __init__(self, look: Look) -> None:
        super().__init__("paper")
        self.title = Text(step="screen", serif=True, wrap=True)
        self.compared = Lined(look, "circle-check", "", icon_role="accent", size=20)
        self.what, self.how_large = Text(wrap=True), Text(role="text-quiet", step="small")
        self.path = Text(strong=True, wrap=True)
        self.words = SaidWords(look, "fingerprint", "Your six words, to read out")
        self.theirs = SaidWords(look, "fingerprint", "Their six words, to hear from them")
        self.passphrase = SaidWords(
            look, "key-round", "The passphrase, to tell by telephone. It is shown this once and kept nowhere"
        )
        self.done = Button(look, "Done", variant=Variant.PRIMARY)
        column = Column(look, self, margins=(32, 26, 32, 28), spacing=14)
        for part in (self.title, self.compared, Hairline(), self.what, self.path, self.how_large):
            column.addWidget(part)
        for spoken in (self.passphrase, self.words, self.theirs):
            column.addWidget(spoken)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_told(self, told: Told | None) -> None:
        """Show it; nothing of it stays when it is gone."""
        told = told or Told("", "", "", "", "", "", "", "")
        self.title.setText(told.title)
        self.compared.setText(told.compared)
        self.what.setText(told.what)
        self.path.setText(told.path.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.path.setAccessibleName(told.path)
        self.how_large.setText(told.size)
        self.words.say(told.words)
        self.theirs.say(told.their_words)
        self.passphrase.say(told.passphrase)


class NotePane(Card):
    """The draft of a progress note."""

    session_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._keys: tuple[tuple[str, str], ...] = ()
        self.buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._sessions = QWidget()
        self._flow = FlowLayout(look, self._sessions)
        self.area = TextArea(look, rows=16)
        self.area.setReadOnly(True)
        self.copy = Button(look, "Copy the text", icon="copy", variant=Variant.PRIMARY)
        self.told = Text(step="small", role="text-quiet", wrap=True)
        self.none = Text("No session was held yet.", role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 16, 20, 20), spacing=12)
        column.addWidget(Text(NOTE_SAYS, step="small", wrap=True))
        column.addWidget(self._sessions)
        column.addWidget(self.none)
        column.addWidget(Labelled(look, "Progress note", self.area))
        row = Row(look, spacing=16)
        row.addWidget(self.copy)
        row.addWidget(self.told, 1)
        column.addLayout(row)
        column.addStretch(1)

    def show_note(self, note: Note | None) -> None:
        """Show the sessions and the draft of the chosen one."""
        if note is None:
            return
        if note.sessions != self._keys:
            self._keys = note.sessions
            self._fill(note)
        for key, button in self.buttons.items():
            button.setChecked(key == note.session)
        if self.area.toPlainText() != note.text:
            self.area.setPlainText(note.text)
        self.copy.setEnabled(bool(note.text))
        self.none.setVisible(not note.sessions)

    def _fill(self, note: Note) -> None:
        self._flow.clear()
        self.buttons = {}
        for key, says in note.sessions:
            button = self.buttons[key] = Button(self._look, says, variant=Variant.CHOICE, size="small")
            button.clicked.connect(lambda _=False, what=key: self.session_chosen.emit(what))
            self._group.addButton(button)
            self._flow.addWidget(button)

"""The chosen entry, whole: its words, what was said about it since, and where something can be added to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import NoteShown
from kapjournal.gui.review.writing import Writing
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row

_SAYS = {
    "comment": ("Add it", "Stands beside the entry with the time it is written now."),
    "correct": ("Correct it", "The original stays beside it, struck through."),
}


class NotePanel(QWidget):
    """Shows one entry; the field to comment or correct in unfolds below it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._presenter: ReviewPresenter | None = None
        self._shown: NoteShown | None = None
        self._body: QWidget | None = None
        self.comment = Button(look, "Add a comment", icon="pen-line", size="small")
        self.correct = Button(look, "Correct", variant=Variant.QUIET)
        self.correct.setAccessibleName("Correct this entry, beside the original")
        self.writing = Writing(look, "", serif=False, rows=1)
        self.wall = Text(strong=True)
        self.since = Text(step="small", role="text-quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self, spacing=8)
        row = Row(look, spacing=16)
        times = Column(look, spacing=0)
        times.addWidget(self.wall)
        times.addWidget(self.since)
        times.addStretch(1)
        row.addLayout(times)
        self._middle = Column(look)
        self._middle.addStretch(1)
        row.addLayout(self._middle, 1)
        actions = Column(look, spacing=6)
        actions.addWidget(self.comment, 0, Qt.AlignmentFlag.AlignRight)
        actions.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignRight)
        actions.addStretch(1)
        row.addLayout(actions)
        column.addLayout(row)
        column.addWidget(self.writing)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is done here to the presenter."""
        self._presenter = presenter
        self.comment.clicked.connect(lambda: self._write("comment"))
        self.correct.clicked.connect(lambda: self._write("correct"))
        self.writing.typed.connect(lambda words: presenter.typed(self._how, words))
        self.writing.kept.connect(lambda: presenter.keep(self._how))
        self.writing.left.connect(lambda: presenter.leave_writing(self._how))

    @property
    def _how(self) -> str:
        return self._shown.writing if self._shown else ""

    def _write(self, how: str) -> None:
        if self._presenter is not None:
            self._presenter.write_on(how)
            self.writing.area.setFocus()

    def show_note(self, note: NoteShown | None) -> None:
        """Show this entry, or nothing."""
        self.setVisible(note is not None)
        before, self._shown = self._shown, note
        if note is None:
            return
        self.wall.setText(note.wall)
        self.since.setText(note.since)
        keep, says = _SAYS.get(note.writing, ("", ""))
        self.writing.show_words(note.text, (note.id, note.version), shown=bool(note.writing), keep=keep, says=says)
        if before is None or before._replace(text="", version=0) != note._replace(text="", version=0):
            self._fill(note)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look

    def _fill(self, note: NoteShown) -> None:
        if self._body is not None:
            self._middle.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=4)
        column.addWidget(self._kind(note))
        if note.was:
            was = Text(note.was, role="text-quiet", serif=note.quoted, wrap=True)
            font = was.font()
            font.setStrikeOut(True)
            was.setFont(font)
            was.setAccessibleName(f"Before: {note.was}")
            column.addWidget(was)
        if note.words:
            step, role = ("lead", "quote") if note.quoted else ("body", "text")
            column.addWidget(Text(note.words, step=step, role=role, serif=note.quoted, wrap=True))
        if note.labels:
            chips = QWidget()
            flow = FlowLayout(self._look, chips)
            for words, is_part in note.labels:
                flow.addWidget(Chip(self._look, words, ChipKind.PART if is_part else ChipKind.THEME))
            column.addWidget(chips)
        for line in note.added:
            column.addWidget(Text(line, step="small", wrap=True))
        for line in note.details if note.unfolded else ():
            column.addWidget(Text(line, step="small", role="text-quiet", wrap=True))
        self._middle.insertWidget(0, self._body)

    def _kind(self, note: NoteShown) -> QWidget:
        line = QWidget()
        flow = FlowLayout(self._look, line, spacing=16)
        flow.addWidget(self._told(note.icon, note.label, note.role, strong=True))
        for icon, words, role in note.flags:
            flow.addWidget(self._told(icon, words, role, strong=role != "text-quiet"))
        return line

    def _told(self, icon: str, words: str, role: str, *, strong: bool) -> Lined:
        told = Lined(self._look, icon, words, step="small", role=role, strong=strong, size=16)
        told.words.setWordWrap(False)
        return told

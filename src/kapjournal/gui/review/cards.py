"""The cards beside the picture: the client's own account, the notes, the own state, signing; and the late entry."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kapjournal.application.review_session import ACCOUNT, LATE, LATE_AT, NOTE, OWN
from kapjournal.gui.look import Look
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import Review, Written
from kapjournal.gui.review.writing import Writing
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.spacing import Column, Margins, Row


class WrittenCard(Card):
    """Words that stand, and a field to write on in."""

    def __init__(
        self, look: Look, name: str, *, serif: bool, empty: str, go_on: str, margins: Margins = (20, 14, 20, 14)
    ) -> None:
        super().__init__()
        self._look, self._name, self._serif, self._empty = look, name, serif, empty
        self._body: QWidget | None = None
        self._shown: tuple[object, ...] = ()
        self.title = Text(step="heading")
        self.note = Text(step="small", role="text-quiet")
        self.writing = Writing(look, go_on, serif=serif)
        self.go_on = Button(look, go_on, icon="pen-line", variant=Variant.QUIET)
        self.foot = Column(look, spacing=4)
        self._column = Column(look, self, margins=margins, spacing=8)
        head = Row(look, spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.note)
        self._column.addLayout(head)
        self._words = Column(look, spacing=8)
        self._column.addLayout(self._words)
        self._column.addStretch(1)
        self._column.addWidget(self.writing)
        last = Row(look, spacing=16)
        last.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignTop)
        last.addLayout(self.foot, 1)
        self._column.addLayout(last)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is written to the presenter."""
        self.go_on.clicked.connect(lambda: self.begin(presenter))
        self.writing.typed.connect(lambda words: presenter.typed(self._name, words))
        self.writing.kept.connect(lambda: presenter.keep(self._name))
        self.writing.left.connect(lambda: presenter.leave_writing(self._name))

    def begin(self, presenter: ReviewPresenter) -> None:
        """Unfold the field, to write in."""
        presenter.write_on(self._name)
        self.writing.area.setFocus()

    def show_written(self, title: str, written: Written, session: str, *, fixed: bool = False) -> None:
        """Show these words; where they are `fixed`, nothing is added to them."""
        self.title.setText(title)
        self.note.setText(written.note)
        self.writing.area.setAccessibleName(f"{title}, go on")
        self.writing.show_words(written.text, (session, written.version), shown=written.open)
        self.go_on.setVisible(not written.open and not fixed)
        if self._shown != (written.paragraphs, session):
            self._shown = (written.paragraphs, session)
            self._fill(written)

    def _fill(self, written: Written) -> None:
        if self._body is not None:
            self._words.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=10 if self._serif else 8)
        if not written.paragraphs:
            column.addWidget(Text(self._empty, step="small", role="text-quiet", wrap=True))
        for one in written.paragraphs:
            words = f"“{one.words}”" if self._serif and one.words[:1] not in '“"„' else one.words
            role = "text-quiet" if one.taken_back else "quote" if self._serif else "text"
            text = Text(words, step="quote" if self._serif else "body", role=role, serif=self._serif, wrap=True)
            text.setAccessibleName(f"{one.when}: {one.words}" + (", taken back" if one.taken_back else ""))
            if one.taken_back:
                font = text.font()
                font.setStrikeOut(True)
                text.setFont(font)
            column.addWidget(text)
        self._words.addWidget(self._body)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look


class OwnCard(QWidget):
    """What was written of the own state: nothing of it until it is asked for, and then behind a dashed bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._open = False
        self.says = Lined(look, "lock", "", step="small", role="private", strong=True, size=16)
        self.turn = Button(look, "", variant=Variant.QUIET)
        empty = "Nothing was written afterwards. What was written meanwhile stands on the line."
        none = (0.0, 0.0, 0.0, 0.0)
        self.written = WrittenCard(look, OWN, serif=False, empty=empty, go_on="Write", margins=none)
        self.written.setProperty("frame", "")
        self.written.title.hide()
        self.written.note.hide()
        column = Column(look, self, margins=(16, 8, 12, 8), spacing=2)
        head = Row(look, spacing=12)
        head.addWidget(self.says, 1)
        head.addWidget(self.turn)
        column.addLayout(head)
        column.addWidget(self.written)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is done here to the presenter."""
        self.turn.clicked.connect(presenter.show_own)
        self.written.bind(presenter)

    def show_state(self, state: Review) -> None:
        """Show how much there is, or all of it."""
        self._open = state.own is not None
        counted = f"My own state, {state.own_count} private" if state.own_count else "My own state, private"
        self.says.setText("Private, kept apart from the record" if self._open else counted)
        self.turn.setText("Hide" if self._open else "Show")
        self.turn.setAccessibleName(f"{self.turn.text()} my own state, private")
        self.written.setVisible(self._open)
        if state.own is not None:
            self.written.show_written("My own state", state.own, state.session, fixed=bool(state.received))
        self.update()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The private ground and the dashed bar."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._open:
            painter.fillRect(QRectF(self.rect()), look.colour("private-quiet"))
        pen = QPen(look.colour("private"), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        x = look.px(3) / 2
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))


class LateCard(Card):
    """A time and a line: what happened then and is written now."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._version = -1
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.at = LineField(look, placeholder="14:12")
        self.at.setAccessibleName("When it happened, a time of day")
        self.at.setMaximumWidth(look.px(110))
        self.line = LineField(look, placeholder="What happened; “ for the client’s words")
        self.line.setAccessibleName("What happened")
        self.add = Button(look, "Add", variant=Variant.PRIMARY)
        self.add.setAccessibleName("Add the late entry")
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        column = Column(look, self, margins=(16, 12, 16, 12), spacing=8)
        head = Row(look, spacing=12)
        head.addWidget(Text("Add a late entry", strong=True))
        head.addWidget(self.says, 1)
        head.addWidget(Chip(look, "late entry", ChipKind.DASHED, icon="history", role="text-quiet"))
        column.addLayout(head)
        row = Row(look, spacing=12)
        row.addWidget(self.at)
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        column.addLayout(row)
        column.addWidget(self.problem)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is typed to the presenter; Enter keeps it."""
        self.at.textEdited.connect(lambda words: presenter.typed(LATE_AT, words))
        self.line.textEdited.connect(lambda words: presenter.typed(LATE, words))
        for field in (self.at, self.line):
            field.returnPressed.connect(presenter.keep_late)
        self.add.clicked.connect(presenter.keep_late)

    def show_state(self, state: Review) -> None:
        """Show what is typed and how it will be shown."""
        if state.late_version != self._version:
            self._version = state.late_version
            self.at.setText(state.late_at)
            self.line.setText(state.late)
        self.says.setText(state.late_says)
        self.problem.setText(state.late_problem)
        self.problem.setVisible(bool(state.late_problem))

    def restyle(self, look: Look) -> None:
        """Take the width of another text size."""
        self.at.setMaximumWidth(look.px(110))


class SignCard(QWidget):
    """The checks of the landing, and signing; or when it was signed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._presenter: ReviewPresenter | None = None
        self._version = -1
        self.fields: dict[str, LineField] = {}
        self.checks = Button(look, "Closing checks", icon="plus")
        self.sign = Button(look, "Sign this session", variant=Variant.PRIMARY)
        self.signed = Lined(look, "lock", "", step="small", role="text-quiet", size=16)
        self._list = QWidget()
        self._rows = Column(look, self._list, spacing=6)
        column = Column(look, self, spacing=8)
        column.addWidget(self._list)
        row = Row(look, spacing=12)
        row.addWidget(self.checks, 1)
        row.addWidget(self.sign, 1)
        row.addWidget(self.signed, 1)
        column.addLayout(row)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is done here to the presenter."""
        self._presenter = presenter
        self.checks.clicked.connect(self._turn)
        self.sign.clicked.connect(presenter.ask_to_sign)

    def _turn(self) -> None:
        if self._presenter is not None:
            self._presenter.show_checks()
            if self.fields and self._list.isVisibleTo(self):
                next(iter(self.fields.values())).setFocus()

    def show_state(self, state: Review) -> None:
        """Show what there is to do."""
        if not self.fields:
            for name, label, _ in state.checks:
                self._add(name, label)
        if state.late_version != self._version:
            self._version = state.late_version
            for name, _, words in state.checks:
                self.fields[name].setText(words)
        signed = bool(state.signed or state.received)
        self._list.setVisible(state.checks_shown and not signed)
        self.checks.setVisible(not signed and bool(state.session))
        self.sign.setVisible(not signed and bool(state.session))
        self.signed.setVisible(signed)
        told = f"{state.signed}. What is written now stands beside it with its own time."
        self.signed.setText(state.received or told)

    def _add(self, name: str, label: str) -> None:
        field = LineField(self._look)
        field.setAccessibleName(label)
        row = Row(self._look, spacing=12)
        row.addWidget(Text(label, step="small"), 1)
        row.addWidget(field, 2)
        self._rows.addLayout(row)
        self.fields[name] = field
        field.textEdited.connect(lambda words: self._typed(name, words))

    def _typed(self, name: str, words: str) -> None:
        if self._presenter is not None:
            self._presenter.typed(f"check:{name}", words)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look


def account_card(look: Look) -> WrittenCard:
    """The client's own account, in the client's own words."""
    empty = "What the client tells of it afterwards has its place here, as it is said."
    return WrittenCard(look, ACCOUNT, serif=True, empty=empty, go_on="Continue")


def notes_card(look: Look) -> WrittenCard:
    """What the therapist makes of it."""
    return WrittenCard(look, NOTE, serif=False, empty="Nothing is noted yet.", go_on="Write a note")

"""The screen of a client: the course line on top, then what was meant and agreed, then the facts."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.domain.course import SessionKind
from kapjournal.gui.client.cards import (
    ACCOUNT,
    CONTACT,
    CourseCard,
    MeasuresCard,
    NotesCard,
    PracticesCard,
    intention_rows,
    note_rows,
    part_rows,
)
from kapjournal.gui.client.facts import CLIENT, CourseFacts
from kapjournal.gui.client.presenter import ClientPresenter
from kapjournal.gui.client.state import ClientState
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.facts_card import FactsCard
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.place_form import PlaceForm
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_BESIDE = 980  # px at 100 % that three cards beside one another need
_NARROW = 420  # px at 100 %; below, the page margins go first


class ClientView(QWidget):
    """The whole screen; `presets` are the published vitals schedules, as (label, minutes)."""

    def __init__(self, look: Look, presets: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self._look = look
        self._version = 0
        self.presenter: ClientPresenter | None = None
        self.banner = BannerStrip(look)
        self.course = CourseCard(look)
        self.measures = MeasuresCard(look)
        self.intentions = NotesCard(
            look,
            "Intentions",
            "No intention is written down yet.",
            note="the client’s own words",
            serif=True,
            newest_last=True,
        )
        self.parts = NotesCard(look, "Parts", "No parts are named yet.", private=True, add="Roster", icon="users-round")
        self.practices = PracticesCard(look)
        self.contacts = NotesCard(
            look,
            "Contacts",
            "No contact between sessions yet.",
            add="Add",
            form=PlaceForm(look, "contact", CONTACT, "Keep it"),
        )
        self.accounts = NotesCard(
            look,
            "Own account",
            "What the client tells or writes of it has its place here.",
            private=True,
            add="Add",
            form=PlaceForm(look, "account", ACCOUNT, "Keep it"),
            serif=True,
        )
        self.facts = FactsCard(look, "Client", CLIENT)
        self.plan = CourseFacts(look, presets)
        self.archived = Text(step="small", role="mark")
        self.archive = Button(look, "Archive", icon="archive", variant=Variant.QUIET)
        self._lay_out()
        self.panes = Panes(self, [self.course, *(card for cards in self._cards for card in cards)])

    def bind(self, presenter: ClientPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.presenter = presenter
        course = self.course
        course.line.chosen.connect(presenter.choose)
        course.line.taken.connect(presenter.open_chosen)
        course.running.clicked.connect(presenter.return_to_running)
        course.open.clicked.connect(lambda: presenter.open_chosen(""))
        course.begin.clicked.connect(lambda: presenter.open_chosen(""))
        course.another_date.clicked.connect(lambda: presenter.open_form("move"))
        course.plan.clicked.connect(lambda: presenter.open_form("plan"))
        course.card.clicked.connect(presenter.edit_card)
        course.pictures.clicked.connect(presenter.picture)
        for button, kind in (
            (course.dosing, SessionKind.DOSING),
            (course.preparation, SessionKind.PREPARATION),
            (course.integration, SessionKind.INTEGRATION),
        ):
            button.clicked.connect(lambda _=False, what=kind: self._begin(what))
        self._bind_notes(presenter)
        for card in (self.facts, self.plan):
            card.typed.connect(presenter.typed)
            card.finished.connect(presenter.finished)
        self.archive.clicked.connect(presenter.archive)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, lambda: presenter.open_form("plan"))

    def _begin(self, kind: SessionKind) -> None:
        if self.presenter is None:
            return
        if kind is SessionKind.DOSING and not self.course.running.isHidden():
            self.presenter.return_to_running()
        else:
            self.presenter.begin(kind)

    def _bind_notes(self, presenter: ClientPresenter) -> None:
        self.measures.add.clicked.connect(presenter.measure)
        self.practices.settled.connect(presenter.settle)
        self.practices.add.clicked.connect(lambda: presenter.open_form("practice"))
        self.contacts.add.clicked.connect(lambda: presenter.open_form("contact"))
        self.accounts.add.clicked.connect(lambda: presenter.open_form("account"))
        self.intentions.taken.connect(lambda _: presenter.prepare())
        self.parts.taken.connect(presenter.part)
        self.parts.add.clicked.connect(lambda: presenter.part(""))
        for form in self._forms():
            form.typed.connect(presenter.typed)
            form.keep_asked.connect(presenter.keep_form)
            form.leave_asked.connect(self._leave_form)

    def _leave_form(self) -> None:
        if self.presenter is not None:
            self.presenter.close_form()
        self.begin()

    def _forms(self) -> tuple[PlaceForm, ...]:
        cards = (self.practices, self.contacts, self.accounts)
        became = self.practices.became_form
        return (self.course.plan_form, self.course.move_form, became, *(card.form for card in cards if card.form))

    def show_state(self, state: ClientState) -> None:
        """Show what the presenter made of it."""
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text")
        self.course.show_state(state)
        self.measures.show_measures(state.measures, may_add=state.may_measure)
        self.intentions.tell(intention_rows(state), state)
        self.parts.call(state.parts_word.capitalize(), f"No {state.parts_word} are named yet.")
        self.parts.tell(part_rows(state), state)
        self.practices.show_practices(state.practices, state)
        self.contacts.tell(note_rows(state.contacts, "phone"), state)
        self.accounts.tell(note_rows(state.accounts, quoted=True), state)
        if state.facts_version != self._version:
            self._version = state.facts_version
            words = dict(state.facts)
            self.facts.fill(words)
            self.plan.fill(words)
        problems = dict(state.problems)
        self.facts.tell(problems)
        self.plan.tell(problems)
        self.archived.setText(state.archived)
        self.archived.setVisible(bool(state.archived))
        self.archive.setText("Bring back" if state.archived else "Archive")

    def begin(self) -> None:
        """The keys begin where the next session is started."""
        self.course.dosing.setFocus()

    def begin_with_facts(self) -> None:
        """For a client who is new, the facts come first."""
        self.facts.fields["pronouns"].field.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set things under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_BESIDE)
        directions = QBoxLayout.Direction
        for row in self._rows:
            row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        side = self._look.px(28 if self.width() >= self._look.px(_NARROW) else 8)
        self._ground.setContentsMargins(side, self._look.px(20), side, self._look.px(24))

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        self._ground = ground = Column(look, inside, margins=(28, 20, 28, 24), spacing=16)
        ground.addWidget(self.banner)
        ground.addWidget(self.course)
        self.facts.head.addWidget(self.archived)
        self.facts.head.addWidget(self.archive)
        wide = ((self.measures, 4), (self.intentions, 5), (self.parts, 4))
        agreed = ((self.practices, 1), (self.contacts, 1), (self.accounts, 1))
        facts = ((self.facts, 1), (self.plan, 1))
        self._rows: list[Row] = []
        self._cards: list[list[QWidget]] = []
        for cards in (wide, agreed, facts):
            self._cards.append([card for card, _ in cards])
            row = Row(look, spacing=16)
            for card, stretch in cards:
                row.addWidget(card, stretch)
            self._rows.append(row)
            ground.addLayout(row)
        ground.addStretch(1)
        Column(look, self).addWidget(Scrolled(inside), 1)

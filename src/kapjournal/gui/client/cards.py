"""The cards of a client's screen that hold what was meant, agreed and told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.domain.entry import Domain, PracticeState
from kapjournal.domain.trend import Dosing, Series
from kapjournal.gui.client.course_line import CourseLine
from kapjournal.gui.client.state import ClientState, IntentionTold, MeasureTold, NoteTold
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.place_form import Asked, PlaceForm
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows
from kapjournal.gui.widgets.trend import Trend

_KINDS = (("preparation", "Preparation"), ("dosing", "Dosing"), ("integration", "Integration"))
PLAN = (
    Asked("when", "When", "a day and a time, such as 12 March 14:00; it may wait"),
    Asked("kind", "Kind", choices=_KINDS),
    Asked("number", "Number", "the next one, if empty"),
)
MOVE = (Asked("when", "When", "a day and a time, such as 12 March 14:00; empty for no date"),)
CONTACT = (Asked("with", "With", "the client, if empty"), Asked("text", "What was said", rows=3))
PRACTICE = (
    Asked("text", "Practice", rows=2),
    Asked("domain", "Domain", choices=(("", "No domain"), *((one.value, one.value.capitalize()) for one in Domain))),
    Asked("how_often", "How often"),
    Asked("on", "Ask about it on", "a day, such as 12 March"),
    Asked("until", "Until", "a day; open, if empty"),
)
BECAME = (
    Asked("why", "A word about why", "it may wait"),
    Asked("on", "Ask again on", "where it goes on in another form: a day"),
)
ACCOUNT = (Asked("text", "In the client’s own words", "as told or written", rows=4, serif=True),)


class CourseCard(Card):
    """The course line, the session chosen on it, and what can be begun."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.count = Text(step="small", role="text-quiet", wrap=True)
        self.running = Button(look, "", icon="waves", variant=Variant.QUIET)
        self.pictures = Button(look, "In pictures", icon="eye", variant=Variant.QUIET)
        self.line = CourseLine(look)
        self.chosen = Text(step="body", strong=True)
        self.when = Text(step="small", role="text-quiet", wrap=True)
        self.open = Button(look, "Open it", size="small")
        self.begin = Button(look, "Begin it now", size="small")
        self.another_date = Button(look, "Another date", size="small")
        self.dosing = Button(look, "Start dosing", icon="waves", variant=Variant.PRIMARY)
        self.preparation = Button(look, "Start a preparation")
        self.integration = Button(look, "Start an integration")
        self.plan = Button(look, "Plan a session", icon="calendar-plus")
        self.card = Button(look, "Edit the card", icon="pen-line")
        self.plan_form = PlaceForm(look, "plan", PLAN, "Plan it")
        self.move_form = PlaceForm(look, "move", MOVE, "Set the date")
        self._lay_out(look)

    def show_state(self, state: ClientState) -> None:
        """Show the course."""
        self.count.setText(state.counted)
        self.running.setText(state.running)
        self.running.setVisible(bool(state.running))
        chosen = state.chosen
        self.line.show_line(state.line, chosen.session if chosen else "")
        self._about.setVisible(chosen is not None)
        if chosen is not None:
            self.chosen.setText(chosen.title)
            self.when.setText(chosen.when)
            self.open.setVisible(chosen.may_open)
            self.begin.setVisible(chosen.may_begin)
            self.another_date.setVisible(chosen.may_move)
        self.dosing.setText("Return to the live view" if state.running else state.next_dosing)
        words = dict(state.form_words)
        self.plan_form.show_form(state.form, words)
        self.move_form.show_form(state.form, words)

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=12)
        head = Row(look, spacing=12)
        head.addWidget(Text("Course", step="heading"))
        head.addWidget(self.count, 1)
        head.addWidget(self.running)
        head.addWidget(self.pictures)
        column.addLayout(head)
        column.addWidget(self.line)
        self._about = QWidget()
        about = FlowLayout(look, self._about, spacing=12, line_gap=8)
        for widget in (self.chosen, self.when, self.open, self.begin, self.another_date):
            about.addWidget(widget)
        self.when.setWordWrap(False)
        column.addWidget(self._about)
        column.addWidget(self.move_form)
        actions = QWidget()
        flow = FlowLayout(look, actions, spacing=12, line_gap=10)
        for button in (self.dosing, self.preparation, self.integration, self.plan, self.card):
            flow.addWidget(button)
        column.addWidget(actions)
        column.addWidget(self.plan_form)


class NotesCard(Card):
    """A card with a heading, a way to add, and rows; says one sentence where there is nothing yet."""

    taken = Signal(str)
    _MOST = 6  # rows before the rest waits behind a button

    def __init__(
        self,
        look: Look,
        title: str,
        empty: str,
        *,
        note: str = "",
        private: bool = False,
        add: str = "",
        icon: str = "plus",
        form: PlaceForm | None = None,
        serif: bool = False,
        newest_last: bool = False,
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows = ToldRows(look, title, serif=serif)
        self.add = Button(look, add or "Add", icon=icon, variant=Variant.QUIET)
        self.title = Text(title, step="heading")
        self.add.setAccessibleName(f"{title}: {add or 'Add'}")
        self.form = form
        self._newest_last = newest_last
        self._all: tuple[RowData, ...] = ()
        self.whole = Button(look, "Show all", variant=Variant.QUIET)
        self.whole.clicked.connect(self._show_all)
        self._whole_shown = False
        self.none = Text(empty, role="text-quiet", wrap=True)
        self.column = Column(look, self, margins=(20, 16, 20, 14), spacing=8)
        head = Row(look, spacing=12)
        named = QWidget()
        flow = FlowLayout(look, named, spacing=12)
        flow.addWidget(self.title)
        if note:
            flow.addWidget(Text(note, step="small", role="text-quiet"))
        if private:
            flow.addWidget(Chip(look, "private", ChipKind.OUTLINED, icon="lock", role="private"))
        head.addWidget(named, 1)
        if add:
            head.addWidget(self.add)
        else:
            self.add.setParent(self)
            self.add.hide()
        self.column.addLayout(head)
        if form is not None:
            self.column.addWidget(form)
        self.column.addWidget(self.rows)
        self.column.addWidget(self.whole)
        self.column.addWidget(self.none)
        self.column.addStretch(1)
        self.rows.taken.connect(self.taken)

    def call(self, title: str, empty: str) -> None:
        """Take another heading, and another sentence where there is nothing yet."""
        self.title.setText(title)
        self.rows.setAccessibleName(title)
        self.add.setAccessibleName(f"{title}: {self.add.text()}")
        self.none.setText(empty)

    def tell(self, rows: Sequence[RowData], state: ClientState) -> None:
        """Show these rows, and the form if it is the one that is open."""
        self._all = tuple(rows)
        self._show_rows()
        self.none.setVisible(not rows)
        if self.form is not None:
            self.form.show_form(state.form, dict(state.form_words))

    def _show_all(self) -> None:
        self._whole_shown = True
        self._show_rows()
        self.rows.setFocus()

    def _show_rows(self) -> None:
        short = len(self._all) > self._MOST + 1 and not self._whole_shown
        some = self._all[-self._MOST :] if self._newest_last else self._all[: self._MOST]
        self.rows.tell(some if short else self._all)
        self.whole.setText(f"Show all {len(self._all)}")
        self.whole.setVisible(short)


class PracticesCard(NotesCard):
    """Practices, and what became of the one that is chosen."""

    settled = Signal(str, object)

    def __init__(self, look: Look) -> None:
        form = PlaceForm(look, "practice", PRACTICE, "Keep it")
        super().__init__(look, "Practices", "Nothing was agreed for the week.", add="Add", form=form)
        self._settled: dict[str, bool] = {}
        self.kept = Button(look, "It was kept", icon="check", size="small")
        self.changed = Button(look, "It was changed", size="small")
        self.let_go = Button(look, "It was let go", size="small")
        self.became_form = PlaceForm(look, "became", BECAME, "Keep it")
        self._became = QWidget()
        flow = FlowLayout(look, self._became, spacing=12, line_gap=8)
        states = (PracticeState.KEPT, PracticeState.CHANGED, PracticeState.DROPPED)
        for button, state in zip((self.kept, self.changed, self.let_go), states, strict=True):
            button.clicked.connect(lambda _=False, what=state: self._settle(what))
            flow.addWidget(button)
        for part in (self._became, self.became_form):
            self.column.insertWidget(self.column.count() - 1, part)
        self._became.hide()
        self.rows.chosen.connect(lambda _: self._offer())

    def show_practices(self, practices: Sequence[NoteTold], state: ClientState) -> None:
        """Show them, the open ones first."""
        self._settled = {note.key: note.settled for note in practices}
        icons = {True: "circle-check", False: "leaf"}
        self.tell([RowData(n.key, n.text, n.note, icon=icons[n.settled], end=n.end) for n in practices], state)
        self.became_form.show_form(state.form, dict(state.form_words))
        self._offer()

    def _chosen(self) -> str:
        at = self.rows.currentIndex().row()
        return self.rows.rows[at].key if 0 <= at < len(self.rows.rows) else ""

    def _offer(self) -> None:
        self._became.setVisible(self._settled.get(self._chosen()) is False)

    def _settle(self, state: PracticeState) -> None:
        if self._chosen():
            self.settled.emit(self._chosen(), state)


class MeasuresCard(Card):
    """Totals by instrument; `add` fills one in, where that can be done.

    Where there is a trend over the course, it stands in the place of the rows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = ToldRows(look, "Measures")
        self.add = Button(look, "Add", icon="plus", variant=Variant.QUIET)
        self.add.setAccessibleName("Measures: Add")
        self.none = Text("No measures yet.", role="text-quiet", wrap=True)
        self.trend = Trend(look)
        self.trend.hide()
        self.slot = Column(look, spacing=8)
        column = Column(look, self, margins=(20, 16, 20, 14), spacing=8)
        head = Row(look, spacing=12)
        head.addWidget(Text("Measures", step="heading"))
        head.addStretch(1)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addLayout(self.slot)
        self.slot.addWidget(self.rows)
        self.slot.addWidget(self.trend)
        column.addWidget(self.none)
        column.addStretch(1)

    def show_trend(self, series: tuple[Series, ...], dosings: tuple[Dosing, ...]) -> None:
        """Show the course of the scores, with the dosing sessions, in the place of the totals."""
        self.trend.show_series(series, dosings)
        self.trend.setVisible(bool(series))
        self.rows.setVisible(not series)

    def show_measures(self, measures: Sequence[MeasureTold], *, may_add: bool) -> None:
        """Show the totals."""
        self.add.setVisible(may_add)
        self.rows.tell([RowData(m.name, m.name, m.days, end=m.totals, end_role="text") for m in measures])
        self.none.setVisible(not measures)


def intention_rows(state: ClientState) -> list[RowData]:
    """Intentions as rows."""
    return [RowData(i.key, f"“{i.text}”", f"{i.session}. {i.became}{_before(i)}") for i in state.intentions]


def _before(intention: IntentionTold) -> str:
    said = ", ".join(f"“{words}”" for words in intention.before)
    return f" Worded before: {said}." if said else ""


def part_rows(state: ClientState) -> list[RowData]:
    """Parts as rows."""
    return [
        RowData(p.key, f"{p.name}, {p.role}" if p.role else p.name, p.note, icon="users-round", end=p.notes)
        for p in state.parts
    ]


def note_rows(notes: Sequence[NoteTold], icon: str = "", *, quoted: bool = False) -> list[RowData]:
    """Contacts or accounts as rows."""
    return [RowData(n.key, f"“{n.text}”" if quoted else n.text, n.note, icon=icon, end=n.end) for n in notes]

"""The cards of the therapist's own screen: the strips, the notes, what goes to consultation, and the check."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.mine.state import Check, Flag, Line, MineState, Month, Question
from kapjournal.gui.notes_told import NoteLine
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.field import Labelled, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.heat_strip import HeatColumn, HeatRow, HeatStrip
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows


class OverTime(Card):
    """Own notes by month: a row a client, or a row a theme."""

    def __init__(self, look: Look, name: str, empty: str) -> None:
        super().__init__()
        self.strip = HeatStrip(look, name, eager=False)
        self.none = Text(empty, role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 16, 20, 14), spacing=10)
        column.addWidget(Text(name, step="heading", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self.none)

    def show_lines(self, months: Sequence[Month], lines: Sequence[Line]) -> None:
        """Show these."""
        columns = [HeatColumn(month.label, month.title) for month in months]
        self.strip.show_heat(columns, [HeatRow(line.key, line.name, line.counts) for line in lines])
        self.strip.setVisible(bool(lines))
        self.none.setVisible(not lines)


class OwnNotes(Card):
    """Notes to choose from, and what can be put on the chosen one."""

    put = Signal(str)

    def __init__(self, look: Look, name: str, empty: str) -> None:
        super().__init__()
        self._look = look
        self.heading = Text(name, step="heading", wrap=True)
        self.about = Text(step="small", role="text-quiet", wrap=True)
        self.chosen = Text(step="small", role="text-quiet", wrap=True)
        self.all = Button(look, "Show all", variant=Variant.QUIET)
        self.rows = ToldRows(look, name)
        self.none = Text(empty, role="text-quiet", wrap=True)
        self.buttons: dict[str, Button] = {}
        self._flags = QWidget()
        self._flow = FlowLayout(look, self._flags, spacing=8, line_gap=8)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=8)
        head = Row(look, spacing=12)
        head.addWidget(self.heading, 1)
        head.addWidget(self.all)
        head.addWidget(Chip(look, "private", ChipKind.OUTLINED, icon="lock", role="private"))
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.chosen)
        column.addWidget(self._flags)
        column.addWidget(self.rows)
        column.addWidget(self.none)

    def show_notes(self, notes: Sequence[NoteLine], chosen: str, about: str = "") -> None:
        """Show these, with one of them chosen."""
        rows = [RowData(n.key, n.words, n.about, n.icon, end_role="private") for n in notes]
        self.rows.show_rows(rows, chosen or None)
        self.rows.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.about.setText(about)
        self.about.setVisible(bool(about))

    def show_flags(self, flags: Sequence[Flag], about: str = "") -> None:
        """What can be put on the chosen note; none while there is no note."""
        self.chosen.setText(f"Put on the chosen note ({about}):")
        self.chosen.setVisible(bool(flags))
        if list(self.buttons) != [flag.key for flag in flags]:
            self._flow.clear()
            self.buttons = {flag.key: self._button(flag) for flag in flags}
            for before, after in pairwise((self.all, *self.buttons.values(), self.rows)):
                QWidget.setTabOrder(before, after)
        for flag in flags:
            self.buttons[flag.key].setChecked(flag.on)
        self._flags.setVisible(bool(flags))

    def _button(self, flag: Flag) -> Button:
        button = Button(self._look, flag.name, variant=Variant.CHOICE, size="small")
        button.clicked.connect(lambda: self.put.emit(flag.key))
        self._flow.addWidget(button)
        return button

    def restyle(self, look: Look) -> None:
        """New buttons are drawn in the look that is on."""
        self._look = look


class CheckCard(Card):
    """A few plain questions after a dosing day; every one may be left out."""

    answered = Signal(str, str)
    about_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.begin = Button(look, "Begin", icon="notebook-pen")
        self.says = Text(role="text-quiet", wrap=True)
        self.saved = Text(step="small", role="text-quiet")
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.keep = Button(look, "Keep it", variant=Variant.PRIMARY)
        self.consult = Button(look, "Keep it, and take it to consultation")
        self.leave = Button(look, "Later", variant=Variant.QUIET)
        self.areas: dict[str, TextArea] = {}
        self.sessions: dict[str, Button] = {}
        self._version = -1
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=12)
        head = Row(look, spacing=12)
        head.addWidget(Text("After a dosing day", step="heading"), 1)
        head.addWidget(self.saved)
        column.addLayout(head)
        column.addWidget(self.says)
        column.addWidget(self.begin)
        self._form = QWidget()
        self._fields = Column(look, self._form, spacing=12)
        chosen = QWidget()
        self._flow = FlowLayout(look, chosen, spacing=8)
        self._fields.addWidget(chosen)
        self._questions = Column(look, spacing=12)
        self._fields.addLayout(self._questions)
        self._fields.addWidget(self.problem)
        acts = QWidget()
        flow = FlowLayout(look, acts, spacing=12, line_gap=8)
        for button in (self.keep, self.consult, self.leave):
            flow.addWidget(button)
        self._fields.addWidget(acts)
        column.addWidget(self._form)

    def show_check(self, check: Check) -> None:
        """Show the form, or the way to it."""
        self.says.setText(
            "A few plain questions for yourself. Nothing is counted, and every one may be left out."
            if check.about
            else "For a week after a dosing session, a few plain questions for yourself wait here."
        )
        self.saved.setText(check.saved if check.open else "")
        self.problem.setText(check.problem)
        self.problem.setVisible(bool(check.problem))
        self._show_sessions(check)
        if not self.areas:
            self.areas = {question.key: self._area(question) for question in check.questions}
        if check.version != self._version:
            self._version = check.version
            for question in check.questions:
                self._fill(self.areas[question.key], question.answer)
        self._turn(opened=check.open and bool(check.about), waits=bool(check.about) and not check.open)

    def _turn(self, *, opened: bool, waits: bool) -> None:
        """Form or button; the keyboard goes from the one to the other, and to nothing else on the screen."""
        before, within = self.begin.hasFocus(), self._form.isAncestorOf(QApplication.focusWidget() or self)
        if opened and self._form.isHidden():
            self._form.show()
            if self.areas and (before or self.isVisible()):
                next(iter(self.areas.values())).setFocus()
        elif waits and self.begin.isHidden():
            self.begin.show()
            if within:
                self.begin.setFocus()
        self._form.setVisible(opened)
        self.begin.setVisible(waits)

    def _show_sessions(self, check: Check) -> None:
        if list(self.sessions) != [key for key, _ in check.about]:
            self._flow.clear()
            self.sessions = {key: self._session(key, words) for key, words in check.about}
        for key, button in self.sessions.items():
            button.setChecked(key == check.chosen)

    def _session(self, key: str, words: str) -> Button:
        button = Button(self._look, words, variant=Variant.CHOICE)
        button.setAccessibleName(f"About {words}")
        button.clicked.connect(lambda: self.about_chosen.emit(key))
        self._flow.addWidget(button)
        return button

    def _area(self, question: Question) -> TextArea:
        area = TextArea(self._look, rows=2)
        area.textChanged.connect(lambda: self.answered.emit(question.key, area.toPlainText()))
        self._questions.addWidget(Labelled(self._look, question.words, area))
        return area

    @staticmethod
    def _fill(area: TextArea, words: str) -> None:
        area.blockSignals(True)
        if area.toPlainText() != words:
            area.setPlainText(words)
        area.blockSignals(False)

    def restyle(self, look: Look) -> None:
        """New buttons are drawn in the look that is on."""
        self._look = look


def month_note(state: MineState) -> str:
    """How the notes were narrowed."""
    counted = "1 note" if len(state.notes) == 1 else f"{len(state.notes)} notes"
    return f"{state.heading}: {counted}" if state.notes else ""

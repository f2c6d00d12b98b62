"""Practices agreed: what the client takes into life, with a form for another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from kapjournal.domain.entry import Domain, PracticeState
from kapjournal.gui.integrate.state import Integrate, PracticeRow
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows

_STATES = {PracticeState.KEPT: "kept", PracticeState.CHANGED: "changed", PracticeState.DROPPED: "dropped"}


class Practices(QWidget):
    """The list, the word about one of them, and the form."""

    agreed = Signal(str, str, str, str, str)  # words, domain, how often, follow-up, until
    settled = Signal(str, object)
    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._forms = 0
        self._open = ""
        self.more = Button(look, "", variant=Variant.PLAIN, size="small")
        self.form = PracticeForm(look)
        self.add = Button(look, "Add", icon="plus", variant=Variant.QUIET)
        self.add.setAccessibleName("Add a practice")
        self.add.clicked.connect(lambda: self.unfold(unfolded=self.form.isHidden()))
        self.rows = ToldRows(look, "Practices agreed, Enter says what became of one")
        self.rows.taken.connect(self.opened)
        self.form.agreed.connect(self.agreed)
        self.form.left.connect(lambda: self.unfold(unfolded=False))
        self.form.hide()
        column = Column(look, self, spacing=6)
        head = Row(look, spacing=12)
        head.addWidget(Text("Practices agreed", step="heading"), 1)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self.rows)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._became(look))
        column.addWidget(self.form)

    def _became(self, look: Look) -> QWidget:
        self.became, choices = QWidget(), QWidget()
        flow = FlowLayout(look, choices)
        column = Column(look, self.became, spacing=4)
        self.which = Text(step="small", role="text-quiet", wrap=True)
        column.addWidget(self.which)
        column.addWidget(choices)
        self.buttons = {
            state: Button(look, says, variant=Variant.CHOICE, size="small") for state, says in _STATES.items()
        }
        for state, button in self.buttons.items():
            button.clicked.connect(lambda _=False, s=state: self.settled.emit(self._open, s))
            flow.addWidget(button)
        self.became.hide()
        return self.became

    def unfold(self, *, unfolded: bool) -> None:
        """Show the form, or let it go."""
        self.form.setVisible(unfolded)
        if unfolded:
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: Integrate) -> None:
        """Show what was agreed; the form empties once its practice is kept."""
        self.rows.tell([_row(one) for one in state.practices])
        self.more.setText(state.more_practices)
        self.more.setVisible(bool(state.more_practices))
        self.became.setVisible(bool(state.practice_open))
        asked = next((one.text for one in state.practices if one.key == state.practice_open), "")
        self.which.setText(f"What became of: {asked}")
        if state.practice_open and state.practice_open != self._open:
            for button in self.buttons.values():
                button.setChecked(False)
            self.buttons[PracticeState.KEPT].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._open and not state.practice_open and self.became.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open = state.practice_open
        self.form.tell(state.form_problem)
        if state.forms != self._forms:
            self._forms = state.forms
            self.form.forget()
            self.unfold(unfolded=False)


def _row(one: PracticeRow) -> RowData:
    icon = "calendar" if one.on else ""
    return RowData(one.key, one.text, one.note, "leaf", one.on or one.state, icon)


class PracticeForm(QWidget):
    """What it is, in which part of life, how often, when to ask about it, and until when."""

    agreed = Signal(str, str, str, str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.text = LineField(look, placeholder="Lay two cups at the table")
        self.domain = QComboBox()
        self.domain.addItem("no domain", "")
        for domain in Domain:
            self.domain.addItem(domain.capitalize(), str(domain))
        self.how_often = LineField(look, placeholder="daily, once")
        self.follow_up = LineField(look, placeholder="8 March")
        self.until = LineField(look, placeholder="open end")
        self.keep = Button(look, "Keep the practice", variant=Variant.PRIMARY, size="small")
        self.leave = Button(look, "Not now", variant=Variant.PLAIN, size="small")
        self.trouble = Text(step="small", role="safety", wrap=True)
        self._lay_out(look)
        for field in (self.text, self.how_often, self.follow_up, self.until):
            field.returnPressed.connect(self._agree)
        self.keep.clicked.connect(self._agree)
        self.leave.clicked.connect(self.left)

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, margins=(0, 6, 0, 6), spacing=10)
        column.addWidget(Labelled(look, "What is agreed", self.text))
        for pair in (
            (Labelled(look, "Domain", self.domain), Labelled(look, "How often", self.how_often)),
            (Labelled(look, "Ask about it on", self.follow_up), Labelled(look, "Until", self.until)),
        ):
            row = Row(look, spacing=12)
            for labelled in pair:
                row.addWidget(labelled, 1)
            column.addLayout(row)
        column.addWidget(self.trouble)
        row = Row(look, spacing=12)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        self.tell("")

    def _agree(self) -> None:
        fields = (self.how_often, self.follow_up, self.until)
        self.agreed.emit(self.text.text(), self.domain.currentData(), *(field.text() for field in fields))

    def tell(self, problem: str) -> None:
        """Say what does not fit."""
        self.trouble.setText(problem)
        self.trouble.setVisible(bool(problem))

    def forget(self) -> None:
        """Empty every field."""
        for field in (self.text, self.how_often, self.follow_up, self.until):
            field.clear()
        self.domain.setCurrentIndex(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form; what is typed stays in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

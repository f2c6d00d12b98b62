"""The right of the integration screen: the note, its labels, practices, and what became of the intention."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapjournal.domain.entry import IntentionState
from kapjournal.gui.integrate.chips import ChipRow
from kapjournal.gui.integrate.note_area import NoteArea
from kapjournal.gui.integrate.practices import Practices
from kapjournal.gui.integrate.state import Chip, Integrate
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Hairline, Lined, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.words_area import Choice

STATES = {
    IntentionState.MET: "met",
    IntentionState.PARTLY: "partly",
    IntentionState.CHANGED: "changed",
    IntentionState.SET_ASIDE: "set aside",
}


class NotePane(QWidget):
    """Everything about the note; scrolls where there is little room."""

    became = Signal(object)

    def __init__(self, look: Look, suggest: Callable[[str], Sequence[Choice]]) -> None:
        super().__init__()
        self._look = look
        self._text_version = 0
        self._insert = 0
        self.title = Text(step="heading", wrap=True)
        self.saved = Lined(look, "check", "saved", step="small", role="text-quiet", size=16)
        self.keep = Button(look, "Keep the note", variant=Variant.QUIET)
        self.keep.setAccessibleName("Keep this note in the record, Control S")
        self.area = NoteArea(look, suggest)
        self.area.setAccessibleName("The integration note")
        self.only = Text(
            "Suggestions only. Nothing is tagged until you choose.", step="small", role="text-quiet", wrap=True
        )
        self.chips = ChipRow(look)
        self.why = Text(step="small", role="text-quiet", wrap=True)
        self.echoes = ChipRow(look)
        self.link = Button(look, "Link to an intention", icon="plus", variant=Variant.QUIET)
        self.practices = Practices(look)
        self.intention = Text(role="text-quiet", wrap=True)
        self.intention_words = Text(step="small", role="quote", serif=True, wrap=True)
        self.states = {
            state: Button(look, says, variant=Variant.CHOICE, size="small") for state, says in STATES.items()
        }
        self._lay_out()

    def _lay_out(self) -> None:
        look, inside = self._look, QWidget()
        column = Column(look, inside, margins=(24, 16, 24, 18), spacing=10)
        head = Row(look, spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.saved)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        for part in (self.only, self.chips, self.why, self.echoes):
            column.addWidget(part)
        beneath = Row(look, spacing=12)
        beneath.addWidget(self.link)
        beneath.addStretch(1)
        beneath.addWidget(self.keep)
        column.addLayout(beneath)
        column.addWidget(self.practices)
        column.addWidget(self._last(look))
        Column(look, self).addWidget(Scrolled(inside))

    def _last(self, look: Look) -> QWidget:
        self._state_box = QWidget()
        column = Column(look, self._state_box, spacing=8)
        column.addWidget(Hairline())
        column.addWidget(self.intention)
        column.addWidget(self.intention_words)
        buttons = QWidget()
        flow = FlowLayout(look, buttons)
        for state, button in self.states.items():
            button.clicked.connect(lambda _=False, s=state: self.became.emit(s))
            flow.addWidget(button)
        column.addWidget(buttons)
        return self._state_box

    def show_state(self, state: Integrate) -> None:
        """Show the note; what is typed stays unless another one is put in its place."""
        self.title.setText(state.note_title)
        self.saved.setVisible(bool(state.saved))
        self.keep.setVisible(state.may_keep)
        if state.text_version != self._text_version:
            self._text_version = state.text_version
            self.area.put(state.text)
        number, block = state.insert
        if number != self._insert:
            self._insert = number
            self.area.put_block(block)
        self.only.setVisible(bool(state.suggested))
        self.chips.show_chips(state.chips, state.suggested)
        self.why.setText("; ".join(chip.why for chip in state.suggested if chip.why))
        self.why.setVisible(bool(self.why.text()))
        self.echoes.show_chips(tuple(Chip(e.key, f"↳ {e.text}", is_part=True) for e in state.echoes if e.on), ())
        self.link.setVisible(any(not echo.on for echo in state.echoes))
        self.practices.show_state(state)
        self._state_box.setVisible(bool(state.intention))
        self.intention.setText(state.intention_says)
        self.intention_words.setText(f"“{state.intention_words}”")
        for one, button in self.states.items():
            button.setChecked(one is state.intention_state)
            button.setAccessibleName(f"{state.intention_says}: {STATES[one]}")

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper under what is written."""
        QPainter(self).fillRect(self.rect(), self._look.colour("surface"))

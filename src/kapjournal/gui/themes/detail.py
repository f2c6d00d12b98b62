"""The chosen theme: what it is called and about, the words that bring notes, and the notes it is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.themes.state import SPLIT, Detail, ThemesState
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.facts_card import Fact, FactsCard
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.place_form import Asked, PlaceForm
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows

ABOUT = (
    (Fact("name", "Name"), Fact("family", "Family")),
    (Fact("description", "What it is about", "for you and for whoever reads a handover", 2),),
)
_FEW = 6  # words without a note that are shown at once
NEW_NAME = (Asked("name", "Name of the new theme"),)


class AboutCard(FactsCard):
    """Name, family and description; and what can be done with the theme as a whole."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Theme", ABOUT)
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.merge = Button(look, "Merge another into it", size="small")
        self.split = Button(look, "Split it", size="small")
        self.retire = Button(look, "Retire it", size="small")
        self.split_form = PlaceForm(look, SPLIT, NEW_NAME, "Split it off")
        actions = QWidget()
        flow = FlowLayout(look, actions, spacing=10)
        for button in (self.merge, self.split, self.retire):
            flow.addWidget(button)
        self.column.insertWidget(1, self.says)
        self.column.addWidget(actions)
        self.column.addWidget(self.split_form)
        self._version = 0

    def show_detail(self, state: ThemesState) -> None:
        """Show the theme."""
        detail = state.detail
        self.says.setText(detail.says)
        if detail.version != self._version:
            self._version = detail.version
            self.fill(dict(detail.fields))
        self.tell(dict(state.problems))
        self.retire.setText("Bring it back" if detail.retired else "Retire it")
        self.merge.setEnabled(not detail.retired)
        self.split.setEnabled(not detail.retired)
        picked = sum(word.picked for word in detail.words)
        says = f"{_counted(picked, 'word')} and {_counted(len(detail.picked), 'note')} go along; pick them below."
        self.split_form.show_form(state.form._replace(says=says), {})


class WordsCard(Card):
    """The words, each with what it brings; a picked one can be taken out, or go along in a split."""

    picked = Signal(str)
    added = Signal(str)
    taken_out = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.buttons: dict[str, Button] = {}
        self._of, self._all = "", False  # the theme, and whether the words that bring nothing are shown too
        self.others = Button(look, "", variant=Variant.QUIET)
        self.new = LineField(look, placeholder="a word or a phrase; several between commas")
        self.add = Button(look, "Add", icon="plus", variant=Variant.QUIET)
        self.add.setAccessibleName("Words: Add")
        self.take_out = Button(look, "Take the picked words out", size="small")
        self.none = Text("No words yet: only notes that you put it on.", role="text-quiet", wrap=True)
        self._words = QWidget()
        self._flow = FlowLayout(look, self._words, spacing=8, line_gap=8)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=10)
        column.addWidget(Text("Words that bring notes", step="heading"))
        hint = "Each with the notes that contain it, over all clients. “not this” counts those you rejected."
        column.addWidget(Text(hint, step="small", role="text-quiet", wrap=True))
        column.addWidget(self._words)
        column.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.none)
        column.addWidget(self.take_out, 0, Qt.AlignmentFlag.AlignLeft)
        line = Row(look, spacing=12)
        line.addWidget(Labelled(look, "Add to them", self.new), 1)
        line.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        self.new.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.take_out.clicked.connect(self.taken_out)
        self.others.clicked.connect(self._show_all)

    def show_detail(self, detail: Detail) -> None:
        """Show these words; buttons that stay keep the focus."""
        if detail.key != self._of:
            self._of, self._all = detail.key, False
        self._detail = detail
        folded = [] if self._all else [word for word in detail.words if word.folds][_FEW:]
        words = {word.word: word for word in detail.words if word not in folded}
        self.others.setText(f"Show {len(folded)} more that bring nothing yet")
        self.others.setVisible(bool(folded))
        if list(self.buttons) != list(words):
            self._fill(list(words))
        for name, button in self.buttons.items():
            word = words[name]
            button.setText(word.told)
            button.setAccessibleName(f"Word {word.told}")
            button.setChecked(word.picked)
        self.none.setVisible(not words)
        self.take_out.setVisible(any(word.picked for word in detail.words))

    def _show_all(self) -> None:
        self._all = True
        self.show_detail(self._detail)
        next(iter(self.buttons.values())).setFocus()

    def _fill(self, words: list[str]) -> None:
        focused = next((name for name, button in self.buttons.items() if button.hasFocus()), None)
        self._flow.clear()
        self.buttons = {word: self._button(word) for word in words}
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        elif focused is not None:
            self.new.setFocus()

    def _button(self, word: str) -> Button:
        button = Button(self._look, word, variant=Variant.CHOICE, size="small")
        button.clicked.connect(lambda: self.picked.emit(word))
        self._flow.addWidget(button)
        return button

    def _add(self) -> None:
        self.added.emit(self.new.text())
        self.new.clear()

    def restyle(self, look: Look) -> None:
        """New words are drawn in the look that is on."""
        self._look = look


class TaggedNotes(Card):
    """The notes that the theme is on, exactly as written; Enter opens one, Space lets it go along in a split."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = _Pickable(look)
        self.none = Text("No note carries this theme yet.", role="text-quiet", wrap=True)
        self.integrate = Button(look, "What it brings back, to integrate", icon="leaf", variant=Variant.QUIET)
        self.hint = Text("Enter opens a note in its session.", step="small", role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=8)
        column.addWidget(Text("Notes it is on", step="heading"))
        column.addWidget(self.hint)
        column.addWidget(self.rows)
        column.addWidget(self.none)
        column.addWidget(self.integrate, 0, Qt.AlignmentFlag.AlignLeft)

    def show_detail(self, state: ThemesState) -> None:
        """Show them."""
        self.integrate.setVisible(state.may_integrate and not state.detail.retired)
        splits, detail = state.form.name == SPLIT, state.detail
        self.hint.setText("Space picks a note to go along." if splits else "Enter opens a note in its session.")
        self.hint.setVisible(bool(detail.notes))
        rows = [
            RowData(
                n.key, n.words, n.about, n.icon, end="goes along" if n.key in detail.picked else "", quoted=n.quoted
            )
            for n in detail.notes
        ]
        self.rows.tell(rows)
        self.none.setVisible(not rows)


class _Pickable(ToldRows):
    """Rows that Space or a click picks."""

    toggled = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Notes it is on")
        self.clicked.connect(lambda index: self.toggled.emit(self.rows[index.row()].key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.rows[self.currentIndex().row()].key)
        else:
            super().keyPressEvent(event)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

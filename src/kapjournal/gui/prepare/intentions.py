"""The left of the preparation screen: intentions in the client's words, their versions, what was carried forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.domain.capture_labels import PART_SIGN, Suggestion, labels_in
from kapjournal.domain.entry import IntentionState
from kapjournal.domain.label import Tag
from kapjournal.gui.look import Look
from kapjournal.gui.prepare.sayings import STATES, THREADS
from kapjournal.gui.prepare.state import CarriedCard, LabelChip, Prepare, Tab
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.compare import Compare
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.suggestions import Offer
from kapjournal.gui.widgets.words_area import Choice, WordsArea

_HINTS = {"said": "verbatim", "hope": "in one or two sentences", "fear": "", "enough": "smaller is fine"}
_ROWS = {"said": 1, "hope": 2, "fear": 2, "enough": 1}


class Carried(Card):
    """What the last integration ended with, with a bar at its left."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: CarriedCard | None = None
        self.title = Text(step="small", strong=True, wrap=True)
        self.open = Button(look, "Open the note", variant=Variant.QUIET)
        self.words = Text(step="lead", role="quote", serif=True, wrap=True)
        self.note = Text(step="small", role="text-quiet", wrap=True)
        self.bring = Button(look, "Bring it in  (Ctrl+B)", icon="arrow-right", size="small")
        self.bring.setAccessibleName("Bring it in, Control B")
        column = Column(look, self, margins=(20, 12, 20, 12), spacing=6)
        head = Row(look, spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.bring)
        head.addWidget(self.open)
        column.addLayout(head)
        column.addWidget(self.words)
        self._chips = QWidget()
        self._flow = FlowLayout(look, self._chips)
        column.addWidget(self._chips)
        column.addWidget(self.note)

    def show_state(self, carried: CarriedCard | None) -> None:
        """Show it, or nothing."""
        self.setVisible(carried is not None)
        if carried is None or carried == self._shown:
            return
        self._shown = carried
        self.title.setText(carried.title)
        self.words.setText(f"“{carried.words}”")
        self.note.setText(carried.note)
        self.note.setVisible(bool(carried.note))
        self.bring.setVisible(carried.can_bring)
        self._flow.clear()
        for text, is_part in carried.labels:
            self._flow.addWidget(Chip(self._look, text, ChipKind.PART if is_part else ChipKind.THEME))
        self._chips.setVisible(bool(carried.labels))

    def restyle(self, look: Look) -> None:
        """Draw the bar in the colours of another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, then the bar."""
        super().paintEvent(event)
        bar = QRect(0, self._look.px(4), self._look.px(3), self.height() - self._look.px(8))
        QPainter(self).fillRect(bar, self._look.colour("accent"))


class Tabs(QWidget):
    """The intentions in their order; one is chosen. Hidden while there is only one."""

    chosen = Signal(str)
    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[object, ...] = ()
        self._flow = FlowLayout(look, self)
        self.add = Button(look, "Another intention", icon="plus", variant=Variant.PLAIN)
        self.earlier = Button(look, "Move earlier", variant=Variant.PLAIN)
        self.later = Button(look, "Move later", variant=Variant.PLAIN)
        self.past = Button(look, "", variant=Variant.PLAIN)
        self.earlier.setAccessibleName("Put this intention one place earlier, Alt Shift Up")
        self.later.setAccessibleName("Put this intention one place later, Alt Shift Down")
        self.earlier.clicked.connect(lambda: self.moved.emit(-1))
        self.later.clicked.connect(lambda: self.moved.emit(1))
        self._fixed = (self.earlier, self.later, self.add, self.past)
        self.buttons: list[Button] = []

    def show_state(self, state: Prepare) -> None:
        """Show the intentions; made anew only when something about them changed."""
        wanted = (state.tabs, state.past_tabs, state.past_shown, state.chosen)
        if wanted == self._shown:
            return
        self._shown = wanted
        had_focus = next((n for n, b in enumerate(self.buttons) if b.hasFocus()), None)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in self._fixed:
                widget.hide()
                widget.deleteLater()
        tabs = (*state.tabs, *(state.past_tabs if state.past_shown else ()))
        self.buttons = [self._button(tab, chosen=tab.id == state.chosen) for tab in tabs] if len(tabs) > 1 else []
        for button in self.buttons:
            self._flow.addWidget(button)
        for button in self._fixed:
            self._flow.addWidget(button)
        several = len(state.tabs) > 1 and any(tab.id == state.chosen for tab in state.tabs)
        self.earlier.setVisible(several)
        self.later.setVisible(several)
        many = len(state.past_tabs)
        self.past.setText(f"Hide those no longer open ({many})" if state.past_shown else f"No longer open ({many})")
        self.past.setVisible(bool(many))
        if had_focus is not None and had_focus < len(self.buttons):
            self.buttons[had_focus].setFocus()
        self.updateGeometry()

    def _button(self, tab: Tab, *, chosen: bool) -> Button:
        button = Button(self._look, f"{tab.title}, {tab.state}" if tab.state else tab.title, variant=Variant.CHOICE)
        button.setChecked(chosen)
        button.clicked.connect(partial(self._pressed, button, tab.id))
        return button

    def _pressed(self, button: Button, intention: str) -> None:
        button.setChecked(True)
        self.chosen.emit(intention)


class Versions(Card):
    """The list of versions, and one of them beside the present wording."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = RowList(look, "Versions of this intention, Enter compares")
        self.compare = Compare(look)
        self.beside = Text(step="small", role="text-quiet", wrap=True)
        self.done = Button(look, "Back to writing", variant=Variant.BORDERED, size="small")
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=12)
        for part in (self.rows, self.compare, self.beside, self.done):
            column.addWidget(part)

    def show_state(self, state: Prepare) -> None:
        """Show them while they are unfolded."""
        unfolds = state.versions_shown and self.isHidden()
        self.setVisible(state.versions_shown)
        self.rows.show_rows([RowData(v.key, v.title, v.note) for v in state.versions], self._chosen(state))
        comparison = state.comparison
        self.compare.setVisible(comparison is not None)
        self.beside.setVisible(comparison is not None and bool(comparison.beside))
        if comparison is not None:
            self.compare.compare(comparison.before, comparison.after, comparison.rows)
            self.beside.setText(f"Written beside it: {comparison.beside}")
        if unfolds:
            self.rows.setFocus()

    def _chosen(self, state: Prepare) -> str | None:
        if state.comparison is None:
            return state.versions[0].key if state.versions else None
        return state.comparison.before.split(",")[0].removeprefix("Version ")


class Fields(QWidget):
    """The threads of the chosen intention, its labels, and what became of it."""

    typed = Signal(str, str)

    def __init__(self, look: Look, suggest: Callable[[str], Sequence[Suggestion]]) -> None:
        super().__init__()
        self._look = look
        self._version = -1
        self._find = suggest
        self._found: tuple[Suggestion, ...] = ()
        self.areas = {name: self._area(name) for name in THREADS}
        self.labelled = {
            name: Labelled(look, label, self.areas[name], hint=_HINTS[name]) for name, label in THREADS.items()
        }
        column = Column(look, self, spacing=14)
        for labelled in self.labelled.values():
            column.addWidget(labelled)
        self.chips = Chips(look)
        column.addWidget(self.chips)
        self.became = Became(look)
        column.addWidget(self.became)

    def _area(self, name: str) -> WordsArea:
        area = WordsArea(self._look, rows=_ROWS[name], suggest=self._choices, marks=_marks)
        area.typed.connect(partial(self.typed.emit, name))
        return area

    def _choices(self, word: str) -> tuple[Choice, ...]:
        self._found = tuple(self._find(word))
        return tuple(Choice(one.typed, _offer(one)) for one in self._found)

    def found(self, number: int) -> Suggestion:
        """The suggestion at a place of the list."""
        return self._found[number]

    def show_state(self, state: Prepare) -> None:
        """Show the intention; what is typed stays unless another one is chosen."""
        if state.words_version != self._version:
            self._version = state.words_version
            for name, area in self.areas.items():
                area.put(getattr(state.words, name))
        self.labelled["said"].setVisible(state.said_shown)
        for name, area in self.areas.items():
            area.setReadOnly(state.busy or (name == "said" and state.said_fixed))
        self.chips.show_chips(state.chips)
        self.became.show_state(state)


class Chips(QWidget):
    """The accepted labels; pressing one takes it off."""

    untagged = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[LabelChip, ...] = ()
        self._flow = FlowLayout(look, self)

    def show_chips(self, chips: tuple[LabelChip, ...]) -> None:
        """Show these, or nothing."""
        self.setVisible(bool(chips))
        if chips == self._shown:
            return
        self._shown = chips
        self._flow.clear()
        for chip in chips:
            self._flow.addWidget(Chip(self._look, chip.text, ChipKind.PART if chip.is_part else ChipKind.THEME))
            off = Button(self._look, "take off", variant=Variant.PLAIN, size="small")
            off.setAccessibleName(f"Take {chip.text} off")
            off.clicked.connect(partial(self._off, chip.tag))
            self._flow.addWidget(off)
        self.updateGeometry()

    def _off(self, tag: Tag) -> None:
        self.untagged.emit(tag)


class Became(QWidget):
    """What became of the intention, and what was said about it."""

    said = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.field = LineField(look, placeholder="What was said about it, if anything; then choose")
        self.field.setAccessibleName("What was said about what became of it")
        self.buttons = {state: Button(look, says, variant=Variant.CHOICE) for state, says in STATES.items()}
        choices = QWidget()
        flow = FlowLayout(look, choices)
        for state, button in self.buttons.items():
            button.clicked.connect(partial(self._pressed, state))
            flow.addWidget(button)
        column = Column(look, self, spacing=6)
        column.addWidget(Text("What became of it", strong=True))
        column.addWidget(Beside(look, choices, self.field, 760))

    def _pressed(self, state: IntentionState) -> None:
        self.said.emit(state, self.field.text())
        self.field.clear()

    def show_state(self, state: Prepare) -> None:
        """Show which one it is; hidden until there is an entry."""
        self.setVisible(state.can_say_state)
        for one, button in self.buttons.items():
            button.setChecked(one is state.state)


class Beside(QWidget):
    """Two things beside one another, or under one another where it is narrow."""

    def __init__(self, look: Look, left: QWidget, right: QWidget, room: float) -> None:
        super().__init__()
        self._look, self._room = look, room
        self._row = Row(look, self, spacing=20)
        self._row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)

    def restyle(self, look: Look) -> None:
        """Take the room that another text size needs."""
        self._look = look
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where it is narrow."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._look.px(self._room)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)


def _offer(one: Suggestion) -> Offer:
    is_part = one.typed.startswith(PART_SIGN)
    new = "" if one.id else "new part" if is_part else "new theme"
    return Offer(one.name, new, "part-text" if is_part else "theme-text")


def _marks(text: str) -> list[tuple[int, int, str]]:
    found = labels_in(text, 0, len(text))
    return [(one.start, one.end, "part-text" if one.is_part else "theme-text") for one in found]

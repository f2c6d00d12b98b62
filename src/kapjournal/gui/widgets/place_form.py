"""Small forms that open in place, where what they make will stand."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.forms import Form
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row


class Asked(NamedTuple):
    """A field of a form; `choices` are (value, word) and come as buttons, `rows` make it several lines."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0
    serif: bool = False
    choices: tuple[tuple[str, str], ...] = ()


class PlaceForm(QWidget):
    """One form. Enter in a line keeps it, Ctrl+Enter everywhere, Escape leaves it with what was typed."""

    typed = Signal(str, str)  # "plan.when", the words
    keep_asked = Signal(dict)
    leave_asked = Signal()

    def __init__(self, look: Look, name: str, asked: tuple[Asked, ...], keep: str) -> None:
        super().__init__()
        self.name = name
        self.fields: dict[str, QWidget] = {}
        self.choices: dict[str, dict[str, Button]] = {}
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.keep = Button(look, keep)
        self.leave = Button(look, "Leave it", variant=Variant.QUIET)
        column = Column(look, self, margins=(0, 6, 0, 10), spacing=10)
        for field in asked:
            column.addWidget(self._choices(look, field) if field.choices else self._field(look, field))
        column.addWidget(self.says)
        column.addWidget(self.problem)
        actions = Row(look, spacing=16)
        actions.addWidget(self.keep)
        actions.addWidget(self.leave)
        actions.addStretch(1)
        column.addLayout(actions)
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self.words()))
        self.leave.clicked.connect(self.leave_asked)
        self.hide()

    def words(self) -> dict[str, str]:
        """What stands in the fields."""
        typed = {name: _words(field) for name, field in self.fields.items()}
        chosen = {
            name: next((value for value, button in buttons.items() if button.isChecked()), "")
            for name, buttons in self.choices.items()
        }
        return {**typed, **chosen}

    def show_form(self, form: Form, words: dict[str, str]) -> None:
        """Open with these words, or close; while it is open, say how it is read."""
        opens, closes = form.name == self.name and self.isHidden(), form.name != self.name
        if closes:
            self.hide()
            return
        if opens:
            self._fill(words)
            self.show()
            next(iter(self.fields.values())).setFocus()
        self.says.setText(form.says)
        self.says.setVisible(bool(form.says))
        self.problem.setText(form.problem)
        self.problem.setVisible(bool(form.problem))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps, Escape leaves."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and (control or isinstance(watched, LineField)):
            self.keep_asked.emit(self.words())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
            return True
        return False

    def _fill(self, words: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.blockSignals(True)
            if isinstance(field, TextArea):
                field.setPlainText(words.get(name, ""))
            elif isinstance(field, LineField):
                field.setText(words.get(name, ""))
            field.blockSignals(False)
        for name, buttons in self.choices.items():
            chosen = words.get(name) or next(iter(buttons))
            for value, button in buttons.items():
                button.setChecked(value == chosen)

    def _field(self, look: Look, asked: Asked) -> QWidget:
        field: LineField | TextArea
        if asked.rows:
            field = TextArea(look, rows=asked.rows, serif=asked.serif)
            field.textChanged.connect(lambda: self.typed.emit(f"{self.name}.{asked.name}", _words(field)))
        else:
            field = LineField(look)
            field.textEdited.connect(lambda words: self.typed.emit(f"{self.name}.{asked.name}", words))
        field.installEventFilter(self)
        self.fields[asked.name] = field
        return Labelled(look, asked.label, field, hint=asked.hint)

    def _choices(self, look: Look, asked: Asked) -> QWidget:
        box = QWidget()
        flow = FlowLayout(look, box)
        buttons: dict[str, Button] = {}
        for value, word in asked.choices:
            buttons[value] = Button(look, word, variant=Variant.CHOICE)
            buttons[value].setAccessibleName(f"{asked.label}: {word}")
            buttons[value].clicked.connect(lambda _=False, chosen=value: self._choose(asked.name, chosen))
            flow.addWidget(buttons[value])
        self.choices[asked.name] = buttons
        return box

    def _choose(self, name: str, chosen: str) -> None:
        for value, button in self.choices[name].items():
            button.setChecked(value == chosen)
        self.typed.emit(f"{self.name}.{name}", chosen)


def _words(field: QWidget) -> str:
    if isinstance(field, TextArea):
        return field.toPlainText()
    return field.text() if isinstance(field, LineField) else ""

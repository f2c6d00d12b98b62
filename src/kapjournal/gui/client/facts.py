"""The facts of a client and a course, each a field that is kept when it is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.domain.course import Route
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.spacing import Column, Row

_PAIRS = 560  # px at 100 % that two fields beside one another need
ROUTES = {
    Route.IM: "Into the muscle",
    Route.SL: "Under the tongue",
    Route.RDT: "Dissolving tablet",
    Route.IN: "Nose",
    Route.IV: "Into the vein",
    Route.PO: "Swallowed",
    Route.SC: "Under the skin",
}


class Fact(NamedTuple):
    """A field: its name, its label, a hint, and rows where it takes several lines."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0


CLIENT = (
    (Fact("alias", "Alias", "only you can place it"), Fact("pronouns", "Pronouns")),
    (Fact("contact", "Contact"), Fact("emergency_contact", "Emergency contact", "with the phone number")),
    (Fact("prescriber", "Prescriber", "with the phone number"), Fact("birth_year", "Year of birth")),
    (Fact("diagnoses", "Diagnoses", "as reported", 2),),
    (Fact("medicines", "Medicines", "as reported", 2),),
    (Fact("allergies", "Allergies", "as reported", 2),),
    (Fact("notes", "Notes", "", 2),),
    (Fact("retain_until", "Keep until", "a day, such as 31 December 2033"),),
)
COURSE = (
    (Fact("title", "Title"), Fact("planned_sessions", "Sessions", "of any kind, in all")),
    (Fact("goals", "Goals", "", 2),),
    (Fact("dose_range", "Dose range", "as prescribed"), Fact("measures_every_days", "Measures", "every so many days")),
    (Fact("vitals_schedule", "Vitals", "minutes after the first dose: 0, 20, 60"),),
    (Fact("systolic", "Upper", "mmHg"), Fact("diastolic", "Lower", "mmHg")),
    (Fact("heart_rate", "Pulse", "most"), Fact("spo2", "Oxygen", "least %")),
)


class FactsCard(Card):
    """A card of facts.

    Signals:
        typed: a key was pressed in the field of this name; the words.
        finished: the field was left, or Enter pressed in it.
    """

    typed = Signal(str, str)
    finished = Signal(str, str)

    def __init__(self, look: Look, title: str, facts: tuple[tuple[Fact, ...], ...]) -> None:
        super().__init__()
        self._look = look
        self.fields: dict[str, Labelled] = {}
        self._pairs: list[Row] = []
        self.column = Column(look, self, margins=(20, 18, 20, 20), spacing=12)
        self.head = Row(look, spacing=12)
        self.head.addWidget(Text(title, step="heading"))
        self.head.addStretch(1)
        self.column.addLayout(self.head)
        for line in facts:
            pair = Row(look, spacing=14)
            for fact in line:
                pair.addWidget(self._field(fact), 1)
            self._pairs.append(pair)
            self.column.addLayout(pair)
        self.column.addStretch(1)

    def fill(self, words: Mapping[str, str]) -> None:
        """Put these words into the fields; one that holds them already keeps its cursor."""
        for name, field in self.fields.items():
            widget, said = field.field, words.get(name, "")
            widget.blockSignals(True)
            if isinstance(widget, TextArea) and widget.toPlainText() != said:
                widget.setPlainText(said)
            elif isinstance(widget, LineField) and widget.text() != said:
                widget.setText(said)
                widget.setCursorPosition(len(said) if widget.hasFocus() else 0)  # a long one is read from its beginning
            widget.blockSignals(False)

    def tell(self, problems: Mapping[str, str]) -> None:
        """Say beside each field what does not fit."""
        for name, field in self.fields.items():
            field.tell(problems.get(name, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear when a field of several lines is left."""
        if event.type() is QEvent.Type.FocusOut and isinstance(watched, TextArea):
            self.finished.emit(watched.objectName(), watched.toPlainText())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set pairs under one another where the card is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= self._look.px(_PAIRS)
        directions = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def restyle(self, look: Look) -> None:
        """Fold by the new text size."""
        self._look = look

    def _field(self, fact: Fact) -> QWidget:
        field: LineField | TextArea
        if fact.rows:
            field = TextArea(self._look, rows=fact.rows)
            field.setObjectName(fact.name)
            field.textChanged.connect(lambda: self.typed.emit(fact.name, field.toPlainText()))
            field.installEventFilter(self)
        else:
            field = LineField(self._look)
            field.textEdited.connect(lambda words: self.typed.emit(fact.name, words))
            field.editingFinished.connect(lambda: self.finished.emit(fact.name, field.text()))
        self.fields[fact.name] = Labelled(self._look, fact.label, field, hint=fact.hint)
        return self.fields[fact.name]


class CourseFacts(FactsCard):
    """The course, with its route as buttons and the published vitals schedules to start from."""

    def __init__(self, look: Look, presets: tuple[tuple[str, str], ...]) -> None:
        super().__init__(look, "Plan of the course", COURSE)
        self.routes: dict[str, Button] = {}
        self.presets: list[Button] = []
        routes = QWidget()
        flow = FlowLayout(look, routes)
        for route, word in ROUTES.items():
            button = Button(look, word, variant=Variant.CHOICE)
            button.setAccessibleName(f"Route: {word}")
            button.clicked.connect(lambda on, value=route.value: self._route(value if on else ""))
            self.routes[route.value] = button
            flow.addWidget(button)
        self.column.insertWidget(3, Text("Route", strong=True))
        self.column.insertWidget(4, routes)
        offered = QWidget()
        offers = FlowLayout(look, offered)
        for label, minutes in presets:
            button = Button(look, label.partition(":")[0], size="small")
            button.setAccessibleName(f"Vitals schedule: {label}")
            button.clicked.connect(lambda _=False, words=minutes: self._take(words))
            self.presets.append(button)
            offers.addWidget(button)
        self.column.insertWidget(7, offered)

    def fill(self, words: Mapping[str, str]) -> None:
        """Put these words into the fields, and the route on its button."""
        super().fill(words)
        for value, button in self.routes.items():
            button.setChecked(value == words.get("route", ""))

    def _route(self, value: str) -> None:
        for name, button in self.routes.items():
            button.setChecked(name == value)
        self.finished.emit("route", value)

    def _take(self, minutes: str) -> None:
        field = self.fields["vitals_schedule"].field
        if isinstance(field, LineField):
            field.setText(minutes)
        self.finished.emit("vitals_schedule", minutes)

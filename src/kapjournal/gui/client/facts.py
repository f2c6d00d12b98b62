"""The facts of a client and a course."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from kapjournal.domain.course import Route
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.facts_card import Fact, FactsCard
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Text

ROUTES = {
    Route.IM: "Into the muscle",
    Route.SL: "Under the tongue",
    Route.RDT: "Dissolving tablet",
    Route.IN: "Nose",
    Route.IV: "Into the vein",
    Route.PO: "Swallowed",
    Route.SC: "Under the skin",
}


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

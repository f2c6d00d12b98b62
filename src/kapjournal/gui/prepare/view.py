"""The plain form for the pinned card: what was agreed at the left, who and what to watch at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.domain.course import Route
from kapjournal.gui.look import Look
from kapjournal.gui.prepare.presenter import CardForm, Prepare, PreparePresenter
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Hairline, Lined, SectionLabel, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_ROOM_FOR_BOTH = 900  # px at 100 %; narrower, the columns stand under one another
_ROUTES = {
    Route.IM: "IM",
    Route.SL: "under the tongue",
    Route.RDT: "dissolving tablet",
    Route.IN: "nasal",
    Route.IV: "IV",
    Route.PO: "swallowed",
    Route.SC: "under the skin",
}
_LINES = {
    "stop_word": ("Stop word", ""),
    "stop_gesture": ("Stop gesture", ""),
    "prescriber": ("Prescriber", "with the phone number"),
    "emergency_contact": ("Emergency contact", ""),
    "vitals_schedule": ("Vitals", "minutes after the first dose: 0, 20, 60"),
    "systolic": ("Upper", "mmHg"),
    "diastolic": ("Lower", "mmHg"),
    "heart_rate": ("Pulse", ""),
    "spo2": ("Oxygen", "least %"),
}
_LIMITS = ("systolic", "diastolic", "heart_rate", "spo2")
# (label, hint, rows, whether they are the client's own words)
_AREAS = {
    "intention": ("Intention", "the client’s words", 3, True),
    "enough": ("Enough would be", "smaller is fine", 2, True),
    "touch": ("Touch agreement", "can be narrowed in the session, never widened", 3, False),
    "safety_plan": ("Safety plan", "line by line", 4, False),
}


class PrepareView(QWidget):
    """The whole form."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._version = 0
        self.heading = Text(step="screen", wrap=True)
        self.banner = BannerStrip(look)
        self.save = Button(look, "Keep the card", variant=Variant.PRIMARY)
        self.back = Button(look, "Back", icon="arrow-left", variant=Variant.QUIET)
        self.fields: dict[str, Labelled] = {}
        self.routes = _Routes(look)
        self.limit_trouble = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.limit_trouble.hide()
        self._lay_out()

    def bind(self, presenter: PreparePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        self.save.clicked.connect(lambda: presenter.save(self.form()))
        self.back.clicked.connect(lambda: presenter.leave(self.form()))
        self.banner.acted.connect(lambda action: presenter.answer(action, self.form()))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, action in (("Ctrl+Return", presenter.save), ("Ctrl+S", presenter.save), ("Escape", presenter.leave)):
            QShortcut(QKeySequence(keys), self, lambda do=action: do(self.form()), context=within)

    def show_state(self, state: Prepare) -> None:
        """Show what the presenter made of it; what is typed stays unless the form is a new one."""
        self.heading.setText(f"{state.alias}’s card")
        if state.form_version != self._version:
            self._version = state.form_version
            self._fill(state.form)
        problems = dict(state.problems)
        for name, field in self.fields.items():
            field.tell(problems.get(name, ""))
        actions = (("keep", "Keep the card"), ("discard", "Leave without it")) if state.asking else ()
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text", actions)
        self.save.setText(state.busy or "Keep the card")
        self._told.setVisible(message is not None)
        unfit = [sentence for name, sentence in state.problems if name in _LIMITS]
        self.limit_trouble.setText("\n".join(unfit))
        self.limit_trouble.setVisible(bool(unfit))
        if problems and not state.asking:
            self._show_problem(next(iter(problems)))

    def _show_problem(self, name: str) -> None:
        if name in self.fields:
            self.fields[name].field.setFocus()

    def form(self) -> CardForm:
        """What is typed."""
        typed = {name: _text(field.field) for name, field in self.fields.items()}
        return CardForm(**typed, route=self.routes.chosen())

    def begin(self) -> None:
        """Typing starts with the intention."""
        self.fields["intention"].field.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the two columns under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def _fill(self, form: CardForm) -> None:
        for name, field in self.fields.items():
            _write(field.field, getattr(form, name))
        self.routes.choose(form.route)

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        head = Row(look, margins=(32, 14, 32, 14), spacing=16)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        head.addWidget(self.save)
        column.addLayout(head)
        column.addWidget(Hairline())
        self._told = QWidget()
        Row(look, self._told, margins=(32, 16, 32, 0)).addWidget(self.banner)
        column.addWidget(self._told)
        ground = QWidget()
        self._columns = Row(look, ground, margins=(32, 24, 32, 24), spacing=24)
        self._columns.addWidget(self._agreed(), 5)
        self._columns.addWidget(self._watched(), 4)
        column.addWidget(Scrolled(ground), 1)
        self.setTabOrder(self.back, self.fields["intention"].field)

    def _agreed(self) -> QWidget:
        side = QWidget()
        column = Column(self._look, side, spacing=16)
        for name in ("intention", "enough", "touch"):
            column.addWidget(self._area(name))
        stop = Row(self._look, spacing=16)
        stop.addWidget(self._line("stop_word"))
        stop.addWidget(self._line("stop_gesture"))
        column.addLayout(stop)
        column.addStretch(1)
        return side

    def _watched(self) -> Card:
        card = Card()
        column = Column(self._look, card, margins=(20, 18, 20, 20), spacing=14)
        column.addWidget(SectionLabel(self._look, "shield-alert", "Safety"))
        for part in (self._area("safety_plan"), self._line("prescriber"), self._line("emergency_contact")):
            column.addWidget(part)
        column.addWidget(Hairline())
        column.addWidget(SectionLabel(self._look, "syringe", "Route"))
        column.addWidget(self.routes)
        column.addWidget(Hairline())
        column.addWidget(SectionLabel(self._look, "heart-pulse", "Vitals and the prescriber’s limits"))
        column.addWidget(self._line("vitals_schedule"))
        limits = Row(self._look, spacing=12)
        for name in _LIMITS:
            limits.addWidget(self._line(name), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(limits)
        column.addWidget(self.limit_trouble)
        column.addStretch(1)
        return card

    def _line(self, name: str) -> Labelled:
        label, hint = _LINES[name]
        self.fields[name] = Labelled(self._look, label, LineField(self._look), hint=hint, tells=name not in _LIMITS)
        return self.fields[name]

    def _area(self, name: str) -> Labelled:
        label, hint, rows, serif = _AREAS[name]
        self.fields[name] = Labelled(self._look, label, TextArea(self._look, rows=rows, serif=serif), hint=hint)
        return self.fields[name]


class _Routes(QWidget):
    """One of seven routes, or none; pressing the chosen one again takes it back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._buttons = {route: Button(look, says, variant=Variant.CHOICE) for route, says in _ROUTES.items()}
        flow = FlowLayout(look, self)
        for button in self._buttons.values():
            button.clicked.connect(partial(self._pressed, button))
            flow.addWidget(button)

    def chosen(self) -> str:
        """The route, or nothing."""
        return next((route.value for route, button in self._buttons.items() if button.isChecked()), "")

    def _pressed(self, pressed: Button) -> None:
        for button in self._buttons.values():
            if button is not pressed:
                button.setChecked(False)

    def choose(self, chosen: str) -> None:
        """Take this one."""
        for route, button in self._buttons.items():
            button.setChecked(route.value == chosen)


def _text(field: QWidget) -> str:
    if isinstance(field, TextArea):
        return field.toPlainText()
    return field.text() if isinstance(field, LineField) else ""


def _write(field: QWidget, text: str) -> None:
    if isinstance(field, TextArea):
        field.setPlainText(text)
    elif isinstance(field, LineField):
        field.setText(text)

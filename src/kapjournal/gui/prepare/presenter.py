"""The plain form for what the pinned card shows. Plain Python.

What is typed is a `CardForm` of strings; what is kept is a `CardValues`. Each field that does not fit says so in a
sentence beside it, and nothing is kept until all of them do. Danger signs are data of the program, not of a client,
and are not edited here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from kapjournal.application.ports import Tasks
from kapjournal.application.prepare_card import CardValues
from kapjournal.domain.course import Client, Course, Limits, Route
from kapjournal.gui.messages import Message, trouble


class CardForm(NamedTuple):
    """The card as it is typed."""

    intention: str = ""
    enough: str = ""
    touch: str = ""
    stop_word: str = ""
    stop_gesture: str = ""
    safety_plan: str = ""
    prescriber: str = ""
    emergency_contact: str = ""
    route: str = ""
    vitals_schedule: str = ""  # "0, 20, 60" or "0:00, 0:20, 1:00"
    systolic: str = ""
    diastolic: str = ""
    heart_rate: str = ""
    spo2: str = ""


class PrepareUses(NamedTuple):
    """What the form can ask for; `load` and `save` run on the worker, with the id of the client."""

    load: Callable[[str], CardValues]
    save: Callable[[str, CardValues], object]
    leave: Callable[[], None]  # back to where the form was opened from


class Prepare(NamedTuple):
    """What the form shows."""

    alias: str = ""
    form: CardForm = CardForm()
    form_version: int = 0  # the view replaces what is typed only when this grows
    problems: tuple[tuple[str, str], ...] = ()  # (field, sentence)
    message: Message | None = None
    asking: bool = False  # whether to keep what was typed before leaving
    busy: str = ""


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Prepare) -> None: ...


class PreparePresenter:
    """Turns what the therapist types into what the card shows."""

    def __init__(self, uses: PrepareUses, tasks: Tasks, view: View) -> None:
        self._uses = uses
        self._tasks = tasks
        self._view = view
        self._client = ""
        self._kept = CardForm()
        self._read = False
        self._state = Prepare()

    def start(self, client: Client) -> None:
        """Show this client's card."""
        self._client = client.id
        self._kept, self._read = CardForm(), False
        self._show(alias=client.alias, problems=(), message=None, asking=False, busy="Reading…")
        self._fill(CardForm())
        self._tasks.run(lambda: self._uses.load(client.id), self._loaded, self._failed)

    def save(self, form: CardForm) -> None:
        """Keep the card, if every field fits."""
        if self._state.busy:
            return
        if not self._read:
            self._show(message=Message("The card could not be read, so nothing is written over it.", "safety"))
            return
        values, problems = read_form(form)
        if values is None:
            says = "Not kept yet: one field does not fit." if len(problems) == 1 else "Not kept yet: see the fields."
            self._show(problems=problems, asking=False, message=Message(says, "safety"))
            return
        client = self._client
        self._show(problems=(), message=None, asking=False, busy="Saving…")
        self._tasks.run(lambda: self._uses.save(client, values), lambda _: self._saved(form), self._failed)

    def leave(self, form: CardForm) -> None:
        """Go back; if something was typed and not kept, ask in place first."""
        if form != self._kept and not self._state.busy:
            self._show(asking=True, message=Message("What you typed is not kept yet.", "mark"))
        else:
            self._uses.leave()

    def go(self, form: CardForm) -> None:
        """One goes elsewhere without asking, or the journal is locked: what fits is kept, and nothing else changes."""
        values = read_form(form)[0] if self._read and form != self._kept else None
        if values is not None:
            client = self._client
            self._tasks.run(lambda: self._uses.save(client, values), lambda _: None, lambda _: None)

    def answer(self, action: str, form: CardForm) -> None:
        """What was answered to that question."""
        if action == "keep":
            self.save(form)
        elif action == "discard":
            self._uses.leave()

    def _loaded(self, values: CardValues) -> None:
        self._kept, self._read = write_form(values), True
        self._show(busy="")
        self._fill(self._kept)

    def _saved(self, form: CardForm) -> None:
        self._kept = form
        self._show(busy="", message=None)
        self._uses.leave()

    def _failed(self, error: Exception) -> None:
        self._show(busy="", asking=False, message=trouble(error))

    def _fill(self, form: CardForm) -> None:
        self._show(form=form, form_version=self._state.form_version + 1)

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)


_LIMITS = {
    "systolic": "Upper blood pressure: a whole number from 40 to 300, or nothing.",
    "diastolic": "Lower blood pressure: a whole number from 20 to 200, or nothing.",
    "heart_rate": "Pulse: a whole number from 20 to 250, or nothing.",
    "spo2": "Oxygen: a whole number from 50 to 100, or nothing.",
}
_SCHEDULE = "Minutes after the first dose, such as 0, 20, 60, or times such as 0:20."
_ROUTE = "Route: one of the seven, or none."


def write_form(values: CardValues) -> CardForm:
    """The card as it stands in the fields."""
    limits = {name: _number(getattr(values.limits, name)) for name in _LIMITS}
    words = values._asdict()
    return CardForm(
        **{name: words[name] for name in _WORDS},
        route=values.route or "",
        vitals_schedule=", ".join(str(minute) for minute in values.vitals_schedule),
        **limits,
    )


def read_form(form: CardForm) -> tuple[CardValues | None, tuple[tuple[str, str], ...]]:
    """The values that were typed; or None, with a sentence for each field that does not fit."""
    problems: list[tuple[str, str]] = []
    limits, limit_problems = _read_limits(form)
    problems += limit_problems
    schedule = _read_schedule(form.vitals_schedule)
    if schedule is None:
        problems.append(("vitals_schedule", _SCHEDULE))
    if form.route and form.route not in list(Route):
        problems.append(("route", _ROUTE))
    if problems or schedule is None:
        return None, tuple(problems)
    words = {name: getattr(form, name).strip() for name in _WORDS}
    route = Route(form.route) if form.route else None
    return CardValues(**words, route=route, vitals_schedule=schedule, limits=limits), ()


_WORDS = (
    "intention",
    "enough",
    "touch",
    "stop_word",
    "stop_gesture",
    "safety_plan",
    "prescriber",
    "emergency_contact",
)


def _read_limits(form: CardForm) -> tuple[Limits, list[tuple[str, str]]]:
    typed: dict[str, int] = {}
    problems = []
    for name, sentence in _LIMITS.items():
        words = getattr(form, name).strip()
        if words and re.fullmatch(r"[0-9]{1,3}", words):
            typed[name] = int(words)
        elif words:
            problems.append((name, sentence))
    try:
        return Limits(**typed), problems
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors()}
        return Limits(), problems + [(name, _LIMITS[name]) for name in _LIMITS if name in wrong]


def _read_schedule(typed: str) -> tuple[int, ...] | None:
    """Minutes in order and each once; None if it cannot be read, or the course would not take it."""
    minutes: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", typed.strip())):
        match = re.fullmatch(r"([-−]?)(?:([0-9]{1,2}):)?([0-9]{1,4})", part)
        if match is None or (match[2] and int(match[3]) > 59):
            return None
        minute = int(match[2] or 0) * 60 + int(match[3])
        minutes.add(-minute if match[1] else minute)
    schedule = tuple(sorted(minutes))
    try:
        return Course(id="x", client="x", vitals_schedule=schedule).vitals_schedule
    except ValidationError:
        return None


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

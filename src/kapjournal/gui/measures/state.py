"""What the measures screen shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.domain.trend import Dosing, Series
from kapjournal.gui.messages import Message


class InstrumentLine(NamedTuple):
    """An instrument in the list."""

    id: str
    about: str  # "Depression. 19 of 27, moderately severe, 24 Feb 2026"
    begun: str = ""  # "begun, 4 of 9"


class TakenLine(NamedTuple):
    """A form that was kept, in the history of its instrument."""

    entry: str
    day: str
    says: str  # "19, moderately severe. Item 9 answered 1, several days."


class InstrumentCard(NamedTuple):
    """The chosen instrument."""

    id: str = ""
    name: str = ""
    about: str = ""
    action: str = ""  # what the main button does
    total: str = ""  # "19"
    of: str = ""  # "of 27, moderately severe, 24 Feb 2026"
    plain: tuple[str, ...] = ()  # marked answers, clusters, what does not add up, that a form is partial
    series: tuple[Series, ...] = ()
    dosings: tuple[Dosing, ...] = ()
    history: tuple[TakenLine, ...] = ()
    seen: str = ""  # the entry of the history that is looked at
    answers: tuple[str, ...] = ()  # of that one
    sources: tuple[str, ...] = ()  # bands, changes, licence


class Choice(NamedTuple):
    """One way to answer."""

    value: int
    label: str


class FormItem(NamedTuple):
    """One item to answer."""

    number: int
    text: str
    choices: tuple[Choice, ...]
    answer: int | None = None

    @property
    def spoken(self) -> str:
        """How the item stands, for a screen reader."""
        label = next((choice.label for choice in self.choices if choice.value == self.answer), "")
        answered = (
            f"answered {self.answer}{', ' + label if label else ''}" if self.answer is not None else "not answered"
        )
        return f"{answered}. Keys {self.choices[0].value} to {self.choices[-1].value} answer."


class Form(NamedTuple):
    """A form being filled in. The view replaces what is typed in its fields only when `version` grows."""

    id: str
    version: int
    name: str
    stem: str = ""
    instructions: str = ""
    notice: str = ""
    items: tuple[FormItem, ...] = ()
    at: int = 0  # the item that the keys answer, from 0
    score_hint: str = ""  # "total, 0 to 100" where only the score is entered
    score: str = ""
    taken_on: str = ""
    today: str = ""  # as a day is typed
    note: str = ""
    progress: str = ""  # "4 of 9 answered"
    result: str = ""  # "19 of 27, moderately severe"; empty while partial
    plain: tuple[str, ...] = ()  # marked answers
    saved: str = ""  # "Draft saved 10:42"


class Measures(NamedTuple):
    """The whole screen: a form in front while there is one."""

    alias: str = ""
    lines: tuple[InstrumentLine, ...] = ()
    card: InstrumentCard = InstrumentCard()
    form: Form | None = None
    mistakes: tuple[str, ...] = ()  # of instrument files
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()  # what can be done about the message
    busy: bool = False

"""What the integration screen shows, and what it can ask for. Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from kapjournal.application.integrate import Answer, Asked, Shelf
from kapjournal.application.integration_note import Half, Page, PracticeAgreed, Suggested
from kapjournal.application.say_belongs import Said
from kapjournal.domain.entry import Entry, IntentionState, PracticeState
from kapjournal.domain.label import Part, TagState, Theme
from kapjournal.gui.messages import Message


class IntegrateUses(NamedTuple):
    """What the screen can ask for. All but the last six run on the worker."""

    client: str  # whose integration it is
    page: Callable[[], Page]
    shelf: Callable[[], Shelf]
    count_of: Callable[[Theme], int]
    ask: Callable[[Asked], Answer]
    say: Callable[[Entry, Theme | Part, TagState], Said]
    unsay: Callable[[Said], None]
    say_again: Callable[[Said], None]
    put: Callable[[Half], datetime]  # when it was durable
    keep: Callable[[Half], Page]
    suggest: Callable[[str, tuple[str, ...]], tuple[Suggested, ...]]
    agree: Callable[[PracticeAgreed], Page]
    settle: Callable[[str, PracticeState], Page]
    set_state: Callable[[str, IntentionState], Page]
    new_theme: Callable[[str], Theme]
    today: Callable[[], datetime]
    review: Callable[[str, str], None]  # a client and an entry: show the moment in its session
    here: Callable[[str], None]  # coming back leads to this
    told: Callable[[str], None]  # what is known of the disk, for the bar
    where: Callable[[str], None]  # the quiet word beside the alias in the bar
    bug: Callable[[Exception], None]


class Order(StrEnum):
    """How the notes are ordered."""

    NEWEST = "Newest first"
    OLDEST = "Oldest first"
    BEST = "Best match first"


class ShelfRow(NamedTuple):
    """One row at the left: a heading (no key), or something to choose."""

    name: str
    key: str = ""
    notes: str = ""  # how many
    said: str = ""  # the client's words, under the name

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        counted = f"{self.notes} {'note' if self.notes == '1' else 'notes'}" if self.notes else ""
        return ", ".join(part for part in (self.name, self.said, counted) if part)


class NoteRow(NamedTuple):
    """One row of the list: the heading of a session (no id), or a note exactly as it was written."""

    id: str = ""
    client: str = ""
    heading: str = ""  # "Session 3"
    heading_note: str = ""  # "26 February"
    since: str = ""
    wall: str = ""
    icon: str = ""
    label: str = ""
    role: str = "text"
    words: str = ""
    quote: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    struck: bool = False  # corrected: the original stands struck through
    beside: tuple[str, ...] = ()  # amendments
    reason: str = ""
    said: str = ""  # "Belongs", "Not this", "Hidden", or nothing yet
    may_say: bool = False
    spoken: str = ""


class Chip(NamedTuple):
    """A theme or part for the note being written: suggested, or chosen."""

    key: str
    text: str  # "# mother, Nana"
    is_part: bool
    why: str = ""


class PracticeRow(NamedTuple):
    """A practice, with where it stands."""

    key: str
    text: str
    note: str
    on: str = ""  # "8 March"
    state: str = ""
    open: bool = True


class Choice(NamedTuple):
    """Something a picker offers: its key, its name, and what kind of thing it is."""

    key: str
    name: str
    kind: str = ""


class Echo(NamedTuple):
    """An intention that the note may echo."""

    key: str
    text: str
    on: bool = False


class Integrate(NamedTuple):
    """The whole screen."""

    shelf: tuple[ShelfRow, ...] = ()
    chosen: str = ""
    title: str = ""
    counted: str = ""
    rows: tuple[NoteRow, ...] = ()
    related: tuple[NoteRow, ...] = ()
    related_note: str = ""  # "4 notes, less certain, folded until you open them"
    unfolded: bool = False
    empty: str = ""
    may_search_all: bool = False
    order: Order = Order.NEWEST
    may_order: bool = False
    everyone: bool = False
    may_ask_everyone: bool = False
    legend: str = ""
    bar_note: str = ""  # "after session 3"
    note_title: str = ""
    text: str = ""
    text_version: int = 0  # the view puts the text in only when this grows
    insert: tuple[int, str] = (0, "")  # a block to put in at the caret, when the number grows
    saved: str = ""
    may_keep: bool = False
    chips: tuple[Chip, ...] = ()
    suggested: tuple[Chip, ...] = ()
    echoes: tuple[Echo, ...] = ()
    practices: tuple[PracticeRow, ...] = ()
    more_practices: str = ""  # "4 more practices"
    practice_open: str = ""  # the practice whose state is being said
    form_problem: str = ""
    forms: int = 0  # practices that were taken from the form, so that the view empties it
    intention: str = ""
    intention_says: str = ""  # "Intention for session 3"
    intention_words: str = ""
    intention_state: IntentionState = IntentionState.OPEN
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Integrate) -> None: ...
    def pick(
        self, choices: tuple[Choice, ...], chosen: Callable[[str], None], new: Callable[[str], None] | None
    ) -> None:
        """Let one be found by typing; `new` takes what was typed where none of them is meant."""
        ...

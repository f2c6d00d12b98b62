"""What the preparation screen shows, and what it can ask for. Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from kapjournal.application.agreements import Sheet, Values
from kapjournal.application.keep_intentions import Changed
from kapjournal.application.prepare import HalfWritten, Preparation
from kapjournal.domain.entry import IntentionState
from kapjournal.domain.intention import Stretch, Words
from kapjournal.domain.label import Tag
from kapjournal.gui.messages import Message


class PrepareUses(NamedTuple):
    """What the screen can ask for. All but the last three run on the worker, with the id of the client."""

    read: Callable[[str], Preparation]
    put_draft: Callable[[str, HalfWritten], datetime]  # when it was durable
    keep_words: Callable[[str, tuple[Changed, ...], HalfWritten, bool], Preparation]
    set_state: Callable[[str, str, IntentionState, str], Preparation]
    reorder: Callable[[str, tuple[str, ...]], Preparation]
    untag: Callable[[str, Tag], Preparation]
    bring_in: Callable[[str, HalfWritten], Preparation]
    keep_sheet: Callable[[str, Sheet, Values, HalfWritten], Preparation]
    begin: Callable[[str], Preparation]
    close: Callable[[str], Preparation]
    new_id: Callable[[], str]
    open_session: Callable[[str], None]  # show the session that a note stands in
    leave: Callable[[], None]  # back to where the screen was opened from


class Tab(NamedTuple):
    """One intention among several."""

    id: str
    title: str  # "1  To stop bracing."
    state: str = ""  # "met", or nothing while it is open


class LabelChip(NamedTuple):
    """A theme or part that was accepted for the chosen intention."""

    text: str  # "#letting go"
    is_part: bool
    tag: Tag


class VersionLine(NamedTuple):
    """One wording in the list of versions."""

    key: str
    title: str  # "Version 2, edited"
    note: str  # "24 February 2026, 10:42"


class Comparison(NamedTuple):
    """An earlier version beside the present one, thread by thread."""

    before: str  # its title
    after: str
    rows: tuple[tuple[str, tuple[Stretch, ...], tuple[Stretch, ...]], ...]
    beside: str = ""  # what was written beside that version


class CarriedCard(NamedTuple):
    """What the last integration ended with."""

    title: str  # "Carried forward from integration, 7 February"
    words: str
    labels: tuple[tuple[str, bool], ...]
    note: str  # what became of the intention before
    session: str
    can_bring: bool


class SheetState(NamedTuple):
    """One section of the right column."""

    sheet: Sheet
    lines: tuple[str, ...]
    status: str  # "agreed 24 Feb"
    ready: bool
    values: Values
    version: int = 0  # the view fills its fields only when this grows
    editing: bool = False
    earlier: tuple[tuple[str, str], ...] = ()  # (when, what it said)
    earlier_shown: bool = False
    problem: str = ""


class Prepare(NamedTuple):
    """The whole screen."""

    alias: str = ""
    title: str = ""  # "Intentions for session 3"
    note: str = ""  # "Wren’s own words. Typed together on 24 February."
    session_note: str = ""
    session_action: str = ""
    tabs: tuple[Tab, ...] = ()
    past_tabs: tuple[Tab, ...] = ()  # met or set aside
    past_shown: bool = False
    chosen: str = ""
    words: Words = Words()
    words_version: int = 0  # the view fills its fields only when this grows
    said_shown: bool = False
    said_fixed: bool = False  # what was said stays as it is; the hope can be reworded
    chips: tuple[LabelChip, ...] = ()
    state: IntentionState = IntentionState.OPEN
    can_say_state: bool = False
    versions: tuple[VersionLine, ...] = ()
    versions_shown: bool = False
    comparison: Comparison | None = None
    carried: CarriedCard | None = None
    empty: str = ""
    ready: str = ""  # "5 of 6 ready"
    missing: tuple[str, ...] = ()
    sheets: tuple[SheetState, ...] = ()
    measures: str = ""  # "PHQ-9 9, GAD-7 8"
    measures_on: str = ""  # "24 Feb"
    saved: str = ""
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()
    busy: bool = False  # not read yet, so that nothing can be typed


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Prepare) -> None: ...

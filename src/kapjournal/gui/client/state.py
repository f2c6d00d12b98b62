"""What the screen of one client shows: frozen values, made by the presenter and drawn by the view."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message


class BeadTold(NamedTuple):
    """A session of the course as its line shows it."""

    stage: str  # "held", "running", "planned", "open"
    large: bool  # a dosing session
    number: str  # inside a large bead
    day: str  # "22 Jan"
    below: str  # "50 mg IM", "planned"
    spoken: str
    session: str = ""  # its id; empty for one that is only foreseen
    round_: int = 0
    present: bool = False  # of the round that the work is in


class Chosen(NamedTuple):
    """The session chosen on the line, and what can be done with it."""

    session: str
    title: str
    when: str
    may_open: bool = False
    may_begin: bool = False
    may_move: bool = False


class IntentionTold(NamedTuple):
    """An intention, and what became of it."""

    key: str
    session: str  # "Dosing 2"
    text: str  # the client's words
    became: str  # "Met. The Planner named for the first time."
    before: tuple[str, ...] = ()  # how it was worded earlier, oldest first


class PartTold(NamedTuple):
    """A part and how many notes speak of it."""

    key: str
    name: str
    role: str
    note: str
    notes: str


class NoteTold(NamedTuple):
    """A practice, a contact or an account."""

    key: str
    text: str
    note: str
    end: str = ""
    settled: bool = False


class MeasureTold(NamedTuple):
    """One instrument with its totals, oldest first. `points` are (ISO date, total) for a trend."""

    name: str
    totals: str  # "19, 12, 6"
    days: str  # "9 Feb to 13 Apr"
    points: tuple[tuple[str, float], ...] = ()


class ClientState(NamedTuple):
    """The whole screen."""

    alias: str = ""
    counted: str = ""  # "Four of six held"
    running: str = ""  # "Dosing 3 is open now"
    line: tuple[BeadTold, ...] = ()
    chosen: Chosen | None = None
    next_dosing: str = ""  # "Start dosing 3"
    intentions: tuple[IntentionTold, ...] = ()
    parts: tuple[PartTold, ...] = ()
    parts_word: str = "parts"
    practices: tuple[NoteTold, ...] = ()
    contacts: tuple[NoteTold, ...] = ()
    accounts: tuple[NoteTold, ...] = ()
    measures: tuple[MeasureTold, ...] = ()
    may_measure: bool = False
    facts: tuple[tuple[str, str], ...] = ()  # by the name of the field
    facts_version: int = 0  # the view replaces what stands in the fields only when this grows
    problems: tuple[tuple[str, str], ...] = ()
    form: Form = Form()
    form_words: tuple[tuple[str, str], ...] = ()  # what was half-typed into the form that opens
    archived: str = ""  # "Archived 3 March"
    saved: str = "Saved"
    message: Message | None = None

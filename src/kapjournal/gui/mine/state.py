"""What the therapist's own screen shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.gui.messages import Message
from kapjournal.gui.notes_told import NoteLine

UNDO = "undo"
CLIENTS, THEMES = "clients", "themes"


class Month(NamedTuple):
    """A column of the strips."""

    label: str  # "Mar"
    title: str  # "March 2026"


class Line(NamedTuple):
    """A row of the strips: how many notes in each month."""

    key: str
    name: str
    counts: tuple[int, ...]


class Flag(NamedTuple):
    """Something that can be put on the chosen note."""

    key: str
    name: str
    on: bool = False


class Question(NamedTuple):
    """One of the check, with what is typed so far."""

    key: str
    words: str
    answer: str = ""


class Check(NamedTuple):
    """The check after a dosing day. The view replaces what stands in the fields only when `version` grows."""

    about: tuple[tuple[str, str], ...] = ()  # clients of the last days: id, and "Wren, dosing 3, 9 April"
    chosen: str = ""
    questions: tuple[Question, ...] = ()
    version: int = 0
    open: bool = False
    problem: str = ""
    saved: str = ""


class MineState(NamedTuple):
    """The whole screen."""

    months: tuple[Month, ...] = ()
    clients: tuple[Line, ...] = ()
    themes: tuple[Line, ...] = ()
    heading: str = "All of them"  # what the notes are narrowed to
    narrowed: str = ""  # CLIENTS or THEMES
    notes: tuple[NoteLine, ...] = ()
    chosen: str = ""
    chosen_about: str = ""  # "Wren, 9 April"
    flags: tuple[Flag, ...] = ()
    consult: tuple[NoteLine, ...] = ()
    check: Check = Check()
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()
    read: bool = False

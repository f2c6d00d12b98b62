"""What the roster of parts shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message
from kapjournal.gui.notes_told import NoteLine

ADD = "add"
UNDO = "undo"


class PartLine(NamedTuple):
    """A part in the list."""

    key: str
    name: str
    note: str  # "manager, seen 9 times"
    gone: bool = False


class SightLine(NamedTuple):
    """A note that the part shows itself in, with what the client felt toward it."""

    note: NoteLine
    felt: str = ""
    may_say: bool = False


class PartDetail(NamedTuple):
    """The chosen part."""

    key: str = ""
    says: str = ""  # "First seen in dosing 1, last in integration 3."
    fields: tuple[tuple[str, str], ...] = ()
    version: int = 0  # the view replaces what stands in the fields only when this grows
    sights: tuple[SightLine, ...] = ()
    seen: str = ""  # the sight that is chosen
    gone: bool = False


class PartsState(NamedTuple):
    """The whole screen. `one` and `several` are the therapist's words for parts."""

    one: str = "part"
    several: str = "parts"
    lines: tuple[PartLine, ...] = ()
    detail: PartDetail = PartDetail()
    form: Form = Form()
    problems: tuple[tuple[str, str], ...] = ()
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()
    read: bool = False

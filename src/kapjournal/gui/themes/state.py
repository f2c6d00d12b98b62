"""What the screen that keeps themes shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message
from kapjournal.gui.notes_told import NoteLine

MERGE, SPLIT, ADD = "merge", "split", "add"
NEW = "new"  # in the place of a theme: begin with the form that adds one
UNDO = "undo"
RETIRED = "Retired"


class ThemeLine(NamedTuple):
    """A theme in the list. Themes of one family stand together; retired ones at the end."""

    key: str
    name: str
    family: str
    notes: int


class WordLine(NamedTuple):
    """A word of the theme, and what it brings by itself; None until it was counted."""

    word: str
    notes: int | None = None
    rejected: int = 0
    picked: bool = False
    own: bool = False  # the therapist added it

    @property
    def folds(self) -> bool:
        """Whether it may wait behind a button: the program's own, and it brings nothing."""
        return not (self.notes or self.picked or self.own)

    @property
    def told(self) -> str:
        """`mum 7`, or with those that were rejected: `mum 7, 1 not this`."""
        if self.notes is None:
            return self.word
        wrong = f", {self.rejected} not this" if self.rejected else ""
        return f"{self.word}  {self.notes}{wrong}"


class Detail(NamedTuple):
    """The chosen theme."""

    key: str = ""
    name: str = ""
    says: str = ""  # "12 notes; merged into Grief & loss, 2 March"
    fields: tuple[tuple[str, str], ...] = ()
    version: int = 0  # the view replaces what stands in the fields only when this grows
    words: tuple[WordLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    picked: frozenset[str] = frozenset()  # notes that go along when the theme is split
    retired: bool = False


class ThemesState(NamedTuple):
    """The whole screen."""

    lines: tuple[ThemeLine, ...] = ()
    detail: Detail = Detail()
    form: Form = Form()  # ADD, SPLIT, or MERGE: the list waits for the theme that is taken over
    problems: tuple[tuple[str, str], ...] = ()
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()
    may_integrate: bool = False
    parts_word: str = ""  # with a client: where the roster is one button away
    read: bool = False

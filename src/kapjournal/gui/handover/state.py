"""What the handover screen shows. Plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.document import Page
from kapjournal.gui.handover.tree import Axis, Branch
from kapjournal.gui.messages import Message


class Copy(StrEnum):
    """What kind of copy is made."""

    COLLEAGUE = "colleague"
    CONSULTATION = "consultation"
    CLIENT = "client"
    SUMMARY = "summary"
    NOTE = "note"


COPY_NAMES = {
    Copy.COLLEAGUE: "For a colleague",
    Copy.CONSULTATION: "For a consultation",
    Copy.CLIENT: "For the client",
    Copy.SUMMARY: "Referral summary",
    Copy.NOTE: "Progress note",
}


class Way(StrEnum):
    """How the bundle is opened by the one it is for."""

    KNOWN = "known"
    KEY = "key"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word for the way, not a secret


class Known(NamedTuple):
    """A colleague whose key is known."""

    name: str
    note: str


class Who(NamedTuple):
    """Whom it is for."""

    name: str = ""  # empty until somebody is chosen
    note: str = ""
    words: str = ""  # of their key, to be said to each other
    compared: bool = False
    purpose: str = ""
    sender: str = ""
    editing: bool = False
    way: Way = Way.KEY
    known: tuple[Known, ...] = ()
    chosen: str = ""
    typed: tuple[str, str] = ("", "")  # name and key, as they stand
    problem: str = ""


class PermissionForm(NamedTuple):
    """The client's written permission, being recorded."""

    scope: str
    to: str
    until: str
    signed_on: str
    problem: str = ""


class Private(NamedTuple):
    """What is said of private notes, under the tree."""

    title: str
    sentence: str
    action: str = ""
    form: PermissionForm | None = None


class Check(NamedTuple):
    """One of the four things that stand before a sealed bundle."""

    done: bool
    title: str
    note: str


class MarkedStretch(NamedTuple):
    """A stretch of a passage; `replaced` is what goes in its place, None where the words stay."""

    text: str
    replaced: str | None = None
    why: str = ""


class PassageRow(NamedTuple):
    """One passage of a consultation copy, as it is gone through."""

    key: str
    stretches: tuple[MarkedStretch, ...]
    goes: str  # the words as they go
    decided: bool  # by hand
    where: str = ""


class Marks(NamedTuple):
    """The passages that are looked at now."""

    rows: tuple[PassageRow, ...]
    number: int  # of this sheet, from 1
    of: int
    read: int  # passages read
    total: int
    editing: str = ""  # the key of the passage whose words are changed


class Progress(NamedTuple):
    """How far the sealing is."""

    done: int
    of: int
    stopping: bool = False


class Told(NamedTuple):
    """A bundle that was sealed."""

    title: str
    path: str
    size: str
    compared: str
    words: str
    their_words: str
    passphrase: str
    what: str


class LogLine(NamedTuple):
    """One disclosure of this client."""

    key: str
    who: str
    day: str
    what: str


class Note(NamedTuple):
    """The draft of a progress note."""

    sessions: tuple[tuple[str, str], ...] = ()
    session: str = ""
    text: str = ""


class HandOver(NamedTuple):
    """The whole screen."""

    alias: str = ""
    copy: Copy = Copy.COLLEAGUE
    who: Who = Who()
    axis: Axis = Axis.KIND
    branches: tuple[Branch, ...] = ()
    private: Private | None = None
    letter: tuple[str, str, str] = ("", "", "")  # questions, what helped, what did not
    letter_version: int = 0
    title: str = ""
    page: Page | None = None
    notices: tuple[str, ...] = ()
    number: int = 0  # of the page, from 1
    pages: int = 0
    stays: str = ""
    marks: Marks | None = None
    checks: tuple[Check, ...] = ()
    next_says: str = ""
    next_enabled: bool = False
    seal_says: str = ""
    may_not: str = ""  # why it cannot be sealed
    may_seal: bool = False
    path: str = ""
    progress: Progress | None = None
    sealed: Told | None = None
    note: Note | None = None
    log: tuple[LogLine, ...] = ()
    message: Message | None = None
    read: bool = False  # whether the journal was read yet

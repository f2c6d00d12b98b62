"""What the screen for a received bundle shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.domain.document import Page
from kapjournal.domain.intention import Stretch
from kapjournal.gui.messages import Message


class Signer(NamedTuple):
    """Who signed it, and what is known of the key."""

    title: str
    sentence: str
    words: str
    role: str  # of the sentence: safety for a key that changed
    asks: str = ""  # what the button says that compares the words; empty where that is done


class Difference(NamedTuple):
    """Something that is told differently here and there."""

    what: str
    ours: tuple[Stretch, ...]
    theirs: tuple[Stretch, ...]


class Receive(NamedTuple):
    """The whole screen."""

    path: str = ""
    asks_passphrase: bool = False
    problem: str = ""  # with the passphrase
    signer: Signer | None = None
    facts: tuple[tuple[str, str], ...] = ()  # what is in it, as label and words
    sender: str = ""
    differences: tuple[Difference, ...] = ()
    page: Page | None = None
    number: int = 0
    pages: int = 0
    notices: tuple[str, ...] = ()
    compared: bool = False
    may_take: bool = False
    refusal: str = ""
    taken: str = ""  # what taking it in did
    busy: bool = False
    message: Message | None = None

"""What the reader of a bundle sees, page by page: the preview on the screen and the pages in the bundle are these."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from kapjournal.domain.entry import Kind


class Row(NamedTuple):
    """One entry. `since` is the time since the first dose (`0:35`), empty where there was none."""

    entry: str
    wall: str
    since: str
    kind: Kind
    label: str
    text: str
    details: str = ""  # what the text does not say
    notes: tuple[str, ...] = ()  # amendments and labels
    flags: tuple[str, ...] = ()
    private: bool = False
    retracted: bool = False


class Bar(NamedTuple):
    """One measurement; `share` is its part of the longest bar, 0 to 1."""

    label: str
    value: str
    share: float


class Block(NamedTuple):
    """A heading with what belongs under it."""

    heading: str
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()


class Page(NamedTuple):
    """One page: blocks first, then rows of a timeline, then what has to be said at its end."""

    title: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    closing: tuple[str, ...] = ()


class Document(NamedTuple):
    """All that the reader sees. `summary` stands alone on two pages; `sessions` are the timelines."""

    title: str
    about: str  # for whom, from whom and when, in a line
    notices: tuple[str, ...]
    summary: tuple[Page, ...]
    sessions: tuple[Page, ...]
    made_at: datetime

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in reading order."""
        return (*self.summary, *self.sessions)

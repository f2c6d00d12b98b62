"""Earlier notes that came back, each with the exact reason why: words, never percentages."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.label import Theme


class Tier(StrEnum):
    """How plain the reason is."""

    CONTAINS = "contains"  # a word of the theme stands in the note
    RELATED = "related"  # another wording, or like notes the therapist tagged


class Found(NamedTuple):
    """One note that came back. `why` names the words that matched, or those that carried the likeness."""

    entry: str
    tier: Tier
    why: tuple[str, ...]
    like_tagged: int = 0  # how many tagged notes it is like; 0 where words alone brought it
    marks: tuple[tuple[int, int], ...] = ()  # where the words stand: start and end, in characters of the entry's text
    beside: tuple[str, ...] = ()  # words of the note next to it in its session, where those brought it and not its own
    written_as: bool = False  # it was written as what the theme is about: an insight, a part


class Offered(NamedTuple):
    """A theme offered for a note that is being written; never applied by itself."""

    theme: Theme
    tier: Tier
    why: tuple[str, ...]

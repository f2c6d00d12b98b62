"""Themes for a note that is being written, from its words alone: quick enough to follow the typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kapjournal.domain.label import Theme
from kapjournal.domain.recalled import Offered, Tier
from kapjournal.recall.explanation import Terms, holding
from kapjournal.recall.meaning import Meaning
from kapjournal.recall.word_table import WordTable


class Suggesting:
    """Offers themes."""

    def __init__(self, table: WordTable, meaning: Callable[[tuple[str, ...]], Meaning]) -> None:
        self._table = table
        self._meaning = meaning

    def offered(self, words: str, themes: Sequence[tuple[Theme, tuple[str, ...]]], limit: int) -> tuple[Offered, ...]:
        found = []
        for theme, terms in themes:
            r = holding(words, Terms(terms), len(words))
            if r.why:
                found.append(Offered(theme, Tier.CONTAINS, r.why))
        return tuple(found[:limit])

"""Themes for a note that is being written, from its words alone: quick enough to follow the typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from kapjournal.domain.label import Theme
from kapjournal.domain.recalled import Offered, Tier
from kapjournal.recall.corpus import NEGATIONS, REACH
from kapjournal.recall.explanation import Terms, carried, holding
from kapjournal.recall.meaning import Meaning, affinity
from kapjournal.recall.stems import Token, stems, tokens
from kapjournal.recall.word_table import Floats, Whole, WordTable

_EVEN: Final = 12
_DENIED: Final = 0.4
_HELD, _ALIKE, _MEANT = 0.8, 6.0, 6.0
_LEAST: Final = 1.0  # what has to speak for a theme whose words are not there
_LONGEST: Final = 400  # words; a longer note is looked at by its last ones, where the therapist is

Worded = tuple[Theme, tuple[str, ...]]


class Known(NamedTuple):
    """A list of words, made ready."""

    terms: Terms
    weights: dict[tuple[str, ...], float]


class Suggesting:
    """Offers themes."""

    def __init__(self, table: WordTable, meaning: Callable[[tuple[str, ...]], Meaning]) -> None:
        self._table = table
        self._meaning = meaning
        self._known: dict[tuple[str, ...], Known] = {}

    def offered(self, words: str, themes: Sequence[Worded], limit: int) -> tuple[Offered, ...]:
        """The likeliest themes, each with the words that speak for it."""
        said = list(tokens(words))[-_LONGEST:]
        if not said:
            return ()
        scored = self._scored(said, themes)
        best = sorted(range(len(themes)), key=lambda at: -scored[at][0])[:limit]
        offered = (self._explained(words, themes[at], scored[at]) for at in best)
        return tuple(one for one in offered if one is not None)

    def _scored(self, said: Sequence[Token], themes: Sequence[Worded]) -> list[tuple[float, float]]:
        """For each theme what speaks for it, and how much of that are its own words."""
        numbers = np.array([self._table.number(token.word) for token in said], dtype=np.int64)
        rarity = self._rarity(numbers)
        row = self._table.meaning(numbers)
        rows = np.array([self._meaning(terms).row for _, terms in themes], dtype=np.float32)
        meant = rows @ row
        meant = meant - meant.mean() if len(meant) > 1 else meant
        scored = []
        for (_, terms), whole in zip(themes, meant, strict=True):
            held = self._held(said, terms, rarity)
            alike = float((affinity(self._table, self._meaning(terms), numbers) * rarity).sum()) / (len(said) + _EVEN)
            score = _HELD * held**0.5 + _ALIKE * alike**0.5 + _MEANT * float(whole)
            scored.append((score, held))
        return scored

    def _rarity(self, numbers: Whole) -> Floats:
        known = np.minimum(numbers, len(self._table.share) - 1)
        chance = 1 - np.exp(-12 * self._table.share[known])
        rarity: Floats = np.minimum(np.log1p((1 - chance) / np.maximum(chance, 1e-9)), 8).astype(np.float32)
        return rarity

    def _held(self, said: Sequence[Token], terms: tuple[str, ...], rarity: Floats) -> float:
        known = self._ready(terms)
        total, at = 0.0, {token.begin: place for place, token in enumerate(said)}
        for (begin, _), parts in known.terms.spans(said):
            place = at[begin]
            before = {token.word for token in said[max(place - REACH, 0) : place]}
            denied = _DENIED if before.intersection(NEGATIONS) else 1.0
            total += denied * known.weights[parts] * float(rarity[place : place + len(parts)].sum())
        return total

    def _ready(self, terms: tuple[str, ...]) -> Known:
        known = self._known.get(terms)
        if known is None:
            weights: dict[tuple[str, ...], float] = {}
            for term, weight in zip(terms, self._meaning(terms).weights, strict=True):
                parts = stems(term)
                weights[parts] = max(weights.get(parts, 0.0), float(weight))
            known = self._known[terms] = Known(Terms(terms), weights)
        return known

    def _explained(self, words: str, worded: Worded, scored: tuple[float, float]) -> Offered | None:
        theme, terms = worded
        score, held = scored
        if held > 0:
            return Offered(theme, Tier.CONTAINS, holding(words, self._ready(terms).terms, len(words)).why)
        if score < _LEAST:
            return None
        numbered = self._table.numbered(words)
        numbers = np.array([number for _, number in numbered], dtype=np.int64)
        weigh = affinity(self._table, self._meaning(terms), numbers) * self._rarity(numbers)
        why = carried(words, {token.word: float(w) for (token, _), w in zip(numbered, weigh, strict=True)}, len(words))
        return Offered(theme, Tier.RELATED, why.why) if why.why else None

"""What a theme means: the words that speak of it with their weights, and what that says of every other word.

Terms stand from the most to the least telling, the therapist's own first, and count accordingly; that alone finds more
than any change of the formula did (docs/decisions/0007-recall.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from kapjournal.recall.word_table import Floats, Whole, WordTable, pointing

SPOKEN: Final = 1.5  # the rank at which a term weighs half, where its words are looked for
MEANT: Final = 5  # where terms are added up to what a theme means
ALIKE: Final = 10  # where a word is compared with single terms
LEAST: Final = 0.1  # the weight of the last terms
MOST_TERMS: Final = 60  # terms that words are compared with
_SHARE: Final = 0.25
_STRANGE: Final = 0.25  # likeness up to which a word has nothing to do with a theme
_OTHERS: Final = 0.3
_SAME_THEME: Final = 0.55  # a theme this like another says nothing against it


class Meaning(NamedTuple):
    """A theme, or words somebody asked with: `row` is what it means, `terms` what speaks of it, best first."""

    terms: tuple[str, ...]
    weights: Floats
    row: Floats
    rows: Floats  # of the terms, without those that the table knows nothing of
    alike: Floats  # their weights


def weights(count: int, half: float) -> Floats:
    """The weights of terms by rank."""
    return np.maximum(1 / (1 + np.arange(count) / half), LEAST).astype(np.float32)


def meaning(table: WordTable, terms: Sequence[str]) -> Meaning:
    """What terms mean together."""
    rows = np.array([table.meaning_of(term) for term in terms], dtype=np.float32).reshape(len(terms), table.width)
    row = pointing((rows * weights(len(terms), MEANT)[:, None]).sum(0))
    known = np.nonzero(rows.any(1))[0][:MOST_TERMS]
    return Meaning(tuple(terms), weights(len(terms), SPOKEN), row, rows[known], weights(len(terms), ALIKE)[known])


def affinity(table: WordTable, of: Meaning, numbers: Whole) -> Floats:
    """How much each of these words has to do with a theme: 0 for most, about 1 for its terms."""
    found = np.zeros(len(numbers), dtype=np.float32)
    known = np.nonzero(numbers < len(table.rows))[0]
    if not len(of.rows) or not len(known):
        return found
    likeness = table.rows[numbers[known]] @ of.rows.T
    whole = likeness @ of.alike / of.alike.sum()
    likeness *= np.sqrt(of.alike / of.alike.max())
    best = likeness if likeness.shape[1] <= 3 else np.partition(likeness, -3, axis=1)[:, -3:]
    found[known] = np.maximum(best.mean(1) + _SHARE * whole - _STRANGE, 0) ** 2
    return found


class Others:
    """What the other themes mean together, which is what speaks against any one of them."""

    def __init__(self, table: WordTable, meanings: Iterable[Meaning], vocabulary: Whole) -> None:
        rows = [one.row for one in meanings if one.row.any()]
        self._rows: Floats = np.array(rows, dtype=np.float32).reshape(len(rows), table.width)
        known = vocabulary < len(table.rows)
        self._weights: Floats = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
        self._weights[:, known] = np.maximum(self._rows @ table.rows[vocabulary[known]].T - _OTHERS, 0) ** 2

    def than(self, row: Floats) -> tuple[Floats, Floats]:
        """Of the themes that are not this one: what they mean on average, and the weight of each word for them."""
        other = self._rows @ row < _SAME_THEME
        if not other.any():
            return np.zeros_like(row), np.zeros(self._weights.shape[1], dtype=np.float32)
        return self._rows[other].mean(0), self._weights[other].mean(0)

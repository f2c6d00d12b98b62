"""Which notes hold the words of a theme, and how much that says: BM25 over stems, as the search index reckons it.

The index on the disk answers the same question, one term at a time; a theme has a hundred terms, and reading their
rows out of SQLite takes several times as long as all the rest. So it is reckoned in memory, and a test holds both
against each other. A “no” shortly before a word takes most of its weight: “no grief” is about grief, but says less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapjournal.recall.stems import tokens
from kapjournal.recall.word_table import Floats, Whole, WordTable

_K1, _B = 1.2, 0.75  # as FTS5 has them
_LEAST_IDF: Final = 1e-6
DENIED: Final = 0.5


class Lexicon:
    """Where each stem stands in the notes of a corpus."""

    def __init__(self, table: WordTable, vocabulary: Whole, words: Whole, note_of: Whole, lengths: Whole) -> None:
        self._table = table
        self._codes: dict[str, int] = {}
        of_word = [self._codes.setdefault(table.stem(int(number)), len(self._codes)) for number in vocabulary]
        self._of_word: NDArray[np.uint16] = np.array(of_word, dtype=np.uint16)
        self._stems = self._of_word[words]
        self._order: Whole = np.argsort(self._stems, kind="stable")
        self._begins: Whole = np.searchsorted(self._stems[self._order], np.arange(len(self._codes) + 1))
        self._note_of = note_of
        self._lengths = lengths

    def among(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which words of the vocabulary have the stem of one of these."""
        codes = [self._codes.get(self._table.stem(self._table.number(word)), -1) for word in words]
        return np.isin(self._of_word, [code for code in codes if code >= 0])

    def positions(self, term: str) -> Whole:
        """Where a word or phrase begins, among all words of all notes."""
        codes = [self._codes.get(self._table.stem(self._table.number(token.word)), -1) for token in tokens(term)]
        if not codes or min(codes) < 0:
            return np.zeros(0, dtype=np.int64)
        rarest = min(range(len(codes)), key=lambda at: int(self._begins[codes[at] + 1] - self._begins[codes[at]]))
        found = self._order[self._begins[codes[rarest]] : self._begins[codes[rarest] + 1]] - rarest
        if len(codes) == 1:
            return found
        found = found[(found >= 0) & (found + len(codes) <= len(self._stems))]
        for step, code in enumerate(codes):
            found = found[self._stems[found + step] == code]
        together: Whole = found[self._note_of[found] == self._note_of[found + len(codes) - 1]]
        return together

    def spoken(self, terms: Sequence[str], weights: Floats, negated: NDArray[np.bool_]) -> Floats:
        """For each note what the terms it holds say, by their weights."""
        size = len(self._lengths)
        found = np.zeros(size, dtype=np.float64)
        mean = float(self._lengths.mean()) if size else 1.0
        flat = _K1 * (1 - _B + _B * self._lengths / max(mean, 1e-9))
        for term, weight in zip(terms, weights, strict=True):
            at = self.positions(term)
            if len(at):
                notes, first, count = np.unique(self._note_of[at], return_index=True, return_counts=True)
                rarity = max(np.log((size - len(notes) + 0.5) / (len(notes) + 0.5)), _LEAST_IDF)
                meant = np.where(negated[at[first]], DENIED, 1.0)
                found[notes] += weight * rarity * meant * count * (_K1 + 1) / (count + flat[notes])
        return found.astype(np.float32)

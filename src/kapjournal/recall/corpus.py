"""All notes of an open journal as recall sees them: arrays in memory, made from what lies beside the words.

A note is kept as what its words mean together and the numbers of its words in order (`packed`). The arrays die with
the open journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapjournal.application.ports import Place
from kapjournal.domain.entry import Kind
from kapjournal.recall.lexicon import Lexicon
from kapjournal.recall.word_table import NUMBERS, Floats, Whole, WordTable

LONGEST: Final = 5_000  # words of one note that count; nobody writes more, and a pasted book stays one note
REACH: Final = 3  # words after a “no” that it is taken to be about
NEGATIONS: Final = (
    *("no", "not", "never", "don", "didn", "doesn", "isn", "wasn", "aren", "weren", "won", "couldn", "wouldn", "ain"),
    *("without", "nothing", "nobody", "neither", "nor", "hardly", "stop"),
)
# Lines that keep the record of the day, and speak of a theme only where its very words stand in them.
QUIET: Final = frozenset(
    {Kind.VITALS, Kind.DOSE, Kind.MUSIC, Kind.MEASURE, Kind.SEDATION, Kind.TOUCH, Kind.PHASE, Kind.SUDS, Kind.SAFETY}
    | {Kind.PLAN, Kind.AGREEMENT}
)
_PRIOR_NOTES: Final = 20  # how many notes the frequency of words in general counts for
_WORDS_OF_A_NOTE: Final = 12


def packed(table: WordTable, text: str) -> bytes:
    """What is kept of a note's words."""
    numbers = np.array([number for _, number in table.numbered(text)[:LONGEST]], dtype=np.int64)
    row = table.meaning(numbers)
    most = float(np.abs(row).max()) or 1.0
    return np.round(row * (127 / most)).astype(np.int8).tobytes() + numbers.astype("<u2").tobytes()


class Corpus:
    """Notes in the order they were first written; every array has a row, or a stretch of words, for each."""

    def __init__(self, table: WordTable, places: Sequence[Place], kept: Sequence[bytes]) -> None:
        self.places = places
        self.size = len(places)
        self.numbers: Whole = np.array([place.number for place in places], dtype=np.int64)
        width = table.width
        rows = np.frombuffer(b"".join(one[:width].ljust(width, b"\0") for one in kept), np.int8)
        self.rows: Floats = rows.reshape(self.size, width).astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", self.rows, self.rows))
        self.rows /= np.where(lengths == 0, 1, lengths)[:, None]
        numbers = np.frombuffer(b"".join(one[width:] for one in kept), "<u2").astype(np.int64)
        here = np.bincount(numbers, minlength=NUMBERS)
        self.vocabulary: Whole = np.nonzero(here)[0]
        place_of = np.zeros(NUMBERS, dtype=np.int64)
        place_of[self.vocabulary] = np.arange(len(self.vocabulary))
        self._place_of = place_of
        self._known = here > 0
        self.words: Whole = place_of[numbers]  # each as its place in the vocabulary
        self.lengths: Whole = np.array([max(len(one) - width, 0) // 2 for one in kept], dtype=np.int64)
        self._begins: Whole = np.concatenate([[0], np.cumsum(self.lengths)])
        self.note_of: Whole = np.repeat(np.arange(self.size), self.lengths)
        self.negated = self._negated(table)
        self.rarity = self._rarity(table, here[self.vocabulary])
        self.lexicon = Lexicon(table, self.vocabulary, self.words, self.note_of, self.lengths)
        self.gone = np.array([not one for one in kept], dtype=bool)
        self._clients = np.array([place.client for place in places], dtype=np.str_)
        self.kinds: NDArray[np.str_] = np.array([place.kind for place in places], dtype=np.str_)
        self.quiet = np.isin(self.kinds, sorted(QUIET))
        self.own = self.kinds == Kind.SELF.value
        self.position = {place.entry: at for at, place in enumerate(places)}
        self.showing: dict[str, list[int]] = {}  # where each part was seen
        for at, place in enumerate(places):
            if place.part is not None:
                self.showing.setdefault(place.part, []).append(at)
        self.line = self._line()

    def _negated(self, table: WordTable) -> NDArray[np.bool_]:
        """For each word, whether a “no” stands shortly before it in the same note."""
        turned = np.isin(self.vocabulary, [table.number(word) for word in NEGATIONS])[self.words]
        found = np.zeros(len(self.words), dtype=bool)
        for back in range(1, REACH + 1):
            found[back:] |= turned[:-back] & (self.note_of[back:] == self.note_of[:-back])
        return found

    def _rarity(self, table: WordTable, here: Whole) -> Floats:
        """How much each word of the vocabulary tells, by how seldom it is here and in English."""
        share = np.zeros(NUMBERS)
        share[: len(table.share)] = table.share
        general = 1 - np.exp(-share[self.vocabulary] * _WORDS_OF_A_NOTE)
        chance = (here + _PRIOR_NOTES * general) / (self.size + _PRIOR_NOTES)
        rarity: Floats = np.log1p(np.maximum(1 - chance, 0) / np.maximum(chance, 1e-9)).astype(np.float32)
        return rarity

    def _line(self) -> Whole:
        """Notes that have neighbours, session by session in the order written; the therapist's own stay outside."""
        sessions = _codes([place.session or "" for place in self.places])
        alone = np.array([place.session is None for place in self.places], dtype=bool)
        inside = np.nonzero(~(alone | self.quiet | self.own | self.gone))[0]
        ordered = inside[np.argsort(sessions[inside], kind="stable")]
        self.sessions = sessions
        return ordered

    def of_client(self, client: str) -> NDArray[np.bool_]:
        """Which notes are of a client."""
        found: NDArray[np.bool_] = self._clients == client
        return found

    def place_of(self, number: int) -> int | None:
        """The place in the vocabulary of a word that some note has."""
        return int(self._place_of[number]) if self._known[number] else None

    def words_of(self, note: int) -> Whole:
        """The words of one note, each as its place in the vocabulary."""
        return self.words[self._begins[note] : self._begins[note + 1]]

    def summed(self, weights: Floats) -> Floats:
        """For each note the sum of what its words weigh; `weights` has one for each word of the vocabulary."""
        found = np.zeros(self.size, dtype=np.float32)
        filled = self.lengths > 0
        if filled.any():
            found[filled] = np.add.reduceat(weights[self.words], self._begins[:-1][filled])
        return found

    def at(self, numbers: Whole) -> tuple[Whole, NDArray[np.bool_]]:
        """Where notes stand in the arrays, and which of the numbers are here."""
        where = np.minimum(np.searchsorted(self.numbers, numbers), max(self.size - 1, 0))
        return where, self.numbers[where] == numbers if self.size else np.zeros(len(numbers), dtype=bool)


def _codes(names: Sequence[str]) -> Whole:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)

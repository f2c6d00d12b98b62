"""Follows an open journal: what was written since is turned into rows and numbers, and kept beside the words."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from kapjournal.application.ports import Journal, Place
from kapjournal.domain.errors import NotSaved
from kapjournal.recall.corpus import Corpus, packed
from kapjournal.recall.word_table import WordTable

LINES: Final = 300  # of the ledger, taken in at a time
STORED_FROM: Final = 100  # notes; fewer wait for a quiet moment


class TakingIn:
    """The notes of one journal, up to date whenever they are asked for."""

    def __init__(self, journal: Journal, table: WordTable) -> None:
        self._journal = journal
        self._table = table
        self._places: dict[int, Place] = {}
        self._kept: dict[int, bytes] = {}
        self._pending: dict[int, bytes] = {}
        self._up_to: int | None = None
        self._corpus: Corpus | None = None

    def some(self) -> bool:
        """Take in some lines and store what came of them; whether nothing is left."""
        whole = self._take_in()
        if whole:
            self._store()
        return whole

    def corpus(self) -> Corpus:
        """All notes, as they stand."""
        while not self._take_in():
            pass
        if self._corpus is None:
            numbers = sorted(self._kept)
            self._corpus = Corpus(self._table, [self._places[n] for n in numbers], [self._kept[n] for n in numbers])
        return self._corpus

    def _take_in(self) -> bool:
        index = self._journal.index
        if self._up_to is None:
            vectors = index.vectors(self._table.maker)
            self._kept, self._up_to = dict(vectors.rows), vectors.up_to
            self._places = {place.number: place for place in index.places()}
        told = index.changed_since(self._up_to, LINES)
        for note in told.notes:
            number = note.place.number
            self._places[number] = note.place
            self._kept[number] = self._pending[number] = b"" if note.gone else packed(self._table, note.words)
        if told.notes:
            self._corpus = None
        self._up_to = told.up_to
        if len(self._pending) >= STORED_FROM:
            self._store()
        return told.whole

    def _store(self) -> None:
        if self._pending and self._up_to is not None:
            with suppress(NotSaved):  # it is made again next time
                self._journal.index.keep_vectors(self._table.maker, self._pending, self._up_to)
                self._pending = {}

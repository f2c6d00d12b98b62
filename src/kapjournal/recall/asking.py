"""What is looked for: the words of a theme or of a note, and what the therapist said of notes before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kapjournal.application.ports import Journal
from kapjournal.application.theme_words import words_of
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import PartRole, TagState, Theme
from kapjournal.domain.theme_list import starter_for
from kapjournal.recall.corpus import Corpus
from kapjournal.recall.word_table import Floats, Whole, WordTable

WRITTEN_AS: Final = 3.0  # what it counts for that a note was written as what a theme is about
_MOST_WORDS: Final = 16  # of a note that others are compared with
EVERYDAY: Final = 150  # the commonest words say nothing of what a note is about

# Starter themes that a kind of entry, or a role of a part, is about by itself.
_KINDS: Final = {"theme-insight": Kind.INSIGHT, "theme-therapist": Kind.SELF}
_ROLES: Final = {
    "theme-exile": frozenset({PartRole.EXILE}),
    "theme-protectors-self": frozenset({PartRole.MANAGER, PartRole.FIREFIGHTER, PartRole.SELF}),
}


class Asked(NamedTuple):
    """Terms from the most to the least telling, more lists of them that it may be about, and what is known of notes."""

    terms: tuple[str, ...]
    about: tuple[tuple[str, ...], ...]
    accepted: Whole
    rejected: Whole
    unseen: NDArray[np.bool_]  # notes that are not to come back
    lift: Floats  # what notes have for the way they were written
    without: tuple[str, ...] = ()  # words that were taken out and shall carry nothing either


class Asking:
    """Makes questions to the notes of one journal."""

    def __init__(self, journal: Journal, starter: Sequence[Theme], table: WordTable) -> None:
        self._journal = journal
        self._starter = starter
        self._table = table

    def theme(self, theme: Theme, corpus: Corpus) -> Asked:
        """Notes that speak of a theme, and of those that were merged into it."""
        themes = _with_merged(theme, self._journal.themes())
        terms = tuple(dict.fromkeys(word for one in themes for word in words_of(one, self._starter)))
        said = self._journal.index.opinions([one.id for one in themes])
        states = {state: {entry for entry, _, of in said if of == state} for state in TagState}
        accepted, rejected = (_among(corpus, states[s]) for s in (TagState.ACCEPTED, TagState.REJECTED))
        unseen = _among(corpus, states[TagState.REJECTED] | states[TagState.HIDDEN])
        lift, without = self._lift(theme, corpus), tuple(word.casefold() for word in theme.without or ())
        return Asked(terms, (), np.nonzero(accepted)[0], np.nonzero(rejected)[0], unseen, lift, without)

    def words(self, words: str, about: Iterable[tuple[str, ...]], corpus: Corpus, without: str | None = None) -> Asked:
        """Notes that speak of what words speak of, and of the themes they are about; never the note `without`."""
        folded = {token.word: number for token, number in self._table.numbered(words)}
        telling = sorted((word for word, n in folded.items() if n >= EVERYDAY), key=lambda word: -folded[word])
        hidden = {entry for entry, _, state in self._journal.index.opinions(()) if state == TagState.HIDDEN}
        unseen = _among(corpus, hidden | {without or ""})
        nothing = np.zeros(0, dtype=np.int64)
        terms = tuple(telling[:_MOST_WORDS]) or tuple(folded)
        return Asked(terms, tuple(about), nothing, nothing, unseen, np.zeros(corpus.size, np.float32))

    def _lift(self, theme: Theme, corpus: Corpus) -> Floats:
        lift = np.zeros(corpus.size, dtype=np.float32)
        begun = starter_for(theme, self._starter)
        kind, roles = _KINDS.get(begun.id if begun else ""), _ROLES.get(begun.id if begun else "")
        if kind is not None:
            lift[corpus.kinds == kind.value] = WRITTEN_AS
        if roles is not None:
            meant = {part.id for part in self._journal.parts() if part.role in roles}
            lift[[at for part in meant for at in corpus.showing.get(part, ())]] = WRITTEN_AS
        return lift


def _with_merged(theme: Theme, themes: Sequence[Theme]) -> list[Theme]:
    found = [theme]
    for one in found:
        found += [other for other in themes if other.merged_into == one.id and other not in found]
    return found


def _among(corpus: Corpus, entries: set[str]) -> NDArray[np.bool_]:
    found = np.zeros(corpus.size, dtype=bool)
    found[[corpus.position[entry] for entry in entries if entry in corpus.position]] = True
    return found

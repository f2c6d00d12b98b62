"""Answers a question to the notes of an open journal: how well each fits, which come back, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kapjournal.application.ports import Journal, Noted
from kapjournal.application.theme_words import offered, words_of
from kapjournal.domain.label import Theme
from kapjournal.domain.recalled import Found, Offered, Tier
from kapjournal.recall import learning, ranking
from kapjournal.recall.asking import Asked, Asking
from kapjournal.recall.corpus import Corpus
from kapjournal.recall.explanation import Terms, holding
from kapjournal.recall.learning import Learnt
from kapjournal.recall.meaning import Meaning, Others, affinity, meaning
from kapjournal.recall.suggesting import Suggesting
from kapjournal.recall.taking_in import TakingIn
from kapjournal.recall.word_table import Floats, WordTable, pointing

_RELATED: Final = 0.0  # the least score of a note that holds none of the words
_LIKE: Final = 0.15  # what tags have to bring to a note for it to be like those that were tagged
_REMEMBERED: Final = 400  # meanings


class Looked(NamedTuple):
    """What a question found, for every note."""

    score: Floats
    held: Floats  # what the words it holds brought
    carried: Floats  # what words alike to them brought
    weights: Floats  # what each word of the vocabulary carries
    learnt: Learnt


class Engine:
    """One open journal; on the worker only."""

    def __init__(self, journal: Journal, starter: Sequence[Theme], folder: Path) -> None:
        self._journal = journal
        self._starter = starter
        self._table = WordTable(folder)
        self._taking_in = TakingIn(journal, self._table)
        self._asking = Asking(journal, starter, self._table)
        self._suggesting = Suggesting(self._table, self._meaning)
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._corpus: Corpus | None = None
        self._affinities: dict[tuple[str, ...], Floats] = {}
        self._others: tuple[tuple[tuple[str, ...], ...], Others] | None = None

    def catch_up(self) -> bool:
        """Take in some of what was written since."""
        return self._taking_in.some()

    def by_theme(self, theme: Theme, client: str | None, limit: int | None, *, own: bool) -> tuple[Found, ...]:
        """Notes that speak of a theme."""
        corpus = self._fresh()
        return self._found(corpus, self._asking.theme(theme, corpus), self._shown(corpus, client, own=own), limit)

    def by_words(self, words: str, client: str | None, limit: int | None, *, own: bool) -> tuple[Found, ...]:
        """Notes that speak of what these words speak of."""
        corpus = self._fresh()
        asked = self._asking.words(words, self._about(words), corpus)
        return self._found(corpus, asked, self._shown(corpus, client, own=own), limit)

    def like(self, entry: str, client: str | None, limit: int | None, *, own: bool) -> tuple[Found, ...]:
        """Notes that speak of what a note speaks of, without itself."""
        noted, corpus = self._journal.index.noted([entry]), self._fresh()
        if not noted:
            return ()
        words = _said(noted[0])
        asked = self._asking.words(words, self._about(words), corpus, without=entry)
        return self._found(corpus, asked, self._shown(corpus, client, own=own), limit)

    def brings(self, words: Sequence[str], client: str | None) -> dict[str, frozenset[str]]:
        """For each word the notes that it alone would bring."""
        corpus = self._fresh()
        shown = self._shown(corpus, client, own=False)
        found = {}
        for word, rows in self._journal.index.holding(words).items():
            where, here = corpus.at(np.array([number for number, _ in rows], dtype=np.int64))
            found[word] = frozenset(corpus.places[at].entry for at in where[here] if shown[at])
        return found

    def suggest(self, words: str, themes: Sequence[Theme], limit: int) -> tuple[Offered, ...]:
        """Themes that a note being written may speak of."""
        return self._suggesting.offered(words, [(theme, words_of(theme, self._starter)) for theme in themes], limit)

    # What is looked at

    def _fresh(self) -> Corpus:
        corpus = self._taking_in.corpus()
        if corpus is not self._corpus:
            self._corpus, self._affinities, self._others = corpus, {}, None
        return corpus

    def _shown(self, corpus: Corpus, client: str | None, *, own: bool) -> NDArray[np.bool_]:
        shown = ~corpus.gone if own else ~(corpus.gone | corpus.own)
        return shown if client is None else shown & corpus.of_client(client)

    def _meaning(self, terms: tuple[str, ...]) -> Meaning:
        found = self._meanings.get(terms)
        if found is None:
            if len(self._meanings) >= _REMEMBERED:
                self._meanings.clear()
            found = self._meanings[terms] = meaning(self._table, terms)
        return found

    def _affinity(self, corpus: Corpus, terms: tuple[str, ...]) -> Floats:
        found = self._affinities.get(terms)
        if found is None:
            found = self._affinities[terms] = affinity(self._table, self._meaning(terms), corpus.vocabulary)
        return found

    def _all_themes(self) -> list[tuple[str, ...]]:
        return [words_of(theme, self._starter) for theme in offered(self._journal.themes(), self._starter)]

    def _against(self, corpus: Corpus) -> Others:
        themes = tuple(self._all_themes())
        if self._others is None or self._others[0] != themes:
            self._others = themes, Others(self._table, map(self._meaning, themes), corpus.vocabulary)
        return self._others[1]

    def _about(self, words: str) -> list[tuple[str, ...]]:
        """The words of themes that a note speaks of."""
        themes = offered(self._journal.themes(), self._starter)
        return [words_of(one.theme, self._starter) for one in self.suggest(words, themes, 2)]

    # How well it fits

    def _looked(self, corpus: Corpus, asked: Asked) -> Looked:
        of = self._meaning(asked.terms)
        hits = self._journal.index.holding(asked.terms)
        held = ranking.spoken(corpus, of, hits)
        weights, row = self._affinity(corpus, asked.terms), of.row
        for terms in asked.about:
            weights = weights + self._affinity(corpus, terms) / len(asked.about)
            row = pointing(row + self._meaning(terms).row / np.float32(len(asked.about)))
        learnt = learning.learnt(corpus, row, asked.accepted, asked.rejected)
        ranked = ranking.ranked(corpus, held, weights, learnt.row, self._against(corpus), learnt.score + asked.lift)
        return Looked(ranking.in_context(corpus, ranked.score), held, ranked.alike, weights * corpus.rarity, learnt)

    def _found(self, corpus: Corpus, asked: Asked, shown: NDArray[np.bool_], limit: int | None) -> tuple[Found, ...]:
        if not corpus.size:
            return ()
        looked = self._looked(corpus, asked)
        wanted = (looked.held > 0) | (~corpus.quiet & (looked.score > _RELATED))
        wanted[asked.accepted] = True
        chosen = np.nonzero(shown & ~asked.unseen & wanted)[0]
        best = chosen[np.argsort(-looked.score[chosen], kind="stable")][:limit]
        noted = self._journal.index.noted([corpus.places[at].entry for at in best])
        return tuple(self._explained(corpus, asked, looked, int(at), one) for at, one in zip(best, noted, strict=True))

    # Why

    def _explained(self, corpus: Corpus, asked: Asked, looked: Looked, at: int, noted: Noted) -> Found:
        words, within = _said(noted), len(noted.entry.text)
        if looked.held[at] > 0:
            reason = holding(words, self._terms(asked.terms), within)
            return Found(noted.entry.id, Tier.CONTAINS, reason.why, marks=reason.marks)
        return Found(noted.entry.id, Tier.RELATED, ())

    def _terms(self, terms: tuple[str, ...]) -> Terms:
        return Terms(terms)


def _said(noted: Noted) -> str:
    return "\n".join(said.text for said in (noted.entry, *noted.amendments) if said.text)

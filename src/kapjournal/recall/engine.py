"""Answers a question to the notes of an open journal: how well each fits, which come back, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kapjournal.application.ports import Journal, Noted
from kapjournal.application.theme_words import offered, words_of
from kapjournal.domain.label import Theme
from kapjournal.domain.recalled import Found, Offered, Tier
from kapjournal.recall import learning, ranking
from kapjournal.recall.asking import EVERYDAY, Asked, Asking
from kapjournal.recall.corpus import Corpus
from kapjournal.recall.explanation import Reason, Terms, carried, holding
from kapjournal.recall.learning import Learnt
from kapjournal.recall.meaning import Meaning, Others, affinity, meaning
from kapjournal.recall.suggesting import Suggesting
from kapjournal.recall.taking_in import TakingIn
from kapjournal.recall.word_table import Floats, Whole, WordTable, pointing

_RELATED: Final = -0.5  # the least score of a note that holds none of the words; 0 is a note as any other
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
        self._starting = {id(theme): words_of(theme, starter) for theme in starter}
        self._taking_in = TakingIn(journal, self._table)
        self._asking = Asking(journal, starter, self._table)
        self._suggesting = Suggesting(self._table, self._meaning)
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._corpus: Corpus | None = None
        self._affinities: dict[tuple[str, ...], Floats] = {}
        self._others: tuple[tuple[tuple[str, ...], ...], Others] | None = None

    def catch_up(self) -> bool:
        """Take in some of what was written since, and make ready when that is done."""
        whole = self._taking_in.some()
        if whole:
            self._against(self._fresh())
        return whole

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
        words = noted[0].words
        asked = self._asking.words(words, self._about(words), corpus, without=entry)
        return self._found(corpus, asked, self._shown(corpus, client, own=own), limit)

    def sure(self, theme: Theme, client: str | None) -> frozenset[str]:
        """The notes that hold a word of a theme or were accepted for it."""
        corpus = self._fresh()
        asked = self._asking.theme(theme, corpus)
        held = self._held(corpus, asked.terms) > 0
        held[asked.accepted] = True
        chosen = held & self._shown(corpus, client, own=False) & ~asked.unseen
        return frozenset(corpus.places[at].entry for at in map(int, np.nonzero(chosen)[0]))

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
        return self._suggesting.offered(words, [(theme, self._words(theme)) for theme in themes], limit)

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

    def _held(self, corpus: Corpus, terms: tuple[str, ...]) -> Floats:
        return corpus.lexicon.spoken(terms, self._meaning(terms).weights, corpus.negated)

    def _affinity(self, corpus: Corpus, terms: tuple[str, ...]) -> Floats:
        found = self._affinities.get(terms)
        if found is None:
            found = self._affinities[terms] = affinity(self._table, self._meaning(terms), corpus.vocabulary)
        return found

    def _words(self, theme: Theme) -> tuple[str, ...]:
        found = self._starting.get(id(theme))
        return words_of(theme, self._starter) if found is None else found

    def _against(self, corpus: Corpus) -> Others:
        themes = tuple(self._words(theme) for theme in offered(self._journal.themes(), self._starter))
        if self._others is None or self._others[0] != themes:
            self._others = themes, Others(self._table, map(self._meaning, themes), corpus.vocabulary)
        return self._others[1]

    def _about(self, words: str) -> list[tuple[str, ...]]:
        """The words of themes that a note speaks of."""
        themes = offered(self._journal.themes(), self._starter)
        return [self._words(one.theme) for one in self.suggest(words, themes, 2)]

    # How well it fits

    def _looked(self, corpus: Corpus, asked: Asked) -> Looked:
        of = self._meaning(asked.terms)
        held = self._held(corpus, asked.terms)
        weights, row = self._affinity(corpus, asked.terms), of.row
        for terms in asked.about:
            weights = weights + self._affinity(corpus, terms) / np.float32(len(asked.about))
            row = pointing(row + self._meaning(terms).row / np.float32(len(asked.about)))
        if asked.without:
            weights = np.where(corpus.lexicon.among(asked.without), np.float32(0), weights)
        learnt = learning.learnt(corpus, row, asked.accepted, asked.rejected)
        ranked = ranking.ranked(corpus, held, weights, learnt.row, self._against(corpus), learnt.score + asked.lift)
        return Looked(ranking.in_context(corpus, ranked.score), held, ranked.alike, weights * corpus.rarity, learnt)

    def _found(self, corpus: Corpus, asked: Asked, shown: NDArray[np.bool_], limit: int | None) -> tuple[Found, ...]:
        if not corpus.size:
            return ()
        looked = self._looked(corpus, asked)
        wanted = looked.held > 0
        if looked.weights.any() or len(looked.learnt.words.nonzero()[0]):  # else nothing is known of these words
            wanted |= ~corpus.quiet & (looked.score > _RELATED)
        wanted[asked.accepted] = True
        chosen = np.nonzero(shown & ~asked.unseen & wanted)[0]
        best = chosen[np.argsort(-looked.score[chosen], kind="stable")][:limit]
        return tuple(self._explained(corpus, asked, looked, Terms(asked.terms), best))

    # Why

    def _explained(self, corpus: Corpus, asked: Asked, looked: Looked, terms: Terms, best: Whole) -> Iterator[Found]:
        noted = self._noted(corpus, best)
        beside = {int(at): self._lender(corpus, looked, int(at)) for at in best if not _speaks(looked, int(at))}
        lenders = self._noted(corpus, [at for at in beside.values() if at is not None])
        for at in map(int, best):
            reason = self._reason(corpus, looked, terms, at, noted[at])
            lender = beside.get(at)
            yield Found(
                noted[at].entry.id,
                Tier.CONTAINS if looked.held[at] > 0 else Tier.RELATED,
                reason.why,
                like_tagged=self._like(corpus, looked, asked, at),
                marks=reason.marks,
                beside=() if lender is None else self._reason(corpus, looked, terms, lender, lenders[lender]).why,
                written_as=bool(asked.lift[at]),
            )

    def _noted(self, corpus: Corpus, notes: Iterable[int]) -> dict[int, Noted]:
        wanted = list(dict.fromkeys(map(int, notes)))
        found = self._journal.index.noted([corpus.places[at].entry for at in wanted])
        return dict(zip(wanted, found, strict=True))

    def _reason(self, corpus: Corpus, looked: Looked, terms: Terms, at: int, noted: Noted) -> Reason:
        words, within = noted.words, len(noted.entry.text)
        if looked.held[at] > 0:
            return holding(words, terms, within)
        weigh = {}
        for token, number in self._table.numbered(words):
            place = corpus.place_of(number)
            if place is not None and number >= EVERYDAY:
                weigh[token.word] = float(looked.weights[place] + looked.learnt.words[place])
        return carried(words, weigh, within)

    def _lender(self, corpus: Corpus, looked: Looked, at: int) -> int | None:
        """The note beside this one whose words brought it."""
        near = [int(n) for n in ranking.neighbours(corpus, at) if _speaks(looked, int(n)) and looked.score[n] > 0]
        return max(near, key=lambda n: float(looked.score[n]), default=None)

    def _like(self, corpus: Corpus, looked: Looked, asked: Asked, at: int) -> int:
        """How many of the notes that were accepted share a word with this one that they taught."""
        if looked.held[at] > 0 or looked.learnt.score[at] < _LIKE or at in asked.accepted:
            return 0
        taught = [int(word) for word in corpus.words_of(at) if looked.learnt.words[word] > 0]
        return sum(bool(np.isin(corpus.words_of(int(note)), taught).any()) for note in asked.accepted)


def _speaks(looked: Looked, at: int) -> bool:
    """Whether words of its own brought a note."""
    return bool(looked.held[at] > 0 or looked.carried[at] > 0 or looked.learnt.score[at] >= _LIKE)

"""How well each note fits what is looked for: four looks at it, added up, and what stands around it in its session.

Each look is scaled by how much it varies over all notes, so that one that finds little says little. What was tried and
what each part is worth stands in docs/decisions/0007-recall.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from kapjournal.recall.corpus import Corpus
from kapjournal.recall.meaning import Meaning, Others
from kapjournal.recall.stems import stems
from kapjournal.recall.word_table import Floats, Whole

AFFINE: Final = 0.5  # what words that have to do with it count for, beside its own words
MEANT: Final = 0.5  # what the note means as a whole
AGAINST: Final = 0.5  # what has to do with other themes
_OTHER_ROWS: Final = 0.6
AROUND: Final = (0.35, 0.25, 0.1)  # the next note before and after in the session, the second, the third
_QUIET: Final = 3.0
_DENIED: Final = 0.4  # what a word counts for after a “no”
_EVEN: Final = 12  # words that every note is taken to have beside its own, so that a short one is not all theme

_FLAT: Final = 1e-6  # a look that is the same for all notes says nothing

Hits = Mapping[str, Sequence[tuple[int, float]]]


class Ranked(NamedTuple):
    """For every note its score, and what words alike to what is looked for brought to it."""

    score: Floats
    alike: Floats


def spoken(corpus: Corpus, of: Meaning, hits: Hits) -> Floats:
    """BM25 of the terms by their weights; a note that only denies them keeps half."""
    found = np.zeros(corpus.size, dtype=np.float32)
    for term, weight in zip(of.terms, of.weights, strict=True):
        rows = hits.get(term) or ()
        if rows:
            numbers, bm25 = zip(*rows, strict=True)
            where, here = corpus.at(np.array(numbers, dtype=np.int64))
            np.add.at(found, where[here], weight * np.array(bm25, dtype=np.float32)[here])
    if found.any():
        found *= 1 - (1 - _DENIED) * _denied(corpus, of.terms)
    return found


def _denied(corpus: Corpus, terms: Sequence[str]) -> Floats:
    """Which share of the words in a note that begin a term stands after a “no”."""
    begins = {parts[0] for parts in map(stems, terms) if parts}
    of_term = np.array([stem in begins for stem in corpus.stems], dtype=bool)[corpus.words]
    count = np.bincount(corpus.note_of[of_term], minlength=corpus.size)
    denied = np.bincount(corpus.note_of[of_term & corpus.negated], minlength=corpus.size)
    share: Floats = (denied / np.maximum(count, 1)).astype(np.float32)
    return share


def ranked(corpus: Corpus, said: Floats, weights: Floats, row: Floats, others: Others, learnt: Floats) -> Ranked:
    """Every note's score. `weights` are the words' affinities, `row` what is looked for, `learnt` from tags."""
    other_row, other_weights = others.than(row)
    length = corpus.lengths + _EVEN
    alike = corpus.summed(weights * corpus.rarity) / length
    against = corpus.summed(other_weights * corpus.rarity) / length
    whole = corpus.rows @ (row - np.float32(_OTHER_ROWS) * other_row)
    score: Floats = _scaled(np.sqrt(said)) + AFFINE * _scaled(np.sqrt(alike)) + MEANT * _scaled(whole)
    score += learnt - AGAINST * _scaled(np.sqrt(against))
    summed: Floats = score.astype(np.float32)
    return Ranked(summed, alike)


def _scaled(look: Floats) -> Floats:
    spread = float(look.std()) if len(look) else 0.0
    scaled: Floats = ((look - look.mean()) / (spread if spread > _FLAT else np.inf)).astype(np.float32)
    return scaled


def in_context(corpus: Corpus, score: Floats) -> Floats:
    """The score with a share of what the notes before and after in the same session have; quiet lines go down."""
    found = score - np.float32(_QUIET) * corpus.quiet
    line = corpus.line
    sessions, along = corpus.sessions[line], score[line]
    for steps, share in enumerate(AROUND, start=1):
        together = sessions[steps:] == sessions[:-steps]
        found[line[steps:]] += share * np.where(together, along[:-steps], 0)
        found[line[:-steps]] += share * np.where(together, along[steps:], 0)
    return found


def neighbours(corpus: Corpus, note: int) -> Whole:
    """The notes before and after in the same session, the nearest first."""
    at = np.nonzero(corpus.line == note)[0]
    if not len(at):
        return at
    steps = [sign * step for step in range(1, len(AROUND) + 1) for sign in (-1, 1)]
    places = np.array([at[0] + step for step in steps if 0 <= at[0] + step < len(corpus.line)], dtype=np.int64)
    found: Whole = corpus.line[places]
    beside: Whole = found[corpus.sessions[found] == corpus.sessions[note]]
    return beside

"""What the therapist's own tags teach about a theme: Rocchio, with the theme as the prior.

Before five notes were accepted the tags teach nothing: a few notes say less than the words of the theme, and take the
place of some of them. From then on they count the more, the more there are.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from kapjournal.recall.corpus import Corpus
from kapjournal.recall.word_table import Floats, Whole, pointing

FROM: Final = 5  # accepted notes
_HALF: Final = 20  # accepted notes that count half of what endless ones would
_ROW, _WORDS = 0.6, 0.8
_REJECTED: Final = 0.5
_PRIOR: Final = 2.0
_SHARED: Final = 0.3  # a word in more notes than this teaches nothing
_EVEN: Final = 12


class Learnt(NamedTuple):
    """What tags add: a shift of what the theme means, a score for each note, and the words that were learnt."""

    row: Floats
    score: Floats
    words: Floats  # by place in the vocabulary; 0 for most


def nothing(corpus: Corpus, row: Floats) -> Learnt:
    """As if nothing was tagged."""
    return Learnt(row, np.zeros(corpus.size, np.float32), np.zeros(len(corpus.vocabulary), np.float32))


def learnt(corpus: Corpus, row: Floats, accepted: Whole, rejected: Whole) -> Learnt:
    """What these notes teach, given what the theme means without them."""
    if len(accepted) < FROM:
        return nothing(corpus, row)
    weight = len(accepted) / (len(accepted) + _HALF)
    middle = corpus.rows.mean(0)
    shift = corpus.rows[accepted].mean(0) - middle
    if len(rejected):
        shift -= np.float32(_REJECTED) * (corpus.rows[rejected].mean(0) - middle)
    words = _telling(corpus, accepted)
    if len(rejected):
        words = np.maximum(words - np.float32(_REJECTED) * _telling(corpus, rejected), 0)
    score = corpus.summed(words) / (corpus.lengths + _EVEN)
    spread = float(score.std())
    score = (score - score.mean()) / spread * np.float32(_WORDS * weight) if spread > 1e-6 else np.zeros_like(score)
    return Learnt(pointing(row + np.float32(_ROW * weight) * pointing(shift)), score.astype(np.float32), words)


def _telling(corpus: Corpus, notes: Whole) -> Floats:
    """Words that stand in these notes more often than elsewhere, by how much more."""
    chosen = np.zeros(corpus.size, dtype=bool)
    chosen[notes] = True
    inside = chosen[corpus.note_of]
    count = len(corpus.vocabulary)
    pairs = np.unique(corpus.note_of[inside] * count + corpus.words[inside]) % max(count, 1)
    here = np.bincount(pairs, minlength=count)
    share = np.bincount(corpus.words, minlength=count) / max(corpus.size, 1)
    odds = np.log((here + _PRIOR * share) / ((len(notes) + _PRIOR) * np.maximum(share, 1e-9)))
    sure = here / (here + 1.0)
    found: Floats = np.where((here > 1) & (share < _SHARED), np.maximum(odds, 0) * sure, 0).astype(np.float32)
    return found

"""How well each note fits what is looked for: four looks at it, added up, and what stands around it in its session.

Each look is scaled by how much it varies over all notes, so that one that finds little says little. What was tried and
what each part is worth stands in docs/decisions/0007-recall.md.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from kapjournal.recall.corpus import Corpus
from kapjournal.recall.meaning import Others
from kapjournal.recall.word_table import Floats, Whole

AFFINE: Final = 0.5  # what words that have to do with it count for, beside its own words
MEANT: Final = 0.5  # what the note means as a whole
AGAINST: Final = 0.5  # what has to do with other themes
_OTHER_ROWS: Final = 0.6
AROUND: Final = (0.35, 0.25, 0.1)  # the next note before and after in the session, the second, the third
_QUIET: Final = 3.0
_EVEN: Final = 12  # words that every note is taken to have beside its own, so that a short one is not all theme

_FLAT: Final = 1e-6  # a look that is the same for all notes says nothing


class Ranked(NamedTuple):
    """For every note its score, and what words alike to what is looked for brought to it."""

    score: Floats
    alike: Floats


def ranked(corpus: Corpus, said: Floats, weights: Floats, row: Floats, others: Others, learnt: Floats) -> Ranked:
    """Every note's score. `weights` are the words' affinities, `row` what is looked for, `learnt` from tags."""
    other_row, other_weights = others.than(row)
    length: Floats = (corpus.lengths + _EVEN).astype(np.float32)
    alike = corpus.summed(weights * corpus.rarity) / length
    against = corpus.summed(other_weights * corpus.rarity) / length
    whole = corpus.rows @ (row - np.float32(_OTHER_ROWS) * other_row)
    score = _scaled(np.sqrt(said)) + np.float32(AFFINE) * _scaled(np.sqrt(alike)) + np.float32(MEANT) * _scaled(whole)
    score += learnt - np.float32(AGAINST) * _scaled(np.sqrt(against))
    return Ranked(score, alike)


def _scaled(look: Floats) -> Floats:
    spread = float(look.std())
    return np.zeros_like(look) if spread <= _FLAT else ((look - look.mean()) / spread).astype(np.float32)


def in_context(corpus: Corpus, score: Floats) -> Floats:
    """The score with a share of what the notes before and after in the same session have; quiet lines go down."""
    found: Floats = (score - np.float32(_QUIET) * corpus.quiet).astype(np.float32)
    line = corpus.line
    sessions, along = corpus.sessions[line], score[line]
    for steps, share in enumerate(AROUND, start=1):
        together = sessions[steps:] == sessions[:-steps]
        found[line[steps:]] += np.float32(share) * np.where(together, along[:-steps], np.float32(0))
        found[line[:-steps]] += np.float32(share) * np.where(together, along[steps:], np.float32(0))
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

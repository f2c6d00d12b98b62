"""Whether recall finds what somebody says belongs (`make bench-recall`), beside BM25 on the theme's words alone.

nDCG@10, MAP and recall@10, each the mean over the themes of a set, with nothing tagged and with ten notes a theme
tagged; tagged notes are taken out of what is measured, and of the untagged ranking beside it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from bench.recall_data import Labelled, labelled
from kapjournal import resources
from kapjournal.app import starter_themes
from kapjournal.application.ports import Journal
from kapjournal.application.theme_words import words_of
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.recall.journal_recall import JournalRecall

TAGGED = 10
ENOUGH = 30  # notes a theme must have for ten of them to be tagged

Ranking = Callable[[Theme], Sequence[str]]


def measure() -> list[dict[str, str | float]]:
    return [row for one in labelled() for row in _rows(one)]


def _rows(given: Labelled) -> Iterator[dict[str, str | float]]:
    recall = JournalRecall(given.journal, starter_themes(), resources.path("recall"))
    ours = {theme.id: _by_recall(recall, theme) for theme in given.themes}
    yield _row(given, "BM25 on the words", given.themes, lambda theme: _bm25(given.journal, theme))
    yield _row(given, "recall", given.themes, lambda theme: ours[theme.id])
    full = tuple(theme for theme in given.themes if len(given.speaks[theme.id]) >= ENOUGH)
    tagged = {theme.id: _tag(given, theme) for theme in full}
    yield _row(given, f"recall, themes of {ENOUGH} notes on", full, lambda theme: ours[theme.id], tagged)
    yield _row(given, f"  {TAGGED} of them tagged", full, lambda theme: _by_recall(recall, theme), tagged)


def _by_recall(recall: JournalRecall, theme: Theme) -> list[str]:
    return [found.entry for found in recall.by_theme(theme, None, own=True)]


def _bm25(journal: Journal, theme: Theme) -> list[str]:
    score: dict[int, float] = {}
    for rows in journal.index.holding(words_of(theme, starter_themes())).values():
        for number, rank in rows:
            score[number] = score.get(number, 0.0) + rank
    entries = {place.number: place.entry for place in journal.index.places()}
    return [entries[number] for number in sorted(score, key=lambda number: -score[number])]


def _tag(given: Labelled, theme: Theme) -> frozenset[str]:
    chosen = random.Random(theme.id).sample(sorted(given.speaks[theme.id]), TAGGED)
    given.journal.keep(*_new(given.journal, theme))
    given.journal.keep(*(Tag(entry=entry, theme=theme.id, state=TagState.ACCEPTED) for entry in chosen))
    return frozenset(chosen)


def _new(journal: Journal, theme: Theme) -> list[Theme]:
    known = {one.id for one in journal.themes()}
    return [] if theme.id in known else [Theme(id=theme.id, name=theme.name)]


def _row(
    given: Labelled,
    method: str,
    themes: Sequence[Theme],
    rank: Ranking,
    without: dict[str, frozenset[str]] | None = None,
) -> dict[str, str | float]:
    figures = []
    for theme in themes:
        out = (without or {}).get(theme.id, frozenset())
        figures.append(_figures([e for e in rank(theme) if e not in out], given.speaks[theme.id] - out))
    ndcg, precision, recall = (mean(column) for column in zip(*figures, strict=True))
    return {"set": given.name, "method": method, "ndcg_at_10": ndcg, "map": precision, "recall_at_10": recall}


def _figures(ranking: Sequence[str], right: frozenset[str]) -> tuple[float, float, float]:
    hits = [entry in right for entry in ranking]
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits[:10]) if hit)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(right))))
    found, precision = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        found += hit
        precision += found / place if hit else 0.0
    return gain / ideal, precision / len(right), sum(hits[:10]) / min(10, len(right))

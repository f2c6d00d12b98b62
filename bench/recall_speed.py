"""A theme asked for in a journal of 50,000 entries, and themes offered while typing, beside the bare FTS query.

Targets: 50 ms and 20 ms at the 95th percentile. Each theme is asked for the first time, so nothing is remembered of it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter

from tests.fakes.clock import START

from bench.recall_data import PROJECT, new_journal
from kapjournal import resources
from kapjournal.app import starter_themes
from kapjournal.application import recall_notes
from kapjournal.application.ports import Journal
from kapjournal.application.theme_words import words_of
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.recall.journal_recall import JournalRecall

ENTRIES, CLIENTS, IN_A_SESSION, SHOWN = 50_000, 12, 100, 40
KINDS = (Kind.QUOTE, Kind.OBSERVATION, Kind.NOTE, Kind.INTERVENTION, Kind.VITALS)


def measure() -> list[dict[str, str | float | None]]:
    journal, themes = new_journal(), starter_themes()
    _fill(journal)
    recall = JournalRecall(journal, themes, resources.path("recall"))
    begun = perf_counter()
    while not recall.catch_up():
        pass
    taken_in = perf_counter() - begun
    recall = JournalRecall(journal, themes, resources.path("recall"))
    begun = perf_counter()
    recall.catch_up()
    first = perf_counter() - begun
    fresh = JournalRecall(journal, themes, resources.path("recall"))
    fresh.catch_up()
    lines = [text[: 20 + n % 60] for n, text in enumerate(_texts()) if len(text) > 30][:200]
    rows = [
        _row("a theme, one client", [_asked(journal, recall, theme, "client-3") for theme in themes]),
        _row("a theme, all clients", [_asked(journal, fresh, theme, None) for theme in themes]),
        _row("the same again", [_asked(journal, recall, theme, "client-3") for theme in themes]),
        _row("its words, bare FTS", [_timed(_bare(journal, words_of(theme, themes))) for theme in themes]),
        _row("themes offered for a line", [_timed(_offer(recall, line)) for line in lines]),
    ]
    journal.close()
    return [
        *rows,
        {"step": "all taken in at once, s", "seconds": taken_in},
        {"step": "made ready when a journal is opened, s", "seconds": first},
    ]


def _asked(journal: Journal, recall: JournalRecall, theme: object, client: str | None) -> float:
    return _timed(lambda: recall_notes.by_theme(journal, recall, theme, client, SHOWN))  # type: ignore[arg-type]


def _offer(recall: JournalRecall, line: str) -> Callable[[], object]:
    themes = starter_themes()
    return lambda: recall.suggest(line, themes)


def _bare(journal: Journal, words: tuple[str, ...]) -> Callable[[], object]:
    return lambda: journal.index.holding(words)


def _timed(does: Callable[[], object]) -> float:
    begun = perf_counter()
    does()
    return (perf_counter() - begun) * 1000


def _row(step: str, taken: list[float]) -> dict[str, str | float | None]:
    taken.sort()
    return {
        "step": step,
        "median_ms": taken[len(taken) // 2],
        "p95_ms": taken[int(len(taken) * 0.95)],
        "times": len(taken),
    }


def _texts() -> list[str]:
    lines = (PROJECT / "tests/data/shorthand-courses.jsonl").read_text(encoding="utf-8").splitlines()
    return [given["text"] for given in map(json.loads, lines) if given["type"] == "entry" and given["text"]]


def _fill(journal: Journal) -> None:
    """Lines of the shorthand courses, each with a third of its words changed for others of theirs."""
    journal.keep(*(Client(id=f"client-{n}", alias=f"Alias {n}") for n in range(CLIENTS)))
    entries = _entries()
    for number in range(ENTRIES // IN_A_SESSION):
        session = Session(
            id=f"s{number}", client=f"client-{number % CLIENTS}", kind=SessionKind.DOSING, number=number + 1,
            started_at=START + timedelta(days=number),
        )  # fmt: skip
        journal.keep(session, *(next(entries) for _ in range(IN_A_SESSION)))


def _entries() -> Iterator[Entry]:
    chance, texts = random.Random(7), _texts()
    pool = [word for text in texts for word in text.split()]
    for number in range(ENTRIES):
        words = [word if chance.random() < 0.67 else chance.choice(pool) for word in chance.choice(texts).split()]
        session = number // IN_A_SESSION
        yield Entry(
            id=f"e{number}", client=f"client-{session % CLIENTS}", session=f"s{session}",
            kind=KINDS[number % len(KINDS)], text=" ".join(words),
            noticed_at=START + timedelta(days=session, minutes=number % IN_A_SESSION),
        )  # fmt: skip

"""Labelled notes to measure recall on, each set in a journal of its own. No measurement by itself.

The labelled texts lie in a folder beside the project, or where KAPJOURNAL_RECALL_DATA says; the shorthand courses come
with the tests. None of them is part of the program.
"""

from __future__ import annotations

import atexit
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.fakes.clock import START, FakeClock

from kapjournal.app import starter_themes
from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Journal, Keys
from kapjournal.domain.course import Client
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.label import Theme
from kapjournal.storage.store import SqlJournals

PROJECT = Path(__file__).resolve().parents[1]
VARIABLE = "KAPJOURNAL_RECALL_DATA"
KEYS = Keys("bench", b"d" * 32, b"l" * 32, b"s" * 32)
SETS = {"SAD": "sad", "GoEmotions": "goemotions"}


class Labelled(NamedTuple):
    """A journal, its themes, and which entries speak of each by somebody's judgement."""

    name: str
    journal: Journal
    themes: tuple[Theme, ...]
    speaks: dict[str, frozenset[str]]


def folder() -> Path | None:
    """Where the labelled texts lie, if they are there."""
    named = os.environ.get(VARIABLE)
    places = [Path(named)] if named else [PROJECT.parent / "shared/data/recall", PROJECT / "shared/data/recall"]
    return next((place for place in places if (place / "sad.jsonl.gz").is_file()), None)


def labelled() -> Iterator[Labelled]:
    """Every set that is here."""
    lying = folder()
    if lying is None:
        print(f"The labelled texts are not here: name their folder with {VARIABLE}. Only the courses are measured.")
    else:
        yield from (_texts(name, lying, file) for name, file in SETS.items())
    yield _courses()


def new_journal() -> Journal:
    """An empty journal that is gone when the program ends."""
    made = Path(tempfile.mkdtemp(prefix="kapjournal-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return SqlJournals(FakeClock()).make(made / "j", KEYS)


def _texts(name: str, lying: Path, file: str) -> Labelled:
    given = json.loads((lying / f"{file}-themes.json").read_text(encoding="utf-8"))
    with gzip.open(lying / f"{file}.jsonl.gz", "rt", encoding="utf-8") as packed:
        rows = [json.loads(line) for line in packed]
    themes = tuple(
        Theme(id=f"theme-{n}", name=theme["name"], description=theme["description"], terms=tuple(theme["terms"]))
        for n, theme in enumerate(given)
    )
    entries = (
        Entry(id=f"e{n}", client="c", kind=Kind.QUOTE, text=row["text"], noticed_at=START) for n, row in enumerate(rows)
    )
    journal = new_journal()
    journal.keep(Client(id="c", alias="Heron"), *themes, *entries)
    speaks = {
        theme.id: frozenset(f"e{n}" for n, row in enumerate(rows) if label["label"] in row["labels"])
        for theme, label in zip(themes, given, strict=True)
    }
    return Labelled(name, journal, themes, speaks)


def _courses() -> Labelled:
    data = PROJECT / "tests" / "data"
    journal, themes = new_journal(), starter_themes()
    import_records(journal, data / "shorthand-courses.jsonl", lambda *_: None)
    labels: dict[str, list[str]] = json.loads((data / "shorthand-labels.json").read_text(encoding="utf-8"))
    speaks = {theme.id: frozenset(e for e, names in labels.items() if theme.name in names) for theme in themes}
    return Labelled("shorthand courses", journal, themes, speaks)

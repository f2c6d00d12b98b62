"""Identifiers of all 18 kinds planted in sentences: how many are marked before anybody reads, and what is not.

The rules only point; a person reads everything. So a miss is a thing for the reader's eye, and a mark on a sentence
without an identifier is a thing for their patience. The last row is the time for 20,000 notes.
"""

from __future__ import annotations

from collections import defaultdict
from time import perf_counter

from tests.planted import NOTHING_IN_THEM, PLANTED, plain, planted_in

from bench.__main__ import Row
from kapjournal.domain.identifiers import Known, marks

KNOWN = Known(names={"Wren": "the client"}, spared=frozenset({"Watcher", "Grief", "loss"}))
NOTES = 20_000


def found(text: str) -> bool:
    """Whether marks cover the whole of what was planted."""
    begin, end = planted_in(text)
    covered = {place for mark in marks(plain(text), KNOWN) for place in range(mark.start, mark.end)}
    return {place for place in range(begin, end) if plain(text)[place].isalnum()} <= covered


def missed() -> list[str]:
    """The sentences whose identifier is not marked, or not whole."""
    return [text for _, text in PLANTED if not found(text)]


def measure() -> list[Row]:
    """One row for each kind, one for all, and one for time."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for kind, text in PLANTED:
        kinds[kind].append(text)
    rows: list[Row] = [_row(kind, texts) for kind, texts in kinds.items()]
    rows.append(_row("all", [text for _, text in PLANTED]))
    touched = [text for text in NOTHING_IN_THEM if marks(text, KNOWN)]
    began = perf_counter()
    for number in range(NOTES):
        marks(NOTHING_IN_THEM[number % len(NOTHING_IN_THEM)], KNOWN)
    return [
        *rows,
        {"sentences_without": len(NOTHING_IN_THEM), "marked_for_nothing": len(touched), "which": " / ".join(touched)},
        {"notes": NOTES, "looked_through_s": perf_counter() - began},
    ]


def _row(kind: str, texts: list[str]) -> Row:
    lost = [text for text in texts if not found(text)]
    return {
        "kind": kind,
        "planted": len(texts),
        "found": len(texts) - len(lost),
        "missed": len(lost),
        "what": " / ".join(lost),
    }

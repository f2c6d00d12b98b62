"""`kapjournal recall` and `suggest`: earlier notes with the reason, and themes for a note being written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from kapjournal.application import recall_notes, theme_words
from kapjournal.application.ports import Journal, Recall
from kapjournal.application.recall_notes import Recalled
from kapjournal.cli.arguments import Usage
from kapjournal.cli.output import table
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import Theme
from kapjournal.domain.moment import since_text

Row = dict[str, Any]


def recalled(journal: Journal, recall: Recall, starter: Sequence[Theme], given: argparse.Namespace) -> list[Row]:
    """Notes by theme, by words or like another note, best first."""
    client = _client(journal, given.client)
    if given.theme is not None:
        theme = theme_words.named(given.theme, journal.themes(), starter)
        if theme is None:
            raise Usage(f"There is no theme “{given.theme}”. See kapjournal list themes.")
        found = recall_notes.by_theme(journal, recall, theme, client, given.limit, own=True)
    elif given.like is not None:
        if not any(entry.id == given.like for entry in journal.entries()):
            raise Usage(f"There is no entry “{given.like}” in this journal. See kapjournal list entries.")
        found = recall_notes.like(journal, recall, given.like, client, given.limit, own=True)
    else:
        found = recall_notes.by_words(journal, recall, given.text, client, given.limit, own=True)
    return [_row(one) for one in found]


def _client(journal: Journal, alias: str | None) -> str | None:
    if alias is None:
        return None
    for client in journal.clients():
        if alias.casefold() in {client.alias.casefold(), client.id.casefold()}:
            return client.id
    raise Usage(f"There is no client “{alias}” in this journal. See kapjournal list clients.")


def _row(one: Recalled) -> Row:
    entry = one.note.original
    return {
        "entry": entry.id,
        "client": entry.client,
        "session": entry.session,
        "kind": entry.kind.value,
        "private": entry.kind is Kind.SELF,
        "text": entry.text,
        "snippet": one.snippet,
        "since_dose_s": one.since_dose_s,
        "tier": one.found.tier.value,
        "why": list(one.why),
    }


def lines(rows: list[Row]) -> list[str]:
    """Recalled notes for people."""
    if not rows:
        return ["Nothing was found."]
    heads = ("T+", "kind", "session", "tier", "why", "text")
    return table(heads, [_cells(row) for row in rows])


def _cells(row: Row) -> list[str]:
    since = "" if row["since_dose_s"] is None else since_text(row["since_dose_s"])
    return [since, row["kind"], row["session"] or "", row["tier"], ", ".join(row["why"]), row["snippet"]]


def suggested(journal: Journal, recall: Recall, starter: Sequence[Theme], given: argparse.Namespace) -> list[Row]:
    """Themes that the words may speak of, the likeliest first."""
    themes = theme_words.offered(journal.themes(), starter)
    return [
        {"theme": one.theme.name, "tier": one.tier.value, "why": list(one.why)}
        for one in recall.suggest(given.text, themes, given.limit)
    ]


def suggested_lines(rows: list[Row]) -> list[str]:
    """Suggested themes for people."""
    if not rows:
        return ["Nothing speaks for a theme."]
    return table(("theme", "tier", "why"), [[row["theme"], row["tier"], ", ".join(row["why"])] for row in rows])

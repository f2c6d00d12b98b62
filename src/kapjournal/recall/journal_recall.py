"""Finds notes of an open journal by theme, words or likeness (the `Recall` port)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.application.ports import Journal
from kapjournal.domain.label import Theme
from kapjournal.domain.recalled import Found, Offered

if TYPE_CHECKING:
    from kapjournal.recall.engine import Engine


class JournalRecall:
    """Implements `ports.Recall`. Nothing is loaded before the first question, which is asked on the worker."""

    def __init__(self, journal: Journal, starter: Sequence[Theme], folder: Path) -> None:
        self._journal = journal
        self._starter = starter
        self._folder = folder
        self._made: Engine | None = None

    @property
    def _engine(self) -> Engine:
        if self._made is None:
            # One thread: two of them wait for each other whenever the machine has something else to do.
            for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
                os.environ.setdefault(name, "1")
            from kapjournal.recall.engine import Engine  # noqa: PLC0415 - numpy is not for the start of the program

            self._made = Engine(self._journal, self._starter, self._folder)
        return self._made

    def by_theme(
        self, theme: Theme, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        return self._engine.by_theme(theme, client, limit, own=own)

    def by_words(
        self, words: str, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        return self._engine.by_words(words, client, limit, own=own)

    def like(self, entry: str, client: str | None, limit: int | None = None, *, own: bool = False) -> tuple[Found, ...]:
        return self._engine.like(entry, client, limit, own=own)

    def suggest(self, words: str, themes: Sequence[Theme], limit: int = 3) -> tuple[Offered, ...]:
        return self._engine.suggest(words, themes, limit)

    def sure(self, theme: Theme, client: str | None) -> frozenset[str]:
        return self._engine.sure(theme, client)

    def brings(self, words: Sequence[str], client: str | None) -> Mapping[str, frozenset[str]]:
        return self._engine.brings(words, client)

    def catch_up(self) -> bool:
        return self._engine.catch_up()

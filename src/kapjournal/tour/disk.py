"""A journal on a disk that the tour can fill up: every write is refused until there is room again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from kapjournal.application.ports import Inspected, Journal, JournalStore, Keys
from kapjournal.domain.errors import NotSaved

FULL = "The disk is full. What you wrote is still here; make room and it will be saved."
WRITES = {"keep", "put_on_desk"}


class Disk:
    """The journals on it, as the real store makes and opens them; implements `JournalStore`."""

    def __init__(self, journals: JournalStore) -> None:
        self._journals = journals
        self.full = False

    def make(self, folder: Path, keys: Keys) -> Journal:
        """Make a journal on this disk."""
        return cast("Journal", _OnDisk(self._journals.make(folder, keys), self))

    def open(self, folder: Path, keys: Keys) -> Journal:
        """Open a journal on this disk."""
        return cast("Journal", _OnDisk(self._journals.open(folder, keys), self))

    def inspect(self, folder: Path, keys: Keys, progress: Callable[[int, int], None] | None = None) -> Inspected:
        """Look at a journal on this disk."""
        return self._journals.inspect(folder, keys, progress)

    def copy_files(self, folder: Path, to: Path) -> None:
        """Copy a journal on this disk."""
        self._journals.copy_files(folder, to)


class _OnDisk:
    """The real journal, whose writes are refused while the disk is full."""

    def __init__(self, journal: Journal, disk: Disk) -> None:
        self._journal, self._disk = journal, disk

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the journal has
        if name in WRITES and self._disk.full:
            raise NotSaved(FULL)
        return getattr(self._journal, name)

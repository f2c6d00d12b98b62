"""Which backups stay: the newest of each of the last seven days that have one, and of each of the last four weeks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import TypeVar

DAYS, WEEKS = 7, 4

Known = TypeVar("Known", bound=Hashable)


def staying(made: Iterable[tuple[datetime, Known]]) -> set[Known]:
    """Those that stay, of backups with the moment each was made; days and weeks without a backup do not count."""
    newest_first = sorted(made, key=lambda one: one[0], reverse=True)
    days: dict[tuple[int, ...], Known] = {}
    weeks: dict[tuple[int, ...], Known] = {}
    for at, known in newest_first:
        days.setdefault((at.year, at.month, at.day), known)
        weeks.setdefault(at.isocalendar()[:2], known)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}

"""The therapist's own notes over time. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kapjournal.application.own_notes import OwnNote
from kapjournal.domain.dates import MONTHS, date_text
from kapjournal.domain.wording import Wording
from kapjournal.gui.mine.state import Line, Month
from kapjournal.gui.notes_told import NoteLine, note_line

Key = tuple[int, int]  # a year and a month


def months_of(notes: Iterable[OwnNote]) -> tuple[Key, ...]:
    """Every month from the first note to the last."""
    found = sorted({(note.at.year, note.at.month) for note in notes})
    if not found:
        return ()
    first, last = (year * 12 + month - 1 for year, month in (found[0], found[-1]))
    return tuple((n // 12, n % 12 + 1) for n in range(first, last + 1))


def month_told(key: Key) -> Month:
    """A month as a column."""
    year, month = key
    return Month(f"{MONTHS[month - 1][:3]}", f"{MONTHS[month - 1]} {year}")


def lines_of(
    notes: Sequence[OwnNote], months: Sequence[Key], rows: Callable[[OwnNote], Iterable[tuple[str, str]]]
) -> tuple[Line, ...]:
    """Rows of (key, name) with their counts by month, the fullest first."""
    counts: dict[tuple[str, str], dict[Key, int]] = {}
    for note in notes:
        for row in rows(note):
            of_row = counts.setdefault(row, {})
            month = (note.at.year, note.at.month)
            of_row[month] = of_row.get(month, 0) + 1
    lines = [Line(key, name, tuple(found.get(m, 0) for m in months)) for (key, name), found in counts.items()]
    return tuple(sorted(lines, key=lambda line: (-sum(line.counts), line.name.casefold())))


def own_line(note: OwnNote, wording: Wording, today: date) -> NoteLine:
    """A note with its client and what was put on it."""
    line = note_line(note.placed, wording, today, before=note.client.alias)
    put = ", ".join(f"#{theme.name}" for theme in note.themes)
    return line._replace(about=f"{line.about}. {put}" if put else line.about)


def dosing_told(alias: str, name: str, on: date, today: date) -> str:
    """A dosing session to be asked about."""
    return f"{alias}, {name.lower()}, {date_text(on, today)}"

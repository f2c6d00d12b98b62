"""The course in pictures: themes and parts over its sessions, note by note, and the measures between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kapjournal.application.parts import read_parts
from kapjournal.application.placed import Placed, placed
from kapjournal.application.ports import Journal
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.course_plan import Stage, in_time, stage_of, title, when
from kapjournal.domain.label import TagState
from kapjournal.domain.timeline import place_s

BETWEEN = ""  # the key of the column for notes of no session
_LETTER = {SessionKind.PREPARATION: "P", SessionKind.DOSING: "D", SessionKind.INTEGRATION: "I"}


class Column(NamedTuple):
    """One session, or (last) what lies between them."""

    key: str
    label: str  # "D1"
    title: str  # "Dosing 1"
    on: date | None = None
    dosing: bool = False


class Strip(NamedTuple):
    """One theme or part: the notes of each column, by id."""

    key: str
    name: str
    cells: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> int:
        """All of its notes."""
        return sum(len(cell) for cell in self.cells)


class Picture(NamedTuple):
    """Everything to be drawn, and the notes behind it."""

    columns: tuple[Column, ...] = ()
    themes: tuple[Strip, ...] = ()
    parts: tuple[Strip, ...] = ()
    notes: Mapping[str, Placed] = {}


def read_picture(journal: Journal, client: str) -> Picture:
    """The course as it stands: accepted tags only, without what the therapist wrote of themselves."""
    notes = placed(journal, client)
    names = {theme.id: theme.name for theme in journal.themes()}
    of_themes: dict[str, set[str]] = {}
    for tag in journal.tags(client):
        if tag.theme and tag.state is TagState.ACCEPTED and tag.entry in notes:
            of_themes.setdefault(tag.theme, set()).add(tag.entry)
    of_parts = {p.part: {s.placed.note.original.id for s in p.sights} for p in read_parts(journal, client)}
    used = set().union(*of_themes.values(), *of_parts.values())
    columns = _columns(journal.sessions(client), between=any(notes[key].session is None for key in used))
    themes = [_strip(key, names[key], found, columns, notes) for key, found in of_themes.items()]
    parts = [_strip(part.id, part.name, found, columns, notes) for part, found in of_parts.items() if found]
    return Picture(columns, _most_first(themes), _most_first(parts), {key: notes[key] for key in used})


def _columns(sessions: Iterable[Session], *, between: bool) -> tuple[Column, ...]:
    held = [s for s in in_time(sessions) if stage_of(s) is not Stage.PLANNED]
    columns = [_column(session) for session in held]
    return (*columns, *([Column(BETWEEN, "–", "Between sessions")] if between else []))


def _column(session: Session) -> Column:
    number = session.number if session.number is not None else ""
    begun = when(session)
    label, dosing = f"{_LETTER[session.kind]}{number}", session.kind is SessionKind.DOSING
    return Column(session.id, label, title(session), begun.date() if begun else None, dosing)


def _strip(key: str, name: str, found: set[str], columns: tuple[Column, ...], notes: Mapping[str, Placed]) -> Strip:
    cells: dict[str, list[str]] = {column.key: [] for column in columns}
    for entry in sorted(found, key=lambda one: _moment(notes[one])):
        session = notes[entry].session
        cells.setdefault(session.id if session else BETWEEN, []).append(entry)
    return Strip(key, name, tuple(tuple(cells[column.key]) for column in columns))


def _moment(one: Placed) -> float:
    entry = one.note.original
    return place_s(entry, one.session) if one.session else entry.noticed_at.timestamp()


def _most_first(strips: Iterable[Strip]) -> tuple[Strip, ...]:
    return tuple(sorted(strips, key=lambda strip: (-strip.total, strip.name.casefold())))

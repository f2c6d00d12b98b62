"""Bring earlier notes back: by theme, by words, or like another note; with the reason, exactly as written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kapjournal.application.ports import Journal, Recall
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amended, Kind
from kapjournal.domain.label import Tag, Theme
from kapjournal.domain.recalled import Found
from kapjournal.domain.timeline import amended, first_dose_s, place_s

_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")  # where one sentence ends and the next begins
_BEFORE, _LONGEST = 120, 240  # characters


class Recalled(NamedTuple):
    """A note that came back, with where it stands and what was said of it."""

    note: Amended
    session: Session | None
    since_dose_s: float | None  # seconds after the first dose of its session; None without a dose
    found: Found
    tags: tuple[Tag, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """The reason in words."""
        if not self.found.like_tagged:
            return self.found.why
        number = self.found.like_tagged
        return (*self.found.why, f"like {number} note{'s' if number > 1 else ''} you tagged")

    @property
    def snippet(self) -> str:
        """The part of the note where the first of the words stands, exactly as written; its beginning where none."""
        text, marks = self.note.original.text, self.found.marks
        at = marks[0][0] if marks else 0
        begin = max((match.end() for match in _ENDS.finditer(text, 0, at)), default=0)
        begin = max(begin, at - _BEFORE)
        ending = _ENDS.search(text, at)
        end = min(ending.start() if ending else len(text), begin + _LONGEST)
        return ("…" if begin and text[begin - 1].strip() else "") + text[begin:end].strip() + _cut(text, end)


def by_theme(
    journal: Journal, recall: Recall, theme: Theme, client: str | None, limit: int | None = None
) -> tuple[Recalled, ...]:
    """Notes that speak of a theme, best first."""
    return tuple(_laid_open(journal, recall.by_theme(theme, client, limit), client))


def by_words(
    journal: Journal, recall: Recall, words: str, client: str | None, limit: int | None = None
) -> tuple[Recalled, ...]:
    """Notes that speak of what these words speak of, best first."""
    return tuple(_laid_open(journal, recall.by_words(words, client, limit), client))


def like(
    journal: Journal, recall: Recall, entry: str, client: str | None, limit: int | None = None
) -> tuple[Recalled, ...]:
    """Notes that speak of what a note speaks of, best first."""
    return tuple(_laid_open(journal, recall.like(entry, client, limit), client))


def _cut(text: str, end: int) -> str:
    return "…" if text[end : end + 1].strip() else ""


def _laid_open(journal: Journal, found: tuple[Found, ...], client: str | None) -> Iterable[Recalled]:
    if not found:
        return
    notes = {note.original.id: note for note in amended(journal.entries(client), journal.amendments(client))}
    sessions = {session.id: session for session in journal.sessions(client)}
    standing = [note.original for note in notes.values() if not note.retracted]
    tags: dict[str, list[Tag]] = {}
    for tag in journal.tags(client):
        tags.setdefault(tag.entry, []).append(tag)
    doses = {key: first_dose_s(s, (e for e in standing if e.session == key)) for key, s in sessions.items()}
    for one in found:
        note = notes[one.entry]
        if note.original.kind is Kind.SELF:  # the therapist's own notes come back on a screen of their own alone
            continue
        session = sessions.get(note.original.session or "")
        dose = doses.get(session.id) if session else None
        since = place_s(note.original, session) - dose if session and dose is not None else None
        yield Recalled(note, session, since, one, tuple(tags.get(one.entry, ())))

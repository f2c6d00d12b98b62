"""Bring earlier notes back: by theme, by words, or like another note; with the reason, exactly as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kapjournal.application.ports import Journal, Recall
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amended, Entry
from kapjournal.domain.label import Tag, Theme
from kapjournal.domain.recalled import Found
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.timeline import first_dose_s, place_s

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
        found, reasons = self.found, list(self.found.why)
        if found.like_tagged:
            reasons.append(f"like {found.like_tagged} note{'s' if found.like_tagged > 1 else ''} you tagged")
        if found.written_as:
            reasons.append(f"written as {KIND_TOLD[self.note.original.kind].label.lower()}")
        if found.beside:
            reasons.append(f"beside “{', '.join(found.beside)}”")
        return tuple(reasons)

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
    journal: Journal, recall: Recall, theme: Theme, client: str | None, limit: int | None = None, *, own: bool = False
) -> tuple[Recalled, ...]:
    """Notes that speak of a theme, best first."""
    return _laid_open(journal, recall.by_theme(theme, client, limit, own=own))


def by_words(
    journal: Journal, recall: Recall, words: str, client: str | None, limit: int | None = None, *, own: bool = False
) -> tuple[Recalled, ...]:
    """Notes that speak of what these words speak of, best first."""
    return _laid_open(journal, recall.by_words(words, client, limit, own=own))


def like(
    journal: Journal, recall: Recall, entry: str, client: str | None, limit: int | None = None, *, own: bool = False
) -> tuple[Recalled, ...]:
    """Notes that speak of what a note speaks of, best first."""
    return _laid_open(journal, recall.like(entry, client, limit, own=own))


def _cut(text: str, end: int) -> str:
    return "…" if text[end : end + 1].strip() else ""


def _laid_open(journal: Journal, found: Sequence[Found]) -> tuple[Recalled, ...]:
    """Each with its session and its place in it; only what was found is read."""
    noted = journal.index.noted([one.entry for one in found])
    wanted = {one.entry.session for one in noted if one.entry.session}
    sessions = {session.id: session for session in journal.sessions() if session.id in wanted}
    given: dict[str, list[Entry]] = {}
    for one_dose in journal.index.doses(sorted(wanted)):
        given.setdefault(one_dose.session or "", []).append(one_dose)
    doses = {id_: first_dose_s(session, given.get(id_, ())) for id_, session in sessions.items()}
    recalled = []
    for one, (entry, amendments, tags) in zip(found, noted, strict=True):
        session = sessions.get(entry.session or "")
        dose = doses.get(entry.session or "")
        since = place_s(entry, session) - dose if session and dose is not None else None
        recalled.append(Recalled(Amended(original=entry, amendments=amendments), session, since, one, tags))
    return tuple(recalled)

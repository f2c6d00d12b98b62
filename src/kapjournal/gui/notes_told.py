"""Notes as lists tell them: the words exactly as written, and where they stand. Plain Python."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kapjournal.application.placed import Placed
from kapjournal.domain.course_plan import title
from kapjournal.domain.dates import date_text
from kapjournal.domain.entry import Kind
from kapjournal.domain.moment import since_text
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.wording import Wording

_THEIR_WORDS = frozenset({Kind.QUOTE, Kind.ACCOUNT, Kind.INTENTION})


class NoteLine(NamedTuple):
    """One note. `quoted` ones are the client's own words."""

    key: str
    words: str
    about: str
    icon: str
    quoted: bool = False


def note_line(one: Placed, wording: Wording, today: date, *, before: str = "") -> NoteLine:
    """A note with its kind, session, time since the first dose and day; `before` comes ahead of them."""
    entry = one.note.original
    quoted = entry.kind in _THEIR_WORDS
    words = f"“{one.words}”" if quoted else one.words
    where = title(one.session) if one.session else "Between sessions"
    since = "" if one.since_dose_s is None else f"T+ {since_text(one.since_dose_s)}"
    day = date_text(entry.noticed_at.date(), today)
    kind = wording.of(entry.kind)
    about = ", ".join(part for part in (before, kind, where, since, day) if part)
    return NoteLine(entry.id, words or kind, about, KIND_TOLD[entry.kind].icon, quoted)

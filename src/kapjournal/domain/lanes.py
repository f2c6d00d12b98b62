"""A session laid out along time: each entry at its minute since the first dose, in the lane of its kind.

Where no dose was given, minutes count from the beginning of the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amended, Kind
from kapjournal.domain.timeline import doses, in_order, place_s


class Lane(StrEnum):
    """A row of the picture, from top to bottom."""

    DOSE = "dose"
    VITALS = "vitals"
    WORDS = "words"
    OBSERVED = "observed"
    OFFERED = "offered"
    PARTS = "parts"
    MUSIC = "music"
    SAFETY = "safety"
    NOTES = "notes"
    OWN = "own"


TITLES = {
    Lane.DOSE: "Dose",
    Lane.VITALS: "Vitals",
    Lane.WORDS: "Client’s words",
    Lane.OBSERVED: "Observed",
    Lane.OFFERED: "Offered, touch",
    Lane.PARTS: "Parts",
    Lane.MUSIC: "Music, phase",
    Lane.SAFETY: "Safety",
    Lane.NOTES: "Notes, marks",
    Lane.OWN: "My own state",
}

_LANE = {
    Kind.DOSE: Lane.DOSE,
    Kind.VITALS: Lane.VITALS,
    Kind.QUOTE: Lane.WORDS,
    Kind.OBSERVATION: Lane.OBSERVED,
    Kind.SEDATION: Lane.OBSERVED,
    Kind.SUDS: Lane.OBSERVED,
    Kind.INTERVENTION: Lane.OFFERED,
    Kind.TOUCH: Lane.OFFERED,
    Kind.PART: Lane.PARTS,
    Kind.MUSIC: Lane.MUSIC,
    Kind.PHASE: Lane.MUSIC,
    Kind.SAFETY: Lane.SAFETY,
    Kind.SELF: Lane.OWN,
}

# What is written about a session when it is over stands beside the line and does not stretch it.
_AFTERWARDS = frozenset({Kind.NOTE, Kind.ACCOUNT, Kind.SELF, Kind.INSIGHT})


def lane_of(kind: Kind) -> Lane:
    """The lane of a kind; what has none of its own stands among the notes."""
    return _LANE.get(kind, Lane.NOTES)


class Placed(NamedTuple):
    """An entry at its minute; negative before the first dose."""

    note: Amended
    minute: float

    @property
    def lane(self) -> Lane:
        """The lane it stands in."""
        return lane_of(self.note.original.kind)


class Laid(NamedTuple):
    """A session laid out; `start` and `end` are its first and last minute, or those of what stands in it."""

    session: Session
    from_dose: bool
    placed: tuple[Placed, ...] = ()  # in the order of time
    after: tuple[Amended, ...] = ()  # written when it was over
    start: float = 0.0
    end: float = 0.0


def lay_out(session: Session, notes: Iterable[Amended]) -> Laid:
    """Lay the notes of a session out."""
    over = session.ended_at or session.closed_at
    kept = in_order(tuple(notes), session)
    during = tuple(note for note in kept if not _afterwards(note, over))
    given = doses(during, session)
    zero_s = place_s(given[0].original, session) if given else _first_s(session, during)
    placed = tuple(Placed(note, (place_s(note.original, session) - zero_s) / 60) for note in during)
    known = [placed[0].minute, placed[-1].minute] if placed else [0.0]
    if session.started_at is not None:
        known.append(-zero_s / 60)
        known += [((over - session.started_at).total_seconds() - zero_s) / 60] if over else []
    after = tuple(note for note in kept if _afterwards(note, over))
    return Laid(session, bool(given), placed, after, min(known), max(known))


def _afterwards(note: Amended, over: datetime | None) -> bool:
    entry = note.original
    return over is not None and entry.kind in _AFTERWARDS and entry.noticed_at > over


def _first_s(session: Session, notes: Sequence[Amended]) -> float:
    if session.started_at is not None or not notes:
        return 0.0
    return place_s(notes[0].original, session)

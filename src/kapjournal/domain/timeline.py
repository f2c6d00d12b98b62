"""Where an entry lies in its session: by the steady clock where one was read, by wall time otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from kapjournal.domain.course import Session
from kapjournal.domain.entry import Entry, Kind


def place_s(entry: Entry, session: Session) -> float:
    """Seconds since the session began; where no start is known, seconds on a scale of the session's own."""
    if entry.elapsed_s is not None:
        return entry.elapsed_s
    if session.started_at is None:
        return entry.noticed_at.timestamp()
    return (entry.noticed_at - session.started_at).total_seconds()


def first_dose_s(session: Session, entries: Iterable[Entry]) -> float | None:
    """Where the first dose lies, or None; `entries` are those of the session that were not taken back."""
    return min((place_s(entry, session) for entry in entries if entry.kind is Kind.DOSE), default=None)

"""Where the entries of a session stand in time: seconds since it began, and since the first dose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amended, Amendment, Entry, Kind


def place_s(entry: Entry, session: Session) -> float:
    """Seconds since the session began, by the steady clock where one was read and by wall time otherwise.

    Where no start is known, seconds on a scale of the session's own.
    """
    if entry.elapsed_s is not None:
        return entry.elapsed_s
    if session.started_at is None:
        return entry.noticed_at.timestamp()
    return (entry.noticed_at - session.started_at).total_seconds()


def amended(entries: Iterable[Entry], amendments: Iterable[Amendment]) -> tuple[Amended, ...]:
    """Each entry with what was said about it since, in the order the amendments were written."""
    about: defaultdict[str, list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        about[amendment.entry].append(amendment)
    # Not looked through again: both were when they were read, and there may be thousands.
    return tuple(Amended.model_construct(original=e, amendments=tuple(about.get(e.id, ()))) for e in entries)


def in_order(entries: Sequence[Amended], session: Session) -> tuple[Amended, ...]:
    """By when things happened; what happened at the same moment stays in the order it was written."""
    return tuple(sorted(entries, key=lambda e: place_s(e.original, session)))


def doses(entries: Iterable[Amended], session: Session) -> tuple[Amended, ...]:
    """The doses that stand (not taken back), earliest first."""
    given = [e for e in entries if e.original.kind is Kind.DOSE and not e.retracted]
    return in_order(given, session)


def first_dose_s(session: Session, entries: Iterable[Entry]) -> float | None:
    """Where the first dose lies, or None; `entries` are those of the session that were not taken back."""
    return min((place_s(entry, session) for entry in entries if entry.kind is Kind.DOSE), default=None)

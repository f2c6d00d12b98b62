"""Where the entries of a session stand in time: seconds since it began, and since the first dose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amended, Amendment, Entry, Kind


def place(entry: Entry, session: Session) -> float:
    """Seconds from the beginning of the session to what the entry speaks of; by wall time where nothing better is."""
    if entry.elapsed_s is not None:
        return entry.elapsed_s
    began = session.started_at or session.planned_for
    return (entry.noticed_at - began).total_seconds() if began else 0.0


def amended(entries: Iterable[Entry], amendments: Iterable[Amendment]) -> tuple[Amended, ...]:
    """Each entry with what was said about it since, in the order the amendments were written."""
    about: defaultdict[str, list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        about[amendment.entry].append(amendment)
    return tuple(Amended(original=e, amendments=tuple(about[e.id])) for e in entries)


def in_order(entries: Sequence[Amended], session: Session) -> tuple[Amended, ...]:
    """By when things happened; what happened at the same moment stays in the order it was written."""
    return tuple(sorted(entries, key=lambda e: place(e.original, session)))


def doses(entries: Iterable[Amended], session: Session) -> tuple[Amended, ...]:
    """The doses that stand (not taken back), earliest first."""
    given = [e for e in entries if e.original.kind is Kind.DOSE and not e.retracted]
    return in_order(given, session)


def first_dose_s(entries: Iterable[Amended], session: Session) -> float | None:
    """The place of the first dose in the session, in seconds, or None before any."""
    given = doses(entries, session)
    return place(given[0].original, session) if given else None

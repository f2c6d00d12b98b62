"""Where the entries of a session stand in time: seconds since it began, and since the first dose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from kapjournal.domain.course import Route, Session
from kapjournal.domain.dates import short_date
from kapjournal.domain.entry import Action, Amended, Amendment, DoseDetails, Entry, Kind
from kapjournal.domain.moment import clock_text
from kapjournal.domain.phase import DoseGiven

LATE_AFTER = timedelta(minutes=10)


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


def doses_given(given: Iterable[Amended], session: Session, usual: Route | None) -> tuple[DoseGiven, ...]:
    """Doses, earliest first, at their minutes since the first; where no route was written, the usual one counts."""
    made: list[DoseGiven] = []
    zero_s: float | None = None
    for note in given:
        details = note.details if isinstance(note.details, DoseDetails) else DoseDetails()
        if details.route is None and usual is not None:
            details = details.model_copy(update={"route": usual})
        here_s = place_s(note.original, session)
        zero_s = here_s if zero_s is None else zero_s
        made.append(DoseGiven((here_s - zero_s) / 60, details))
    return tuple(made)


def as_it_stands(note: Amended) -> Entry:
    """An entry with the wording and the details that its corrections gave it."""
    worded = (a.text for a in reversed(note.amendments) if a.action is Action.CORRECTION and not a.details)
    text = next((words for words in worded if words), note.original.text)
    changed = {"text": text} | ({"details": note.details} if note.details is not None else {})
    return note.original.model_copy(update=changed)


def late_text(entry: Entry, session: Session) -> str:
    """“late, written 17:40” where an entry was written well after its moment, with the day where it was another."""
    closed = session.closed_at
    if not (entry.typed_at - entry.noticed_at > LATE_AFTER or (closed and entry.typed_at > closed)):
        return ""
    other_day = entry.typed_at.date() != entry.noticed_at.date()
    day = f"{short_date(entry.typed_at.date())} " if other_day else ""
    return f"late, written {day}{clock_text(entry.typed_at)}"

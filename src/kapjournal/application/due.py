"""What waits to be done, for all clients or one: practices to ask about, check-ins, measures, clearance.

Nothing here judges or alarms: it is a list to look at. A check-in is due from 24 to 72 hours after a dosing session
(`reference`: integration practice, follow-up within 24 to 72 hours), a week after it and four weeks after it; each is
let go where the client was heard since the one before, and when its time is over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client, Course, Session, SessionKind
from kapjournal.domain.course_plan import Stage, present_course, stage_of, title
from kapjournal.domain.dates import date_text
from kapjournal.domain.entry import Amended, ContactDetails, Kind, PracticeDetails, PracticeState
from kapjournal.domain.label import Relation
from kapjournal.domain.timeline import amended

KINDS = (Kind.PRACTICE, Kind.CONTACT, Kind.MEASURE, Kind.PLAN, Kind.AGREEMENT)
AHEAD = timedelta(days=14)
MEASURES_AHEAD = timedelta(days=7)
CLEARANCE = "clearance"


class CheckIn(NamedTuple):
    """When to be in touch after a dosing session, in days: shown, due from and until, let go; and heard since when."""

    shown: float
    begins: float
    ends: float
    let_go: float
    heard: float
    told: str


CHECK_INS = (
    CheckIn(0, 1, 3, 7, 0, "24 to 72 hours after dosing"),
    CheckIn(5, 7, 10, 14, 3, "a week after dosing"),
    CheckIn(25, 28, 35, 42, 14, "four weeks after dosing"),
)


class DueKind(StrEnum):
    """What waits."""

    CHECK_IN = "check-in"
    PRACTICE = "practice"
    MEASURES = "measures"
    CLEARANCE = "clearance"


class Due(NamedTuple):
    """One thing that waits; without a day it waits for somebody else."""

    client: str
    alias: str
    kind: DueKind
    what: str
    note: str
    on: date | None
    entry: str | None = None


class Facts(NamedTuple):
    """What the list is made from, of one client."""

    client: Client
    course: Course | None
    sessions: tuple[Session, ...]
    notes: tuple[Amended, ...]  # of the kinds in KINDS
    followed: frozenset[str] = frozenset()  # practices that a later one takes up


class Notes(NamedTuple):
    """The notes that wait for something, by client."""

    by_client: dict[str, tuple[Amended, ...]]
    followed: frozenset[str]


def waiting_notes(journal: Journal, client: str | None = None) -> Notes:
    """Read them, in few queries however many clients there are."""
    by_client: defaultdict[str, list[Amended]] = defaultdict(list)
    for note in amended(journal.entries(client, KINDS), journal.amendments(client, KINDS)):
        by_client[note.original.client].append(note)
    followed = frozenset(link.target for link in journal.links() if link.relation is Relation.FOLLOWS_UP)
    return Notes({key: tuple(notes) for key, notes in by_client.items()}, followed)


def due(facts: Iterable[Facts], now: datetime) -> tuple[Due, ...]:
    """What waits, the nearest day first and what waits for others last; archived clients rest."""
    found: list[Due] = []
    for one in facts:
        if one.client.archived_on is None:
            found += (*_check_ins(one, now), *_practices(one, now), *_measures(one, now), *_clearance(one))
    return tuple(sorted(found, key=lambda d: (d.on is None, d.on or date.max, d.alias.casefold())))


def awaits_clearance(one: Facts) -> bool:
    """Whether a dosing session is planned and nothing was written down of the prescriber's clearance."""
    planned = any(s.kind is SessionKind.DOSING and stage_of(s) is Stage.PLANNED for s in one.sessions)
    told = (n for n in one.notes if n.original.kind in (Kind.PLAN, Kind.AGREEMENT))
    return planned and not any(CLEARANCE in _about(note) and not note.retracted for note in told)


def open_practices(notes: Iterable[Amended], followed: frozenset[str] = frozenset()) -> tuple[Amended, ...]:
    """The practices that go on, changed or not: neither kept, dropped nor taken back, nor taken up by a later one."""
    return tuple(
        note
        for note in notes
        if note.original.kind is Kind.PRACTICE
        and not note.retracted
        and note.original.id not in followed
        and practice(note).state not in _OVER
    )


_OVER = frozenset({PracticeState.KEPT, PracticeState.DROPPED})


def practice(note: Amended) -> PracticeDetails:
    """The details of a practice as they stand."""
    return note.details if isinstance(note.details, PracticeDetails) else PracticeDetails()


def _practices(one: Facts, now: datetime) -> Iterable[Due]:
    for note in open_practices(one.notes, one.followed):
        details, today = practice(note), now.date()
        on = min((day for day in (details.follow_up_on, details.until) if day is not None), default=None)
        if on is not None and on <= today + AHEAD:
            agreed = f"Practice agreed {date_text(note.original.noticed_at.date(), today)}"
            agreed += f", until {date_text(details.until, today)}" if details.until else ""
            yield Due(
                one.client.id, one.client.alias, DueKind.PRACTICE, note.original.text, agreed, on, note.original.id
            )


def _check_ins(one: Facts, now: datetime) -> Iterable[Due]:
    for session in one.sessions:
        ended = session.ended_at or session.closed_at
        if session.kind is not SessionKind.DOSING or session.started_at is None or ended is None:
            continue
        since = (now - ended) / timedelta(days=1)
        wanted = next((c for c in reversed(CHECK_INS) if c.shown <= since <= c.let_go), None)
        if wanted is not None and not _in_touch(one, session, ended + timedelta(days=wanted.heard)):
            what = f"check-in after {title(session).lower()}"
            on = (ended + timedelta(days=wanted.begins if since <= wanted.ends else wanted.ends)).date()
            yield Due(one.client.id, one.client.alias, DueKind.CHECK_IN, what, wanted.told, on)


def _in_touch(one: Facts, dosing: Session, since: datetime) -> bool:
    """Whether the client was heard since: a contact that is not with somebody else alone, or another session."""
    if any(s.started_at is not None and s.started_at > since for s in one.sessions if s is not dosing):
        return True
    spoken = [n for n in one.notes if n.original.kind is Kind.CONTACT and not n.retracted]
    return any(n.original.noticed_at >= since and _with_client(n, one.client) for n in spoken)


def _with_client(note: Amended, client: Client) -> bool:
    details = note.details
    with_ = (details.with_ or "" if isinstance(details, ContactDetails) else "").casefold()
    return not with_ or "client" in with_ or client.alias.casefold() in with_


def _measures(one: Facts, now: datetime) -> Iterable[Due]:
    every = one.course.measures_every_days if one.course else None
    if every is None:
        return
    taken = [n.original.noticed_at for n in one.notes if n.original.kind is Kind.MEASURE and not n.retracted]
    on = (max(taken) + timedelta(days=every)).date() if taken else now.date()
    if on <= now.date() + MEASURES_AHEAD:
        note = f"Last taken {date_text(max(taken).date(), now.date())}" if taken else "None taken yet"
        yield Due(one.client.id, one.client.alias, DueKind.MEASURES, "measures", f"{note}, every {every} days", on)


def _clearance(one: Facts) -> Iterable[Due]:
    if awaits_clearance(one):
        who = one.client.prescriber or "the prescriber"
        yield Due(
            one.client.id, one.client.alias, DueKind.CLEARANCE, "clearance from the prescriber", f"From {who}", None
        )


def _about(note: Amended) -> str:
    return (getattr(note.details, "about", "") or "").casefold()


def facts_of(
    clients: Iterable[Client], courses: Iterable[Course], sessions: Iterable[Session], notes: Notes
) -> tuple[Facts, ...]:
    """Everything of each client together."""
    theirs: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        theirs[session.client].append(session)
    plans: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        plans[course.client].append(course)
    return tuple(
        Facts(
            client,
            present_course(plans[client.id]),
            tuple(theirs[client.id]),
            notes.by_client.get(client.id, ()),
            notes.followed,
        )
        for client in clients
    )


def in_course(one: Facts) -> Sequence[Session]:
    """The sessions of the present course: all of the client's where there is one course, or none was named."""
    course = one.course
    if course is None or not any(s.course == course.id for s in one.sessions):
        return one.sessions
    return [s for s in one.sessions if s.course in (None, course.id)]

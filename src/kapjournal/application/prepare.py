"""Prepare a session with a client: intentions in the client's words, agreements and plans, and what is missing still.

An intention in an open session is edited in place (the ledger keeps every version); one that stands by itself or in
a closed session is amended. Its place among several is the `rank` of its details, so that an export keeps the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from kapjournal.application.agreements import (
    Sheet,
    SheetNow,
    Writing,
    consent_to_discuss,
    entries_of,
    sheets,
)
from kapjournal.application.ask_parts import with_parts
from kapjournal.application.carry_forward import Carried, carried_forward
from kapjournal.application.ports import Clock, Journal, NewId, kept_versions
from kapjournal.application.prescribed import FIELDS, prescribed, with_prescribed
from kapjournal.domain.course import Client, Course, Record, Session, SessionKind
from kapjournal.domain.entry import (
    Amended,
    Entry,
    IntentionState,
    Kind,
)
from kapjournal.domain.intention import (
    NO_LONGER_OPEN,
    Wording,
    Words,
    in_order,
    state_of,
    wordings,
    words_of,
)
from kapjournal.domain.label import Part, Tag, TagState, Theme
from kapjournal.domain.readiness import Facts, Item, readiness
from kapjournal.domain.timeline import amended
from kapjournal.domain.versions import all_versions

KINDS = (Kind.INTENTION, Kind.AGREEMENT, Kind.PLAN, Kind.MEASURE, Kind.ACCOUNT, Kind.QUOTE)


class HalfWritten(BaseModel):
    """What is typed and not an entry yet, as it lies on the desk: by intention and field, and by sheet and field."""

    model_config = ConfigDict(frozen=True)

    words: dict[str, dict[str, str]] = {}
    sheets: dict[str, dict[str, str]] = {}


class Intention(NamedTuple):
    """An intention with all that became of it."""

    note: Amended
    words: Words
    state: IntentionState
    wordings: tuple[Wording, ...]
    tags: tuple[Tag, ...]  # accepted ones
    in_place: bool  # its session is open, so that a change is a new version and not an amendment

    @property
    def id(self) -> str:
        """The id of its entry."""
        return self.note.original.id


class Preparation(NamedTuple):
    """Everything the screen shows, read in one go at `at`."""

    client: Client
    course: Course | None
    session: Session | None  # the preparation session that is open
    running: Session | None  # the dosing session that is running
    number: int  # of the dosing session that is prepared
    intentions: tuple[Intention, ...]
    carried: Carried | None
    sheets: Mapping[Sheet, SheetNow]
    measures: tuple[Entry, ...]  # the latest of each instrument
    items: tuple[Item, ...]
    themes: tuple[Theme, ...]
    parts: tuple[Part, ...]
    draft: HalfWritten
    at: datetime


def draft_place(client: str) -> str:
    """Where what is half-written lies on the desk."""
    return f"prepare:{client}"


def put_draft(journal: Journal, clock: Clock, client: str, draft: HalfWritten) -> datetime:
    """Lay what is half-written on the desk; durable on return, which says when."""
    journal.put_on_desk(draft_place(client), _on_desk(draft))
    return clock.now().at


def _on_desk(draft: HalfWritten) -> str | None:
    return draft.model_dump_json() if draft.words or draft.sheets else None


def read_draft(content: str | None) -> HalfWritten:
    """What lay on the desk; what cannot be read any more is nothing."""
    try:
        return HalfWritten.model_validate_json(content) if content else HalfWritten()
    except ValueError:
        return HalfWritten()


# --- reading ------------------------------------------------------------------------------------------------


def read_preparation(journal: Journal, clock: Clock, client: str) -> Preparation:
    """All there is about a client that a preparation looks at."""
    now = clock.now().at
    person = next(c for c in journal.clients() if c.id == client)
    courses, sessions = journal.courses(client), journal.sessions(client)
    course = courses[-1] if courses else None
    notes = amended(journal.entries(client, KINDS), journal.amendments(client))
    tags = [t for t in journal.tags(client) if t.state is TagState.ACCEPTED]
    still_open = {s.id for s in sessions if s.own_and_open}
    intentions = tuple(_intention(journal, note, tags, still_open) for note in in_order(notes))
    found = sheets(person, notes)
    found[Sheet.CLEARANCE] = _with_the_course(found[Sheet.CLEARANCE], course)
    measures = _latest_measures(notes)
    return Preparation(
        client=person,
        course=course,
        session=_open_preparation(sessions),
        running=next((s for s in sessions if s.kind is SessionKind.DOSING and s.running), None),
        number=_number(sessions),
        intentions=intentions,
        carried=carried_forward(notes, sessions, tags, journal.links()),
        sheets=found,
        measures=measures,
        items=readiness(_facts(intentions, found, course, measures), now.date()),
        themes=journal.themes(),
        parts=journal.parts(client),
        draft=read_draft(journal.desk(draft_place(client))),
        at=now,
    )


def _intention(journal: Journal, note: Amended, tags: Sequence[Tag], still_open: set[str]) -> Intention:
    entry, amendments = note.original, note.amendments
    return Intention(
        note=note,
        words=words_of(entry, amendments),
        state=state_of(entry, amendments),
        wordings=wordings(all_versions(kept_versions(journal, entry.id)), amendments),
        tags=tuple(t for t in tags if t.entry == entry.id),
        in_place=entry.session in still_open and not any(a.details for a in amendments),
    )


def _with_the_course(now: SheetNow, course: Course | None) -> SheetNow:
    return now._replace(values={**now.values, **prescribed(course)})


def _open_preparation(sessions: Sequence[Session]) -> Session | None:
    """The preparation session that was begun last and is not closed."""
    found = [s for s in sessions if s.kind is SessionKind.PREPARATION and s.started_at and s.own_and_open]
    return max(found, key=_when, default=None)


def _when(session: Session) -> float:
    at = session.started_at or session.planned_for
    return at.timestamp() if at else float("inf")


def _number(sessions: Sequence[Session]) -> int:
    dosing = [s for s in sessions if s.kind is SessionKind.DOSING]
    ahead = sorted((s for s in dosing if s.ended_at is None and s.own_and_open), key=_when)
    numbered = [s.number for s in ahead if s.number is not None]
    return numbered[0] if numbered else max((s.number or 0 for s in dosing), default=0) + 1


def _latest_measures(notes: Sequence[Amended]) -> tuple[Entry, ...]:
    latest: dict[str, Entry] = {}
    for note in sorted(notes, key=lambda n: n.original.noticed_at):
        if note.original.kind is Kind.MEASURE and not note.retracted:
            latest[str(getattr(note.details, "instrument", ""))] = note.original
    return tuple(latest.values())


def _facts(
    intentions: Sequence[Intention],
    found: Mapping[Sheet, SheetNow],
    course: Course | None,
    measures: Sequence[Entry],
) -> Facts:
    safety = found[Sheet.SAFETY]
    return Facts(
        intention=any(one.state not in NO_LONGER_OPEN and not one.words.empty for one in intentions),
        touch=found[Sheet.TOUCH].at is not None,
        safety_plan=safety.at is not None,
        ride_home=bool(safety.values["ride"]),
        clearance=found[Sheet.CLEARANCE].at is not None,
        measured_on=min((m.noticed_at.date() for m in measures), default=None),
        measures_every_days=course.measures_every_days if course else None,
        consent_to_discuss=consent_to_discuss(found[Sheet.CONSENT].values),
    )


class Desk(NamedTuple):
    """Who writes where: the journal with its clock and ids, and the client whose preparation it is."""

    journal: Journal
    clock: Clock
    new_id: NewId
    client: str

    def read(self) -> Preparation:
        """Everything as it stands now."""
        return read_preparation(self.journal, self.clock, self.client)

    def keep(self, *records: Record, draft: HalfWritten | None = None) -> Preparation:
        """Keep records together with what is half-written from now on, and read again."""
        desk = {draft_place(self.client): _on_desk(draft)} if draft is not None else None
        self.journal.keep(*records, desk=desk)
        return self.read()


# --- agreements, plans and the session itself ---------------------------------------------------------------


def keep_sheet(desk: Desk, sheet: Sheet, values: Mapping[str, str], draft: HalfWritten) -> Preparation:
    """Keep a sheet as new entries where it changed; what was agreed before stays."""
    before = desk.read()
    session = before.session or before.running
    writing = Writing(desk.client, before.at, session.id if session else None, in_the_room=before.running is not None)
    said = before.sheets[sheet].values
    own = {key: words for key, words in values.items() if key not in _ELSEWHERE}
    mine = {key: words for key, words in said.items() if key not in _ELSEWHERE}
    made: list[Record] = []
    for entry in entries_of(sheet, own, mine, writing):
        kept = entry.model_copy(update={"id": desk.new_id()})
        made += with_parts(kept, before.parts, desk.new_id) if sheet is Sheet.PARTS else (kept,)
    return desk.keep(*_people(desk, before, sheet, values), *made, draft=draft)


_PEOPLE = ("emergency_contact", "prescriber")
_ELSEWHERE = frozenset({*_PEOPLE, *FIELDS})  # fields of a sheet that belong to the client or the course


def _people(desk: Desk, before: Preparation, sheet: Sheet, values: Mapping[str, str]) -> Iterator[Record]:
    said = {**before.sheets[sheet].values, **values}
    if sheet is Sheet.SAFETY:
        content = {**before.client.content(), **{name: said[name].strip() for name in _PEOPLE}}
        yield Client.model_validate({key: value for key, value in content.items() if value != ""})
    if sheet is Sheet.CLEARANCE and any(said[name] != before.sheets[sheet].values[name] for name in FIELDS):
        yield with_prescribed(before.course or Course(id=desk.new_id(), client=desk.client), said)


def begin_preparation(desk: Desk) -> Preparation:
    """Begin a preparation session: the one that was planned first, or a new one. One that is open goes on."""
    before = desk.read()
    if before.session is not None:
        return before
    sessions = [s for s in desk.journal.sessions(desk.client) if s.kind is SessionKind.PREPARATION]
    planned = sorted((s for s in sessions if s.started_at is None and s.own_and_open), key=_when)
    due = [s for s in planned if s.planned_for is not None and s.planned_for.date() <= before.at.date()]
    number = max((s.number or 0 for s in sessions), default=0) + 1
    given: dict[str, Any] = {"id": desk.new_id(), "client": desk.client, "kind": "preparation", "number": number}
    if before.course is not None:
        given["course"] = before.course.id
    content = due[0].content() if due else given
    return desk.keep(Session.model_validate({**content, "started_at": before.at}))


def close_preparation(desk: Desk) -> Preparation:
    """End and close the open preparation session; from then on its entries are only amended."""
    before = desk.read()
    if before.session is None:
        return before
    ended = before.session.ended_at or before.at
    closed = {**before.session.content(), "ended_at": ended, "closed_at": before.at}
    return desk.keep(Session.model_validate(closed))

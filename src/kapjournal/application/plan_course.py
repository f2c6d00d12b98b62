"""A client and a course: read at a glance, changed fact by fact, sessions planned and begun. Nothing is deleted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from kapjournal.application.changes import Changes
from kapjournal.application.due import KINDS as DUE_KINDS
from kapjournal.application.due import Facts
from kapjournal.application.own_lists import own_wording
from kapjournal.application.ports import Clock, Journal, NewId, kept_versions
from kapjournal.domain.course import Client, Course, Record, Session, SessionKind
from kapjournal.domain.course_facts import CLIENT_FACTS, COURSE_FACTS, read_fact, with_facts
from kapjournal.domain.course_plan import PLANNED_BY_DEFAULT, next_number, present_course
from kapjournal.domain.entry import (
    Action,
    Amended,
    Amendment,
    ContactDetails,
    Domain,
    Entry,
    Kind,
    PartDetails,
    PracticeDetails,
    PracticeState,
    Voice,
)
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Part, Relation, TagState
from kapjournal.domain.timeline import amended
from kapjournal.domain.versions import with_earlier
from kapjournal.domain.wording import Wording

PAGE_KINDS = (*DUE_KINDS, Kind.INTENTION, Kind.DOSE, Kind.ACCOUNT, Kind.PART)


class Agreed(NamedTuple):
    """A practice as it was agreed."""

    text: str
    how_often: str = ""
    on: date | None = None  # to ask about it
    until: date | None = None
    domain: Domain | None = None


class Became(NamedTuple):
    """What became of a practice; a changed one goes on, and may be asked about again."""

    state: PracticeState
    why: str = ""
    on: date | None = None


class ClientPage(NamedTuple):
    """All that the screen of one client shows. `typed` is what lay on the desk, half-typed, by the field's name."""

    facts: Facts
    parts: tuple[tuple[Part, int], ...]  # each with how many notes speak of it
    typed: dict[str, str]
    wording: Wording = Wording()


def typed_place(client: str) -> str:
    """Where what is half-typed on a client's screen lies on the desk."""
    return f"client:{client}"


def read_client(journal: Journal, client: str) -> ClientPage:
    """Read one client, without the running notes of the sessions."""
    entries = (_with_wordings(journal, entry) for entry in journal.entries(client, PAGE_KINDS))
    notes = amended(entries, journal.amendments(client, PAGE_KINDS))
    followed = frozenset(link.target for link in journal.links() if link.relation is Relation.FOLLOWS_UP)
    lying = journal.desk(typed_place(client))
    return ClientPage(
        facts=Facts(
            client=_client(journal, client),
            course=present_course(journal.courses(client)),
            sessions=journal.sessions(client),
            notes=notes,
            followed=followed,
        ),
        parts=_parts(journal, client, notes),
        typed=read_typed(lying),
        wording=own_wording(journal),
    )


def _with_wordings(journal: Journal, entry: Entry) -> Entry:
    return with_earlier(entry, kept_versions(journal, entry.id)) if entry.kind is Kind.INTENTION else entry


def _parts(journal: Journal, client: str, notes: tuple[Amended, ...]) -> tuple[tuple[Part, int], ...]:
    speaks: defaultdict[str, set[str]] = defaultdict(set)
    for tag in journal.tags(client):
        if tag.part and tag.state is TagState.ACCEPTED:
            speaks[tag.part].add(tag.entry)
    for note in notes:
        if isinstance(note.details, PartDetails) and note.details.part and not note.retracted:
            speaks[note.details.part].add(note.original.id)
    return tuple((part, len(speaks[part.id])) for part in journal.parts(client) if part.retired_on is None)


def read_typed(lying: str | None) -> dict[str, str]:
    """What was half-typed, by the name of its field; nothing where it cannot be read any more."""
    try:
        content = json.loads(lying) if lying else {}
    except ValueError:
        return {}
    return {str(name): str(words) for name, words in content.items()} if isinstance(content, dict) else {}


def put_typed(journal: Journal, client: str, typed: Mapping[str, str]) -> None:
    """Lay what is half-typed on the desk; durable on return."""
    journal.put_on_desk(typed_place(client), json.dumps(dict(typed), ensure_ascii=False) if typed else None)


# --- facts ---------------------------------------------------------------------------------------------------------


def change_fact(
    journal: Journal, clock: Clock, new_id: NewId, client: str, name: str, typed: str, still_typed: Mapping[str, str]
) -> Changes:
    """Keep one fact of the client or the present course, and lay the rest of what is half-typed back on the desk.

    Raises `BadInput` with what would fit. The course is made with its first fact.
    """
    value = read_fact(name, typed, clock.now().at.date())
    changed: Record
    if name in CLIENT_FACTS:
        if name == "alias":
            value = _free_alias(journal, client, typed)
        changed = with_facts(_client(journal, client), {name: value})
    elif name in COURSE_FACTS:
        changed = with_facts(_course(journal, new_id, client), {name: value})
    else:
        raise BadInput(f"There is no fact called {name}.")
    left = json.dumps(dict(still_typed), ensure_ascii=False) if still_typed else None
    return journal.keep(changed, desk={typed_place(client): left})


def _free_alias(journal: Journal, client: str, typed: str) -> str:
    alias = " ".join(typed.split())
    if not alias:
        raise BadInput("A client needs an alias. Any word that only you can place will do.")
    if len(alias) > 120:
        raise BadInput("That alias is longer than 120 letters. Choose a shorter one.")
    if any(c.alias.casefold() == alias.casefold() for c in journal.clients() if c.id != client):
        raise BadInput(f"There is a client called {alias} already. Another alias keeps them apart.")
    return alias


def archive(journal: Journal, clock: Clock, client: str, *, archived: bool) -> Changes:
    """Put a client out of sight, or bring one back; everything stays in the journal either way."""
    on: date | None = clock.now().at.date() if archived else None
    return journal.keep(with_facts(_client(journal, client), {"archived_on": on}))


# --- sessions ------------------------------------------------------------------------------------------------------


def plan_session(
    journal: Journal,
    new_id: NewId,
    client: str,
    kind: SessionKind,
    number: int | None = None,
    planned_for: datetime | None = None,
) -> Session:
    """Plan a session; it gets the next number of its kind unless one is given."""
    mine = journal.sessions(client)
    number = number if number is not None else next_number(mine, kind)
    if any(s.kind is kind and s.number == number for s in mine):
        raise Refused(f"There is a {kind.value} session {number} already. Choose another number, or leave it empty.")
    course = present_course(journal.courses(client)) or _course(journal, new_id, client)
    given: dict[str, Any] = {"id": new_id(), "client": client, "course": course.id, "kind": kind, "number": number}
    if planned_for is not None:
        given["planned_for"] = planned_for
    session = Session.model_validate(given)
    journal.keep(course, session)
    return session


def move_session(journal: Journal, session: str, planned_for: datetime | None) -> Changes:
    """Give a planned session another date, or none; one that was begun stays where it is."""
    found = journal.session_record(session).session
    if found.started_at is not None or found.closed_at is not None:
        raise Refused("This session was begun already, so its date stays.")
    content = {**found.content(), "planned_for": planned_for}
    return journal.keep(Session.model_validate({k: v for k, v in content.items() if v is not None}))


# --- notes ---------------------------------------------------------------------------------------------------------


def add_contact(journal: Journal, clock: Clock, new_id: NewId, client: str, with_: str, text: str) -> Changes:
    """Note a contact between sessions; with nobody named, it was with the client."""
    details = ContactDetails.model_validate({"with": with_.strip() or "client"})
    return journal.keep(_entry(clock, new_id, client, Kind.CONTACT, text, details=details))


def add_practice(
    journal: Journal,
    clock: Clock,
    new_id: NewId,
    client: str,
    text: str,
    how_often: str = "",
    on: date | None = None,
    until: date | None = None,
    domain: Domain | None = None,
    session: str | None = None,
) -> Changes:
    """Note a practice the client takes into life, in a session or between them.

    `on` is the day to ask about it, `until` the day it is agreed to end.
    """
    given = {
        "domain": domain,
        "how_often": how_often.strip() or None,
        "follow_up_on": on,
        "until": until,
        "state": PracticeState.OPEN,
    }
    details = PracticeDetails.model_validate({k: v for k, v in given.items() if v is not None})
    where = {"session": session} if session is not None else {}
    return journal.keep(_entry(clock, new_id, client, Kind.PRACTICE, text, details=details, **where))


def add_account(journal: Journal, clock: Clock, new_id: NewId, client: str, text: str) -> Changes:
    """Keep what the client tells of it all, in the client's voice and the client's words."""
    return journal.keep(_entry(clock, new_id, client, Kind.ACCOUNT, text, voice=Voice.CLIENT))


def settle_practice(
    journal: Journal,
    clock: Clock,
    new_id: NewId,
    entry: str,
    state: PracticeState,
    why: str = "",
    on: date | None = None,
) -> Changes:
    """Say what became of a practice, with a word about why, beside what was agreed.

    A changed one goes on: the days it had are over, and it is asked about on another, or on none.
    """
    details: dict[str, Any] = {"state": state.value}
    if state is PracticeState.CHANGED:
        details |= {"follow_up_on": on.isoformat() if on else None, "until": None}
    given = {"id": new_id(), "entry": entry, "action": Action.ADDENDUM, "details": details}
    reason = {"reason": why.strip()} if why.strip() else {}
    return journal.keep(Amendment.model_validate({**given, **reason, "written_at": clock.now().at}))


def _entry(clock: Clock, new_id: NewId, client: str, kind: Kind, text: str, **more: object) -> Entry:
    words = text.strip()
    if not words:
        raise BadInput("There are no words to keep yet.")
    given = {"id": new_id(), "client": client, "kind": kind, "text": words, "noticed_at": clock.now().at, **more}
    return Entry.model_validate(given)


def _client(journal: Journal, client: str) -> Client:
    found = next((c for c in journal.clients() if c.id == client), None)
    if found is None:
        raise BadInput("There is no such client in this journal.")
    return found


def _course(journal: Journal, new_id: NewId, client: str) -> Course:
    found = present_course(journal.courses(client))
    return found or Course(id=new_id(), client=client, planned_sessions=PLANNED_BY_DEFAULT)

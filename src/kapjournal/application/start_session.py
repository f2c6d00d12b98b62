"""Begin a dosing session, or go on with the one that is running; resuming only ever appends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from kapjournal.application.ports import Clock, Journal, NewId, SessionRecord, kept_versions
from kapjournal.domain.course import Client, Course, Session, SessionKind
from kapjournal.domain.course_plan import next_number, next_planned
from kapjournal.domain.entry import Amended, Entry, Kind
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Part, Theme
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.domain.timeline import amended, place_s
from kapjournal.domain.versions import with_earlier


class Opened(NamedTuple):
    """A session with all that the live view needs to go on."""

    record: SessionRecord
    client: Client
    course: Course | None
    clock: SessionClock | None  # None where the session did not run on this computer's clock
    card_entries: tuple[Amended, ...]  # what the card is made of, from every session of the client
    themes: tuple[Theme, ...]
    parts: tuple[Part, ...]
    draft: str | None  # the half-typed line, as it lay on the desk


def clock_place(session: str) -> str:
    """Where the clock of a session lies on the desk."""
    return f"clock:{session}"


def draft_place(session: str) -> str:
    """Where the half-typed line of a session lies on the desk."""
    return f"draft:{session}"


def add_client(journal: Journal, new_id: NewId, alias: str) -> Client:
    """Add a client by alias; one with that alias already is told."""
    alias = " ".join(alias.split())
    if not alias:
        raise Refused("A client needs an alias. Any word that only you can place will do.")
    if len(alias) > 120:
        raise Refused("That alias is longer than 120 letters. Choose a shorter one.")
    if any(c.alias.casefold() == alias.casefold() for c in journal.clients()):
        raise Refused(f"There is a client called {alias} already. Choose another alias, or open that one.")
    client = Client(id=new_id(), alias=alias)
    journal.keep(client)
    return client


def running_session(journal: Journal) -> Session | None:
    """The dosing session that was begun and not ended, the latest if there are several."""
    running = [s for s in journal.sessions() if s.kind is SessionKind.DOSING and s.running]
    return max(running, key=lambda s: s.started_at.timestamp() if s.started_at else 0.0, default=None)


def start_session(
    journal: Journal,
    clock: Clock,
    new_id: NewId,
    client: str,
    kind: SessionKind = SessionKind.DOSING,
    planned: str | None = None,
) -> Session:
    """Begin a session of this kind now, or give back the one that this client has running.

    A planned one is begun as it was planned: the one named by `planned`, or else the next of its kind.
    """
    mine = journal.sessions(client)
    for session in mine:
        if session.kind is kind and session.running:
            return session
    now = clock.now()
    session = _next(mine, kind, planned) or _new(journal, new_id, client, kind)
    begun = Session.model_validate({**session.content(), "started_at": now.at})
    journal.keep(begun, desk={clock_place(begun.id): SessionClock(anchor=now).model_dump_json()})
    return begun


def _next(mine: tuple[Session, ...], kind: SessionKind, planned: str | None) -> Session | None:
    if planned is None:
        return next_planned(mine, kind)
    named = next((s for s in mine if s.id == planned), None)
    return named if named is not None and named.started_at is None and named.closed_at is None else None


def _new(journal: Journal, new_id: NewId, client: str, kind: SessionKind) -> Session:
    courses = journal.courses(client)
    return Session(
        id=new_id(),
        client=client,
        **({"course": courses[-1].id} if courses else {}),
        kind=kind,
        number=next_number(journal.sessions(client), kind),
    )


def session_to_show(journal: Journal, clock: Clock, new_id: NewId, alias: str | None) -> Session | None:
    """The session to go straight into: the one running, or a new one of the client named on the command line."""
    running = running_session(journal)
    if alias is None:
        return running
    client = next((c for c in journal.clients() if c.alias.casefold() == alias.casefold()), None)
    if client is None:
        raise BadInput(f"There is no client called {alias} in this journal. Choose one from the list.")
    return start_session(journal, clock, new_id, client.id)


def open_session(journal: Journal, clock: Clock, session: str) -> Opened:
    """Open a session, running or closed; a running one's clock goes on, also after the machine was restarted."""
    record = with_wordings(journal, journal.session_record(session))
    client = next(c for c in journal.clients() if c.id == record.session.client)
    course = next((c for c in journal.courses(client.id) if c.id == record.session.course), None)
    return Opened(
        record=record,
        client=client,
        course=course,
        clock=_clock_going_on(journal, clock.now(), record) if record.session.running else None,
        card_entries=_card_entries(journal, client.id),
        themes=journal.themes(),
        parts=journal.parts(client.id),
        draft=journal.desk(draft_place(session)),
    )


def with_wordings(journal: Journal, record: SessionRecord) -> SessionRecord:
    """A closed session's record with the earlier wordings of its intentions; in an open one they may still change."""
    if record.session.closed_at is None:
        return record
    return record._replace(entries=tuple(with_earlier(e, _kept(journal, e)) for e in record.entries))


def _kept(journal: Journal, entry: Entry) -> Iterator[tuple[datetime, Entry]]:
    yield from kept_versions(journal, entry.id) if entry.kind is Kind.INTENTION else ()


def _clock_going_on(journal: Journal, now: Moment, record: SessionRecord) -> SessionClock:
    lying = journal.desk(clock_place(record.session.id))
    if lying is None:
        began = record.session.started_at or now.at
        before = SessionClock(anchor=Moment(at=began, tick_s=0.0, boot="elsewhere"))
    else:
        before = SessionClock.model_validate_json(lying)
    last_s = max((place_s(e, record.session) for e in record.entries), default=0.0)
    going_on = before.resumed(now, last_s)
    if going_on != before or lying is None:
        journal.put_on_desk(clock_place(record.session.id), going_on.model_dump_json())
    return going_on


CARD_KINDS = (Kind.INTENTION, Kind.AGREEMENT, Kind.PLAN)


def _card_entries(journal: Journal, client: str) -> tuple[Amended, ...]:
    return amended(journal.entries(client, CARD_KINDS), journal.amendments(client))

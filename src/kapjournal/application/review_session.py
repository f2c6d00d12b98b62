"""Look back on a session: read it with what was said about it since, write on, sign it.

What the therapist wrote of their own state is left out unless it is asked for; only how much there is, is told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kapjournal.application import amend
from kapjournal.application.close_session import close_session
from kapjournal.application.keep_entry import RECEIVED, as_entry, read_draft, tags_of
from kapjournal.application.own_lists import Tables, own_tables
from kapjournal.application.plan_course import read_typed
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.application.receive import senders
from kapjournal.application.start_session import clock_place, draft_place
from kapjournal.domain.capture import Context, Draft, read_line
from kapjournal.domain.capture_labels import PART_SIGN, THEME_SIGN, short_name
from kapjournal.domain.capture_time import clock_near
from kapjournal.domain.course import Client, Course, Session
from kapjournal.domain.course_plan import in_time
from kapjournal.domain.entry import Amended, Entry, Kind, Voice
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import TagState
from kapjournal.domain.lanes import Laid, lay_out
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.domain.timeline import amended, as_it_stands

ACCOUNT, NOTE, OWN, LATE, LATE_AT = "account", "note", "own", "late", "late.at"
_WRITTEN = {ACCOUNT: Kind.ACCOUNT, NOTE: Kind.NOTE, OWN: Kind.SELF}
TIME_UNREAD = "When was it? A time of day, such as 14:12."
NOT_YET = "That time has not come yet. When was it?"
NO_WORDS = "There are no words to keep yet."
HALF_TYPED = "A line is half-typed in the live view. Log it or empty it there, then sign."


class Asked(NamedTuple):
    """What is to be looked at: a session or an entry (empty: the latest session), those laid over it, the own notes."""

    about: str = ""
    beside: tuple[str, ...] = ()
    own: bool = False


class Reviewed(NamedTuple):
    """All that the screen shows, read in one go at `at`."""

    client: Client
    at: datetime
    sessions: tuple[Session, ...] = ()  # those with something to look back on, in time
    laid: tuple[Laid, ...] = ()  # the one looked at, then those laid over it
    entry: str = ""  # the one that was asked for
    course: Course | None = None
    own: int = 0  # entries of the therapist's own state in those sessions, shown or not
    labels: Mapping[str, tuple[str, ...]] = {}  # by entry, with their signs
    parts: Mapping[str, str] = {}  # names by id
    accounts: tuple[Amended, ...] = ()
    notes: tuple[Amended, ...] = ()
    own_after: tuple[Amended, ...] = ()  # written of the own state when the session was over
    intentions: tuple[Amended, ...] = ()
    typed: Mapping[str, str] = {}  # half-typed, as it lay on the desk
    tables: Tables | None = None
    sender: str = ""  # who handed over the session that is looked at; empty for one's own

    @property
    def session(self) -> Session | None:
        """The session looked at; None where there is none to look back on."""
        return self.laid[0].session if self.laid else None


def typed_place(session: str) -> str:
    """Where what is half-typed about a session lies on the desk."""
    return f"review:{session}"


# --- reading -------------------------------------------------------------------------------------------------------


def read_review(journal: Journal, clock: Clock, shipped: Tables, client: str, asked: Asked) -> Reviewed:
    """Read a session, with those laid over it and what belongs beside it."""
    person = next(c for c in journal.clients() if c.id == client)
    notes = amended(journal.entries(client), journal.amendments(client))
    by_session: defaultdict[str, list[Amended]] = defaultdict(list)
    for note in notes:
        by_session[note.original.session or ""].append(note)
    sessions = tuple(s for s in in_time(journal.sessions(client)) if s.started_at or s.id in by_session)
    session = _session_about(asked.about, sessions, by_session)
    if session is None:
        return Reviewed(person, clock.now().at, sessions)
    wanted = [session, *(s for s in sessions if s.id in asked.beside and s.id != session.id)]
    own = sum(n.original.kind is Kind.SELF for s in wanted for n in by_session[s.id])
    laid = tuple(lay_out(s, _seen(by_session[s.id], own=asked.own)) for s in wanted)
    mine = _seen(by_session[session.id], own=False)
    return Reviewed(
        client=person,
        at=clock.now().at,
        sessions=sessions,
        laid=laid,
        entry=asked.about if any(n.original.id == asked.about for n in by_session[session.id]) else "",
        course=next((c for c in journal.courses(client) if c.id == session.course), None),
        own=own,
        labels=_labels(journal, client, {p.note.original.id for one in laid for p in one.placed}),
        parts={part.id: part.name for part in journal.parts(client)},
        accounts=tuple(n for n in mine if n.original.kind is Kind.ACCOUNT)
        + _told_after(session, sessions, by_session[""]),
        notes=tuple(n for n in mine if n.original.kind is Kind.NOTE),
        own_after=tuple(n for n in laid[0].after if n.original.kind is Kind.SELF),
        intentions=_intentions(session, notes),
        typed=read_typed(journal.desk(typed_place(session.id))),
        tables=own_tables(journal, shipped),
        sender=senders(journal).get(session.origin, "a colleague") if session.origin else "",
    )


def _session_about(about: str, sessions: Sequence[Session], notes: Mapping[str, list[Amended]]) -> Session | None:
    """The session of that id, or of that entry; otherwise the latest one that something was written in."""
    for session in sessions:
        if session.id == about or any(n.original.id == about for n in notes.get(session.id, ())):
            return session
    return next((s for s in reversed(sessions) if notes.get(s.id)), sessions[-1] if sessions else None)


def _seen(notes: Iterable[Amended], *, own: bool) -> tuple[Amended, ...]:
    return tuple(n for n in notes if own or n.original.kind is not Kind.SELF)


def _told_after(session: Session, sessions: Sequence[Session], between: Iterable[Amended]) -> tuple[Amended, ...]:
    """What the client told between sessions belongs to the last one that was begun before."""
    found = []
    for note in between:
        if note.original.kind is Kind.ACCOUNT:
            before = [s for s in sessions if s.started_at and s.started_at <= note.original.noticed_at]
            found += [note] if before and before[-1].id == session.id else []
    return tuple(sorted(found, key=lambda n: n.original.noticed_at))


def _labels(journal: Journal, client: str, shown: set[str]) -> dict[str, tuple[str, ...]]:
    names = {theme.id: f"{THEME_SIGN}{short_name(theme)}" for theme in journal.themes()}
    names |= {part.id: f"{PART_SIGN}{part.name}" for part in journal.parts(client)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tag in journal.tags(client):
        if tag.state is TagState.ACCEPTED and tag.entry in shown:
            found[tag.entry].append(names.get(tag.theme or tag.part or "", ""))
    return {entry: tuple(name for name in labels if name) for entry, labels in found.items()}


def _intentions(session: Session, notes: Iterable[Amended]) -> tuple[Amended, ...]:
    """Those written down in the session, or else the one that stood last when it began."""
    standing = [n for n in notes if n.original.kind is Kind.INTENTION and not n.retracted]
    within = tuple(n for n in standing if n.original.session == session.id)
    begun = session.started_at
    before = [n for n in standing if begun is not None and n.original.noticed_at <= begun]
    return within or tuple(sorted(before, key=lambda n: n.original.noticed_at)[-1:])


# --- writing -------------------------------------------------------------------------------------------------------


class Where(NamedTuple):
    """Who writes where: the journal with its clock and ids, and the session that is looked back on."""

    journal: Journal
    clock: Clock
    new_id: NewId
    shipped: Tables
    session: str


def put_typed(where: Where, typed: Mapping[str, str]) -> datetime:
    """Lay what is half-typed on the desk; durable on return, which says when."""
    where.journal.put_on_desk(typed_place(where.session), _on_desk(typed))
    return where.clock.now().at


def _leaving(where: Where, left: Mapping[str, str]) -> dict[str, str | None]:
    """What stays half-typed, to be kept in the transaction of what was written."""
    return {typed_place(where.session): _on_desk(left)}


def _on_desk(typed: Mapping[str, str]) -> str | None:
    kept = {name: words for name, words in typed.items() if words}
    return json.dumps(kept, ensure_ascii=False) if kept else None


def keep_words(where: Where, name: str, text: str, left: Mapping[str, str]) -> datetime:
    """Keep the client's account, a note or a word of the own state; `left` is what stays half-typed."""
    now, session = where.clock.now(), _session(where)
    draft = Draft(_WRITTEN[name], _words(text), now.at)
    entry = _entry(where, draft, now, session)
    if name == ACCOUNT:
        entry = Entry.model_validate({**entry.content(), "voice": Voice.CLIENT})
    where.journal.keep(entry, desk=_leaving(where, left))
    return now.at


def add_late(where: Where, at: str, line: str, left: Mapping[str, str]) -> str:
    """Add an entry that happened then and is written now, read like a line of the live view; gives its id."""
    now, session = where.clock.now(), _session(where)
    then = clock_near(at, session.started_at or session.closed_at or now.at)
    if then is None:
        raise BadInput(TIME_UNREAD)
    context = Context(where.journal.themes(), where.journal.parts(session.client))
    draft = read_line(line, then, context)
    if draft.empty:
        raise BadInput(NO_WORDS)
    if draft.noticed_at > now.at:
        raise BadInput(NOT_YET)
    made = _entry(where, draft, now, session)
    where.journal.keep(made, *tags_of(made, draft.labels, now), desk=_leaving(where, left))
    return made.id


def comment(where: Where, entry: str, text: str, left: Mapping[str, str]) -> datetime:
    """Add words to an entry, with the time they were written."""
    now = where.clock.now().at
    amend.add_addendum(where.journal, where.new_id(), now, entry, text, desk=_leaving(where, left))
    return where.clock.now().at


def correct(where: Where, entry: str, text: str, left: Mapping[str, str]) -> datetime:
    """Put another wording beside the original, with the time it was written."""
    record = where.journal.session_record(where.session)
    note = next(n for n in amended(record.entries, record.amendments) if n.original.id == entry)
    if _words(text) == as_it_stands(note).text.strip():
        raise Refused("These are the words that stand there already.")
    now = where.clock.now().at
    amend.correct(where.journal, where.new_id(), now, note.original, text, desk=_leaving(where, left))
    return where.clock.now().at


def sign(where: Where, checks: Mapping[str, str], left: Mapping[str, str]) -> datetime:
    """Close the session with what was found at the landing; what is half-typed here stays on the desk."""
    session = _session(where)
    if session.origin is not None:
        raise Refused(RECEIVED)
    if session.closed_at is not None:
        raise Refused("This session is signed already.")
    if not read_draft(where.journal.desk(draft_place(session.id))).empty:
        raise Refused(HALF_TYPED)
    clock = _running_clock(where, session)
    close_session(where.journal, where.clock, where.new_id, session, clock, checks, desk=_leaving(where, left))
    return where.clock.now().at


def _session(where: Where) -> Session:
    return where.journal.session_record(where.session).session


def _entry(where: Where, draft: Draft, now: Moment, session: Session) -> Entry:
    classes = own_tables(where.journal, where.shipped).classes
    return as_entry(draft, now, _running_clock(where, session), session, where.new_id(), classes)


def _running_clock(where: Where, session: Session) -> SessionClock | None:
    lying = where.journal.desk(clock_place(session.id)) if session.running else None
    return SessionClock.model_validate_json(lying) if lying else None


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput(NO_WORDS)
    return text.strip()

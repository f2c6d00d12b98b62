"""What may be kept: references that must stand, and records that must stay as they are. No SQL: fakes obey it too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry, Kind
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Link, Part, Tag
from kapjournal.domain.selection import Disclosure
from kapjournal.storage.records import part_named

Find = Callable[[str, str], Record | None]
"""Looks up a record in its present version by type and key."""


class Reference(NamedTuple):
    """A field that names another record."""

    field: str
    type: str
    id: str


def references(record: Record, find: Find) -> Iterator[Reference]:
    """Every record that `record` names."""
    match record:
        case Course() | Part() | Disclosure():
            yield Reference("client", "client", record.client)
        case Session():
            yield Reference("client", "client", record.client)
            if record.course is not None:
                yield Reference("course", "course", record.course)
        case Entry():
            yield from _of_an_entry(record)
        case Amendment():
            yield Reference("entry", "entry", record.entry)
            yield from _of_amended_details(record, find)
        case Tag():
            yield Reference("entry", "entry", record.entry)
            if record.theme is not None:
                yield Reference("theme", "theme", record.theme)
            if record.part is not None:
                yield Reference("part", "part", record.part)
        case Link():
            yield Reference("from", "entry", record.source)
            yield Reference("to", "entry", record.target)


def _of_an_entry(entry: Entry) -> Iterator[Reference]:
    yield Reference("client", "client", entry.client)
    if entry.session is not None:
        yield Reference("session", "session", entry.session)
    part = part_named(entry)
    if part is not None:
        yield Reference("details.part", "part", part)


def _of_amended_details(amendment: Amendment, find: Find) -> Iterator[Reference]:
    part = (amendment.details or {}).get("part")
    entry = find("entry", amendment.entry)
    if isinstance(part, str) and isinstance(entry, Entry) and entry.kind is Kind.PART:
        yield Reference("details.part", "part", part)


def check_references(record: Record, find: Find) -> None:
    """Raise `BadInput` unless everything that `record` names is there and belongs to the same client."""
    for field, type_, id_ in references(record, find):
        named = find(type_, id_)
        if named is None:
            raise BadInput(f"This {record.type} names a {type_} that is not in the journal ({field}: {id_}).")
        if isinstance(named, Course | Session | Part) and _client(record) not in {None, named.client}:
            raise BadInput(f"This {record.type} names a {type_} of another client ({field}: {id_}).")


def _client(record: Record) -> str | None:
    return record.client if isinstance(record, Course | Session | Entry) else None


def check_may_change(before: Record, after: Record, find: Find, *, received: bool = False) -> None:
    """Raise `Refused` if `before` has to stay as it is; what was received changes only by being received again."""
    origin = getattr(before, "origin", None)
    if origin is not None and not isinstance(before, Client):
        if not received:
            raise Refused(
                f"This {before.type} was received from a colleague and stays as it is. Write beside it. "
                "Nothing was changed."
            )
        if origin != getattr(after, "origin", None):
            raise Refused(f"This {before.type} was received from another journal. Nothing was changed.")
    match before:
        case Amendment() | Disclosure():
            raise Refused(f"A {before.type} that was kept stays as it is. Nothing was changed.")
        case Session() if before.closed_at is not None:
            raise Refused("This session is closed and stays as it is. Nothing was changed.")
        case Entry(session=None):
            raise Refused("This entry stands as it was written. Add an amendment instead. Nothing was changed.")
        case Entry() if _closed(before.session, find):
            raise Refused("The session of this entry is closed. Add an amendment instead. Nothing was changed.")
    if getattr(before, "client", None) != getattr(after, "client", None):
        raise Refused(f"This {before.type} belongs to another client and stays there. Nothing was changed.")


def _closed(session: str | None, find: Find) -> bool:
    standing = find("session", session or "")
    return isinstance(standing, Session) and standing.closed_at is not None

"""What stands before a record, and whether everything that the record names is there and fits it.

An object of the interchange format comes after those it names, in the file or in the journal already. Names of
another client's session, course or part are refused too: one client's notes would travel with another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from kapjournal.domain.course import Client, Record, Session
from kapjournal.domain.entry import Amendment, Details, Entry, Kind, PartDetails
from kapjournal.domain.exchange import Misfit, as_exchanged, details_of, fingerprint, identity, quoted
from kapjournal.domain.label import Tag


class Stand(NamedTuple):
    """What later records need to know of one that stands."""

    fingerprint: str
    client: str | None = None
    session: str | None = None
    kind: Kind | None = None
    details: dict[str, Any] | None = None  # of an entry, with every amended field in place
    started_at: datetime | None = None
    closed: bool = False
    received: bool = False  # from another journal, so that nothing but that journal may change it


class Standing:
    """Everything that stands at some point of a reading, by identity."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """`records`, each after those it names, are what stands at first."""
        self._stands: dict[tuple[str, ...], Stand] = {}
        for record in records:
            self.add(record)

    def find(self, type_of_record: str, record_id: str | None) -> Stand | None:
        """The record of that type and id."""
        return self._stands.get((type_of_record, record_id)) if record_id else None

    def same(self, record: Record) -> Stand | None:
        """What this record would be, or would replace."""
        return self._stands.get(identity(record))

    def closed_sessions(self) -> frozenset[str]:
        """Ids of the sessions that are closed."""
        return frozenset(name[1] for name, stand in self._stands.items() if name[0] == "session" and stand.closed)

    def fingerprint(self, record: Record) -> str:
        """Equal for two records exactly when an export would write them alike."""
        session = self.find("session", record.session) if isinstance(record, Entry) else None
        return fingerprint(as_exchanged(record, session.started_at if session else None))

    def add(self, record: Record) -> None:
        """From here on `record` stands."""
        print_of_it, client = self.fingerprint(record), getattr(record, "client", None)
        match record:
            case Session():
                closed = record.closed_at is not None
                stand = Stand(print_of_it, client, started_at=record.started_at, closed=closed)
            case Entry():
                stand = Stand(print_of_it, client, record.session, record.kind, _as_given(record.details))
            case _:
                stand = Stand(print_of_it, client)
        received = getattr(record, "origin", None) is not None and not isinstance(record, Client)
        self._stands[identity(record)] = stand._replace(received=received)
        if isinstance(record, Amendment) and record.details:
            self._amend(record.entry, record.details)

    def _amend(self, entry_id: str, details: dict[str, Any]) -> None:
        entry = self.find("entry", entry_id)
        if entry:
            self._stands["entry", entry_id] = entry._replace(details={**(entry.details or {}), **details})


# Which fields name another record: (attribute, as the format calls it, type that it names).
_NAMES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "course": (("client", "client", "client"),),
    "session": (("client", "client", "client"), ("course", "course", "course")),
    "entry": (("client", "client", "client"), ("session", "session", "session")),
    "amendment": (("entry", "entry", "entry"),),
    "part": (("client", "client", "client"),),
    "tag": (("entry", "entry", "entry"), ("theme", "theme", "theme"), ("part", "part", "part")),
    "link": (("source", "from", "entry"), ("target", "to", "entry")),
    "disclosure": (("client", "client", "client"),),
}


def check_references(record: Record, standing: Standing) -> None:
    """Raise `Misfit` unless all that `record` names stands and belongs to the same client."""
    for attribute, field, target in _NAMES.get(record.type, ()):
        _check_name(record, field, target, getattr(record, attribute), standing)
    if isinstance(record, Entry) and isinstance(record.details, PartDetails):
        _check_name(record, "details.part", "part", record.details.part, standing)
    if isinstance(record, Amendment) and record.details is not None:
        _check_amended(record, record.details, standing)


def _check_name(record: Record, field: str, target: str, named: str | None, standing: Standing) -> None:
    if named is None:
        return
    stand = standing.find(target, named)
    if stand is None:
        raise Misfit(
            f"{field} names the {target} {quoted(named)}, which is neither on an earlier line nor in the journal"
        )
    client = _client_of(record, standing)
    if target != "entry" and client and stand.client and stand.client != client:
        raise Misfit(f"{field} names the {target} {quoted(named)}, which is another client’s")


def _client_of(record: Record, standing: Standing) -> str | None:
    if isinstance(record, Tag):
        entry = standing.find("entry", record.entry)
        return entry.client if entry else None
    return getattr(record, "client", None)


def _check_amended(amendment: Amendment, changed: dict[str, Any], standing: Standing) -> None:
    entry = standing.find("entry", amendment.entry)
    if entry is None or entry.kind is None:
        return
    details = details_of(entry.kind, {**(entry.details or {}), **changed})
    if isinstance(details, PartDetails) and "part" in changed:
        part = standing.find("part", details.part)
        if details.part and (part is None or part.client != entry.client):
            raise Misfit(f"details.part names {quoted(details.part)}, which is no part of this client")


def _as_given(details: Details | None) -> dict[str, Any]:
    return details.model_dump(mode="json", by_alias=True, exclude_unset=True) if details else {}

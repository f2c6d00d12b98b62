"""Records as the ledger holds them: canonical JSON, a key for each, and what the indexes need to know."""

from __future__ import annotations

import json
from typing import Final

from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry, PartDetails
from kapjournal.domain.errors import BadInput
from kapjournal.domain.label import Link, Part, Tag, Theme
from kapjournal.domain.selection import Disclosure

MODELS: Final[dict[str, type[Record]]] = {
    "client": Client,
    "course": Course,
    "theme": Theme,
    "part": Part,
    "session": Session,
    "entry": Entry,
    "amendment": Amendment,
    "tag": Tag,
    "link": Link,
    "disclosure": Disclosure,
}

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(record: Record) -> str:
    """The record as text: equal records give equal text, byte for byte."""
    try:
        text = _encode(record.content())
        text.encode()
    except ValueError as unfit:  # not-a-number, or half of a surrogate pair
        raise BadInput(f"This {record.type} holds something that cannot be written down as text.") from unfit
    return text


def parse(type_: str, content: str) -> Record:
    """The record that `canonical` wrote."""
    return MODELS[type_].model_validate_json(content)


def key(record: Record) -> str:
    """What a record is known by: its id; for a tag entry and label, for a link both ends and relation."""
    match record:
        case Tag():
            label = ["theme", record.theme] if record.theme is not None else ["part", record.part]
            return _encode([record.entry, *label])
        case Link():
            return _encode([record.source, record.target, record.relation.value])
        case _:
            return str(getattr(record, "id"))  # noqa: B009 - every other record has one


def part_named(entry: Entry) -> str | None:
    """The part that an entry of kind part names."""
    return entry.details.part if isinstance(entry.details, PartDetails) else None


def columns(record: Record) -> tuple[str | None, ...]:
    """What the index of this type keeps between `id` and `first`, in the order of its columns."""
    kept: tuple[str | None, ...] = ()
    match record:
        case Entry():
            kept = record.client, record.session, part_named(record), record.kind.value
        case Session():
            closed = record.closed_at.isoformat() if record.closed_at else None
            kept = record.client, record.course, record.kind.value, closed
        case Course() | Part() | Disclosure():
            kept = (record.client,)
        case Amendment():
            kept = (record.entry,)
        case Tag():
            kept = record.entry, record.theme, record.part, record.state.value
        case Link():
            kept = record.source, record.target, record.relation.value
    return kept

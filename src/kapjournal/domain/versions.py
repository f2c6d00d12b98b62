"""The versions of an entry: those the ledger holds, and those that an export brought along from another journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from kapjournal.domain.entry import EarlierWording, Entry, Kind

Versions = tuple[tuple[datetime, Entry], ...]


def all_versions(kept: Sequence[tuple[datetime, Entry]]) -> Versions:
    """Every version with the moment from which on it stood, oldest first, in the time of the place of the entry."""
    if not kept:
        return ()
    first = kept[0][1]
    zone = first.noticed_at.tzinfo
    brought = [
        Entry.model_validate({**first.content(), "text": one.text, "details": one.details, "earlier": None})
        for one in first.earlier or ()
    ]
    begun = (first.typed_at, *(one.until for one in first.earlier or ()))
    here = ((at.astimezone(zone), entry) for at, entry in kept[1:])
    return (*zip(begun, (*brought, first), strict=True), *here)


def earlier_wordings(versions: Versions) -> tuple[EarlierWording, ...]:
    """Everything but the present version, without repeats."""
    return tuple(
        EarlierWording.model_validate({"until": until, "text": entry.text, "details": _details(entry)})
        for (_, entry), (until, after) in pairwise(versions)
        if (entry.text, entry.details) != (after.text, after.details)
    )


def _details(entry: Entry) -> dict[str, object] | None:
    if entry.details is None:
        return None
    return entry.details.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def with_earlier(entry: Entry, kept: Iterable[tuple[datetime, Entry]]) -> Entry:
    """The entry as an export writes it: an intention with its earlier wordings, anything else as it is."""
    if entry.kind is not Kind.INTENTION:
        return entry
    before = earlier_wordings(all_versions(tuple(kept)))
    if not before:
        return entry
    said = [one.model_dump(mode="json", exclude_none=True) for one in before]
    return Entry.model_validate({**entry.content(), "earlier": said})

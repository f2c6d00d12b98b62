"""Change what was written: in place while the session is open, beside the original once it is closed.

An amendment gets its id and its moment from the caller, when it is written; it may reach the disk later than that.
`desk` is what changes on the desk with it, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Journal
from kapjournal.domain.entry import DETAILS, Action, Amendment, Details, Entry
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import Part, Tag, TagState, Theme

Desk = Mapping[str, str | None]


def edit(
    journal: Journal,
    entry: Entry,
    tags: Iterable[Tag],
    before: Iterable[Tag],
    labels: Iterable[Theme | Part] = (),
) -> Changes:
    """Replace an entry of an open session, with the labels it needs, all in one.

    Tags that are gone are recorded as rejected. The ledger keeps every version.
    """
    tags = tuple(tags)
    now = {(t.theme, t.part) for t in tags}
    gone = [t.model_copy(update={"state": TagState.REJECTED}) for t in before if (t.theme, t.part) not in now]
    return journal.keep(*labels, entry, *tags, *gone)


def take_back(journal: Journal, id_: str, at: datetime, entry: str, reason: str | None = None) -> Changes:
    """Take an entry back; it stays in the record, struck through."""
    return _amend(journal, id_, at, entry, Action.RETRACTION, reason=reason)


def add_addendum(
    journal: Journal, id_: str, at: datetime, entry: str, text: str, *, desk: Desk | None = None
) -> Changes:
    """Add words to an entry of a closed session."""
    return _amend(journal, id_, at, entry, Action.ADDENDUM, text=_words(text), desk=desk)


def add_late_entry(journal: Journal, id_: str, at: datetime, entry: str, text: str) -> Changes:
    """Add what belongs to the moment of an entry and was not written then."""
    return _amend(journal, id_, at, entry, Action.LATE_ENTRY, text=_words(text))


def correct(
    journal: Journal,
    id_: str,
    at: datetime,
    entry: Entry,
    text: str,
    *,
    details: Details | None = None,
    desk: Desk | None = None,
) -> Changes:
    """Correct an entry of a closed session: the new words, and the details that differ; one of the two is enough."""
    changed = changed_details(entry, details)
    words = text.strip() or None if changed else _words(text)
    return _amend(journal, id_, at, entry.id, Action.CORRECTION, text=words, details=changed or None, desk=desk)


def changed_details(entry: Entry, details: Details | None) -> dict[str, Any]:
    """The fields of `details` that differ from the entry's, as the exchange format writes them."""
    if details is None or not isinstance(details, DETAILS.get(entry.kind, Details)):
        return {}
    before = entry.details.model_dump(mode="json", by_alias=True, exclude_none=True) if entry.details else {}
    after = details.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: value for key, value in after.items() if before.get(key) != value}


def _words(text: str) -> str:
    if not text.strip():
        raise Refused("There are no words to keep yet.")
    return text.strip()


def _amend(
    journal: Journal,
    id_: str,
    at: datetime,
    entry: str,
    action: Action,
    *,
    text: str | None = None,
    details: dict[str, Any] | None = None,
    reason: str | None = None,
    desk: Desk | None = None,
) -> Changes:
    given = {"text": text, "details": details, "reason": reason}
    amendment = Amendment.model_validate(
        {
            "id": id_,
            "entry": entry,
            "action": action,
            "written_at": at,
            **{key: value for key, value in given.items() if value is not None},
        }
    )
    return journal.keep(amendment, desk=desk)

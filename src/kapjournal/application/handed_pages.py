"""The pages that a colleague will read, made of the records that go and of nothing else.

The preview, the reading copy inside the bundle and what is shown of a bundle that was opened are all made here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from kapjournal.application.handed_summary import summary_pages
from kapjournal.application.reading_copy import FIELDS
from kapjournal.domain.bundle import Contents, Form
from kapjournal.domain.course import Client, Record, Session
from kapjournal.domain.days import day_text
from kapjournal.domain.document import Document, Page, Row
from kapjournal.domain.entry import Action, Amended, Amendment, Details, Entry, Kind, RecordClass
from kapjournal.domain.label import Part, Tag, Theme
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.telling import KIND_TOLD, MISSING, Around, told
from kapjournal.domain.timeline import amended, first_dose_s, place_s

ROWS_ON_A_PAGE = 24
LATE_S = 120  # where written and noticed lie closer, it was simply typed as it happened

PART_2_NOTICE = (
    "42 CFR part 2 prohibits unauthorized use or disclosure of these records. They are about the treatment of a "
    "substance use disorder and may be passed on only as the client’s written consent or that law allows."
)
PRIVATE_NOTICE = (
    "These pages hold psychotherapy notes, passed on with the client’s written authorization. "
    "They may not be passed on again without another one."
)
UNIQUE_NOTICE = (
    "Names, dates and places were taken out. A story that is like no other can still tell who someone is: "
    "read it alone, and keep no copy longer than you need it."
)
NOT_FURTHER = "Not for disclosure beyond the named recipient."

_ACTIONS = {
    Action.LATE_ENTRY: "Late entry",
    Action.ADDENDUM: "Addendum",
    Action.CORRECTION: "Correction",
    Action.RETRACTION: "Taken back",
}
# Told whole by the row's own sentence.
_TOLD_WHOLE = frozenset({Kind.DOSE, Kind.VITALS, Kind.SUDS, Kind.SEDATION, Kind.PHASE, Kind.MUSIC, Kind.PART})

Kept = TypeVar("Kept", bound=Record)


class _Shelf(NamedTuple):
    """The records that go, laid out by what they belong to."""

    client: Client
    sessions: tuple[Session, ...]
    in_session: Mapping[str | None, list[Amended]]
    labels: Mapping[str, tuple[str, ...]]  # of an entry, with their signs
    part_names: Mapping[str, str]
    consultation: bool


def document(records: Sequence[Record], contents: Contents, sender: str) -> Document:
    """Everything the reader sees of `records`, which are those of one bundle."""
    shelf = _shelved(records, consultation=contents.form == Form.CONSULTATION)
    recipients = ", ".join(one.name or one.key or "" for one in contents.recipients)
    made = contents.created
    about = f"{shelf.client.alias}, for {recipients}, from {sender}, prepared {day_text(made.date())}"
    pages = [page for session in shelf.sessions for page in _session_pages(session, shelf, about)]
    pages += _between(shelf, about)
    return Document(
        title=shelf.client.alias,
        about=about,
        notices=tuple(_notices(contents)),
        summary=summary_pages(records, contents, about),
        sessions=tuple(pages),
        made_at=made,
    )


def _notices(contents: Contents) -> Iterator[str]:
    if contents.part_2:
        yield PART_2_NOTICE
    if RecordClass.PRIVATE in contents.record_classes:
        yield PRIVATE_NOTICE
    if contents.form == Form.CONSULTATION:
        yield UNIQUE_NOTICE
    yield NOT_FURTHER


def _of_type(records: Iterable[Record], kind: type[Kept]) -> list[Kept]:
    return [record for record in records if isinstance(record, kind)]


def _shelved(records: Sequence[Record], *, consultation: bool) -> _Shelf:
    clients = _of_type(records, Client)
    in_session: defaultdict[str | None, list[Amended]] = defaultdict(list)
    for one in amended(_of_type(records, Entry), _of_type(records, Amendment)):
        in_session[one.original.session].append(one)
    names = {theme.id: f"#{theme.name}" for theme in _of_type(records, Theme)}
    parts = {part.id: part.name for part in _of_type(records, Part)}
    labels: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for tag in _of_type(records, Tag):
        name = names.get(tag.theme or "") or f"@{parts.get(tag.part or '', '')}"
        labels[tag.entry] = (*labels[tag.entry], name)
    sessions = sorted(_of_type(records, Session), key=_begun)
    client = clients[0] if clients else Client(id="unknown", alias="Unknown")
    return _Shelf(client, tuple(sessions), in_session, labels, parts, consultation)


def _begun(session: Session) -> float:
    begun = session.started_at or session.planned_for
    return begun.timestamp() if begun else float("inf")


# --- pages ------------------------------------------------------------------------------------------------------


def session_title(session: Session) -> str:
    """`Dosing 2`."""
    return session.kind.capitalize() + (f" {session.number}" if session.number is not None else "")


def _session_pages(session: Session, shelf: _Shelf, about: str) -> Iterator[Page]:
    notes = shelf.in_session.get(session.id, [])
    dose = first_dose_s(session, (one.original for one in notes if not one.retracted))
    ordered = sorted(notes, key=lambda one: place_s(one.original, session))
    rows = [_row(one, _since(place_s(one.original, session), dose), session, shelf) for one in ordered]
    yield from _paged(session_title(session), _when(session, shelf), rows)


def _between(shelf: _Shelf, about: str) -> Iterator[Page]:
    notes = sorted(shelf.in_session.get(None, []), key=lambda one: one.original.noticed_at)
    if notes:
        yield from _paged("Between sessions", about, [_row(one, "", None, shelf) for one in notes])


def _paged(title: str, subtitle: str, rows: Sequence[Row]) -> Iterator[Page]:
    for begin in range(0, max(len(rows), 1), ROWS_ON_A_PAGE):
        yield Page(
            title=title if begin == 0 else f"{title}, continued",
            subtitle=subtitle,
            rows=tuple(rows[begin : begin + ROWS_ON_A_PAGE]),
            closing=(NOT_FURTHER,),
        )


def _when(session: Session, shelf: _Shelf) -> str:
    if session.started_at is None or shelf.consultation:
        return session.setting or ""
    ended = f" to {clock_text(session.ended_at)}" if session.ended_at else ""
    closed = "" if session.closed_at else ", not closed yet"
    day = day_text(session.started_at.date())
    setting = f". {session.setting}" if session.setting else ""
    return f"{day}, {clock_text(session.started_at)}{ended}{closed}{setting}"


def _since(place: float, dose: float | None) -> str:
    return "" if dose is None else since_text(place - dose).replace("-", "−")


# --- rows -------------------------------------------------------------------------------------------------------


def _row(one: Amended, since: str, session: Session | None, shelf: _Shelf) -> Row:
    entry = one.original
    around = Around(part_names=shelf.part_names)
    text = "".join(stretch.text for stretch in told(entry, None, around) if stretch.style != MISSING).strip()
    labels = shelf.labels.get(entry.id, ())
    return Row(
        entry=entry.id,
        wall=_wall(entry.noticed_at, session, shelf),
        since=since,
        kind=entry.kind,
        label=KIND_TOLD[entry.kind].label,
        text=text,
        details=_beyond(entry, text, shelf),
        notes=(*(_amendment(a, shelf) for a in one.amendments), *([" ".join(labels)] if labels else [])),
        flags=tuple(_flags(entry, session, shelf)),
        private=entry.in_class is RecordClass.PRIVATE,
        retracted=one.retracted,
    )


def _wall(at: datetime, session: Session | None, shelf: _Shelf) -> str:
    if shelf.consultation:
        return ""
    same_day = session is not None and session.started_at is not None and session.started_at.date() == at.date()
    return clock_text(at) if same_day else f"{day_text(at.date())}, {clock_text(at)}"


def _beyond(entry: Entry, text: str, shelf: _Shelf) -> str:
    """The details that the row's sentence does not say."""
    if entry.details is None or entry.kind in _TOLD_WHOLE:
        return ""
    return _fields(_content(entry.details), shelf, text.casefold())


def _content(details: Details) -> dict[str, Any]:
    return details.model_dump(mode="json", by_alias=True, exclude_none=True)


def _fields(details: Mapping[str, Any], shelf: _Shelf, said: str = "") -> str:
    shown = ((name, _value(name, value, shelf)) for name, value in details.items() if name != "rank")
    return " · ".join(_worded(name, value) for name, value in shown if value.casefold() not in said)


def _worded(name: str, value: str) -> str:
    """A field in the words of the reading copy of a journal: `oxygen saturation: 97 %`, `about: safety plan`."""
    label, unit = FIELDS.get(name, (name.replace("_", " "), ""))
    return f"{label}: {value}{unit}"


def _value(name: str, value: object, shelf: _Shelf) -> str:
    if value is None:
        return "taken out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join("left out" if item is None else str(item) for item in value)
    if name == "part":
        return f"@{shelf.part_names.get(str(value), 'unknown')}"
    return _as_moment(str(value), shelf).replace("_", " ")


def _as_moment(value: str, shelf: _Shelf) -> str:
    """Days and moments in words; anything else as it is."""
    try:
        at = datetime.fromisoformat(value) if "T" in value else None
        day = date.fromisoformat(value) if at is None else at.date()
    except ValueError:
        return value
    if shelf.consultation:
        return "then"
    return f"{day_text(day)}, {clock_text(at)}" if at else day_text(day)


def _amendment(amendment: Amendment, shelf: _Shelf) -> str:
    written = "" if shelf.consultation else f", written {_moment(amendment.written_at)}"
    said = (
        amendment.text or "",
        _fields(amendment.details or {}, shelf),
        f"reason: {amendment.reason}" if amendment.reason else "",
    )
    words = "; ".join(part for part in said if part)
    return f"{_ACTIONS[amendment.action]}{written}" + (f": {words}" if words else "")


def _moment(at: datetime) -> str:
    return f"{day_text(at.date())}, {clock_text(at)}"


def _flags(entry: Entry, session: Session | None, shelf: _Shelf) -> Iterator[str]:
    if entry.in_class is RecordClass.PRIVATE:
        yield "private"
    if entry.starred:
        yield "marked"
    if entry.voice == "client":
        yield "by the client"
    if entry.origin is not None:
        yield "received from a colleague"
    if entry.written_at and (entry.written_at - entry.noticed_at).total_seconds() > LATE_S:
        late = session and session.closed_at and entry.written_at > session.closed_at
        written = "later" if shelf.consultation else _moment(entry.written_at)
        yield f"{'late entry, ' if late else ''}written {written}"

"""The journal as one HTML file for people: by client and session, along the time since the first dose.

What the therapist wrote of their own state is not in it, but in a file of its own (`own_copy`), for this one may be
given to somebody else to read.

No scripts, nothing loaded from anywhere, every word escaped; the content security policy says so to the browser and
lets in the one style sheet by its hash. Amendments stand beside the originals.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any

from kapjournal.application.ports import Journal, kept_versions
from kapjournal.application.reading_style import STYLE
from kapjournal.domain.course import Client, Course, Session
from kapjournal.domain.entry import Action, Amendment, EarlierWording, Entry, Kind, RecordClass
from kapjournal.domain.label import Link, Part, Tag, TagState
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.timeline import first_dose_s, place_s
from kapjournal.domain.versions import all_versions, earlier_wordings

_LABELS = {
    Kind.OBSERVATION: "Observed",
    Kind.QUOTE: "Client’s words",
    Kind.INTERVENTION: "I offered",
    Kind.SELF: "My own state",
    Kind.SUDS: "Distress (SUDS)",
    Kind.PART: "Part seen",
    Kind.ACCOUNT: "Own account",
}
_ACTIONS = {
    Action.LATE_ENTRY: "Late entry",
    Action.ADDENDUM: "Addendum",
    Action.CORRECTION: "Correction",
    Action.RETRACTION: "Taken back",
}
FIELDS = {
    "amount_mg": ("amount", " mg"),
    "hold_min": ("held", " min"),
    "systolic": ("upper blood pressure", " mmHg"),
    "diastolic": ("lower blood pressure", " mmHg"),
    "heart_rate": ("pulse", " a minute"),
    "spo2": ("oxygen saturation", " %"),
    "resp_rate": ("breaths", " a minute"),
    "temp_c": ("temperature", " °C"),
    "weight_kg": ("weight", " kg"),
}
_FOOT = "</main></body></html>\n"
# Where written and noticed lie closer, the entry was simply typed as it happened.
_LATE_S = 120

_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def reading_copy(journal: Journal, made_at: datetime) -> Iterator[str]:
    """The file, piece by piece."""
    yield from _head(made_at, "Journal", "private notes included")
    shelf = _Shelf(journal, own=False)
    for client in journal.clients():
        yield from _client(client, shelf)
    yield _FOOT


def own_copy(journal: Journal, made_at: datetime) -> Iterator[str]:
    """The therapist's own notes alone, piece by piece."""
    yield from _head(made_at, "My own notes", "and it is about yourself")
    shelf = _Shelf(journal, own=True)
    for client in journal.clients():
        own = [entry for entry in shelf.entries if entry.client == client.id]
        if own:
            yield f'<section class="client"><h2>{_text(client.alias)}</h2>\n<ol class="stream between">\n'
            for entry in sorted(own, key=lambda e: e.noticed_at):
                yield _entry(entry, None, shelf)
            yield "</ol></section>\n"
    yield _FOOT


class _Shelf:
    """The journal's records, laid out by what they belong to: the therapist's `own` notes, or all others."""

    def __init__(self, journal: Journal, *, own: bool) -> None:
        self.names = {theme.id: theme.name for theme in journal.themes()}
        self.courses: dict[str, list[Course]] = _by(journal.courses(), "client")
        self.sessions: dict[str, list[Session]] = _by(journal.sessions(), "client")
        self.parts: dict[str, list[Part]] = _by(journal.parts(), "client")
        self.part_names = {part.id: part.name for parts in self.parts.values() for part in parts}
        self.amendments: dict[str, list[Amendment]] = _by(journal.amendments(), "entry")
        self.tags: dict[str, list[Tag]] = _by(journal.tags(), "entry")
        self.links: dict[str, list[Link]] = _by(journal.links(), "source")
        self.disclosures = _by(journal.disclosures(), "client")
        entries = tuple(e for e in journal.entries() if (e.kind is Kind.SELF) is own)
        self.entries = entries
        self.anchors = {entry.id: f"e{number}" for number, entry in enumerate(entries, start=1)}
        self.earlier: dict[str, tuple[EarlierWording, ...]] = {
            entry.id: earlier_wordings(all_versions(kept_versions(journal, entry.id)))
            for entry in entries
            if entry.kind is Kind.INTENTION
        }
        self.moments = {entry.id: entry.noticed_at for entry in entries}
        self.in_session: dict[str | None, list[Entry]] = _by((e for e in entries if e.session), "session")
        self.between: dict[str, list[Entry]] = _by((e for e in entries if not e.session), "client")

    def taken_back(self, entry: Entry) -> bool:
        return any(a.action is Action.RETRACTION for a in self.amendments[entry.id])


def _by(records: Iterable[Any], field: str) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        groups[getattr(record, field)].append(record)
    return groups


def _head(made_at: datetime, name: str, inside: str) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">\n'
    yield f'<meta name="color-scheme" content="light dark"><title>{name}</title>\n<style>{STYLE}</style></head>\n'
    yield f'<body><main><header><h1>{name}</h1><p class="warning">This copy is not encrypted. Whoever has the file '
    yield f"can read it, {inside}. Keep it only as long as you need it.</p>"
    yield f'<p class="quiet">Made on {_day(made_at)} at {clock_text(made_at)}. Times are as they were on the spot; '
    yield "T+ is hours and minutes since the first dose.</p></header>\n"


def _client(client: Client, shelf: _Shelf) -> Iterator[str]:
    yield f'<section class="client"><h2>{_text(client.alias)}</h2>\n'
    facts = client.model_dump(exclude={"type", "id", "alias", "origin"}, exclude_none=True)
    yield _facts((name.replace("_", " "), str(value)) for name, value in facts.items())
    for course in shelf.courses[client.id]:
        yield f"<h3>{_text(course.title or 'Course')}</h3>{_facts(_course_facts(course))}\n"
    if parts := shelf.parts[client.id]:
        yield "<h3>Parts</h3>" + _facts((f"@{p.name}", " · ".join(_known(p)) or "seen") for p in parts)
    for session in sorted(shelf.sessions[client.id], key=_session_order):
        yield from _session(session, shelf)
    if between := shelf.between[client.id]:
        yield '<section class="session"><h3>Between sessions</h3><ol class="stream between">\n'
        for entry in sorted(between, key=lambda e: e.noticed_at):
            yield _entry(entry, None, shelf)
        yield "</ol></section>\n"
    if disclosures := shelf.disclosures[client.id]:
        yield "<h3>Handed over</h3>" + _facts(
            (_moment(d.sealed_at), f"{d.what}, to {d.recipient}, for {d.purpose}") for d in disclosures
        )
    yield "</section>\n"


def _known(part: Part) -> Iterator[str]:
    said = {"protects": part.protects, "feels": part.age, "in the body": part.body, "fears": part.fears}
    yield from filter(None, (part.role, part.notes))
    yield from (f"{what} {words}" for what, words in said.items() if words)


def _course_facts(course: Course) -> Iterator[tuple[str, str]]:
    facts = course.model_dump(mode="json", exclude={"type", "id", "client", "title", "origin"}, exclude_none=True)
    for name, value in facts.items():
        if name == "vitals_schedule":
            yield "vitals due", ", ".join(str(minute) for minute in value) + " minutes after the first dose"
        elif name == "limits":
            yield "prescriber’s limits", ", ".join(f"{FIELDS[k][0]} {v}{FIELDS[k][1]}" for k, v in value.items())
        else:
            yield name.replace("_", " "), str(value)


def _session_order(session: Session) -> float:
    begun = session.started_at or session.planned_for
    return begun.timestamp() if begun else float("inf")


def _session(session: Session, shelf: _Shelf) -> Iterator[str]:
    number = f" {session.number}" if session.number is not None else ""
    yield f'<section class="session"><h3>{session.kind.capitalize()}{number}</h3>'
    times = ("planned_for", "started_at", "ended_at", "closed_at")
    facts = [(name.split("_")[0], _moment(at)) for name in times if (at := getattr(session, name))]
    yield _facts([*facts, *([("setting", session.setting)] if session.setting else [])])
    entries = shelf.in_session[session.id]
    kept = [entry for entry in entries if not shelf.taken_back(entry)]
    dose = first_dose_s(session, kept)
    yield f'<ol class="stream{"" if dose is not None else " undosed"}">\n'
    for entry in sorted(entries, key=lambda e: place_s(e, session)):
        since = None if dose is None else place_s(entry, session) - dose
        yield _entry(entry, since, shelf, session)
    yield "</ol></section>\n"


def _entry(entry: Entry, since: float | None, shelf: _Shelf, session: Session | None = None) -> str:
    amendments = shelf.amendments[entry.id]
    gone = shelf.taken_back(entry)
    classes = " ".join(
        [
            f"kind-{entry.kind}",
            *(["private"] if entry.in_class is RecordClass.PRIVATE else []),
            *(["gone"] if gone else []),
        ]
    )
    at = entry.noticed_at
    wall = clock_text(at) if _same_day(at, session) else f"{_day(at)}, {clock_text(at)}"
    plus = "" if since is None else f'<span class="since">{_plus(since)}</span>'
    content = _content(entry, amendments, shelf)
    return (
        f'<li id="{shelf.anchors[entry.id]}" class="{classes}"><time datetime="{at.isoformat()}">{wall}</time>'
        f'{plus}<span class="label">{_label(entry.kind)}</span>'
        f'<div class="content">{f"<s>{content}</s>" if gone else content}{_chips(entry, shelf)}{_links(entry, shelf)}'
        f"{''.join(_earlier(e, shelf) for e in shelf.earlier.get(entry.id, ()))}"
        f"{''.join(_amendment(a, shelf) for a in amendments)}</div>"
        f'<span class="flags">{" · ".join(_flags(entry, session))}</span></li>\n'
    )


def _content(entry: Entry, amendments: list[Amendment], shelf: _Shelf) -> str:
    text = f"“{entry.text}”" if entry.kind is Kind.QUOTE else entry.text
    words = f'<span class="words" dir="auto">{_text(text)}</span>' if entry.text else ""
    given = entry.details.model_dump(mode="json", by_alias=True, exclude_none=True) if entry.details else {}
    replaced = {name for a in amendments if a.action is Action.CORRECTION for name in a.details or {}}
    return words + _details(given, shelf, replaced)


def _details(details: dict[str, Any], shelf: _Shelf, replaced: Iterable[str] = ()) -> str:
    shown = []
    for name, value in details.items():
        if name == "received":  # keys and ids of a bundle, which say nothing to a reader
            continue
        label, unit = FIELDS.get(name, (name.replace("_", " "), ""))
        said = f"{_text(label)} <b>{_value(name, value, shelf)}{unit}</b>"
        shown.append(f"<s>{said}</s>" if name in replaced else said)
    return f'<span class="details">{" · ".join(shown)}</span>' if shown else ""


def _value(name: str, value: object, shelf: _Shelf) -> str:
    if value is None:
        return "taken out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(str(item)) for item in value)
    if name == "part":
        return _text("@" + shelf.part_names.get(str(value), "unknown"))
    return _text(str(value))


def _earlier(one: EarlierWording, shelf: _Shelf) -> str:
    words = f'<span class="words" dir="auto"><s>{_text(one.text)}</s></span>' if one.text else ""
    return (
        f'<div class="amendment"><span class="label">Earlier wording, until {_moment(one.until)}</span>{words}'
        f"{_details(one.details or {}, shelf)}</div>"
    )


def _amendment(amendment: Amendment, shelf: _Shelf) -> str:
    words = f'<span class="words" dir="auto">{_text(amendment.text)}</span>' if amendment.text else ""
    reason = f'<span class="quiet">reason: {_text(amendment.reason)}</span>' if amendment.reason else ""
    return (
        f'<div class="amendment"><span class="label">{_ACTIONS[amendment.action]}, written '
        f"{_moment(amendment.written_at)}</span>{words}{_details(amendment.details or {}, shelf)}{reason}</div>"
    )


def _chips(entry: Entry, shelf: _Shelf) -> str:
    chips = []
    for tag in shelf.tags[entry.id]:
        if tag.state is TagState.ACCEPTED:
            name = f"#{shelf.names.get(tag.theme, '')}" if tag.theme else f"@{shelf.part_names.get(tag.part or '', '')}"
            chips.append(f'<span class="{"theme" if tag.theme else "part"}">{_text(name)}</span>')
    return f'<span class="chips">{" ".join(chips)}</span>' if chips else ""


def _links(entry: Entry, shelf: _Shelf) -> str:
    return "".join(
        f'<a href="#{shelf.anchors[link.target]}">{link.relation.replace("_", " ")} the note of '
        f"{_moment(shelf.moments[link.target])}</a>"
        for link in shelf.links[entry.id]
        if link.target in shelf.anchors
    )


def _flags(entry: Entry, session: Session | None) -> Iterator[str]:
    if entry.in_class is RecordClass.PRIVATE:
        yield "private"
    if entry.starred:
        yield "marked"
    if entry.voice == "client":
        yield "by the client"
    if entry.origin:
        yield "received from a colleague"
    if entry.written_at and (entry.written_at - entry.noticed_at).total_seconds() > _LATE_S:
        late = session and session.closed_at and entry.written_at > session.closed_at
        yield f"{'late, ' if late else ''}written {_moment(entry.written_at)}"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f'<dt>{_text(name)}</dt><dd dir="auto">{_text(value)}</dd>' for name, value in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _plus(since: float) -> str:
    return f"T{'' if since < 0 else '+'}{since_text(since)}".replace("-", "−")


def _label(kind: Kind) -> str:
    return _LABELS.get(kind, kind.capitalize())


def _same_day(at: datetime, session: Session | None) -> bool:
    return session is not None and session.started_at is not None and session.started_at.date() == at.date()


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B} {at.year}"


def _moment(at: datetime) -> str:
    return f"{_day(at)}, {clock_text(at)}"


def _text(words: str) -> str:
    """Words as they may stand in HTML; control characters become signs that can be seen."""
    seen = "".join(chr(0x2400 + ord(c)) if c < " " and c not in "\n\t" else c for c in words)
    return escape(seen.replace("\x7f", "\u2421"))

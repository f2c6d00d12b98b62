"""`kapjournal list`: what is in the journal, as rows for programs and as tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from kapjournal.application.ports import Journal
from kapjournal.cli.arguments import Usage
from kapjournal.cli.output import table
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Action, Amendment, Entry
from kapjournal.domain.label import Tag, TagState
from kapjournal.domain.moment import since_text
from kapjournal.domain.timeline import first_dose_s, place_s

Row = dict[str, Any]


class Chosen(NamedTuple):
    """What the list is narrowed to; None is everything. `clients` are ids."""

    clients: frozenset[str] | None
    session: Session | None

    def has(self, client: str) -> bool:
        return self.clients is None or client in self.clients


def rows(journal: Journal, what: str, client: str | None, session: str | None) -> list[Row]:
    """The rows of one list, each with the fields of the interchange format and some that are worked out."""
    if session is not None and what not in {"sessions", "entries"}:
        raise Usage(f"--session narrows sessions and entries, not {what}.")
    return _LISTS[what](journal, _chosen(journal, client, session))


def lines(what: str, listed: list[Row]) -> list[str]:
    """The same for people."""
    if not listed:
        return [f"There are no {what} to show."]
    columns = _COLUMNS[what]
    return table([head for head, _ in columns], [[show(row) for _, show in columns] for row in listed])


def _chosen(journal: Journal, alias: str | None, session: str | None) -> Chosen:
    clients = None
    if alias is not None:
        clients = frozenset(
            c.id for c in journal.clients() if alias.casefold() in {c.alias.casefold(), c.id.casefold()}
        )
        if not clients:
            raise Usage(f"There is no client “{alias}” in this journal. See kapjournal list clients.")
    if session is None:
        return Chosen(clients, None)
    found = next((s for s in journal.sessions() if s.id == session), None)
    if found is None:
        raise Usage(f"There is no session “{session}” in this journal. See kapjournal list sessions.")
    return Chosen(clients, found)


def _clients(journal: Journal, chosen: Chosen) -> list[Row]:
    sessions = journal.sessions()
    return [
        {**_fields(client), "sessions": sum(s.client == client.id for s in sessions)}
        for client in journal.clients()
        if chosen.has(client.id)
    ]


def _sessions(journal: Journal, chosen: Chosen) -> list[Row]:
    aliases = _aliases(journal)
    return [
        {**_fields(s), "alias": aliases[s.client], "running": s.running}
        for s in journal.sessions()
        if chosen.has(s.client) and chosen.session in {None, s}
    ]


def _entries(journal: Journal, chosen: Chosen) -> list[Row]:
    if chosen.session is None:
        entries, amendments, tags = journal.entries(), journal.amendments(), journal.tags()
        sessions = {session.id: session for session in journal.sessions()}
    else:
        session, entries, amendments, tags = journal.session_record(chosen.session.id)
        sessions = {session.id: session}
    told = _by_entry(amendments)
    gone = {a.entry for a in amendments if a.action is Action.RETRACTION}
    doses = _first_doses(sessions, [entry for entry in entries if entry.id not in gone])
    labels = _labels(journal, tags)
    rows = []
    for entry in entries:
        if not chosen.has(entry.client):
            continue
        session_of, dose = sessions.get(entry.session or ""), doses.get(entry.session or "")
        since = place_s(entry, session_of) - dose if session_of and dose is not None else None
        worked_out = {"since_dose_s": since, "retracted": entry.id in gone, **labels.get(entry.id, _NO_LABELS)}
        rows.append({**_fields(entry), **worked_out, "amendments": told.get(entry.id, [])})
    return rows


_NO_LABELS: Row = {"themes": [], "parts": []}


def _by_entry(amendments: Iterable[Amendment]) -> dict[str, list[Row]]:
    told: dict[str, list[Row]] = {}
    for amendment in amendments:
        told.setdefault(amendment.entry, []).append(_fields(amendment))
    return told


def _first_doses(sessions: dict[str, Session], entries: Iterable[Entry]) -> dict[str, float]:
    by_session: dict[str, list[Entry]] = {}
    for entry in entries:
        by_session.setdefault(entry.session or "", []).append(entry)
    doses = {id_: first_dose_s(session, by_session.get(id_, ())) for id_, session in sessions.items()}
    return {id_: dose for id_, dose in doses.items() if dose is not None}


def _labels(journal: Journal, tags: Iterable[Tag]) -> dict[str, Row]:
    themes = {theme.id: theme.name for theme in journal.themes()}
    parts = {part.id: part.name for part in journal.parts()}
    labels: dict[str, Row] = {}
    for tag in tags:
        if tag.state is TagState.ACCEPTED:
            of_entry = labels.setdefault(tag.entry, {"themes": [], "parts": []})
            if tag.theme:
                of_entry["themes"].append(themes[tag.theme])
            if tag.part:
                of_entry["parts"].append(parts[tag.part])
    return labels


def _themes(journal: Journal, chosen: Chosen) -> list[Row]:
    clients = {entry.id: entry.client for entry in journal.entries()}
    used = Counter(
        tag.theme
        for tag in journal.tags()
        if tag.theme and tag.state is TagState.ACCEPTED and chosen.has(clients[tag.entry])
    )
    themes = [theme for theme in journal.themes() if chosen.clients is None or used[theme.id]]
    return [{**_fields(theme), "entries": used[theme.id]} for theme in themes]


def _parts(journal: Journal, chosen: Chosen) -> list[Row]:
    aliases = _aliases(journal)
    return [{**_fields(p), "alias": aliases[p.client]} for p in journal.parts() if chosen.has(p.client)]


def _disclosures(journal: Journal, chosen: Chosen) -> list[Row]:
    aliases = _aliases(journal)
    return [{**_fields(d), "alias": aliases[d.client]} for d in journal.disclosures() if chosen.has(d.client)]


def _aliases(journal: Journal) -> dict[str, str]:
    return {client.id: client.alias for client in journal.clients()}


def _fields(record: Record) -> Row:
    return {name: value for name, value in record.content().items() if name != "type"}


_LISTS: dict[str, Callable[[Journal, Chosen], list[Row]]] = {
    "clients": _clients,
    "sessions": _sessions,
    "entries": _entries,
    "themes": _themes,
    "parts": _parts,
    "disclosures": _disclosures,
}


def _field(name: str) -> Callable[[Row], str]:
    return lambda row: str(row.get(name, ""))


def _time(name: str) -> Callable[[Row], str]:
    """A time to the minute, as it was on the spot."""
    return lambda row: str(row.get(name, ""))[:16].replace("T", " ")


def _since(row: Row) -> str:
    return "" if row["since_dose_s"] is None else since_text(row["since_dose_s"])


def _said(row: Row) -> str:
    shown = {name: value for name, value in row.get("details", {}).items() if name != "received"}
    details = ", ".join(f"{name} {value}" for name, value in shown.items())
    told = [f"({amendment['action'].replace('_', ' ')})" for amendment in row["amendments"]]
    told += ["(received from a colleague)"] if row.get("origin") else []
    return " ".join(filter(None, [row["text"], f"[{details}]" if details else "", *told]))


_COLUMNS: dict[str, list[tuple[str, Callable[[Row], str]]]] = {
    "clients": [("alias", _field("alias")), ("sessions", _field("sessions")), ("id", _field("id"))],
    "sessions": [
        ("client", _field("alias")),
        ("kind", _field("kind")),
        ("number", _field("number")),
        ("began", _time("started_at")),
        ("closed", _time("closed_at")),
        ("id", _field("id")),
    ],
    "entries": [
        ("time", _time("noticed_at")),
        ("T+", _since),
        ("kind", _field("kind")),
        ("id", _field("id")),
        ("text", _said),
    ],
    "themes": [
        ("theme", _field("name")),
        ("family", _field("family")),
        ("entries", _field("entries")),
        ("id", _field("id")),
    ],
    "parts": [("part", _field("name")), ("role", _field("role")), ("client", _field("alias")), ("id", _field("id"))],
    "disclosures": [
        ("sealed", _time("sealed_at")),
        ("client", _field("alias")),
        ("to", _field("recipient")),
        ("for", _field("purpose")),
        ("id", _field("id")),
    ],
}

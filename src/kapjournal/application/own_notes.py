"""What the therapist wrote of their own state: over time, by client and theme, and what to take to consultation.

It is shown here and in the session it was written in, and nowhere else; it leaves the journal only chosen one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kapjournal.application.changes import Changes
from kapjournal.application.placed import Placed, placed
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.domain.course import Client, Record, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.domain.theme_list import CONSULT, FLAGS, TRANSFERENCE, every_theme, in_use

CHECK_PLACE = "self-care"  # where a check that is being written lies on the desk
OFFERED_FOR = timedelta(days=7)  # after a dosing day

# Own words, and no instrument: nothing here is scored.
QUESTIONS = (
    ("carry", "What am I still carrying from it?"),
    ("close", "Where was I closest to doing too much, or too little?"),
    ("boundary", "Did anything come near a boundary, theirs or mine?"),
    ("body", "How is my own body: food, air, movement, sleep?"),
    ("need", "What do I need before the next one?"),
)


class OwnNote(NamedTuple):
    """One note, with the themes that the therapist put on it."""

    placed: Placed
    client: Client
    themes: tuple[Theme, ...] = ()

    @property
    def id(self) -> str:
        """The id of its entry."""
        return self.placed.note.original.id

    @property
    def at(self) -> datetime:
        """When it was noticed."""
        return self.placed.note.original.noticed_at


class Own(NamedTuple):
    """All notes of the therapist's own, the latest first."""

    notes: tuple[OwnNote, ...] = ()
    consult: tuple[OwnNote, ...] = ()  # notes of any kind that are to be taken to consultation, the earliest first
    lately: tuple[tuple[Session, Client], ...] = ()  # dosing sessions of the last days, the latest first
    draft: str = ""  # a check that was begun
    aliases: Mapping[str, str] = {}  # of clients
    flags: tuple[Theme, ...] = ()  # what can be put on a note: transference, and the flags


def read_own(journal: Journal, clock: Clock, starter: Sequence[Theme]) -> Own:
    """Read them, over all clients."""
    clients = {client.id: client for client in journal.clients()}
    themes = {theme.id: theme for theme in every_theme(journal.themes(), starter)}
    on: dict[str, list[Theme]] = {}
    for tag in journal.tags():
        if tag.theme and tag.state is TagState.ACCEPTED:
            on.setdefault(tag.entry, []).append(themes[tag.theme])
    own = placed(journal, None, own=True)
    wanted = {entry for entry, found in on.items() if any(theme.id == CONSULT for theme in found)}
    others = placed(journal, None) if wanted - own.keys() else {}

    def note(key: str) -> OwnNote:
        one = own.get(key) or others[key]
        return OwnNote(one, clients[one.note.original.client], tuple(on.get(key, ())))

    return Own(
        notes=tuple(sorted(map(note, own), key=lambda n: n.at, reverse=True)),
        consult=tuple(sorted(map(note, wanted & (own.keys() | others.keys())), key=lambda n: n.at)),
        lately=_lately(journal, clock, clients),
        draft=journal.desk(CHECK_PLACE) or "",
        aliases={key: client.alias for key, client in clients.items()},
        flags=_flags(tuple(themes.values()), starter),
    )


def _flags(themes: Sequence[Theme], starter: Sequence[Theme]) -> tuple[Theme, ...]:
    named = {theme.name.casefold() for theme in starter if theme.id == TRANSFERENCE}
    found = (t for t in in_use(themes) if t.family == FLAGS or t.name.casefold() in named)
    return tuple(sorted(found, key=lambda t: (t.family == FLAGS, t.id == CONSULT)))


def _lately(journal: Journal, clock: Clock, clients: dict[str, Client]) -> tuple[tuple[Session, Client], ...]:
    since = clock.now().at - OFFERED_FOR
    held = [s for s in journal.sessions() if s.kind is SessionKind.DOSING and s.started_at and s.started_at >= since]
    held.sort(key=lambda s: s.started_at or since, reverse=True)
    return tuple((session, clients[session.client]) for session in held)


def put_check(journal: Journal, draft: str) -> None:
    """Lay a check that is being written on the desk; durable on return."""
    journal.put_on_desk(CHECK_PLACE, draft or None)


def keep_check(
    journal: Journal, clock: Clock, new_id: NewId, starter: Sequence[Theme], client: str, answers: dict[str, str],
    *, consult: bool = False,
) -> Changes:  # fmt: skip
    """Keep the answered questions as one note of the therapist's own; the others leave no trace."""
    said = [f"{question}\n{answers[key].strip()}" for key, question in QUESTIONS if answers.get(key, "").strip()]
    if not said:
        raise Refused("There are no words to keep yet. One answer is enough.")
    now = clock.now().at
    text = "\n\n".join(said)
    made = Entry(id=new_id(), client=client, kind=Kind.SELF, text=text, noticed_at=now)
    records: list[Record] = [made]
    if consult:
        flag = next(t for t in every_theme(journal.themes(), starter) if t.id == CONSULT)
        records += [flag, Tag(entry=made.id, theme=CONSULT, state=TagState.ACCEPTED, tagged_at=now)]
    return journal.keep(*records, desk={CHECK_PLACE: None})

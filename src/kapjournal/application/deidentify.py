"""A consultation copy: dates become session and time since dose, names become roles, and contact data goes.

What is found in words is marked and suggested for; the therapist goes through every passage before it is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from kapjournal.application.ports import NewId
from kapjournal.domain.bundle import Letter
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry
from kapjournal.domain.exchange import record_of
from kapjournal.domain.identifiers import Known, Mark, age_band, marks, names_in, replaced
from kapjournal.domain.label import Link, Part, Tag, Theme
from kapjournal.domain.timeline import place_s

THE_CLIENT = "the client"
# Every session lies on a day of its own, from here on, and begins at midnight: nothing of a calendar is left.
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)

_DATES = frozenset({"follow_up_on", "resolved_at", "until", "signed_on"})
# Words that the program gave, not the therapist.
_NOT_PROSE = frozenset({"code", "instrument", "part", "route"})


class Reviewed(BaseModel):
    """What was decided: the words of each passage as they shall go, by its key, and which passages were read.

    What nobody decided about goes with every suggestion taken. `unattended` is the command line, where nobody reads.
    """

    model_config = ConfigDict(frozen=True)

    decided: Mapping[str, str] = {}
    read: frozenset[str] = frozenset()
    unattended: bool = False


class Passage(NamedTuple):
    """Words that would go, with what was found in them; `suggested` is them with every suggestion taken."""

    key: str
    text: str
    marks: tuple[Mark, ...]
    suggested: str


class Copied(NamedTuple):
    """The records of a consultation copy, and the therapist's own words in it."""

    records: tuple[Record, ...]
    letter: Letter
    purpose: str


class Cleaner:
    """Knows who is meant in the records of one client; `others` are names from the rest of the journal."""

    def __init__(self, records: Sequence[Record], letter: Letter, purpose: str, others: Iterable[str] = ()) -> None:
        self._records, self._letter = records, letter
        self._words = {**dict(_words(records)), **_written(letter, purpose)}
        known = _known(records, others)
        found = names_in(self._words.values(), known)
        self._known = known._replace(names={**dict.fromkeys(found, "[name]"), **known.names})
        self._passages: dict[str, Passage] = {}

    def passages(self) -> tuple[Passage, ...]:
        """All words that would go, in the order in which they are read."""
        return tuple(self._passage(key, text) for key, text in self._words.items() if text.strip())

    def _passage(self, key: str, text: str) -> Passage:
        if key not in self._passages:
            found = marks(text, self._known)
            self._passages[key] = Passage(key, text, found, replaced(text, found))
        return self._passages[key]

    def told(self, key: str, reviewed: Reviewed) -> str:
        """A passage as it goes."""
        decided = reviewed.decided.get(key)
        return decided if decided is not None else self._passage(key, self._words[key]).suggested

    def unread(self, reviewed: Reviewed) -> tuple[str, ...]:
        """The keys of passages that nobody has read."""
        return tuple(key for key, text in self._words.items() if text.strip() and key not in reviewed.read)

    def copy(self, reviewed: Reviewed, new_id: NewId) -> Copied:
        """As it goes: new ids, no dates, no contact data, and the words as decided."""
        copy = _Copy(self._records, lambda key: self.told(key, reviewed), new_id)
        told: dict[str, Any] = {
            name: self.told(f"letter/{name}", reviewed) for name in ("questions", "helped", "did_not_help")
        }
        told["quotes"] = tuple(copy.ids[quote] for quote in self._letter.quotes if quote in copy.ids)
        purpose = self.told("letter/purpose", reviewed)
        return Copied(tuple(copy.records()), self._letter.model_copy(update=told), purpose)


# --- words ----------------------------------------------------------------------------------------------------------


def _words(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Every stretch of words in the records, by key."""
    for record in records:
        stem = f"{record.type}/{getattr(record, 'id', '')}"
        for name, text in _prose(record.content()):
            yield f"{stem}/{name}", text


_PROSE: dict[str, tuple[str, ...]] = {
    "client": ("diagnoses", "medicines", "allergies"),
    "course": ("title", "goals", "dose_range"),
    "session": ("setting",),
    "entry": ("text",),
    "amendment": ("text", "reason"),
    "theme": ("name", "family"),
    "part": ("name", "notes", "protects", "age", "body", "fears"),
}


def _prose(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _PROSE.get(content["type"], ()):
        if content.get(name):
            yield name, content[name]
    for name, value in (content.get("details") or {}).items():
        if isinstance(value, str) and name not in _DATES | _NOT_PROSE and " " in value.strip() + " ":
            yield f"details.{name}", value


def _written(letter: Letter, purpose: str) -> dict[str, str]:
    return {
        "letter/purpose": purpose,
        "letter/questions": letter.questions,
        "letter/helped": letter.helped,
        "letter/did_not_help": letter.did_not_help,
    }


def _known(records: Sequence[Record], others: Iterable[str]) -> Known:
    names = dict.fromkeys((one for one in others if len(one) > 2), "[another client]")
    for client in (record for record in records if isinstance(record, Client)):
        for told, role in ((client.prescriber, "the prescriber"), (client.emergency_contact, "[name]")):
            found = names_in([told or ""], Known()) | names_in([f"It is {told or ''}"], Known())
            names |= dict.fromkeys(found, role)
        names[client.alias] = THE_CLIENT
    spared = {r.name for r in records if isinstance(r, Part | Theme)}
    spared |= {word for name in spared for word in name.split()}
    return Known(names, dict(_days(records)), frozenset(spared))


def _days(records: Sequence[Record]) -> Iterator[tuple[date, str]]:
    for session in _sessions(records):
        if session.started_at:
            number = f" {session.number}" if session.number is not None else ""
            yield session.started_at.date(), f"the day of {session.kind.capitalize()}{number}"


def _sessions(records: Iterable[Record]) -> list[Session]:
    return sorted((r for r in records if isinstance(r, Session)), key=_begun)


def _begun(session: Session) -> float:
    return session.started_at.timestamp() if session.started_at else float("inf")


# --- the copy -------------------------------------------------------------------------------------------------------


class _Copy:
    """Makes each record anew."""

    def __init__(self, records: Sequence[Record], told: Any, new_id: NewId) -> None:  # noqa: ANN401 - key to words
        self._records, self._told = records, told
        self.ids = {r.id: new_id() for r in records if isinstance(r, Client | Course | Session | Entry | Amendment
                                                                   | Theme | Part)}  # fmt: skip
        self._sessions = {s.id: s for s in _sessions(records)}
        self._days = {id_: FIRST_DAY + timedelta(days=n) for n, id_ in enumerate(self._sessions)}
        self._entries = {r.id: r for r in records if isinstance(r, Entry)}

    def records(self) -> Iterator[Record]:
        for record in self._records:
            content = self._plain(record)
            match record:
                case Client():
                    content |= self._client(record)
                case Session():
                    content |= self._session(record)
                case Entry():
                    content["noticed_at"] = self._moment(record).isoformat()
                case Amendment():
                    after = self._moment(self._entries[record.entry]) + timedelta(hours=12)
                    content["written_at"] = after.isoformat()
            yield record_of(content)

    def _plain(self, record: Record) -> dict[str, Any]:
        """With new ids and the words as decided, and without what says when or from where."""
        left_out = {"written_at", "planned_for", "started_at", "ended_at", "closed_at", "tagged_at", "elapsed_s",
                    "origin", "earlier", "noticed_at"}  # fmt: skip
        content = {name: value for name, value in record.content().items() if name not in left_out}
        for name in ("id", "client", "course", "session", "entry", "theme", "part", "from", "to"):
            if content.get(name) in self.ids:
                content[name] = self.ids[content[name]]
        self._reword(record, content)
        return content

    def _reword(self, record: Record, content: dict[str, Any]) -> None:
        if isinstance(record, Tag | Link):
            return
        stem = f"{record.type}/{getattr(record, 'id', '')}"
        details = {name: value for name, value in (content.get("details") or {}).items() if name not in _DATES}
        if details.get("part") in self.ids:
            details["part"] = self.ids[details["part"]]
        for name, _ in tuple(_prose(record.content())):
            words = self._told(f"{stem}/{name}")
            if name.startswith("details."):
                details[name.removeprefix("details.")] = words
            else:
                content[name] = words
        if "details" in content:
            content["details"] = details

    def _client(self, client: Client) -> dict[str, Any]:
        begun = [s.started_at for s in self._sessions.values() if s.started_at]
        band = age_band(begun[0].year - client.birth_year) if begun and client.birth_year else None
        return {
            "alias": "The client",
            "contact": None,
            "emergency_contact": None,
            "prescriber": "the prescriber" if client.prescriber else None,
            "birth_year": None,
            "notes": f"Age {band} at the first session." if band else None,
        }

    def _session(self, session: Session) -> dict[str, Any]:
        begins = self._days[session.id]
        times: dict[str, Any] = {"started_at": begins.isoformat()} if session.started_at else {}
        for name in ("ended_at", "closed_at"):
            at: datetime | None = getattr(session, name)
            if at and session.started_at:
                times[name] = (begins + min(at - session.started_at, timedelta(hours=23))).isoformat()
        return times

    def _moment(self, entry: Entry) -> datetime:
        session = self._sessions.get(entry.session or "")
        if session is None:
            return self._between(entry)
        since = place_s(entry, session) if session.started_at else 0.0
        return self._days[session.id] + timedelta(seconds=since)

    def _between(self, entry: Entry) -> datetime:
        """After the session that it came after, in the order it was written."""
        before = [
            self._days[s.id] for s in self._sessions.values() if s.started_at and s.started_at <= entry.noticed_at
        ]
        return (before[-1] if before else FIRST_DAY - timedelta(days=1)) + timedelta(hours=23)

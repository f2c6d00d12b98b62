"""What leaves the journal, why the rest stays, and the record of what has left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

from kapjournal.domain.course import Client, Course, Id, Record, Session
from kapjournal.domain.entry import AgreementDetails, Amendment, ContactDetails, Entry, Kind, PartDetails, RecordClass
from kapjournal.domain.label import Link, Part, Tag, TagState, Theme


class Disclosure(Record):
    """One handover that was sealed: what went, to whom and why."""

    type: Literal["disclosure"] = "disclosure"
    id: Id
    client: Id
    sealed_at: AwareDatetime
    recipient: str
    purpose: str
    what: str
    authorization: str | None = None
    bundle_id: str


class Why(StrEnum):
    """Why something stays."""

    PRIVATE = "private"  # a psychotherapy note that was not chosen
    OWN_STATE = "own_state"  # the therapist's own, which goes one by one or not at all
    NOT_CHOSEN = "not_chosen"
    OTHER_SESSION = "other_session"
    PART_STAYS = "part_stays"  # names a part that stays
    OF_THE_JOURNAL = "of_the_journal"  # on what was received or authorized, which concerns this journal alone


class Group(NamedTuple):
    """The entries of one kind and class in one session, or between sessions."""

    session: Id | None
    kind: Kind
    record_class: RecordClass


class Selection(BaseModel):
    """What shall go of one client's record. As it is made it is the whole clinical record and nothing private.

    `sessions` are those that go, `None` among them for what lies between sessions; left out, all of them.
    `off` are groups of the clinical record that stay, `private` groups of private notes that go. `entries` go one by
    one, whatever group they are in, which is the only way for the therapist's own state; `without` stay, one by one.
    """

    model_config = ConfigDict(frozen=True)

    client: Id
    sessions: frozenset[Id | None] | None = None
    off: frozenset[Group] = frozenset()
    private: frozenset[Group] = frozenset()
    entries: frozenset[Id] = frozenset()
    without: frozenset[Id] = frozenset()
    themes: frozenset[Id] = frozenset()
    parts: frozenset[Id] = frozenset()


class Staying(NamedTuple):
    """An entry that stays, and why."""

    entry: Entry
    why: Why


class Outgoing(NamedTuple):
    """Exactly the records that go, each after those it names, and the entries of the client that stay."""

    records: tuple[Record, ...]
    stays: tuple[Staying, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that go, in the order they were written."""
        return tuple(record for record in self.records if isinstance(record, Entry))

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the entries that go."""
        return frozenset(entry.id for entry in self.entries)

    @property
    def private(self) -> tuple[Entry | Part, ...]:
        """What of it needs the client's written authorization: private notes, and parts with what is noted of them."""
        return tuple(
            record
            for record in self.records
            if isinstance(record, Part) or (isinstance(record, Entry) and record.in_class is RecordClass.PRIVATE)
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each type go."""
        return dict(Counter(record.type for record in self.records))

    @property
    def staying(self) -> dict[Why, int]:
        """How many entries stay for each reason."""
        return dict(Counter(one.why for one in self.stays))


class Holdings(NamedTuple):
    """What a journal holds of one client, and its themes; other clients' records in it are passed over."""

    client: Client
    courses: tuple[Course, ...]
    parts: tuple[Part, ...]
    sessions: tuple[Session, ...]
    entries: tuple[Entry, ...]
    amendments: tuple[Amendment, ...]
    themes: tuple[Theme, ...]
    tags: tuple[Tag, ...]
    links: tuple[Link, ...]


def group_of(entry: Entry) -> Group:
    """The group that an entry belongs to."""
    return Group(entry.session, entry.kind, entry.in_class)


def outgoing(holdings: Holdings, selection: Selection) -> Outgoing:
    """Exactly what a selection means."""
    mine = [entry for entry in holdings.entries if entry.client == selection.client == holdings.client.id]
    sorted_out = [(entry, _why_it_stays(entry, selection)) for entry in mine]
    going = {entry.id: entry for entry, why in sorted_out if why is None}
    stays = tuple(Staying(entry, why) for entry, why in sorted_out if why is not None)
    return Outgoing(tuple(_records(holdings, selection, going)), stays)


def _why_it_stays(entry: Entry, selection: Selection) -> Why | None:
    if _of_the_journal(entry):
        return Why.OF_THE_JOURNAL
    if (why := _not_chosen(entry, selection)) is not None:
        return why
    named = entry.details.part if isinstance(entry.details, PartDetails) else None
    return Why.PART_STAYS if named is not None and named not in selection.parts else None


def _of_the_journal(entry: Entry) -> bool:
    """What was received, what was allowed for other handovers, and other wordings of what goes as it was written."""
    match entry.details:
        case ContactDetails(received=received):
            return received is not None
        case AgreementDetails(signed_on=signed_on):
            return signed_on is not None
        case _:
            return entry.beside is not None


def _not_chosen(entry: Entry, selection: Selection) -> Why | None:
    if entry.id in selection.entries:
        return None
    if entry.id in selection.without:
        return Why.NOT_CHOSEN
    if selection.sessions is not None and entry.session not in selection.sessions:
        return Why.OTHER_SESSION
    if entry.kind is Kind.SELF:
        return Why.OWN_STATE
    if entry.in_class is RecordClass.PRIVATE:
        return None if group_of(entry) in selection.private else Why.PRIVATE
    return Why.NOT_CHOSEN if group_of(entry) in selection.off else None


def _records(holdings: Holdings, selection: Selection, going: dict[str, Entry]) -> Iterator[Record]:
    named = {entry.session for entry in going.values()}
    sessions = [s for s in holdings.sessions if s.client == selection.client and _goes(s, named, selection)]
    courses = {session.course for session in sessions}
    parts = [p for p in holdings.parts if p.client == selection.client and p.id in selection.parts]
    themes = [theme for theme in holdings.themes if theme.id in selection.themes]
    yield of_the_client(holdings.client)
    yield from (c for c in holdings.courses if c.client == selection.client and c.id in courses)
    yield from (Theme(id=t.id, name=t.name, family=t.family) if t.family else Theme(id=t.id, name=t.name)
                for t in themes)  # fmt: skip
    yield from parts
    yield from sessions
    yield from (_as_it_stands(entry) for entry in going.values())
    yield from (amendment for amendment in holdings.amendments if _fits(amendment, going, selection))
    labels = {theme.id for theme in themes} | {part.id for part in parts}
    yield from _tags(holdings.tags, going, labels)
    yield from (link for link in holdings.links if link.source in going and link.target in going)


def _goes(session: Session, named: set[Id | None], selection: Selection) -> bool:
    """A session goes with its entries, or where it took place and was chosen; one that is only planned stays."""
    chosen = selection.sessions is None or session.id in selection.sessions
    return session.id in named or (chosen and session.started_at is not None)


def of_the_client(client: Client) -> Client:
    """What a colleague needs of the client: not the therapist's notes, nor what the journal does with the record."""
    content = client.content()
    for name in ("notes", "archived_on", "retain_until"):
        content.pop(name, None)
    return Client.model_validate(content)


def _as_it_stands(entry: Entry) -> Entry:
    """Without its earlier wordings, which are the work on the way to it."""
    if entry.earlier is None:
        return entry
    content = entry.content()
    del content["earlier"]
    return Entry.model_validate(content)


def _fits(amendment: Amendment, going: dict[str, Entry], selection: Selection) -> bool:
    """Amendments go with their entry, except one that names a part which stays."""
    if amendment.entry not in going:
        return False
    part = (amendment.details or {}).get("part")
    return going[amendment.entry].kind is not Kind.PART or part is None or part in selection.parts


def _tags(tags: Iterable[Tag], going: dict[str, Entry], labels: set[str]) -> Iterator[Tag]:
    for tag in tags:
        if tag.state is TagState.ACCEPTED and tag.entry in going and (tag.theme or tag.part) in labels:
            yield tag

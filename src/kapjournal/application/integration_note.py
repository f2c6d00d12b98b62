"""Write the integration note: a draft on the desk from the first key on, an entry of the record when it is kept.

In an integration session that is open, the entry can be written on and every keeping is a version of it. Without one it
is an entry by itself, which stays as it was kept; what is written afterwards is another note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from kapjournal.application.due import open_practices
from kapjournal.application.integrate import known_themes, meant_for
from kapjournal.application.plan_course import add_practice
from kapjournal.application.ports import Clock, Journal, NewId, Recall
from kapjournal.domain.course import Record, Session, SessionKind
from kapjournal.domain.course_plan import when
from kapjournal.domain.entry import Amended, Entry, IntentionState, Kind, PracticeDetails
from kapjournal.domain.errors import BadInput
from kapjournal.domain.intention import in_order, state_of, words_of
from kapjournal.domain.label import Link, Part, Relation, Tag, TagState, Theme
from kapjournal.domain.timeline import amended

KINDS = (Kind.INTENTION, Kind.PRACTICE, Kind.INSIGHT)
SUGGESTED = 3


class Half(BaseModel):
    """The note as it is being written. `quoted` names what was quoted, each with the block that stands in the text."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    text: str = ""
    quoted: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()  # themes and parts that were chosen for it
    echoes: tuple[str, ...] = ()  # intentions

    @property
    def empty(self) -> bool:
        """Nothing that could be lost."""
        return not (self.text.strip() or self.labels or self.echoes)


class IntentionNow(NamedTuple):
    """An intention and what became of it so far."""

    id: str
    words: str
    state: IntentionState
    session: Session | None  # the dosing session it was meant for


class Page(NamedTuple):
    """What the right of the screen shows, read at `at`."""

    at: datetime
    session: Session | None  # the integration session that is open
    last: Session | None  # the last dosing session that was begun
    half: Half
    kept: Half | None  # the note as it stands in the record
    practices: tuple[Amended, ...]  # that go on, and those agreed in the open session, the last one first
    intentions: tuple[IntentionNow, ...]  # that the note may echo, the last one first


class Suggested(NamedTuple):
    """A theme or part that the note may speak of, and the words that say so."""

    label: Theme | Part
    why: tuple[str, ...]


class Writer(NamedTuple):
    """Who writes where: the journal with its clock and ids, the client, and the themes that come with the program."""

    journal: Journal
    clock: Clock
    new_id: NewId
    client: str
    starter: tuple[Theme, ...] = ()


def note_place(client: str) -> str:
    """Where the half-written note lies on the desk."""
    return f"integrate:{client}"


def put_note(on: Writer, half: Half) -> datetime:
    """Lay the half-written note on the desk; durable on return, which says when."""
    on.journal.put_on_desk(note_place(on.client), _on_desk(half))
    return on.clock.now().at


def _on_desk(half: Half) -> str | None:
    return None if half.empty else half.model_dump_json(exclude_defaults=True)


def _read_half(content: str | None) -> Half:
    """What lay on the desk; what cannot be read any more becomes plain text rather than nothing."""
    try:
        return Half.model_validate_json(content) if content else Half()
    except ValueError:
        return Half(text=content or "")


def written_on(on: Writer) -> str:
    """The id of the note that is being written, if there is one; a note that stays as it is was written."""
    id_ = _read_half(on.journal.desk(note_place(on.client))).id
    standing = next((e for e in on.journal.entries(on.client, (Kind.INSIGHT,)) if e.id == id_), None)
    session = _open_integration(on.journal.sessions(on.client))
    return id_ if standing is None or (session and standing.session == session.id) else ""


def read_page(on: Writer) -> Page:
    """The note with what stands beside it."""
    journal, now = on.journal, on.clock.now().at
    sessions = journal.sessions(on.client)
    session = _open_integration(sessions)
    notes = amended(journal.entries(on.client, KINDS), journal.amendments(on.client, KINDS))
    half = _read_half(journal.desk(note_place(on.client)))
    standing = next((n.original for n in notes if n.original.id == half.id and not n.retracted), None)
    kept = _as_half(on, standing) if standing and session and standing.session == session.id else None
    if not half.id or (standing and not kept):  # nothing yet, or a note that stays as it is
        written = "" if standing and standing.text == half.text.strip() else half.text
        half = half.model_copy(update={"id": on.new_id(), "text": written}) if written else Half(id=on.new_id())
    return Page(
        now, session, _last_dosing(sessions), half, kept, _practices(on, notes, session), _intentions(notes, sessions)
    )


def _open_integration(sessions: Iterable[Session]) -> Session | None:
    """The integration session that was begun last and is not closed."""
    found = [s for s in sessions if s.kind is SessionKind.INTEGRATION and s.started_at and s.own_and_open]
    return max(found, key=_time_of, default=None)


def _last_dosing(sessions: Iterable[Session]) -> Session | None:
    begun = [s for s in sessions if s.kind is SessionKind.DOSING and s.started_at is not None]
    return max(begun, key=_time_of, default=None)


def _time_of(session: Session | None) -> float:
    at = when(session) if session else None
    return at.timestamp() if at else float("inf")


def _as_half(on: Writer, entry: Entry) -> Half:
    tags = [t for t in on.journal.tags(on.client) if t.entry == entry.id and t.state is TagState.ACCEPTED]
    targets = {link.target for link in on.journal.links() if link.source == entry.id}
    intentions = {e.id for e in on.journal.entries(on.client, (Kind.INTENTION,))}
    return Half(
        id=entry.id,
        text=entry.text,
        labels=tuple(t.theme or t.part or "" for t in tags),
        echoes=tuple(sorted(targets & intentions)),
    )


def _practices(on: Writer, notes: Sequence[Amended], session: Session | None) -> tuple[Amended, ...]:
    followed = frozenset(link.target for link in on.journal.links() if link.relation is Relation.FOLLOWS_UP)
    found = {note.original.id: note for note in open_practices(notes, followed)}
    here = session.id if session else ""
    found |= {n.original.id: n for n in notes if n.original.kind is Kind.PRACTICE and n.original.session == here}
    standing = (note for note in found.values() if not note.retracted)
    return tuple(sorted(standing, key=lambda note: note.original.noticed_at, reverse=True))


def _intentions(notes: Iterable[Amended], sessions: Sequence[Session]) -> tuple[IntentionNow, ...]:
    found = [
        IntentionNow(
            note.original.id,
            words_of(note.original, note.amendments).wording,
            state_of(note.original, note.amendments),
            meant_for(note.original, sessions),
        )
        for note in in_order(notes)
    ]
    begun = [one for one in found if one.session is not None and one.session.started_at is not None]
    ahead = [one for one in found if one not in begun]
    return (*sorted(begun, key=lambda one: _time_of(one.session), reverse=True), *ahead)


# --- keeping -------------------------------------------------------------------------------------------------------


def keep_note(on: Writer, half: Half) -> Page:
    """Make the note an entry, or a version of the one it was; with its labels and links, all in one."""
    if not half.text.strip():
        raise BadInput("There are no words to keep yet.")
    before = read_page(on)
    standing = next((e for e in on.journal.entries(on.client, (Kind.INSIGHT,)) if e.id == half.id), None)
    if standing is not None and before.kept is None:  # it stays as it is; this is another note
        standing, half = None, half.model_copy(update={"id": on.new_id()})
    entry = _entry(on, before, half, standing)
    was = before.kept or Half()
    desk = {note_place(on.client): _on_desk(half) if entry.session else None}
    on.journal.keep(*_new_themes(on, half), entry, *_tags(on, half, was), *_links(on, half), desk=desk)
    return read_page(on)


def _entry(on: Writer, before: Page, half: Half, standing: Entry | None) -> Entry:
    if standing is not None:
        return Entry.model_validate({**standing.content(), "text": half.text.strip()})
    given: dict[str, Any] = {"client": on.client, "kind": Kind.INSIGHT, "noticed_at": on.clock.now().at}
    if before.session is not None:
        given["session"] = before.session.id
    return Entry.model_validate({"id": half.id, "text": half.text.strip(), **given})


def _labels(on: Writer) -> Mapping[str, Theme | Part]:
    known: tuple[Theme | Part, ...] = (*on.journal.themes(), *known_themes(on.journal, on.starter))
    return {one.id: one for one in (*known, *on.journal.parts(on.client))}


def _new_themes(on: Writer, half: Half) -> Iterator[Theme]:
    kept = {theme.id for theme in on.journal.themes()}
    yield from (theme for theme in on.starter if theme.id in half.labels and theme.id not in kept)


def _tags(on: Writer, half: Half, was: Half) -> Iterator[Tag]:
    known, at = _labels(on), on.clock.now().at
    for id_ in (*half.labels, *was.labels):
        label = known.get(id_)
        if label is None or (id_ in half.labels and id_ in was.labels):
            continue
        state = TagState.ACCEPTED if id_ in half.labels else TagState.WITHDRAWN
        key = "part" if isinstance(label, Part) else "theme"
        yield Tag.model_validate({"entry": half.id, key: id_, "state": state, "tagged_at": at})


def _links(on: Writer, half: Half) -> Iterator[Record]:
    """To the intentions it echoes, and to what it still quotes."""
    known = {e.id for e in on.journal.entries(on.client)}
    quoted = (entry for entry, block in half.quoted if block in half.text)
    for target in dict.fromkeys((*half.echoes, *quoted)):
        if target in known and target != half.id:
            yield Link(source=half.id, target=target, relation=Relation.ECHOES)


def suggest(on: Writer, recall: Recall, words: str, taken: Iterable[str] = ()) -> tuple[Suggested, ...]:
    """Themes and parts that the words may speak of, three at most; parts are those that are named."""
    chosen = set(taken)
    themes = [t for t in known_themes(on.journal, on.starter) if t.id not in chosen]
    named = [Suggested(p, (p.name,)) for p in on.journal.parts(on.client) if p.id not in chosen and _named(p, words)]
    offered = [Suggested(one.theme, one.why) for one in recall.suggest(words, themes, SUGGESTED)]
    room = max(SUGGESTED - len(named), 1)
    return tuple((*offered[:room], *named)[:SUGGESTED])


def _named(part: Part, words: str) -> bool:
    """Whether the part's name stands in the words, whole, its article left out."""
    spoken = f" {_plain(words)} "
    name = _plain(part.name).removeprefix("the ")
    return bool(name) and f" {name} " in spoken


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())


# --- practices -----------------------------------------------------------------------------------------------------


class PracticeAgreed(NamedTuple):
    """A practice as it is agreed."""

    text: str
    details: PracticeDetails = PracticeDetails()


def agree_practice(on: Writer, agreed: PracticeAgreed) -> Page:
    """Keep a practice in the open integration session, or by itself."""
    session, d = _open_integration(on.journal.sessions(on.client)), agreed.details
    days = (d.follow_up_on, d.until, d.domain, session.id if session else None)
    add_practice(on.journal, on.clock, on.new_id, on.client, agreed.text, d.how_often or "", *days)
    return read_page(on)


def then_read(on: Writer, do: Callable[[], object]) -> Page:
    """Do something that changes what the page shows, and read it again."""
    do()
    return read_page(on)

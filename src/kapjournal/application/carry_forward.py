"""What the last integration ended with, to begin the next preparation with, and what became of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import Amended, Entry, IntentionState, Kind
from kapjournal.domain.intention import Words, state_of, words_of
from kapjournal.domain.label import Link, Relation, Tag


class Carried(NamedTuple):
    """Words of the last integration, and the intention that came to an end before them."""

    entry: Entry
    session: Session
    words: Words
    tags: tuple[Tag, ...]
    before: str = ""  # the wording of the intention whose end was told last
    became: IntentionState | None = None
    beside: str = ""  # what was said about that end
    brought_in: bool = False


def carried_forward(
    notes: Sequence[Amended], sessions: Iterable[Session], tags: Iterable[Tag], links: Iterable[Link]
) -> Carried | None:
    """The last intention of the last integration session, or else its last quotation."""
    held = [s for s in sessions if s.kind is SessionKind.INTEGRATION and s.started_at is not None]
    session = max(held, key=lambda s: s.started_at.timestamp() if s.started_at else 0.0, default=None)
    if session is None:
        return None
    standing = sorted((n for n in notes if not n.retracted), key=lambda n: n.original.noticed_at)
    its_own = [n for n in standing if n.original.session == session.id]
    found = [n for n in its_own if n.original.kind is Kind.INTENTION]
    found = found or [n for n in its_own if n.original.kind is Kind.QUOTE]
    if not found:
        return None
    note = found[-1]
    entry = note.original
    words = words_of(entry, note.amendments) if entry.kind is Kind.INTENTION else Words(hope=entry.text)
    followed = {link.target for link in links if link.relation is Relation.FOLLOWS_UP and _stands(link, standing)}
    carried = Carried(entry, session, words, tuple(t for t in tags if t.entry == entry.id))
    return _with_the_one_before(carried, standing)._replace(brought_in=entry.id in followed)


def _stands(link: Link, standing: Sequence[Amended]) -> bool:
    return any(n.original.id == link.source for n in standing)


def _with_the_one_before(carried: Carried, standing: Sequence[Amended]) -> Carried:
    ended = [
        (amendment.written_at, note, amendment.text or "")
        for note in standing
        if note.original.kind is Kind.INTENTION and note.original.id != carried.entry.id
        for amendment in note.amendments
        if "state" in (amendment.details or {})
    ]
    if not ended:
        return carried
    _, note, beside = max(ended, key=lambda one: one[0])
    state = state_of(note.original, note.amendments)
    if state is IntentionState.OPEN:
        return carried
    return carried._replace(before=words_of(note.original, note.amendments).wording, became=state, beside=beside)

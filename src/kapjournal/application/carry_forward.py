"""What the last integration ended with, to begin the next preparation with, and what became of the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import Amended, Entry, IntentionState, Kind
from kapjournal.domain.intention import NO_LONGER_OPEN, Words, in_order, state_of, words_of
from kapjournal.domain.label import Link, Relation, Tag


class Brought(NamedTuple):
    """One intention (or quotation) of the last integration, with its words and labels as they stand."""

    entry: Entry
    words: Words
    tags: tuple[Tag, ...]
    brought_in: bool  # a later one takes it up already


class Carried(NamedTuple):
    """What the last integration ended with, and the intention that came to an end before it."""

    session: Session
    found: tuple[Brought, ...]  # in their order; never empty
    before: str = ""  # the wording of the intention whose end was told last
    became: IntentionState | None = None
    beside: str = ""  # what was said about that end

    @property
    def brought_in(self) -> bool:
        """Nothing of it waits any more."""
        return all(one.brought_in for one in self.found)


def carried_forward(
    notes: Sequence[Amended], sessions: Iterable[Session], tags: Iterable[Tag], links: Iterable[Link]
) -> Carried | None:
    """The intentions of the last integration session that are still open, or else its last quotation."""
    held = [s for s in sessions if s.kind is SessionKind.INTEGRATION and s.started_at is not None]
    session = max(held, key=lambda s: s.started_at.timestamp() if s.started_at else 0.0, default=None)
    if session is None:
        return None
    standing = sorted((n for n in notes if not n.retracted), key=lambda n: n.original.noticed_at)
    its_own = [n for n in standing if n.original.session == session.id]
    hoped = [n for n in in_order(its_own) if state_of(n.original, n.amendments) not in NO_LONGER_OPEN]
    found = hoped or [n for n in its_own if n.original.kind is Kind.QUOTE][-1:]
    if not found:
        return None
    followed = {link.target for link in links if link.relation is Relation.FOLLOWS_UP and _stands(link, standing)}
    every = tuple(tags)
    return _with_the_one_before(Carried(session, tuple(_brought(n, every, followed) for n in found)), standing)


def _brought(note: Amended, tags: Sequence[Tag], followed: Collection[str]) -> Brought:
    entry = note.original
    words = words_of(entry, note.amendments) if entry.kind is Kind.INTENTION else Words(hope=entry.text)
    return Brought(entry, words, tuple(tag for tag in tags if tag.entry == entry.id), entry.id in followed)


def _stands(link: Link, standing: Sequence[Amended]) -> bool:
    return any(n.original.id == link.source for n in standing)


def _with_the_one_before(carried: Carried, standing: Sequence[Amended]) -> Carried:
    ended = [
        (amendment.written_at, note, amendment.text or "")
        for note in standing
        if note.original.kind is Kind.INTENTION and note.original.id not in {one.entry.id for one in carried.found}
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

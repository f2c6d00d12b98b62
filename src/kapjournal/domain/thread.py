"""What became of an intention across the course: the moments, insights and practices that are tied to it, and how."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kapjournal.domain.entry import Amended, Kind
from kapjournal.domain.label import Link, Relation, Tag, TagState

_SAYS = {Relation.ECHOES: "echoes", Relation.ANSWERS: "answers", Relation.FOLLOWS_UP: "follows up"}
_SAYS_IT = {Relation.ECHOES: "echoes it", Relation.ANSWERS: "answers it", Relation.FOLLOWS_UP: "follows it up"}
_INSIGHTS = frozenset({Kind.INSIGHT, Kind.NOTE})


class Strand(NamedTuple):
    """One note in the thread, and what ties it to the intention."""

    note: Amended
    why: str


def thread(
    intention: str, notes: Iterable[Amended], links: Sequence[Link], tags: Iterable[Tag], names: Mapping[str, str]
) -> tuple[Strand, ...]:
    """The intention and what is tied to it, by when it happened; `names` are those of themes and parts by id."""
    standing = {n.original.id: n for n in notes if not n.retracted and n.original.kind is not Kind.SELF}
    if intention not in standing:
        return ()
    why = {intention: "the intention", **_linked(intention, standing, links)}
    for entry, name in _alike(intention, standing, tags, names):
        why.setdefault(entry, f"tagged {name}, as the intention is")
    for entry in _agreed_beside(standing, why):
        why.setdefault(entry, "agreed in the same session")
    strands = (Strand(standing[entry], words) for entry, words in why.items())
    return tuple(sorted(strands, key=lambda one: one.note.original.noticed_at))


def _linked(intention: str, standing: Mapping[str, Amended], links: Sequence[Link]) -> dict[str, str]:
    """What is linked to it, or to what is; the thread of another intention is not followed."""
    found: dict[str, str] = {}
    to_look_at = deque([intention])
    while to_look_at:
        here = to_look_at.popleft()
        for there, says in _ends(here, links, is_intention=here == intention):
            if there in standing and there != intention and there not in found:
                found[there] = says
                if standing[there].original.kind is not Kind.INTENTION:
                    to_look_at.append(there)
    return found


def _ends(here: str, links: Sequence[Link], *, is_intention: bool) -> Iterator[tuple[str, str]]:
    what = "the intention" if is_intention else "another note of this thread"
    for link in links:
        if link.target == here:
            yield link.source, f"{_SAYS[link.relation]} {what}"
        elif link.source == here:
            yield link.target, f"{what} {_SAYS_IT[link.relation]}"


def _alike(
    intention: str, standing: Mapping[str, Amended], tags: Iterable[Tag], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What was tagged as the intention is, since it was said."""
    accepted = [tag for tag in tags if tag.state is TagState.ACCEPTED]
    labels = {tag.theme or tag.part or "" for tag in accepted if tag.entry == intention}
    said_at = standing[intention].original.noticed_at
    for tag in accepted:
        label = tag.theme or tag.part or ""
        note = standing.get(tag.entry)
        if label in labels and note is not None and note.original.noticed_at >= said_at:
            yield tag.entry, names.get(label, "the same")


def _agreed_beside(standing: Mapping[str, Amended], tied: Mapping[str, str]) -> Iterator[str]:
    """Practices agreed in a session in which an insight of the thread was written."""
    notes = [standing[entry].original for entry in tied]
    sessions = {note.session for note in notes if note.kind in _INSIGHTS and note.session}
    for entry, note in standing.items():
        if note.original.kind is Kind.PRACTICE and note.original.session in sessions:
            yield entry

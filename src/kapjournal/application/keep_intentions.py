"""Keep intentions: as new entries, as versions of entries that are open, or as amendments to those that stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from kapjournal.application.prepare import Desk, HalfWritten, Intention, Preparation
from kapjournal.domain.capture_labels import PART_SIGN, Names
from kapjournal.domain.course import Record
from kapjournal.domain.entry import (
    Action,
    AgreementDetails,
    Amendment,
    Entry,
    IntentionDetails,
    IntentionState,
    Kind,
)
from kapjournal.domain.intention import Words, rank_of, without_trailing_labels
from kapjournal.domain.label import Link, Part, Relation, Tag, TagState, Theme
from kapjournal.domain.theme_list import in_use


class Changed(NamedTuple):
    """An intention as it was typed; `made` are the labels, each with its name, that are wanted as new ones."""

    id: str
    words: Words
    made: tuple[tuple[str, str], ...] = ()


def keep_words(desk: Desk, changes: Sequence[Changed], draft: HalfWritten, *, agreed: bool = False) -> Preparation:
    """Write what was typed as entries, versions or amendments, all in one; `agreed` says that it was gone through."""
    before = desk.read()
    known = {one.id: one for one in before.intentions}
    records: list[Record] = []
    ranks = [rank_of(one.note.original, one.note.amendments) or 0 for one in before.intentions]
    rank = max(ranks, default=0)
    for change in changes:
        words, labels, made = _read_labels(desk, change, before)
        standing = known.get(change.id)
        if standing is None and not words.empty:
            rank += 1
            records += [*made, _new_intention(before, change.id, words, rank), *_tags(change.id, labels, before.at)]
        elif standing is not None:
            records += [*made, *_rewritten(desk, standing, words, before.at), *_tags(change.id, labels, before.at)]
    if agreed:
        records += _agreed(desk, before, changed=bool(records))
    return desk.keep(*records, draft=draft)


def _read_labels(
    desk: Desk, change: Changed, before: Preparation
) -> tuple[Words, tuple[Theme | Part, ...], tuple[Theme | Part, ...]]:
    """The words without trailing labels, the themes and parts that were named, and those of them that are new."""
    read = [without_trailing_labels(words) for words in change.words]
    themes, parts = Names(in_use(before.themes)), Names(before.parts)
    wanted = dict(change.made)
    named: dict[str, Theme | Part] = {}
    made: list[Theme | Part] = []
    for typed in dict.fromkeys(label for _, labels in read for label in labels):
        is_part = typed.startswith(PART_SIGN)
        id_ = (parts if is_part else themes).id_of(typed[1:])
        known: tuple[Theme | Part, ...] = before.parts if is_part else before.themes
        one = next((n for n in known if n.id == id_), None)
        if one is None and typed in wanted:
            one = _new_label(desk, typed, wanted[typed])
            made.append(one)
        if one is not None:
            named[one.id] = one
    return Words(*(words for words, _ in read)), tuple(named.values()), tuple(made)


def _new_label(desk: Desk, typed: str, name: str) -> Theme | Part:
    if typed.startswith(PART_SIGN):
        return Part(id=desk.new_id(), client=desk.client, name=name)
    return Theme(id=desk.new_id(), name=name)


def _tags(entry: str, labels: Sequence[Theme | Part], at: datetime) -> Iterator[Tag]:
    for label in labels:
        key = "part" if isinstance(label, Part) else "theme"
        yield Tag.model_validate({"entry": entry, key: label.id, "state": TagState.ACCEPTED, "tagged_at": at})


def _new_intention(before: Preparation, id_: str, words: Words, rank: int) -> Entry:
    given: dict[str, object] = {"client": before.client.id, "kind": Kind.INTENTION, "noticed_at": before.at}
    session = before.session or before.running
    if session is not None:
        given["session"] = session.id
    details = {**_threads(words), "state": IntentionState.OPEN, "rank": rank}
    return Entry.model_validate({"id": id_, "text": words.wording.strip(), "details": details, **given})


def _threads(words: Words) -> dict[str, str]:
    given = {"hope": words.hope, "fear": words.fear, "enough": words.enough}
    return {name: said for name, said in given.items() if said.strip()}


def _rewritten(desk: Desk, standing: Intention, words: Words, at: datetime) -> Iterator[Record]:
    """A new version of an entry that is open, or an addendum to one that stays as it is."""
    entry, before = standing.note.original, standing.words
    if words == before:
        return
    if standing.in_place:
        rest = {"state": standing.state, "rank": rank_of(entry)}
        details = {**_threads(words), **{k: v for k, v in rest.items() if v is not None}}
        yield Entry.model_validate({**entry.content(), "text": words.wording.strip(), "details": details})
        return
    names = [name for name in ("hope", "fear", "enough") if getattr(words, name) != getattr(before, name)]
    if names:
        text = "\n".join(getattr(words, name) for name in names if getattr(words, name))
        changed = {name: getattr(words, name) or None for name in names}
        yield _addendum(desk, entry, at, changed, text)


def _addendum(desk: Desk, entry: Entry, at: datetime, details: dict[str, Any], text: str = "") -> Amendment:
    given: dict[str, Any] = {"details": details, **({"text": text} if text else {})}
    return Amendment.model_validate(
        {"id": desk.new_id(), "entry": entry.id, "action": Action.ADDENDUM, "written_at": at, **given}
    )


def _agreed(desk: Desk, before: Preparation, *, changed: bool) -> list[Record]:
    """That the intentions were gone through together today; said once a day unless they have changed since."""
    notes = desk.journal.entries(desk.client, (Kind.AGREEMENT,))
    about = AgreementDetails(about="intentions")
    today = any(n.details == about and n.noticed_at.date() == before.at.date() for n in notes)
    if today and not changed:
        return []
    given: dict[str, object] = {"client": desk.client, "kind": Kind.AGREEMENT, "details": about}
    session = before.session or before.running
    if session is not None:
        given["session"] = session.id
    text = "Intentions gone through together and agreed."
    return [Entry.model_validate({"id": desk.new_id(), "text": text, "noticed_at": before.at, **given})]


def set_state(desk: Desk, intention: str, state: IntentionState, beside: str = "") -> Preparation:
    """Say what became of an intention, with words beside it if there are any."""
    one = _find(desk.read(), intention)
    if one.state is state and not beside.strip():
        return desk.read()
    return desk.keep(_with_details(desk, one, {"state": state}, beside.strip()))


def reorder(desk: Desk, ids: Sequence[str]) -> Preparation:
    """Put intentions in this order."""
    before = desk.read()
    moved: list[Record] = []
    for rank, id_ in enumerate(ids, start=1):
        one = _find(before, id_)
        if rank_of(one.note.original, one.note.amendments) != rank:
            moved.append(_with_details(desk, one, {"rank": rank}))
    return desk.keep(*moved)


def _with_details(desk: Desk, one: Intention, changed: dict[str, Any], text: str = "") -> Record:
    entry = one.note.original
    if one.in_place and not text:
        before = entry.details or IntentionDetails()
        details = before.model_dump(mode="json", exclude_unset=True) | changed
        return Entry.model_validate({**entry.content(), "details": details})
    return _addendum(desk, entry, desk.clock.now().at, changed, text)


def untag(desk: Desk, tag: Tag) -> Preparation:
    """Say that a theme or part does not belong after all."""
    return desk.keep(tag.model_copy(update={"state": TagState.REJECTED, "tagged_at": desk.clock.now().at}))


def bring_in(desk: Desk, draft: HalfWritten) -> Preparation:
    """Begin with what the last integration ended with: the same words, their labels, and links to where they stand."""
    before = desk.read()
    carried = before.carried
    if carried is None or carried.brought_in:
        return before
    ranks = [rank_of(one.note.original, one.note.amendments) or 0 for one in before.intentions]
    records: list[Record] = []
    wanted = [one for one in carried.found if not one.brought_in]
    for rank, one in enumerate(wanted, start=max(ranks, default=0) + 1):
        id_ = desk.new_id()
        records += [
            _new_intention(before, id_, one.words, rank),
            Link(source=id_, target=one.entry.id, relation=Relation.FOLLOWS_UP),
            *(tag.model_copy(update={"entry": id_, "tagged_at": before.at}) for tag in one.tags),
        ]
    return desk.keep(*records, draft=draft)


def _find(preparation: Preparation, intention: str) -> Intention:
    return next(one for one in preparation.intentions if one.id == intention)

"""The parts of a client: what is known of each, when it showed itself, and what the client felt toward it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kapjournal.application.changes import Changes
from kapjournal.application.placed import Placed, placed
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.application.steps import Kept, keep
from kapjournal.domain.entry import Action, Amendment, PartDetails
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Part, PartRole, TagState
from kapjournal.domain.theme_list import same_name

FIELDS = ("name", "role", "protects", "age", "body", "fears", "notes")


class Sight(NamedTuple):
    """A note that a part shows itself in. `felt` can be said where the note is one of its own kind."""

    placed: Placed
    felt: str = ""
    blended: bool | None = None
    may_say_felt: bool = False


class PartNow(NamedTuple):
    """A part with all its sights, in the order of their moments."""

    part: Part
    sights: tuple[Sight, ...] = ()


def read_parts(journal: Journal, client: str) -> tuple[PartNow, ...]:
    """The roster of a client, those most seen first; who were taken out of it stand last."""
    notes = placed(journal, client)
    tagged: dict[str, set[str]] = {}
    for tag in journal.tags(client):
        if tag.part and tag.state is TagState.ACCEPTED:
            tagged.setdefault(tag.part, set()).add(tag.entry)
    found = [PartNow(part, tuple(_sights(part, notes, tagged.get(part.id, set())))) for part in journal.parts(client)]
    return tuple(sorted(found, key=lambda one: (one.part.retired_on is not None, -len(one.sights))))


def _sights(part: Part, notes: dict[str, Placed], tagged: set[str]) -> Iterator[Sight]:
    for key, one in sorted(notes.items(), key=lambda item: item[1].note.original.noticed_at):
        details = one.note.details
        mine = isinstance(details, PartDetails) and details.part == part.id
        if isinstance(details, PartDetails) and mine:
            yield Sight(one, details.felt_toward or "", details.blended, may_say_felt=True)
        elif key in tagged:
            yield Sight(one)


def add_part(journal: Journal, clock: Clock, new_id: NewId, client: str, name: str) -> Kept:
    """A part that was not in the roster yet."""
    made = Part(id=new_id(), client=client, name=_free_name(journal, client, name))
    gone = made.model_copy(update={"retired_on": clock.now().at.date()})
    return keep(journal, made.id, [gone], [made], f"{made.name} added")


def change_part(journal: Journal, client: str, part: str, field: str, words: str) -> Kept:
    """Say one thing of a part in other words; none takes it back, but for the name."""
    before = _standing(journal, client, part)
    value: object = " ".join(words.split()) if field == "name" else words.strip() or None
    if field == "name":
        value = _free_name(journal, client, words, but=part)
    elif field == "role":
        value = PartRole(words) if words else None
    elif field not in FIELDS:
        raise BadInput(f"Nothing called {field} is known of a part.")
    return keep(journal, part, [before], [before.model_copy(update={field: value})], f"{before.name} changed")


def take_out(journal: Journal, clock: Clock, client: str, part: str) -> Kept:
    """Out of the roster, or back into it; what it is tagged to stays."""
    before = _standing(journal, client, part)
    on = clock.now().at.date() if before.retired_on is None else None
    what = f"{before.name} {'taken out' if on else 'put back'}"
    return keep(journal, part, [before], [before.model_copy(update={"retired_on": on})], what)


def say_felt(journal: Journal, clock: Clock, new_id: NewId, entry: str, words: str) -> Changes:
    """Say what the client felt toward the part in a note of its kind, beside the note; none takes it back."""
    felt = words.strip() or None
    amendment = Amendment(
        id=new_id(),
        entry=entry,
        action=Action.ADDENDUM,
        details={"felt_toward": felt},
        written_at=clock.now().at,
    )
    return journal.keep(amendment)


def _standing(journal: Journal, client: str, part: str) -> Part:
    found = next((one for one in journal.parts(client) if one.id == part), None)
    if found is None:
        raise BadInput("This client has no such part.")
    return found


def _free_name(journal: Journal, client: str, typed: str, but: str = "") -> str:
    name = " ".join(typed.split())
    if not name:
        raise Refused("A name is needed. Any word that the client would know it by will do.")
    if len(name) > 120:
        raise Refused("That name is longer than 120 letters. Choose a shorter one; the notes have room for more.")
    taken = [p for p in journal.parts(client) if same_name(p.name, name) and p.id != but]
    if any(p.retired_on is None for p in taken):
        raise Refused(f"{name} is in the roster already. Another name keeps them apart.")
    return name

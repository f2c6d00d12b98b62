"""Parts whose permission is asked before the medicine: a line each, such as `@Planner agrees to sit nearby`.

The answers are one private entry, and each part that is named is tagged on it; a new name makes a new part.
"""

from __future__ import annotations

from collections.abc import Sequence

from kapjournal.application.ports import NewId
from kapjournal.domain.capture_labels import Names, labels_in
from kapjournal.domain.course import Record
from kapjournal.domain.entry import Entry
from kapjournal.domain.label import Part, Tag, TagState


def with_parts(entry: Entry, known: Sequence[Part], new_id: NewId) -> tuple[Record, ...]:
    """The entry with a tag for each part it names, and before it the parts that are new."""
    names, named = Names(known), dict[str, str]()
    made: list[Part] = []
    for found in labels_in(entry.text, 0, len(entry.text)):
        name = found.typed[1:]
        if not found.is_part or name.casefold() in named:
            continue
        part = names.id_of(name)
        if part is None:
            made.append(Part(id=new_id(), client=entry.client, name=name.replace("-", " ")))
            part = made[-1].id
        named[name.casefold()] = part
    tags = [
        Tag(entry=entry.id, part=part, state=TagState.ACCEPTED, tagged_at=entry.noticed_at)
        for part in dict.fromkeys(named.values())
    ]
    return (*made, entry, *tags)

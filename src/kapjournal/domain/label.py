"""Names that notes are found by: themes, parts, the tags that join them to entries, and links between entries."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from kapjournal.domain.course import Id, Record

Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


class Theme(Record):
    """What notes may speak of; `terms` are the words and phrases that speak of it.

    A theme named as one of the starter set has the starter's words besides its own, less those in `without`.
    """

    type: Literal["theme"] = "theme"
    id: Id
    name: Name
    family: str | None = None
    description: str | None = None
    terms: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None  # words of the starter set that the therapist took out
    retired_on: date | None = None  # no longer offered; what it is tagged to stays
    merged_into: Id | None = None  # the theme that took over its notes and words


class PartRole(StrEnum):
    """Roles of parts in the language of Internal Family Systems."""

    EXILE = "exile"
    MANAGER = "manager"
    FIREFIGHTER = "firefighter"
    SELF = "self"
    UNKNOWN = "unknown"


class Part(Record):
    """A part of one client."""

    type: Literal["part"] = "part"
    id: Id
    client: Id
    name: Name
    role: PartRole | None = None
    notes: str | None = None
    protects: str | None = None  # whom, or from what
    age: str | None = None  # how old it feels, in the client's words
    body: str | None = None  # where in the body
    fears: str | None = None
    retired_on: date | None = None  # no longer in the roster; what it is tagged to stays
    origin: Id | None = None  # the journal it was received from; absent for one's own


class TagState(StrEnum):
    """What the therapist said of a label and a note."""

    ACCEPTED = "accepted"  # it belongs
    REJECTED = "rejected"  # not this: never offered again
    HIDDEN = "hidden"  # this note is not to come back under any theme
    WITHDRAWN = "withdrawn"  # what was said before was undone: as if nothing had been said


class Tag(Record):
    """A therapist's word that a theme or part belongs to an entry, or does not."""

    type: Literal["tag"] = "tag"
    entry: Id
    theme: Id | None = None
    part: Id | None = None
    state: TagState
    tagged_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one_label(self) -> Self:
        if (self.theme is None) == (self.part is None):
            raise ValueError("a tag names a theme or a part, one of the two")
        return self


class Relation(StrEnum):
    """How one entry speaks to an earlier one."""

    ECHOES = "echoes"
    ANSWERS = "answers"
    FOLLOWS_UP = "follows_up"


class Link(Record):
    """One entry speaks to another, for example an observation that echoes an intention."""

    type: Literal["link"] = "link"
    source: Annotated[Id, Field(alias="from")]
    target: Annotated[Id, Field(alias="to")]
    relation: Relation

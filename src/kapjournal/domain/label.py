"""Names that notes are found by: themes, parts, the tags that join them to entries, and links between entries."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from kapjournal.domain.course import Id, Record

Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


class Theme(Record):
    """What notes may speak of; `terms` are the words and phrases that speak of it."""

    type: Literal["theme"] = "theme"
    id: Id
    name: Name
    family: str | None = None
    description: str | None = None
    terms: tuple[str, ...] | None = None


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
    origin: Id | None = None  # the journal it was received from; absent for one's own


class TagState(StrEnum):
    """Whether the therapist said that the label belongs."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


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

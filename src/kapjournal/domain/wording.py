"""The therapist's own words for kinds of entries, and the class of record that each kind goes to by itself."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from kapjournal.domain.entry import ALWAYS_PROGRESS, Kind, RecordClass, default_class
from kapjournal.domain.telling import KIND_TOLD

Word = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]

PART = "part"

# The law fixes the first; what a therapist writes of their own state is kept apart whatever else is chosen.
FIXED = ALWAYS_PROGRESS | {Kind.SELF}


class Wording(BaseModel):
    """Words shown for kinds, where they differ from the program's own; and the word for “part”, for one and several.

    Not everybody speaks of parts: a therapist may say “voice”, “side”, or “person” and “people”.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[Kind, Word] = {}
    part: Word = PART
    parts: Word | None = None  # for several, where it is not made the plain way

    def of(self, kind: Kind) -> str:
        """The word shown for a kind."""
        if kind not in self.kinds and kind is Kind.PART and self.part != PART:
            return f"{self.part[:1].upper()}{self.part[1:]} seen"
        return self.kinds.get(kind, KIND_TOLD[kind].label)

    @property
    def several(self) -> str:
        """The word for several parts."""
        return self.parts or plural(self.part)

    @property
    def part_typed(self) -> str:
        """Both words as they are typed in the settings."""
        return f"{self.part}/{self.parts}" if self.parts else self.part


def plural(word: str) -> str:
    """The plain plural of an English word."""
    if re.search(r"(s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"


class DefaultClasses(BaseModel):
    """The class of record that entries of a kind are given, where it differs from the program's own.

    Medication, monitoring and consent are always part of the clinical record (45 CFR 164.501) and cannot be here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[Kind, RecordClass] = {}

    @model_validator(mode="after")
    def _within_the_law(self) -> Self:
        bound = sorted(self.kinds.keys() & FIXED)
        if bound:
            raise ValueError(f"{', '.join(bound)}: the class of this kind is fixed")
        return self

    def of(self, kind: Kind) -> RecordClass:
        """The class of a kind."""
        return self.kinds.get(kind, default_class(kind))

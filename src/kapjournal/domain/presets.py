"""Lists that come with the program and are the therapist's to change: tap codes, danger signs, landing, themes."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kapjournal.domain.entry import Kind
from kapjournal.domain.label import Theme

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Preset(BaseModel):
    """Base of these lists: each item says where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TapCode(Preset):
    """A letter of tap mode and the entry it keeps; one with a form opens it instead."""

    key: Annotated[str, Field(pattern=r"^[A-Z]$")]
    label: Words
    kind: Kind
    code: Words | None = None  # for an observation
    event: bool = False
    form: bool = False
    source: Words

    @model_validator(mode="after")
    def _coded_if_observed(self) -> Self:
        if (self.kind is Kind.OBSERVATION) != (self.code is not None):
            raise ValueError("an observation has a code, and nothing else has one")
        return self


class TapLegend(Preset):
    """All letters of tap mode."""

    codes: tuple[TapCode, ...]

    @model_validator(mode="after")
    def _each_key_once(self) -> Self:
        keys = [code.key for code in self.codes]
        if len(keys) != len(set(keys)):
            raise ValueError("two codes share a key")
        return self

    def of(self, key: str) -> TapCode | None:
        """The code of a letter, in either case."""
        return next((code for code in self.codes if code.key == key.upper()), None)


class DangerSign(Preset):
    """A sign at which the therapist looks at the plan."""

    sign: Words
    source: Words


class DangerSigns(Preset):
    """The quick list beside the safety plan."""

    note: str = ""
    signs: tuple[DangerSign, ...]


class LandingItem(Preset):
    """One thing to look at before a session closes; every one may be left out."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    label: Words
    question: Words
    choices: tuple[Words, ...] = ()
    source: Words


class LandingList(Preset):
    """The short list at the end of a session."""

    items: tuple[LandingItem, ...]


class StarterTheme(Theme):
    """A theme to begin with; `also` are other ways to write its name, `core` the terms that tell most.

    Both stay with the program: what a journal keeps of it is a theme like any other.
    """

    description: Words
    terms: tuple[Words, ...] = ()  # a flag has none: it is set by hand alone
    also: tuple[Words, ...] = Field(default=(), exclude=True)
    core: tuple[Words, ...] = Field(default=(), exclude=True)


class StarterThemes(Preset):
    """The themes a new journal begins with; they may be renamed, merged and added to."""

    source: Words
    themes: tuple[StarterTheme, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for field in ("id", "name"):
            given = [getattr(theme, field).casefold() for theme in self.themes]
            if len(given) != len(set(given)):
                raise ValueError(f"two themes share a {field}")
        return self

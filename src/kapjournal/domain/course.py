"""Who the work is with and how it is planned: client, course and session."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Alias = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


class Record(BaseModel):
    """Base of everything that is kept; `type` names it in the exchange format."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    type: str

    def content(self) -> dict[str, Any]:
        """The record as the exchange format writes it: only the fields that were given, the type first."""
        given = self.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
        return {"type": self.type, **given}


class Route(StrEnum):
    """How the medicine is taken."""

    IM = "IM"
    SL = "SL"
    RDT = "RDT"
    IN = "IN"
    IV = "IV"
    PO = "PO"
    SC = "SC"


class Limits(BaseModel):
    """What the prescriber set as limits: upper ones, and a lower one for oxygen saturation (percent)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    systolic: Annotated[int | None, Field(ge=40, le=300)] = None
    diastolic: Annotated[int | None, Field(ge=20, le=200)] = None
    heart_rate: Annotated[int | None, Field(ge=20, le=250)] = None
    spo2: Annotated[int | None, Field(ge=50, le=100)] = None


class Client(Record):
    """A client, by alias only."""

    type: Literal["client"] = "client"
    id: Id
    alias: Alias
    pronouns: str | None = None
    birth_year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    contact: str | None = None
    emergency_contact: str | None = None
    prescriber: str | None = None
    notes: str | None = None
    diagnoses: str | None = None  # as reported, like the next two
    medicines: str | None = None
    allergies: str | None = None
    archived_on: date | None = None  # out of sight, never gone
    retain_until: date | None = None  # when the record may be destroyed at the earliest
    part_2: bool | None = None  # the record falls under 42 CFR Part 2, whose notice goes with it
    origin: Id | None = None  # the journal the client was received from; absent for one's own


class Course(Record):
    """A stretch of work with one client; the vitals schedule is in minutes after the first dose."""

    type: Literal["course"] = "course"
    id: Id
    client: Id
    title: str | None = None
    planned_sessions: Annotated[int | None, Field(ge=0, le=1000)] = None
    goals: str | None = None
    route: Route | None = None
    dose_range: str | None = None  # as prescribed, in the prescriber's words
    measures_every_days: Annotated[int | None, Field(ge=1, le=3650)] = None
    vitals_schedule: tuple[Annotated[int, Field(ge=-600, le=1440)], ...] | None = None
    limits: Limits | None = None
    origin: Id | None = None


class SessionKind(StrEnum):
    """What a session is for."""

    PREPARATION = "preparation"
    DOSING = "dosing"
    INTEGRATION = "integration"


class Session(Record):
    """One meeting. Once `closed_at` stands, its entries are only ever amended."""

    type: Literal["session"] = "session"
    id: Id
    client: Id
    course: Id | None = None
    kind: SessionKind
    number: Annotated[int | None, Field(ge=0, le=10000)] = None
    planned_for: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    setting: str | None = None
    origin: Id | None = None

    @property
    def own_and_open(self) -> bool:
        """Not closed, and this journal's: what is written in it may still change."""
        return self.closed_at is None and self.origin is None

    @property
    def running(self) -> bool:
        """Begun here and neither ended nor closed; what was received does not run in this journal."""
        begun = self.started_at is not None and self.origin is None
        return begun and self.ended_at is None and self.closed_at is None

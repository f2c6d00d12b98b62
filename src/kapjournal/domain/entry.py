"""The one idea: everything a therapist records is an entry, and a closed entry is only ever amended."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SerializeAsAny,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kapjournal.domain.course import Id, Record
from kapjournal.domain.details import (
    VITALS_BOUNDS,
    AgreementDetails,
    ContactDetails,
    Details,
    Domain,
    DoseDetails,
    GivenBy,
    InitiatedBy,
    IntentionDetails,
    IntentionState,
    MeasureDetails,
    MusicDetails,
    ObservationDetails,
    PartDetails,
    Phase,
    PhaseDetails,
    PlanDetails,
    PracticeDetails,
    PracticeState,
    SafetyDetails,
    SedationDetails,
    Severity,
    SudsDetails,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)

# Importers ask this module for everything about an entry.
__all__ = [
    "ALWAYS_PROGRESS",
    "DETAILS",
    "PRIVATE_BY_DEFAULT",
    "VITALS_BOUNDS",
    "Action",
    "AgreementDetails",
    "Amended",
    "Amendment",
    "ContactDetails",
    "Details",
    "Domain",
    "DoseDetails",
    "EarlierWording",
    "Entry",
    "GivenBy",
    "InitiatedBy",
    "IntentionDetails",
    "IntentionState",
    "Kind",
    "MeasureDetails",
    "MusicDetails",
    "ObservationDetails",
    "PartDetails",
    "Phase",
    "PhaseDetails",
    "PlanDetails",
    "PracticeDetails",
    "PracticeState",
    "RecordClass",
    "SafetyDetails",
    "SedationDetails",
    "Severity",
    "SudsDetails",
    "TouchBasis",
    "TouchDetails",
    "VitalsDetails",
    "Voice",
    "amended_details",
    "default_class",
]


class Kind(StrEnum):
    """What an entry is."""

    OBSERVATION = "observation"
    QUOTE = "quote"
    INTERVENTION = "intervention"
    SELF = "self"
    DOSE = "dose"
    VITALS = "vitals"
    SEDATION = "sedation"
    SUDS = "suds"
    TOUCH = "touch"
    SAFETY = "safety"
    PHASE = "phase"
    MUSIC = "music"
    MARK = "mark"
    PART = "part"
    NOTE = "note"
    INTENTION = "intention"
    AGREEMENT = "agreement"
    PLAN = "plan"
    MEASURE = "measure"
    ACCOUNT = "account"
    INSIGHT = "insight"
    PRACTICE = "practice"
    CONTACT = "contact"


class RecordClass(StrEnum):
    """What may be shared as the clinical record, and what is kept as psychotherapy notes (45 CFR 164.501)."""

    PROGRESS = "progress"
    PRIVATE = "private"


class Voice(StrEnum):
    """Whose telling it is."""

    THERAPIST = "therapist"
    CLIENT = "client"


PRIVATE_BY_DEFAULT = frozenset({Kind.QUOTE, Kind.SELF, Kind.MARK, Kind.PART, Kind.NOTE, Kind.ACCOUNT, Kind.INSIGHT})

# The law keeps medication, monitoring and consent in the clinical record, so these can never be made private.
ALWAYS_PROGRESS = frozenset(
    {Kind.DOSE, Kind.VITALS, Kind.SEDATION, Kind.TOUCH, Kind.SAFETY, Kind.MEASURE, Kind.AGREEMENT}
)


def default_class(kind: Kind) -> RecordClass:
    """The class an entry of this kind belongs to unless the therapist says otherwise."""
    return RecordClass.PRIVATE if kind in PRIVATE_BY_DEFAULT else RecordClass.PROGRESS


DETAILS: dict[Kind, type[Details]] = {
    Kind.OBSERVATION: ObservationDetails,
    Kind.DOSE: DoseDetails,
    Kind.VITALS: VitalsDetails,
    Kind.SEDATION: SedationDetails,
    Kind.SUDS: SudsDetails,
    Kind.TOUCH: TouchDetails,
    Kind.SAFETY: SafetyDetails,
    Kind.PHASE: PhaseDetails,
    Kind.MUSIC: MusicDetails,
    Kind.PART: PartDetails,
    Kind.INTENTION: IntentionDetails,
    Kind.AGREEMENT: AgreementDetails,
    Kind.PLAN: PlanDetails,
    Kind.MEASURE: MeasureDetails,
    Kind.PRACTICE: PracticeDetails,
    Kind.CONTACT: ContactDetails,
}


class EarlierWording(BaseModel):
    """How an entry was worded until it was edited, while its session was open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: AwareDatetime
    text: Annotated[str, Field(max_length=1_000_000)]
    details: dict[str, Any] | None = None  # as the exchange format writes them, of the entry's kind


class Entry(Record):
    """One thing recorded.

    `noticed_at` is when it happened, `written_at` when it was typed (the same if absent). `elapsed_s` is the
    place in the session by the steady clock, in seconds since the session began; absent for entries from
    elsewhere, for which wall time has to serve. `earlier` is what an export says of an intention's versions, which
    the journal itself reads from its ledger.
    """

    type: Literal["entry"] = "entry"
    id: Id
    client: Id
    session: Id | None = None
    kind: Kind
    text: Annotated[str, Field(max_length=1_000_000)]
    noticed_at: AwareDatetime
    written_at: AwareDatetime | None = None
    record_class: RecordClass | None = None
    voice: Voice | None = None
    details: SerializeAsAny[Details] | None = None
    starred: bool | None = None
    elapsed_s: float | None = None
    earlier: tuple[EarlierWording, ...] | None = None
    origin: Id | None = None  # the journal it was received from; absent for one's own
    beside: Id | None = None  # one's own entry that came back with other words, which stand here beside it

    @field_validator("earlier")
    @classmethod
    def _details_of_the_kind_before(
        cls, value: tuple[EarlierWording, ...] | None, info: ValidationInfo
    ) -> tuple[EarlierWording, ...] | None:
        model = DETAILS.get(info.data.get("kind", Kind.NOTE), Details)
        for one in value or ():
            if one.details is not None:
                model.model_validate(one.details)
        return value

    @field_validator("details", mode="before")
    @classmethod
    def _details_of_the_kind(cls, value: object, info: ValidationInfo) -> object:
        kind = info.data.get("kind")
        if value is None or kind is None:
            return value
        model = DETAILS.get(kind, Details)
        if isinstance(value, Details):
            if type(value) is not model:
                raise ValueError(f"a {kind} entry takes no {type(value).__name__}")
            return value
        return model.model_validate(value)

    @model_validator(mode="after")
    def _class_the_law_allows(self) -> Self:
        if self.record_class is RecordClass.PRIVATE and self.kind in ALWAYS_PROGRESS:
            raise ValueError(f"a {self.kind} entry is always part of the clinical record (progress)")
        return self

    @property
    def in_class(self) -> RecordClass:
        """The class it belongs to, given or by kind."""
        return self.record_class or default_class(self.kind)

    @property
    def typed_at(self) -> AwareDatetime:
        """When it was written down."""
        return self.written_at or self.noticed_at


class Action(StrEnum):
    """The four ways a closed entry may be amended."""

    LATE_ENTRY = "late_entry"
    ADDENDUM = "addendum"
    CORRECTION = "correction"
    RETRACTION = "retraction"


class Amendment(Record):
    """A change beside the original, which stays; `details` holds only the fields it changes."""

    type: Literal["amendment"] = "amendment"
    id: Id
    entry: Id
    action: Action
    text: Annotated[str | None, Field(max_length=1_000_000)] = None
    details: dict[str, Any] | None = None
    reason: str | None = None
    written_at: AwareDatetime
    origin: Id | None = None


class Amended(BaseModel):
    """An entry as it stands today: the original, and everything said about it since, oldest first."""

    model_config = ConfigDict(frozen=True)

    original: Entry
    amendments: tuple[Amendment, ...] = ()

    @property
    def retracted(self) -> bool:
        """Taken back; the original stays in the record."""
        return any(a.action is Action.RETRACTION for a in self.amendments)

    @property
    def details(self) -> Details | None:
        """The details with every amended field in place; a correction that does not fit is left out."""
        return amended_details(self.original, self.amendments)


def amended_details(entry: Entry, amendments: Iterable[Amendment]) -> Details | None:
    """The details of `entry` after `amendments`, oldest first."""
    changed: dict[str, Any] = {}
    for amendment in amendments:
        changed |= amendment.details or {}
    if not changed:
        return entry.details
    before = entry.details.model_dump(by_alias=True, exclude_unset=True) if entry.details else {}
    return DETAILS.get(entry.kind, Details).model_validate({**before, **changed})

"""The one idea: everything a therapist records is an entry, and a closed entry is only ever amended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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

from kapjournal.domain.course import Id, Record, Route


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


class Details(BaseModel):
    """The typed part of an entry; kinds without a model of their own take none."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ObservationDetails(Details):
    """The observation code that a tap stood for."""

    code: str | None = None


class GivenBy(StrEnum):
    """Who gave the dose."""

    SELF = "self"
    MEDICAL = "medical"


class DoseDetails(Details):
    """A dose or booster; what was not typed yet is absent and waits on the screen."""

    amount_mg: Annotated[int | float | None, Field(gt=0, le=5000)] = None
    route: Route | None = None
    booster: bool | None = None
    given_by: GivenBy | None = None
    hold_min: Annotated[int | float | None, Field(ge=0, le=240)] = None
    swallowed: bool | None = None


# What a living body can have, generously; outside of it a number is a slip of the fingers.
VITALS_BOUNDS: dict[str, tuple[float, float]] = {
    "systolic": (40, 300),
    "diastolic": (20, 200),
    "heart_rate": (20, 250),
    "spo2": (50, 100),
    "resp_rate": (2, 80),
    "temp_c": (30, 43),
    "weight_kg": (20, 400),
}


class VitalsDetails(Details):
    """Measured by hand: mmHg, beats and breaths a minute, percent, degrees Celsius, kilograms."""

    systolic: int | None = None
    diastolic: int | None = None
    heart_rate: int | None = None
    spo2: int | None = None
    resp_rate: int | None = None
    temp_c: int | float | None = None
    weight_kg: int | float | None = None

    @field_validator("*")
    @classmethod
    def _possible(cls, value: float | None, info: ValidationInfo) -> float | None:
        low, high = VITALS_BOUNDS[info.field_name or ""]
        if value is not None and not low <= value <= high:
            raise ValueError(f"{value:g} is outside {low:g} to {high:g}")
        return value

    @model_validator(mode="after")
    def _pressure_in_order(self) -> Self:
        if self.systolic is not None and self.diastolic is not None and self.diastolic >= self.systolic:
            raise ValueError("the lower blood pressure is not below the upper one")
        return self


class SedationDetails(Details):
    """An observer's rating of wakefulness, 5 awake to 0 not responding."""

    level: Annotated[int, Field(ge=0, le=5)]


class SudsDetails(Details):
    """Subjective units of distress, asked of the client."""

    level: Annotated[int, Field(ge=0, le=10)]


class InitiatedBy(StrEnum):
    """Who began the touch."""

    CLIENT = "client"
    THERAPIST = "therapist"


class TouchBasis(StrEnum):
    """What the touch rests on."""

    AGREED_BEFORE = "agreed_before"
    ASKED_NOW = "asked_now"
    OTHER = "other"


class TouchDetails(Details):
    """A touch; every touch is logged, and what was not typed yet waits on the screen."""

    where: str | None = None
    initiated_by: InitiatedBy | None = None
    basis: TouchBasis | None = None
    response: str | None = None


class Severity(StrEnum):
    """How serious an adverse event is."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class SafetyDetails(Details):
    """An adverse event or danger sign."""

    sign: str | None = None
    severity: Severity | None = None
    action: str | None = None
    resolved_at: AwareDatetime | None = None


class Phase(StrEnum):
    """Where in the session the client is, as seen."""

    ARRIVING = "arriving"
    ONSET = "onset"
    PEAK = "peak"
    COMING_DOWN = "coming_down"
    LANDING = "landing"
    DISCHARGE = "discharge"


class PhaseDetails(Details):
    """The phase that was seen to begin."""

    phase: Phase


class MusicDetails(Details):
    """A track, a change, or silence."""

    track: str | None = None


class PartDetails(Details):
    """The part that showed itself, and whether the client was blended with it."""

    part: Id | None = None
    blended: bool | None = None


class IntentionState(StrEnum):
    """What became of an intention."""

    OPEN = "open"
    MET = "met"
    PARTLY = "partly"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"


class IntentionDetails(Details):
    """The threads of an intention, in the client's words."""

    hope: str | None = None
    fear: str | None = None
    enough: str | None = None
    state: IntentionState | None = None


class AgreementDetails(Details):
    """What was agreed: consent, touch, boundaries, the stop signal."""

    about: str
    allowed: str | None = None
    stop_word: str | None = None
    stop_gesture: str | None = None


class PlanDetails(Details):
    """What a plan is about: safety plan, ride home, set and setting, clearance."""

    about: str


class MeasureDetails(Details):
    """A questionnaire."""

    instrument: str
    answers: tuple[int, ...] | None = None
    total: int | float | None = None


class Domain(StrEnum):
    """Domains of integration (Bathje 2022)."""

    MIND = "mind"
    BODY = "body"
    SPIRIT = "spirit"
    RELATIONSHIPS = "relationships"
    LIFESTYLE = "lifestyle"
    NATURE = "nature"


class PracticeState(StrEnum):
    """What became of a practice."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class PracticeDetails(Details):
    """What the client takes into life."""

    domain: Domain | None = None
    how_often: str | None = None
    follow_up_on: date | None = None
    state: PracticeState | None = None


class ContactDetails(Details):
    """A contact between sessions."""

    with_: Annotated[str | None, Field(alias="with")] = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


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


class Entry(Record):
    """One thing recorded.

    `noticed_at` is when it happened, `written_at` when it was typed (the same if absent). `elapsed_s` is the
    place in the session by the steady clock, in seconds since the session began; absent for entries from
    elsewhere, for which wall time has to serve.
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

"""The typed details that an entry of each kind may carry."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kapjournal.domain.course import Id, Route


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
    """The part that showed itself, whether the client was blended with it, and what the client felt toward it."""

    part: Id | None = None
    blended: bool | None = None
    felt_toward: str | None = None


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
    rank: Annotated[int | None, Field(ge=1, le=10000)] = None  # its place among several, ordered by hand


class AgreementDetails(Details):
    """What was agreed: consent, touch, boundaries, the stop signal; or a written authorization to pass notes on."""

    about: str
    allowed: str | None = None  # of an authorization: its scope
    begun_by: str | None = None  # who may begin a touch
    if_more_is_asked: str | None = None  # what to do when more is asked for than was agreed before
    version: str | None = None  # of a consent form
    stop_word: str | None = None
    stop_gesture: str | None = None
    to: str | None = None  # of an authorization: whom it names, the last day it holds, and when it was signed
    until: date | None = None
    signed_on: date | None = None


class PlanDetails(Details):
    """What a plan is about: safety plan, ride home, set and setting, clearance."""

    about: str


class MeasureDetails(Details):
    """A questionnaire; an item that was left out is null among the answers, and then there is no total."""

    instrument: str
    answers: tuple[int | None, ...] | None = None
    total: int | float | None = None

    @model_validator(mode="after")
    def _partial_has_no_total(self) -> Self:
        if self.total is not None and self.partial:
            raise ValueError("a partly answered form has no total")
        return self

    @property
    def partial(self) -> bool:
        """Whether an item was left out."""
        return self.answers is not None and None in self.answers


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
    CHANGED = "changed"
    DROPPED = "dropped"


class PracticeDetails(Details):
    """What the client takes into life."""

    domain: Domain | None = None
    how_often: str | None = None
    follow_up_on: date | None = None
    until: date | None = None  # when it was agreed to end
    state: PracticeState | None = None


class ReceivedDetails(Details):
    """The bundle that a contact brought: its id, its source journal, who signed it (minisign key), when it was made."""

    bundle: Id
    journal: Id
    key: str
    created: AwareDatetime


class ContactDetails(Details):
    """A contact between sessions; `received` where a colleague's bundle was taken into the journal."""

    with_: Annotated[str | None, Field(alias="with")] = None
    received: ReceivedDetails | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

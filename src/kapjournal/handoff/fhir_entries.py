"""Each kind of entry as FHIR R4 resources, as it stands today and with the words of every amendment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from kapjournal.domain.entry import (
    Action,
    AgreementDetails,
    Amended,
    Details,
    DoseDetails,
    IntentionDetails,
    IntentionState,
    Kind,
    MeasureDetails,
    PlanDetails,
    PracticeDetails,
    PracticeState,
    RecordClass,
    SafetyDetails,
    SedationDetails,
    SudsDetails,
    VitalsDetails,
)
from kapjournal.domain.telling import KIND_TOLD, MISSING, told
from kapjournal.handoff.fhir_values import (
    LOINC,
    Resource,
    coded,
    narrative,
    plain,
    quantity,
    security,
    urn,
    without_empty,
)

_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_SEVERITY = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
_ACHIEVED = "http://terminology.hl7.org/CodeSystem/goal-achievement"
_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"

# (field, LOINC, its name, unit as shown, unit in UCUM); blood pressure is one observation of two components.
_VITALS = (
    ("heart_rate", "8867-4", "Heart rate", "/min", "/min"),
    ("spo2", "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", "%"),
    ("resp_rate", "9279-1", "Respiratory rate", "/min", "/min"),
    ("temp_c", "8310-5", "Body temperature", "°C", "Cel"),
    ("weight_kg", "29463-7", "Body weight", "kg", "kg"),
)
_PRESSURE = (
    ("systolic", "8480-6", "Systolic blood pressure"),
    ("diastolic", "8462-4", "Diastolic blood pressure"),
)
_TOTALS = {"PHQ-9": "44261-6", "GAD-7": "70274-6"}

_LIFECYCLE = {
    IntentionState.OPEN: "active",
    IntentionState.MET: "completed",
    IntentionState.PARTLY: "active",
    IntentionState.CHANGED: "active",
    IntentionState.SET_ASIDE: "cancelled",
}
_ACHIEVEMENT = {IntentionState.MET: "achieved", IntentionState.PARTLY: "improving"}
_PRACTICE = {
    PracticeState.OPEN: "in-progress",
    PracticeState.KEPT: "completed",
    PracticeState.CHANGED: "in-progress",
    PracticeState.DROPPED: "stopped",
}


class Maker(NamedTuple):
    """Makes resources of one bundle about one client."""

    bundle: str
    client: str
    part_2: bool = False

    def resource(self, type_: str, id_: str, *, private: bool = False, **content: Any) -> Resource:  # noqa: ANN401
        """A resource with its id and labels; empty values are left out."""
        named = urn(self.bundle, type_, id_).removeprefix("urn:uuid:")
        labels = security(private=private, part_2=self.part_2)
        return without_empty({"resourceType": type_, "id": named, "meta": labels, **content})

    def reference(self, type_: str, id_: str) -> dict[str, str]:
        """A reference to a resource by what it was made of."""
        return {"reference": urn(self.bundle, type_, id_)}

    @property
    def subject(self) -> dict[str, str]:
        """The client."""
        return self.reference("Patient", self.client)

    def about(self, one: Amended, type_: str, suffix: str = "", **content: Any) -> Resource:  # noqa: ANN401
        """A resource made of an entry, with all of its words."""
        private = one.original.in_class is RecordClass.PRIVATE
        # An observation in words alone says all of them already; its narrative would say them again.
        text = None if "valueString" in content and not one.amendments else narrative(_words(one))
        return self.resource(type_, one.original.id + suffix, private=private, text=text, **content)

    def encounter(self, one: Amended) -> dict[str, str] | None:
        """The session that an entry belongs to."""
        session = one.original.session
        return self.reference("Encounter", session) if session is not None else None


def resources_of(one: Amended, maker: Maker) -> Iterator[Resource]:
    """The resources that an entry becomes; one kind of resource at least for every entry."""
    kind, details = one.original.kind, _standing(one) or _BARE.get(one.original.kind)
    made = list(_BY_KIND[kind](one, details, maker)) if kind in _BY_KIND and details is not None else []
    yield from made or _as_words(one, details, maker)


def _standing(one: Amended) -> Details | None:
    try:
        return one.details
    except ValidationError:
        return one.original.details


def _words(one: Amended) -> Iterator[str]:
    sentence = "".join(stretch.text for stretch in told(one.original) if stretch.style != MISSING)
    yield f"{KIND_TOLD[one.original.kind].label}: {sentence}"
    for amendment in one.amendments:
        yield f"{amendment.action.replace('_', ' ')}: {amendment.text or amendment.reason or ''}"


def _at(one: Amended) -> str:
    return one.original.noticed_at.isoformat()


def _status(one: Amended) -> str:
    if one.retracted:
        return "entered-in-error"
    return "corrected" if any(a.action is Action.CORRECTION for a in one.amendments) else "final"


@cache
def _category(code: str) -> list[dict[str, Any]]:
    return [coded(_CATEGORY, code, code.replace("-", " ").title())]


def _observation(
    one: Amended,
    maker: Maker,
    code: dict[str, Any],
    category: str,
    suffix: str = "",
    **value: Any,  # noqa: ANN401
) -> Resource:
    return maker.about(
        one,
        "Observation",
        suffix,
        status=_status(one),
        category=_category(category),
        code=code,
        subject=maker.subject,
        encounter=maker.encounter(one),
        effectiveDateTime=_at(one),
        **value,
    )


def _as_words(one: Amended, _: Details | None, maker: Maker) -> Iterator[Resource]:
    """Whatever has no resource of its own."""
    entry = one.original
    words = plain("".join(stretch.text for stretch in told(entry) if stretch.style != MISSING))
    value = {"valueString": words} if words else {}
    category = "procedure" if entry.kind in {Kind.INTERVENTION, Kind.TOUCH} else "exam"
    yield _observation(one, maker, {"text": KIND_TOLD[entry.kind].label}, category, **value)


def _dose(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, DoseDetails)
    dosage: dict[str, Any] = {}
    if details.amount_mg is not None:
        route = {"text": str(details.route)} if details.route else None
        dosage = without_empty({"text": plain(one.original.text), "route": route})
        dosage["dose"] = quantity(details.amount_mg, "mg", "mg")
    yield maker.about(
        one,
        "MedicationAdministration",
        status="entered-in-error" if one.retracted else "completed",
        medicationCodeableConcept={"text": "Ketamine, booster" if details.booster else "Ketamine"},
        subject=maker.subject,
        context=maker.encounter(one),
        effectiveDateTime=_at(one),
        dosage=dosage,
    )


def _vitals(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, VitalsDetails)
    pressure = [
        {"code": coded(LOINC, code, name), "valueQuantity": quantity(value, "mmHg", "mm[Hg]")}
        for field, code, name in _PRESSURE
        if (value := getattr(details, field)) is not None
    ]
    if pressure:
        panel = coded(LOINC, "85354-9", "Blood pressure panel with all children optional")
        yield _observation(one, maker, panel, "vital-signs", "/pressure", component=pressure)
    for field, code, name, unit, ucum in _VITALS:
        if (value := getattr(details, field)) is not None:
            measured = quantity(value, unit, ucum)
            yield _observation(one, maker, coded(LOINC, code, name), "vital-signs", f"/{field}", valueQuantity=measured)


def _level(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, SudsDetails | SedationDetails)
    name = "Distress, 0 to 10" if isinstance(details, SudsDetails) else "Wakefulness, 0 to 5 (MOAA/S)"
    yield _observation(one, maker, {"text": name}, "survey", valueInteger=details.level)


def _measure(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, MeasureDetails)
    name = plain(details.instrument) or "Questionnaire"
    answers = [
        {"linkId": str(place), "answer": [{"valueInteger": answer}]}
        for place, answer in enumerate(details.answers or (), start=1)
        if answer is not None
    ]
    status = "entered-in-error" if one.retracted else ("in-progress" if details.partial else "completed")
    yield maker.about(
        one,
        "QuestionnaireResponse",
        "/answers",
        status=status,
        subject=maker.subject,
        encounter=maker.encounter(one),
        authored=_at(one),
        item=[{"linkId": "form", "text": name, **({"item": answers} if answers else {})}],
    )
    if details.total is not None:
        code = coded(LOINC, _TOTALS[name], f"{name} total score") if name in _TOTALS else {"text": f"{name} total"}
        yield _observation(one, maker, code, "survey", "/total", valueQuantity={"value": details.total})


def _safety(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, SafetyDetails)
    severity = details.severity
    yield maker.about(
        one,
        "AdverseEvent",
        actuality="actual",
        event={"text": plain(details.sign) or plain(one.original.text) or "Safety"},
        subject=maker.subject,
        encounter=maker.encounter(one),
        date=_at(one),
        severity=coded(_SEVERITY, str(severity), severity.capitalize()) if severity else None,
        outcome={"text": f"Resolved {details.resolved_at.isoformat()}"} if details.resolved_at else None,
    )


def _intention(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, IntentionDetails)
    state = details.state or IntentionState.OPEN
    said = ((name, getattr(details, name)) for name in ("hope", "fear", "enough"))
    achieved = _ACHIEVEMENT.get(state)
    yield maker.about(
        one,
        "Goal",
        lifecycleStatus="entered-in-error" if one.retracted else _LIFECYCLE[state],
        achievementStatus=coded(_ACHIEVED, achieved, achieved.capitalize()) if achieved else None,
        description={"text": plain(one.original.text) or plain(details.hope) or "Intention"},
        subject=maker.subject,
        startDate=one.original.noticed_at.date().isoformat(),
        note=[{"text": f"{name}: {plain(words)}"} for name, words in said if words and plain(words)],
    )


def _agreement(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    assert isinstance(details, AgreementDetails)
    words = ", ".join(filter(None, (plain(details.about), plain(details.allowed), plain(one.original.text))))
    yield maker.about(
        one,
        "Consent",
        status="entered-in-error" if one.retracted else "active",
        scope=coded(_SCOPE, "treatment", "Treatment"),
        category=[coded(LOINC, "59284-0", "Consent Document")],
        patient=maker.subject,
        dateTime=_at(one),
        policyRule={"text": words or "Agreement"},
    )


def _practice(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    state = details.state if isinstance(details, PracticeDetails) and details.state else PracticeState.OPEN
    often = details.how_often if isinstance(details, PracticeDetails) else None
    words = ", ".join(filter(None, (plain(one.original.text), plain(often))))
    detail = {"status": _PRACTICE[state], "description": words or "Practice"}
    yield _care_plan(one, maker, activity=[{"detail": detail}])


def _plan(one: Amended, details: Details, maker: Maker) -> Iterator[Resource]:
    yield _care_plan(one, maker, title=plain(getattr(details, "about", "")), description=plain(one.original.text))


def _care_plan(one: Amended, maker: Maker, **content: Any) -> Resource:  # noqa: ANN401
    return maker.about(
        one,
        "CarePlan",
        status="entered-in-error" if one.retracted else "active",
        intent="plan",
        subject=maker.subject,
        encounter=maker.encounter(one),
        created=_at(one),
        **content,
    )


# What may stand without details and has a resource of its own all the same.
_BARE: dict[Kind, Details] = {
    Kind.DOSE: DoseDetails(),
    Kind.SAFETY: SafetyDetails(),
    Kind.INTENTION: IntentionDetails(),
    Kind.AGREEMENT: AgreementDetails(about="agreement"),
    Kind.PRACTICE: PracticeDetails(),
    Kind.PLAN: PlanDetails(about="plan"),
}

_Teller = Callable[[Amended, Details, Maker], Iterator[Resource]]
_BY_KIND: dict[Kind, _Teller] = {
    Kind.DOSE: _dose,
    Kind.VITALS: _vitals,
    Kind.SUDS: _level,
    Kind.SEDATION: _level,
    Kind.MEASURE: _measure,
    Kind.SAFETY: _safety,
    Kind.INTENTION: _intention,
    Kind.AGREEMENT: _agreement,
    Kind.PRACTICE: _practice,
    Kind.PLAN: _plan,
}

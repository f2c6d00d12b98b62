"""The one-line forms of tap mode: blanks to fill, turned into the same lines that could be typed."""

from __future__ import annotations

from collections.abc import Mapping

from kapjournal.domain.entry import (
    Details,
    DoseDetails,
    InitiatedBy,
    SafetyDetails,
    Severity,
    TouchBasis,
    TouchDetails,
)
from kapjournal.gui.live.state import Form, FormField

ROUTES = ("IM", "SL", "RDT", "IN", "IV", "PO", "SC")

FORMS: dict[str, Form] = {
    "vitals": Form(
        "Vitals",
        "heart-pulse",
        (
            FormField("systolic", "upper", width=3),
            FormField("diastolic", "lower", width=3),
            FormField("heart_rate", "pulse", width=3),
            FormField("spo2", "SpO₂ %", width=3),
            FormField("resp_rate", "breaths", width=3),
            FormField("temp_c", "°C", width=4),
        ),
    ),
    "dose": Form(
        "Dose",
        "syringe",
        (
            FormField("amount", "mg", width=4),
            FormField("route", "route", choices=ROUTES),
            FormField("booster", "booster", choices=("no", "yes")),
            FormField("given_by", "given by", choices=("", "self", "medical")),
            FormField("words", "words", width=16),
        ),
    ),
    "touch": Form(
        "Touch",
        "hand",
        (
            FormField("where", "where", width=10),
            FormField("initiated_by", "begun by", choices=("", "client", "me")),
            FormField("basis", "basis", choices=("agreed before", "asked now", "other")),
            FormField("response", "response", width=16),
        ),
    ),
    "safety": Form(
        "Safety",
        "shield-alert",
        (
            FormField("sign", "what is seen", width=16),
            FormField("severity", "how serious", choices=("", "mild", "moderate", "severe")),
            FormField("action", "what was done", width=16),
        ),
    ),
}

_SPELLED = (
    ("heart_rate", "hr"),
    ("spo2", "spo2"),
    ("resp_rate", "rr"),
    ("temp_c", "temp"),
)


def line_of(form: str, values: Mapping[str, str]) -> str:
    """The capture line that the filled-in blanks stand for."""
    given = {key: " ".join(value.split()) for key, value in values.items() if value.strip()}
    return {"vitals": _vitals_line, "dose": _dose_line, "touch": _touch_line, "safety": _safety_line}[form](given)


def _vitals_line(given: Mapping[str, str]) -> str:
    pressure = [f"bp {given['systolic']}/{given['diastolic']}"] if "systolic" in given and "diastolic" in given else []
    return " ".join([*pressure, *(f"{word} {given[key]}" for key, word in _SPELLED if key in given)])


def _dose_line(given: Mapping[str, str]) -> str:
    word = "booster" if given.get("booster") == "yes" else "dose"
    amount = f" {given['amount']}mg" if "amount" in given else ""
    return f"{word}{amount} {given.get('route', '').lower()} {given.get('words', '')}".strip()


def _touch_line(given: Mapping[str, str]) -> str:
    return f"touch {given.get('where', '')}".strip()


def _safety_line(given: Mapping[str, str]) -> str:
    return f"! {', '.join(given[key] for key in ('sign', 'action') if key in given)}".strip()


_BASIS = {"agreed before": TouchBasis.AGREED_BEFORE, "asked now": TouchBasis.ASKED_NOW, "other": TouchBasis.OTHER}
_BEGUN = {"client": InitiatedBy.CLIENT, "me": InitiatedBy.THERAPIST}


def details_of(form: str, values: Mapping[str, str], read: Details | None) -> Details | None:
    """The details with what the line alone could not say."""
    given = {key: value.strip() for key, value in values.items() if value.strip()}
    if form == "touch":
        made = {
            "where": given.get("where"),
            "initiated_by": _BEGUN.get(given.get("initiated_by", "")),
            "basis": _BASIS.get(given.get("basis", "agreed before")),
            "response": given.get("response"),
        }
        return TouchDetails.model_validate({k: v for k, v in made.items() if v is not None})
    if form == "safety":
        seen = {"sign": given.get("sign"), "action": given.get("action"), "severity": given.get("severity")}
        if seen["severity"] is not None:
            seen["severity"] = Severity(str(seen["severity"]))
        return SafetyDetails.model_validate({k: v for k, v in seen.items() if v})
    if form == "dose" and isinstance(read, DoseDetails) and given.get("given_by"):
        return DoseDetails.model_validate(read.model_dump(exclude_none=True) | {"given_by": given["given_by"]})
    return read

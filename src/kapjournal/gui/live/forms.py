"""The one-line forms of tap mode: blanks to fill, turned into the same drafts that a typed line would give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from kapjournal.domain.capture import Context, Draft, read_line
from kapjournal.domain.entry import DoseDetails, InitiatedBy, Kind, SafetyDetails, TouchBasis, TouchDetails
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
_NUMBER = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,3})?", re.ASCII)
_FIGURES = re.compile(r"[0-9]{1,3}", re.ASCII)
_BASIS = {"agreed before": TouchBasis.AGREED_BEFORE, "asked now": TouchBasis.ASKED_NOW, "other": TouchBasis.OTHER}
_BEGUN = {"client": InitiatedBy.CLIENT, "me": InitiatedBy.THERAPIST}


def draft_of(form: str, values: Mapping[str, str], stamp: datetime, context: Context) -> Draft:
    """The draft that the filled-in blanks stand for; what does not fit its blank is kept as words."""
    given = {key: " ".join(value.split()) for key, value in values.items() if value.strip()}
    read = {"vitals": _vitals, "dose": _dose, "touch": _touch, "safety": _safety}[form]
    return read(given, stamp, context)


def _vitals(given: Mapping[str, str], stamp: datetime, context: Context) -> Draft:
    upper, lower = given.get("systolic"), given.get("diastolic")
    readings, words = [], []
    if upper and lower and _FIGURES.fullmatch(upper) and _FIGURES.fullmatch(lower):
        readings.append(f"bp {upper}/{lower}")
    else:
        words += [f"{word} {value}" for word, value in (("upper", upper), ("lower", lower)) if value]
    for key, word in _SPELLED:
        if value := given.get(key):
            (readings if _NUMBER.fullmatch(value) else words).append(f"{word} {value}")
    line = ", ".join(part for part in (" ".join(readings), *words) if part)
    return read_line(line, stamp, context._replace(default_kind=Kind.OBSERVATION))


def _dose(given: Mapping[str, str], stamp: datetime, context: Context) -> Draft:
    said: dict[str, object] = {}
    words = [given["words"]] if "words" in given else []
    if amount := given.get("amount"):
        value = float(amount.replace(",", ".")) if _NUMBER.fullmatch(amount) else 0.0
        if 0 < value <= 5000:
            said["amount_mg"] = int(value) if value.is_integer() else value
        else:
            words.insert(0, amount)
    said |= {key: given[key] for key in ("route", "given_by") if key in given}
    said |= {"booster": True} if given.get("booster") == "yes" else {}
    return Draft(Kind.DOSE, ", ".join(words), stamp, details=DoseDetails.model_validate(said))


def _touch(given: Mapping[str, str], stamp: datetime, context: Context) -> Draft:
    said = {
        "where": given.get("where"),
        "initiated_by": _BEGUN.get(given.get("initiated_by", "")),
        "basis": _BASIS[given.get("basis", "agreed before")],
        "response": given.get("response"),
    }
    details = TouchDetails.model_validate({key: value for key, value in said.items() if value is not None})
    return Draft(Kind.TOUCH, "", stamp, details=details)


def _safety(given: Mapping[str, str], stamp: datetime, context: Context) -> Draft:
    draft = read_line(f"! {', '.join(given[key] for key in ('sign', 'action') if key in given)}", stamp, context)
    said = {key: given[key] for key in ("sign", "severity", "action") if key in given}
    return draft._replace(kind=Kind.SAFETY, details=SafetyDetails.model_validate(said))

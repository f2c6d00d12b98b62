"""Small values of FHIR R4 that every resource is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Resource = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
_ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


_SEEN = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"} | {0x7F: "\u2421"}


@lru_cache(maxsize=4096)
def urn(bundle: str, *what: str) -> str:
    """A name for something in this bundle: the same each time, and of the shape that FHIR wants."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('kapjournal', bundle, *what)))}"


def reference(resource: Resource) -> dict[str, str]:
    """A reference to a resource of this bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def coded(system: str, code: str, display: str) -> dict[str, Any]:
    """A concept from a code system, with its words."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def quantity(value: float, unit: str, code: str) -> dict[str, Any]:
    """A measured amount in UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


@cache
def security(*, private: bool, part_2: bool) -> dict[str, Any]:
    """The labels of a resource: restricted always; psychotherapy notes and Part 2 where they apply."""
    labels = [{"system": _CONFIDENTIALITY, "code": "R", "display": "restricted"}]
    labels += [{"system": _ACT, "code": "PSYTHPN", "display": "psychotherapy note information sensitivity"}] * private
    labels += [{"system": _ACT, "code": "42CFRPart2", "display": "42 CFR Part2"}] * part_2
    return {"security": labels}


def narrative(lines: Iterable[str]) -> dict[str, str] | None:
    """Words as FHIR's XHTML; None where there are none."""
    said = [f"<p>{escape(plain(line))}</p>" for line in lines if line and line.strip()]
    if not said:
        return None
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(said)}</div>'}


def plain(words: str | None) -> str:
    """Words without the control characters that FHIR strings may not have."""
    return (words or "").translate(_SEEN).strip()


def without_empty(content: Mapping[str, Any]) -> Resource:
    """FHIR has no empty values: what is not there is left out."""
    return {name: value for name, value in content.items() if value or value == 0}

"""The record as a FHIR R4 document bundle: the Composition first, and everything it names inside (hl7.org/fhir/R4).

Plain dictionaries; the tests hold them against a FHIR library. Private notes carry the security label PSYTHPN.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kapjournal.application.handed_summary import part_told
from kapjournal.domain.bundle import Contents, Form
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amended, Amendment, Entry, Kind, RecordClass
from kapjournal.domain.label import Part, Theme
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.timeline import amended
from kapjournal.handoff.fhir_entries import Maker, resources_of
from kapjournal.handoff.fhir_values import (
    LOINC,
    Resource,
    coded,
    narrative,
    plain,
    reference,
    security,
    urn,
    without_empty,
)

_ENCOUNTER_CLASS = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "AMB",
    "display": "ambulatory",
}
_REFERRAL, _CONSULT = ("57133-1", "Referral note"), ("34785-6", "Mental health Consult note")


class _Named(NamedTuple):
    """A resource, and the section of the composition that lists it; None lists it nowhere."""

    section: str | None
    resource: Resource


def fhir_document(
    records: Sequence[Record], contents: Contents, sender: str, tick: Callable[[int], None] = lambda _: None
) -> bytes:
    """The document as UTF-8 JSON."""
    maker = Maker(contents.bundle_id, contents.client, part_2=contents.part_2)
    people = tuple(_people(records, contents, sender, maker))
    named = [*(_Named(None, person) for person in people), *_of_records(records, maker, tick)]
    composition = _composition(named, records, contents, maker)
    bundle = {
        "resourceType": "Bundle",
        "id": urn(contents.bundle_id, "bundle").removeprefix("urn:uuid:"),
        "meta": security(private=False, part_2=contents.part_2),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": urn(contents.bundle_id, "document")},
        "type": "document",
        "timestamp": contents.created.isoformat(),
        "entry": [
            {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
            for resource in (composition, *(one.resource for one in named))
        ],
    }
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode()


def _people(records: Iterable[Record], contents: Contents, sender: str, maker: Maker) -> Iterator[Resource]:
    for client in (record for record in records if isinstance(record, Client)):
        contact = [{"name": {"text": plain(client.emergency_contact)}}] if client.emergency_contact else []
        yield maker.resource(
            "Patient",
            client.id,
            name=[{"use": "anonymous", "text": plain(client.alias)}],
            birthDate=str(client.birth_year) if client.birth_year else None,
            contact=contact,
        )
    yield maker.resource("Practitioner", "sender", name=[{"text": plain(sender) or "The sender"}])
    for place, one in enumerate(contents.recipients):
        name = plain(one.name) or one.key or "Whoever has the passphrase"
        yield maker.resource("Practitioner", f"recipient-{place}", name=[{"text": name}])


def _of_records(records: Sequence[Record], maker: Maker, tick: Callable[[int], None]) -> Iterator[_Named]:
    for session in (record for record in records if isinstance(record, Session)):
        yield _Named("Sessions", _encounter(session, maker))
    entries = [record for record in records if isinstance(record, Entry)]
    for one in amended(entries, [record for record in records if isinstance(record, Amendment)]):
        for resource in resources_of(one, maker):
            yield _Named(_section(one), resource)
        tick(1)


def _section(one: Amended) -> str:
    if one.original.in_class is RecordClass.PRIVATE:
        return "Psychotherapy notes, passed on with authorization"
    return _SECTIONS.get(one.original.kind, KIND_TOLD[one.original.kind].label)


_SECTIONS = {
    Kind.DOSE: "Medication administered",
    Kind.VITALS: "Vital signs",
    Kind.SEDATION: "Vital signs",
    Kind.SUDS: "Measures",
    Kind.MEASURE: "Measures",
    Kind.SAFETY: "Adverse events",
    Kind.INTENTION: "Goals",
    Kind.AGREEMENT: "Consents and agreements",
    Kind.PLAN: "Plans",
    Kind.PRACTICE: "Plans",
}


def _encounter(session: Session, maker: Maker) -> Resource:
    number = f" {session.number}" if session.number is not None else ""
    period = {"start": session.started_at, "end": session.ended_at}
    ended = session.ended_at or session.closed_at
    status = "finished" if ended else ("in-progress" if session.started_at else "planned")
    encounter = maker.resource(
        "Encounter",
        session.id,
        status=status,
        type=[{"text": f"{session.kind.capitalize()}{number}"}],
        subject=maker.subject,
        period={name: at.isoformat() for name, at in period.items() if at},
        text=narrative([session.setting] if session.setting else []),
    )
    return {**encounter, "class": _ENCOUNTER_CLASS}


def _composition(named: Sequence[_Named], records: Sequence[Record], contents: Contents, maker: Maker) -> Resource:
    code, display = _CONSULT if contents.form == Form.CONSULTATION else _REFERRAL
    sections: dict[str, list[dict[str, str]]] = {}
    for section, resource in named:
        if section is not None:
            sections.setdefault(section, []).append(reference(resource))
    listed = [{"title": title, "entry": entries} for title, entries in sections.items()]
    return maker.resource(
        "Composition",
        "composition",
        status="final",
        type=coded(LOINC, code, display),
        subject=maker.subject,
        date=contents.created.isoformat(),
        author=[maker.reference("Practitioner", "sender")],
        title="Consultation copy, de-identified" if contents.form == Form.CONSULTATION else "Record handed over",
        confidentiality="R",
        section=[*_told(records, contents), *listed],
        private=any(one.section and one.section.startswith("Psychotherapy") for one in named),
    )


def _told(records: Sequence[Record], contents: Contents) -> Iterator[dict[str, Any]]:
    """Sections of words alone: why, what is reported of the client, and the names that notes are found by."""
    client = next((record for record in records if isinstance(record, Client)), None)
    reported = {
        "Diagnoses": client.diagnoses if client else None,
        "Medicines": client.medicines if client else None,
        "Allergies": client.allergies if client else None,
        "Prescriber": client.prescriber if client else None,
    }
    yield from _words("Reason for referral", [contents.purpose, contents.letter.questions], "42349-1")
    yield from _words("As reported", [f"{name}: {said}" for name, said in reported.items() if said])
    courses = (record for record in records if isinstance(record, Course))
    yield from _words("Course", [", ".join(filter(None, (c.title, c.goals, c.dose_range))) for c in courses])
    yield from _words("Themes", [theme.name for theme in records if isinstance(theme, Theme)])
    yield from _words("Parts", [part_told(part) for part in records if isinstance(part, Part)])


def _words(title: str, lines: Iterable[str], loinc: str | None = None) -> Iterator[dict[str, Any]]:
    said = [line for line in lines if line and line.strip()]
    if said:
        code = coded(LOINC, loinc, title) if loinc else None
        yield without_empty({"title": title, "code": code, "text": narrative(said)})

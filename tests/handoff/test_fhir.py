"""The FHIR document, held against a FHIR library (a test dependency only): R4 resources, in a document bundle."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings

from kapjournal.domain.bundle import Contents, Recipient
from kapjournal.domain.course import Client, Record
from kapjournal.domain.entry import Entry, RecordClass
from kapjournal.handoff.fhir import fhir_document
from tests.fakes.clock import START
from tests.handed import records
from tests.records import journals

CONTENTS = Contents(
    bundle_id="b", created=START, client="c", recipients=(Recipient(name="T.M."),), purpose="Transfer of care"
)


def of_wren() -> tuple[Record, ...]:
    """Everything of one client, private notes too."""
    entries = {record.id for record in records() if isinstance(record, Entry) and record.client == "c"}
    return tuple(
        record
        for record in records()
        if getattr(record, "client", "c") == "c"
        and getattr(record, "id", "") != "o"
        and getattr(record, "entry", "seen") in entries
    )


def made(them: tuple[Record, ...] | None = None, contents: Contents = CONTENTS) -> dict[str, Any]:
    raw = fhir_document(them if them is not None else of_wren(), contents, "K.L.")
    Bundle.model_validate_json(raw)  # raises where it is not R4
    document: dict[str, Any] = json.loads(raw)
    return document


def resources(document: dict[str, Any], type_: str | None = None) -> list[dict[str, Any]]:
    return [e["resource"] for e in document["entry"] if type_ in {None, e["resource"]["resourceType"]}]


def labels(resource: dict[str, Any]) -> set[str]:
    return {label["code"] for label in resource["meta"]["security"]}


def test_it_is_a_document_whose_composition_comes_first() -> None:
    document = made()
    assert document["type"] == "document"
    assert document["identifier"]["value"].startswith("urn:uuid:")
    assert document["entry"][0]["resource"]["resourceType"] == "Composition"


def test_every_kind_has_its_resource() -> None:
    found = {resource["resourceType"] for resource in resources(made())}
    assert found == {
        "Composition", "Patient", "Practitioner", "Encounter", "Goal", "MedicationAdministration", "Observation",
        "QuestionnaireResponse", "Consent", "AdverseEvent", "CarePlan",
    }  # fmt: skip


def references(value: object) -> list[str]:
    if isinstance(value, dict):
        return [value["reference"]] if "reference" in value else [r for v in value.values() for r in references(v)]
    return [r for item in value for r in references(item)] if isinstance(value, list) else []


def test_whatever_is_named_is_inside() -> None:
    document = made()
    inside = {entry["fullUrl"] for entry in document["entry"]}
    assert set(references(document)) <= inside
    assert len(inside) == len(document["entry"])
    listed = set(references(resources(document, "Composition")[0]["section"]))
    people = {e["fullUrl"] for e in document["entry"] if e["resource"]["resourceType"] in {"Patient", "Practitioner"}}
    assert inside - listed == people | {document["entry"][0]["fullUrl"]}


def test_private_notes_are_labelled_and_nothing_else_is() -> None:
    private = {e.text for e in of_wren() if isinstance(e, Entry) and e.in_class is RecordClass.PRIVATE}
    for resource in resources(made())[1:]:
        said = json.dumps(resource, ensure_ascii=False)
        assert ("PSYTHPN" in labels(resource)) == any(text in said for text in private)
        assert "R" in labels(resource)
    assert "PSYTHPN" in labels(resources(made(), "Composition")[0])


def test_the_clinical_record_alone_has_no_such_label() -> None:
    clinical = tuple(
        record
        for record in of_wren()
        if not (isinstance(record, Entry) and record.in_class is RecordClass.PRIVATE)
        and getattr(record, "entry", "") != "quote"
        and getattr(record, "target", "") != "quote"
    )
    assert "PSYTHPN" not in json.dumps(made(clinical))


def test_what_was_given_and_measured() -> None:
    document = made()
    dose = resources(document, "MedicationAdministration")[0]
    assert dose["dosage"]["dose"] == {"value": 60, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    assert dose["effectiveDateTime"] == "2026-02-02T10:10:00-05:00"
    pressure = next(o for o in resources(document, "Observation") if "component" in o)
    assert [part["valueQuantity"]["value"] for part in pressure["component"]] == [128, 82]  # as corrected
    assert pressure["status"] == "corrected"
    form = resources(document, "QuestionnaireResponse")[0]
    assert [item["answer"][0]["valueInteger"] for item in form["item"][0]["item"]] == [2, 2, 2, 2, 1, 2, 1, 1, 0]
    goal = resources(document, "Goal")[0]
    assert (goal["description"]["text"], goal["lifecycleStatus"]) == ("To breathe out", "active")
    assert resources(document, "AdverseEvent")[0]["severity"]["coding"][0]["code"] == "mild"


def test_what_was_taken_back_says_so() -> None:
    gone = [o for o in resources(made(), "Observation") if o["status"] == "entered-in-error"]
    assert ["A slip of the pen" in json.dumps(o) for o in gone] == [True]


def test_part_2_is_labelled() -> None:
    document = made(contents=CONTENTS.model_copy(update={"part_2": True}))
    assert all("42CFRPart2" in labels(resource) for resource in resources(document))


def test_the_same_records_make_the_same_document() -> None:
    assert made() == made()


@given(journals())
@settings(max_examples=60, deadline=None)
def test_whatever_a_journal_may_hold_is_valid(them: list[Record]) -> None:
    client = next(record for record in them if isinstance(record, Client))
    made(tuple(them), CONTENTS.model_copy(update={"client": client.id}))


@pytest.mark.parametrize("words", ["<script>", "\x00\x1b[0m", "]]>", "   ", "\u202e"])
def test_no_words_break_out_of_the_narrative(words: str) -> None:
    entry = next(r for r in of_wren() if isinstance(r, Entry) and r.id == "seen")
    document = made((of_wren()[0], entry.model_copy(update={"text": words, "session": None})))
    assert "<script>" not in "".join(r["text"]["div"] for r in resources(document) if "text" in r)

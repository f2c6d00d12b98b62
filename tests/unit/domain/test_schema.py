"""The published schema is the one that the models make, and says the same as they do."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings

from kapjournal.domain.course import Record
from kapjournal.domain.exchange import MODELS, Misfit, record_of
from kapjournal.domain.schema import Schema, line_schema, manifest_schema
from tests.handed import LINES
from tests.handoff.forging import MANIFEST, bundle, files_of
from tests.records import journals

PROJECT = Path(__file__).resolve().parents[3]
LINE, MANIFEST_SCHEMA = line_schema(), manifest_schema()


def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("schema_writer", PROJECT / "packaging" / "schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["interchange-line.json", "bundle-manifest.json"])
def test_what_is_published_is_current(name: str) -> None:
    """`make schema` writes it anew."""
    assert (PROJECT / "docs" / "schema" / name).read_text(encoding="utf-8") == writer().files()[name]


TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


def fits(value: Any, schema: Schema, root: Schema) -> bool:  # noqa: ANN401 - JSON
    """The part of JSON Schema that is used here; a keyword that is not known fails the test."""
    return all(_keyword(word, told, value, schema, root) for word, told in schema.items())


def _keyword(word: str, told: Any, value: Any, schema: Schema, root: Schema) -> bool:  # noqa: ANN401, PLR0911
    match word:
        case "$ref":
            return fits(value, root["$defs"][told.rsplit("/", 1)[1]], root)
        case "type":
            wanted = told if isinstance(told, list) else [told]
            return any(isinstance(value, TYPES[w]) and (w == "boolean") == isinstance(value, bool) for w in wanted)
        case "anyOf":
            return any(fits(value, one, root) for one in told)
        case "oneOf":
            return sum(fits(value, one, root) for one in told) == 1
        case "allOf":
            return all(fits(value, one, root) for one in told)
        case "if":
            return not fits(value, told, root) or fits(value, schema["then"], root)
    if isinstance(value, dict):
        return _of_object(word, told, value, schema, root)
    if isinstance(value, list):
        return word != "items" or all(fits(one, told, root) for one in value)
    return _of_value(word, told, value)


def _of_object(word: str, told: Any, value: dict[str, Any], schema: Schema, root: Schema) -> bool:  # noqa: ANN401
    match word:
        case "required":
            return value.keys() >= set(told)
        case "properties":
            return all(fits(value[name], one, root) for name, one in told.items() if name in value)
        case "additionalProperties" if isinstance(told, dict):
            return all(fits(one, told, root) for one in value.values())
        case "additionalProperties":
            return bool(told) or value.keys() <= schema.get("properties", {}).keys()
    assert word in {*SAYING_NOTHING, *OF_VALUES}, word
    return True


SAYING_NOTHING = {"$schema", "title", "description", "default", "$defs", "then"}
# Each says something of one kind of value only, and nothing of others.
OF_VALUES: dict[str, tuple[type | tuple[type, ...], Callable[[Any, Any], bool]]] = {
    "const": (object, lambda value, told: value == told),
    "enum": (object, lambda value, told: value in told),
    "minLength": (str, lambda value, told: len(value) >= told),
    "maxLength": (str, lambda value, told: len(value) <= told),
    "pattern": (str, lambda value, told: re.search(told, value) is not None),
    "format": (str, lambda value, told: bool((datetime if told == "date-time" else date).fromisoformat(value))),
    "minimum": ((int, float), lambda value, told: value >= told),
    "exclusiveMinimum": ((int, float), lambda value, told: value > told),
    "maximum": ((int, float), lambda value, told: value <= told),
    "minItems": (list, lambda value, told: len(value) >= told),
    "maxItems": (list, lambda value, told: len(value) <= told),
}


def _of_value(word: str, told: Any, value: Any) -> bool:  # noqa: ANN401
    if word not in OF_VALUES:
        assert word in {*SAYING_NOTHING, "properties", "required", "additionalProperties", "items"}, word
        return True
    kind, holds = OF_VALUES[word]
    return not isinstance(value, kind) or holds(value, told)


@given(journals())
@settings(max_examples=30, deadline=None)
def test_every_line_that_is_written_fits(them: list[Record]) -> None:
    for record in them:
        assert fits(record.content(), LINE, LINE), record.content()


@pytest.mark.parametrize(
    "line",
    [
        {"type": "spell", "id": "x"},
        {"id": "x", "alias": "Wren"},
        {"type": "client", "id": "x"},
        {"type": "client", "id": "", "alias": "Wren"},
        {"type": "client", "id": "x", "alias": "Wren", "weather": "fair"},
        {**LINES[14], "kind": "sigh"},
        {**LINES[14], "details": {"amount_mg": 60}},
        {**LINES[14], "noticed_at": 7},
        {"type": "header", "format": "kapjournal-interchange", "version": 2},
    ],
)
def test_what_the_models_refuse_does_not_fit(line: dict[str, Any]) -> None:
    assert not fits(line, LINE, LINE)
    if line.get("type") != "header":
        with pytest.raises(Misfit):
            record_of(line)


def test_every_type_is_there() -> None:
    assert {one["$ref"].rsplit("/", 1)[1] for one in LINE["oneOf"]} == {*MODELS, "header"}


def test_a_manifest_fits() -> None:
    manifest = json.loads(files_of(bundle())[MANIFEST])
    assert fits(manifest, MANIFEST_SCHEMA, MANIFEST_SCHEMA)
    assert fits({**manifest, "weather": "fair"}, MANIFEST_SCHEMA, MANIFEST_SCHEMA)
    assert not fits({**manifest, "bundle_id": 7}, MANIFEST_SCHEMA, MANIFEST_SCHEMA)

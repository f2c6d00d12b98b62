"""The JSON Schema of the data, made from the models: a line of the interchange format, and a bundle's manifest."""

from __future__ import annotations

from typing import Any

from kapjournal.domain.bundle import Manifest
from kapjournal.domain.entry import DETAILS, Details, Kind
from kapjournal.domain.exchange import FORMAT, MODELS, VERSION

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def line_schema() -> Schema:
    """One line of a file in the interchange format: the header, or a record of one of the types."""
    shared: Schema = {}
    types = {name: _of(model.model_json_schema(ref_template=_REF), shared) for name, model in MODELS.items()}
    types["entry"] = {**types["entry"], "allOf": [_details_of(kind, shared) for kind in Kind]}
    types["header"] = _header()
    # An entry's details go by its kind; the model leaves that to a check of its own.
    types["entry"]["properties"]["details"] = {"type": ["object", "null"]}
    schema = {
        "$schema": _DIALECT,
        "title": f"{FORMAT}, version {VERSION}: one line",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in types],
        "$defs": {**shared, **types},
    }
    return dict(_standard(schema))


def manifest_schema() -> Schema:
    """`manifest.json` of a bundle; fields that a later version adds are allowed."""
    return {"$schema": _DIALECT, **Manifest.model_json_schema()}


_REF = "#/$defs/{model}"
# What pydantic calls the bounds of a number that may be whole or not; JSON Schema has names of its own.
_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}


def _standard(schema: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        return [_standard(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {_BOUNDS.get(name, name): _standard(value) for name, value in schema.items()}


def _of(schema: Schema, shared: Schema) -> Schema:
    """A record's schema, with what it shares with others moved to one place; `type` has to be there."""
    shared |= schema.pop("$defs", {})
    schema["required"] = ["type", *(name for name in schema.get("required", ()) if name != "type")]
    return schema


def _details_of(kind: Kind, shared: Schema) -> Schema:
    model = DETAILS.get(kind, Details)
    schema = model.model_json_schema(ref_template=_REF)
    shared |= schema.pop("$defs", {})
    shared[model.__name__] = schema
    allowed = {"anyOf": [{"$ref": f"#/$defs/{model.__name__}"}, {"type": "null"}]}
    return {"if": {"properties": {"kind": {"const": str(kind)}}}, "then": {"properties": {"details": allowed}}}


def _header() -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "format", "version"],
        "properties": {"type": {"const": "header"}, "format": {"const": FORMAT}, "version": {"const": VERSION}},
    }

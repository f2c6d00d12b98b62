"""The interchange format, version 1, line by line: one JSON object a line, read strictly and written plainly.

Pure: lines of bytes in, records out, and the other way round. What one line can be asked is asked here; whether
what it names exists is the business of whoever knows the other lines. Every fault is a `BadInput` (or `NewerFormat`)
that names the file, the line and the field in plain words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import DETAILS, Amendment, Details, Entry, Kind
from kapjournal.domain.errors import BadInput, NewerFormat
from kapjournal.domain.label import Link, Part, Tag, Theme
from kapjournal.domain.selection import Disclosure

FORMAT = "kapjournal-interchange"
VERSION = 1

# No record that fits the models comes near this; a longer line is another kind of file.
LONGEST_LINE = 64 * 1024 * 1024

MODELS: dict[str, type[Record]] = {
    "client": Client,
    "course": Course,
    "session": Session,
    "entry": Entry,
    "amendment": Amendment,
    "theme": Theme,
    "part": Part,
    "tag": Tag,
    "link": Link,
    "disclosure": Disclosure,
}

TIME_FIELDS = frozenset(
    {
        "planned_for",
        "started_at",
        "ended_at",
        "closed_at",
        "noticed_at",
        "written_at",
        "tagged_at",
        "sealed_at",
        "resolved_at",
    }
)
DATE_FIELDS = frozenset({"follow_up_on", "until", "retired_on", "signed_on"})

# Stricter than pydantic, which would also take a bare number, for seconds since 1970.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Nothing in a journal happened outside these years; a clock or a keyboard slipped.
_YEARS = range(1900, 2200)

TIME_EXAMPLE = "2026-03-02T10:14:07-05:00"
_NEEDS_TIME = f"needs a time with an offset, like {TIME_EXAMPLE}"
_NEEDS_DATE = "needs a date, like 2026-03-02"

# Steady and wall clock agree within this many seconds: then the wall times alone say where an entry lies.
ELAPSED_TOLERANCE_S = 1.0


Model = TypeVar("Model", bound=BaseModel)


class Read(NamedTuple):
    """A record and the line it stood on, counted from 1."""

    line: int
    record: Record


class Misfit(ValueError):
    """What is wrong with one line, as the second half of a sentence; `read_lines` adds file and line."""


# Writing ------------------------------------------------------------------------------------------------------------


def header_line() -> str:
    """The first line of every export, without the line end."""
    return json.dumps({"type": "header", "format": FORMAT, "version": VERSION})


def line_of(record: Record) -> str:
    """One record as a line without its end; no character in it ends a line for any reader."""
    line = json.dumps(record.content(), ensure_ascii=False)
    for separator in ("\u0085", "\u2028", "\u2029"):
        line = line.replace(separator, f"\\u{ord(separator):04x}")
    return line


def as_exchanged(record: Record, started_at: datetime | None) -> Record:
    """The record as an export holds it: an entry's `elapsed_s` only where the wall times do not say it already.

    `started_at` is when the entry's session began, None if unknown or without a session.
    """
    if not isinstance(record, Entry) or record.elapsed_s is None or started_at is None:
        return record
    by_wall = (record.noticed_at - started_at).total_seconds()
    if abs(record.elapsed_s - by_wall) > ELAPSED_TOLERANCE_S:
        return record
    return record.model_copy(update={"elapsed_s": None})


_OF_THE_JOURNAL = frozenset({"earlier", "origin", "beside"})


def fingerprint(record: Record) -> str:
    """Equal for two records exactly when an export would write them alike.

    How an entry was worded earlier is left out: the journal it comes from has that in its ledger. So is the journal
    it was received from, since a record is the same wherever it lies.
    """
    content = {name: value for name, value in record.content().items() if name not in _OF_THE_JOURNAL}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def identity(record: Record) -> tuple[str, ...]:
    """What makes it the same record: type and id; for a tag entry and label, for a link both ends and relation."""
    match record:
        case Tag():
            return ("tag", record.entry, "theme" if record.theme else "part", record.theme or record.part or "")
        case Link():
            return ("link", record.source, record.target, record.relation)
        case _:
            return (record.type, str(getattr(record, "id", "")))


# Reading ------------------------------------------------------------------------------------------------------------


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Read]:
    """Records one by one; `name` is the file as messages call it. A byte order mark and empty lines are passed over."""
    first = True
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip(b" \t\r\n"):
            continue
        try:
            fields = _fields(line)
            if fields.get("type") == "header":
                _check_header(fields, name, first=first)
            else:
                yield Read(number, record_of(fields))
        except Misfit as misfit:
            raise BadInput(f"{name}, line {number}: {misfit}.") from None
        except RecursionError:
            raise BadInput(f"{name}, line {number}: {_TOO_DEEP}.") from None
        first = False
    if first:
        raise BadInput(f"{name} is empty: there is nothing in it to read.")


def record_of(fields: Mapping[str, Any]) -> Record:
    """The record that the fields of one line make; raises `Misfit`."""
    kind_of_record = fields.get("type")
    if not isinstance(kind_of_record, str):
        raise Misfit("type is missing; every line says what it is")
    model = MODELS.get(kind_of_record)
    if model is None:
        raise Misfit(f"{quoted(kind_of_record)} is not a type of object in version {VERSION} of the format")
    _check_times(fields)
    if model is not Entry or fields.get("details") is None:
        return _checked(model, fields, f"{_article(kind_of_record)} {kind_of_record}")
    bare = _checked(Entry, {**fields, "details": None}, "an entry")
    return bare.model_copy(update={"details": details_of(bare.kind, fields["details"])})


def details_of(kind: Kind, details: object) -> Details:
    """The typed details of an entry of this kind, read as strictly as the rest; raises `Misfit`."""
    if not isinstance(details, dict):
        raise Misfit("details needs an object in braces")
    _check_times(details, "details.")
    model = DETAILS.get(kind, Details)
    return _checked(model, details, f"{_article(kind)} {kind} entry’s details", "details.")


def quoted(word: str) -> str:
    """A word from a file, fit to stand in a sentence: short, and without control characters."""
    shown = "".join(c if c.isprintable() else "·" for c in word[:40])
    return f"“{shown}…”" if len(word) > 40 else f"“{shown}”"


def _checked(model: type[Model], fields: Mapping[str, Any], what: str, within: str = "") -> Model:
    try:
        return model.model_validate_json(json.dumps(fields), strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        raise Misfit(_problem(error.errors(include_url=False)[0], what, within)) from None


def _fields(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Misfit(f"this is longer than {LONGEST_LINE >> 20} MB, so the file is probably of another kind")
    try:
        text = line.decode("utf-8")
        fields = json.loads(
            text, object_pairs_hook=_no_twins, parse_constant=_no_such_number, parse_float=_finite, parse_int=_whole
        )
        json.dumps(fields, ensure_ascii=False).encode("utf-8")  # finds halves of characters, written as \ud800
    except UnicodeDecodeError:
        raise Misfit("this is not UTF-8 text, so the file is probably of another kind") from None
    except UnicodeEncodeError:
        raise Misfit("there is half a character in it, which cannot be kept") from None
    except json.JSONDecodeError as error:
        raise Misfit(_not_json(line, text, error)) from None
    if not isinstance(fields, dict):
        raise Misfit("this is not an object in braces, so the file is probably of another kind")
    return fields


def _not_json(line: bytes, text: str, error: json.JSONDecodeError) -> str:
    if not text.lstrip().startswith("{"):
        return "this is not an object in braces, so the file is probably of another kind"
    if not line.endswith(b"\n"):
        return "the line breaks off, so the file was probably cut short; copy it again"
    return f"this cannot be read as JSON, from character {error.pos + 1} on"


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        twin = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Misfit(f"the field {quoted(twin)} stands there twice")
    return fields


def _no_such_number(name: str) -> NoReturn:
    raise Misfit(f"{name} is not a number that can be kept")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Misfit("there is a number too large to be kept")
    return number


def _whole(digits: str) -> int:
    # Python refuses to read very long numbers, and other readers of an export know 64 bits at most.
    if len(digits) > 18:
        raise Misfit("there is a number too large to be kept")
    return int(digits)


def _check_header(fields: dict[str, Any], name: str, *, first: bool) -> None:
    form, version = fields.get("format"), fields.get("version")
    if form != FORMAT:
        raise BadInput(f"{name} is not a KAP Journal interchange file: its header names another format.")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Misfit("version needs a whole number from 1 on")
    if version > VERSION:
        raise NewerFormat(
            f"{name} was made by a newer version of KAP Journal: its interchange format is {version}, and this program"
            f" reads {VERSION}. Update the program, then try again."
        )
    if not first:
        raise Misfit("a header may only be the first line")
    if stray := fields.keys() - {"type", "format", "version"}:
        raise Misfit(f"{quoted(min(stray))} is not a field that a header has")


def _check_times(fields: Mapping[str, Any], within: str = "") -> None:
    for field in fields.keys() & TIME_FIELDS:
        _check_written(within + field, fields[field], _TIME, _NEEDS_TIME)
    for field in fields.keys() & DATE_FIELDS:
        _check_written(within + field, fields[field], _DATE, _NEEDS_DATE)


def _check_written(field: str, value: object, shape: re.Pattern[str], need: str) -> None:
    if value is None:
        return
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise Misfit(f"{field} {need}")
    if int(value[:4]) not in _YEARS:
        raise Misfit(f"{field} lies in the year {value[:4]}, which cannot be right")


_TOO_DEEP = "this is nested too deeply"
_PROBLEMS = {
    "json_invalid": _TOO_DEEP,
    "missing": "{field} is missing",
    "extra_forbidden": "{field} is not a field that {what} may have",
    "enum": "{field} has to be one of {expected}",
    "string_type": "{field} has to be text",
    "string_too_short": "{field} is empty",
    "string_too_long": "{field} is longer than {max_length} characters",
    "bool_type": "{field} has to be true or false",
    "greater_than": "{field} has to be more than {gt}",
    "greater_than_equal": "{field} has to be at least {ge}",
    "less_than": "{field} has to be less than {lt}",
    "less_than_equal": "{field} has to be at most {le}",
    "tuple_type": "{field} has to be a list",
    "model_type": "{field} needs an object in braces",
    "dict_type": "{field} needs an object in braces",
}


def _problem(error: ErrorDetails, what: str, within: str) -> str:
    kind, loc = error["type"], error["loc"]
    is_number = loc[-1:] in (("int",), ("float",))  # a union names the branch it tried
    field = _field(loc[:-1] if is_number else loc, within)
    context = error.get("ctx", {})
    if is_number or kind.startswith("float"):
        return f"{field} has to be a number"
    if kind.startswith("int"):
        return f"{field} has to be a whole number"
    if kind.startswith(("datetime", "timezone")):
        return f"{field} {_NEEDS_TIME}" if kind != "datetime_parsing" else f"{field} is not a time that exists"
    if kind.startswith("date"):
        return f"{field} {_NEEDS_DATE}" if kind == "date_type" else f"{field} is not a date that exists"
    if kind == "value_error":
        return f"{field}: {context['error']}" if loc else f"{context['error']}"
    known = {**context, "field": field, "what": what, "expected": str(context.get("expected", "")).replace("'", "")}
    return _PROBLEMS.get(kind, "{field} does not fit").format_map(known)


def _field(loc: tuple[int | str, ...], within: str) -> str:
    names = [part if isinstance(part, str) else f"item {part + 1}" for part in loc]
    path = ".".join(names).replace(".item ", ", item ")
    known = bool(re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*(, item \d+)?", path)) and len(path) <= 40
    return within + path if known else quoted(path)


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"

"""The interchange format, line by line."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel

from kapjournal.domain.course import Client, Record, Session
from kapjournal.domain.entry import DETAILS, Amendment, Entry, Kind
from kapjournal.domain.errors import BadInput, JournalError, NewerFormat
from kapjournal.domain.exchange import (
    LONGEST_LINE,
    MODELS,
    TIME_FIELDS,
    as_exchanged,
    header_line,
    identity,
    line_of,
    read_lines,
    record_of,
)
from kapjournal.domain.label import Link, Tag
from kapjournal.domain.references import Standing, check_references
from tests.records import journals

AT = "2026-03-02T10:14:07-05:00"


def entry(kind: str = "note", **fields: object) -> dict[str, Any]:
    return {"type": "entry", "id": "e", "client": "c", "kind": kind, "text": "words", "noticed_at": AT} | fields


def line(fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def read(*lines: bytes) -> list[Record]:
    return [found.record for found in read_lines(lines, "wren.jsonl")]


def refusal(*lines: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(*lines)
    return caught.value.sentence


def test_the_sample_course_is_read_and_written_word_for_word(shared_data: Path) -> None:
    raw = (shared_data / "course-wren.jsonl").read_bytes().splitlines(keepends=True)
    records = read(*raw)
    assert len(records) == 407
    assert [json.loads(line_of(record)) for record in records] == [json.loads(text) for text in raw[1:]]


@given(journals())
def test_every_record_comes_back_from_its_line(records: list[Record]) -> None:
    lines = [line_of(record) for record in records]
    assert all(len(text.splitlines()) == 1 for text in lines)
    back = read(header_line().encode(), *(text.encode() + b"\n" for text in lines))
    assert [record.content() for record in back] == [record.content() for record in records]
    standing = Standing()
    for record in back:
        check_references(record, standing)
        standing.add(record)


@given(st.lists(st.binary(), min_size=1))
def test_no_bytes_raise_anything_but_a_sentence(lines: list[bytes]) -> None:
    with suppress(JournalError):
        read(*lines)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(AT),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=5,
)
fields_of_some_type = st.sampled_from(sorted(MODELS)).flatmap(
    lambda type_: st.fixed_dictionaries(
        {"type": st.just(type_)},
        optional={field.alias or name: values for name, field in MODELS[type_].model_fields.items() if name != "type"},
    )
)


@given(fields_of_some_type, st.sampled_from(Kind))
def test_no_fields_raise_anything_but_a_sentence(fields: dict[str, Any], kind: Kind) -> None:
    filled = {**entry(kind), **fields} if fields["type"] == "entry" else fields
    with suppress(JournalError):
        read(json.dumps(filled).encode())


@given(st.data())
def test_a_damaged_line_raises_nothing_but_a_sentence(data: st.DataObject) -> None:
    whole = line(entry("dose", details={"amount_mg": 60, "route": "IM"}))
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=3)) + whole[place + data.draw(st.integers(0, 3)) :]
    with suppress(JournalError):
        read(damaged)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (entry(noticed_at="2026-03-02T10:14:07"), f"noticed_at needs a time with an offset, like {AT}"),
        (entry(noticed_at=1700000000), f"noticed_at needs a time with an offset, like {AT}"),
        (entry(noticed_at="1700000000"), f"noticed_at needs a time with an offset, like {AT}"),
        (entry(noticed_at=None), f"noticed_at needs a time with an offset, like {AT}"),
        (entry(noticed_at="2026-02-30T10:14:07Z"), "noticed_at is not a time that exists"),
        (entry(noticed_at="0001-01-01T00:00:00Z"), "noticed_at lies in the year 0001, which cannot be right"),
        ({"type": "entry", "id": "e"}, "client is missing"),
        (entry(id=""), "id is empty"),
        (entry(id="x" * 65), "id is longer than 64 characters"),
        (entry(text=5), "text has to be text"),
        (entry(starred="yes"), "starred has to be true or false"),
        (entry(mood="fine"), "mood is not a field that an entry may have"),
        (entry(**{"a\x1b[2J": 1}), "“a·[2J” is not a field that an entry may have"),
        (entry(text="x" * 1_000_001), "text is longer than 1000000 characters"),
        (entry("dose", record_class="private"), "a dose entry is always part of the clinical record (progress)"),
        (entry("dose", details={"amount_mg": "60"}), "details.amount_mg has to be a number"),
        (entry("dose", details={"amount_mg": 0}), "details.amount_mg has to be more than 0"),
        (entry("dose", details={"route": "im"}), "details.route has to be one of IM, SL, RDT, IN, IV, PO or SC"),
        (entry("vitals", details={"systolic": 900}), "details.systolic: 900 is outside 40 to 300"),
        (entry("vitals", details={"heart_rate": 71.5}), "details.heart_rate has to be a whole number"),
        (entry("sedation", details={"level": 6}), "details.level has to be at most 5"),
        (entry("quote", details={"code": "x"}), "details.code is not a field that a quote entry’s details may have"),
        (
            entry("contact", details={"with_": "x"}),
            "details.with_ is not a field that a contact entry’s details may have",
        ),
        (entry("practice", details={"follow_up_on": "2026-02-30"}), "details.follow_up_on is not a date that exists"),
        (entry("practice", details={"follow_up_on": 12}), "details.follow_up_on needs a date, like 2026-03-02"),
        (
            entry("measure", details={"instrument": "x", "answers": [1, "2"]}),
            "details.answers, item 2 has to be a whole number",
        ),
        (
            entry("safety", details={"resolved_at": "noon"}),
            f"details.resolved_at needs a time with an offset, like {AT}",
        ),
        (entry("dose", details="60 mg"), "details needs an object in braces"),
        ({"type": "course", "id": "k", "client": "c", "limits": {"spo2": 10}}, "limits.spo2 has to be at least 50"),
        ({"type": "link", "source": "a", "to": "b", "relation": "echoes"}, "from is missing"),
        ({"type": "tag", "entry": "e", "state": "accepted"}, "a tag names a theme or a part, one of the two"),
        ({"type": "wing", "id": "w"}, "“wing” is not a type of object in version 1 of the format"),
        ({"type": 7}, "type is missing; every line says what it is"),
        ({}, "type is missing; every line says what it is"),
        ({"type": "client", "id": "c", "alias": "   "}, "alias is empty"),
        (
            {"type": "header", "format": "kapjournal-interchange", "version": "1"},
            "version needs a whole number from 1 on",
        ),
    ],
)
def test_a_fault_names_file_line_and_field(fields: dict[str, Any], problem: str) -> None:
    good = line({"type": "client", "id": "c", "alias": "Wren"})
    if fields.get("type") == "header":
        assert refusal(line(fields)) == f"wren.jsonl, line 1: {problem}."
    else:
        assert refusal(good, b"\r\n", line(fields)) == f"wren.jsonl, line 3: {problem}."


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b'{"type": "client", "id": "c"', "the line breaks off, so the file was probably cut short; copy it again"),
        (b'{"type": "client", "id": c}\n', "this cannot be read as JSON, from character 26 on"),
        (b'{"type": "client", "alias": "a\tb"}\n', "this cannot be read as JSON, from character 31 on"),
        (b'{"type": "client", "id": "c", "id": "d"}\n', "the field “id” stands there twice"),
        (b'{"type": "client", "birth_year": NaN}\n', "NaN is not a number that can be kept"),
        (b'{"type": "client", "birth_year": -Infinity}\n', "-Infinity is not a number that can be kept"),
        (b'{"type": "client", "birth_year": 1e999}\n', "there is a number too large to be kept"),
        (b'{"type": "client", "birth_year": ' + b"9" * 5000 + b"}\n", "there is a number too large to be kept"),
        (b'{"type": "client", "alias": "\\ud800"}\n', "there is half a character in it, which cannot be kept"),
        (b'{"type": "client", "alias": "\xff"}\n', "this is not UTF-8 text, so the file is probably of another kind"),
        (b"%PDF-1.7\n", "this is not an object in braces, so the file is probably of another kind"),
        (b"[1, 2]\n", "this is not an object in braces, so the file is probably of another kind"),
        (b'{"a": ' * 50_000 + b"\n", "this is nested too deeply"),
        (
            b'{"type": "client", "id": "c", "alias": ' + b"[" * 900 + b"]" * 900 + b"}\n",
            "this is nested too deeply",
        ),
    ],
)
def test_what_is_no_object_of_the_format_is_told_plainly(raw: bytes, problem: str) -> None:
    assert refusal(raw) == f"wren.jsonl, line 1: {problem}."


@pytest.mark.parametrize("depth", [150, 250, 900, 960, 970, 980, 990, 1000])
def test_no_depth_of_nesting_gets_through_as_anything_but_a_sentence(depth: int) -> None:
    refusal(b'{"type": "amendment", "details": {"a": ' + b"[" * depth + b"]" * depth + b"}}\n")


def test_a_line_longer_than_any_record_is_not_read() -> None:
    assert "longer than 64 MB" in refusal(b" " + b"x" * LONGEST_LINE)


def test_a_file_without_a_header_is_read_and_an_empty_one_is_not() -> None:
    assert read(line({"type": "client", "id": "c", "alias": "Wren"})) == [
        Client.model_validate({"type": "client", "id": "c", "alias": "Wren"})
    ]
    assert refusal() == "wren.jsonl is empty: there is nothing in it to read."
    assert refusal(b"\n", b" \r\n") == "wren.jsonl is empty: there is nothing in it to read."
    assert read(header_line().encode()) == []


def test_a_byte_order_mark_empty_lines_and_windows_line_ends_are_passed_over() -> None:
    header = b"\xef\xbb\xbf" + header_line().encode() + b"\r\n"
    assert len(read(header, b"\r\n", line({"type": "client", "id": "c", "alias": "W"}).replace(b"\n", b"\r\n"))) == 1


def test_a_header_of_a_newer_version_says_so() -> None:
    newer = line({"type": "header", "format": "kapjournal-interchange", "version": 2, "lang": "en"})
    with pytest.raises(NewerFormat, match=r"made by a newer version"):
        read(newer, line({"type": "wing"}))


def test_a_header_of_another_format_says_so() -> None:
    assert "another format" in refusal(line({"type": "header", "format": "day-one", "version": 1}))


def test_a_header_stands_first_and_says_nothing_more() -> None:
    client = line({"type": "client", "id": "c", "alias": "W"})
    assert refusal(client, header_line().encode()) == "wren.jsonl, line 2: a header may only be the first line."
    stray = line({"type": "header", "format": "kapjournal-interchange", "version": 1, "by": "x"})
    assert refusal(stray) == "wren.jsonl, line 1: “by” is not a field that a header has."


@pytest.mark.parametrize(
    "at", ["2026-03-02T10:14-05:00", "2026-03-02T15:14:07Z", "2026-03-02T10:14:07.123456789-0500", AT]
)
def test_times_may_be_written_in_any_full_way(at: str) -> None:
    [record] = read(line(entry(noticed_at=at)))
    assert isinstance(record, Entry)
    assert record.noticed_at.strftime("%H:%M %z") in {"10:14 -0500", "15:14 +0000"}


def test_every_field_that_holds_a_time_is_known_to_be_one() -> None:
    def times(model: type[BaseModel]) -> set[str]:
        return {
            name
            for name, field in model.model_fields.items()
            if AwareDatetime in {field.annotation, *get_args(field.annotation)}
        }

    models: list[type[BaseModel]] = [*MODELS.values(), *DETAILS.values()]
    assert set().union(*map(times, models)) == TIME_FIELDS


def test_elapsed_time_is_written_only_where_the_wall_times_do_not_say_it() -> None:
    session = Session.model_validate(
        {"type": "session", "id": "s", "client": "c", "kind": "dosing", "started_at": "2026-03-02T10:00:00-05:00"}
    )
    by_wall = 847.0
    for elapsed, kept in [(by_wall, False), (by_wall + 0.9, False), (by_wall - 3600, True), (by_wall + 1.1, True)]:
        told = as_exchanged(record_of(entry(session="s", elapsed_s=elapsed)), session.started_at)
        assert ("elapsed_s" in told.content()) is kept
    assert "elapsed_s" in as_exchanged(record_of(entry(elapsed_s=by_wall)), None).content()


def test_tags_and_links_are_known_by_what_they_join() -> None:
    tag = Tag.model_validate({"entry": "e", "theme": "t", "state": "accepted"})
    assert identity(tag) == identity(tag.model_copy(update={"state": "rejected"}))
    assert identity(tag) != identity(Tag.model_validate({"entry": "e", "part": "t", "state": "accepted"}))
    link = Link.model_validate({"from": "a", "to": "b", "relation": "echoes"})
    assert identity(link) != identity(link.model_copy(update={"relation": "answers"}))


def test_an_amendment_keeps_a_field_that_it_takes_out() -> None:
    taken_out = {"type": "amendment", "id": "a", "entry": "e", "action": "correction", "written_at": AT}
    record = record_of({**taken_out, "details": {"state": None}})
    assert isinstance(record, Amendment)
    assert json.loads(line_of(record))["details"] == {"state": None}


def test_details_that_are_not_complete_yet_are_taken_as_they_are() -> None:
    for kind, details in [
        ("dose", {"amount_mg": 60}),
        ("touch", {"where": "hand"}),
        ("measure", {"instrument": "PHQ-9"}),
    ]:
        record = record_of(entry(kind, details=details))
        assert isinstance(record, Entry)
        assert json.loads(line_of(record))["details"] == details

"""Importing: the whole file or nothing, once or twice the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Journal, Keys
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import BadInput, NewerFormat, NotSaved, Refused
from kapjournal.domain.exchange import header_line
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal

AT = "2026-03-02T10:14:07-05:00"
CLIENT = {"type": "client", "id": "c", "alias": "Wren"}
OTHER = {"type": "client", "id": "o", "alias": "Heron"}
COURSE = {"type": "course", "id": "k", "client": "c"}
OPEN = {"type": "session", "id": "s", "client": "c", "kind": "dosing", "started_at": "2026-03-02T10:00:00-05:00"}
CLOSED = {**OPEN, "closed_at": "2026-03-02T14:00:00-05:00"}
PART = {"type": "part", "id": "p", "client": "c", "name": "Guard"}
THEME = {"type": "theme", "id": "t", "name": "Grief"}
ENTRY = {"type": "entry", "id": "e", "client": "c", "session": "s", "kind": "note", "text": "words", "noticed_at": AT}
LATE = {"type": "amendment", "id": "a", "entry": "e", "action": "addendum", "text": "more", "written_at": AT}

Write = Callable[..., Path]


@pytest.fixture(params=["fake", "real"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "fake":
        yield FakeJournal()
        return
    keys = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
    made = SqlJournals(FakeClock()).make(tmp_path / "journal", keys)
    yield made
    made.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(*lines: dict[str, Any] | bytes) -> Path:
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        path = tmp_path / "wren.jsonl"
        path.write_bytes(b"\n".join([header_line().encode(), *raw]) + b"\n")
        return path

    return write_file


def standing(journal: Journal) -> list[dict[str, Any]]:
    return [record.content() for record in journal.everything()]


def find(journal: Journal, record_id: str) -> Record:
    return next(record for record in journal.everything() if getattr(record, "id", None) == record_id)


def refused(journal: Journal, path: Path, why: type[BadInput | Refused | NewerFormat] = BadInput) -> str:
    before = standing(journal)
    with pytest.raises(why) as caught:
        import_records(journal, path)
    assert standing(journal) == before
    return caught.value.sentence


def test_the_sample_course_goes_in_whole_and_a_second_time_changes_nothing(journal: Journal, shared_data: Path) -> None:
    path = shared_data / "course-wren.jsonl"
    first = import_records(journal, path)
    assert first.wrote == 407
    assert first.new["entry"] == 339
    before = standing(journal)
    again = import_records(journal, path)
    assert again.wrote == 0
    assert again.same == first.new
    assert standing(journal) == before
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    as_sets = [{json.dumps(fields, sort_keys=True) for fields in side} for side in (before, raw)]
    assert as_sets[0] == as_sets[1]


def test_a_second_import_does_not_even_write(write: Write) -> None:
    journal = FakeJournal()
    path = write(CLIENT, CLOSED, ENTRY, LATE)
    import_records(journal, path)
    journal.trouble = NotSaved("The disk is full.")
    assert import_records(journal, path).wrote == 0


def test_a_bad_last_line_leaves_nothing_behind(journal: Journal, write: Write) -> None:
    told = refused(journal, write(CLIENT, OPEN, {**ENTRY, "noticed_at": "2026-03-02T10:14:07"}))
    assert told == (
        "wren.jsonl, line 4: noticed_at needs a time with an offset, like 2026-03-02T10:14:07-05:00."
        " Nothing was imported."
    )
    assert standing(journal) == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            [CLIENT, ENTRY],
            "line 3: session names the session “s”, which is neither on an earlier line nor in the journal",
        ),
        ([CLIENT, ENTRY, OPEN], "line 3: session names the session “s”, which is neither on an earlier line nor"),
        ([COURSE], "line 2: client names the client “c”"),
        ([CLIENT, LATE], "line 3: entry names the entry “e”"),
        (
            [CLIENT, OPEN, ENTRY, {"type": "tag", "entry": "e", "theme": "t", "state": "accepted"}],
            "line 5: theme names",
        ),
        ([CLIENT, OPEN, ENTRY, {"type": "link", "from": "e", "to": "f", "relation": "echoes"}], "line 5: to names the"),
        (
            [CLIENT, OPEN, {**ENTRY, "kind": "part", "details": {"part": "p"}}],
            "line 4: details.part names the part “p”",
        ),
        ([CLIENT, OTHER, OPEN, {**ENTRY, "client": "o"}], "line 5: session names the session “s”, which is another"),
        (
            [CLIENT, OTHER, COURSE, {**OPEN, "client": "o", "course": "k"}],
            "line 5: course names the course “k”, which is",
        ),
        (
            [CLIENT, OTHER, {**PART, "client": "o"}, OPEN, {**ENTRY, "kind": "part", "details": {"part": "p"}}],
            "line 6: details.part names the part “p”, which is another client’s",
        ),
        (
            [
                CLIENT,
                OTHER,
                {**PART, "client": "o"},
                OPEN,
                ENTRY,
                {"type": "tag", "entry": "e", "part": "p", "state": "accepted"},
            ],
            "line 7: part names the part “p”, which is another client’s",
        ),
        ([CLIENT, {**CLIENT, "alias": "Jay"}], "line 3: the client “c” was on line 2 already, with other content"),
        (
            [CLIENT, OPEN, ENTRY, {**LATE, "details": {"level": 3}}],
            "line 5: details.level is not a field that a note entry’s details may have",
        ),
        (
            [CLIENT, OPEN, {**ENTRY, "kind": "suds", "details": {"level": 3}}, {**LATE, "details": {"level": 30}}],
            "line 5: details.level has to be at most 10",
        ),
        (
            [
                CLIENT,
                OPEN,
                {**ENTRY, "kind": "vitals", "details": {"systolic": 120, "diastolic": 80}},
                {**LATE, "details": {"systolic": 70}},
            ],
            "line 5: the lower blood pressure is not below the upper one",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_whole(
    journal: Journal, write: Write, lines: list[dict[str, Any]], problem: str
) -> None:
    told = refused(journal, write(*lines))
    assert told.startswith(f"wren.jsonl, {problem}"), told
    assert told.endswith(" Nothing was imported.")
    assert standing(journal) == []


def test_the_same_object_twice_in_a_file_is_taken_once(journal: Journal, write: Write) -> None:
    assert import_records(journal, write(CLIENT, OPEN, ENTRY, ENTRY)).new == {"client": 1, "session": 1, "entry": 1}


def test_what_stands_in_the_journal_may_be_named(journal: Journal, write: Write) -> None:
    import_records(journal, write(CLIENT, CLOSED, {**ENTRY, "kind": "suds", "details": {"level": 3}}))
    done = import_records(journal, write({**LATE, "action": "correction", "details": {"level": 4}}))
    assert done.new == {"amendment": 1}
    assert "at most 10" in refused(journal, write({**LATE, "id": "b", "details": {"level": 40}}))


def test_corrections_are_checked_against_what_stands_after_earlier_ones(journal: Journal, write: Write) -> None:
    vitals = {**ENTRY, "kind": "vitals", "details": {"systolic": 120, "diastolic": 80}}
    lower = {**LATE, "id": "a1", "details": {"diastolic": 50}}
    import_records(journal, write(CLIENT, CLOSED, vitals, lower))
    assert import_records(journal, write({**LATE, "id": "a2", "details": {"systolic": 70}})).wrote == 1


def test_an_entry_of_a_closed_session_that_differs_is_refused(journal: Journal, write: Write) -> None:
    import_records(journal, write(CLIENT, CLOSED, ENTRY))
    told = refused(journal, write({**ENTRY, "text": "others"}), Refused)
    assert told == (
        "wren.jsonl, line 2: the entry “e” is in the journal with other content, and what is closed is only ever"
        " amended. Nothing was imported."
    )


@pytest.mark.parametrize(
    ("stands", "differs"),
    [
        ([CLIENT, CLOSED], {**CLOSED, "setting": "garden"}),
        ([CLIENT, CLOSED, ENTRY, LATE], {**LATE, "text": "less"}),
        ([CLIENT, {**ENTRY, "session": None}], {**ENTRY, "session": None, "text": "others"}),
        ([CLIENT, OTHER, COURSE], {**COURSE, "client": "o"}),
    ],
)
def test_what_never_changes_is_refused_before_anything_is_written(
    journal: Journal, write: Write, stands: list[dict[str, Any]], differs: dict[str, Any]
) -> None:
    import_records(journal, write(*stands))
    told = refused(journal, write({"type": "theme", "id": "new", "name": "New"}, differs), Refused)
    assert told.startswith("wren.jsonl, line 3: the ")


def test_a_session_may_close_together_with_the_last_changes_to_its_entries(journal: Journal, write: Write) -> None:
    import_records(journal, write(CLIENT, OPEN, ENTRY))
    done = import_records(journal, write(CLOSED, {**ENTRY, "text": "reworded"}, {**ENTRY, "id": "e2"}))
    assert done.changed == {"session": 1, "entry": 1}
    assert done.new == {"entry": 1}
    entry, session = find(journal, "e"), find(journal, "s")
    assert isinstance(entry, Entry)
    assert isinstance(session, Session)
    assert entry.text == "reworded"
    assert session.closed_at is not None


def test_a_steady_reading_is_not_lost_to_a_copy_that_left_it_out(journal: Journal, write: Write) -> None:
    import_records(journal, write(CLIENT, OPEN, {**ENTRY, "elapsed_s": 847.25}))
    assert import_records(journal, write(CLIENT, OPEN, ENTRY)).wrote == 0
    entry = find(journal, "e")
    assert isinstance(entry, Entry)
    assert entry.elapsed_s == 847.25


def test_a_newer_version_is_refused_as_such(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "wren.jsonl"
    path.write_text('{"type": "header", "format": "kapjournal-interchange", "version": 2}\n{"type": "wing"}\n')
    assert "made by a newer version" in refused(journal, path, NewerFormat)


def test_a_file_that_is_not_there_or_is_a_folder_is_told_plainly(journal: Journal, tmp_path: Path) -> None:
    assert refused(journal, tmp_path / "none.jsonl").startswith("There is no file")
    assert "cannot be read" in refused(journal, tmp_path)


def test_progress_goes_from_start_to_end(write: Write) -> None:
    themes = [{"type": "theme", "id": f"t{number}", "name": "Grief"} for number in range(600)]
    path, heard = write(*themes), list[tuple[int, int]]()
    import_records(FakeJournal(), path, lambda done, of: heard.append((done, of)))
    size = path.stat().st_size
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert len(heard) == 3
    assert heard[-1] == (size, size)
    assert all(of == size for _, of in heard)


def test_ten_megabytes_on_one_line_are_refused_and_nothing_is_written(journal: Journal, write: Write) -> None:
    assert "text is longer than" in refused(journal, write(CLIENT, OPEN, {**ENTRY, "text": "x" * 10_000_000}))

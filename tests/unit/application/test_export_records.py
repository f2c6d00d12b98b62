"""Exporting: everything, readable, to its owner only; and back again without loss."""

from __future__ import annotations

import json
import os
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kapjournal.application import export_records as export
from kapjournal.application.export_records import export_records
from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Journal, Keys
from kapjournal.domain.course import Record
from kapjournal.domain.errors import NotSaved, Refused
from kapjournal.domain.exchange import record_of
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.records import journals

AT = "2026-03-02T10:14:07-05:00"
KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
HOSTILE = "<script>alert(1)</script>\"'&<!-- \x00\x1b[31m \u202e ]]>"


def lines(folder: Path) -> list[str]:
    return (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()


def small(text: str = "a tear") -> FakeJournal:
    journal = FakeJournal()
    raw = [
        {"type": "client", "id": "c", "alias": text},
        {"type": "theme", "id": "t", "name": text},
        {"type": "part", "id": "p", "client": "c", "name": text, "notes": text},
        {"type": "course", "id": "k", "client": "c", "title": text, "limits": {"systolic": 160}},
        {
            "type": "session", "id": "s", "client": "c", "kind": "dosing", "setting": text,
            "started_at": "2026-03-02T10:00:00-05:00", "closed_at": "2026-03-02T13:00:00-05:00",
        },
        {"type": "entry", "id": "d", "client": "c", "session": "s", "kind": "dose", "text": "", "noticed_at": AT,
         "details": {"amount_mg": 60, "route": "IM"}},
        {"type": "entry", "id": text[:60], "client": "c", "session": "s", "kind": "observation", "text": text,
         "noticed_at": "2026-03-02T10:59:07-05:00", "details": {"code": text}},
        {"type": "entry", "id": "q", "client": "c", "kind": "quote", "text": text, "noticed_at": AT},
        {"type": "amendment", "id": "a", "entry": "d", "action": "correction", "text": text, "reason": text,
         "details": {"amount_mg": 50}, "written_at": AT},
        {"type": "amendment", "id": "r", "entry": "q", "action": "retraction", "written_at": AT},
        {"type": "tag", "entry": "d", "theme": "t", "state": "accepted"},
        {"type": "link", "from": "d", "to": "q", "relation": "echoes"},
        {"type": "disclosure", "id": "x", "client": "c", "sealed_at": AT, "recipient": text, "purpose": text,
         "what": text, "bundle_id": "b"},
    ]  # fmt: skip
    journal.keep(*(record_of(fields) for fields in raw))
    return journal


def test_the_sample_course_comes_out_as_the_same_set(shared_data: Path, tmp_path: Path) -> None:
    journal = FakeJournal()
    import_records(journal, shared_data / "course-wren.jsonl")
    done = export_records(journal, tmp_path / "out", FakeClock())
    written = lines(tmp_path / "out")
    given_lines = (shared_data / "course-wren.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(written[0]) == json.loads(given_lines[0])
    assert {json.dumps(json.loads(line), sort_keys=True) for line in written} == {
        json.dumps(json.loads(line), sort_keys=True) for line in given_lines
    }
    assert sum(done.records.values()) == 407


def round_trip(records: list[Record], first: Journal, second: Journal, scratch: Path) -> None:
    first.keep(*records)
    export_records(first, scratch / "one", FakeClock())
    assert import_records(first, scratch / "one" / "journal.jsonl").wrote == 0
    import_records(second, scratch / "one" / "journal.jsonl")
    export_records(second, scratch / "two", FakeClock())
    assert sorted(lines(scratch / "one")) == sorted(lines(scratch / "two"))


@given(journals())
@settings(max_examples=60, deadline=None)
def test_out_and_in_and_out_is_the_same_set(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        round_trip(records, FakeJournal(), FakeJournal(), Path(scratch))


@given(journals())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_out_and_in_and_out_of_encrypted_journals_is_the_same_set(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scratch, store = Path(folder), SqlJournals(FakeClock())
        with closing(store.make(scratch / "a", KEYS)) as first, closing(store.make(scratch / "b", KEYS)) as second:
            round_trip(records, first, second, scratch)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the user's own folder")
def test_only_the_owner_may_read_what_was_written(tmp_path: Path) -> None:
    export_records(small(), tmp_path / "new" / "out", FakeClock())
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == {"journal.jsonl", "journal.html"}
    for path in (tmp_path / "new", *(tmp_path / "new").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(Refused, match="not empty"):
        export_records(small(), tmp_path, FakeClock())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("keep me")
    with pytest.raises(NotSaved, match="cannot be used"):
        export_records(small(), tmp_path / "out", FakeClock())
    assert (tmp_path / "out").read_text() == "keep me"


@pytest.mark.parametrize("failing", ["journal.jsonl", "journal.html"])
def test_a_disk_that_fills_up_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    write_through = export._write_through

    def fill_up(path: Path, parts: Iterator[str]) -> None:
        write_through(path, parts)
        if path.name.startswith(failing):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_write_through", fill_up)
    with pytest.raises(NotSaved, match="No space left"):
        export_records(small(), tmp_path / "new" / "out", FakeClock())
    assert list(tmp_path.iterdir()) == []


def test_a_bug_on_the_way_leaves_nothing_half_written_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "line_of", lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_records(small(), tmp_path / "out", FakeClock())
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_to_the_end(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    export_records(small(), tmp_path / "out", FakeClock(), lambda done, of: heard.append((done, of)))
    assert heard == [(13, 13)]


class Page(HTMLParser):
    """The tags of a page, its style sheet and the text outside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = self.text = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "style":
            self.style += data
        else:
            self.text += data


@pytest.fixture
def hostile(tmp_path: Path) -> Page:
    export_records(small(HOSTILE), tmp_path / "out", FakeClock())
    return Page((tmp_path / "out" / "journal.html").read_text(encoding="utf-8"))


def test_nothing_that_was_written_becomes_part_of_the_page(hostile: Page) -> None:
    known = {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "dl",
             "dt", "dd", "ol", "li", "time", "span", "div", "s", "b", "a"}  # fmt: skip
    assert {tag for tag, _ in hostile.tags} <= known
    attributes = {name for _, given_attributes in hostile.tags for name in given_attributes}
    assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
    assert all((found["href"] or "").startswith("#") for tag, found in hostile.tags if tag == "a")
    assert hostile.text.count("<script>alert(1)</script>") >= 12
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", hostile.text)


def test_the_page_forbids_everything_but_its_own_style_sheet(hostile: Page) -> None:
    policy = next(found["content"] for tag, found in hostile.tags if found.get("http-equiv"))
    digest = b64encode(sha256(hostile.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"


def test_the_page_says_what_matters(tmp_path: Path) -> None:
    export_records(small(), tmp_path / "out", FakeClock())
    html = (tmp_path / "out" / "journal.html").read_text(encoding="utf-8")
    assert "not encrypted" in html
    assert "T+0:45" in html
    assert "<s>amount <b>60 mg</b></s> · route <b>IM</b>" in html
    assert "Correction, written" in html
    assert "amount <b>50 mg</b>" in html
    assert re.search(r'class="kind-quote private gone".*<s><span class="words" dir="auto">“a tear”</span></s>', html)
    assert "echoes the note of 2 March 2026, 10:14" in html
    assert '<span class="theme">#a tear</span>' in html


def test_every_link_on_the_page_leads_somewhere(tmp_path: Path, shared_data: Path) -> None:
    journal = FakeJournal()
    import_records(journal, shared_data / "course-wren.jsonl")
    export_records(journal, tmp_path / "out", FakeClock())
    page = Page((tmp_path / "out" / "journal.html").read_text(encoding="utf-8"))
    places = [found["id"] for _, found in page.tags if "id" in found]
    assert len(places) == len(set(places)) == 339 - 11  # the therapist’s own notes have a file of their own
    assert {f"#{place}" for place in places} >= {found["href"] for tag, found in page.tags if tag == "a"}

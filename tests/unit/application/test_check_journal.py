"""Checking a journal, and the computer that keeps it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kapjournal.application import check_journal as check
from kapjournal.application.check_journal import Examined, Machine, examine, telling_stretches, verify_journal
from kapjournal.application.keep_entry import HalfTyped, keep_draft
from kapjournal.application.ports import Finding, Keys
from kapjournal.domain.exchange import record_of
from kapjournal.storage.store import SqlJournals
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import COPY, Cost, KeyFile
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal

AT = "2026-03-02T10:14:07-05:00"
NOTE = "the gate at the end of the lane, latch stiff"
DRAFT = "half a line about the harbour wall"
WORDS = "harbour lantern pebble quiet meadow seven"


def journal_with(*texts: str) -> FakeJournal:
    journal = FakeJournal()
    journal.keep(record_of({"type": "client", "id": "c", "alias": "Wren"}))
    for number, text in enumerate(texts):
        entry = {"id": f"e{number}", "client": "c", "kind": "note", "text": text, "noticed_at": AT}
        journal.keep(record_of({"type": "entry", **entry}))
    return journal


class Place(NamedTuple):
    """Folders as the program has them, and what `doctor` says of them."""

    journal: Path
    logs: Path
    look: Callable[..., Examined]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    journal, logs = tmp_path / "journal", tmp_path / "logs"
    for folder in (journal, logs):
        folder.mkdir(mode=0o700)
    (journal / "vault.db").write_bytes(b"\x8f\x13" * 4096)
    (journal / "vault.db").chmod(0o600)

    def look(*, core_dumps_off: bool = True, synced: str | None = None, half_typed: bool = False) -> Examined:
        machine = Machine(
            versions={"SQLite": "3"},
            encryption={"cipher": "AES"},
            core_dumps_off=core_dumps_off,
            synced_by=lambda path: synced if path == journal else None,
            places={"journal": journal, "log": logs},
            database=journal / "vault.db",
        )
        kept = journal_with(NOTE)
        kept.keep(record_of({"type": "session", "id": "s", "client": "c", "kind": "dosing"}))
        if half_typed:
            keep_draft(kept, "s", HalfTyped(text=DRAFT))
        return examine(lambda: kept, machine)

    return Place(journal, logs, look)


def troubles(found: Examined) -> list[str]:
    return [finding.sentence for finding in found.findings if not finding.whole]


def private(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def test_all_is_well_where_nothing_can_be_read(place: Place) -> None:
    before = sorted(place.journal.iterdir())
    assert troubles(place.look()) == []
    assert sorted(place.journal.iterdir()) == before


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, check._CHUNK - 20])
def test_a_file_that_holds_words_of_a_note_is_named_and_the_words_are_not(
    place: Place, coding: str, before: int
) -> None:
    leak = private(place.logs / "trace.log", b"\0" * before + NOTE.upper().encode(coding))
    told = troubles(place.look())
    assert len(told) == 1
    assert str(leak) in told[0]
    assert not any(word in told[0] for word in NOTE.split() if len(word) > 3)


def test_a_half_typed_line_is_searched_for_as_well(place: Place) -> None:
    private(place.logs / "deep", DRAFT.encode())
    assert troubles(place.look(half_typed=True)) != []
    assert troubles(place.look()) == []


def test_a_search_that_finds_nothing_where_something_is_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_holds", lambda path, needles: False)
    assert troubles(place.look()) == [
        "The search for readable text could not be proved to work here, so it says nothing."
    ]


def test_a_plain_database_is_told_in_so_many_words(place: Place) -> None:
    private(place.journal / "vault.db", b"SQLite format 3\0" + bytes(4080))
    assert "NOT encrypted" in troubles(place.look())[0]


def test_what_the_machine_does_wrong_is_told(place: Place) -> None:
    assert "crash" in troubles(place.look(core_dumps_off=False))[0]
    assert "Dropbox seems to sync" in troubles(place.look(synced="Dropbox"))[0]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the user's own folder")
def test_files_that_others_may_open_are_told_unless_they_are_not_ours(place: Place) -> None:
    private(place.journal / "letter.txt", b"").chmod(0o644)
    assert troubles(place.look()) == []
    private(place.journal / "vault.keys", b"").chmod(0o644)
    assert "vault.keys" in troubles(place.look())[0]


def test_stretches_are_words_that_stand_together_and_are_unlikely_elsewhere() -> None:
    journal = journal_with("tears", "a b c d e f", NOTE, "Ruhe. Später: große Stille über allem", NOTE)
    journal.keep(record_of({"type": "session", "id": "s", "client": "c", "kind": "dosing"}))
    keep_draft(journal, "s", HalfTyped(text=DRAFT))
    assert telling_stretches(journal) == ("line about the harbour", "the gate at the")
    assert telling_stretches(FakeJournal()) == ()


def test_with_nothing_written_there_is_nothing_to_search_for(place: Place) -> None:
    machine = Machine({}, {}, True, lambda path: None, {"journal": place.journal}, place.journal / "vault.db")
    found = examine(FakeJournal, machine)
    assert found.findings[-1] == Finding(True, "Nothing has been written yet that could be searched for in the files.")


@pytest.fixture
def real(tmp_path: Path) -> Callable[[], tuple[Finding, ...]]:
    keys, journals = KeyFile(cost=Cost(memory=LEAST_MEMORY, passes=2)), SqlJournals(FakeClock())
    made, _ = keys.make(tmp_path / "j", WORDS)
    journals.make(tmp_path / "j", made).close()
    return lambda: verify_journal(keys, journals, tmp_path / "j", WORDS)


def test_a_whole_journal_passes(real: Callable[[], tuple[Finding, ...]]) -> None:
    findings = real()
    assert len(findings) >= 3
    assert all(finding.whole for finding in findings)


def test_a_damaged_second_key_file_is_found(real: Callable[[], tuple[Finding, ...]], tmp_path: Path) -> None:
    (tmp_path / "j" / COPY).write_bytes(b"{}")
    assert [finding.whole for finding in real()].count(False) == 1


def test_a_journal_is_let_go_of_when_its_check_fails(tmp_path: Path) -> None:
    journal = FakeJournal()

    class Failing:
        def make(self, folder: Path, keys: Keys) -> FakeJournal:
            raise AssertionError

        def open(self, folder: Path, keys: Keys) -> FakeJournal:
            journal.verify = lambda progress=None: 1 / 0  # type: ignore[method-assign,assignment]
            return journal

    keys = KeyFile(cost=Cost(memory=LEAST_MEMORY, passes=2))
    keys.make(tmp_path / "j", WORDS)
    with pytest.raises(ZeroDivisionError):
        verify_journal(keys, Failing(), tmp_path / "j", WORDS)
    assert journal.closed

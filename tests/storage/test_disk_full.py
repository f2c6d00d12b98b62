"""A full disk and a drive that is gone: told plainly, nothing half-written, and on it goes when there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal.domain.errors import JournalError, NoJournal, NotSaved
from kapjournal.storage.journal import SqlJournal
from tests.storage.journals import CLIENT, KEYS, SESSION, closed, entry, filled, store
from tests.storage.test_processes import program
from tests.storage.writer import WORDS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Three megabytes; where mounting is not allowed, the limit on file sizes below has to do."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    mounted = subprocess.run(mount, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to mount a small disk; run as root to have this tested")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(place: Path) -> Path:
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def kept_until_full(journal: SqlJournal) -> int:
    """How many entries there was room for."""
    for number in range(2000):
        try:
            journal.keep(entry(number, WORDS), desk={"line": "words"})
        except NotSaved:
            return number
    raise AssertionError("the disk never was full")


def test_a_full_disk_is_told_and_saving_goes_on_when_there_is_room(small_disk: Path) -> None:
    folder = small_disk / "j"
    journal = filled(folder, entries=0)
    ballast = fill_up(small_disk)
    number = kept_until_full(journal)
    for _ in range(3):
        with pytest.raises(NotSaved, match="The disk is full"):
            journal.keep(entry(number, WORDS * 1000))
    assert journal.entries() == tuple(entry(n, WORDS) for n in range(number))
    ballast.unlink()
    journal.keep(*(entry(n, WORDS) for n in range(number, number + 50)))
    assert len(journal.entries()) == number + 50
    assert all(finding.whole for finding in journal.verify())
    journal.close()


def test_searching_and_opening_need_no_room(small_disk: Path) -> None:
    folder = small_disk / "j"
    journal = filled(folder)
    journal.close()
    fill_up(small_disk)
    journal = store().open(folder, KEYS)
    assert journal.search("slower 7") == (entry(7),)
    with pytest.raises(NotSaved):
        journal.keep(*(entry(n, WORDS) for n in range(100, 2000)))
    assert journal.count()["entry"] == 20
    journal.close()
    store().open(folder, KEYS).close()


def test_making_a_journal_on_a_full_disk_leaves_none(small_disk: Path) -> None:
    ballast = fill_up(small_disk)
    with pytest.raises(NotSaved, match="The disk is full"):
        store().make(small_disk / "j", KEYS)
    assert not (small_disk / "j" / "vault.db").exists()
    ballast.unlink()
    store().make(small_disk / "j", KEYS).close()


def test_writing_that_fails_half_way_is_undone_and_done_again(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", entries=0)
    with program(folder, "full") as writer:
        out, _ = writer.communicate(timeout=60)
    lines = out.splitlines()
    numbers = [int(line) for line in lines if line.isdigit()]
    troubles = [line for line in lines if line.startswith("NotSaved")]
    assert len(troubles) == 2, lines
    assert all("The disk is full" in line for line in troubles)
    assert numbers == list(range(len(numbers)))
    assert lines[-1] == "a fresh connection"
    journal = store().open(folder, KEYS)
    assert journal.entries() == tuple(entry(n, WORDS) for n in numbers)
    assert all(finding.whole for finding in journal.verify())
    journal.close()


def test_a_drive_that_is_gone_is_told_and_used_again_when_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "j"
    journal = filled(folder, entries=5)
    journal._drop()  # as after an I/O error
    folder.rename(tmp_path / "away")
    with pytest.raises(NotSaved, match="The drive was removed"):
        journal.keep(entry(5))
    with pytest.raises(NoJournal):
        journal.entries()
    (tmp_path / "away").rename(folder)
    journal.keep(CLIENT, SESSION, entry(5))
    assert len(journal.entries()) == 6
    journal.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot be written"):
        store().make(tmp_path / "file", KEYS)

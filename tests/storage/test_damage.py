"""Whatever happens to the file is told as damage, and a damaged file is left exactly as it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kapjournal.domain.errors import JournalDamaged, NoJournal, Refused
from kapjournal.storage.log import EMPTY, read_log
from kapjournal.storage.opening import DATABASE, PAGE_BYTES
from tests.storage.journals import CLIENT, KEYS, SESSION, closed, crash_image, entry, filled, raw, store

PAGES = "vault.db"
LOG = "vault.db-wal"


def flipped(data: bytes, bit: int) -> bytes:
    copy = bytearray(data)
    copy[bit // 8] ^= 1 << bit % 8
    return bytes(copy)


def sampled(data: bytes, many: int) -> list[int]:
    """Every bit of the first 100 bytes now and then, the ends of pages, and others by chance."""
    chance = random.Random(7)
    first = range(0, 800, 7)
    ends = [page * 8 - 1 - chance.randrange(640) for page in range(PAGE_BYTES, len(data) + 1, PAGE_BYTES)]
    return [*first, *ends, *(chance.randrange(len(data) * 8) for _ in range(many))]


def test_every_flipped_bit_is_damage_and_nothing_is_written(tmp_path: Path) -> None:
    file = closed(tmp_path / "j") / DATABASE
    whole = file.read_bytes()
    bits = sampled(whole, 150)
    assert len(bits) > 280
    for bit in bits:
        broken = flipped(whole, bit)
        file.write_bytes(broken)
        with pytest.raises(JournalDamaged):
            store().open(tmp_path / "j", KEYS)
        assert file.read_bytes() == broken, f"bit {bit}: a damaged file was written to"
    file.write_bytes(whole)
    journal = store().open(tmp_path / "j", KEYS)
    assert len(journal.entries()) == 20
    journal.close()


@pytest.mark.parametrize("size", [0, 1, 15, 100, 4095, 4096, 4097, 8192, -4096, -1])
def test_a_file_cut_short_is_damage(tmp_path: Path, size: int) -> None:
    file = closed(tmp_path / "j") / DATABASE
    cut = file.read_bytes()[:size]
    file.write_bytes(cut)
    with pytest.raises(JournalDamaged):
        store().open(tmp_path / "j", KEYS)
    assert file.read_bytes() == cut


@pytest.mark.parametrize(
    "content",
    [b"SQLite format 3\0" + bytes(8176), b"%PDF-1.7" + b"x" * 8184, bytes(8192), random.Random(1).randbytes(8192)],
)
def test_a_foreign_file_is_damage(tmp_path: Path, content: bytes) -> None:
    file = closed(tmp_path / "j") / DATABASE
    file.write_bytes(content)
    with pytest.raises(JournalDamaged):
        store().open(tmp_path / "j", KEYS)
    assert file.read_bytes() == content


def test_more_after_the_end_is_damage(tmp_path: Path) -> None:
    file = closed(tmp_path / "j") / DATABASE
    file.write_bytes(file.read_bytes() + random.Random(1).randbytes(PAGE_BYTES))
    with pytest.raises(JournalDamaged):
        store().open(tmp_path / "j", KEYS)


def test_a_page_of_before_is_found(tmp_path: Path) -> None:
    """SQLCipher takes an old copy of a page for good; the ledger does not."""
    folder = tmp_path / "j"
    journal = filled(folder)
    journal.close()
    before = (folder / DATABASE).read_bytes()
    journal = store().open(folder, KEYS)
    journal.keep(*(entry(number) for number in range(20, 23)))
    journal.close()
    after = (folder / DATABASE).read_bytes()
    stale = [at for at in range(PAGE_BYTES, len(before), PAGE_BYTES) if before[at : at + 4096] != after[at : at + 4096]]
    told = 0
    assert len(stale) > 4
    for at in stale:
        (folder / DATABASE).write_bytes(after[:at] + before[at : at + PAGE_BYTES] + after[at + PAGE_BYTES :])
        if opens_whole(folder):
            assert nothing_is_amiss(folder), f"an old page at {at} went unnoticed"
        else:
            told += 1
    assert told >= len(stale) - 1


def nothing_is_amiss(folder: Path) -> bool:
    """Some pages of the search index say nothing new; an old one of those does no harm."""
    journal = store().open(folder, KEYS)
    found = [journal.search(f"{number}") for number in range(23)]
    listed = journal.entries()
    journal.close()
    return len(listed) == 23 and found == [(entry(number),) for number in range(23)]


def opens_whole(folder: Path) -> bool:
    try:
        journal = store().open(folder, KEYS)
    except JournalDamaged:
        return False
    findings = journal.verify()
    journal.close()
    return all(finding.whole for finding in findings)


def test_no_folder_and_no_file_are_no_journal(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoJournal):
            store().open(folder, KEYS)
    assert list(tmp_path.iterdir()) == []


def test_making_touches_no_journal_that_is_there(tmp_path: Path) -> None:
    file = closed(tmp_path / "j") / DATABASE
    before = file.read_bytes()
    with pytest.raises(Refused):
        store().make(tmp_path / "j", KEYS)
    assert file.read_bytes() == before


def test_making_goes_on_where_a_crash_broke_it_off(tmp_path: Path) -> None:
    (tmp_path / "vault.db.new").write_bytes(b"half")
    (tmp_path / "vault.db.new-wal").write_bytes(b"half")
    store().make(tmp_path, KEYS).close()
    assert opens_whole(tmp_path)
    assert not list(tmp_path.glob("*.new*"))


# The log of a crash

SAVED = 30


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """The files of a killed program that had saved thirty entries, one after the other, into the log."""
    journal = filled(tmp_path / "j", entries=0)
    journal.settle()
    for number in range(SAVED):
        journal.keep(entry(number))
    image = crash_image(tmp_path / "j", tmp_path / "crashed")
    journal.close()
    return image


def test_a_whole_log_brings_everything_back(crashed: Path) -> None:
    assert read_log(crashed / LOG).pages
    journal = store().open(crashed, KEYS)
    assert len(journal.entries()) == SAVED
    journal.close()
    assert opens_whole(crashed)


def test_a_log_that_ends_in_half_a_page_is_a_crash_not_damage(crashed: Path) -> None:
    whole = (crashed / LOG).read_bytes()
    (crashed / LOG).write_bytes(whole + whole[32:2000])
    assert opens_whole(crashed)


def test_what_a_damaged_log_lost_is_never_silent(crashed: Path, tmp_path: Path) -> None:
    pages, log = (crashed / PAGES).read_bytes(), (crashed / LOG).read_bytes()
    chance = random.Random(3)
    bits = [*range(0, 256, 5), *(chance.randrange(len(log) * 8) for _ in range(100))]
    told = 0
    for bit in bits:
        broken = flipped(log, bit)
        (crashed / PAGES).write_bytes(pages)
        (crashed / LOG).write_bytes(broken)
        try:
            journal = store().open(crashed, KEYS)
        except JournalDamaged:
            told += 1
            assert (crashed / LOG).read_bytes() == broken
            assert (crashed / PAGES).read_bytes() == pages
        else:
            assert len(journal.entries()) >= SAVED - 1, f"bit {bit}: saved entries vanished without a word"
            journal.close()
    assert told > len(bits) * 0.9


def test_a_torn_page_that_the_log_writes_anew_is_no_damage(crashed: Path) -> None:
    """A power cut while the log is folded in leaves pages half-written, and the log still there."""
    pages = bytearray((crashed / PAGES).read_bytes())
    torn = [page for page in read_log(crashed / LOG).pages if page * PAGE_BYTES <= len(pages)]
    assert torn
    for page in torn:
        pages[page * PAGE_BYTES - 2000 : page * PAGE_BYTES] = bytes(2000)
    (crashed / PAGES).write_bytes(pages)
    journal = store().open(crashed, KEYS)
    assert len(journal.entries()) == SAVED
    journal.close()
    assert opens_whole(crashed)


def test_a_damaged_page_beside_a_log_keeps_the_log_from_being_folded_in(crashed: Path) -> None:
    pages = bytearray((crashed / PAGES).read_bytes())
    untouched = next(n for n in range(2, len(pages) // PAGE_BYTES) if n not in read_log(crashed / LOG).pages)
    pages[untouched * PAGE_BYTES - 2000] ^= 1
    (crashed / PAGES).write_bytes(pages)
    log = (crashed / LOG).read_bytes()
    with pytest.raises(JournalDamaged):
        store().open(crashed, KEYS)
    assert (crashed / PAGES).read_bytes() == pages
    assert (crashed / LOG).read_bytes() == log


def test_no_log_is_an_empty_log(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none") == EMPTY
    (tmp_path / "short").write_bytes(b"short")
    assert read_log(tmp_path / "short") == EMPTY


def test_a_page_damaged_while_open_is_told_and_not_made_worse(tmp_path: Path) -> None:
    folder = tmp_path / "j"
    journal = filled(folder, entries=400)
    journal.settle()
    whole = (folder / DATABASE).read_bytes()
    at = len(whole) // 2 // PAGE_BYTES * PAGE_BYTES + 100
    with (folder / DATABASE).open("rb+") as file:
        file.seek(at)
        file.write(bytes(200))
    findings = journal.verify()
    assert not findings[0].whole
    assert "damaged" in findings[0].sentence
    journal.close()
    with pytest.raises(JournalDamaged):
        store().open(folder, KEYS)


def test_keeping_goes_on_after_reopening(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    journal = store().open(folder, KEYS)
    journal.keep(CLIENT, SESSION, entry(99))
    journal.close()
    assert opens_whole(folder)


def test_a_damaged_search_index_is_made_anew(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry_words_docsize")
    assert not opens_whole(folder)
    journal = store().open(folder, KEYS)
    assert journal.search("slower 7") == (entry(7),)
    journal.close()
    assert opens_whole(folder)

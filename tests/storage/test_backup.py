"""Backups of the real journal: equal to it, checked to the last bit, and never half there."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kapjournal.application.back_up import back_up
from kapjournal.application.export_records import record_lines
from kapjournal.application.open_vault import make_journal
from kapjournal.application.ports import Inspected, Journal
from kapjournal.application.restore import check_backup, found_backup, restore
from kapjournal.domain.errors import JournalDamaged, JournalError, KeyFileDamaged, NoJournal, NotSaved, WrongPassphrase
from kapjournal.storage.engine import keyed
from kapjournal.storage.opening import DATABASE
from kapjournal.storage.store import SqlJournals
from kapjournal.storage.tables import TRIGGERS
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile
from tests.fakes.clock import FakeClock
from tests.storage.journals import CLIENT, SESSION, entry
from tests.storage.test_disk_full import fill_up, small_disk

WORDS = "harbour lantern pebble quiet meadow seven"

__all__ = ["small_disk"]


class Practice(NamedTuple):
    """A journal with a running session, its keys, and a folder for backups."""

    keys: KeyFile
    journals: SqlJournals
    clock: FakeClock
    journal: Journal
    folder: Path
    into: Path

    def back_up(self) -> Path:
        return back_up(self.journal, self.keys, self.folder, self.into, self.clock).backup

    def check(self, backup: Path, words: str = WORDS) -> Inspected:
        return check_backup(self.keys, self.journals, backup, words)


def practice_in(place: Path) -> Practice:
    clock = FakeClock()
    keys, journals = KeyFile(Cost(LEAST_MEMORY, 2)), SqlJournals(clock)
    folder, into = place / "journal", place / "backups"
    into.mkdir()
    journal = make_journal(keys, journals, folder, WORDS).journal
    journal.keep(CLIENT, SESSION, *(entry(number) for number in range(30)), desk={"draft:open": "half a li"})
    return Practice(keys, journals, clock, journal, folder, into)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = practice_in(tmp_path)
    yield made
    made.journal.close()


def exported(journal: Journal) -> set[str]:
    return set(record_lines(journal, Counter()))


def image(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_of_a_running_session_is_equal_down_to_the_half_typed_line(practice: Practice, tmp_path: Path) -> None:
    backup = practice.back_up()
    assert practice.check(backup).whole
    done = restore(practice.keys, practice.journals, backup, tmp_path / "r" / "again", WORDS)
    assert {path.name for path in done.folder.iterdir()} == {DATABASE, "vault.keys", "vault.keys.bak"}
    again = practice.journals.open(done.folder, practice.keys.unlock(done.folder, WORDS))
    assert exported(again) == exported(practice.journal)
    assert again.desk("draft:open") == "half a li"
    again.keep(entry(99))  # and work goes on in it
    assert exported(again) > exported(practice.journal)
    again.close()


def test_the_journal_goes_on_after_a_backup(practice: Practice) -> None:
    practice.back_up()
    practice.journal.keep(entry(99))
    assert practice.journal.count()["entry"] == 31
    assert all(finding.whole for finding in practice.journal.verify())


def test_a_backup_is_encrypted(practice: Practice) -> None:
    words = b"breath slower"
    assert not any(words in content for content in image(practice.back_up()).values())


def test_checking_a_backup_changes_nothing_in_its_folder(practice: Practice) -> None:
    backup = practice.back_up()
    before = image(backup)
    assert practice.check(backup).whole
    assert image(backup) == before


def test_every_flipped_bit_of_a_backup_is_found(practice: Practice) -> None:
    backup, chance = practice.back_up(), random.Random(5)
    for name, bits in ((DATABASE, 150), ("vault.keys", 40), ("vault.keys.bak", 40)):
        whole = (backup / name).read_bytes()
        for bit in (chance.randrange(len(whole) * 8) for _ in range(bits)):
            broken = bytearray(whole)
            broken[bit // 8] ^= 1 << bit % 8
            (backup / name).write_bytes(broken)
            assert tells_damage(practice, backup), f"{name}, bit {bit}"
        (backup / name).write_bytes(whole)
    assert practice.check(backup).whole


def tells_damage(practice: Practice, backup: Path) -> bool:
    """Whether a check finds it, as damage and never as a wrong passphrase; the slow key is not tried for each bit."""
    try:
        return not practice.check(backup).whole
    except (JournalDamaged, KeyFileDamaged):
        return True


@pytest.mark.parametrize("size", [0, 100, 4096, -4096])
def test_a_backup_cut_short_is_damage_and_is_not_restored(practice: Practice, tmp_path: Path, size: int) -> None:
    file = practice.back_up() / DATABASE
    file.write_bytes(file.read_bytes()[:size])
    assert tells_damage(practice, file.parent)
    with pytest.raises(JournalDamaged, match="This backup"):
        restore(practice.keys, practice.journals, file.parent, tmp_path / "new", WORDS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "journal"]


def test_a_page_of_an_earlier_backup_is_found(practice: Practice) -> None:
    before = (practice.back_up() / DATABASE).read_bytes()
    practice.journal.keep(*(entry(number, "later words") for number in range(30, 60)))
    practice.clock.pass_(24 * 3600)
    backup = practice.back_up()
    after = (backup / DATABASE).read_bytes()
    unlocked, told = practice.keys.unlock(backup, WORDS), 0
    for at in range(4096, len(before), 4096):
        (backup / DATABASE).write_bytes(after[:at] + before[at : at + 4096] + after[at + 4096 :])
        looked = practice.journals.inspect(backup, unlocked)
        told += not looked.whole
        assert not looked.whole or looked.counts == practice.journal.count()
    assert told >= 3


def test_the_wrong_passphrase_is_not_called_damage(practice: Practice, tmp_path: Path) -> None:
    backup = practice.back_up()
    with pytest.raises(WrongPassphrase):
        practice.check(backup, "another set of six words")
    with pytest.raises(WrongPassphrase):
        restore(practice.keys, practice.journals, backup, tmp_path / "new", "another set of six words")
    assert not (tmp_path / "new").exists()


def test_a_power_cut_leaves_no_half_backup_and_the_next_one_clears_up(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts: list[Path] = []

    def cut(*_: object) -> None:
        cuts.append(shutil.copytree(practice.into, tmp_path / f"cut{len(cuts)}"))

    for owner, name in ((practice.keys, "copy_to"), (practice.keys, "check"), (practice.journal, "copy_to"),
                        (practice.journal, "count")):  # fmt: skip
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given, real=real: (cut(), real(*given), cut())[1])
    practice.back_up()
    monkeypatch.undo()
    assert len(cuts) >= 8
    for into in cuts:
        with pytest.raises(NoJournal):
            found_backup(into)
        whole = practice._replace(into=into).back_up()
        assert [path.name for path in into.iterdir()] == [whole.name]


def test_a_full_disk_is_told_and_nothing_half_written_stays(practice: Practice, small_disk: Path) -> None:
    fill_up(small_disk)
    full = practice._replace(into=small_disk)
    with pytest.raises(NotSaved, match="full"):
        full.back_up()
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    (small_disk / "ballast").write_bytes(bytes((3 << 20) - 100_000))  # the key file fits, the database does not
    with pytest.raises(NotSaved, match="full"):
        full.back_up()
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    practice.journal.keep(entry(98))
    (small_disk / "ballast").unlink()
    assert full.check(full.back_up()).whole


def test_a_full_disk_under_a_restore_leaves_nothing(practice: Practice, small_disk: Path) -> None:
    backup = practice.back_up()
    (small_disk / "ballast").write_bytes(bytes((3 << 20) - 60_000))
    with pytest.raises(JournalError):
        restore(practice.keys, practice.journals, backup, small_disk / "new", WORDS)
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


def test_a_backup_keeps_the_passphrase_of_its_day(practice: Practice) -> None:
    before = practice.back_up()
    practice.keys.change_passphrase(practice.folder, WORDS, "six other words for the new year")
    practice.clock.pass_(24 * 3600)
    after = practice.back_up()
    assert practice.check(before).whole
    assert practice.check(after, "six other words for the new year").whole
    with pytest.raises(WrongPassphrase):
        practice.check(after)


def test_words_changed_in_a_backup_by_somebody_with_its_key_are_found_and_not_restored(
    practice: Practice, tmp_path: Path
) -> None:
    backup = practice.back_up()
    connection = keyed(backup / DATABASE, practice.keys.unlock(backup, WORDS).database)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE ledger SET content = replace(content, 'breath slower', 'breath faster') WHERE n = 7")
    for text in TRIGGERS.values():
        connection.execute(text)
    connection.close()
    found = practice.check(backup)
    assert any("Entry 7 no longer matches its seal" in finding.sentence for finding in found.findings)
    with pytest.raises(JournalDamaged, match="Entry 7"):
        restore(practice.keys, practice.journals, backup, tmp_path / "new", WORDS)
    assert not (tmp_path / "new").exists()

"""Backups over the journal in memory: when they are made, what they are called, what makes way, and what is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kapjournal.application.back_up import (
    BACKUP_FOLDER,
    LAST_BACKUP,
    LAST_CHECK,
    back_up,
    back_up_if_due,
    note_check,
    noted,
)
from kapjournal.application.ports import Finding, Inspected
from kapjournal.domain.course import Client
from kapjournal.domain.errors import JournalDamaged, NotSaved
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.keys import FakeKeyStore

WORDS = "six words that nobody else would find"
DAY = timedelta(days=1).total_seconds()


class Desk:
    """A journal with its keys, and a folder for its backups."""

    def __init__(self, place: Path) -> None:
        self.clock, self.keys, self.journal = FakeClock(), FakeKeyStore(), FakeJournal()
        self.folder, self.into = place / "journal", place / "backups"
        self.into.mkdir()
        self.keys.make(self.folder, WORDS)
        self.journal.keep(Client(id="heron", alias="Heron"))

    def back_up(self) -> Path:
        return back_up(self.journal, self.keys, self.folder, self.into, self.clock).backup

    def names(self) -> list[str]:
        return sorted(path.name for path in self.into.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_backup_is_named_by_its_moment_and_says_what_it_is(desk: Desk) -> None:
    made = desk.back_up()
    assert made.name == "kapjournal-backup-2026-03-02-090000"
    assert "kapjournal restore" in (made / "READ ME.txt").read_text()
    note = noted(desk.journal, LAST_BACKUP)
    assert note is not None
    assert (note.at, note.whole) == (desk.clock.now().at, True)
    assert note.sentence == "Opened and compared: all 0 entries match."


def test_two_backups_in_one_second_are_two(desk: Desk) -> None:
    assert desk.back_up().name + "-2" == desk.back_up().name


def test_seven_days_and_four_weeks_stay(desk: Desk) -> None:
    for _ in range(35):
        desk.back_up()
        desk.clock.pass_(DAY)
    assert len(desk.names()) == 10


def test_what_it_did_not_make_is_never_touched(desk: Desk) -> None:
    theirs = desk.into / "kapjournal-backup-2026-03-01-100000"
    theirs.mkdir()
    desk.keys.make(Path("/another"), WORDS)
    desk.keys.copy_to(Path("/another"), theirs)  # another journal's backup in the same folder
    mine = desk.back_up()
    (mine / "a letter.txt").write_text("put here by somebody")
    for name in ("kapjournal-backup-2026-03-01-090000", "kapjournal-backup-2026-03-01-080000.unfinished"):
        (desk.into / name).mkdir()
        (desk.into / name / "photo.jpg").write_bytes(b"x")
    stays = set(desk.names())
    for _ in range(60):
        desk.clock.pass_(DAY)
        desk.back_up()
    assert stays <= set(desk.names())
    assert len(set(desk.names()) - stays) == 9  # seven days, one of them a Sunday, and two Sundays before


def test_a_folder_that_is_not_there_is_told_and_not_made(desk: Desk) -> None:
    desk.into.rmdir()
    with pytest.raises(NotSaved, match="is not there") as trouble:
        desk.back_up()
    assert not desk.into.exists()
    note = noted(desk.journal, LAST_BACKUP)
    assert note is not None
    assert (note.whole, note.sentence) == (False, trouble.value.sentence)


def test_the_command_line_may_make_the_folder_but_none_above_it(desk: Desk, tmp_path: Path) -> None:
    into = tmp_path / "new"
    back_up(desk.journal, desk.keys, desk.folder, into, desk.clock, make_folder=True)
    assert len(list(into.iterdir())) == 1
    with pytest.raises(NotSaved):
        back_up(desk.journal, desk.keys, desk.folder, tmp_path / "a" / "b", desk.clock, make_folder=True)
    assert not (tmp_path / "a").exists()


def test_what_goes_wrong_leaves_nothing(desk: Desk) -> None:
    desk.journal.copy_trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        desk.back_up()
    assert desk.names() == []


def test_a_copy_that_is_not_whole_is_no_backup(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Inspected((Finding(False, "Entry 3 no longer matches its seal."),), {})
    monkeypatch.setattr(desk.journal, "copy_to", lambda _: broken)
    with pytest.raises(JournalDamaged, match="Entry 3 no longer matches"):
        desk.back_up()
    assert desk.names() == []


def test_a_copy_that_holds_less_is_no_backup(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.journal, "copy_to", lambda _: Inspected((Finding(True, "ok"),), {"client": 0}))
    with pytest.raises(NotSaved, match="does not hold all records"):
        desk.back_up()
    assert desk.names() == []


def test_once_a_day_is_enough_and_only_where_a_folder_was_chosen(desk: Desk) -> None:
    def due() -> bool:
        return back_up_if_due(desk.journal, desk.keys, desk.folder, desk.clock) is not None

    assert not due()
    desk.journal.put_on_desk(BACKUP_FOLDER, str(desk.into))
    assert due()
    desk.clock.pass_(DAY / 2)
    assert not due()
    desk.clock.pass_(DAY / 2)
    assert due()
    assert len(desk.names()) == 2


def test_after_one_that_failed_the_next_try_is_not_put_off_until_tomorrow(desk: Desk) -> None:
    desk.journal.put_on_desk(BACKUP_FOLDER, str(desk.into))
    desk.journal.copy_trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        back_up_if_due(desk.journal, desk.keys, desk.folder, desk.clock)
    desk.journal.copy_trouble = None
    assert back_up_if_due(desk.journal, desk.keys, desk.folder, desk.clock)


def test_a_check_is_remembered_with_what_was_wrong(desk: Desk) -> None:
    note_check(desk.journal, desk.clock, (Finding(True, "All pages."), Finding(False, "Entry 3 was changed.")))
    note = noted(desk.journal, LAST_CHECK)
    assert note is not None
    assert (note.whole, note.sentence) == (False, "Entry 3 was changed.")


def test_a_note_that_cannot_be_read_is_none(desk: Desk) -> None:
    desk.journal.put_on_desk(LAST_BACKUP, "{")
    assert noted(desk.journal, LAST_BACKUP) is None

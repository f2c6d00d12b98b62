"""Writes are kept in order, held while the disk refuses, and nothing is called saved before it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kapjournal.application.ports import Journal
from kapjournal.domain.errors import JournalError, NotSaved, Refused
from kapjournal.gui.saving import RETRY_AFTER_S, Outbox, Write
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer
from tests.unit.presenters.live.room import Room

FULL = NotSaved("The disk is full. Your words are held here.")


class Disk:
    """Takes names in order, or refuses."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.told: list[str] = []
        self.trouble: Exception | None = None
        self.bugs: list[Exception] = []
        self.tasks, self.timer = InlineTasks(hold=True), FakeTimer()
        self.outbox = Outbox(FakeJournal(), self.tasks, self.timer, lambda: None, self.bugs.append)

    def send(self, name: str, key: str = "") -> None:
        self.outbox.send(Write(self._work(name), lambda _: self.told.append(name), self._refused(name), key))

    def _work(self, name: str) -> Callable[[Journal], None]:
        def work(_: Journal) -> None:
            if self.trouble is not None:
                raise self.trouble
            self.taken.append(name)

        return work

    def _refused(self, name: str) -> Callable[[JournalError], None]:
        return lambda error: self.told.append(f"{name}: {error.sentence}")


@pytest.fixture
def disk() -> Disk:
    return Disk()


def test_writes_reach_the_disk_in_the_order_they_were_sent(disk: Disk) -> None:
    for name in "abc":
        disk.send(name)
    assert (disk.told, disk.outbox.pending) == ([], 3)
    disk.tasks.release()
    assert (disk.taken, disk.told, disk.outbox.pending) == (list("abc"), list("abc"), 0)


def test_a_newer_draft_takes_the_place_of_one_that_waits(disk: Disk) -> None:
    for name in ("a", "draft 1", "draft 2", "b", "draft 3"):
        disk.send(name, key="draft" if "draft" in name else "")
    disk.tasks.release()
    assert disk.taken == ["a", "b", "draft 3"]


def test_a_draft_under_way_is_not_called_back_by_dropping_it(disk: Disk) -> None:
    disk.send("draft 1", key="draft")
    disk.send("draft 2", key="draft")
    disk.outbox.drop("draft")
    disk.send("entry")
    disk.tasks.release()
    assert disk.taken == ["draft 1", "entry"]


def test_a_refusing_disk_holds_everything_and_order_and_tries_again_by_itself(disk: Disk) -> None:
    disk.trouble = FULL
    disk.send("a")
    disk.tasks.release()
    disk.send("b")
    disk.tasks.release()
    assert (disk.outbox.trouble, disk.outbox.pending, disk.taken) == (FULL.sentence, 2, [])
    disk.timer.pass_(RETRY_AFTER_S)
    disk.tasks.release()
    assert disk.outbox.trouble == FULL.sentence
    disk.trouble = None
    disk.timer.pass_(RETRY_AFTER_S)
    disk.tasks.release()
    assert (disk.taken, disk.told, disk.outbox.trouble) == (["a", "b"], ["a", "b"], "")


def test_a_refused_draft_gives_way_to_a_newer_one(disk: Disk) -> None:
    disk.trouble = FULL
    disk.send("draft 1", key="draft")
    disk.send("draft 2", key="draft")
    disk.tasks.release()
    disk.trouble = None
    disk.outbox.try_again()
    disk.tasks.release()
    assert disk.taken == ["draft 2"]


def test_what_the_journal_refuses_is_told_and_does_not_hold_up_the_rest(disk: Disk) -> None:
    disk.trouble = Refused("This session is closed.")
    disk.send("a")
    disk.tasks.release()
    disk.trouble = None
    disk.send("b")
    disk.tasks.release()
    assert (disk.told, disk.outbox.pending) == (["a: This session is closed.", "b"], 0)


def test_a_bug_is_passed_on_and_does_not_hold_up_the_rest(disk: Disk) -> None:
    disk.trouble = ZeroDivisionError()
    disk.send("a")
    disk.tasks.release()
    disk.trouble = None
    disk.send("b")
    disk.tasks.release()
    assert ([type(bug) for bug in disk.bugs], disk.taken) == ([ZeroDivisionError], ["b"])


def test_at_the_end_everything_is_sent_ahead_of_what_comes_next(disk: Disk) -> None:
    for name in "abc":
        disk.send(name)
    disk.outbox.stop()
    disk.tasks.run(lambda: disk.taken.append("closed"), lambda _: None, lambda _: None)
    disk.tasks.release()
    assert (disk.taken, disk.outbox.left) == (["a", "b", "c", "closed"], ())


def test_at_the_end_nothing_overtakes_what_the_disk_refused(disk: Disk) -> None:
    disk.send("a")
    disk.trouble = FULL
    disk.send("b")

    def work(_: Journal) -> None:
        disk.taken.append("c")

    disk.outbox.send(Write(work, lambda _: None, lambda _: None))
    disk.outbox.stop()
    disk.tasks.release()
    assert (disk.taken, len(disk.outbox.left)) == ([], 3)
    disk.timer.pass_(10 * RETRY_AFTER_S)  # nothing is tried behind the lock
    assert disk.taken == []


def test_a_draft_is_on_its_way_a_quarter_of_a_second_after_its_first_key() -> None:
    room = Room()
    session = room.presenter.held.session.id
    room.type("one of her ha")
    assert room.journal.desk(f"draft:{session}") is None
    assert room.state.capture.saved == ""
    for _ in range(4):  # more keys do not put it off
        room.timer.pass_(0.06)
        room.type("x")
    assert room.journal.desk(f"draft:{session}") is not None
    assert room.state.capture.saved == "saved"


def test_saving_is_said_only_when_it_lasts_longer_than_half_a_second() -> None:
    room = Room()
    room.tasks.hold = True
    room.write("one")
    assert room.state.capture.saved == ""
    room.timer.pass_(0.49)
    assert room.state.capture.saved == ""
    room.timer.pass_(0.02)
    assert room.state.capture.saved == "saving"
    room.tasks.release()
    assert room.state.capture.saved == "saved 09:00:00"


def test_a_line_that_is_emptied_again_is_as_saved_as_before() -> None:
    room = Room()
    room.write("one")
    room.presenter.typed("t", 1)
    room.presenter.typed("", 0)
    room.timer.pass_(0.3)
    assert room.state.capture.saved == "saved 09:00:00"


def test_words_that_the_journal_refuses_come_back_into_the_field() -> None:
    room = Room()
    room.journal.trouble = Refused("Nothing can be kept here.")
    room.type("one")
    room.presenter.enter()
    assert room.state.capture.text == "one"
    banner = room.state.banner
    assert banner is not None
    assert banner.sentence == "Nothing can be kept here."


def test_words_that_come_back_late_wait_behind_what_is_written_now() -> None:
    room = Room()
    room.tasks.hold = True
    room.write("one")
    room.type("tw")
    room.journal.trouble = Refused("Nothing can be kept here.")
    room.tasks.release()
    assert room.state.capture.text == "tw"
    room.journal.trouble, room.tasks.hold = None, False
    room.presenter.enter()
    assert room.state.capture.text == "one"


def test_entries_the_disk_has_not_taken_are_shown_as_not_saved() -> None:
    room = Room()
    room.journal.trouble = FULL
    room.write("one")
    assert [[flag.text for flag in row.flags] for row in room.state.rows] == [["not saved yet"]]
    assert (room.state.capture.trouble, room.state.capture.saved) == (FULL.sentence, "not saved yet")
    room.journal.trouble = None
    room.timer.pass_(RETRY_AFTER_S)
    assert [row.flags for row in room.state.rows] == [()]


def test_what_could_not_be_saved_before_a_lock_is_brought_back() -> None:
    room = Room()
    room.journal.trouble = FULL
    room.write("one")
    room.type("tw")
    room.presenter.stop()
    unsaved = room.presenter.keeping.unsaved()
    assert unsaved is not None
    room.journal.trouble = None
    again = Room(room.journal, room.clock)
    again.presenter.put_back(unsaved)
    assert (again.rows, again.state.capture.text) == (["one"], "tw")
    assert again.presenter.keeping.unsaved() is None

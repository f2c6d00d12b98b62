"""The handover screen without Qt: what is chosen is laid out, every page is read, and only that is sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.application.hand_over import Preview
from kapjournal.domain.entry import Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.handover.presenter import HandOverPresenter
from kapjournal.gui.handover.state import Copy, HandOver, Way
from kapjournal.gui.handover.tree import Axis, Branch
from kapjournal.gui.handover.uses import HandOverUses, hand_over_uses
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.sealer import FakeSealer
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer
from tests.handed import CANARIES, OTHER_CANARY, PRIVATE_CANARY, SELF_CANARY, fill

Told = Callable[[int, int], None]


class Room:
    """The presenter with a journal in memory; `state` is what the screen shows."""

    def __init__(self, tmp_path: Path, journal: FakeJournal | None = None) -> None:
        self.journal = journal or FakeJournal(FakeClock())
        if journal is None:
            fill(self.journal)
        self.tasks, self.timer, self.sealer = InlineTasks(), FakeTimer(), FakeSealer("dr-l")
        self.told: list[HandOver] = []
        self.path = tmp_path / "wren.kapbundle.age"
        uses = hand_over_uses(self.journal, lambda: self.sealer, FakeClock(), FakeIds("new"), "c")
        self.uses = uses._replace(place=lambda _: self.path)
        self.presenter = self.made(self.uses)

    def made(self, uses: HandOverUses) -> HandOverPresenter:
        self.presenter = HandOverPresenter(uses, self.tasks, FakeClock(), self.timer, self, lambda tell: tell)
        self.presenter.start("Wren")
        return self.presenter

    def show_state(self, state: HandOver) -> None:
        self.told.append(state)

    @property
    def state(self) -> HandOver:
        return self.told[-1]

    def branch(self, key: str) -> Branch:
        return next(one for one in self.state.branches if one.key == key)

    def for_a_colleague(self) -> None:
        self.presenter.choose_way(Way.KEY)
        self.presenter.keep_who("T.M.", "age1tm", "Transfer of care", "Dr. L.")

    def permit(self) -> None:
        self.presenter.begin_permission()
        self.presenter.keep_permission("Her words", "T.M.", "1 March 2027", "2026-02-20")

    def read_all(self) -> None:
        while self.state.next_enabled:
            self.presenter.next()

    def shown(self) -> str:
        """Every page and row that the screen showed."""
        return repr([(state.page, state.marks) for state in self.told])


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_nothing_is_sealed_before_somebody_is_chosen_and_every_page_was_read(room: Room) -> None:
    assert room.state.who.editing
    assert room.state.may_not == "Choose whom it is for."
    room.presenter.seal()
    room.for_a_colleague()
    pages = room.state.pages
    assert room.state.seal_says == f"Seal, after {pages - 1} more pages"
    assert not room.state.may_seal
    room.presenter.seal()
    assert not room.path.exists()
    room.read_all()
    assert room.state.seal_says == "Seal the bundle"
    assert room.state.checks[1].done
    room.presenter.seal()
    assert room.path.exists()
    assert room.state.sealed is not None
    assert room.state.sealed.path == str(room.path)
    assert all(check.done for check in room.state.checks)
    assert [line.who for line in room.state.log] == ["T.M."]
    assert len(room.journal.disclosures("c")) == 1


def test_what_is_asked_of_the_one_it_is_for(room: Room) -> None:
    presenter = room.presenter
    for typed, says in (
        (("", "age1tm", "why", "me"), "whom"),
        (("T.M.", "age1tm", " ", "me"), "why"),
        (("T.M.", "age1tm", "why", ""), "by what name"),
        (("T.M.", "not a key", "why", "me"), "not a key"),
    ):
        presenter.keep_who(*typed)
        assert says in room.state.who.problem
        assert room.state.who.name == ""
    presenter.keep_who("T.M.", "age1tm", "why", "me")
    assert (room.state.who.name, room.state.who.problem) == ("T.M.", "")
    assert room.state.who.words == room.sealer.words_of("age1tm")
    assert not room.state.who.compared
    presenter.compared()
    assert room.state.who.compared
    assert "compared" in room.state.who.note


def test_a_passphrase_is_made_and_shown_once(room: Room) -> None:
    room.presenter.choose_way(Way.PASSPHRASE)
    room.presenter.keep_who("T.M.", "", "why", "me")
    room.read_all()
    assert "passphrase opens it" in room.state.checks[3].note
    room.presenter.seal()
    assert room.state.sealed is not None
    passphrase = room.state.sealed.passphrase
    assert passphrase
    room.presenter.done()
    assert passphrase not in repr(room.state)


def test_private_notes_are_off_and_stay_off_without_a_permission(room: Room) -> None:
    room.for_a_colleague()
    assert room.branch("record").tick == "on"
    assert (room.branch("private").tick, room.branch("private").private) == ("off", True)
    for key in ("private", "parts", "parts/p"):
        room.presenter.tick(key)
        assert room.state.private is not None
        assert "Nothing private was ticked" in room.state.private.sentence
        assert room.branch(key.split("/")[0]).tick == "off"
    room.presenter.turn("own")
    room.presenter.tick("own/mine")
    assert room.branch("own/mine").tick == "off"
    room.read_all()
    room.presenter.seal()
    sealed = room.path.read_text()
    assert not any(canary in sealed for canary in CANARIES)
    assert not any(canary in room.shown() for canary in (PRIVATE_CANARY, OTHER_CANARY))


def test_a_recorded_permission_lets_them_go_to_the_one_it_names(room: Room) -> None:
    room.for_a_colleague()
    room.presenter.begin_permission()
    room.presenter.keep_permission("Her words", "T.M.", "someday", "2026-02-20")
    assert room.state.private is not None
    assert room.state.private.form is not None
    assert "Write each day" in room.state.private.form.problem
    room.presenter.keep_permission("", "T.M.", "", "2026-02-20")
    assert room.state.private.form is not None
    room.permit()
    assert room.state.private is not None
    assert room.state.private.form is None
    assert "recorded" in room.state.private.title
    assert room.branch("private").tick == "off"  # nothing is ticked by itself
    room.presenter.tick("private")
    room.presenter.turn("own")
    room.presenter.tick("own/mine")
    assert room.branch("private").tick == "on"
    room.read_all()
    assert room.state.may_seal
    room.presenter.edit_who()
    room.presenter.choose_way(Way.PASSPHRASE)
    room.presenter.keep_who("Somebody else", "", "why", "me")
    room.read_all()
    assert not room.state.may_seal
    assert "authorization" in room.state.may_not
    room.presenter.seal()
    assert not room.path.exists()


def test_own_entries_go_one_by_one_only(room: Room) -> None:
    room.for_a_colleague()
    room.permit()
    assert room.branch("own").tick == ""  # no box over all of them
    room.presenter.turn("own")
    room.presenter.tick("private")
    room.read_all()
    assert SELF_CANARY not in repr(room.presenter._reading.pages)
    room.presenter.tick("own/mine")
    assert SELF_CANARY in repr(room.presenter._reading.pages)


def test_a_change_has_to_be_read_again_and_the_rest_has_not(room: Room) -> None:
    room.for_a_colleague()
    room.read_all()
    assert room.state.may_seal
    room.presenter.tick("record/Doses, vitals, safety")
    assert not room.state.may_seal
    assert room.state.pages - sum(1 for _ in range(room.state.pages)) + 1 > 0  # there are pages
    left = int(room.state.seal_says.split()[2])
    assert 0 < left < room.state.pages  # what did not change counts as read
    room.presenter.tick("record/Doses, vitals, safety")
    assert room.state.may_seal  # as it was read before


def test_what_changed_in_the_journal_since_is_refused(room: Room) -> None:
    room.for_a_colleague()
    room.read_all()
    entry = next(one for one in room.journal.entries("c", [Kind.INSIGHT]))
    room.journal.keep(entry.model_copy(update={"id": "later", "text": "Written meanwhile", "kind": Kind.OBSERVATION}))
    room.presenter.seal()
    assert room.state.message is not None
    assert "changed since the preview" in room.state.message.sentence
    assert not room.path.exists()
    assert room.journal.disclosures("c") == ()


def test_words_that_are_not_on_the_pages_yet_hold_the_seal_back(room: Room) -> None:
    room.for_a_colleague()
    room.read_all()
    room.presenter.letter_typed("Does the jaw soften?", "", "")
    assert not room.state.may_seal
    room.timer.pass_(1)
    assert room.state.seal_says.startswith("Seal, after 1 more page")
    room.read_all()
    assert "Does the jaw soften?" in room.shown()
    assert room.state.may_seal


def test_the_sealing_can_be_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.for_a_colleague()
    room.read_all()
    seal = room.uses.seal

    def stopped(handover: object, shown: Preview, path: Path, progress: Told) -> object:
        room.presenter.stop()
        return seal(handover, shown, path, progress)  # type: ignore[arg-type]

    room.presenter._uses = room.uses._replace(seal=stopped)  # type: ignore[arg-type]
    room.presenter.seal()
    assert any(state.progress is not None and state.progress.stopping for state in room.told)
    assert room.state.progress is None
    assert room.state.sealed is None
    assert room.state.message is not None
    assert "stopped" in room.state.message.sentence
    assert list(tmp_path.iterdir()) == []
    assert room.journal.disclosures("c") == ()


def test_a_disk_that_takes_nothing_is_told(room: Room) -> None:
    room.for_a_colleague()
    room.read_all()
    room.journal.trouble = NotSaved("The disk is full. Nothing was written.")
    room.presenter.seal()
    assert room.state.message is not None
    assert "disk is full" in room.state.message.sentence
    assert not room.path.exists()
    assert room.state.may_seal


def test_by_session_and_by_kind_hold_the_same(room: Room) -> None:
    room.for_a_colleague()
    room.presenter.tick("record/Doses, vitals, safety")
    room.presenter.by(Axis.SESSION)
    sessions = [one for one in room.state.branches if one.level == 0 and "/" not in one.key]
    assert any(one.text.startswith("Dosing 1") and one.tick == "part" for one in sessions)
    dosing = next(one.key for one in sessions if one.text.startswith("Dosing 1"))
    room.presenter.turn(dosing)
    assert room.branch(f"{dosing}/Dose").tick == "off"
    room.presenter.tick(f"{dosing}/Dose")
    room.presenter.by(Axis.KIND)
    assert room.branch("record/Doses, vitals, safety").tick == "part"


def test_a_session_with_private_notes_is_ticked_without_them(room: Room) -> None:
    room.for_a_colleague()
    room.permit()
    room.presenter.by(Axis.SESSION)
    dosing = next(one.key for one in room.state.branches if one.text.startswith("Dosing 1"))
    room.presenter.tick(dosing)
    room.presenter.turn(dosing)
    assert room.branch(f"{dosing}/Dose").tick == "off"
    room.presenter.tick(dosing)
    assert room.branch(f"{dosing}/Dose").tick == "on"
    room.presenter.by(Axis.KIND)
    assert room.branch("private").tick == "off"


def test_a_consultation_copy_is_gone_through_before_it_is_read(room: Room) -> None:
    room.for_a_colleague()
    room.presenter.choose_copy(Copy.CONSULTATION)
    assert room.state.marks is not None
    assert "passages" in room.state.seal_says
    first = next(
        (row for row in room.state.marks.rows if any(one.replaced is not None for one in row.stretches)),
        room.state.marks.rows[0],
    )
    room.presenter.edit_passage(first.key)
    assert room.state.marks.editing == first.key
    room.presenter.decide(first.key, "In my words")
    assert next(row.goes for row in room.state.marks.rows if row.key == first.key) == "In my words"
    sheets, read = room.state.marks.of, room.state.marks.read
    room.presenter.step(1)
    assert room.state.marks.read == read == 0  # turning over is not reading
    room.presenter.step(-1)
    for _ in range(sheets):
        assert room.state.marks is not None
        assert not room.state.checks[0].done
        room.presenter.next()
    assert room.state.marks is None
    assert room.state.checks[0].done
    assert not room.state.may_seal
    room.read_all()
    assert room.state.may_seal
    assert "Wren" not in repr(room.state.page)
    room.presenter.look_at_marks()
    assert room.state.marks is not None
    room.presenter.next()
    assert room.state.marks is None
    room.presenter.seal()
    assert room.state.sealed is not None
    sealed = room.path.read_text()
    assert "Kestrel" not in sealed
    assert "2026-02-02" not in sealed


def test_the_clients_own_copy_takes_nothing_private(room: Room) -> None:
    room.for_a_colleague()
    room.permit()
    room.presenter.tick("private")
    room.presenter.choose_copy(Copy.CLIENT)
    assert room.state.who.name == "Wren"
    assert room.branch("private").tick == "off"
    room.presenter.tick("private")
    assert room.branch("private").tick == "off"
    room.read_all()
    room.presenter.seal()
    assert room.state.sealed is not None
    assert PRIVATE_CANARY not in room.path.read_text()


def test_the_summary_is_written_down_as_a_disclosure(room: Room, tmp_path: Path) -> None:
    room.for_a_colleague()
    room.presenter.choose_copy(Copy.SUMMARY)
    assert room.state.pages == 2
    path = tmp_path / "summary.pdf"
    room.presenter.give(path, str.encode)
    assert not path.exists()  # the second page was not read
    room.read_all()
    room.presenter.give(path, str.encode)
    assert b"<h1>" in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    (disclosure,) = room.journal.disclosures("c")
    assert disclosure.what == "Referral summary as PDF, not encrypted"
    assert room.state.message is not None
    assert "not encrypted" in room.state.message.sentence


def test_a_summary_on_paper_is_written_down_before_it_is_printed(room: Room) -> None:
    printed: list[str] = []
    room.for_a_colleague()
    room.presenter.choose_copy(Copy.SUMMARY)
    room.presenter.print_summary(printed.append)
    assert not printed  # the second page was not read
    room.read_all()
    room.journal.trouble = NotSaved("The disk is full.")
    room.presenter.print_summary(printed.append)
    assert not printed
    room.journal.trouble = None
    room.presenter.print_summary(printed.append)
    assert len(printed) == 1
    (disclosure,) = room.journal.disclosures("c")
    assert (disclosure.what, disclosure.recipient) == ("Referral summary on paper", "T.M.")
    assert room.state.log[0].what.startswith(disclosure.what)


def test_the_progress_note_is_of_the_latest_session_and_has_nothing_private(room: Room) -> None:
    room.presenter.choose_copy(Copy.NOTE)
    assert room.state.note is not None
    assert room.state.note.sessions[0][1].startswith("Integration 1")
    room.presenter.choose_session("s2")
    assert room.state.note is not None
    assert "60 mg" in room.state.note.text
    assert not any(canary in room.state.note.text for canary in CANARIES)


def test_what_was_chosen_lies_on_the_desk(room: Room) -> None:
    room.for_a_colleague()
    room.presenter.tick("record/Measures")
    room.presenter.letter_typed("Questions", "", "")
    room.presenter.leave()
    again = Room(room.path.parent, room.journal)
    assert again.state.who.name == "T.M."
    assert again.branch("record/Measures").tick == "off"
    assert again.state.letter[0] == "Questions"
    again.read_all()
    again.presenter.seal()
    assert Room(room.path.parent, room.journal).state.who.editing  # sealed: the next one begins anew


def test_changes_while_it_is_laid_out_are_laid_out_too(room: Room) -> None:
    room.for_a_colleague()
    room.tasks.hold = True
    room.presenter.tick("record/Measures")
    room.presenter.tick("record/Doses, vitals, safety")
    assert not room.state.may_seal
    room.tasks.release()
    room.tasks.hold = False
    room.read_all()
    assert "PHQ-9" not in repr(room.presenter._reading.pages)
    assert "60 mg" not in repr(room.presenter._reading.pages)


def test_the_log_is_printed_with_all_that_left(room: Room) -> None:
    assert "Nothing has left" in room.presenter.log_page()
    room.for_a_colleague()
    room.read_all()
    room.presenter.seal()
    page = room.presenter.log_page()
    assert "T.M." in page
    assert "Transfer of care" in page


def test_the_part_2_notice_goes_with_the_record_that_needs_it(room: Room, tmp_path: Path) -> None:
    room.for_a_colleague()
    assert room.branch("notice").tick == "off"
    assert not any("42 CFR" in notice for notice in room.state.notices)
    room.presenter.tick("notice")
    assert room.branch("notice").tick == "on"
    assert any("42 CFR part 2" in notice for notice in room.state.notices)
    room.presenter.tick("notice")
    assert room.branch("notice").tick == "off"
    client = next(one for one in room.journal.clients() if one.id == "c")
    room.journal.keep(client.model_copy(update={"part_2": True}))
    flagged = Room(tmp_path, room.journal)
    flagged.presenter.tick("notice")
    assert flagged.branch("notice").tick == "on"  # the record says so itself

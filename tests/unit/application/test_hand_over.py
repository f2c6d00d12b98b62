"""Previewing and sealing: what is shown is what goes, the rules refuse, and trouble leaves nothing behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.application.amend import take_back
from kapjournal.application.authorize import Signed, authorizations, record_authorization
from kapjournal.application.hand_over import Handover, Stopped, file_name, preview, seal
from kapjournal.application.ports import FreshBundle, Parcel
from kapjournal.domain.bundle import Form, Letter, Recipient
from kapjournal.domain.course import Client, Record
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import BundleDamaged, NotSaved, Refused
from kapjournal.domain.selection import Disclosure, Selection, Why
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.sealer import FakeSealer, Progress
from tests.handed import B, authorized, fill, handover, ids_in, previewed, sealed, sealer
from tests.records import journals


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal(FakeClock())
    fill(made)
    return made


def texts(document: object) -> str:
    return repr(document)


def test_what_is_shown_is_what_goes(journal: FakeJournal, tmp_path: Path) -> None:
    wanted = handover()
    shown = previewed(journal, wanted)
    done = sealed(journal, tmp_path / "x.age", wanted)
    opened = sealer(B).open((tmp_path / "x.age").read_bytes())
    assert ids_in(opened.records) == shown.ids == ids_in(done.opened.records)
    rows = [row.entry for page in shown.document.pages for row in page.rows]
    assert sorted(rows) == sorted(shown.ids)  # each once, on some page


@given(journals(), st.data())
@settings(max_examples=40, deadline=None)
def test_the_preview_lists_exactly_the_ids_in_the_bundle(them: list[Record], data: st.DataObject) -> None:
    held = FakeJournal(FakeClock())
    held.keep(*them)
    client = next(record for record in them if isinstance(record, Client))
    ids = [entry.id for entry in held.entries()] or ["none"]
    chosen = st.frozensets(st.sampled_from(ids))
    selection = Selection(client=client.id, entries=data.draw(chosen), without=data.draw(chosen))
    shown = previewed(held, handover(selection))
    parcel = Parcel(shown.contents, "K.L.", shown.records, shown.document)
    opened = sealer(B).open(sealer(B).seal(parcel).content)
    assert ids_in(opened.records) == shown.ids
    assert sorted(row.entry for page in shown.document.pages for row in page.rows) == sorted(shown.ids)
    assert opened.records == shown.records


def test_the_disclosure_says_what_went(journal: FakeJournal, tmp_path: Path) -> None:
    done = sealed(journal, tmp_path / "x.age", handover())
    assert journal.disclosures("c") == (done.disclosure,)
    assert done.disclosure.recipient == "T.M."
    assert done.disclosure.what == "2 sessions, 16 entries"
    assert done.disclosure.bundle_id == done.opened.manifest.bundle_id
    assert done.disclosure.authorization is None


def test_a_later_bundle_supersedes_the_one_before(journal: FakeJournal, tmp_path: Path) -> None:
    first = sealed(journal, tmp_path / "1.age", handover(), ids="one")
    second = sealed(journal, tmp_path / "2.age", handover(), ids="two")
    assert second.opened.manifest.supersedes == first.opened.manifest.bundle_id
    assert first.opened.manifest.supersedes is None


# --- private notes ----------------------------------------------------------------------------------------------


def with_private(**given: object) -> Handover:
    return handover(Selection(client="c", entries=frozenset({"quote", "mine"})), **given)


def test_private_notes_need_an_authorization(journal: FakeJournal, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"2 private notes may not go.*written authorization"):
        sealed(journal, tmp_path / "x.age", with_private())
    assert list(tmp_path.iterdir()) == []
    assert journal.disclosures() == ()


def test_with_an_authorization_they_go_and_the_disclosure_cites_it(journal: FakeJournal, tmp_path: Path) -> None:
    done = sealed(journal, tmp_path / "x.age", with_private(authorization=authorized(journal)))
    assert {"quote", "mine"} <= ids_in(done.opened.records)
    assert done.disclosure.authorization == "her words and parts (signed 2026-02-20)"
    assert done.opened.manifest.authorization is not None
    assert "private" in done.opened.manifest.record_classes
    assert any("psychotherapy notes" in notice for notice in previewed(journal, with_private()).document.notices)


def test_an_authorization_for_somebody_else_does_not_do(journal: FakeJournal, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"names Dr\. Lark"):
        sealed(journal, tmp_path / "x.age", with_private(authorization=authorized(journal, "Dr. Lark")))


def test_an_authorization_that_ran_out_does_not_do(journal: FakeJournal, tmp_path: Path) -> None:
    old = record_authorization(
        journal, FakeIds(), "c", Signed("all", "T.M.", date(2025, 1, 1), date(2026, 1, 1)), START
    )
    with pytest.raises(Refused, match="held until 1 January 2026"):
        sealed(journal, tmp_path / "x.age", with_private(authorization=old))


def test_an_authorization_that_was_taken_back_does_not_do(journal: FakeJournal, tmp_path: Path) -> None:
    paper = authorized(journal)
    take_back(journal, "revoked", START, paper.entry)
    with pytest.raises(Refused, match="taken back"):
        sealed(journal, tmp_path / "x.age", with_private(authorization=paper))
    assert authorizations(journal, "c") == ()


def test_an_authorization_that_nobody_recorded_does_not_do(journal: FakeJournal, tmp_path: Path) -> None:
    paper = authorized(journal).model_copy(update={"entry": "invented"})
    with pytest.raises(Refused, match="not in the journal"):
        sealed(journal, tmp_path / "x.age", with_private(authorization=paper))


def test_the_same_paper_twice_is_one_entry(journal: FakeJournal) -> None:
    assert authorized(journal) == authorized(journal)
    assert len(journal.entries("c", [Kind.AGREEMENT])) == 2  # the touch agreement, and this


def test_an_authorization_for_a_day_to_come_is_refused(journal: FakeJournal) -> None:
    with pytest.raises(Refused, match="still to come"):
        record_authorization(journal, FakeIds(), "c", Signed("all", "T.M.", date(2026, 3, 3)), START)


def test_a_clients_own_copy_never_holds_private_notes(journal: FakeJournal, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="own copy"):
        sealed(journal, tmp_path / "x.age", with_private(form=Form.CLIENT, authorization=authorized(journal)))
    done = sealed(journal, tmp_path / "y.age", handover(form=Form.CLIENT, recipient=Recipient(name="Wren")))
    assert done.passphrase is not None
    assert done.disclosure.what.startswith("Client’s own copy")


def test_a_part_needs_an_authorization_too(journal: FakeJournal, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="1 private note may not go"):
        sealed(journal, tmp_path / "x.age", handover(Selection(client="c", parts=frozenset({"p"}))))


# --- what stands in the way ---------------------------------------------------------------------------------------


def test_nothing_chosen_is_nothing_sealed(journal: FakeJournal, tmp_path: Path) -> None:
    wanted = handover(Selection(client="c", sessions=frozenset()))
    assert previewed(journal, wanted).staying[Why.OTHER_SESSION] > 10
    with pytest.raises(Refused, match="Nothing is chosen"):
        sealed(journal, tmp_path / "x.age", wanted)


def test_what_changed_since_the_preview_is_not_sealed(journal: FakeJournal, tmp_path: Path) -> None:
    wanted = handover()
    shown = previewed(journal, wanted)
    note = next(entry for entry in journal.entries("c") if entry.id == "practice")
    journal.keep(note.model_copy(update={"text": "something else"}))
    with pytest.raises(Refused, match="changed since the preview"):
        seal(journal, sealer(B), wanted, shown, tmp_path / "x.age", FakeClock(), FakeIds())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_touched(journal: FakeJournal, tmp_path: Path) -> None:
    (tmp_path / "x.age").write_text("mine")
    with pytest.raises(Refused, match="already"):
        sealed(journal, tmp_path / "x.age", handover())
    assert (tmp_path / "x.age").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_told(journal: FakeJournal, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="Choose another place"):
        sealed(journal, tmp_path / "gone" / "x.age", handover())
    assert journal.disclosures() == ()


def test_a_ledger_that_does_not_take_it_leaves_no_file(journal: FakeJournal, tmp_path: Path) -> None:
    journal.trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        sealed(journal, tmp_path / "x.age", handover())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", [0.1, 0.4, 0.7, 0.99])
def test_stopping_leaves_no_file_and_no_line(journal: FakeJournal, tmp_path: Path, part: float) -> None:
    wanted = handover()
    shown = previewed(journal, wanted)

    def stop(done: int, of: int) -> None:
        if done >= part * of:
            raise Stopped

    with pytest.raises(Stopped, match="No file was left"):
        seal(journal, FakeSealer(), wanted.model_copy(update={"recipient": Recipient(name="T.M.", key="age1tm")}),
             shown, tmp_path / "x.age", FakeClock(), FakeIds(), stop)  # fmt: skip
    assert list(tmp_path.iterdir()) == []
    assert journal.disclosures() == ()


class _LosesOne(FakeSealer):
    """Seals one entry less than it was given."""

    def seal(self, parcel: Parcel, progress: Progress | None = None) -> FreshBundle:
        return super().seal(parcel._replace(records=parcel.records[:-1]), progress)


def test_a_bundle_that_holds_less_than_was_shown_is_removed(journal: FakeJournal, tmp_path: Path) -> None:
    wanted = handover(recipient=Recipient(name="T.M.", key="age1tm"))
    with pytest.raises(BundleDamaged, match="did not hold what was previewed"):
        sealed(journal, tmp_path / "x.age", wanted, _LosesOne())
    assert list(tmp_path.iterdir()) == []
    assert journal.disclosures() == ()


# --- what is read -------------------------------------------------------------------------------------------------


def test_part_2_records_carry_their_notice(journal: FakeJournal) -> None:
    assert not any("42 CFR" in notice for notice in previewed(journal, handover()).document.notices)
    assert any("42 CFR" in notice for notice in previewed(journal, handover(part_2=True)).document.notices)
    wren = next(client for client in journal.clients() if client.id == "c")
    journal.keep(wren.model_copy(update={"part_2": True}))
    assert any("42 CFR" in notice for notice in previewed(journal, handover()).document.notices)


def test_the_summary_stands_alone(journal: FakeJournal) -> None:
    letter = Letter(questions="What would you do with the telephone?", helped="silence")
    pages = previewed(journal, handover(Selection(client="c", themes=frozenset({"t"})), letter=letter)).document.summary
    said = " ".join(line for page in pages for block in page.blocks for line in (block.heading, *block.lines))
    for words in (
        "Wren", "Transfer of care", "60 mg IM", "nausea (mild)", "distress 5 of 10", "steady, left with her sister",
        "Call the clinic first", "Says “harbour”", "To breathe out", "Enough would be: one breath", "(open)",
        "Breathe out before the telephone, daily, look again on 24 February 2026", "Grief & loss, 1 note",
        "lamotrigine", "Allergies, as reported: nothing written down", "What would you do", "silence",
    ):  # fmt: skip
        assert words in said
    bars = [bar for page in pages for block in page.blocks for bar in block.bars]
    assert [(bar.label, bar.value, bar.share) for bar in bars] == [("2 February 2026", "13", 1.0)]
    assert len(pages) == 2


def test_corrections_and_what_was_taken_back_are_told(journal: FakeJournal) -> None:
    rows = {row.entry: row for page in previewed(journal, handover()).document.pages for row in page.rows}
    assert "182/82" in rows["bp"].text
    assert any("Correction" in note and "upper blood pressure: 128 mmHg" in note for note in rows["bp"].notes)
    assert rows["taken"].retracted
    assert "A slip of the pen" not in texts(previewed(journal, handover()).document.summary)
    assert rows["late"].flags == ("late entry, written 2 February 2026, 17:40",)
    assert rows["dose"].since == "0:00"
    assert rows["suds"].since == "0:16"
    assert rows["intention"].since == "−0:09"


def test_every_detail_that_goes_can_be_read(journal: FakeJournal) -> None:
    rows = {row.entry: row for page in previewed(journal, handover()).document.pages for row in page.rows}
    assert "stop word: harbour" in rows["agreement"].details
    assert "answers: 2, 2, 2, 2, 1, 2, 1, 1, 0" in rows["form"].details
    assert "sign: nausea" not in rows["sick"].details  # the sentence says it
    assert "domain: body" in rows["practice"].details


def test_a_file_name_tells_no_more_than_alias_and_day() -> None:
    assert file_name("Wren", START) == "wren-2026-03-02.kapbundle.age"
    assert file_name("../Ünal’s  friend", START) == "nal-s--friend-2026-03-02.kapbundle.age"


def test_a_disclosure_is_never_handed_over(journal: FakeJournal, tmp_path: Path) -> None:
    sealed(journal, tmp_path / "x.age", handover())
    assert not any(isinstance(record, Disclosure) for record in previewed(journal, handover()).records)
    assert all(isinstance(e, Entry) for e in journal.entries())
    assert preview(journal, handover(), FakeClock(), FakeIds()).contents.supersedes == "bundle-1"

"""The consultation copy: every passage can be decided about, and nothing of a calendar or a name is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kapjournal.application.deidentify import Cleaner, Passage, Reviewed
from kapjournal.application.hand_over import Handover, Preview, cleaner_of, file_name
from kapjournal.domain.bundle import Form, Letter
from kapjournal.domain.course import Client, Session
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import Refused
from kapjournal.domain.selection import Selection
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.handed import authorized, fill, handover, previewed, sealed

LETTER = Letter(questions="Would Hannah be a resource?", helped="silence")


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal(FakeClock())
    fill(made)
    practice = next(entry for entry in made.entries() if entry.id == "practice")
    made.keep(practice.model_copy(update={"text": "Telephone her sister Hannah on 3 March, 555-0142"}))
    return made


def wanted(reviewed: Reviewed | None = None) -> Handover:
    return handover(form=Form.CONSULTATION, purpose="Wren, stuck", letter=LETTER, reviewed=reviewed)


def shown(journal: FakeJournal, reviewed: Reviewed | None = None) -> Preview:
    return previewed(journal, wanted(reviewed))


def passages(journal: FakeJournal) -> dict[str, Passage]:
    cleaner: Cleaner = cleaner_of(journal, wanted(), shown(journal).chosen)
    return {one.key: one for one in cleaner.passages()}


def test_everything_in_words_is_a_passage(journal: FakeJournal) -> None:
    found = passages(journal)
    for key in ("entry/practice/text", "amendment/am/text", "amendment/gone/reason", "client/c/medicines",
                "letter/purpose", "letter/questions", "entry/intention/details.enough"):  # fmt: skip
        assert key in found
    practice = found["entry/practice/text"]
    assert [mark.found for mark in practice.marks] == ["Hannah", "3 March", "555-0142"]
    assert practice.suggested == "Telephone her sister [name] on [date], [phone]"
    assert found["letter/questions"].suggested == "Would [name] be a resource?"
    assert found["letter/purpose"].suggested == "the client, stuck"


def test_it_is_not_sealed_before_everything_was_read(journal: FakeJournal, tmp_path: Path) -> None:
    keys = frozenset(passages(journal))
    with pytest.raises(Refused, match="not read yet"):
        sealed(journal, tmp_path / "x.age", wanted())
    with pytest.raises(Refused, match="1 passage was not read yet"):
        sealed(journal, tmp_path / "x.age", wanted(Reviewed(read=keys - {"letter/purpose"})))
    done = sealed(journal, tmp_path / "x.age", wanted(Reviewed(read=keys)))
    assert done.opened.manifest.reviewed is True
    assert done.disclosure.what.startswith("De-identified copy: ")
    assert done.disclosure.client == "c"
    assert done.opened.manifest.client != "c"


def test_what_was_decided_is_what_goes(journal: FakeJournal) -> None:
    decided = {"entry/practice/text": "Telephone somebody she trusts", "letter/helped": "nothing to say"}
    preview = shown(journal, Reviewed(decided=decided, unattended=True))
    texts = [record.text for record in preview.records if isinstance(record, Entry)]
    assert "Telephone somebody she trusts" in texts
    assert preview.contents.letter.helped == "nothing to say"


def test_no_name_no_number_and_no_day_is_left(journal: FakeJournal) -> None:
    preview = shown(journal, Reviewed(unattended=True))
    said = json.dumps([record.content() for record in preview.records], ensure_ascii=False) + repr(preview.document)
    for told in ("Wren", "Hannah", "Kestrel", "555-0142", "2026-02", "February", "1984", '"id": "practice"', "2040"):
        assert told not in said, told
    for told in ("she/her", "To breathe out", "60 mg IM", "lamotrigine", "the prescriber"):
        assert told in said, told


def test_times_are_session_and_time_since_dose(journal: FakeJournal) -> None:
    preview = shown(journal, Reviewed(unattended=True))
    sessions = [record for record in preview.records if isinstance(record, Session)]
    assert [s.started_at.isoformat() if s.started_at else None for s in sessions] == [
        "2000-01-01T00:00:00+00:00",
        "2000-01-02T00:00:00+00:00",
    ]
    rows = {row.text: row for page in preview.document.pages for row in page.rows}
    assert rows["60 mg IM, given by medical staff, right deltoid"].since == "0:00"
    assert rows["Tears, silent"].since == "0:10"
    assert {row.wall for row in rows.values()} == {""}
    assert preview.document.sessions[0].subtitle == ""


def test_the_client_keeps_an_age_band_and_no_contact(journal: FakeJournal) -> None:
    client = next(r for r in shown(journal, Reviewed(unattended=True)).records if isinstance(r, Client))
    assert client.content() == {
        "type": "client",
        "id": client.id,
        "alias": "The client",
        "pronouns": "she/her",
        "prescriber": "the prescriber",
        "medicines": "lamotrigine",
        "notes": "Age 40 to 49 at the first session.",
    }


def test_ids_are_new_each_time_and_still_fit_together(journal: FakeJournal) -> None:
    first, second = (
        shown(journal, Reviewed(unattended=True)),
        previewed(journal, wanted(Reviewed(unattended=True)), "y"),
    )
    assert first.ids.isdisjoint(second.ids)
    assert first.ids.isdisjoint({entry.id for entry in journal.entries()})
    assert len(first.ids) == len(second.ids)
    assert first.chosen == second.chosen


def test_a_bundle_says_when_nobody_read_it(journal: FakeJournal, tmp_path: Path) -> None:
    done = sealed(journal, tmp_path / "x.age", wanted(Reviewed(unattended=True)))
    assert done.opened.manifest.reviewed is False
    assert any("like no other" in notice for notice in shown(journal).document.notices)


def test_other_clients_are_not_named(journal: FakeJournal) -> None:
    practice = next(entry for entry in journal.entries() if entry.id == "practice")
    journal.keep(practice.model_copy(update={"text": "Heron sat in the same chair"}))
    assert passages(journal)["entry/practice/text"].suggested == "[another client] sat in the same chair"


def test_quotes_that_were_chosen_are_found_under_their_new_ids(journal: FakeJournal) -> None:
    letter = Letter(quotes=("seen", "nobody"))
    preview = previewed(journal, handover(form=Form.CONSULTATION, letter=letter, reviewed=Reviewed(unattended=True)))
    assert len(preview.contents.letter.quotes) == 1
    assert preview.contents.letter.quotes[0] in preview.ids
    said = [line for page in preview.document.summary for block in page.blocks for line in block.lines]
    assert "Tears, silent" in said


def test_what_the_client_signed_does_not_travel_with_it(journal: FakeJournal) -> None:
    selection = Selection(client="c", entries=frozenset({"insight"}))
    wanted_private = handover(
        selection, form=Form.CONSULTATION, reviewed=Reviewed(unattended=True), authorization=authorized(journal)
    )
    preview = previewed(journal, wanted_private)
    assert preview.obstacles == ()
    assert preview.contents.authorization is None
    assert "private" in preview.contents.record_classes


def test_the_file_does_not_carry_the_alias() -> None:
    assert file_name("Wren", FakeClock().at, Form.CONSULTATION) == "consultation-2026-03-02.kapbundle.age"

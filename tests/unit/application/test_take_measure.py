from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kapjournal.application.amend import take_back
from kapjournal.application.take_measure import (
    MeasureDraft,
    client_measures,
    draft_place,
    find_draft,
    put_draft,
    take_measure,
    trends,
)
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind, MeasureDetails, SudsDetails
from kapjournal.domain.errors import BadInput, NotSaved
from kapjournal.domain.measure import Instrument
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.measuring import AT, SHIPPED, wren


def of(name: str) -> Instrument:
    found = SHIPPED.of(name)
    assert found is not None
    return found


class Room:
    def __init__(self, *records: Session) -> None:
        self.journal = FakeJournal()
        self.journal.keep(Client(id="wren", alias="Wren"), *records)
        self.clock = FakeClock(AT)
        self.new_id = FakeIds()

    def take(self, name: str, draft: MeasureDraft) -> Entry:
        changes = take_measure(self.journal, self.clock, self.new_id, "wren", of(name), draft)
        (entry,) = changes.records
        assert isinstance(entry, Entry)
        return entry


def test_a_complete_form_is_an_entry_with_its_total_and_the_draft_is_gone() -> None:
    room = Room()
    draft = MeasureDraft(answers=(1, 1, 1, 1, 0, 1, 1), begun_at=AT - timedelta(minutes=2))
    put_draft(room.journal, "wren", of("GAD-7"), draft)
    entry = room.take("GAD-7", draft)
    assert entry.kind is Kind.MEASURE
    assert entry.details == MeasureDetails(instrument="GAD-7", answers=(1, 1, 1, 1, 0, 1, 1), total=6)
    assert (entry.noticed_at, entry.written_at) == (AT - timedelta(minutes=2), AT)
    assert entry.text == "GAD-7"
    assert room.journal.desk(draft_place("wren", of("GAD-7"))) is None


def test_a_partial_form_is_kept_without_a_total() -> None:
    entry = Room().take("GAD-7", MeasureDraft(answers=(1, None, 1, 1, 0, 1, 1), note="ran out of time"))
    assert entry.details == MeasureDetails(instrument="GAD-7", answers=(1, None, 1, 1, 0, 1, 1))
    assert entry.text == "ran out of time"


def test_a_score_from_paper_is_kept_on_its_day() -> None:
    entry = Room().take("WHO-5", MeasureDraft(score=" 52 ", taken_on="2026-02-20"))
    assert entry.details == MeasureDetails(instrument="WHO-5", total=52)
    assert (entry.noticed_at.date(), entry.written_at) == (date(2026, 2, 20), AT)


def test_distress_is_kept_as_what_the_live_view_keeps() -> None:
    entry = Room().take("SUDS", MeasureDraft(answers=(7,)))
    assert (entry.kind, entry.details) == (Kind.SUDS, SudsDetails(level=7))


@pytest.mark.parametrize(
    ("name", "draft", "says"),
    [
        ("GAD-7", MeasureDraft(answers=(1, 1)), "GAD-7 has 7 items, and 2 answers were given."),
        ("GAD-7", MeasureDraft(answers=(9,) * 7), "GAD-7, item 1: 9 is outside 0 to 3."),
        ("GAD-7", MeasureDraft(answers=(None,) * 7), "GAD-7: nothing is answered yet."),
        ("WHO-5", MeasureDraft(score="much"), "WHO-5: type the total, from 0 to 100."),
        ("WHO-5", MeasureDraft(score=""), "WHO-5: type the total, from 0 to 100."),
        ("WHO-5", MeasureDraft(score="nan"), "WHO-5: type the total, from 0 to 100."),
        ("WHO-5", MeasureDraft(score="inf"), "WHO-5: type the total, from 0 to 100."),
        ("WHO-5", MeasureDraft(score="101"), "WHO-5: 101 is outside 0 to 100."),
        (
            "WHO-5",
            MeasureDraft(score="52", taken_on="24 Feb"),
            "The day it was answered needs to look like 2026-02-24, or be empty.",
        ),
        (
            "WHO-5",
            MeasureDraft(score="52", taken_on="2026-02-25"),
            "The day it was answered lies ahead. Leave it empty for today.",
        ),
    ],
)
def test_what_cannot_be_kept_says_why_and_nothing_is_written(name: str, draft: MeasureDraft, says: str) -> None:
    room = Room()
    with pytest.raises(BadInput) as told:
        room.take(name, draft)
    assert told.value.sentence == says
    assert room.journal.entries() == ()


def test_a_form_joins_the_running_session() -> None:
    running = Session(id="p1", client="wren", kind=SessionKind.PREPARATION, started_at=AT)
    room = Room(running)
    assert room.take("GAD-7", MeasureDraft(answers=(1,) * 7)).session == "p1"
    assert room.take("GAD-7", MeasureDraft(answers=(1,) * 7, taken_on="2026-02-20")).session is None


def test_a_draft_lies_on_the_desk_until_it_is_kept_or_emptied() -> None:
    journal, gad = FakeJournal(), of("GAD-7")
    draft = MeasureDraft(answers=(1, None, None, 2, None, None, None), note="tired", begun_at=AT)
    put_draft(journal, "wren", gad, draft)
    assert find_draft(journal, "wren", gad) == draft
    assert find_draft(journal, "sol", gad).empty
    put_draft(journal, "wren", gad, MeasureDraft())
    assert find_draft(journal, "wren", gad) == MeasureDraft(answers=(None,) * 7)


@pytest.mark.parametrize("lying", ["{", '{"answers": [1, 2]}', '{"answers": [9, 9, 9, 9, 9, 9, 9]}'])
def test_a_draft_that_no_longer_fits_is_not_shown(lying: str) -> None:
    journal, gad = FakeJournal(), of("GAD-7")
    journal.put_on_desk(draft_place("wren", gad), lying)
    assert find_draft(journal, "wren", gad).empty


def test_a_full_disk_keeps_the_draft() -> None:
    room, gad = Room(), of("GAD-7")
    draft = MeasureDraft(answers=(1,) * 7)
    put_draft(room.journal, "wren", gad, draft)
    room.journal.trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        room.take("GAD-7", draft)
    room.journal.trouble = None
    assert find_draft(room.journal, "wren", gad) == draft


def test_what_was_taken_is_read_oldest_first_with_bands_and_dosings() -> None:
    measures = client_measures(wren(), "wren", SHIPPED)
    assert [taken.total for taken in measures.of("PHQ-9")] == [19, 12, 9]
    latest = measures.latest("PHQ-9")
    assert latest is not None
    assert latest.result is not None
    assert latest.result.band is not None
    assert latest.result.band.words == "mild"
    assert [(one.on.isoformat(), one.label) for one in measures.dosings] == [("2026-01-22", "1"), ("2026-02-05", "2")]
    assert [one.name for one in trends(measures, SHIPPED)] == ["PHQ-9", "GAD-7", "PCL-5"]
    assert len(trends(measures, SHIPPED, every=True)) == len(SHIPPED.known)


def test_a_form_that_was_taken_back_counts_no_more() -> None:
    journal = wren()
    take_back(journal, "back", FakeClock(AT).now().at, "w4")
    measures = client_measures(journal, "wren", SHIPPED)
    assert [taken.total for taken in measures.of("PHQ-9")] == [19, 12]


def entry(details: dict[str, object], text: str = "") -> Entry:
    return Entry.model_validate(
        {
            "id": "e",
            "client": "wren",
            "kind": "measure",
            "text": text,
            "noticed_at": datetime(2026, 2, 24, tzinfo=UTC),
            "details": details,
        }
    )


def test_a_partial_form_is_not_drawn_and_not_the_latest_total() -> None:
    journal = wren()
    journal.keep(entry({"instrument": "PHQ-9", "answers": [1, None, 1, 1, 1, 1, 1, 1, 1]}))
    measures = client_measures(journal, "wren", SHIPPED)
    latest = measures.latest("PHQ-9")
    assert latest is not None
    assert latest.total == 9
    (series, *_) = trends(measures, SHIPPED)
    assert (series.points[-1].total, series.points[-1].note) == (None, "partial, 8 of 9")
    assert len(series.scored) == 3


@pytest.mark.parametrize(
    ("details", "doubt"),
    [
        (
            {"instrument": "phq9", "answers": [1] * 9, "total": 20},
            "The total written down is 20; the answers add up to 9.",
        ),
        ({"instrument": "PHQ-9", "answers": [1] * 8, "total": 8}, "PHQ-9 has 9 items, and 8 answers were given."),
        ({"instrument": "PHQ-9", "answers": [7] * 9}, "PHQ-9, item 1: 7 is outside 0 to 3."),
        ({"instrument": "PHQ-9", "total": 28}, "PHQ-9: 28 is outside 0 to 27."),
    ],
)
def test_what_came_from_elsewhere_and_does_not_add_up_is_told(details: dict[str, object], doubt: str) -> None:
    journal = FakeJournal()
    journal.keep(Client(id="wren", alias="Wren"), entry(details))
    (taken,) = client_measures(journal, "wren", SHIPPED).taken
    assert (taken.instrument, taken.doubt, taken.total) == ("PHQ-9", doubt, details.get("total"))


def test_an_instrument_without_a_file_still_shows_what_was_written() -> None:
    journal = FakeJournal()
    journal.keep(Client(id="wren", alias="Wren"), entry({"instrument": "BDI", "total": 12}, "BDI"))
    (taken,) = client_measures(journal, "wren", SHIPPED).taken
    assert (taken.instrument, taken.total, taken.result) == ("BDI", 12, None)

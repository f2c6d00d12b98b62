"""The card's form writes entries; what was agreed before stays in the record."""

from __future__ import annotations

import pytest
from kapjournal.application.prepare_card import CardValues, card_values, save_card

from kapjournal.domain.course import Client, Limits, Route
from kapjournal.domain.entry import Action, Amendment, Kind
from kapjournal.domain.errors import NotSaved
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

NEW = FakeIds("new")
VALUES = CardValues(
    intention="to stop bracing",
    enough="one slow breath",
    touch="hand, shoulder",
    stop_word="harbour",
    stop_gesture="raises the left palm",
    safety_plan="Stop the music\nCall",
    prescriber="Dr. L. 555-0142",
    emergency_contact="sister",
    route=Route.IM,
    vitals_schedule=(0, 20, 60),
    limits=Limits(systolic=160, spo2=92),
)


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal()
    made.keep(Client(id="wren", alias="Wren"))
    return made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def save(journal: FakeJournal, clock: FakeClock, values: CardValues) -> int:
    return len(save_card(journal, clock, NEW, "wren", values).records)


def test_an_empty_card_is_empty(journal: FakeJournal) -> None:
    assert card_values(journal, "wren") == CardValues()


def test_what_is_written_is_read_again(journal: FakeJournal, clock: FakeClock) -> None:
    save(journal, clock, VALUES)
    assert card_values(journal, "wren") == VALUES


def test_what_did_not_change_is_not_written_again(journal: FakeJournal, clock: FakeClock) -> None:
    save(journal, clock, VALUES)
    assert save(journal, clock, VALUES) == 0
    assert save(journal, clock, VALUES._replace(enough="two slow breaths")) == 1


def test_a_changed_agreement_is_a_new_entry_and_the_old_one_stays(journal: FakeJournal, clock: FakeClock) -> None:
    save(journal, clock, VALUES)
    clock.pass_(60)
    save(journal, clock, VALUES._replace(touch="hand"))
    assert [e.text for e in journal.entries(kinds=(Kind.AGREEMENT,))] == ["hand, shoulder", "hand"]
    assert card_values(journal, "wren").touch == "hand"


def test_each_field_can_be_emptied_again(journal: FakeJournal, clock: FakeClock) -> None:
    save(journal, clock, VALUES)
    clock.pass_(60)
    save(journal, clock, CardValues())
    assert card_values(journal, "wren") == CardValues()


def test_an_agreement_that_was_taken_back_does_not_count(journal: FakeJournal, clock: FakeClock) -> None:
    save(journal, clock, VALUES)
    (agreement,) = journal.entries(kinds=(Kind.AGREEMENT,))
    journal.keep(Amendment(id="a", entry=agreement.id, action=Action.RETRACTION, written_at=START))
    assert card_values(journal, "wren").stop_word == ""


def test_a_disk_that_refuses_keeps_none_of_it(journal: FakeJournal, clock: FakeClock) -> None:
    journal.trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        save(journal, clock, VALUES)
    journal.trouble = None
    assert card_values(journal, "wren") == CardValues()

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kapjournal.application.due import Due, DueKind, awaits_clearance, due, facts_of, waiting_notes
from kapjournal.application.plan_course import add_contact, add_practice, archive, settle_practice
from kapjournal.domain.course import Client, Course, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind, PracticeState
from kapjournal.domain.label import Link, Relation
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

WREN = Client(id="w", alias="Wren")
ENDED = START - timedelta(hours=30)


class World:
    def __init__(self) -> None:
        self.journal, self.clock, self.ids = FakeJournal(), FakeClock(), FakeIds()
        self.journal.keep(WREN)

    def due(self) -> tuple[Due, ...]:
        j = self.journal
        return due(facts_of(j.clients(), j.courses(), j.sessions(), waiting_notes(j)), self.clock.now().at)

    def dosing(self, hours_ago: float = 30) -> Session:
        at = START - timedelta(hours=hours_ago)
        session = Session(
            id="d", client="w", kind=SessionKind.DOSING, number=4, started_at=at - timedelta(hours=3), ended_at=at
        )
        self.journal.keep(session)
        return session

    def note(self, kind: Kind, **details: object) -> str:
        entry = Entry.model_validate(
            {"id": self.ids(), "client": "w", "kind": kind, "text": "x", "noticed_at": START, "details": details}
        )
        self.journal.keep(entry)
        return entry.id


def test_a_check_in_is_due_after_a_dosing_session_until_the_client_was_heard() -> None:
    world = World()
    world.dosing()
    (found,) = world.due()
    assert (found.kind, found.what, found.on) == (
        DueKind.CHECK_IN,
        "check-in after dosing 4",
        (ENDED + timedelta(hours=24)).date(),
    )
    add_contact(world.journal, world.clock, world.ids, "w", "prescriber Dr K", "dose for next time")
    assert len(world.due()) == 1  # somebody else was heard, not the client
    add_contact(world.journal, world.clock, world.ids, "w", "", "slept, ate, teary")
    assert world.due() == ()


def test_a_later_session_counts_as_a_check_in_and_a_missed_one_is_let_go() -> None:
    world = World()
    world.dosing()
    world.journal.keep(Session(id="i", client="w", kind=SessionKind.INTEGRATION, started_at=START))
    assert world.due() == ()
    late = World()
    late.dosing(hours_ago=24 * 15)
    assert late.due() == ()


def test_open_practices_are_due_on_their_day() -> None:
    world = World()
    add_practice(world.journal, world.clock, world.ids, "w", "ten breaths", "daily", date(2026, 3, 6))
    add_practice(world.journal, world.clock, world.ids, "w", "a letter", "", date(2026, 6, 1))  # far ahead
    add_practice(world.journal, world.clock, world.ids, "w", "no day")
    (found,) = world.due()
    assert (found.what, found.on) == ("ten breaths", date(2026, 3, 6))
    assert found.entry is not None
    settle_practice(world.journal, world.clock, world.ids, found.entry, PracticeState.KEPT)
    assert world.due() == ()


def test_a_practice_that_a_later_one_takes_up_is_asked_for_once() -> None:
    world = World()
    first = world.note(Kind.PRACTICE, follow_up_on="2026-03-02", state="open")
    second = world.note(Kind.PRACTICE, follow_up_on="2026-03-03", state="open")
    assert len(world.due()) == 2
    world.journal.keep(Link(source=second, target=first, relation=Relation.FOLLOWS_UP))
    assert [d.entry for d in world.due()] == [second]


def test_measures_are_due_by_the_clients_own_interval() -> None:
    world = World()
    world.journal.keep(Course(id="c", client="w", measures_every_days=14))
    (found,) = world.due()
    assert (found.kind, found.on) == (DueKind.MEASURES, START.date())
    world.note(Kind.MEASURE, instrument="PHQ-9", total=9)
    assert world.due() == ()
    world.clock.pass_(8 * 24 * 3600)
    (found,) = world.due()
    assert found.on == START.date() + timedelta(days=14)


def test_clearance_is_awaited_while_a_dosing_session_is_planned() -> None:
    world = World()
    world.journal.keep(Session(id="d", client="w", kind=SessionKind.DOSING, number=1))
    (found,) = world.due()
    assert (found.kind, found.on) == (DueKind.CLEARANCE, None)
    world.note(Kind.PLAN, about="medical clearance")
    assert world.due() == ()


@pytest.mark.parametrize("kind", [SessionKind.PREPARATION, SessionKind.INTEGRATION])
def test_without_a_dosing_session_nothing_is_cleared(kind: SessionKind) -> None:
    world = World()
    world.journal.keep(Session(id="s", client="w", kind=kind, number=1))
    facts = facts_of(world.journal.clients(), (), world.journal.sessions(), waiting_notes(world.journal))
    assert not awaits_clearance(facts[0])


def test_archived_clients_rest() -> None:
    world = World()
    world.dosing()
    archive(world.journal, world.clock, "w", archived=True)
    assert world.due() == ()
    archive(world.journal, world.clock, "w", archived=False)
    assert len(world.due()) == 1
    assert world.journal.clients()[0] == WREN

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


def test_a_practice_is_asked_about_when_it_ends_and_a_changed_one_goes_on() -> None:
    world = World()
    add_practice(world.journal, world.clock, world.ids, "w", "ten breaths", until=date(2026, 3, 9))
    add_practice(world.journal, world.clock, world.ids, "w", "a letter", "", date(2026, 3, 4), date(2026, 3, 30))
    first, second = world.due()
    assert (first.what, first.on, first.note) == (
        "a letter",
        date(2026, 3, 4),
        "Practice agreed 2 March, until 30 March",
    )
    assert (second.what, second.on) == ("ten breaths", date(2026, 3, 9))
    assert first.entry is not None
    assert second.entry is not None
    settle = (world.journal, world.clock, world.ids)
    settle_practice(*settle, first.entry, PracticeState.CHANGED, "a drawing instead", date(2026, 3, 11))
    settle_practice(*settle, second.entry, PracticeState.CHANGED)
    (again,) = world.due()  # the other goes on, and nothing is to be asked about it
    assert (again.what, again.on) == ("a letter", date(2026, 3, 11))
    settle_practice(*settle, first.entry, PracticeState.DROPPED)
    assert world.due() == ()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0.2, "24 to 72 hours after dosing"),
        (6, "a week after dosing"),
        (13, "a week after dosing"),
        (20, ""),
        (26, "four weeks after dosing"),
        (41, "four weeks after dosing"),
        (43, ""),
    ],
)
def test_check_ins_go_on_in_the_days_and_weeks_after(days: float, told: str) -> None:
    world = World()
    world.dosing(hours_ago=days * 24)
    assert [d.note for d in world.due()] == ([told] if told else [])
    add_contact(world.journal, world.clock, world.ids, "w", "", "slept, ate")
    assert world.due() == ()


def test_a_check_in_of_the_first_days_does_not_stand_for_the_one_a_week_later() -> None:
    world = World()
    world.dosing(hours_ago=24)
    add_contact(world.journal, world.clock, world.ids, "w", "", "slept, ate")
    world.clock.pass_(7 * 24 * 3600)
    assert [d.note for d in world.due()] == ["a week after dosing"]


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

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application.look_over import LAST_CHECK, check_again, look_over, read_checked
from kapjournal.application.plan_course import (
    add_account,
    change_fact,
    move_session,
    plan_session,
    put_typed,
    read_client,
    typed_place,
)
from kapjournal.application.start_session import start_session
from kapjournal.domain.course import Client, Course, Route, SessionKind
from kapjournal.domain.entry import DoseDetails, Entry, Kind, RecordClass, Voice
from kapjournal.domain.errors import BadInput, Refused
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

WREN, SOL = Client(id="w", alias="Wren"), Client(id="s", alias="Sol")


class World:
    def __init__(self) -> None:
        self.journal, self.clock, self.ids = FakeJournal(), FakeClock(), FakeIds()
        self.journal.keep(WREN, SOL)

    def change(self, name: str, typed: str, **left: str) -> None:
        change_fact(self.journal, self.clock, self.ids, "w", name, typed, left)

    @property
    def course(self) -> Course:
        (course,) = self.journal.courses("w")
        return course


def test_a_fact_is_kept_and_what_else_is_typed_stays_on_the_desk_in_the_same_write() -> None:
    world = World()
    put_typed(world.journal, "w", {"pronouns": "she", "notes": "half a"})
    world.change("pronouns", "she/her", notes="half a")
    assert world.journal.clients()[0].pronouns == "she/her"
    assert read_client(world.journal, "w").typed == {"notes": "half a"}
    world.change("notes", "half a word")
    assert world.journal.desk(typed_place("w")) is None


def test_the_course_is_made_with_its_first_fact_and_has_six_sessions_unless_said_otherwise() -> None:
    world = World()
    world.change("route", "IM")
    assert (world.course.route, world.course.planned_sessions) == (Route.IM, 6)
    world.change("planned_sessions", "8")
    world.change("vitals_schedule", "0, 20, 60")
    assert (world.course.planned_sessions, world.course.vitals_schedule) == (8, (0, 20, 60))


def test_a_fact_that_does_not_fit_changes_nothing() -> None:
    world = World()
    before = world.journal.ledger[:]
    with pytest.raises(BadInput, match="Minutes"):
        world.change("vitals_schedule", "soon")
    with pytest.raises(BadInput, match="called sol already"):
        world.change("alias", " sol ")
    with pytest.raises(BadInput, match="needs an alias"):
        world.change("alias", "  ")
    assert world.journal.ledger == before


def test_planned_sessions_are_numbered_by_kind_and_can_be_moved_until_they_begin() -> None:
    world = World()
    one = plan_session(world.journal, world.ids, "w", SessionKind.DOSING, None, START)
    two = plan_session(world.journal, world.ids, "w", SessionKind.DOSING)
    three = plan_session(world.journal, world.ids, "w", SessionKind.INTEGRATION)
    assert [s.number for s in (one, two, three)] == [1, 2, 1]
    assert {s.course for s in (one, two, three)} == {world.course.id}
    with pytest.raises(Refused, match="dosing session 2 already"):
        plan_session(world.journal, world.ids, "w", SessionKind.DOSING, 2)
    move_session(world.journal, two.id, START + timedelta(days=1))
    assert world.journal.sessions("w")[1].planned_for == START + timedelta(days=1)
    move_session(world.journal, two.id, None)
    assert world.journal.sessions("w")[1].planned_for is None
    start_session(world.journal, world.clock, world.ids, "w")
    with pytest.raises(Refused, match="begun already"):
        move_session(world.journal, one.id, None)


def test_starting_begins_the_planned_session_and_never_a_second_one() -> None:
    world = World()
    planned = plan_session(world.journal, world.ids, "w", SessionKind.DOSING, 3, START)
    begun = start_session(world.journal, world.clock, world.ids, "w")
    assert (begun.id, begun.number, begun.planned_for, begun.started_at) == (planned.id, 3, START, START)
    assert start_session(world.journal, world.clock, world.ids, "w") == begun
    beside = start_session(world.journal, world.clock, world.ids, "w", SessionKind.INTEGRATION)
    assert (beside.kind, beside.number) == (SessionKind.INTEGRATION, 1)


def test_a_named_planned_session_is_the_one_that_begins() -> None:
    world = World()
    plan_session(world.journal, world.ids, "w", SessionKind.PREPARATION, None, START)
    later = plan_session(world.journal, world.ids, "w", SessionKind.PREPARATION, None, START + timedelta(days=9))
    assert start_session(world.journal, world.clock, world.ids, "w", SessionKind.PREPARATION, later.id).id == later.id


def test_an_account_carries_the_clients_voice_and_stays_private() -> None:
    world = World()
    add_account(world.journal, world.clock, world.ids, "w", " It was quiet. ")
    (entry,) = world.journal.entries("w")
    assert (entry.kind, entry.voice, entry.text) == (Kind.ACCOUNT, Voice.CLIENT, "It was quiet.")
    assert entry.in_class is RecordClass.PRIVATE
    with pytest.raises(BadInput):
        add_account(world.journal, world.clock, world.ids, "w", "  ")


def test_a_damaged_desk_is_no_trouble() -> None:
    world = World()
    world.journal.put_on_desk(typed_place("w"), "{not json")
    world.journal.put_on_desk(LAST_CHECK, '{"at": "long ago"}')
    assert read_client(world.journal, "w").typed == {}
    assert read_checked(world.journal, LAST_CHECK) is None


def test_home_tells_the_time_since_the_first_dose_by_the_steady_clock() -> None:
    world = World()
    session = start_session(world.journal, world.clock, world.ids, "w")
    running = look_over(world.journal).running
    assert running is not None
    assert running.since_dose_s(world.clock.now()) is None
    world.clock.pass_(600)
    dose = Entry(
        id="dose", client="w", session=session.id, kind=Kind.DOSE, text="", noticed_at=world.clock.now().at,
        elapsed_s=600.0, details=DoseDetails(amount_mg=60),
    )  # fmt: skip
    world.journal.keep(dose)
    world.clock.pass_(45 * 60)
    world.clock.set_wall(timedelta(hours=-1))
    running = look_over(world.journal).running
    assert running is not None
    assert running.since_dose_s(world.clock.now()) == 45 * 60


def test_a_dosing_session_goes_before_others_that_run() -> None:
    world = World()
    dosing = start_session(world.journal, world.clock, world.ids, "w")
    world.clock.pass_(60)
    start_session(world.journal, world.clock, world.ids, "s", SessionKind.INTEGRATION)
    running = look_over(world.journal).running
    assert running is not None
    assert running.session.id == dosing.id


def test_a_check_is_noted_on_the_desk() -> None:
    world = World()
    heard: list[tuple[int, int]] = []
    checked = check_again(world.journal, world.clock, lambda done, of: heard.append((done, of)))
    assert (checked.whole, checked.sentence) == (True, "No gaps or changes in 0 entries.")
    assert look_over(world.journal).check == checked
    assert heard

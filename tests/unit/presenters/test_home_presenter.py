from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kapjournal.application.due import Facts
from kapjournal.application.look_over import Checked, Overview, RunningNow
from kapjournal.domain.course import Client, Course, Session, SessionKind
from kapjournal.domain.course_plan import Stage
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.gui.home.presenter import NO_CLIENTS, NOBODY_FOUND, Home, HomePresenter, HomeUses
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

NOON = datetime(2026, 2, 26, 12, 0, tzinfo=UTC)
WREN, SOL = Client(id="w", alias="Wren"), Client(id="s", alias="Sol")
P, D, I = SessionKind.PREPARATION, SessionKind.DOSING, SessionKind.INTEGRATION  # noqa: E741


class Noon:
    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> Moment:
        return Moment(at=NOON + timedelta(seconds=self.passed), tick_s=self.passed, boot="b")


def held(client: str, kind: SessionKind, number: int, days_ago: int) -> Session:
    at = NOON - timedelta(days=days_ago)
    return Session(
        id=f"{client}{kind}{number}", client=client, kind=kind, number=number, started_at=at, ended_at=at, closed_at=at
    )


def planned(client: str, kind: SessionKind, number: int, days: float | None) -> Session:
    given = {} if days is None else {"planned_for": NOON + timedelta(days=days)}
    return Session.model_validate(
        {"id": f"{client}{kind}{number}", "client": client, "kind": kind, "number": number, **given}
    )


RUNNING = Session(id="run", client="w", kind=D, number=3, started_at=NOON - timedelta(minutes=50))


class World:
    def __init__(
        self,
        *sessions: Session,
        clients: tuple[Client, ...] = (WREN, SOL),
        running: RunningNow | None = None,
        course: Course | None = None,
    ) -> None:
        self.facts = tuple(
            Facts(c, course if c == WREN else None, tuple(s for s in sessions if s.client == c.id), ()) for c in clients
        )
        self.overview = Overview(self.facts, running)
        self.did: list[tuple[str, str]] = []
        self.fails = False
        uses = HomeUses(
            read=lambda: self.overview,
            add_client=self._add,
            open_client=lambda client: self.did.append(("open", client)),
            enter=lambda session: self.did.append(("enter", session)),
            check=self._check,
        )
        self.tasks, self.clock, self.timer = InlineTasks(), Noon(), FakeTimer()
        self.states: list[Home] = []
        self.presenter = HomePresenter(uses, self.tasks, self.clock, self.timer, self)
        self.presenter.start()

    @property
    def state(self) -> Home:
        return self.states[-1]

    def show_state(self, state: Home) -> None:
        self.states.append(state)

    def _add(self, alias: str) -> Client:
        if self.fails:
            raise NotSaved("Not saved yet. The disk is full.")
        return Client(id=alias.lower(), alias=alias)

    def _check(self, progress: Callable[[int, int], None]) -> Checked:
        progress(4, 10)
        return Checked(at=NOON, whole=False, sentence="Entry 4 no longer matches its seal.")


def test_an_empty_journal_says_how_to_begin() -> None:
    world = World(clients=())
    assert world.state.empty == NO_CLIENTS
    assert world.state.safe == ()
    world.presenter.act()
    assert world.did == []


def test_nothing_is_said_to_be_empty_before_it_was_read() -> None:
    world = World()
    assert world.states[0].empty == ""
    assert not world.states[0].read


def test_typing_finds_clients_and_enter_opens_the_chosen_one() -> None:
    world = World()
    world.presenter.filter("so")
    assert [line.alias for line in world.state.clients] == ["Sol"]
    world.presenter.act()
    assert world.did == [("open", "s")]
    world.presenter.filter("xyz")
    assert world.state.empty == NOBODY_FOUND


def test_a_line_tells_the_course_the_next_session_and_what_is_awaited() -> None:
    world = World(held("w", P, 1, 9), planned("w", D, 1, 1), planned("w", P, 2, 0.5))
    wren, sol = world.state.clients
    assert (wren.note, wren.next_when, wren.next_what) == ("One of six held", "Tomorrow 00:00", "Preparation 2")
    assert wren.hint == "Clearance awaited"
    assert [bead.stage for bead in wren.beads] == [Stage.HELD, Stage.PLANNED, Stage.PLANNED, *[Stage.OPEN] * 3]
    assert (sol.note, sol.next_when, sol.hint) == ("No sessions yet", "Not booked", "")


def test_work_without_dosing_here_says_so() -> None:
    world = World(held("w", I, 1, 9), planned("w", I, 2, None))
    assert (world.state.clients[0].instead, world.state.clients[0].beads) == ("medicine days elsewhere", ())
    assert (world.state.clients[0].note, world.state.clients[0].next_when) == (
        "Integration only, one held",
        "No date yet",
    )


def test_a_long_course_is_told_in_words() -> None:
    world = World(course=Course(id="c", client="w", planned_sessions=40))
    assert (world.state.clients[0].instead, world.state.clients[0].beads) == ("40 sessions", ())


def test_the_next_sessions_stand_in_order_with_the_running_one_first() -> None:
    sessions = [planned("s", D, 1, 3), planned("s", P, 1, 1), RUNNING, planned("s", I, 1, -2), planned("s", I, 9, None)]
    world = World(*sessions)
    assert [(line.alias, line.what, line.hint) for line in world.state.next] == [
        ("Wren", "Dosing 3", "In the room now"),
        ("Sol", "Preparation 1", ""),
        ("Sol", "Dosing 1", "Clearance awaited"),
    ]


def test_the_time_since_the_first_dose_goes_on_by_itself() -> None:
    clock = SessionClock(anchor=Moment(at=NOON, tick_s=-3000, boot="b"))
    running = RunningNow(RUNNING, NOON - timedelta(minutes=45), 300.0, clock)
    world = World(RUNNING, running=running)
    assert world.state.running is not None
    assert world.state.running.sentence == "Wren’s session is still open, T+ 0:45"
    assert world.state.running.note == "Dosing 3, first dose today at 11:15. Every entry is here."
    world.clock.passed = 60
    world.timer.pass_(60)
    assert world.state.running.sentence.endswith("T+ 0:46")
    world.presenter.return_to_running()
    assert world.did == [("enter", "run")]
    world.presenter.leave()
    shown = len(world.states)
    world.timer.pass_(600)
    assert len(world.states) == shown


def test_archived_clients_are_out_of_sight_until_asked_for() -> None:
    gone = SOL.model_copy(update={"archived_on": NOON.date()})
    world = World(clients=(WREN, gone))
    assert [line.id for line in world.state.clients] == ["w"]
    assert (world.state.counted, world.state.has_archived) == ("one active, one archived", True)
    world.presenter.show_archived(shown=True)
    assert [line.note for line in world.state.clients] == ["No sessions yet", "Archived 26 February"]


def test_an_alias_is_enough_for_a_new_client_and_leads_to_the_course() -> None:
    world = World()
    world.presenter.begin_adding()
    assert world.state.adding
    world.presenter.add("  Heron ")
    assert world.did == [("open", "heron")]


@pytest.mark.parametrize("alias", ["", "   ", "wren"])
def test_an_empty_or_taken_alias_is_asked_for_again(alias: str) -> None:
    world = World()
    world.presenter.begin_adding()
    world.presenter.add(alias)
    assert world.state.message is not None
    assert world.state.adding
    assert world.did == []


def test_a_client_that_could_not_be_saved_is_not_shown_as_one() -> None:
    world = World()
    world.fails = True
    world.presenter.begin_adding()
    world.presenter.add("Heron")
    assert world.state.message is not None
    assert world.state.message.sentence == "Not saved yet. The disk is full."
    assert world.state.adding
    assert world.did == []


def test_a_check_tells_how_far_it_is_and_what_it_found() -> None:
    world = World()
    assert [safe.title for safe in world.state.safe] == ["No backup yet", "Not checked yet"]
    world.presenter.check()
    assert "Checking, 4 of 10" in [state.checking for state in world.states]
    assert world.state.checking == ""
    found = world.state.safe[1]
    assert (found.whole, found.title) == (False, "The record was changed, checked today 12:00")
    assert found.note == "Entry 4 no longer matches its seal."


def test_what_is_told_by_others_of_the_backup_is_shown() -> None:
    world = World()
    world.overview = world.overview._replace(
        backup=Checked(at=NOON - timedelta(days=2), whole=True, sentence="Opened and compared.")
    )
    world.presenter.start()
    assert world.state.safe[0][:2] == (True, "Backup made Tue 24 Feb 12:00")

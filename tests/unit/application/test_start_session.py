"""A session is begun once, and gone on with wherever it was left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application.start_session import (
    add_client,
    clock_place,
    draft_place,
    open_session,
    running_session,
    session_to_show,
    start_session,
)
from kapjournal.domain.course import Client, Course, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.moment import Moment, SessionClock
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal()
    made.keep(Client(id="wren", alias="Wren"), Client(id="kite", alias="Kite"))
    return made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


NEW = FakeIds("new")


@pytest.mark.parametrize("alias", ["", "  \n ", "wren", " WREN ", "x" * 121])
def test_an_alias_that_will_not_do_is_refused_in_a_sentence(journal: FakeJournal, alias: str) -> None:
    with pytest.raises(Refused) as refused:
        add_client(journal, NEW, alias)
    assert refused.value.sentence.endswith(".")
    assert len(journal.clients()) == 2


def test_an_alias_is_kept_without_the_space_around_it(journal: FakeJournal) -> None:
    assert add_client(journal, NEW, "  Little \t Owl ").alias == "Little Owl"


def test_a_session_begins_once_and_is_given_back_while_it_runs(journal: FakeJournal, clock: FakeClock) -> None:
    first = start_session(journal, clock, NEW, "wren")
    clock.pass_(60)
    assert start_session(journal, clock, NEW, "wren") == first
    assert (first.number, first.kind, first.started_at) == (1, SessionKind.DOSING, START)
    other = start_session(journal, clock, NEW, "kite")
    assert other.number == 1
    assert running_session(journal) == other  # the latest


def test_the_next_session_has_the_next_number_and_the_latest_course(journal: FakeJournal, clock: FakeClock) -> None:
    journal.keep(Course(id="c1", client="wren"), Course(id="c2", client="wren"))
    journal.keep(
        Session(id="s4", client="wren", kind=SessionKind.DOSING, number=4, started_at=START, closed_at=START),
        Session(id="s9", client="wren", kind=SessionKind.INTEGRATION, number=9, started_at=START),
    )
    begun = start_session(journal, clock, NEW, "wren")
    assert (begun.number, begun.course) == (5, "c2")


def test_its_clock_is_durable_with_it(journal: FakeJournal, clock: FakeClock) -> None:
    session = start_session(journal, clock, NEW, "wren")
    lying = journal.desk(clock_place(session.id))
    assert lying is not None
    assert SessionClock.model_validate_json(lying).anchor == clock.now()


def test_the_command_line_can_name_the_client(journal: FakeJournal, clock: FakeClock) -> None:
    assert session_to_show(journal, clock, NEW, None) is None
    wren = session_to_show(journal, clock, NEW, "wREN")
    assert wren is not None
    assert wren.client == "wren"
    assert session_to_show(journal, clock, NEW, None) == wren
    with pytest.raises(BadInput, match="no client called Owl"):
        session_to_show(journal, clock, NEW, "Owl")


def test_opening_a_running_session_only_reads(journal: FakeJournal, clock: FakeClock) -> None:
    session = start_session(journal, clock, NEW, "wren")
    journal.put_on_desk(draft_place(session.id), "half a li")
    before = list(journal.ledger)
    clock.pass_(600)
    opened = open_session(journal, clock, session.id)
    assert journal.ledger == before
    assert (opened.draft, opened.clock and opened.clock.seconds(clock.now())) == ("half a li", 600.0)


def test_a_closed_session_has_no_clock(journal: FakeJournal, clock: FakeClock) -> None:
    session = start_session(journal, clock, NEW, "wren")
    journal.keep(session.model_copy(update={"closed_at": clock.at, "ended_at": clock.at}))
    assert open_session(journal, clock, session.id).clock is None


def test_after_a_restart_the_clock_goes_on_from_where_it_must_be(journal: FakeJournal, clock: FakeClock) -> None:
    session = start_session(journal, clock, NEW, "wren")
    clock.pass_(600)
    journal.keep(entry_at(session, 600.0))
    clock.reboot(down_s=120)
    clock.set_wall(-timedelta(hours=2))
    opened = open_session(journal, clock, session.id)
    assert opened.clock is not None
    assert opened.clock.seconds(clock.now()) == 600.0
    clock.pass_(60)
    again = open_session(journal, clock, session.id)
    assert again.clock == opened.clock


def entry_at(session: Session, elapsed_s: float) -> Entry:
    return Entry(
        id="e1",
        client=session.client,
        session=session.id,
        kind=Kind.OBSERVATION,
        text="x",
        noticed_at=START,
        elapsed_s=elapsed_s,
    )


def test_a_session_from_elsewhere_goes_by_the_wall_clock(journal: FakeJournal, clock: FakeClock) -> None:
    journal.keep(Session(id="far", client="wren", kind=SessionKind.DOSING, started_at=START))
    clock.pass_(300)
    opened = open_session(journal, clock, "far")
    assert opened.clock is not None
    assert opened.clock.seconds(clock.now()) == 300.0
    clock.set_wall(timedelta(hours=1))
    assert open_session(journal, clock, "far").clock == opened.clock
    assert opened.clock.anchor == Moment(at=START + timedelta(seconds=300), tick_s=1300.0, boot="boot-1")

"""Closing keeps what was found at the landing, in one write, and clears the desk."""

from __future__ import annotations

import pytest

from kapjournal.application.close_session import close_session
from kapjournal.application.start_session import clock_place, draft_place, start_session
from kapjournal.domain.course import Client, Session
from kapjournal.domain.entry import Kind, Phase, PhaseDetails
from kapjournal.domain.errors import NotSaved, Refused
from kapjournal.domain.moment import SessionClock
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

NEW = FakeIds("new")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal()
    made.keep(Client(id="wren", alias="Wren"))
    return made


@pytest.fixture
def session(journal: FakeJournal, clock: FakeClock) -> Session:
    begun = start_session(journal, clock, NEW, "wren")
    clock.pass_(7200)
    return begun


def close(journal: FakeJournal, clock: FakeClock, session: Session, landing: dict[str, str]) -> None:
    began = SessionClock(anchor=clock.now(), anchor_s=7200.0)
    close_session(journal, clock, NEW, session, began, landing)


def test_what_was_found_is_one_entry_and_what_was_left_out_is_not(
    journal: FakeJournal, clock: FakeClock, session: Session
) -> None:
    close(journal, clock, session, {"Gait": " steady ", "Mood": "  ", "Ride home": "here"})
    (found,) = journal.entries()
    assert (found.kind, found.text, found.elapsed_s) == (Kind.PHASE, "Gait: steady; Ride home: here", 7200.0)
    assert found.details == PhaseDetails(phase=Phase.DISCHARGE)
    (closed,) = journal.sessions()
    assert closed.ended_at == closed.closed_at == clock.at
    assert not closed.running


def test_a_landing_without_a_word_is_no_entry(journal: FakeJournal, clock: FakeClock, session: Session) -> None:
    close(journal, clock, session, {})
    assert (journal.entries(), journal.settled) == ((), 1)


def test_the_desk_is_cleared_with_it(journal: FakeJournal, clock: FakeClock, session: Session) -> None:
    journal.put_on_desk(draft_place(session.id), "half a li")
    close(journal, clock, session, {})
    assert [journal.desk(place(session.id)) for place in (draft_place, clock_place)] == [None, None]


def test_a_disk_that_refuses_leaves_it_open_whole(journal: FakeJournal, clock: FakeClock, session: Session) -> None:
    journal.put_on_desk(draft_place(session.id), "half a li")
    journal.trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        close(journal, clock, session, {"Gait": "steady"})
    journal.trouble = None
    assert journal.sessions() == (session,)
    assert (journal.entries(), journal.desk(draft_place(session.id))) == ((), "half a li")


def test_a_session_is_closed_once(journal: FakeJournal, clock: FakeClock, session: Session) -> None:
    close(journal, clock, session, {})
    clock.pass_(60)
    with pytest.raises(Refused):
        close(journal, clock, session, {"Gait": "steady"})
    assert journal.entries() == ()

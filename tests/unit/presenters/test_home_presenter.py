from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.moment import Moment
from kapjournal.gui.home.presenter import NO_CLIENTS, NOBODY_FOUND, Home, HomePresenter, HomeUses, People

NOON = datetime(2026, 2, 26, 12, 0, tzinfo=UTC)
WREN, SOL = Client(id="w", alias="Wren"), Client(id="s", alias="Sol")


class Noon:
    def now(self) -> Moment:
        return Moment(at=NOON, tick_s=0, boot="b")


def session(name: str, client: str, days_ago: int, *, running: bool = False) -> Session:
    at = NOON - timedelta(days=days_ago)
    ended = None if running else at + timedelta(hours=3)
    return Session(
        id=name, client=client, kind=SessionKind.DOSING, number=2, started_at=at, ended_at=ended, closed_at=ended
    )


class World:
    def __init__(self, *sessions: Session, clients: tuple[Client, ...] = (WREN, SOL)) -> None:
        self.people = People(clients, sessions)
        self.did: list[tuple[str, str]] = []
        self.fails = False
        uses = HomeUses(
            people=lambda: self.people,
            add_client=self._add,
            start=lambda client: session("new", client, 0, running=True),
            enter=lambda chosen: self.did.append(("enter", chosen.id)),
            edit_card=lambda client: self.did.append(("card", client.id)),
            lock=lambda: self.did.append(("lock", "")),
            next_look=lambda: self.did.append(("look", "")),
        )
        self.tasks = InlineTasks()
        self.state = Home()
        self.presenter = HomePresenter(uses, self.tasks, Noon(), self)
        self.presenter.start()

    def show_state(self, state: Home) -> None:
        self.state = state

    def _add(self, alias: str) -> Client:
        if self.fails:
            raise NotSaved("Not saved yet. The disk is full.")
        return Client(id=alias.lower(), alias=alias)


def test_an_empty_journal_says_how_to_begin() -> None:
    world = World(clients=())
    assert world.state.empty == NO_CLIENTS
    assert world.state.alias == ""
    world.presenter.act()
    world.presenter.edit_card()
    assert world.did == []


def test_typing_finds_clients_and_enter_starts_a_session() -> None:
    world = World()
    world.presenter.filter("so")
    assert [line.alias for line in world.state.clients] == ["Sol"]
    assert world.state.alias == "Sol"
    assert world.state.main_action == "Start a dosing session"
    world.presenter.act()
    assert world.did == [("enter", "new")]
    world.presenter.filter("xyz")
    assert world.state.empty == NOBODY_FOUND


def test_enter_goes_back_into_a_running_session_and_never_starts_a_second() -> None:
    world = World(session("run", "w", 0, running=True))
    assert world.state.running is not None
    assert "Wren’s session is still open" in world.state.running.sentence
    world.presenter.act()
    assert world.did == [("enter", "run")]
    world.presenter.choose("s")
    world.presenter.return_to_running()
    assert world.did[-1] == ("enter", "run")


def test_sessions_stand_newest_first_and_past_ones_open() -> None:
    world = World(session("old", "w", 9), session("new", "w", 2), session("other", "s", 1))
    assert [line.id for line in world.state.sessions] == ["new", "old"]
    assert world.state.sessions[0].title == "Dosing 2"
    assert world.state.sessions[0].when == "Tue 24 February 2026, 12:00"
    assert world.state.sessions[0].state == "closed"
    world.presenter.open("old")
    assert world.did == [("enter", "old")]


def test_an_alias_is_enough_for_a_new_client() -> None:
    world = World()
    world.presenter.begin_adding()
    assert world.state.adding
    world.presenter.add("  Heron ")
    assert not world.state.adding
    assert world.state.alias == "Heron"
    assert world.state.no_sessions


@pytest.mark.parametrize("alias", ["", "   ", "wren"])
def test_an_empty_or_taken_alias_is_asked_for_again(alias: str) -> None:
    world = World()
    world.presenter.begin_adding()
    world.presenter.add(alias)
    assert world.state.message is not None
    assert world.state.adding
    assert len(world.state.clients) == 2


def test_a_client_that_could_not_be_saved_is_not_shown_as_one() -> None:
    world = World()
    world.fails = True
    world.presenter.begin_adding()
    world.presenter.add("Heron")
    assert world.state.message is not None
    assert world.state.message.sentence == "Not saved yet. The disk is full."
    assert world.state.adding
    assert [line.alias for line in world.state.clients] == ["Wren", "Sol"]


def test_pressing_twice_starts_one_session() -> None:
    world = World()
    world.tasks.hold = True
    world.presenter.act()
    world.presenter.act()
    world.tasks.release()
    assert world.did == [("enter", "new")]

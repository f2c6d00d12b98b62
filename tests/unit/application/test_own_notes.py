"""What the therapist wrote of themselves: over all clients, with the list for consultation and the check."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application import own_notes as do
from kapjournal.application import themes
from kapjournal.application.own_lists import load_tables
from kapjournal.application.themes import Shelf
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind, RecordClass
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import TagState
from kapjournal.domain.theme_list import CONSULT
from kapjournal.resources import path
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

STARTER = load_tables(path).starter


class World:
    def __init__(self) -> None:
        self.journal, self.clock, self.ids = FakeJournal(), FakeClock(), FakeIds()
        self.shelf = Shelf(self.journal, self.clock, self.ids, STARTER)
        for name in ("w", "s"):
            self.journal.keep(Client(id=name, alias=name.upper()))
            at = START - timedelta(days=2)
            session = Session(id=f"d-{name}", client=name, kind=SessionKind.DOSING, started_at=at, ended_at=at)
            self.journal.keep(session)

    def note(self, id_: str, client: str, kind: Kind = Kind.SELF, days_ago: int = 1) -> None:
        at = START - timedelta(days=days_ago)
        self.journal.keep(Entry(id=id_, client=client, kind=kind, text=id_, noticed_at=at))

    def read(self) -> do.Own:
        return do.read_own(self.journal, self.clock, STARTER)


def test_own_notes_of_all_clients_the_latest_first() -> None:
    world = World()
    world.note("one", "w", days_ago=3)
    world.note("two", "s", days_ago=1)
    world.note("seen", "w", Kind.OBSERVATION)
    themes.say(world.shelf, "one", "theme-flag-boundary", TagState.ACCEPTED)
    own = world.read()
    assert [(n.id, n.client.alias, [t.name for t in n.themes]) for n in own.notes] == [
        ("two", "S", []),
        ("one", "W", ["Boundary flag"]),
    ]


def test_what_is_to_be_taken_to_consultation_stands_on_a_list_until_it_is_taken_off() -> None:
    world = World()
    world.note("one", "w")
    world.note("seen", "s", Kind.OBSERVATION, days_ago=2)
    for entry in ("one", "seen"):
        themes.say(world.shelf, entry, CONSULT, TagState.ACCEPTED)
    assert [n.id for n in world.read().consult] == ["seen", "one"]
    themes.say(world.shelf, "seen", CONSULT, TagState.WITHDRAWN)
    assert [n.id for n in world.read().consult] == ["one"]


def test_a_check_is_one_private_note_of_the_answered_questions() -> None:
    world = World()
    do.put_check(world.journal, "half")
    assert world.read().draft == "half"
    do.keep_check(world.journal, world.clock, world.ids, STARTER, "w", {"body": " tired ", "need": ""}, consult=True)
    (note,) = world.read().notes
    entry = note.placed.note.original
    assert (entry.kind, entry.in_class, entry.session) == (Kind.SELF, RecordClass.PRIVATE, None)
    assert entry.text == "How is my own body: food, air, movement, sleep?\ntired"
    assert [n.id for n in world.read().consult] == [note.id]
    assert world.read().draft == ""
    with pytest.raises(Refused, match="One answer is enough"):
        do.keep_check(world.journal, world.clock, world.ids, STARTER, "w", {"body": " "})


def test_the_check_is_offered_for_dosing_sessions_of_the_last_days() -> None:
    world = World()
    assert {client.alias for _, client in world.read().lately} == {"W", "S"}
    world.clock.pass_(8 * 24 * 3600)
    assert world.read().lately == ()

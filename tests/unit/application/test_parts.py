"""The roster of parts: what is known, when each was seen, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.application import parts as do
from kapjournal.application.import_records import import_records
from kapjournal.application.plan_course import read_client
from kapjournal.application.steps import undo
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Part, PartRole, Tag, TagState
from kapjournal.domain.wording import Wording, plural
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

HEAD, STAIRS = "wren-part-head", "wren-part-stairs"


@pytest.fixture
def journal(shared_data: Path) -> FakeJournal:
    made = FakeJournal()
    import_records(made, shared_data / "course-wren.jsonl")
    return made


def test_each_part_tells_when_it_was_seen(journal: FakeJournal) -> None:
    roster = {one.part.id: one for one in do.read_parts(journal, "wren")}
    entries = [
        e for e in journal.entries("wren", [Kind.PART]) if e.details and getattr(e.details, "part", "") == STAIRS
    ]
    assert {s.placed.note.original.id for s in roster[STAIRS].sights} >= {e.id for e in entries}
    in_dosing = [s for s in roster[STAIRS].sights if s.placed.session and s.placed.session.id == "wren-d1"]
    assert all(s.placed.since_dose_s is not None for s in in_dosing)
    moments = [s.placed.note.original.noticed_at for s in roster[STAIRS].sights]
    assert moments == sorted(moments)


def test_the_therapists_own_notes_are_not_among_the_sights(journal: FakeJournal) -> None:
    journal.keep(Entry(id="mine", client="wren", kind=Kind.SELF, text="canary", noticed_at=START))
    journal.keep(Tag(entry="mine", part=HEAD, state=TagState.ACCEPTED))
    told = [s.placed.note.original.id for one in do.read_parts(journal, "wren") for s in one.sights]
    assert "mine" not in told


def test_what_is_known_of_a_part_is_changed_and_undone(journal: FakeJournal) -> None:
    before = journal.parts("wren")
    steps = [
        do.change_part(journal, "wren", HEAD, field, words).step
        for field, words in (("age", " 50, pearls "), ("body", "jaw"), ("fears", "a mess"), ("role", "exile"))
    ]
    (head,) = [p for p in journal.parts("wren") if p.id == HEAD]
    assert (head.age, head.body, head.fears, head.role) == ("50, pearls", "jaw", "a mess", PartRole.EXILE)
    for step in reversed(steps):
        undo(journal, step)
    assert journal.parts("wren") == before


def test_a_part_comes_into_the_roster_and_leaves_it(journal: FakeJournal) -> None:
    clock, ids = FakeClock(), FakeIds()
    kept = do.add_part(journal, clock, ids, "wren", "  The   Watcher ")
    assert [one.part.name for one in do.read_parts(journal, "wren") if one.part.id == kept.about] == ["The Watcher"]
    do.take_out(journal, clock, "wren", kept.about)
    gone = do.read_parts(journal, "wren")[-1].part
    assert (gone.id, gone.retired_on) == (kept.about, clock.now().at.date())
    assert kept.about not in {part.id for part, _ in read_client(journal, "wren").parts}
    do.take_out(journal, clock, "wren", kept.about)
    with pytest.raises(Refused, match="in the roster already"):
        do.add_part(journal, clock, ids, "wren", "the watcher")
    with pytest.raises(Refused, match="name is needed"):
        do.change_part(journal, "wren", HEAD, "name", " ")
    with pytest.raises(BadInput):
        do.change_part(journal, "wren", "nobody", "name", "x")
    undo(journal, kept.step)
    assert do.read_parts(journal, "wren")[-1].part.retired_on is not None


def test_what_the_client_felt_toward_it_stands_beside_its_note(journal: FakeJournal) -> None:
    sight = next(s for s in do.read_parts(journal, "wren")[0].sights if s.may_say_felt)
    key = sight.placed.note.original.id

    def felt() -> str:
        roster = do.read_parts(journal, "wren")
        return next(s.felt for one in roster for s in one.sights if s.placed.note.original.id == key)

    do.say_felt(journal, FakeClock(), FakeIds(), key, "tender, a bit wary")
    assert felt() == "tender, a bit wary"
    do.say_felt(journal, FakeClock(), FakeIds("again"), key, " ")
    assert felt() == ""


@pytest.mark.parametrize(
    ("one", "several"), [("part", "parts"), ("ally", "allies"), ("key", "keys"), ("witness", "witnesses")]
)
def test_several_of_a_word(one: str, several: str) -> None:
    assert plural(one) == several
    assert Wording(part=one).several == several
    assert Wording(part="person", parts="people").several == "people"


def test_a_part_without_more_is_one(journal: FakeJournal) -> None:
    journal.keep(Part(id="new", client="wren", name="Fog"))
    assert [one.sights for one in do.read_parts(journal, "wren") if one.part.id == "new"] == [()]

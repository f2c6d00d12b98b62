"""The course in pictures counts what the therapist accepted, and nothing of the therapist's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.application import themes
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import load_tables
from kapjournal.application.picture import Picture, read_picture
from kapjournal.application.steps import undo
from kapjournal.application.themes import Shelf
from kapjournal.domain.entry import Action, Amendment, Entry, Kind
from kapjournal.domain.label import TagState
from kapjournal.resources import path
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal


@pytest.fixture
def journal(shared_data: Path) -> FakeJournal:
    made = FakeJournal()
    import_records(made, shared_data / "course-wren.jsonl")
    return made


def cells(picture: Picture, theme: str) -> dict[str, int]:
    strip = next(s for s in picture.themes if s.key == theme)
    return {c.label: len(cell) for c, cell in zip(picture.columns, strip.cells, strict=True) if cell}


def test_every_accepted_tag_is_in_one_cell(journal: FakeJournal) -> None:
    picture = read_picture(journal, "wren")
    accepted = [t for t in journal.tags() if t.theme and t.state is TagState.ACCEPTED]
    assert sum(strip.total for strip in picture.themes) == len(accepted)
    assert [c.label for c in picture.columns][:8] == ["P1", "P2", "D1", "I1", "D2", "I2", "D3", "I3"]
    assert [c.label for c in picture.columns if c.dosing] == ["D1", "D2", "D3"]
    totals = [strip.total for strip in picture.themes]
    assert totals == sorted(totals, reverse=True)
    assert {strip.name for strip in picture.parts} <= {part.name for part in journal.parts("wren")}
    behind = {e for strip in (*picture.themes, *picture.parts) for cell in strip.cells for e in cell}
    assert behind == set(picture.notes)


def test_what_is_rejected_taken_back_or_the_therapists_own_is_in_none(journal: FakeJournal) -> None:
    shelf = Shelf(journal, FakeClock(), FakeIds(), load_tables(path).starter)
    first = read_picture(journal, "wren")
    gone = first.themes[0].cells[next(n for n, cell in enumerate(first.themes[0].cells) if cell)][0]
    before = first.themes[0].total
    journal.keep(Amendment(id="a", entry=gone, action=Action.RETRACTION, written_at=START))
    journal.keep(Entry(id="mine", client="wren", kind=Kind.SELF, text="canary", noticed_at=START))
    themes.say(shelf, "mine", first.themes[0].key, TagState.ACCEPTED)
    now = next(s for s in read_picture(journal, "wren").themes if s.key == first.themes[0].key)
    assert now.total == before - 1
    assert "mine" not in read_picture(journal, "wren").notes


def test_notes_of_no_session_have_a_column_of_their_own(journal: FakeJournal) -> None:
    shelf = Shelf(journal, FakeClock(), FakeIds(), load_tables(path).starter)
    call = next(e for e in journal.entries("wren", [Kind.CONTACT]) if e.session is None)
    themes.say(shelf, call.id, "th-letgo", TagState.ACCEPTED)
    assert cells(read_picture(journal, "wren"), "th-letgo")["–"] == 1


def test_a_merge_moves_the_cells_and_undo_moves_them_back(journal: FakeJournal) -> None:
    shelf = Shelf(journal, FakeClock(), FakeIds(), load_tables(path).starter)
    before = read_picture(journal, "wren")
    kept = themes.merge(shelf, "th-grief", "th-parents")
    after = read_picture(journal, "wren")
    assert "th-parents" not in {s.key for s in after.themes}
    undo(journal, kept.step)
    assert read_picture(journal, "wren") == before

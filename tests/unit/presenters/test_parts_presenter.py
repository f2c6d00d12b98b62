"""The roster of parts, without windows: facts kept as their fields are left, and the therapist's own word for parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.application import parts as do
from kapjournal.application.import_records import import_records
from kapjournal.application.steps import redo, undo
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.wording import Wording
from kapjournal.gui.parts.presenter import FELT, PartsPresenter, PartsUses, Read
from kapjournal.gui.parts.state import PartsState
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks

STAIRS = "wren-part-stairs"


class Screen:
    def __init__(self, data: Path) -> None:
        self.journal, self.saved, self.went = FakeJournal(), list[str](), list[str]()
        import_records(self.journal, data / "course-wren.jsonl")
        j, c, n = self.journal, FakeClock(), FakeIds()
        uses = PartsUses(
            read=lambda: Read(do.read_parts(j, "wren"), Wording(part="ally")),
            add=lambda name: do.add_part(j, c, n, "wren", name),
            change=lambda part, field, words: do.change_part(j, "wren", part, field, words),
            take_out=lambda part: do.take_out(j, c, "wren", part),
            say_felt=lambda entry, words: do.say_felt(j, c, n, entry, words),
            undo=lambda step: undo(j, step),
            redo=lambda step: redo(j, step),
            open_note=self.went.append,
            themes=lambda: self.went.append("themes"),
            told=self.saved.append,
        )
        self.state = PartsState()
        self.presenter = PartsPresenter(uses, InlineTasks(), c, self)
        self.presenter.start(STAIRS)

    def show_state(self, state: PartsState) -> None:
        self.state = state

    def fields(self) -> dict[str, str]:
        return dict(self.state.detail.fields)


@pytest.fixture
def screen(shared_data: Path) -> Screen:
    return Screen(shared_data)


def test_the_screen_speaks_the_therapists_own_word_for_parts(screen: Screen) -> None:
    assert (screen.state.one, screen.state.several) == ("ally", "allies")


def test_each_sight_tells_its_session_and_the_time_since_the_dose(screen: Screen) -> None:
    abouts = [sight.note.about for sight in screen.state.detail.sights]
    assert abouts[0] == "Ally seen, Preparation 2, 20 February"
    assert abouts[1].startswith("Ally seen, Dosing 1, T+ 0:")
    assert screen.state.detail.says == "First seen in preparation 2, last in dosing 3."


def test_a_fact_is_kept_undone_and_made_again(screen: Screen) -> None:
    screen.presenter.typed("fears", "being late")
    assert screen.saved[-1] == ""
    screen.presenter.finished("fears", "being late")
    assert (screen.fields()["fears"], screen.saved[-1]) == ("being late", "Saved")
    screen.presenter.act("undo")
    assert screen.fields()["fears"] == ""
    screen.presenter.redo()
    assert screen.fields()["fears"] == "being late"


def test_what_is_typed_is_kept_when_the_screen_goes(screen: Screen) -> None:
    entry = screen.state.detail.sights[0].note.key
    screen.presenter.look_at(entry)
    screen.presenter.typed(FELT, "tender")
    screen.presenter.typed("age", "seven")
    screen.presenter.leave()
    kept = {one.part.id: one for one in do.read_parts(screen.journal, "wren")}[STAIRS]
    assert (kept.part.age, kept.sights[0].felt) == ("seven", "tender")


def test_a_name_that_is_taken_is_told_beside_its_field(screen: Screen) -> None:
    screen.presenter.finished("name", "lake")
    assert dict(screen.state.problems)["name"].startswith("lake is in the roster already.")
    screen.presenter.open_form()
    screen.presenter.keep_form({"name": "Lake"})
    assert screen.state.form.problem.startswith("Lake is in the roster already.")


def test_a_full_disk_is_told_and_the_roster_stands(screen: Screen) -> None:
    screen.journal.trouble = NotSaved("The disk is full.")
    screen.presenter.take_out()
    assert screen.state.message is not None
    assert screen.state.message.sentence == "The disk is full."
    assert not screen.state.detail.gone
    screen.presenter.finished("age", "seven")
    assert dict(screen.state.problems)["age"] == "The disk is full."
    assert screen.saved[-1] == ""
    screen.journal.trouble = None
    screen.presenter.leave()
    assert {p.id: p.age for p in screen.journal.parts("wren")}[STAIRS] == "seven"

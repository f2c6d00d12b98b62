"""The screen that keeps themes, without windows: what is typed, picked and pressed becomes a change with its undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.application import themes as do
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import load_tables
from kapjournal.application.themes import Shelf
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.label import TagState
from kapjournal.domain.wording import Wording
from kapjournal.gui.themes.presenter import Read, ThemesPresenter, ThemesUses
from kapjournal.gui.themes.state import ADD, MERGE, SPLIT, ThemesState
from kapjournal.resources import path
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.recall import FakeRecall
from tests.fakes.tasks import InlineTasks

STARTER = load_tables(path).starter


class Screen:
    def __init__(self, data: Path) -> None:
        self.journal, self.went, self.saved = FakeJournal(), list[tuple[str, ...]](), list[str]()
        import_records(self.journal, data / "course-wren.jsonl")
        self.shelf = Shelf(self.journal, FakeClock(), FakeIds(), STARTER)
        recall = FakeRecall(self.journal)
        uses = ThemesUses(
            self.shelf,
            read=lambda: Read(do.read_themes(self.journal, STARTER), Wording(), {"wren": "Wren"}),
            brought=lambda now: do.brought(self.journal, recall, now),
            notes=lambda theme: do.notes_of(self.journal, theme, None),
            open_note=lambda *where: self.went.append(where),
            told=self.saved.append,
        )
        self.state = ThemesState()
        self.tasks = InlineTasks()
        self.presenter = ThemesPresenter(uses, self.tasks, self)
        self.presenter.start("th-grief")

    def show_state(self, state: ThemesState) -> None:
        self.state = state

    @property
    def words(self) -> dict[str, str]:
        return {word.word: word.told for word in self.state.detail.words}

    def named(self) -> list[str]:
        return [line.name for line in self.state.lines]


@pytest.fixture
def screen(shared_data: Path) -> Screen:
    return Screen(shared_data)


def test_themes_stand_by_family_with_flags_and_retired_ones_last(screen: Screen) -> None:
    families = list(dict.fromkeys(line.family for line in screen.state.lines))
    assert families[0] == "Self & identity"
    assert families[-1] == "Flags"
    screen.presenter.retire()
    assert list(dict.fromkeys(line.family for line in screen.state.lines))[-1] == "Retired"
    assert screen.state.detail.says.endswith("; retired on 2 March 2026")
    screen.presenter.retire()
    assert "Retired" not in {line.family for line in screen.state.lines}


def test_each_word_tells_what_it_brings_and_how_much_of_it_is_wrong(screen: Screen) -> None:
    word = next(w for w in screen.state.detail.words if w.notes)
    note = next(e for e in screen.journal.entries("wren") if f" {word.word} " in f" {e.text.casefold()} ")
    do.say(screen.shelf, note.id, "th-grief", TagState.REJECTED)
    screen.presenter.start("th-grief")
    assert screen.words[word.word] == f"{word.word}  {word.notes}, 1 not this"


def test_a_name_is_kept_when_its_field_is_left_and_undone(screen: Screen) -> None:
    screen.presenter.typed("name", "Loss")
    assert screen.saved[-1] == ""
    assert "Loss" not in screen.named()
    screen.presenter.finished("name", "Loss")
    assert "Loss" in screen.named()
    assert screen.saved[-1] == "Saved"
    assert screen.state.message is not None
    assert screen.state.message.sentence == "Grief & loss renamed."
    screen.presenter.act("undo")
    assert "Grief & loss" in screen.named()
    assert "Loss" not in screen.named()
    screen.presenter.redo()
    assert "Loss" in screen.named()


def test_a_name_that_is_taken_is_told_beside_its_field(screen: Screen) -> None:
    screen.presenter.finished("name", "Anger")
    assert dict(screen.state.problems)["name"].startswith("There is a theme called Anger already.")
    assert "Grief & loss" in screen.named()
    screen.presenter.finished("name", "Grief & loss")
    assert screen.state.problems == ()


def test_what_is_typed_is_kept_when_the_screen_goes(screen: Screen) -> None:
    screen.presenter.typed("description", "what is gone")
    screen.presenter.choose("th-fear")
    screen.presenter.typed("name", "Fright")
    screen.presenter.leave()
    kept = {theme.id: theme for theme in screen.journal.themes()}
    assert (kept["th-grief"].description, kept["th-fear"].name) == ("what is gone", "Fright")


def test_a_field_that_is_left_for_another_theme_changes_the_one_it_was_of(screen: Screen) -> None:
    screen.tasks.hold = True
    screen.presenter.finished("name", "Loss")
    screen.presenter.choose("th-fear")
    screen.tasks.release()
    assert screen.state.detail.key == "th-fear"
    assert {t.id: t.name for t in screen.journal.themes()}["th-grief"] == "Loss"


def test_words_are_added_picked_and_taken_out(screen: Screen) -> None:
    screen.presenter.add_words("band room, trumpet")
    assert {"band room", "trumpet"} <= screen.words.keys()
    for word in ("band room", "died"):
        screen.presenter.pick_word(word)
    screen.presenter.take_words_out()
    assert {"band room", "died"} & screen.words.keys() == set()
    screen.presenter.undo()
    assert {"band room", "died"} <= screen.words.keys()


def test_enter_on_another_theme_merges_it(screen: Screen) -> None:
    screen.presenter.take("th-fear")
    assert "Fear / panic" in screen.named()  # not while nothing was asked for
    screen.presenter.open_form(MERGE)
    screen.presenter.choose("th-fear")
    assert screen.state.detail.key == "th-grief"
    screen.presenter.take("th-fear")
    fear = next(line for line in screen.state.lines if line.key == "th-fear")
    assert (fear.family, fear.notes) == ("Retired", 0)
    assert screen.state.detail.name == "Grief & loss"
    screen.presenter.choose("th-fear")
    assert "merged into Grief & loss" in screen.state.detail.says


def test_a_theme_is_split_with_the_words_and_notes_that_were_picked(screen: Screen) -> None:
    note = screen.state.detail.notes[0].key
    screen.presenter.open_form(SPLIT)
    screen.presenter.pick_word("funeral")
    screen.presenter.pick_note(note)
    screen.presenter.keep_form({"name": "Anger"})
    assert screen.state.form.problem.startswith("There is a theme called Anger")
    screen.presenter.keep_form({"name": "Burials"})
    assert (screen.state.detail.name, list(screen.words)) == ("Burials", ["funeral"])
    assert [line.key for line in screen.state.detail.notes] == [note]


def test_a_theme_is_added_and_shown(screen: Screen) -> None:
    screen.presenter.open_form(ADD)
    screen.presenter.keep_form({"name": "Water", "family": "Body & perception"})
    assert (screen.state.detail.name, screen.state.form.name) == ("Water", "")
    screen.presenter.undo()
    assert "Water" not in screen.named()


def test_a_note_opens_at_its_moment(screen: Screen) -> None:
    note = screen.state.detail.notes[0]
    assert note.about.startswith("Wren, ")
    screen.presenter.open_note(note.key)
    assert screen.went == [("wren", note.key)]


def test_an_undo_that_the_disk_refused_can_be_tried_again(screen: Screen) -> None:
    screen.presenter.retire()
    screen.journal.trouble = NotSaved("The disk is full.")
    screen.presenter.undo()
    assert screen.state.detail.retired
    screen.journal.trouble = None
    screen.presenter.undo()
    assert not screen.state.detail.retired


def test_a_full_disk_is_told_and_nothing_is_said_to_be_changed(screen: Screen) -> None:
    screen.journal.trouble = NotSaved("The disk is full.")
    screen.presenter.retire()
    assert screen.state.message is not None
    assert screen.state.message.sentence == "The disk is full."
    assert not screen.state.detail.retired
    screen.presenter.undo()
    assert screen.state.message.sentence == "The disk is full."
    screen.presenter.finished("name", "Loss")
    assert (dict(screen.state.problems)["name"], screen.saved[-1]) == ("The disk is full.", "")
    screen.journal.trouble = None
    screen.presenter.leave()
    assert "Loss" in screen.named()

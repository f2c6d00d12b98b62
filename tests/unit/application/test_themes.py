"""The list of themes: every change does what it says, and its undo leaves nothing of it behind."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.application import themes as do
from kapjournal.application.export_records import record_lines
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import load_tables
from kapjournal.application.reading_copy import reading_copy
from kapjournal.application.steps import Kept, redo, undo
from kapjournal.application.themes import Shelf
from kapjournal.cli.listing import rows
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import TagState
from kapjournal.resources import path
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.recall import FakeRecall
from tests.unit.presenters.live.room import Room

STARTER = load_tables(path).starter
GRIEF, PARENTS, ALONE = "th-grief", "th-parents", "th-alone"
NUMB = "theme-stillness"  # of the starter set, not in the file


@pytest.fixture
def shelf(shared_data: Path) -> Shelf:
    """The course of Wren with some opinions."""
    journal = FakeJournal()
    import_records(journal, shared_data / "course-wren.jsonl")
    made = Shelf(journal, FakeClock(), FakeIds(), STARTER)
    notes = [e.id for e in journal.entries("wren") if re.search(r"\bmum\b", e.text.casefold())]
    for entry, theme, state in (
        (notes[0], PARENTS, TagState.ACCEPTED),
        (notes[1], PARENTS, TagState.ACCEPTED),
        (notes[1], GRIEF, TagState.REJECTED),
        (notes[2], PARENTS, TagState.REJECTED),
        (notes[3], GRIEF, TagState.ACCEPTED),
        (notes[4], GRIEF, TagState.HIDDEN),
        (notes[4], PARENTS, TagState.ACCEPTED),
    ):
        do.say(made, entry, theme, state)
    return made


def seen(shelf: Shelf) -> dict[str, object]:
    """All that the therapist can see of themes: the list, every theme’s notes, the copies to read and to exchange."""
    journal, recall = shelf.journal, FakeRecall(shelf.journal)
    listed = do.read_themes(journal, STARTER).themes
    worded = [n.theme.model_copy(update={"terms": n.words}) for n in listed if n.theme.id in (GRIEF, PARENTS, NUMB)]
    return {
        "list": {
            (n.theme.family, n.theme.description, n.theme.name, n.theme.retired_on, frozenset(n.words)) for n in listed
        },
        "counts": {n.theme.id: (n.accepted, n.rejected) for n in listed},
        "recall": {theme.id: {found.entry for found in recall.by_theme(theme, None)} for theme in worded},
        "copy": "".join(reading_copy(journal, shelf.clock.now().at)),
        "accepted": {(t.entry, t.theme, t.tagged_at) for t in journal.tags() if t.state is TagState.ACCEPTED},
        "opinions": {(t.entry, t.theme, t.state) for t in journal.tags() if t.state is not TagState.WITHDRAWN},
    }


CHANGES: dict[str, Callable[[Shelf], Kept]] = {
    "add": lambda s: do.add_theme(s, "Water", "Body & perception"),
    "rename": lambda s: do.rename(s, GRIEF, "What was lost"),
    "rename a starter": lambda s: do.rename(s, NUMB, "Quiet"),
    "describe": lambda s: do.describe(s, GRIEF, "What is gone and mourned."),
    "family": lambda s: do.put_in_family(s, GRIEF, "Mine"),
    "add a word": lambda s: do.add_word(s, GRIEF, "band room, trumpet"),
    "take out a starter's word": lambda s: do.take_words_out(s, NUMB, ["quiet"]),
    "merge": lambda s: do.merge(s, GRIEF, PARENTS),
    "merge a starter": lambda s: do.merge(s, GRIEF, NUMB),
    "split": lambda s: do.split(
        s, PARENTS, "Grandmother", ["grandma"], [t.entry for t in s.journal.tags() if t.theme == PARENTS][:1]
    ),
    "retire": lambda s: do.retire(s, GRIEF),
    "say": lambda s: do.say(s, s.journal.entries("wren")[0].id, NUMB, TagState.ACCEPTED),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_undo_restores_exactly_and_redo_makes_it_again(shelf: Shelf, change: Callable[[Shelf], Kept]) -> None:
    before = seen(shelf)
    kept = change(shelf)
    after = seen(shelf)
    assert kept.changes
    assert after != before
    undo(shelf.journal, kept.step)
    assert seen(shelf) == before
    redo(shelf.journal, kept.step)
    assert seen(shelf) == after


def test_all_of_them_are_undone_one_after_the_other(shelf: Shelf) -> None:
    before = seen(shelf)
    steps = [do.merge(shelf, GRIEF, PARENTS), do.retire(shelf, GRIEF), do.rename(shelf, GRIEF, "Loss")]
    for kept in reversed(steps):
        undo(shelf.journal, kept.step)
    assert seen(shelf) == before


def test_a_merged_theme_gives_its_notes_and_words_and_keeps_no_opinion_of_its_own(shelf: Shelf) -> None:
    before = do.read_themes(shelf.journal, STARTER)
    parents = {t.entry for t in shelf.journal.tags() if t.theme == PARENTS and t.state is TagState.ACCEPTED}
    grief = {t.entry for t in shelf.journal.tags() if t.theme == GRIEF and t.state is TagState.ACCEPTED}
    do.merge(shelf, GRIEF, PARENTS)
    after = do.read_themes(shelf.journal, STARTER)
    now = {t.entry for t in shelf.journal.tags() if t.theme == GRIEF and t.state is TagState.ACCEPTED}
    hidden = {t.entry for t in shelf.journal.tags() if t.state is TagState.HIDDEN}
    assert now == parents | grief
    assert hidden  # what was hidden under the one stays hidden, though the other is accepted
    one, gone = after.of(GRIEF), after.of(PARENTS)
    was = before.of(PARENTS)
    assert one is not None
    assert gone is not None
    assert was is not None
    assert one.accepted == len(now)
    assert set(was.words) <= set(one.words)
    assert (gone.accepted, gone.theme.merged_into) == (0, GRIEF)
    assert gone.theme.retired_on is not None
    copy = "".join(reading_copy(shelf.journal, shelf.clock.now().at))
    assert "#Mother / father / caregivers" not in copy
    listed = {row["id"]: row["entries"] for row in rows(shelf.journal, "themes", None, None)}
    assert (listed[GRIEF], listed[PARENTS]) == (len(now), 0)


def test_what_is_left_of_it_comes_back_from_an_export(shelf: Shelf, tmp_path: Path) -> None:
    do.merge(shelf, GRIEF, PARENTS)
    do.retire(shelf, ALONE)
    do.take_words_out(shelf, NUMB, ["quiet"])
    file = tmp_path / "again.jsonl"
    file.write_text("".join(record_lines(shelf.journal, Counter())), "utf-8")
    again = FakeJournal()
    import_records(again, file)
    assert set(map(_line, again.themes())) == set(map(_line, shelf.journal.themes()))
    assert do.read_themes(again, STARTER) == do.read_themes(shelf.journal, STARTER)


def _line(record: object) -> str:
    return json.dumps(record.content(), sort_keys=True)  # type: ignore[attr-defined]


def test_a_starter_word_that_was_taken_out_stays_out_and_can_come_back(shelf: Shelf) -> None:
    do.take_words_out(shelf, NUMB, ["Quiet"])
    words = do.read_themes(shelf.journal, STARTER).of(NUMB)
    assert words is not None
    assert "quiet" not in words.words
    assert "numb" in words.words
    do.add_word(shelf, NUMB, "quiet")
    words = do.read_themes(shelf.journal, STARTER).of(NUMB)
    assert words is not None
    assert "quiet" in words.words


def test_a_renamed_theme_keeps_the_words_it_had(shelf: Shelf) -> None:
    do.take_words_out(shelf, NUMB, ["quiet"])
    before = do.read_themes(shelf.journal, STARTER).of(NUMB)
    do.rename(shelf, NUMB, "The hush")
    after = do.read_themes(shelf.journal, STARTER).of(NUMB)
    assert before is not None
    assert after is not None
    assert set(after.words) == set(before.words)
    assert not [n for n in do.read_themes(shelf.journal, STARTER).themes if n.theme.name.startswith("Numbness")]


def test_names_stay_apart(shelf: Shelf) -> None:
    with pytest.raises(Refused, match="Merge the two"):
        do.add_theme(shelf, "grief  & loss")
    do.retire(shelf, GRIEF)
    with pytest.raises(Refused, match="was retired"):
        do.rename(shelf, PARENTS, "Grief & loss")
    with pytest.raises(Refused, match="needs a name"):
        do.add_theme(shelf, "  ")
    with pytest.raises(Refused, match="itself"):
        do.merge(shelf, GRIEF, GRIEF)


def test_a_name_whose_making_was_undone_is_free_again(shelf: Shelf) -> None:
    made = do.add_theme(shelf, "Water")
    undo(shelf.journal, made.step)
    again = do.add_theme(shelf, "Water", "Mine")
    assert again.about == made.about
    assert [n.theme.family for n in do.read_themes(shelf.journal, STARTER).themes if n.theme.name == "Water"] == [
        "Mine"
    ]


def test_a_word_that_brings_the_wrong_notes_can_be_seen(shelf: Shelf) -> None:
    now = do.read_themes(shelf.journal, STARTER).of(PARENTS)
    assert now is not None
    told = {one.word: one for one in do.brought(shelf.journal, FakeRecall(shelf.journal), now)}
    assert told["mum"].notes > 1
    assert told["mum"].rejected == 1
    assert told["papa"].notes == 0


def test_a_retired_theme_is_offered_no_longer_and_its_chips_stay() -> None:
    room = Room()
    shelf = Shelf(room.journal, room.clock, room.new_id, STARTER)
    entry = Entry(id="e", client=room.journal.clients()[0].id, kind=Kind.NOTE, text="quiet", noticed_at=START)
    room.journal.keep(entry.model_copy(update={"session": room.presenter.held.session.id}))
    for theme in (NUMB, "theme-anger"):
        do.say(shelf, "e", NUMB, TagState.ACCEPTED)
        do.retire(shelf, theme)
    room.enter(room.presenter.held.session.id)
    held = room.presenter.held
    assert {NUMB, "theme-anger"} & {theme.id for theme in held.themes} == set()
    assert [held.label_name(tag) for tag in held.tags("e")] == ["#numbness"]

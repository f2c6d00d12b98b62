"""What finding notes again rests on, in memory and on the disk alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application.ports import Journal, NoteIndex
from kapjournal.domain.entry import Action, Amendment, DoseDetails, Entry, Kind
from kapjournal.domain.label import Tag, TagState
from tests.contract.test_journal import ALL, DOSE, LATER, OLD, OTHERS, SEEN, TAG, TEAR, TOLD, Searching, journal
from tests.fakes.clock import START

__all__ = ["journal"]

HOSTILE = (
    '"',
    'tear" OR "said',
    '"tear',
    "*",
    "NEAR(a b)",
    "words:",
    "a AND",
    "-tear",
    "^",
    "(",
    "tear\0",
    "'; --",
    "🌊",
    "שלום",
    "",
    "NOT",
    "a:b",
)


@pytest.fixture
def index(journal: Searching) -> NoteIndex:
    journal.keep(*ALL)
    return journal.index


def test_places_are_in_the_order_written(index: NoteIndex) -> None:
    places = index.places()
    assert [place.entry for place in places] == ["tear", "dose", "old", "alone", "seen", "told"]
    assert [place.number for place in places] == sorted(place.number for place in places)
    told = {place.entry: place for place in places}
    assert (told["told"].client, told["told"].session, told["told"].kind) == ("otter", OTHERS.id, "quote")
    assert (told["seen"].part, told["alone"].session, told["tear"].part) == ("guard", None, None)


def test_what_changed_is_told_once_and_as_it_stands(journal: Journal, index: NoteIndex) -> None:
    first = index.changed_since(0, 100)
    assert first.whole
    words = {note.place.entry: note.words for note in first.notes}
    assert words["tear"] == "a tear"
    assert words["old"] == f"{OLD.text}\n{LATER.text}"
    assert index.changed_since(first.up_to, 100).notes == ()
    journal.keep(TEAR.model_copy(update={"text": "two tears"}))
    journal.keep(Amendment(id="gone", entry="told", action=Action.RETRACTION, written_at=START))
    later = index.changed_since(first.up_to, 100)
    assert [(note.place.entry, note.words, note.gone) for note in later.notes] == [
        ("tear", "two tears", False), ("told", TOLD.text, True),
    ]  # fmt: skip


def test_what_changed_comes_in_pieces(index: NoteIndex) -> None:
    number, entries, pieces, whole = 0, set(), 0, False
    while not whole:
        told = index.changed_since(number, 2)
        number, whole, pieces = told.up_to, told.whole, pieces + 1
        entries |= {note.place.entry for note in told.notes}
    assert entries == {"tear", "dose", "old", "alone", "seen", "told"}
    assert pieces > 2


def test_a_word_is_held_whatever_its_ending_and_a_phrase_as_a_whole(journal: Journal, index: NoteIndex) -> None:
    journal.keep(TEAR.model_copy(update={"id": "more", "text": "tears said before, said nothing"}))
    found = index.holding(["tear", "said before", "before said", "smiled", "nowhere"])
    entry_of = {place.number: place.entry for place in index.places()}
    held = {term: {entry_of[number] for number, _ in rows} for term, rows in found.items()}
    assert held == {
        "tear": {"tear", "more"}, "said before": {"old", "more"}, "before said": {"more"}, "smiled": {"old"},
        "nowhere": set(),
    }  # fmt: skip
    assert all(rank > 0 for rows in found.values() for _, rank in rows)


def test_signs_of_the_query_language_mean_nothing(index: NoteIndex) -> None:
    found = index.holding(HOSTILE)
    assert set(found) == set(HOSTILE)
    held = {term for term, rows in found.items() if rows}
    assert held <= {"-tear", "tear\0", '"tear', "NEAR(a b)", "a AND", "a:b"}
    assert {"-tear", "tear\0"} <= held


def test_vectors_are_kept_for_their_maker_alone(index: NoteIndex) -> None:
    index.keep_vectors("one", {9: b"nine", 10: b"ten"}, 12)
    index.keep_vectors("one", {9: b"other"}, 13)
    assert index.vectors("one") == (((9, b"other"), (10, b"ten")), 13)
    assert index.vectors("two") == ((), 0)
    index.keep_vectors("two", {11: b""}, 4)
    assert index.vectors("one") == ((), 0)
    assert index.vectors("two") == (((11, b""),), 4)


def test_vectors_are_no_part_of_the_record(journal: Journal, index: NoteIndex) -> None:
    before = journal.count(), [record.content() for record in journal.everything()]
    index.keep_vectors("one", {9: b"tear"}, 12)
    assert (journal.count(), [record.content() for record in journal.everything()]) == before
    assert all(finding.whole for finding in journal.verify())


def test_entries_are_read_with_what_was_said_of_them(index: NoteIndex) -> None:
    old, tear = index.noted(["old", "unknown", "tear"])
    assert (old.entry, old.amendments, old.tags) == (OLD, (LATER,), ())
    assert (tear.entry, tear.amendments, tear.tags) == (TEAR, (), (TAG,))


def test_opinions_are_those_of_the_themes_and_what_is_hidden(journal: Journal, index: NoteIndex) -> None:
    assert index.opinions(["trust"]) == (("tear", "trust", "accepted"),)
    assert index.opinions([]) == ()
    journal.keep(Tag(entry="old", theme="trust", state=TagState.HIDDEN))
    assert index.opinions([]) == (("old", "trust", "hidden"),)
    journal.keep(Tag(entry="tear", theme="trust", state=TagState.WITHDRAWN))
    assert index.opinions(["trust"]) == (("old", "trust", "hidden"),)


def test_doses_are_those_that_stand(journal: Journal, index: NoteIndex) -> None:
    booster = Entry(
        id="booster", client="heron", session="open", kind=Kind.DOSE, text="", noticed_at=START + timedelta(minutes=30),
        details=DoseDetails(amount_mg=20, booster=True),
    )  # fmt: skip
    journal.keep(booster)
    assert index.doses(["open", "others"]) == (DOSE, booster)
    journal.keep(Amendment(id="taken", entry="dose", action=Action.RETRACTION, written_at=START))
    assert index.doses(["open"]) == (booster,)
    assert index.doses(["closed"]) == ()
    assert SEEN not in index.doses(["open"])

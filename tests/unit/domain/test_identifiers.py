"""Marks: what could tell who somebody is, where it stands, and what may stand in its place."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from bench.deidentify import KNOWN, missed
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.identifiers import Known, Sort, age_band, marks, names_in, replaced
from tests.planted import NOTHING_IN_THEM, PLANTED, plain

# Known to need a reader: a dog’s name in small letters, a place without one, a day in words.
FOR_THE_READER = {"biscuit", "ferry landing", "third of May"}


def test_every_kind_is_found_but_for_what_only_a_reader_sees() -> None:
    lost = {text[text.index("⟦") + 1 : text.index("⟧")] for text in missed()}
    assert lost <= FOR_THE_READER
    assert len({kind for kind, _ in PLANTED}) == 19  # the 18 of the rule, and ages


def test_ordinary_notes_are_mostly_left_alone() -> None:
    touched = [text for text in NOTHING_IN_THEM if marks(text, KNOWN)]
    assert len(touched) <= 1, touched


def test_a_known_name_becomes_its_role_everywhere() -> None:
    known = Known(names={"Wren": "the client", "Heron": "[another client]"}, spared=frozenset({"Wrench"}))
    text = "Wren came. Wren’s hands; not Wrench, not #Wren."
    assert replaced(text, marks(text, known)) == "the client came. the client’s hands; not Wrench, not #Wren."


def test_the_day_of_a_session_is_told_as_that_session() -> None:
    known = Known(days={date(2026, 2, 2): "the day of Dosing 1"})
    text = "Since 2 February 2026 it is lighter, since 4 February as well."
    assert replaced(text, marks(text, known)) == "Since the day of Dosing 1 it is lighter, since [date] as well."


@pytest.mark.parametrize(("age", "band"), [(18, "10 to 19"), (40, "40 to 49"), (89, "80 to 89"), (90, "90 or older")])
def test_ages_become_bands(age: int, band: str) -> None:
    assert age_band(age) == band
    text = f"she is {age} years old"
    assert replaced(text, marks(text, Known())) == f"she is {band} years old"


def test_a_name_seen_once_is_found_at_the_start_of_a_sentence_elsewhere() -> None:
    texts = ("said that Tobias left", "Tobias again. Nothing else.")
    found = names_in(texts, Known())
    assert "Tobias" in found
    known = Known(names=dict.fromkeys(found, "[name]"))
    assert replaced(texts[1], marks(texts[1], known)) == "[name] again. Nothing else."


def test_parts_and_themes_keep_their_names() -> None:
    known = Known(spared=frozenset({"Watcher", "Little", "one"}))
    assert marks("then Watcher stepped back, and @Watcher sat", known) == ()


@given(st.text(max_size=80) | st.sampled_from([plain(text) for _, text in PLANTED]))
def test_marks_never_overlap_and_say_what_stands_there(text: str) -> None:
    found = marks(text, KNOWN)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[mark.start : mark.end] == mark.found and mark.found for mark in found)
    assert isinstance(replaced(text, found), str)
    assert {mark.sort for mark in found} <= set(Sort)


@pytest.mark.parametrize("text", ["a" * 20_000, "A1-" * 7_000, "1 " * 10_000, "Aa " * 7_000, "@a." * 7_000])
def test_no_text_takes_long(text: str) -> None:
    """The rules are searched for in words that anybody may have written, long ones too."""
    assert marks(text[:20_000], KNOWN) is not None

"""A long note shows the sentences that count, exactly as written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.passage import CUT, MOST, Passage, passage

LONG = " ".join(f"Sentence number {n} says a little about the garden." for n in range(60))


def test_a_short_note_stands_whole() -> None:
    assert passage("Nana sang.", [(0, 4)]) == Passage("Nana sang.", ((0, 4),))


def test_a_long_note_shows_whole_sentences_around_the_word() -> None:
    at = LONG.index("number 30")
    shown = passage(LONG, [(at, at + 9)])
    assert shown.words.startswith(f"{CUT}Sentence number 30 says")
    assert shown.words.endswith(f"garden.{CUT}")
    assert len(shown.words) <= MOST + 2
    ((start, end),) = shown.marks
    assert shown.words[start:end] == "number 30"


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    text = "word " * 400
    shown = passage(text, [(1000, 1004)])
    assert shown.words.startswith(f"{CUT}word")
    assert [shown.words[a:b] for a, b in shown.marks] == ["word"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=2000), st.data())
def test_a_passage_is_the_note_s_own_words_and_marks_stay_on_theirs(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    shown = passage(text, [(start, end)])
    inner = shown.words.removeprefix(CUT) if len(text) > MOST and not text.startswith(shown.words) else shown.words
    assert inner.removesuffix(CUT) in text or inner in text
    assert len(shown.words) <= MOST + 2
    assert all(shown.words[a:b] == text[start:end] for a, b in shown.marks)

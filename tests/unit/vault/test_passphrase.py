from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.vault.passphrase import Level, strength, suggested, word_list

WORDS = word_list(Path(__file__).parents[3] / "resources/passphrase/eff-large-words.txt")


def test_the_list_is_whole() -> None:
    assert len(WORDS) == len(set(WORDS)) == 7776
    assert (WORDS[0], WORDS[-1]) == ("abacus", "zoom")
    assert all(3 <= len(word) <= 9 for word in WORDS)


def test_a_suggestion_is_six_words_of_the_list() -> None:
    made = suggested(WORDS).split(" ")
    assert len(made) == 6
    assert set(made) <= set(WORDS)
    assert suggested(WORDS) != suggested(WORDS)


def test_every_word_can_be_chosen() -> None:
    waiting = iter(WORDS[:6])
    assert suggested(WORDS, choose=lambda words: next(waiting) if words is WORDS else "") == " ".join(WORDS[:6])


def test_a_suggestion_is_strong() -> None:
    found = strength("abacus zoom drop-down gravity cactus yo-yo", WORDS)
    assert found.level is Level.STRONG
    assert 77 < found.bits < 78


@pytest.mark.parametrize(
    "passphrase",
    [
        "Summer2026!!",
        "P4ssw0rd!!!!!",
        "password password password",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abcdefghijkl",
        "123456789012345678",
        "my secret journal 2026",
        "therapist1984",
        "gravity gravity gravity gravity gravity gravity",
        "Wrenna 1987",
    ],
)
def test_what_is_near_at_hand_is_weak(passphrase: str) -> None:
    found = strength(passphrase, WORDS)
    assert found.level is Level.WEAK, found


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("seven candles in the long hall", Level.FAIR),
        ("seven candles in the long hall behind grandmother's mill", Level.GOOD),
        ("xK9#vQ2!mL7@pR4$wZ8&", Level.GOOD),
        ("qzvkfhwpxlxmtrsgbcdn", Level.GOOD),
    ],
)
def test_a_made_up_phrase_grows_with_its_words(passphrase: str, level: Level) -> None:
    assert strength(passphrase, WORDS).level is level, strength(passphrase, WORDS)


def test_each_level_has_its_own_sentence_and_none_shouts() -> None:
    told = {
        strength(" ".join(WORDS[100 : 2000 : 1900 // count][:count]) if count else "", WORDS) for count in (0, 4, 5, 6)
    }
    assert all(found.sentence.endswith(".") and "!" not in found.sentence for found in told)
    assert strength("").sentence == "Weak: a person who knows you could guess it."


@given(st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=100)
def test_any_text_has_a_strength(one: str, more: str) -> None:
    assert strength(one, WORDS).bits >= 0
    assert strength(f"{one} {more}").bits >= 0

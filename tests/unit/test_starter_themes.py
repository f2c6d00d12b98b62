"""The themes to begin with: those of the reference, with terms that a porter-stemmed search can use."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kapjournal.domain.presets import StarterTheme, StarterThemes

REFERENCE = {
    "Self & identity": (
        "Ego dissolution / loss of self",
        "Observer / witness / detachment",
        "Identity, worth, inner critic",
        "Self-compassion / acceptance",
    ),
    "Emotion": (
        "Grief & loss",
        "Fear / panic",
        "Shame & guilt",
        "Anger",
        "Joy, awe, love",
        "Numbness / emptiness / stillness",
    ),
    "Control & surrender": ("Letting go / surrender", "Loss of control / overwhelm", "Safety & trust"),
    "Relational": (
        "Connectedness",
        "Mother / father / caregivers",
        "Childhood memories / younger self",
        "Loneliness / abandonment",
        "Forgiveness & repair",
        "Trauma memory",
        "Therapist in the experience (transference)",
    ),
    "Body & perception": (
        "Body sensation / energy",
        "Out-of-body / disembodiment",
        "Imagery & visions",
        "Time & space",
        "Music",
    ),
    "Meaning & transcendence": (
        "Unity / mystical",
        "Death & rebirth",
        "Spiritual figures / ancestors",
        "Insight / new perspective",
        "Life values & purpose",
    ),
    "Parts (IFS)": ("Exile", "Manager / firefighter / Self-energy"),
}
# Words of every note. A term must not come down to one of them: porter makes "on" of "oneness", "be" of "beings".
EVERYWHERE = (
    "a about after again all also am an and any are as at back be because been before but by call came can come cl "
    "client could day did do does done down each eye for from get go good got had has have he her here him his hour "
    "how i if in is it its just kind know last let like long look lot make mat me mean min more mr much my need new "
    "next no not note now of off on one only or other our out over own part patient plan pt put re right room said "
    "say see self session she side so some still take talk than that the their them then there they thing think this "
    "time to today too told two up us use very w want was way we week well went were what when where which while who "
    "will with word would x year yes you your"
)

Index = Callable[[str], tuple[str, ...]]


@pytest.fixture(scope="module")
def themes() -> tuple[StarterTheme, ...]:
    place = Path(__file__).parents[2] / "resources" / "themes" / "starter.json"
    return StarterThemes.model_validate_json(place.read_text("utf-8")).themes


@pytest.fixture(scope="module")
def indexed() -> Iterator[Index]:
    """What the search index makes of words, in order."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE one USING fts5(words, tokenize='porter unicode61')")
    base.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(one, 'instance')")

    def stems(words: str) -> tuple[str, ...]:
        base.execute("DELETE FROM one")
        base.execute("INSERT INTO one VALUES (?)", (words,))
        return tuple(row[0] for row in base.execute("SELECT term FROM stems ORDER BY offset"))

    yield stems
    base.close()


def test_they_are_the_32_of_the_reference_in_its_order(themes: tuple[StarterTheme, ...]) -> None:
    expected = [(family, name) for family, names in REFERENCE.items() for name in names]
    assert len(expected) == 32
    assert len(REFERENCE) == 7
    assert [(theme.family, theme.name) for theme in themes] == expected


def test_every_spelling_stands_for_one_theme(themes: tuple[StarterTheme, ...]) -> None:
    spellings = Counter(way.casefold() for theme in themes for way in (theme.name, *theme.also))
    assert [way for way, times in spellings.items() if times > 1] == []


def test_each_has_enough_terms_and_not_too_many_for_a_query(themes: tuple[StarterTheme, ...]) -> None:
    assert {theme.name: len(theme.terms) for theme in themes if not 60 <= len(theme.terms) <= 130} == {}


def test_the_core_is_the_beginning_of_the_terms(themes: tuple[StarterTheme, ...]) -> None:
    assert [theme.name for theme in themes if theme.core != theme.terms[: len(theme.core)]] == []
    assert {theme.name: len(theme.core) for theme in themes if not 10 <= len(theme.core) <= 20} == {}


def test_every_term_leaves_something_to_search_for(themes: tuple[StarterTheme, ...], indexed: Index) -> None:
    lost = [term for theme in themes for term in theme.terms if not any(len(stem) > 1 for stem in indexed(term))]
    assert lost == []


def test_no_two_terms_of_a_theme_are_the_same_to_the_search(themes: tuple[StarterTheme, ...], indexed: Index) -> None:
    for theme in themes:
        times = Counter(indexed(term) for term in theme.terms)
        assert [stems for stems, count in times.items() if count > 1] == [], theme.name


def test_no_term_speaks_of_more_than_four_themes(themes: tuple[StarterTheme, ...], indexed: Index) -> None:
    times = Counter(indexed(term) for theme in themes for term in theme.terms)
    assert [stems for stems, count in times.items() if count > 4] == []


def test_no_term_comes_down_to_a_word_of_every_note(themes: tuple[StarterTheme, ...], indexed: Index) -> None:
    common = {indexed(word) for word in EVERYWHERE.split()}
    found = [(theme.name, term) for theme in themes for term in theme.terms if indexed(term) in common]
    assert found == []


def test_what_a_journal_keeps_is_a_theme_like_any_other(themes: tuple[StarterTheme, ...]) -> None:
    assert {key for theme in themes for key in theme.content()} == {
        *("type", "id", "name", "family", "description", "terms")
    }

"""Themes as the therapist keeps them: the journal's own beside the starter set, and the words of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kapjournal.domain.label import Part, Theme

Label = TypeVar("Label", Theme, Part)

FLAGS = "Flags"  # the family of what cuts across themes: safety, boundary, countertransference
TRANSFERENCE = "theme-therapist"  # of the starter set: the therapist in the client's experience
CONSULT = "theme-flag-consultation"  # of the starter set: what goes to consultation


def same_name(one: str, other: str) -> bool:
    """Whether two names are one to a reader."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def every_theme(kept: Sequence[Theme], starter: Iterable[Theme]) -> tuple[Theme, ...]:
    """The journal's themes, retired ones too, and those of the starter set that it has under no id or name."""
    ids, names = {t.id for t in kept}, {t.name.casefold() for t in kept if not undone(t)}
    return (*kept, *(t for t in starter if t.id not in ids and not names & spellings(t)))


def in_use(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The themes or parts that are offered: those that were not retired."""
    return tuple(label for label in labels if label.retired_on is None)


def undone(theme: Theme) -> bool:
    """Whether a theme was made and the making undone: a record is never deleted, so a bare retired one is left."""
    return theme.retired_on is not None and not (theme.family or theme.description or theme.terms or theme.merged_into)


def words_of(theme: Theme, starter: Iterable[Theme]) -> tuple[str, ...]:
    """The words that speak of a theme: its own, and the starter's of the same name less those taken out."""
    out = {word.casefold() for word in theme.without or ()}
    base = (word for word in _starter_words(theme, starter) if word.casefold() not in out)
    words = {word.casefold(): word for word in (*(theme.terms or ()), *base)}
    return tuple(words.values())


def own_words(theme: Theme, starter: Iterable[Theme]) -> frozenset[str]:
    """The words that the therapist gave it, beyond those of the starter set."""
    base = {word.casefold() for word in _starter_words(theme, starter)}
    return frozenset(word for word in theme.terms or () if word.casefold() not in base)


def with_word(theme: Theme, word: str) -> Theme:
    """The theme with one word more."""
    left = tuple(w for w in theme.without or () if w.casefold() != word.casefold())
    terms = tuple(w for w in theme.terms or () if w.casefold() != word.casefold())
    return theme.model_copy(update={"terms": (*terms, word), "without": left or None})


def less_word(theme: Theme, starter: Iterable[Theme], word: str) -> Theme:
    """The theme without a word, be it its own or the starter's."""
    terms = tuple(w for w in theme.terms or () if w.casefold() != word.casefold())
    taken = [w for w in _starter_words(theme, starter) if w.casefold() == word.casefold()]
    without = tuple(dict.fromkeys((*(theme.without or ()), *taken)))
    return theme.model_copy(update={"terms": terms or None, "without": without or None})


def renamed(theme: Theme, starter: Sequence[Theme], name: str) -> Theme:
    """The theme under another name, with the words it had under this one."""
    words = words_of(theme, starter)
    named = theme.model_copy(update={"name": name, "terms": words or None, "without": None})
    extra = {w.casefold() for w in words_of(named, starter)} - {w.casefold() for w in words}
    out = tuple(w for w in words_of(named, starter) if w.casefold() in extra)
    return named.model_copy(update={"without": out or None})


def with_words(theme: Theme, words: Iterable[str]) -> Theme:
    """The theme with all these words."""
    for word in words:
        theme = with_word(theme, word)
    return theme


def spellings(theme: Theme) -> set[str]:
    """Every way to write the name of a theme of the starter set, in small letters."""
    return {name.casefold() for name in (theme.name, *(getattr(theme, "also", None) or ()))}


def starter_for(theme: Theme, starter: Iterable[Theme]) -> Theme | None:
    """The starter theme that this one is named as, by its name or another spelling of it."""
    return next((one for one in starter if theme.name.casefold() in spellings(one)), None)


def _starter_words(theme: Theme, starter: Iterable[Theme]) -> tuple[str, ...]:
    begun = starter_for(theme, starter)
    return (begun.terms or ()) if begun else ()

"""Keep the list of themes: add, rename, describe, change words, merge, split, retire; and undo each exactly.

A theme of the starter set becomes a record of the journal when it is first changed. Nothing is deleted: what is undone
is kept once more as it was, a new tag as withdrawn, and a new theme bare and retired, which is shown nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kapjournal.application.placed import Placed, placed
from kapjournal.application.ports import Clock, Journal, NewId, Recall
from kapjournal.application.steps import Kept, keep
from kapjournal.domain.course import Record
from kapjournal.domain.errors import BadInput, Refused
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.domain.theme_list import (
    every_theme,
    in_use,
    less_word,
    own_words,
    renamed,
    same_name,
    undone,
    with_word,
    with_words,
    words_of,
)

_MOST_WORDS = 200
_SAID = {
    TagState.ACCEPTED: "belongs",
    TagState.REJECTED: "not this",
    TagState.HIDDEN: "hidden",
    TagState.WITHDRAWN: "taken off",
}


class ThemeNow(NamedTuple):
    """A theme as it stands. `accepted` and `rejected` count notes over all clients."""

    theme: Theme
    words: tuple[str, ...]
    own: frozenset[str]  # of the words those that the therapist added
    accepted: int = 0
    rejected: int = 0


class Brought(NamedTuple):
    """What a word of a theme brings: notes that contain it, and how many of them are rejected for the theme."""

    word: str
    notes: int
    rejected: int


class ThemeList(NamedTuple):
    """All themes, in use and retired; what was made and undone is not among them."""

    themes: tuple[ThemeNow, ...] = ()
    families: tuple[str, ...] = ()  # of the starter set, in its order

    def of(self, theme: str) -> ThemeNow | None:
        """One of them."""
        return next((one for one in self.themes if one.theme.id == theme), None)


class Shelf(NamedTuple):
    """What every change of the list needs."""

    journal: Journal
    clock: Clock
    new_id: NewId
    starter: Sequence[Theme]

    def standing(self, theme: str) -> Theme:
        """A theme of the journal or the starter set; a starter theme as the record that it becomes."""
        found = next((t for t in every_theme(self.journal.themes(), self.starter) if t.id == theme), None)
        if found is None:
            raise BadInput("There is no such theme in this journal.")
        if any(t.id == theme for t in self.journal.themes()):
            return found
        return Theme(id=found.id, name=found.name, family=found.family, description=found.description)

    def keep(self, about: str, before: Iterable[Record], after: Iterable[Record], what: str) -> Kept:
        """Write `after`, and note how it was."""
        return keep(self.journal, about, before, after, what)


def read_themes(journal: Journal, starter: Sequence[Theme]) -> ThemeList:
    """The whole list, each with its words and how many notes it is on."""
    counts = Counter((tag.theme, tag.state) for tag in journal.tags() if tag.theme)

    def now(theme: Theme) -> ThemeNow:
        accepted, rejected = counts[theme.id, TagState.ACCEPTED], counts[theme.id, TagState.REJECTED]
        return ThemeNow(theme, words_of(theme, starter), own_words(theme, starter), accepted, rejected)

    themes = (theme for theme in every_theme(journal.themes(), starter) if not undone(theme))
    families = dict.fromkeys(theme.family for theme in starter if theme.family)
    return ThemeList(tuple(map(now, themes)), tuple(families))


def brought(journal: Journal, recall: Recall, now: ThemeNow) -> tuple[Brought, ...]:
    """What each word brings by itself, so that the one that brings the wrong notes can be seen."""
    wrong = {t.entry for t in journal.tags() if t.theme == now.theme.id and t.state is TagState.REJECTED}
    held = recall.brings(now.words, None)
    return tuple(Brought(word, len(held.get(word, ())), len(held.get(word, frozenset()) & wrong)) for word in now.words)


def add_theme(shelf: Shelf, name: str, family: str = "") -> Kept:
    """A new theme, or one back that was made and undone under this name."""
    name = _free_name(shelf, name)
    left = next((t for t in shelf.journal.themes() if undone(t) and same_name(t.name, name)), None)
    made = Theme(id=left.id if left else shelf.new_id(), name=name)
    bare = made.model_copy(update={"retired_on": shelf.clock.now().at.date()})
    return shelf.keep(made.id, [bare], [made.model_copy(update={"family": family.strip() or None})], f"{name} added")


def rename(shelf: Shelf, theme: str, name: str) -> Kept:
    """Another name; the words stay."""
    before = shelf.standing(theme)
    name = _free_name(shelf, name, but=theme)
    return shelf.keep(
        theme,
        [before],
        [before if name == before.name else renamed(before, shelf.starter, name)],
        f"{before.name} renamed",
    )


def describe(shelf: Shelf, theme: str, description: str) -> Kept:
    """Say what the theme is about."""
    before = shelf.standing(theme)
    return shelf.keep(
        theme,
        [before],
        [before.model_copy(update={"description": description.strip() or None})],
        f"{before.name} described",
    )


def put_in_family(shelf: Shelf, theme: str, family: str) -> Kept:
    """Put the theme among others."""
    before = shelf.standing(theme)
    return shelf.keep(
        theme,
        [before],
        [before.model_copy(update={"family": " ".join(family.split()) or None})],
        f"{before.name} moved",
    )


def add_word(shelf: Shelf, theme: str, typed: str) -> Kept:
    """A word or phrase that speaks of the theme from now on; several between commas."""
    before = shelf.standing(theme)
    words = [" ".join(word.split())[:120] for word in typed.split(",") if word.strip()]
    if not words:
        raise Refused("Type a word or a phrase first.")
    if len(words) + len(words_of(before, shelf.starter)) > _MOST_WORDS:
        raise Refused(f"{_MOST_WORDS} words are as many as a theme holds. Take one out first.")
    after = before
    for word in words:
        after = with_word(after, word)
    return shelf.keep(theme, [before], [after], f"“{words[0]}” added")


def take_words_out(shelf: Shelf, theme: str, words: Sequence[str]) -> Kept:
    """Words that do not speak of the theme any more, be they the therapist's own or the starter's."""
    before = after = shelf.standing(theme)
    for word in words:
        after = less_word(after, shelf.starter, word)
    said = ", ".join(f"“{word}”" for word in words)
    return shelf.keep(theme, [before], [after], f"{said} taken out")


def notes_of(journal: Journal, theme: str, client: str | None) -> tuple[Placed, ...]:
    """The notes that the theme is on, the latest first; without the therapist's own."""
    on = [t.entry for t in journal.tags(client) if t.theme == theme and t.state is TagState.ACCEPTED]
    notes = placed(journal, client) if on else {}
    found = [notes[entry] for entry in on if entry in notes]
    return tuple(sorted(found, key=lambda one: one.note.original.noticed_at, reverse=True))


def merge(shelf: Shelf, into: str, other: str) -> Kept:
    """`into` takes over the accepted notes and the words of `other`, which is retired."""
    if into == other:
        raise Refused("A theme cannot be merged with itself. Choose another one.")
    first, second = shelf.standing(into), shelf.standing(other)
    merged = with_words(first, words_of(second, shelf.starter))
    gone = second.model_copy(update={"merged_into": into, "retired_on": shelf.clock.now().at.date()})
    before, after = _moved(shelf, other, into, None)
    return shelf.keep(into, [first, second, *before], [merged, gone, *after], f"{second.name} merged into {first.name}")


def split(shelf: Shelf, theme: str, name: str, words: Sequence[str], entries: Iterable[str]) -> Kept:
    """A new theme takes some words and some notes of this one with it."""
    first = shelf.standing(theme)
    name = _free_name(shelf, name)
    fresh = Theme(id=shelf.new_id(), name=name)
    bare = fresh.model_copy(update={"retired_on": shelf.clock.now().at.date()})
    left = first
    for word in words:
        left = less_word(left, shelf.starter, word)
    fresh = fresh.model_copy(update={"family": first.family, "terms": tuple(words) or None})
    before, after = _moved(shelf, theme, fresh.id, set(entries))
    return shelf.keep(fresh.id, [bare, first, *before], [fresh, left, *after], f"{name} split off")


def retire(shelf: Shelf, theme: str) -> Kept:
    """Offer the theme no longer; what it is tagged to stays."""
    before = shelf.standing(theme)
    return shelf.keep(
        theme,
        [before],
        [before.model_copy(update={"retired_on": shelf.clock.now().at.date()})],
        f"{before.name} retired",
    )


def bring_back(shelf: Shelf, theme: str) -> Kept:
    """Offer a retired theme again; one that was merged comes back without the notes that the other took over."""
    before = shelf.standing(theme)
    _free_name(shelf, before.name, but=theme)
    return shelf.keep(
        theme,
        [before],
        [before.model_copy(update={"retired_on": None, "merged_into": None})],
        f"{before.name} brought back",
    )


def say(shelf: Shelf, entry: str, theme: str, state: TagState) -> Kept:
    """Say of a note that it belongs to a theme, or not, or take that word back."""
    named = shelf.standing(theme)
    standing = next((t for t in shelf.journal.tags() if (t.entry, t.theme) == (entry, theme)), None)
    before, after = _pair(standing, Tag(entry=entry, theme=theme, state=state, tagged_at=shelf.clock.now().at))
    return shelf.keep(theme, [named, before], [named, after], f"{named.name}: {_SAID[state]}")


def _free_name(shelf: Shelf, typed: str, but: str = "") -> str:
    name = " ".join(typed.split())
    if not name:
        raise Refused("A theme needs a name.")
    if len(name) > 120:
        raise Refused("That name is longer than 120 letters. Choose a shorter one; the description has room for more.")
    themes = [t for t in every_theme(shelf.journal.themes(), shelf.starter) if not undone(t) and t.id != but]
    taken = next((t for t in themes if same_name(t.name, name)), None)
    if taken is not None and taken in in_use(themes):
        raise Refused(f"There is a theme called {taken.name} already. Merge the two, or choose another name.")
    if taken is not None:
        raise Refused(f"{taken.name} was retired. Bring it back, or choose another name.")
    return name


def _moved(shelf: Shelf, of: str, to: str, entries: set[str] | None) -> tuple[list[Tag], list[Tag]]:
    """The accepted tags of a theme (of these notes, or all), given to another: how they were, how they are."""
    tags = {(tag.entry, tag.theme): tag for tag in shelf.journal.tags() if tag.theme}
    before: list[Tag] = []
    after: list[Tag] = []
    for (entry, theme), tag in tags.items():
        if theme == of and tag.state is TagState.ACCEPTED and (entries is None or entry in entries):
            was, now = _pair(tags.get((entry, to)), tag.model_copy(update={"theme": to}))
            left = TagState.HIDDEN if was.state is TagState.HIDDEN else TagState.WITHDRAWN  # hidden stays hidden
            before += [tag, was]
            after += [tag.model_copy(update={"state": left}), now]
    return before, after


def _pair(standing: Tag | None, now: Tag) -> tuple[Tag, Tag]:
    """How a tag was, as if nothing had been said where there was none, and how it is."""
    return standing or now.model_copy(update={"state": TagState.WITHDRAWN}), now

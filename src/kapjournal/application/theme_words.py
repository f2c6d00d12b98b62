"""Which words a theme is found by: its own, and those of the starter theme whose name it bears."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kapjournal.domain.label import Theme


def starter_for(theme: Theme, starter: Sequence[Theme]) -> Theme | None:
    """The starter theme that this one is named as, by its name or another spelling of it."""
    return next((one for one in starter if theme.name.casefold() in _spellings(one)), None)


def words_of(theme: Theme, starter: Sequence[Theme]) -> tuple[str, ...]:
    """The words and phrases that speak of a theme, each once: its own, then the starter's that were not taken out.

    A theme that has no words at all is found by its name.
    """
    begun = starter_for(theme, starter)
    without = {word.casefold() for word in theme.without or ()}
    offered = (*(theme.terms or ()), *((begun.terms or ()) if begun else ()))
    wanted = {" ".join(word.split()).casefold(): word for word in reversed(offered)}
    words = tuple(word for folded, word in reversed(wanted.items()) if folded and folded not in without)
    return words or (theme.name,)


def named(name: str, themes: Iterable[Theme], starter: Sequence[Theme]) -> Theme | None:
    """The theme somebody means by a name or id: the journal's, else the starter's; one that was merged leads on."""
    wanted, there = name.strip().casefold(), {theme.id: theme for theme in themes}
    mine = [theme for theme in there.values() if wanted in {theme.name.casefold(), theme.id.casefold()}]
    if not mine:
        meant = next((one for one in starter if wanted in {*_spellings(one), one.id.casefold()}), None)
        mine = [theme for theme in there.values() if meant and starter_for(theme, starter) is meant]
        return _led_on(mine[0], there) if mine else meant
    mine.sort(key=lambda theme: theme.merged_into is not None or theme.retired_on is not None)
    return _led_on(mine[0], there)


def offered(themes: Iterable[Theme], starter: Sequence[Theme]) -> tuple[Theme, ...]:
    """The themes to choose from: the journal's that are in use, and the starter's that it has no theme of."""
    there = tuple(themes)
    taken = {one.id for one in (starter_for(theme, starter) for theme in there) if one}
    mine = (theme for theme in there if theme.retired_on is None and theme.merged_into is None)
    return (*mine, *(one for one in starter if one.id not in taken))


def _led_on(theme: Theme, there: dict[str, Theme]) -> Theme:
    seen = {theme.id}
    while theme.merged_into in there and theme.merged_into not in seen:
        theme = there[theme.merged_into]
        seen.add(theme.id)
    return theme


def _spellings(theme: Theme) -> set[str]:
    return {spelling.casefold() for spelling in (theme.name, *(getattr(theme, "also", None) or ()))}

"""Which words a theme is found by: its own, and those of the starter theme whose name it bears."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kapjournal.domain import theme_list
from kapjournal.domain.label import Theme
from kapjournal.domain.theme_list import every_theme, in_use, spellings, starter_for


def words_of(theme: Theme, starter: Sequence[Theme]) -> tuple[str, ...]:
    """The words and phrases that speak of a theme, each once: its own, then the starter's that were not taken out.

    A theme that has no words at all is found by its name.
    """
    return theme_list.words_of(theme, starter) or (theme.name,)


def named(name: str, themes: Iterable[Theme], starter: Sequence[Theme]) -> Theme | None:
    """The theme somebody means by a name or id: the journal's, else the starter's; one that was merged leads on."""
    wanted, there = name.strip().casefold(), {theme.id: theme for theme in themes}
    mine = [theme for theme in there.values() if wanted in {theme.name.casefold(), theme.id.casefold()}]
    if not mine:
        meant = next((one for one in starter if wanted in {*spellings(one), one.id.casefold()}), None)
        mine = [theme for theme in there.values() if meant and starter_for(theme, starter) is meant]
        return _led_on(mine[0], there) if mine else meant
    mine.sort(key=lambda theme: theme.merged_into is not None or theme.retired_on is not None)
    return _led_on(mine[0], there)


def offered(themes: Iterable[Theme], starter: Sequence[Theme]) -> tuple[Theme, ...]:
    """The themes to choose from: the journal's that are in use, and the starter's that it has no theme of."""
    return tuple(theme for theme in in_use(every_theme(tuple(themes), starter)) if theme.merged_into is None)


def _led_on(theme: Theme, there: dict[str, Theme]) -> Theme:
    seen = {theme.id}
    while theme.merged_into in there and theme.merged_into not in seen:
        theme = there[theme.merged_into]
        seen.add(theme.id)
    return theme

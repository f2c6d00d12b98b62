"""Themes in the words of their screen. Plain Python."""

from __future__ import annotations

from kapjournal.application.themes import ThemeList, ThemeNow
from kapjournal.domain.dates import date_text
from kapjournal.domain.theme_list import FLAGS
from kapjournal.gui.themes.state import RETIRED, ThemeLine

OTHERS = "Other themes"


def lines_of(themes: ThemeList) -> tuple[ThemeLine, ...]:
    """By family in the order of the starter set, then the therapist's own families, flags, and what was retired."""
    last = (OTHERS, FLAGS, RETIRED)
    families = dict.fromkeys((*themes.families, *map(_family, themes.themes)))
    first = (family for family in families if family not in last)
    order = {family: n for n, family in enumerate((*first, *last))}
    lines = [ThemeLine(n.theme.id, n.theme.name, _family(n), n.accepted) for n in themes.themes]
    return tuple(sorted(lines, key=lambda line: (order[line.family], line.name.casefold())))


def _family(now: ThemeNow) -> str:
    return RETIRED if now.theme.retired_on else now.theme.family or OTHERS


def says_of(now: ThemeNow, themes: ThemeList) -> str:
    """How many notes it is on, and what became of it."""
    notes = "no notes yet" if not now.accepted else "1 note" if now.accepted == 1 else f"{now.accepted} notes"
    rejected = f", {now.rejected} not this" if now.rejected else ""
    became = ""
    if now.theme.retired_on is not None:
        into = themes.of(now.theme.merged_into or "")
        what = f"merged into {into.theme.name}" if into else "retired"
        became = f"; {what} on {date_text(now.theme.retired_on)}"
    return f"{notes}{rejected}{became}"

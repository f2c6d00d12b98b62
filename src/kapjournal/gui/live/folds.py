"""Which columns stand and which are drawers, from the room there is at the chosen text size."""

from __future__ import annotations

from typing import NamedTuple


class Folds(NamedTuple):
    """What gave way, in the fixed order: spare lines of the card, vitals chart, palette, pinned card."""

    compact: bool = False
    chart: bool = False
    palette: bool = False
    card: bool = False
    narrow: bool = False  # the content of a row stands below its times
    short: bool = False  # no room for the hints and the phase band: F1 and the strip under F6 have them


def folds_for(width: int, height: int, scale: float) -> Folds:
    """Decide by the room in pixels at 100 %: what fits at 1440 by 900 fits at 2880 by 1800 with text at 200 %."""
    wide, high = width / scale, height / scale
    card = wide < 880
    palette = card or wide < 1060
    chart = palette or high < 690
    compact = palette or wide < 1360 or high < 800
    return Folds(compact=compact, chart=chart, palette=palette, card=card, narrow=wide < 640, short=high < 520)

"""Sizes that the live view's pictures use between the steps of the type scale."""

from __future__ import annotations

from PySide6.QtGui import QFont

from kapjournal.gui.look import Look

LABEL = 15  # kinds in the stream, words of the palette
LINE = 17  # what is being typed
QUOTE = 16.5
ALIAS = 21
BEFORE_SINCE = 26  # the T+ before the time since the first dose
BEFORE_SINCE_COMPACT = 24
SINCE_COMPACT = 40


def sized(look: Look, size: float, weight: int = 400, *, serif: bool = False) -> QFont:
    """The font at that size in px at 100 %. Qt rounds to whole pixels, so a half is made up for in the width."""
    font = look.font("body", serif=serif, weight=weight)
    whole = look.px(size)
    font.setPixelSize(whole)
    if (stretch := round(100 * size * look.scale / whole)) != 100:
        font.setStretch(stretch)
    return font

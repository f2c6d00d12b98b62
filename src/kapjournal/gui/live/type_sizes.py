"""Sizes that the live view's pictures use between the steps of the type scale."""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication

from kapjournal.gui.look import Look

LABEL = 15  # kinds in the stream, words of the palette
LINE = 17  # what is being typed
QUOTE = 16.5
ALIAS = 21
BEFORE_SINCE = 26  # the T+ before the time since the first dose
SINCE_COMPACT = 40


def sized(look: Look, size: float, weight: int = 400, *, serif: bool = False) -> QFont:
    """The font at that size in px at 100 %. Qt takes whole pixels only, so this counts in points."""
    font = look.font("body", serif=serif, weight=weight)
    screen = QGuiApplication.primaryScreen()
    font.setPointSizeF(size * look.scale * 72 / (screen.logicalDotsPerInchY() if screen else 96))
    return font

"""The dimmer of the live view: three steps that bring the brightest words down to the quiet ones."""

from __future__ import annotations

from PySide6.QtGui import QColor

from kapjournal.gui.look import Look

STEPS = 2  # the deepest of the three, counted from none

# What is brighter than quiet text. Both ends keep 4.5 to 1 on every ground, and so does what lies between.
_BRIGHT = ("text", "accent", "quote", "mark", "dose", "vitals", "intervention", "part-text", "theme-text")


def dimmed(look: Look, steps: int) -> Look:
    """The look with its brightest roles moved toward text-quiet; 0 leaves it as it is."""
    if steps <= 0:
        return look
    part = min(steps, STEPS) / STEPS
    quiet = look.colour("text-quiet")
    colours = {role: value.name() for role, value in look.colours.items()}
    for role in _BRIGHT:
        ink = look.colour(role)
        if ink.lightnessF() > quiet.lightnessF() or not look.dark:
            colours[role] = _between(ink, quiet, part if role in ("text", "accent") else part * 0.6).name()
    return Look(look.name, colours, dark=look.dark, filled=look.filled, scale=look.scale)


def _between(one: QColor, other: QColor, part: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part,
    )

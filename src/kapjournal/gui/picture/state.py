"""What the screen of the course in pictures shows. Plain values."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.application.picture import Column, Strip
from kapjournal.domain.trend import Dosing, Series
from kapjournal.gui.messages import Message
from kapjournal.gui.notes_told import NoteLine

THEMES, PARTS = "themes", "parts"


class Behind(NamedTuple):
    """The notes behind the chosen cell."""

    strip: str = ""  # THEMES or PARTS
    key: str = ""  # of the theme or part
    heading: str = ""  # "Grief & loss"
    about: str = ""  # "Dosing 2, 3 notes"
    notes: tuple[NoteLine, ...] = ()


class PictureState(NamedTuple):
    """The whole screen."""

    title: str = ""  # of the page that is saved or printed: "Wren, 9 February to 13 April 2026"
    columns: tuple[Column, ...] = ()
    themes: tuple[Strip, ...] = ()
    parts: tuple[Strip, ...] = ()
    parts_word: str = "parts"
    series: tuple[Series, ...] = ()
    dosings: tuple[Dosing, ...] = ()
    behind: Behind = Behind()
    read: bool = False
    message: Message | None = None

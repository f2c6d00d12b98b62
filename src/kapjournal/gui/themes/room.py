"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, HOME, THEMES, Bar


def enter_themes(rooms: Rooms, journal: Journal, client: Client | None, about: str) -> None:
    """Show the list of themes; with a client, beside the roster of parts."""
    bar = Bar(client.alias, tab=THEMES, place=CLIENTS) if client else Bar("Themes", place=HOME)
    rooms.enter(QWidget(), bar, lambda: None)

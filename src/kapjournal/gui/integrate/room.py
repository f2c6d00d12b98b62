"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, INTEGRATE, Bar


def enter_integrate(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show earlier notes by theme, beside the note being written."""
    rooms.enter(QWidget(), Bar(client.alias, tab=INTEGRATE, place=CLIENTS), lambda: None)

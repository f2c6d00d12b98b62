"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, REVIEW, Bar


def enter_review(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show a session along its time since the first dose, beside the client's own account."""
    rooms.enter(QWidget(), Bar(client.alias, tab=REVIEW, place=CLIENTS), lambda: None)

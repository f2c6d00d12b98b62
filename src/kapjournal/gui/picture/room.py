"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, PICTURE, Bar


def enter_picture(rooms: Rooms, journal: Journal, client: Client) -> None:
    """Show the course in pictures: themes, parts and measures over its sessions."""
    rooms.enter(QWidget(), Bar(client.alias, tab=PICTURE, place=CLIENTS), lambda: None)

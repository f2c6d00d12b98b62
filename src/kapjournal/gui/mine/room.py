"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.application.ports import Journal
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import MINE, Bar


def enter_mine(rooms: Rooms, journal: Journal) -> None:
    """Show the therapist's own notes, over time."""
    rooms.enter(QWidget(), Bar("My own notes", place=MINE), lambda: None)

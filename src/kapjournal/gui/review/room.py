"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.uses import Ground, review_uses
from kapjournal.gui.review.view import ReviewView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, LATE_ENTRY, REVIEW, Bar


def enter_review(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show a session along its time since the first dose, beside the client's own account."""
    site, doors = rooms.site, rooms.doors
    shell = doors.shell()
    view = ReviewView(doors.look())

    def told(note: str, saved: str) -> None:
        shell.note.setText(note)
        shell.note.setVisible(bool(note))
        shell.say_saved(saved)

    ground = Ground(journal, site.clock, site.new_id, site.tables, client.id)
    uses = review_uses(ground, told, lambda intention: doors.integrate(client.id, intention))
    presenter = ReviewPresenter(uses, site.tasks, site.clock, site.timer, view)
    view.bind(presenter)
    held = rooms.held_words
    rooms.enter(view, Bar(client.alias, tab=REVIEW, place=CLIENTS), lambda: presenter.stop(held.__setitem__))
    late = about == LATE_ENTRY
    view.begins_late = late
    presenter.start("" if late else about, held)

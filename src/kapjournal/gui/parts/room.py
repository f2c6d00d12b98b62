"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application import parts as do
from kapjournal.application.own_lists import own_tables
from kapjournal.application.ports import Journal
from kapjournal.application.steps import redo, undo
from kapjournal.domain.course import Client
from kapjournal.gui.parts.presenter import PartsPresenter, PartsUses, Read
from kapjournal.gui.parts.view import PartsView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, PARTS, Bar


def enter_parts(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show the roster of a client's parts, at one of them."""
    site, doors, one = rooms.site, rooms.doors, client.id
    clock, new_id = site.clock, site.new_id
    uses = PartsUses(
        read=lambda: Read(do.read_parts(journal, one), own_tables(journal, site.tables).wording),
        add=lambda name: do.add_part(journal, clock, new_id, one, name),
        change=lambda part, field, words: do.change_part(journal, one, part, field, words),
        take_out=lambda part: do.take_out(journal, clock, one, part),
        say_felt=lambda entry, words: do.say_felt(journal, clock, new_id, entry, words),
        undo=lambda step: undo(journal, step),
        redo=lambda step: redo(journal, step),
        open_note=lambda entry: doors.review(one, entry),
        themes=lambda: doors.themes(one, ""),
        told=lambda saved: doors.shell().say_saved(saved),
    )
    view = PartsView(doors.look())
    presenter = PartsPresenter(uses, site.tasks, clock, view)
    view.bind(presenter)
    rooms.enter(view, Bar(client.alias, tab=PARTS, place=CLIENTS), presenter.leave)
    presenter.start(about)

"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal import resources
from kapjournal.application.own_lists import own_tables
from kapjournal.application.picture import read_picture
from kapjournal.application.ports import Journal
from kapjournal.application.take_measure import client_measures, load_instruments, trends
from kapjournal.domain.course import Client
from kapjournal.durable import write_private
from kapjournal.gui.picture.presenter import PicturePresenter, PictureUses, Read
from kapjournal.gui.picture.view import PictureView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, PICTURE, Bar


def enter_picture(rooms: Rooms, journal: Journal, client: Client) -> None:
    """Show the course in pictures: themes, parts and measures over its sessions."""
    site, doors = rooms.site, rooms.doors

    def read() -> Read:
        instruments = load_instruments(resources.path("instruments"))
        measures = client_measures(journal, client.id, instruments)
        wording = own_tables(journal, site.tables).wording
        return Read(read_picture(journal, client.id), trends(measures, instruments), measures.dosings, wording)

    uses = PictureUses(
        read=read,
        write=write_private,
        review=lambda entry: doors.review(client.id, entry),
        integrate=lambda label: doors.integrate(client.id, label),
        themes=lambda about: doors.themes(client.id, about),
        parts=lambda about: doors.parts(client.id, about),
    )
    view = PictureView(doors.look())
    presenter = PicturePresenter(uses, site.tasks, site.clock, view)
    view.bind(presenter)
    rooms.enter(view, Bar(client.alias, tab=PICTURE, place=CLIENTS), lambda: None)
    presenter.start(client.alias)

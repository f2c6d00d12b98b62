"""Joins the screen to its use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal import resources
from kapjournal.application.integration_note import Half, Writer
from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.domain.presets import StarterThemes
from kapjournal.gui.integrate.presenter import IntegratePresenter
from kapjournal.gui.integrate.uses import Ways, integrate_uses
from kapjournal.gui.integrate.view import IntegrateView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, INTEGRATE, Bar


def enter_integrate(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show earlier notes by theme, beside the note being written."""
    site, doors = rooms.site, rooms.doors
    starter = StarterThemes.model_validate_json(resources.path("themes", "starter.json").read_text(encoding="utf-8"))
    on = Writer(journal, site.clock, site.new_id, client.id, starter.themes)
    bar = Bar(client.alias, tab=INTEGRATE, place=CLIENTS)
    ways = Ways(
        review=doors.review,
        here=lambda about: doors.integrate(client.id, about),
        told=doors.shell().say_saved,
        where=lambda note: doors.shell().say_where(bar._replace(note=note)),
        bug=site.bug,
    )
    view = IntegrateView(doors.look())
    presenter = IntegratePresenter(integrate_uses(on, site.recall(journal), ways), site.tasks, site.timer, view)
    view.bind(presenter)

    def hold(half: Half) -> None:
        rooms.held_notes[client.id] = half

    rooms.enter(view, bar, lambda: presenter.stop(hold))
    presenter.start(about, rooms.held_notes.pop(client.id, None))
    view.begin(at_notes=bool(about))

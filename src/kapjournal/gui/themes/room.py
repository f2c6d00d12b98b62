"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application import themes as do
from kapjournal.application.own_lists import own_tables
from kapjournal.application.ports import Journal
from kapjournal.application.themes import Shelf
from kapjournal.domain.course import Client
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, HOME, THEMES, Bar
from kapjournal.gui.themes.presenter import Read, ThemesPresenter, ThemesUses
from kapjournal.gui.themes.view import ThemesView


def enter_themes(rooms: Rooms, journal: Journal, client: Client | None, about: str) -> None:
    """Show the list of themes; with a client the notes of that client alone, and the way to the roster of parts."""
    site, doors = rooms.site, rooms.doors
    shelf = Shelf(journal, site.clock, site.new_id, site.tables.starter)
    one = client.id if client else None

    def read() -> Read:
        aliases = {} if client else {c.id: c.alias for c in journal.clients()}
        return Read(do.read_themes(journal, shelf.starter), own_tables(journal, site.tables).wording, aliases)

    uses = ThemesUses(
        shelf=shelf,
        read=read,
        brought=lambda now: do.brought(journal, site.recall(journal), now),
        notes=lambda theme: do.notes_of(journal, theme, one),
        open_note=doors.review,
        told=lambda saved: doors.shell().say_saved(saved),
        parts=(lambda: doors.parts(client.id, "")) if client else None,
        integrate=(lambda theme: doors.integrate(client.id, theme)) if client else None,
    )
    view = ThemesView(doors.look())
    presenter = ThemesPresenter(uses, site.tasks, view)
    view.bind(presenter)
    bar = Bar(client.alias, tab=THEMES, place=CLIENTS) if client else Bar("Themes", place=HOME)
    rooms.enter(view, bar, presenter.leave)
    presenter.start(about)

"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application import own_notes as do
from kapjournal.application import themes
from kapjournal.application.own_lists import own_tables
from kapjournal.application.own_notes import Own
from kapjournal.application.ports import Journal
from kapjournal.application.steps import redo, undo
from kapjournal.application.themes import Shelf
from kapjournal.domain.wording import Wording
from kapjournal.gui.mine.presenter import MinePresenter, MineUses
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import MINE, Bar


def enter_mine(rooms: Rooms, journal: Journal) -> None:
    """Show the therapist's own notes, over time."""
    site, doors = rooms.site, rooms.doors
    clock, new_id, starter = site.clock, site.new_id, site.tables.starter
    shelf = Shelf(journal, clock, new_id, starter)

    def read() -> tuple[Own, Wording]:
        return do.read_own(journal, clock, starter), own_tables(journal, site.tables).wording

    uses = MineUses(
        read=read,
        say=lambda entry, theme, state: themes.say(shelf, entry, theme, state),
        undo=lambda step: undo(journal, step),
        redo=lambda step: redo(journal, step),
        put_check=lambda draft: do.put_check(journal, draft),
        keep_check=lambda client, answers, consult: do.keep_check(
            journal, clock, new_id, starter, client, answers, consult=consult
        ),
        open_note=doors.review,
    )
    view = MineView(doors.look())
    presenter = MinePresenter(uses, site.tasks, clock, site.timer, view)
    view.bind(presenter)
    rooms.enter(view, Bar("My own notes", place=MINE), presenter.leave)
    presenter.start()

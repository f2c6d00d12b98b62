"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.gui.handover.presenter import HandOverPresenter
from kapjournal.gui.handover.uses import hand_over_uses
from kapjournal.gui.handover.view import HandOverView, Outside
from kapjournal.gui.rooms import OnThisThread, Rooms
from kapjournal.gui.shell import CLIENTS, HAND_OVER, Bar


def enter_hand_over(rooms: Rooms, journal: Journal, client: Client) -> None:
    """Show what a colleague would get, chosen, read and sealed."""
    site, doors = rooms.site, rooms.doors
    view = HandOverView(doors.look(), Outside(site.timer))
    uses = hand_over_uses(journal, rooms.sealer, site.clock, site.new_id, client.id)
    presenter = HandOverPresenter(uses, site.tasks, site.clock, site.timer, view, OnThisThread(view).by)
    view.bind(presenter)
    rooms.enter(view, Bar(client.alias, tab=HAND_OVER, place=CLIENTS), presenter.leave)
    presenter.start(client.alias)

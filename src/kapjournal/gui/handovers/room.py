"""Joins the place of all handovers to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application.colleagues import OWN_NAME
from kapjournal.application.ports import Journal
from kapjournal.gui.handovers.presenter import HandoversPresenter, HandoversUses, read_handovers
from kapjournal.gui.handovers.view import HandoversView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import HANDOVERS, Bar


def enter_handovers(rooms: Rooms, journal: Journal) -> None:
    """Show what left the journal and what came in."""
    doors, sealer = rooms.doors, rooms.sealer
    uses = HandoversUses(
        read=lambda: read_handovers(journal, sealer()),
        start=doors.hand_over,
        go_client=doors.client,
        open=doors.open_bundle,
        keep_name=lambda name: journal.put_on_desk(OWN_NAME, name or None),
    )
    view = HandoversView(doors.look())
    presenter = HandoversPresenter(uses, rooms.site.tasks, view)
    view.bind(presenter)
    rooms.enter(view, Bar("Handovers", place=HANDOVERS), lambda: None)
    rooms.find_bundle = view.find_bundle
    presenter.start()

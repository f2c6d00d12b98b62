"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from pathlib import Path

from kapjournal.application.ports import Journal
from kapjournal.gui.receive.presenter import ReceivePresenter
from kapjournal.gui.receive.uses import ReceiveUses, open_bundle, take_in
from kapjournal.gui.receive.view import ReceiveView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import HANDOVERS, Bar


def enter_receive(rooms: Rooms, journal: Journal, path: str) -> None:
    """Open a colleague's bundle."""
    site, doors, sealer, own = rooms.site, rooms.doors, rooms.sealer, rooms.open_keys.vault_id
    uses = ReceiveUses(
        open=lambda file, passphrase: open_bundle(journal, sealer(), own, file, passphrase),
        take=lambda looked, compared: take_in(journal, sealer(), own, site.clock, looked, compared=compared),
        go_client=doors.client,
        leave=doors.handovers,
    )
    view = ReceiveView(doors.look())
    presenter = ReceivePresenter(uses, site.tasks, view)
    view.bind(presenter)
    rooms.enter(view, Bar("A bundle", note=Path(path).name, place=HANDOVERS), lambda: None)
    presenter.start(Path(path))

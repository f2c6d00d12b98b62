"""The measures screen of one client, with everything it needs from the world."""

from __future__ import annotations

from collections.abc import Callable

from kapjournal import resources
from kapjournal.application.amend import take_back
from kapjournal.application.ports import Clock, Journal, NewId, Tasks
from kapjournal.application.take_measure import client_measures, load_instruments, put_draft, take_measure
from kapjournal.domain.course import Client
from kapjournal.gui.look import Look
from kapjournal.gui.measures.presenter import Loaded, MeasuresPresenter, MeasuresUses
from kapjournal.gui.measures.view import MeasuresView


def measures_screen(
    look: Look, journal: Journal, clock: Clock, new_id: NewId, tasks: Tasks, client: Client, leave: Callable[[], None]
) -> MeasuresView:
    """The screen, already reading; `leave` is where Back leads."""

    def load() -> Loaded:
        instruments = load_instruments(resources.path("instruments"))
        return Loaded(instruments, client_measures(journal, client.id, instruments))

    uses = MeasuresUses(
        load=load,
        put_draft=lambda instrument, draft: put_draft(journal, client.id, instrument, draft),
        keep=lambda instrument, draft: take_measure(journal, clock, new_id, client.id, instrument, draft),
        take_back=lambda entry: take_back(journal, new_id(), clock.now().at, entry),
        leave=leave,
    )
    view = MeasuresView(look)
    presenter = MeasuresPresenter(uses, tasks, clock, view)
    view.bind(presenter)
    presenter.start(client.alias)
    return view

"""What the windows are given by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kapjournal.application.own_lists import Tables
from kapjournal.application.ports import Clock, Journal, Keys, NewId, Recall, Sealer, Timer
from kapjournal.gui.entrance import Entrance
from kapjournal.gui.settings.seen import Instrument
from kapjournal.gui.tasks import WorkerTasks
from kapjournal.settings import Settings


class World(NamedTuple):
    """What the windows are given by the composition root."""

    clock: Clock
    new_id: NewId
    tasks: WorkerTasks
    timer: Timer
    tables: Tables
    entrance: Entrance
    bug: Callable[[Exception], None]
    remember: Callable[[Settings], bool]  # whether they are kept for the next start
    recall: Callable[[Journal], Recall]
    sealer: Callable[[Keys], Sealer]
    place: Path  # where a new journal is offered to lie
    presets: tuple[tuple[str, str], ...] = ()  # published vitals schedules, as (label, minutes)
    instruments: Callable[[], tuple[Instrument, ...]] = tuple

    def settle(self, journal: Journal, *, in_session: bool) -> None:
        """In a quiet moment, fold the log in; outside a session, let recall take in what was written, bit by bit."""

        def take_in(whole: bool) -> None:
            if not whole:
                self.tasks.run(lambda: self.recall(journal).catch_up(), take_in, lambda _: None)

        self.tasks.run(journal.settle, lambda _: take_in(in_session), lambda _: None)

"""The measures screen over a journal in memory, with a course like the one in the sample data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from kapjournal import resources
from kapjournal.application.amend import take_back
from kapjournal.application.take_measure import client_measures, load_instruments, put_draft, take_measure
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind, MeasureDetails
from kapjournal.domain.instruments import Instruments
from kapjournal.gui.measures.presenter import Loaded, MeasuresPresenter, MeasuresUses, View
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks

AT = datetime(2026, 2, 24, 10, 42, tzinfo=UTC)
SHIPPED = load_instruments(resources.path("instruments"))
Shown = TypeVar("Shown", bound=View)


def wren() -> FakeJournal:
    """A client with three PHQ-9 and two GAD-7, and two dosing sessions between."""
    journal = FakeJournal()
    journal.keep(Client(id="wren", alias="Wren"))
    for number, days in ((1, 33), (2, 19)):
        at = AT - timedelta(days=days)
        journal.keep(
            Session(
                id=f"d{number}",
                client="wren",
                kind=SessionKind.DOSING,
                number=number,
                started_at=at,
                ended_at=at,
                closed_at=at,
            )
        )
    forms = (
        ("w1", "PHQ-9", 47, (2, 3, 3, 3, 1, 3, 2, 1, 1)),
        ("w2", "GAD-7", 47, (2, 3, 3, 2, 1, 2, 2)),
        ("w3", "PHQ-9", 30, (1, 2, 2, 2, 1, 2, 1, 1, 0)),
        ("w4", "PHQ-9", 5, (1, 1, 2, 1, 1, 1, 1, 1, 0)),
        ("w5", "GAD-7", 5, (1, 1, 2, 1, 1, 1, 1)),
        ("w6", "PCL-5", 47, (3, 2, 2, 3, 3, 3, 3, 2, 3, 4, 2, 3, 3, 3, 2, 1, 3, 3, 2, 3)),
    )
    for entry, instrument, days, answers in forms:
        details = MeasureDetails(instrument=instrument, answers=answers, total=sum(answers))
        at = AT - timedelta(days=days)
        journal.keep(Entry(id=entry, client="wren", kind=Kind.MEASURE, text=instrument, noticed_at=at, details=details))
    return journal


class Measuring(Generic[Shown]):
    """A presenter at work for a view, over the journal."""

    def __init__(
        self, view: Shown, journal: FakeJournal | None = None, instruments: Instruments = SHIPPED, *, hold: bool = False
    ) -> None:
        self.view = view
        self.journal = journal or wren()
        self.clock = FakeClock(AT)
        self.tasks = InlineTasks(hold=hold)
        self.left: list[bool] = []
        new_id = FakeIds("new")
        uses = MeasuresUses(
            load=lambda: Loaded(instruments, client_measures(self.journal, "wren", instruments)),
            put_draft=lambda one, draft: put_draft(self.journal, "wren", one, draft),
            keep=lambda one, draft: take_measure(self.journal, self.clock, new_id, "wren", one, draft),
            take_back=lambda entry: take_back(self.journal, new_id(), self.clock.now().at, entry),
            leave=lambda: self.left.append(True),
        )
        self.presenter = MeasuresPresenter(uses, self.tasks, self.clock, view)
        bind = getattr(view, "bind", None)
        if bind is not None:
            bind(self.presenter)
        self.presenter.start("Wren")

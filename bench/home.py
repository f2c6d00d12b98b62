"""Home and a client among 500 with 20,000 entries (target: under 200 ms), beside bare queries of the same rows.

As in the program: the worker reads and tells, the windows' thread lays out and paints, and garbage is collected while
nothing is waited for (`gui/tasks.py`).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget
from tests.fakes.clock import START, FakeClock
from tests.fakes.timer import FakeTimer

from bench.durability import KEYS, TEXT
from kapjournal.application import plan_course
from kapjournal.application.look_over import look_over
from kapjournal.domain.course import Client, Course, Record, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.gui.client.presenter import ClientPresenter, ClientUses
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.presenter import HomePresenter, HomeUses
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import apply_look, load_fonts, load_look
from kapjournal.gui.tasks import WorkerTasks, collect_garbage
from kapjournal.storage.engine import Bare, bare
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.store import SqlJournals

CLIENTS, ENTRIES = 500, 20_000
KINDS = (
    *(Kind.OBSERVATION,) * 14,
    *(Kind.QUOTE,) * 14,
    *(Kind.INTENTION, Kind.PRACTICE, Kind.PRACTICE, Kind.CONTACT, Kind.MEASURE, Kind.PLAN),
    *(Kind.DOSE, Kind.DOSE, Kind.VITALS, Kind.VITALS, Kind.PART, Kind.NOTE),
)
DETAILS: dict[Kind, dict[str, object]] = {
    Kind.PRACTICE: {"state": "open", "follow_up_on": "2026-03-03"},
    Kind.MEASURE: {"instrument": "PHQ-9", "total": 9},
    Kind.PLAN: {"about": "safety plan"},
    Kind.DOSE: {"amount_mg": 60, "route": "IM"},
    Kind.INTENTION: {"state": "open"},
}
_KINDS_IN_SQL = ", ".join(f"'{kind}'" for kind in ("practice", "contact", "measure", "plan", "agreement"))
BARE_HOME = (
    "SELECT content FROM ledger JOIN client USING (n)",
    "SELECT content FROM ledger JOIN course USING (n)",
    "SELECT content FROM ledger JOIN session USING (n)",
    f"SELECT content FROM ledger JOIN entry USING (n) WHERE entry.kind IN ({_KINDS_IN_SQL})",
)
BARE_CLIENT = (
    "SELECT content FROM ledger JOIN session USING (n) WHERE session.client = 'c250'",
    "SELECT content FROM ledger JOIN entry USING (n) WHERE entry.client = 'c250'",
)


def _client(number: int) -> list[Record]:
    """A client with a course of eight sessions, four of them held."""
    client = f"c{number}"
    made: list[Record] = [Client(id=client, alias=f"Client {number}"), Course(id=f"k{number}", client=client)]
    for place in range(8):
        at = START + timedelta(days=7 * (place - 4), minutes=number)
        kind = tuple(SessionKind)[place % 3]
        given: dict[str, object] = {"id": f"{client}s{place}", "client": client, "kind": kind, "number": place + 1}
        if place < 4:
            given |= {"started_at": at, "ended_at": at, "closed_at": at}
        made.append(Session.model_validate({**given, "planned_for": at}))
    return made


def _entries(number: int) -> list[Record]:
    client = f"c{number}"
    made: list[Record] = []
    for place in range(ENTRIES // CLIENTS):
        kind = KINDS[place % len(KINDS)]
        content: dict[str, object] = {
            "id": f"{place * 7919 % 100_003:08x}-{number}",
            "client": client,
            "kind": kind,
            "text": f"{place} {TEXT}",
            "noticed_at": START - timedelta(hours=place),
        }
        made.append(Entry.model_validate(content | ({"details": DETAILS[kind]} if kind in DETAILS else {})))
    return made


def fill(journal: SqlJournal) -> None:
    """500 clients with 20,000 entries."""
    for number in range(CLIENTS):
        journal.keep(*_client(number), *_entries(number))
    journal.settle()


class Shown:
    """The application in a look, with a journal on its worker, and the screens that were shown."""

    def __init__(self, app: QApplication, journal: SqlJournal) -> None:
        self.app, self.journal = app, journal
        self.look = load_look("day")
        apply_look(app, self.look)
        self.tasks = WorkerTasks()
        self.views: list[QWidget] = []

    def home(self) -> None:
        """From asking for the home screen until it is painted."""
        view = HomeView(self.look)
        uses = HomeUses(lambda: look_over(self.journal), _never, _never, _never, _never)
        presenter = HomePresenter(uses, self.tasks, FakeClock(), FakeTimer(), view)
        view.bind(presenter)
        presenter.start()
        self._paint(view, lambda: bool(view.clients.rows.rows))

    def client(self) -> None:
        """From asking for a client until the page is painted."""
        read: list[plan_course.ClientPage] = []
        self.tasks.run(lambda: plan_course.read_client(self.journal, "c250"), read.append, _raise)
        self._until(lambda: bool(read))
        view = ClientView(self.look)
        uses = ClientUses(lambda: plan_course.read_client(self.journal, "c250"), *(_never,) * 14)
        presenter = ClientPresenter(uses, self.tasks, FakeClock(), FakeTimer(), view)
        view.bind(presenter)
        presenter.start(read[0])
        self._paint(view, lambda: True)

    def clear(self) -> None:
        """Let go of the last screen."""
        for view in self.views:
            view.close()
            view.deleteLater()
        self.views.clear()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.app.processEvents()
        collect_garbage()

    def _paint(self, view: QWidget, read: Callable[[], bool]) -> None:
        self.views.append(view)
        view.resize(1440, 900)
        self._until(read)
        view.show()
        view.grab()

    def _until(self, met: Callable[[], bool]) -> None:
        while not met():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def measure(rounds: int = 9) -> list[dict[str, float | str]]:
    """Medians in milliseconds: what a person waits for, and the bare reading of the same rows."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts()
    with tempfile.TemporaryDirectory() as folder:
        journal = SqlJournals(FakeClock()).make(Path(folder) / "journal", KEYS)
        fill(journal)
        connection = bare(journal._connect())  # noqa: SLF001 - the same open file, past everything we add
        shown = Shown(app, journal)
        try:
            return [
                {
                    "screen": screen,
                    "read_ms": _median(read, rounds),
                    "read_and_painted_ms": _median(painted, rounds, shown.clear),
                    "bare_ms": _median(lambda queries=queries: _read(connection, queries), rounds),
                }
                for screen, read, painted, queries in (
                    ("home", lambda: look_over(journal), shown.home, BARE_HOME),
                    ("client", lambda: plan_course.read_client(journal, "c250"), shown.client, BARE_CLIENT),
                )
            ]
        finally:
            shown.tasks.close()
            journal.close()


def _never(*_: object) -> None:
    return None


def _read(connection: Bare, queries: tuple[str, ...]) -> None:
    for query in queries:
        connection.execute(query).fetchall()


def _raise(error: Exception) -> None:
    raise error


def _median(do: Callable[[], object], rounds: int, after: Callable[[], object] = _never) -> float:
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        do()
        taken.append((perf_counter() - begun) * 1000)
        after()
    return median(taken)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

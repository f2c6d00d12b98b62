"""A live session without windows: the presenter over a journal in memory, with a clock and a timer the test moves."""

from __future__ import annotations

from kapjournal import resources
from kapjournal.application.start_session import add_client, open_session, start_session
from kapjournal.gui.live.keeping import Ground
from kapjournal.gui.live.presenter import LivePresenter
from kapjournal.gui.live.state import Live
from kapjournal.gui.live.tables import load_tables
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

TABLES = load_tables(resources.path)


class Shown:
    """Remembers what the view was told."""

    def __init__(self) -> None:
        self.state: Live | None = None

    def show_state(self, state: Live) -> None:
        self.state = state


def fail(error: Exception) -> None:
    raise error


class Room:
    """One session with Wren."""

    def __init__(self, journal: FakeJournal | None = None, clock: FakeClock | None = None) -> None:
        self.journal, self.clock = journal or FakeJournal(), clock or FakeClock(START)
        self.new_id, self.tasks, self.timer = FakeIds(f"made-{id(self)}"), InlineTasks(), FakeTimer()
        self.locked = self.left = 0
        clients = self.journal.clients()
        client = clients[0] if clients else add_client(self.journal, self.new_id, "Wren")
        session = start_session(self.journal, self.clock, self.new_id, client.id)
        self.enter(session.id)

    def enter(self, session: str) -> None:
        ground = Ground(
            self.journal,
            self.clock,
            self.new_id,
            self.tasks,
            self.timer,
            fail,
            leave=lambda: self._count("left"),
            lock=lambda: self._count("locked"),
        )
        opened = open_session(self.journal, self.clock, session)
        self.presenter = LivePresenter(ground, TABLES, opened)
        self.shown = Shown()
        self.presenter.attach(self.shown)

    def _count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)

    @property
    def state(self) -> Live:
        self.presenter.show()
        assert self.shown.state is not None
        return self.shown.state

    @property
    def rows(self) -> list[str]:
        return ["".join(span.text for span in row.spans) for row in self.state.rows]

    def type(self, text: str) -> None:
        before = self.presenter.line.half_typed.text
        for end in range(1, len(text) + 1):
            typed = before + text[:end]
            self.presenter.typed(typed, len(typed))

    def write(self, text: str) -> None:
        self.type(text)
        self.presenter.enter()

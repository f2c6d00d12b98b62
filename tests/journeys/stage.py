"""The real program on a stage: real windows without a screen, a real vault, and a clock that the test moves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.app import Parts, compose, make_navigator
from kapjournal.application.changes import Changes
from kapjournal.application.keep_entry import HalfTyped, read_draft
from kapjournal.application.open_vault import make_journal, open_journal
from kapjournal.application.ports import Clock, Journal
from kapjournal.application.start_session import draft_place, running_session
from kapjournal.domain.course import Record
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.live.presenter import LivePresenter
from kapjournal.gui.live.state import Live
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import load_fonts
from kapjournal.gui.navigator import Navigator
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile
from tests.fakes.clock import FakeClock

PASSPHRASE = "river lantern apple seven quiet doors"
TEN = datetime(2026, 9, 22, 10, 0, tzinfo=timezone(timedelta(hours=1)))
PATIENCE_MS = 20_000


def parts(clock: Clock | None = None) -> Parts:
    """The real parts, with a key file that is quick to open."""
    return compose(clock, KeyFile(Cost(LEAST_MEMORY, 2)))


def vault(folder: Path, clock: Clock | None = None) -> Path:
    """A new journal in `folder`, closed again."""
    p = parts(clock)
    made = make_journal(p.keys, p.journals, folder, PASSPHRASE)
    made.journal.close()
    return folder


@contextmanager
def looked_into(folder: Path, clock: Clock | None = None) -> Iterator[Journal]:
    """The journal as another program would find it, after the windows are gone."""
    p = parts(clock)
    journal = open_journal(p.keys, p.journals, folder, PASSPHRASE).journal
    try:
        yield journal
    finally:
        journal.close()


def until(met: Callable[[], bool], what: str) -> None:
    """Let the program go on until something is so; fails with `what` if it never is."""
    patience = QDeadlineTimer(PATIENCE_MS)
    waker = QTimer()  # an event now and then, so that waiting for one ends
    waker.start(5)
    while not met():
        if patience.hasExpired():
            raise AssertionError(f"it never came to this: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    waker.stop()


def type_text(widget: QWidget, text: str) -> None:
    """Type, one key after another, any character."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(widget, event)


class Stubborn:
    """A journal whose disk takes nothing while `refuses` is set; it reads as ever."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.refuses = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._journal, name)

    def keep(self, *records: Record, desk: Mapping[str, str | None] | None = None, received: bool = False) -> Changes:
        self._write()
        return self._journal.keep(*records, desk=desk, received=received)

    def put_on_desk(self, place: str, content: str | None) -> None:
        self._write()
        self._journal.put_on_desk(place, content)

    def _write(self) -> None:
        if self.refuses:
            raise NotSaved("The disk is full. Your words are held here.")


def half_typed_in(journal: Journal) -> HalfTyped:
    """The half-typed line of the running session, as it lies on the disk."""
    session = running_session(journal)
    assert session is not None
    return read_draft(journal.desk(draft_place(session.id)))


class Stage:
    """One run of the program."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.clock = clock if clock is not None else FakeClock(TEN)
        load_fonts()
        self.navigator: Navigator = make_navigator(parts(self.clock))
        self.navigator.window.resize(1440, 900)
        self.navigator.window.show()
        self.navigator.stop_watching()  # the test moves the clock in leaps, which is not sleep
        self.closed = False

    def open(self) -> None:
        """Open the journal, as the unlock screen does."""
        entrance = self.navigator.world.entrance
        self.navigator.enter_with(lambda: entrance.open(self.folder, PASSPHRASE))
        until(lambda: self.navigator.journal is not None, "the journal is open")
        self.settle()

    def come_back(self) -> None:
        """Open the journal, and arrive in the session that is running."""
        self.open()
        until(lambda: self.navigator.presenter is not None, "straight into the running session")
        self.settle()

    def session_with(self, alias: str) -> None:
        """Go into a dosing session with a client, who is added where missing."""
        from kapjournal.application.start_session import add_client, start_session

        journal, world = self.navigator.journal, self.navigator.world
        assert journal is not None
        started: list[str] = []

        def work() -> str:
            known = [c for c in journal.clients() if c.alias == alias]
            client = known[0] if known else add_client(journal, world.new_id, alias)
            return start_session(journal, world.clock, world.new_id, client.id).id

        world.tasks.run(work, started.append, world.bug)
        until(lambda: bool(started), "the session has begun")
        self.navigator.go_live(started[0])
        until(lambda: self.navigator.presenter is not None, "the live view is in front")
        self.settle()

    @property
    def view(self) -> LiveView:
        """The live view."""
        view = self.navigator.window.screen_shown
        assert isinstance(view, LiveView)
        return view

    @property
    def line(self) -> QWidget:
        """The capture field's line."""
        return self.view.capture.line

    def write(self, text: str) -> None:
        """Type a line and log it; back when it is on the disk."""
        type_text(self.line, text)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, at: QWidget | None = None
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(at or QApplication.focusWidget() or self.navigator.window, key, modifiers)

    def settle(self) -> None:
        """Wait until nothing is on its way to the disk."""
        done: list[bool] = []
        world = self.navigator.world
        world.tasks.run(lambda: True, done.append, world.bug)
        until(lambda: bool(done), "the worker is at rest")
        presenter = self.navigator.presenter
        if presenter is not None:
            until(lambda: not presenter.keeping.busy or bool(presenter.keeping.trouble), "everything is kept")

    @property
    def presenter(self) -> LivePresenter:
        """What the live view speaks to."""
        presenter = self.navigator.presenter
        assert presenter is not None
        return presenter

    @property
    def state(self) -> Live:
        """What the live view shows."""
        self.presenter.show()
        state = self.view._state
        assert state is not None
        return state

    @property
    def rows(self) -> list[str]:
        """The content of the rows, as words."""
        return ["".join(span.text for span in row.spans) for row in self.state.rows]

    @contextmanager
    def disk_waiting(self) -> Iterator[None]:
        """Nothing that is asked for meanwhile reaches the disk before the block ends."""
        begun, let_go = Event(), Event()

        def wait() -> None:
            begun.set()
            let_go.wait()

        self.navigator.world.tasks.run(wait, lambda _: None, self.navigator.world.bug)
        begun.wait()
        try:
            yield
        finally:
            let_go.set()

    def stubborn(self) -> Stubborn:
        """From here on (before a session is opened) the disk can be told to refuse."""
        assert self.navigator.journal is not None
        made = Stubborn(self.navigator.journal)
        self.navigator.journal = made
        return made

    def as_killed(self, copy: Path) -> Path:
        """The files as a kill at this moment would leave them."""
        shutil.copytree(self.folder, copy)
        return copy

    def wait(self, seconds: float) -> None:
        """Let real time go by, for what happens by itself."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def quit(self) -> None:
        """Close the program as the therapist would."""
        self.closed = True
        self.navigator.quit()
        self.navigator.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

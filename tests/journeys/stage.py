"""The real program on a stage: real windows without a screen, a real vault, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.app import Parts, compose, make_navigator
from kapjournal.application.open_vault import make_journal, open_journal
from kapjournal.application.ports import Clock, Journal
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
    look_again = QTimer()  # with a time limit of its own, processEvents would not wait but spin
    look_again.start(10)
    while not met():
        if patience.hasExpired():
            raise AssertionError(f"it never came to this: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def type_text(widget: QWidget, text: str) -> None:
    """Type, one key after another, any character."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(widget, event)


class Stage:
    """One run of the program."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.clock = clock if clock is not None else FakeClock(TEN)
        load_fonts()
        self.navigator: Navigator = make_navigator(parts(self.clock))
        self.navigator.window.show()
        self.navigator.stop_watching()  # the test moves the clock in leaps, which is not sleep
        self.closed = False

    def open(self) -> None:
        """Open the journal, as the unlock screen does."""
        entrance = self.navigator.world.entrance
        self.navigator.enter_with(lambda: entrance.open(self.folder, PASSPHRASE))
        until(lambda: self.navigator.journal is not None, "the journal is open")
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
            until(lambda: not presenter.keeping.pending or bool(presenter.keeping.trouble), "everything is kept")

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

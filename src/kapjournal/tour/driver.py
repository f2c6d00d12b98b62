"""Drives one run of the program: presses keys, waits for what must come, and takes pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kapjournal import crash, paths
from kapjournal.app import compose, make_navigator
from kapjournal.application.ports import Journal
from kapjournal.gui.live.presenter import LivePresenter
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.navigator import Navigator
from kapjournal.gui.unlock.presenter import Page
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.tour.clock import SteppingClock
from kapjournal.tour.disk import Disk
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile

Result = TypeVar("Result")
Screen = TypeVar("Screen", bound=QWidget)

PATIENCE_MS, PULSE_MS = 20_000, 20
WIDE, SMALL = (1440, 900), (1280, 720)
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OF_NO_CONCERN = ("propagateSizeHints",)  # the offscreen platform has no window manager to tell


def breathe() -> None:
    """Let the program do what waits to be done, and let go of what it let go of, as its own loop would."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class NotAsItShould(Exception):
    """A step did not come out as it should; the text says what was seen."""


def expect(met: bool, otherwise: str) -> None:
    """Go on if something is so; what is seen instead otherwise."""
    if not met:
        raise NotAsItShould(otherwise)


class Driver:
    """The program in one look, on a journal of its own."""

    def __init__(self, out: Path, look: str, clock: SteppingClock) -> None:
        self.clock, self.look = clock, look
        self.out = out
        self.passphrase = ""
        self.pictures = 0
        self._complaints: list[str] = []
        qInstallMessageHandler(self._hear)
        self._hear_no_more = crash.install(lambda error: self._complaints.append(crash.report(error)))
        self._pulse = QTimer()  # so that waiting for events comes to an end
        self._pulse.start(PULSE_MS)
        parts = compose(clock, KeyFile(Cost(LEAST_MEMORY, 2)))  # quick to open: nothing of worth is in it
        self.disk = Disk(parts.journals)
        self.navigator: Navigator = make_navigator(parts._replace(journals=self.disk))
        self.navigator.stop_watching()  # time moves in leaps here, which is not sleep
        self.window.show()
        self.window.activateWindow()

    def _hear(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(name in message for name in OF_NO_CONCERN):
            self._complaints.append(message)

    def complaints(self) -> list[str]:
        """What Qt (an icon or font that is not there, say) or the program complained of since this was asked last."""
        heard, self._complaints = self._complaints, []
        reports = sorted(paths.folders().crash_reports.glob("*"))
        return heard + [report.read_text(encoding="utf-8") for report in reports]

    # --- what is in front ----------------------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        """The frame."""
        return self.navigator.window

    def screen(self, kind: type[Screen]) -> Screen:
        """The screen in front, which has to be of this kind."""
        shown = self.navigator.window.screen_shown
        if not isinstance(shown, kind):
            raise NotAsItShould(f"{type(shown).__name__} is in front instead of {kind.__name__}")
        return shown

    def shown_page(self) -> Page | None:
        """What the right side of the unlock screen is for just now."""
        view = self.screen(UnlockView)
        pages = {Page.OPEN: view.open_page, Page.RECOVER: view.recover_page, Page.MAKE: view.make_page}
        shown = [name for name, page in {**pages, Page.KEY: view.key_page}.items() if page.isVisible()]
        return shown[0] if shown else None

    @property
    def live(self) -> LivePresenter:
        """The session in front."""
        if self.navigator.presenter is None:
            raise NotAsItShould("no session is in front")
        return self.navigator.presenter

    @property
    def line(self) -> QWidget:
        """Where notes are typed."""
        return self.screen(LiveView).capture.line

    def line_text(self) -> str:
        """What stands in the line."""
        return self.screen(LiveView).capture.line.plain_text()

    @property
    def entries(self) -> int:
        """How many entries the session in front shows."""
        return len(self.live.held.notes)

    # --- keys and buttons ----------------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        breathe()

    def press_in(self, field: QWidget, key: Qt.Key) -> None:
        """Press a key in a field, whether or not it has the focus."""
        field.setFocus()
        self.press(key)

    def unlock(self) -> None:
        """Open the journal with its passphrase."""
        page = self.until_screen(UnlockView).open_page
        self.key_in(self.passphrase, page.passphrase)
        self.press_in(page.passphrase, Qt.Key.Key_Return)
        self.until(lambda: self.navigator.journal is not None, "the journal is open")
        self.settle()

    def key_in(self, text: str, into: QWidget | None = None) -> None:
        """Type, one key after another, any character."""
        target = into or QApplication.focusWidget() or self.window
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, PLAIN, letter))

    def write(self, text: str) -> None:
        """Type a line and log it; back when it is on the disk."""
        self.key_in(text, self.line)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def button(self, says: str) -> None:
        """Press the button that says so."""
        found = [b for b in self.window.findChildren(QAbstractButton) if b.text() == says and b.isVisible()]
        if not found or not found[0].isEnabled():
            raise NotAsItShould(f"there is no button “{says}” to press")
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        breathe()

    # --- waiting -------------------------------------------------------------------------------------------

    def until(self, met: Callable[[], bool], what: str) -> None:
        """Let the program go on until something is so."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not met():
            if patience.hasExpired():
                raise NotAsItShould(f"it never came to this: {what}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            breathe()

    def until_screen(self, kind: type[Screen]) -> Screen:
        """Wait for a screen to be in front."""
        self.until(lambda: isinstance(self.navigator.window.screen_shown, kind), f"{kind.__name__} is in front")
        return self.screen(kind)

    def settle(self) -> None:
        """Wait until nothing is on its way to the disk, or the disk takes nothing."""
        self.on_worker(lambda: None)
        live = self.navigator.presenter
        if live is not None:
            self.until(lambda: not live.keeping.pending or bool(live.keeping.trouble), "everything is kept")

    def kept_draft(self) -> None:
        """Wait until the half-typed line is on the disk and is shown so."""
        self.until(lambda: self.live.keeping.saved == "saved", "the half-typed line is saved")

    def on_worker(self, work: Callable[[], Result]) -> Result:
        """Do something on the thread that owns the journal."""
        done: list[Result] = []
        failed: list[Exception] = []
        self.navigator.world.tasks.run(work, done.append, failed.append)
        self.until(lambda: bool(done or failed), "the worker is at rest")
        if failed:
            raise failed[0]
        return done[0]

    def journal(self) -> Journal:
        """The open journal, for the worker's use."""
        if self.navigator.journal is None:
            raise NotAsItShould("no journal is open")
        return self.navigator.journal

    # --- pictures ------------------------------------------------------------------------------------------

    def picture(self, name: str, *, large: bool = False) -> None:
        """Take a picture of the window, wide and small; `large`: with twice the text size too."""
        for _ in self.sizes(name, large=large):
            pass

    def sizes(self, name: str, *, large: bool = False) -> Iterator[None]:
        """Take those pictures, and let the caller do what has to be done anew at each size before it is taken."""
        self.pictures += 1
        for suffix, size, scale in (("", WIDE, 1.0), ("-1280", SMALL, 1.0), ("-200", WIDE, 2.0))[: 3 if large else 2]:
            with self._sized(size, scale):
                yield
                self._grab(f"{self.look}-{self.pictures:02}-{name}{suffix}.png")

    @contextmanager
    def _sized(self, size: tuple[int, int], scale: float) -> Iterator[None]:
        self.window.resize(*size)
        if scale != 1.0:
            self.navigator.set_look(self.look, scale)
        breathe()
        yield
        if scale != 1.0:
            self.navigator.set_look(self.look, 1.0)
        self.window.resize(*WIDE)

    def _grab(self, name: str) -> None:
        for _ in range(3):  # layouts ask for another round, as they do on a screen
            breathe()
        if not self.window.grab().save(str(self.out / name), "PNG", 90):
            raise NotAsItShould(f"the picture {name} could not be written to {self.out}")

    def quit(self) -> None:
        """Close the program as the therapist would."""
        self.navigator.quit()
        self._pulse.stop()
        self.window.deleteLater()
        breathe()
        qInstallMessageHandler(None)
        self._hear_no_more()

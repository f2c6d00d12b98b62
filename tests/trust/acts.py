"""What the trust tests have the real program do in a process of its own: `python -m tests.trust.acts NAME FOLDER …`.

Each act plays on the stage of the journeys and prints one JSON object: what was shown, and what was found.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, QSocketNotifier, Qt, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QLabel

from kapjournal import cli, crash
from kapjournal.application.keep_entry import read_draft
from kapjournal.application.start_session import draft_place, running_session
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.state import Live
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.navigator import Navigator
from kapjournal.gui.unlock.presenter import Page
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.machine import SystemClock
from tests.journeys.stage import Stage, looked_into, type_text, until, vault
from tests.trust.playing import Facts


class Ear(QObject):
    """Hears a signal that is sent behind others, so that those have arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        bus = QDBusConnection.sessionBus()
        bus.connect("org.freedesktop.ScreenSaver", "/", "org.kapjournal.Test", "Behind", self, SLOT("behind()"))  # type: ignore[call-overload]

    @Slot()
    def behind(self) -> None:
        self.heard += 1


def say(**facts: object) -> None:
    """Print what was found, at once."""
    os.write(1, json.dumps(facts).encode() + b"\n")


def state(stage: Stage) -> Live:
    """What the live view shows now."""
    shown = stage.view._state
    assert shown is not None
    return shown


def saved_rows(shown: Live) -> list[str]:
    """The words of the rows that stand in the stream as kept, in order."""
    return [said(row.spans) for row in shown.rows if not waits(row.flags)]


def waiting_rows(shown: Live) -> list[str]:
    """The words of the rows that are marked as not saved yet."""
    return [said(row.spans) for row in shown.rows if waits(row.flags)]


def said(spans: Sequence[Any]) -> str:
    return "".join(span.text for span in spans).strip()


def waits(flags: Sequence[Any]) -> bool:
    return any("not saved" in flag.text for flag in flags)


def found(folder: Path) -> Facts:
    """What the journal holds, as another program finds it."""
    with looked_into(folder) as journal:
        session = running_session(journal)
        assert session is not None
        return {
            "entries": [entry.text for entry in journal.entries()],
            "draft": read_draft(journal.desk(draft_place(session.id))).text,
            "trouble": [finding.sentence for finding in journal.verify() if not finding.whole],
        }


# --- the disk is full --------------------------------------------------------------------------------------------


def full_disk(place: str, how: str) -> None:
    """Write, fill the disk, write on, make room; `how` is "fill" (a small drive) or "limit" (no file may grow)."""
    QApplication([])
    stage = Stage(vault(Path(place) / "practice.kapvault"), SystemClock())
    stage.open()
    stage.session_with("Wren")
    for line in ("one before", "two before"):
        stage.write(line)
    make_room = fill(Path(place)) if how == "fill" else forbid_growth(stage.folder)
    for line in ("three while full", "four while full", "five while full"):
        stage.write(line)
    type_text(stage.line, "half of si")
    until(lambda: bool(state(stage).capture.trouble), "trouble is told")
    until(lambda: len(waiting_rows(state(stage))) == 3, "what waits is shown")
    shown = state(stage)
    labels = [label.text() for label in stage.view.capture.findChildren(QLabel) if label.isVisibleTo(stage.view)]
    facts: Facts = {
        "sentence": shown.capture.trouble,
        "labels": labels,
        "line": stage.view.capture.line.toPlainText(),
        "saved_while_full": saved_rows(shown),
        "waiting": waiting_rows(shown),
    }
    make_room()
    until(lambda: not state(stage).capture.trouble and not stage.navigator.presenter.keeping.pending, "all is saved")
    type_text(stage.line, "x")
    stage.settle()
    facts["saved_after"] = saved_rows(state(stage))
    facts["waiting_after"] = waiting_rows(state(stage))
    stage.quit()
    say(**facts, **found(stage.folder))


def fill(place: Path) -> Callable[[], None]:
    """Leave no room on a drive; what is returned makes room again."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1024))
    return ballast.unlink


def forbid_growth(folder: Path) -> Callable[[], None]:
    """Let no file of this process grow beyond what the log has now, as a quota would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "vault.db-wal").stat().st_size, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- a second window ---------------------------------------------------------------------------------------------


def hold(folder: str) -> None:
    """Keep a journal open with a session in front; every line on standard input is written and told of when saved."""
    application = QApplication([])
    stage = Stage(Path(folder), SystemClock())
    stage.open()
    stage.session_with("Wren")
    stage.write("held by the first")
    type_text(stage.line, "half of it")
    stage.navigator.presenter.focus_lost()
    stage.settle()
    stdin = QSocketNotifier(0, QSocketNotifier.Type.Read)

    def heard() -> None:
        line = os.read(0, 1000).decode().strip()
        if not line:
            stage.quit()
            application.quit()
            return
        stage.press(Qt.Key.Key_Return, at=stage.line)
        stage.write(line)
        say(saved=saved_rows(state(stage)))

    stdin.activated.connect(heard)
    say(pid=os.getpid())
    application.exec()


# --- the program itself ------------------------------------------------------------------------------------------


def app(folder: str, passphrase_file: str, limited: str = "limited") -> None:
    """The program as the command line starts it, where dumps are wanted; tells when the session is in front."""
    want_dumps()
    if not limited:  # the first of its two bars is taken away
        resource.setrlimit = lambda *_: None  # type: ignore[assignment]
    live = Navigator._live

    def then_tell(navigator: Navigator, loaded: Any) -> None:  # noqa: ANN401 - passed on as it is
        live(navigator, loaded)
        say(pid=os.getpid())

    Navigator._live = then_tell  # type: ignore[method-assign]
    sys.exit(cli.main(["--vault", folder, "--passphrase-file", passphrase_file]))


def crash_plainly() -> None:
    """What crashes when nobody forbids a dump: the control."""
    want_dumps()
    os.abort()


def want_dumps() -> None:
    """As on a machine whose owner collects crash dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


# --- no network --------------------------------------------------------------------------------------------------


def offline(place: str, control: str = "") -> None:
    """A session from beginning to end, with an ear at everything in Python that could reach a network."""
    heard: list[str] = []
    sys.addaudithook(lambda event, _: heard.append(event) if event.startswith(REACHING_OUT) else None)
    QApplication([])
    stage = Stage(vault(Path(place) / "practice.kapvault"), SystemClock())
    stage.open()
    stage.session_with("Wren")
    for line in (
        "bp 126/82 hr 80",
        "dose 60mg im",
        "see https://example.org and call 555-0142",
        '"a lift with no floors',
    ):
        stage.write(line)
    stage.press(Qt.Key.Key_Escape, at=stage.line)
    stage.press(Qt.Key.Key_F12)
    stage.navigator.set_look("night", 1.3)
    open_sockets = families()
    stage.navigator.lock()
    stage.quit()
    if control:
        with contextlib.suppress(OSError), socket.socket() as reaching:
            open_sockets |= families()
            reaching.connect(("127.0.0.1", 9))
    say(heard=heard, open_sockets=sorted(open_sockets), ended="the act")


REACHING_OUT = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.bind", "socket.sendto",
                "socket.sendmsg", "urllib.", "http.client.", "ftplib.", "smtplib.", "webbrowser.")  # fmt: skip


def families() -> set[str]:
    """The families of the sockets that this process has open, whoever in it opened them."""
    found = set()
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            if str(link.readlink()).startswith("socket:"):
                with socket.socket(fileno=os.dup(int(link.name))) as copy:
                    found.add(socket.AddressFamily(copy.family).name)
    return found


# --- the desktop -------------------------------------------------------------------------------------------------


def desktop(place: str) -> None:
    """What the program does when the desktop says that the screen is locked or the machine goes to sleep.

    Played where the session bus and the system bus are a private one that nobody else is on.
    """
    QApplication([])
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "the desktop")
    names = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.freedesktop.login1")
    owned = all(bus.registerService(name) for name in names)

    def emit(path: str, face: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(path, face, name)
        message.setArguments(list(arguments))
        assert bus.send(message)

    def saver(desktop: str, *, active: bool) -> None:
        emit(f"/org/{desktop}/ScreenSaver", f"org.{desktop}.ScreenSaver", "ActiveChanged", active)

    stage = Stage(vault(Path(place) / "practice.kapvault"), SystemClock())
    navigator = stage.navigator
    facts: Facts = {"owned": owned, "listening": navigator._desktop.listening}
    ear, locked = Ear(), []
    for desktop in ("freedesktop", "gnome"):
        stage.open()
        saver(desktop, active=False)
        emit("/", "org.kapjournal.Test", "Behind")
        until(lambda: ear.heard == len(locked) + 1, "the signals have arrived")
        assert navigator.journal is not None, "it locks when the screen is unlocked"
        saver(desktop, active=True)
        until(lambda: navigator.journal is None, "outside a session a locked screen locks the journal")
        locked.append(desktop)
    stage.open()
    stage.session_with("Wren")
    veiled = []
    for number, tell in enumerate((
        lambda: emit("/org/freedesktop/login1", f"{names[2]}.Manager", "PrepareForSleep", True),
        lambda: emit("/org/freedesktop/login1/session/_31", f"{names[2]}.Session", "Lock"),
        lambda: saver("freedesktop", active=True),
    )):  # fmt: skip
        type_text(stage.line, f"{number}")
        tell()
        until(lambda: state(stage).veiled, "in a session it blanks everything")
        stage.settle()
        assert navigator.journal is not None
        veiled.append(read_draft(navigator.journal.desk(draft_place(navigator.presenter.held.session.id))).text)
        emit("/org/freedesktop/login1", f"{names[2]}.Manager", "PrepareForSleep", False)
        navigator.presenter.veil()
        until(lambda: not state(stage).veiled, "the veil is lifted")
    stage.quit()
    say(**facts, locked=locked, draft_when_veiled=veiled)


# --- the canary --------------------------------------------------------------------------------------------------

PASSPHRASE_CANARY = "zaunköniglärm siebenmal übers dach"
ALIAS_CANARY, THEME_CANARY = "Zibärdohle", "nachtschättung"
ENTRY_CANARY, DRAFT_CANARY, BUG_CANARY = "quetzälfeder", "halbmöndschnecke", "wühlmausgeläut"


def canary(folder: str, ending: str) -> None:
    """Make a journal, a client, a theme, an entry and half of another, all through the windows; "kill" or "quit"."""
    QApplication([])
    stage = Stage(Path(folder), SystemClock())
    crash.install(stage.navigator.world.bug)
    recovery_key = make_through_the_window(stage)
    add_client_through_the_window(stage)
    stage.write(f"sees a {ENTRY_CANARY} fall")
    type_text(stage.line, f"and there #{THEME_CANARY}")
    stage.press(Qt.Key.Key_Tab, at=stage.line)
    stage.press(Qt.Key.Key_Return, at=stage.line)
    stage.settle()
    type_text(stage.line, f"half a {DRAFT_CANARY}")
    stumble(stage)
    stage.navigator.presenter.focus_lost()
    stage.settle()
    say(recovery_key=recovery_key, title=stage.navigator.window.windowTitle(), line=stage.line.toPlainText())
    if ending == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    stage.quit()


def make_through_the_window(stage: Stage) -> str:
    """The unlock screen's own way to a journal; returns the recovery key that it shows."""
    stage.navigator.go_unlock()
    view = stage.navigator.window.screen_shown
    assert isinstance(view, UnlockView)
    view.open_page.new.click()
    until(view.make_page.isVisible, "the page for a new journal")
    view._presenter.named(stage.folder.stem)
    view._presenter.placed(stage.folder.parent)
    for field in (view.make_page.new.first, view.make_page.new.second):
        type_text(field, PASSPHRASE_CANARY)
    view.make_page.make.click()
    until(lambda: view._state.page is Page.KEY, "the recovery key is shown")
    recovery_key = view._state.recovery_key
    type_text(view.key_page.typed, recovery_key)
    view.key_page.test.click()
    until(lambda: bool(view._state.tested), "the recovery key is tested")
    view.key_page.go_in.click()
    until(lambda: isinstance(stage.navigator.window.screen_shown, HomeView), "the clients")
    return recovery_key


def add_client_through_the_window(stage: Stage) -> None:
    """Type an alias, and begin a session."""
    view = stage.navigator.window.screen_shown
    assert isinstance(view, HomeView)
    stage.settle()
    view.clients.new.click()
    until(view.clients.alias.isVisible, "the field for an alias")
    type_text(view.clients.alias, ALIAS_CANARY)
    stage.press(Qt.Key.Key_Return, at=view.clients.alias)
    until(lambda: isinstance(stage.navigator.window.screen_shown, ClientView), "the client is there")
    stage.settle()
    client = stage.navigator.window.screen_shown
    assert isinstance(client, ClientView)
    client.course.dosing.click()
    until(lambda: isinstance(stage.navigator.window.screen_shown, LiveView), "the session")
    stage.settle()


def stumble(stage: Stage) -> None:
    """Two bugs with words of the journal in their messages: one on the worker, one while the window draws."""
    world, told = stage.navigator.world, []

    def on_the_worker() -> None:
        raise ValueError(f"cannot keep {BUG_CANARY}") from KeyError(ENTRY_CANARY)

    world.tasks.run(on_the_worker, told.append, lambda error: (world.bug(error), told.append(error)))
    until(lambda: bool(told), "the worker has stumbled")
    show = LiveView.show_state

    def in_the_window(view: LiveView, shown: Live) -> None:
        LiveView.show_state = show  # type: ignore[method-assign]
        raise RuntimeError(f"cannot draw {shown.capture.text} {BUG_CANARY}")

    LiveView.show_state = in_the_window  # type: ignore[method-assign]
    type_text(stage.line, "!")


if __name__ == "__main__":
    try:
        globals()[sys.argv[1]](*sys.argv[2:])
    except Exception:  # noqa: BLE001 - the program's own hook for errors would keep it to itself
        traceback.print_exc()
        sys.exit(1)

"""What the desktop says of itself: the screen was locked, the machine goes to sleep or woke up.

Linux: logind and the screen saver over D-Bus (QtDBus), where they are there. On macOS and Windows no such
message is listened to yet: there the idle lock and the gap in the steady clock have to serve.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot

SAVER = SLOT("screen_saver(bool)")


class DesktopSignals(QObject):
    """Calls `locked` when the screen is locked, and `sleeping` before the machine is suspended."""

    def __init__(self, locked: Callable[[], None], sleeping: Callable[[], None]) -> None:
        super().__init__()
        self._locked, self._sleeping = locked, sleeping
        self.listening = sys.platform.startswith("linux") and self._listen()

    @Slot(bool)
    def screen_saver(self, active: bool) -> None:
        """Hear that the screen was locked or unlocked."""
        if active:
            self._locked()

    @Slot()
    def session_locked(self) -> None:
        """Hear that logind locks the session."""
        self._locked()

    @Slot(bool)
    def prepare_for_sleep(self, about_to: bool) -> None:
        """Hear that the machine goes to sleep."""
        if about_to:
            self._sleeping()

    def _listen(self) -> bool:
        try:
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not part of every build of Qt
        except ImportError:
            return False
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        login = "org.freedesktop.login1"
        wanted = (
            (session, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "", "ActiveChanged", SAVER),
            (session, "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "", "ActiveChanged", SAVER),
            (system, login, "", ".Session", "Lock", SLOT("session_locked()")),
            (system, login, "/org/freedesktop/login1", ".Manager", "PrepareForSleep", SLOT("prepare_for_sleep(bool)")),
        )
        heard = [
            bus.connect(service, path, service + face, signal, self, slot)  # type: ignore[call-overload] # stubs want bytes
            for bus, service, path, face, signal, slot in wanted
            if bus.isConnected()
        ]
        return any(heard)

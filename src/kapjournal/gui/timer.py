"""The Timer port over Qt's event loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer


class QtTimer(QObject):
    """Calls back on the GUI thread."""

    def after(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        """Call `do` once after so many seconds; calling what is returned prevents it."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)

        def fire() -> None:
            timer.deleteLater()
            do()

        def cancel() -> None:
            timer.stop()
            timer.deleteLater()

        timer.timeout.connect(fire)
        timer.start(round(seconds * 1000))
        return cancel

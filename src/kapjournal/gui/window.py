"""The frame: one screen at a time, the keys that work everywhere, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.shell import Shell
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.command_palette import Command, CommandPalette
from kapjournal.gui.widgets.key_map import KeyMap, KeySection

TITLE = "KAP Journal"  # never a name, never a note: the title stands in the task bar and in window lists


class FrameKeys(NamedTuple):
    """What the keys that work everywhere do."""

    lock: Callable[[], None]
    next_look: Callable[[], None]
    larger: Callable[[], None]
    smaller: Callable[[], None]
    plain_size: Callable[[], None]
    commands: Callable[[], Sequence[Command]]
    keys: Callable[[], None]
    quit: Callable[[], bool]  # False when the window should stay
    tab: Callable[[int], None]  # the first, second or third of a client
    back: Callable[[], None]
    forward: Callable[[], None]
    settings: Callable[[], None]


class Window(QWidget):
    """Holds the screens.

    Signals:
        stirred: a key was pressed or the pointer moved anywhere in the window.
    """

    stirred = Signal()

    def __init__(self, look: Look, keys: FrameKeys) -> None:
        super().__init__()
        self._keys = keys
        self.setWindowTitle(TITLE)
        self.setMinimumSize(720, 540)
        room = self.screen().availableSize()
        self.resize(min(1440, room.width()), min(900, room.height() - 40))  # 40: what a window manager puts around it
        self.setAutoFillBackground(True)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._strip = BannerStrip(look)
        self._strip.acted.connect(lambda _: self._strip.tell(""))
        column.addWidget(self._strip)
        column.addWidget(self._stack)
        self._palette_of_commands = CommandPalette(look, self)
        self._bind()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def show_screen(self, screen: QWidget) -> None:
        """Put a screen in the frame; the one before is let go, and so is a list that lies over it."""
        self._palette_of_commands.forget()
        before = self._stack.currentWidget()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None and before is not screen:
            self._stack.removeWidget(before)
            before.deleteLater()

    def say(self, sentence: str) -> None:
        """Tell something in a strip above the screen, until it is closed."""
        self._strip.tell(sentence, "text", (("close", "Close"),))

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen in the frame, also within rail and bar."""
        shell = self.shell
        return shell.screen_shown if shell is not None else self._stack.currentWidget()

    @property
    def shell(self) -> Shell | None:
        """Rail and bar, if the screen in front is one of desk work."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Shell) else None

    def find_anything(self) -> None:
        """Open the list that finds everything."""
        self._palette_of_commands.open(self._keys.commands())

    def toggle_keys(self, look: Look, sections: tuple[KeySection, ...]) -> None:
        """Show the sheet of keys, or let it go."""
        if not self._let_keys_go():
            KeyMap(look, self, sections)

    def _let_keys_go(self) -> bool:
        shown = [sheet for sheet in self.findChildren(KeyMap) if sheet.isVisible()]
        for sheet in shown:
            sheet.go()
        return bool(shown)

    def restyle(self, look: Look) -> None:
        """Pass a new look to all the window holds; what lies over the screen gives the focus back first."""
        self._let_keys_go()
        if self._palette_of_commands.isVisible():
            self._palette_of_commands.close_again()
        self._palette_of_commands.restyle(look)
        self._strip.restyle(look)
        restyle = getattr(self._stack.currentWidget(), "restyle", None)
        if restyle is not None:
            restyle(look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; nothing is swallowed."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress}:
            self.stirred.emit()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask in the strip, not in a box, when a session runs."""
        if self._keys.quit():
            event.accept()
        else:
            event.ignore()

    def _bind(self) -> None:
        keys = self._keys
        bound: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+K", self.find_anything),
            *((f"Ctrl+{tab}", lambda tab=tab: keys.tab(tab)) for tab in range(1, 7)),
            ("Alt+Left", keys.back),
            ("Alt+Right", keys.forward),
            ("Ctrl+,", keys.settings),
            ("Ctrl+L", keys.lock),
            ("Ctrl+Shift+D", keys.next_look),
            ("Ctrl++", keys.larger),
            ("Ctrl+=", keys.larger),
            ("Ctrl+-", keys.smaller),
            ("Ctrl+0", keys.plain_size),
            ("F1", keys.keys),
            ("F11", self._full_screen),
            ("Ctrl+Q", self.close),
            ("Ctrl+W", self.close),
        )
        for sequence, do in bound:
            shortcut = QShortcut(QKeySequence(sequence), self, context=Qt.ShortcutContext.ApplicationShortcut)
            shortcut.activated.connect(do)

    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

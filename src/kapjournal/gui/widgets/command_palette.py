"""Find or do anything: a list of named actions that is matched loosely while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import LineField

LAST_USED = 5


class Command(NamedTuple):
    """One action: what it is called, its key as written on a key cap, and what it does."""

    name: str
    key: str
    do: Callable[[], None]


def matches(typed: str, name: str) -> bool:
    """Whether the letters stand in the name in this order; `clses` finds «Close the session»."""
    rest = iter(name.casefold())
    return all(letter in rest for letter in typed.casefold().replace(" ", ""))


class CommandPalette(QFrame):
    """Lies over the top of a screen, never over the capture field, and gives the focus back when it goes."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self._commands: tuple[Command, ...] = ()
        self._used: list[str] = []
        self._came_from: QWidget | None = None
        self.setObjectName("commandPalette")
        self.setAccessibleName("Find or do anything")
        self.setAutoFillBackground(True)
        self._field: QLineEdit = LineField(look, placeholder="Find or do anything")
        self._field.setAccessibleName("Type to find an action")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Actions")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._take())
        self.hide()
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of a look."""
        self._look = look
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
            layout.setSpacing(look.px(8))
        for field in self.findChildren(LineField):
            field.restyle(look)
        self.setStyleSheet(
            f"#commandPalette {{ background: {look.colour('surface').name()}; border: 1px solid "
            f"{look.colour('line-strong').name()}; border-radius: {look.px(10)}px; }}"
            f"QListWidget {{ background: transparent; border: none; color: {look.colour('text').name()}; }}"
            f"QListWidget::item {{ padding: {look.px(6)}px {look.px(8)}px; }}"
            f"QListWidget::item:selected {{ background: {look.colour('selection').name()};"
            f" color: {look.colour('text').name()}; }}"
        )

    def open(self, commands: Sequence[Command]) -> None:
        """Show these actions, the last used ones first."""
        self._commands = tuple(commands)
        self._came_from = self._over.focusWidget()
        width = min(self._look.px(560), self._over.width() - self._look.px(48))
        height = min(self._look.px(420), round(self._over.height() * 0.6))
        self.setGeometry((self._over.width() - width) // 2, self._look.px(24), width, height)
        self._field.clear()
        self._fill("")
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_again(self) -> None:
        """Go, and give the focus back to where it was."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the field has the focus."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.close_again()
                return True
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take()
                return True
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        order = {name: place for place, name in enumerate(self._used)}
        found = [c for c in self._commands if matches(typed, c.name)]
        found.sort(key=lambda c: order.get(c.name, LAST_USED) if not typed else not c.name.casefold().startswith(typed))
        self._list.clear()
        for command in found:
            item = QListWidgetItem(f"{command.name}    {command.key}".rstrip(), self._list)
            item.setData(Qt.ItemDataRole.UserRole, command.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.name}, {command.key}".rstrip(", "))
        self._list.setCurrentRow(0)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is None:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        self._used = [name, *(u for u in self._used if u != name)][:LAST_USED]
        self.close_again()
        next(c for c in self._commands if c.name == name).do()

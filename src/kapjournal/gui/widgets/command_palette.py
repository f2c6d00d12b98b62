"""Find or do anything: a list of named actions that is matched loosely while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import LineField

LAST_USED = 5
MOST_SHOWN = 200
NAME_ROLE, KEY_ROLE, PLACE_ROLE = (Qt.ItemDataRole.UserRole + n for n in range(3))


class Command(NamedTuple):
    """One action: what it is called, its key as written on a key cap, and what it does.

    One that is `sought` is shown only once something is typed: clients, who may be many, and whose names are not for
    everybody who happens to see the screen.
    """

    name: str
    key: str
    do: Callable[[], None]
    sought: bool = False


def closeness(typed: str, name: str) -> int:
    """How well what is typed fits a name that it matches; the smaller, the better."""
    wanted, whole = typed.casefold().strip(), name.casefold()
    if whole.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in whole.split()):
        return 1
    return 2 if wanted in whole else 3


def matches(typed: str, name: str) -> bool:
    """Whether the letters stand in the name in this order; `clses` finds «Close the session»."""
    rest = iter(name.casefold())
    return all(letter in rest for letter in typed.casefold().replace(" ", ""))


class _CommandRow(QStyledItemDelegate):
    """An action at the left, its key in a cap at the right."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__(palette)
        self._palette = palette

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as a key that is meant to be hit."""
        return QSize(0, self._palette.look.px(38))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, name and key."""
        look = self._palette.look
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area, look.px(4), look.px(4))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("body"))
        words = area.adjusted(look.px(12), 0, -look.px(12), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data(NAME_ROLE))
        key = index.data(KEY_ROLE)
        if key:
            painter.setFont(look.font("caption", weight=600))
            width = painter.fontMetrics().horizontalAdvance(key) + look.px(14)
            height = look.px(23)
            cap = QRectF(words.right() - width, area.center().y() - height / 2, width, height)
            painter.setPen(look.colour("line-strong"))
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(cap, look.px(5), look.px(5))
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        painter.restore()


class CommandPalette(QFrame):
    """Lies over the top of a screen, never over the capture field, and gives the focus back when it goes."""

    def __init__(self, look: Look, over: QWidget, says: str = "Find or do anything") -> None:
        super().__init__(over)
        self.look, self._over = look, over
        self._commands: tuple[Command, ...] = ()
        self._otherwise: Callable[[str], Sequence[Command]] = lambda _: ()
        self._shown: list[Command] = []
        self._used: list[str] = []
        self._came_from: QWidget | None = None
        self.setObjectName("commandPalette")
        self.setAccessibleName(says)
        self.setAutoFillBackground(True)
        self._field: QLineEdit = LineField(look, placeholder=says)
        self._field.setAccessibleName("Type to find an action")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Actions")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_CommandRow(self))
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
        self.look = look
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
            layout.setSpacing(look.px(8))
        for field in self.findChildren(LineField):
            field.restyle(look)
        self.setStyleSheet(
            f"#commandPalette {{ background: {look.colour('surface').name()}; border: 1px solid "
            f"{look.colour('line-strong').name()}; border-radius: {look.px(10)}px; }}"
            "#commandPalette QListWidget { background: transparent; border: none; }"
        )

    def open(self, commands: Sequence[Command], otherwise: Callable[[str], Sequence[Command]] = lambda _: ()) -> None:
        """Show these actions, the last used ones first; `otherwise` says what else can be done with what is typed."""
        self._commands, self._otherwise = tuple(commands), otherwise
        self._came_from = self._over.focusWidget()
        width = min(self.look.px(560), self._over.width() - self.look.px(48))
        height = min(self.look.px(420), round(self._over.height() * 0.6))
        self.setGeometry((self._over.width() - width) // 2, self.look.px(24), width, height)
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
        found = [c for c in self._commands if matches(typed, c.name) and (typed.strip() or not c.sought)]
        found.sort(key=lambda c: closeness(typed, c.name) if typed.strip() else order.get(c.name, LAST_USED))
        self._shown = [*found[:MOST_SHOWN], *(self._otherwise(typed.strip()) if typed.strip() else ())]
        self._list.clear()
        for place, command in enumerate(self._shown):
            item = QListWidgetItem(self._list)
            item.setData(NAME_ROLE, command.name)
            item.setData(KEY_ROLE, command.key)
            item.setData(PLACE_ROLE, place)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.name}, {command.key}".rstrip(", "))
        self._list.setCurrentRow(0)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is None:
            return
        command = self._shown[item.data(PLACE_ROLE)]
        if not command.sought:
            self._used = [command.name, *(u for u in self._used if u != command.name)][:LAST_USED]
        self.close_again()
        command.do()

    def forget(self) -> None:
        """Go without giving the focus back, and hold nothing more: the screen below is another one now."""
        self._came_from = None
        self.hide()
        self._commands, self._shown, self._otherwise = (), [], lambda _: ()
        self._list.clear()
        self._field.clear()

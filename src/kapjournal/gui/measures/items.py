"""The items of a form: each a row with its answers; the row with the focus is answered by the digit keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.measures.state import Choice, FormItem
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.spacing import Column, Row

_BESIDE = 520  # px at 100 %; a narrower row sets the answers under the words
_WORDED = 1080  # px at 100 %; with this much room and few answers, the buttons carry their words
_MOST_BESIDE = 6  # answers; more of them stand under the words


class ItemKeys(NamedTuple):
    """What the keys do while an item has the focus."""

    digit: Callable[[int], None]
    move: Callable[[int], None]
    step: Callable[[int], None]
    clear: Callable[[], None]
    keep: Callable[[], None]


class AnswerButton(Button):
    """One answer; by key it is given through the row, so Tab passes it by."""

    def __init__(self, look: Look, choice: Choice) -> None:
        self._choice = choice
        self._worded = False
        super().__init__(look, str(choice.value), variant=Variant.CHOICE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def restyle(self, look: Look) -> None:
        """Take the size of another text size."""
        super().restyle(look)
        self.say_words(worded=self._worded)

    def say_words(self, *, worded: bool) -> None:
        """Carry the words of the answer, or its number alone."""
        self._worded = worded and bool(self._choice.label)
        look = self._look
        self.setText(f"{self._choice.value}  {self._choice.label}" if self._worded else str(self._choice.value))
        self.setFixedHeight(look.px(44))
        metrics = QFontMetrics(look.font("body", weight=600))
        wide = metrics.horizontalAdvance(f"{self._choice.value}  {self._choice.label}") + look.px(30)
        self.setFixedWidth(wide if self._worded else look.px(46))


class ItemRow(QWidget):
    """One item; `answered` carries place and value of a clicked answer."""

    answered = Signal(int, int)
    came = Signal(int)  # the focus, by Tab or a click

    def __init__(self, look: Look, item: FormItem, keys: ItemKeys) -> None:
        super().__init__()
        self._look, self._item, self._keys = look, item, keys
        self._place = item.number - 1
        self._current = False
        self._many = len(item.choices) > _MOST_BESIDE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.number = Text(str(item.number), role="text-quiet")
        self.words = Text(item.text, wrap=True)
        self.buttons = [self._button(look, choice) for choice in item.choices]
        self._holder = QWidget()
        self._holder.setSizePolicy(
            QSizePolicy.Policy.Preferred if self._many else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        )
        choices: FlowLayout | Row = (
            FlowLayout(look, self._holder, spacing=6) if self._many else Row(look, self._holder, spacing=6)
        )
        for button in self.buttons:
            choices.addWidget(button)
        self._box = Row(look, self, margins=(12, 5, 8, 5), spacing=12)
        said = Row(look, spacing=10)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number.setMinimumWidth(QFontMetrics(look.font("body")).horizontalAdvance("00"))
        said.addWidget(self.number)
        said.addWidget(self.words, 1)
        self._box.addLayout(said, 1)
        self._box.addWidget(self._holder)
        self.show_item(item, current=False)

    def _button(self, look: Look, choice: Choice) -> AnswerButton:
        button = AnswerButton(look, choice)
        label = f", {choice.label}" if choice.label else ""
        button.setAccessibleName(f"Item {self._item.number}: {choice.value}{label}")
        button.clicked.connect(lambda: self.answered.emit(self._place, choice.value))
        return button

    def show_item(self, item: FormItem, *, current: bool) -> None:
        """Show the answer, and whether the keys go here."""
        self._item, self._current = item, current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"Item {item.number}: {item.text}")
        self.setAccessibleDescription(item.spoken)
        self.number.take_role("text-quiet" if item.answer is None else "accent")
        for button, choice in zip(self.buttons, item.choices, strict=True):
            button.setChecked(choice.value == item.answer)
        self.update()

    def make_room(self, width: int, *, worded: bool) -> None:
        """Set the answers beside or under the words, and with their own words where there is room."""
        for button in self.buttons:
            button.say_words(worded=worded)
        beside = width >= self._look.px(_BESIDE) and not self._many
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self.number.setMinimumWidth(QFontMetrics(look.font("body")).horizontalAdvance("00"))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer; Backspace and the arrows move; Delete leaves it open; Enter keeps the form."""
        text, keys = event.text(), self._keys
        if len(text) == 1 and text in "0123456789":
            keys.digit(int(text))
            return
        match event.key():
            case Qt.Key.Key_Backspace | Qt.Key.Key_Up:
                keys.move(-1)
            case Qt.Key.Key_Down:
                keys.move(1)
            case Qt.Key.Key_Right:
                keys.step(1)
            case Qt.Key.Key_Left:
                keys.step(-1)
            case Qt.Key.Key_Delete:
                keys.clear()
            case Qt.Key.Key_Home:
                keys.move(-1000)
            case Qt.Key.Key_End:
                keys.move(1000)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                keys.keep()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the words brings the keys here."""
        self.came.emit(self._place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go where the focus is."""
        super().focusInEvent(event)
        if not self._current:
            self.came.emit(self._place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground and a bar under the current item, a hairline under each."""
        painter, look = QPainter(self), self._look
        if self._current:
            painter.fillRect(self.rect(), look.colour("selection"))
            painter.fillRect(QRectF(0, 0, look.px(3), self.height()), look.colour("accent"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.colour("line"))


def _even_split(texts: list[str]) -> int:
    """How many items go into the first of two columns, so that both come out about as high."""
    lines = [max(2, -(-len(text) // 45)) for text in texts]
    return min(range(1, len(lines)), key=lambda middle: max(sum(lines[:middle]), sum(lines[middle:])))


class Items(QWidget):
    """All rows, in one column or two."""

    answered = Signal(int, int)
    came = Signal(int)

    def __init__(self, look: Look, keys: ItemKeys) -> None:
        super().__init__()
        self._look, self._keys = look, keys
        self.rows: list[ItemRow] = []
        self._halves = (QWidget(), QWidget())
        self._columns = [Column(look, half) for half in self._halves]
        self._box = Row(look, self, spacing=24)
        for half in self._halves:
            self._box.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)

    def fill(self, items: tuple[FormItem, ...]) -> None:
        """Rows for these items."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [ItemRow(self._look, item, self._keys) for item in items]
        for row in self.rows:
            row.answered.connect(self.answered)
            row.came.connect(self.came)
        self._columns_now = 0
        self.make_room(self.width())

    def show_items(self, items: tuple[FormItem, ...], at: int) -> None:
        """Show the answers and bring the focus to the current item."""
        for place, (row, item) in enumerate(zip(self.rows, items, strict=True)):
            row.show_item(item, current=place == at)

    def make_room(self, width: int) -> None:
        """One column or two, and buttons with words where there is room for them."""
        look = self._look
        few = all(len(row.buttons) <= _MOST_BESIDE for row in self.rows)
        two = len(self.rows) > 10 and width >= look.px(_WORDED) and few
        worded = not two and width >= look.px(_WORDED) and few
        if self._columns_now != 1 + two:
            self._columns_now = 1 + two
            middle = _even_split([row.words.text() for row in self.rows]) if two else len(self.rows)
            for place, row in enumerate(self.rows):
                self._columns[0 if place < middle else 1].addWidget(row)
            self._halves[1].setVisible(two)
        for row in self.rows:
            row.make_room(width // 2 if two else width, worded=worded)

    _columns_now = 0

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self.make_room(self.width())

"""The strip that tells something under the top bar: a sentence, and what can be done about it. Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.label import Glyph, Text
from kapjournal.gui.widgets.spacing import Row

_ROOM_FOR_BOTH = 420  # px at 100 % that a sentence has beside its actions; with less, they stand under it
_ICONS = {"safety": "triangle-alert", "mark": "info", "accent": "circle-check", "text": "info"}


class BannerStrip(QFrame):
    """Hidden while there is nothing to say; `acted` carries the name of the action that was pressed."""

    acted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._role = "text"
        self._buttons: list[Button] = []
        self._glyph = Glyph(look, "info", "text", 18)
        self.words = Text(wrap=True)
        said = Row(look, spacing=12)
        said.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self.words, 1)
        self._actions = Row(look, spacing=12)
        self._row = Row(look, self, margins=(16, 10, 12, 10), spacing=12)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._actions)
        self._row.setAlignment(self._actions, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(self, sentence: str, role: str = "text", actions: tuple[tuple[str, str], ...] = ()) -> None:
        """Say a sentence with its actions, each a name and what its button says; an empty one hides the strip."""
        self._role = role
        self.words.setText(sentence)
        self._glyph.draw(_ICONS.get(role, "info"), role)
        self.setAccessibleName(sentence)
        self._offer(actions)
        self.setVisible(bool(sentence))
        self.update()

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self._make_room()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the actions under a sentence that they would leave too little room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() - self._actions.sizeHint().width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, a hairline and the bar of the role."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = f"{self._role}-quiet" if self._role in ("safety", "mark", "accent") else "surface"
        radius = self._look.px(8)
        painter.setPen(self._look.colour("line" if self._role == "text" else self._role))
        painter.setBrush(self._look.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _offer(self, actions: tuple[tuple[str, str], ...]) -> None:
        for button in self._buttons:
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(name, says) for name, says in actions]
        self._make_room()

    def _button(self, name: str, says: str) -> Button:
        button = Button(self._look, says, variant=Variant.BORDERED, size="small")
        button.clicked.connect(lambda: self.acted.emit(name))
        self._actions.addWidget(button)
        return button

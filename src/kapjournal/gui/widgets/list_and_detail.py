"""A list, and what is known of the chosen one beside it; under it where the window is narrow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.label import Card
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row

_BESIDE = 820  # px at 100 % that both need beside one another


class ListAndDetail(QWidget):
    """Two columns. Whoever restyles what is inside calls `restyle` after it: the margins follow the room."""

    def __init__(self, look: Look, listed: Card, beneath: QWidget, details: Iterable[QWidget]) -> None:
        super().__init__()
        self._look = look
        self.left = QWidget()
        left = Column(look, self.left, margins=(28, 16, 14, 24), spacing=12)
        left.addWidget(listed, 1)
        left.addWidget(beneath)
        inside = QWidget()
        right = Column(look, inside, margins=(14, 16, 28, 24), spacing=16)
        for part in details:
            right.addWidget(part)
        right.addStretch(1)
        self._halves = left, right
        self._across = Row(look, self)
        self._across.addWidget(Scrolled(self.left), 2)
        self._across.addWidget(Scrolled(inside), 4)

    def restyle(self, look: Look) -> None:
        """Take the distances of another text size."""
        self._look = look
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the detail under the list when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        px, beside = self._look.px, self.width() >= self._look.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._across.setStretch(0, 1)
        self._across.setStretch(1, 2 if beside else 1)
        middle = 14 if beside else 28
        self._halves[0].setContentsMargins(px(28), px(16), px(middle), px(24))
        self._halves[1].setContentsMargins(px(middle), px(16), px(28), px(24))

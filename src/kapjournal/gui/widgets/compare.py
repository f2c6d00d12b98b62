"""Two wordings side by side, thread by thread, with the words that differ marked: underlined, and struck where gone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from kapjournal.domain.intention import Stretch
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.label import Hairline, Text
from kapjournal.gui.widgets.spacing import Column, Row

_ROOM_FOR_BOTH = 560  # px at 100 %; narrower, the sides stand under one another


class Compare(QWidget):
    """Shows one comparison at a time."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[object, ...] = ()
        self._rows: list[Row] = []
        self.sides: list[QLabel] = []
        self._column = Column(look, self, spacing=10)
        self._body: QWidget | None = None

    def compare(
        self, before: str, after: str, rows: Sequence[tuple[str, tuple[Stretch, ...], tuple[Stretch, ...]]]
    ) -> None:
        """Set what was written at `before` beside what stands at `after`."""
        wanted = (before, after, tuple(rows))
        if wanted != self._shown:
            self._shown = wanted
            self._build(before, after, rows)

    def restyle(self, look: Look) -> None:
        """Draw in the colours and sizes of another look."""
        self._look = look
        if self._shown:
            before, after, rows = self._shown
            self._build(before, after, rows)  # type: ignore[arg-type]

    def _build(
        self, before: str, after: str, rows: Sequence[tuple[str, tuple[Stretch, ...], tuple[Stretch, ...]]]
    ) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._rows, self.sides = [], []
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=10)
        column.addLayout(self._beside(Text(before, step="small", strong=True), Text(after, step="small", strong=True)))
        for label, left, right in rows:
            column.addWidget(Hairline())
            column.addWidget(Text(label, step="small", role="text-quiet"))
            column.addLayout(
                self._beside(self._side(label, before, left, "gone"), self._side(label, after, right, "new"))
            )
        self._column.addWidget(self._body)
        self._make_room()

    def _beside(self, left: QLabel, right: QLabel) -> Row:
        row = Row(self._look, spacing=24)
        for side in (left, right):
            side.setWordWrap(True)
            row.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self._rows.append(row)
        return row

    def _side(self, label: str, title: str, stretches: Sequence[Stretch], how: str) -> QLabel:
        side = QLabel(self._html(stretches, how))
        side.setTextFormat(Qt.TextFormat.RichText)
        side.setProperty("step", "lead")
        side.setProperty("serif", True)
        side.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        changed = "; ".join(s.text.strip() for s in stretches if s.changed and s.text.strip())
        words = "".join(s.text for s in stretches) or "nothing"
        side.setAccessibleName(f"{title}, {label}: {words}" + (f". Only here: {changed}" if changed else ""))
        self.sides.append(side)
        return side

    def _html(self, stretches: Sequence[Stretch], how: str) -> str:
        look = self._look
        role, line = ("safety", "line-through") if how == "gone" else ("accent", "underline")
        style = f"color: {look.colour(role).name()}; text-decoration: {line}"
        parts = []
        for one in stretches:
            words = escape(one.text).replace("\n", "<br>")
            parts.append(f'<span style="{style}">{words}</span>' if one.changed and one.text.strip() else words)
        plain = look.colour("quote").name()
        return f'<span style="color: {plain}">{"".join(parts) or "—"}</span>'

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the sides under one another where they are narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        for row in self._rows:
            row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

"""A card of facts, each a field that is kept when it is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.spacing import Column, Row

_PAIRS = 560  # px at 100 % that two fields beside one another need


class Fact(NamedTuple):
    """A field: its name, its label, a hint, and rows where it takes several lines."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0


class FactsCard(Card):
    """A card of facts.

    Signals:
        typed: a key was pressed in the field of this name; the words.
        finished: the field was left, or Enter pressed in it.
    """

    typed = Signal(str, str)
    finished = Signal(str, str)

    def __init__(self, look: Look, title: str, facts: tuple[tuple[Fact, ...], ...]) -> None:
        super().__init__()
        self._look = look
        self.fields: dict[str, Labelled] = {}
        self._pairs: list[Row] = []
        self.column = Column(look, self, margins=(20, 18, 20, 20), spacing=12)
        self.head = Row(look, spacing=12)
        self.head.addWidget(Text(title, step="heading"))
        self.head.addStretch(1)
        self.column.addLayout(self.head)
        for line in facts:
            pair = Row(look, spacing=14)
            for fact in line:
                pair.addWidget(self._field(fact), 1)
            self._pairs.append(pair)
            self.column.addLayout(pair)
        self.column.addStretch(1)

    def fill(self, words: Mapping[str, str]) -> None:
        """Put these words into the fields; one that holds them already keeps its cursor."""
        for name, field in self.fields.items():
            widget, said = field.field, words.get(name, "")
            widget.blockSignals(True)
            if isinstance(widget, TextArea) and widget.toPlainText() != said:
                widget.setPlainText(said)
            elif isinstance(widget, LineField) and widget.text() != said:
                widget.setText(said)
                widget.setCursorPosition(len(said) if widget.hasFocus() else 0)  # a long one is read from its beginning
            widget.blockSignals(False)

    def tell(self, problems: Mapping[str, str]) -> None:
        """Say beside each field what does not fit."""
        for name, field in self.fields.items():
            field.tell(problems.get(name, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear when a field of several lines is left."""
        if event.type() is QEvent.Type.FocusOut and isinstance(watched, TextArea):
            self.finished.emit(watched.objectName(), watched.toPlainText())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set pairs under one another where the card is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= self._look.px(_PAIRS)
        directions = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def restyle(self, look: Look) -> None:
        """Fold by the new text size."""
        self._look = look

    def _field(self, fact: Fact) -> QWidget:
        field: LineField | TextArea
        if fact.rows:
            field = TextArea(self._look, rows=fact.rows)
            field.setObjectName(fact.name)
            field.textChanged.connect(lambda: self.typed.emit(fact.name, field.toPlainText()))
            field.installEventFilter(self)
        else:
            field = LineField(self._look)
            field.textEdited.connect(lambda words: self.typed.emit(fact.name, words))
            field.editingFinished.connect(lambda: self.finished.emit(fact.name, field.text()))
        self.fields[fact.name] = Labelled(self._look, fact.label, field, hint=fact.hint)
        return self.fields[fact.name]

"""A few words that wrap, in the styles of an entry: the pinned card's lines, sentences in strips."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kapjournal.gui.live.row_text import RowText, RowType
from kapjournal.gui.live.state import Span, Style
from kapjournal.gui.look import Look


class Passage(QWidget):
    """Wrapped text with the line heights of the design (which a label does not keep)."""

    def __init__(self, kind: RowType, spans: tuple[Span, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._spans = kind, spans
        self._set: dict[int, RowText] = {}
        self.setAccessibleName("".join(span.text for span in spans))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text_at(self, width: int) -> RowText:
        """The words wrapped to a width."""
        if width not in self._set:
            self._set = {width: RowText(self._spans, self._kind, width)}
        return self._set[width]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.text_at(width).height

    def sizeHint(self) -> QSize:
        return QSize(self._kind.look.px(120), self._kind.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._kind.look.px(60), self._kind.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        self.text_at(self.width()).paint(QPainter(self), QPointF(0, 0))


def quoted_bold(words: str) -> tuple[Span, ...]:
    """What stands in typographic quotation marks is the stop word: bold."""
    pieces = re.split(r"(“[^”]*”)", words)
    return tuple(Span(p, Style.BOLD if p.startswith("“") else Style.PLAIN) for p in pieces if p)


def words(look: Look, text: str, step: str, role: str, *, weight: int | None = None, wrap: bool = False) -> QLabel:
    """A label in a step of the type scale and the colour of a role, in plain text."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(look.font(step, weight=weight))
    label.setWordWrap(wrap)
    colour(label, look, role)
    return label


def colour(label: QWidget, look: Look, role: str) -> None:
    """Give a widget's words the colour of a role."""
    palette = label.palette()
    palette.setColor(label.foregroundRole(), look.colour(role))
    label.setPalette(palette)


def picture(look: Look, icon: str, role: str, size: int = 18) -> QLabel:
    """An icon beside words; it says nothing by itself, so a screen reader passes over it."""
    label = QLabel()
    label.setPixmap(look.pixmap(icon, role, size))
    label.setFixedSize(look.px(size), look.px(size))
    return label

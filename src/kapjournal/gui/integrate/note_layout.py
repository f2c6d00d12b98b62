"""Where the parts of a note in the list lie: measured once for a width, painted and clicked by the same measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.state import NoteRow
from kapjournal.gui.look import Look

UNDO = "undo"
_SAYS = {TagState.ACCEPTED: "Belongs", TagState.REJECTED: "Not this", TagState.HIDDEN: "Hide"}
NARROW = 430  # px at 100 %; below, the times stand over the words


class Press(NamedTuple):
    """A button of a note: what it does, what it says, and where."""

    does: str
    says: str
    area: QRectF
    bordered: bool = True
    icon: str = ""


class Laid(NamedTuple):
    """A note laid out to a width, from the top left of its row."""

    height: int
    left: float  # where the words begin
    top: float  # of the line with the kind
    words: QTextLayout
    words_at: QPointF
    beside: QTextLayout | None
    beside_at: QPointF
    reason: QTextLayout
    reason_at: QPointF
    presses: tuple[Press, ...]


class NoteType:
    """Fonts and lengths that all rows share, made once for a look."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.quote, self.body = look.font("quote", serif=True), look.font("body")
        self.small, self.strong = look.font("small"), look.font("small", weight=600)
        self.since, self.wall = look.font("body", weight=600), look.font("small")
        self.heading = look.font("body", weight=600)
        self.button = look.font("small", weight=600)

    def lay_out(self, row: NoteRow, width: int) -> Laid:
        """Everything of a note; headings are laid out by `heading_height`."""
        px = self.look.px
        narrow = width < px(NARROW)
        left, top = (0, px(40)) if narrow else (px(110), px(14))
        room = max(width - left - px(4), px(80))
        words = wrapped(row.words, self.quote if row.quote else self.body, room, self.line(row))
        y: float = top + px(28)
        words_at = QPointF(left, y)
        y += _height(words) + px(4 if row.beside else 6)
        beside = wrapped("\n".join(row.beside), self.body, room, self.look.line("body")) if row.beside else None
        beside_at = QPointF(left, y)
        y += _height(beside) + px(6) if beside else 0
        sizes = list(self._sizes(row))
        taken = sum(w for _, w in sizes) + px(8) * max(len(sizes) - 1, 0) + self._said_width(row)
        beneath = bool(sizes) and self._one_line(row.reason) > room - taken - px(16)
        reason = wrapped(
            row.reason, self.small, room if beneath or not sizes else room - taken - px(16), self.small_line
        )
        high = px(32) if sizes else 0
        reason_at = QPointF(left, y if beneath or not sizes else y + max((high - _height(reason)) / 2, 0))
        y += (_height(reason) + px(6)) if beneath else 0
        presses = tuple(self._presses(sizes, left + room, y)) if sizes else ()
        y += high if beneath else max(high, _height(reason))
        return Laid(round(y + px(14)), left, top, words, words_at, beside, beside_at, reason, reason_at, presses)

    def line(self, row: NoteRow) -> int:
        """Distance of the baselines of the words."""
        return self.look.line("quote" if row.quote else "body")

    @property
    def small_line(self) -> int:
        """The same of reasons."""
        return self.look.line("small")

    def heading_height(self, *, first: bool) -> int:
        """How tall the heading of a session is."""
        return self.look.px(36 if first else 52)

    def _one_line(self, words: str) -> float:
        return QFontMetricsF(self.small).horizontalAdvance(words)

    def _said_width(self, row: NoteRow) -> float:
        """Room for what was said, before its undoing."""
        said = row.said if row.may_say else ""
        return QFontMetricsF(self.button).horizontalAdvance(said) + self.look.px(34) if said else 0

    def _sizes(self, row: NoteRow) -> Iterator[tuple[Press, float]]:
        """The buttons of a note with their widths: what can be said, or the undoing of what was said."""
        if not row.may_say:
            return
        if row.said:
            yield self._sized(UNDO, "Undo", bordered=False)
            return
        for state, says in _SAYS.items():
            icon = "check" if state is TagState.ACCEPTED else ""
            yield self._sized(state, says, bordered=state is not TagState.HIDDEN, icon=icon)

    def _sized(self, does: str, says: str, *, bordered: bool, icon: str = "") -> tuple[Press, float]:
        px = self.look.px
        words = QFontMetricsF(self.button).horizontalAdvance(says)
        return Press(does, says, QRectF(), bordered, icon), words + px(26 if bordered else 12) + px(22 if icon else 0)

    def _presses(self, sizes: list[tuple[Press, float]], right: float, y: float) -> Iterator[Press]:
        px = self.look.px
        x = right - sum(width for _, width in sizes) - px(8) * (len(sizes) - 1)
        for press, width in sizes:
            yield press._replace(area=QRectF(x, y, width, px(32)))
            x += width + px(8)


def wrapped(words: str, font: QFont, width: float, line_height: int) -> QTextLayout:
    """Words wrapped to a width."""
    layout = QTextLayout(words.replace("\n", "\u2028"), font)
    layout.setCacheEnabled(True)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    metrics = QFontMetricsF(font)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, y + (line_height - metrics.height()) / 2))
        y += line_height
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    count = layout.lineCount()
    if not count or not layout.text():
        return 0.0
    if count == 1:
        return layout.lineAt(0).height() + 2 * layout.lineAt(0).y()
    return (layout.lineAt(1).y() - layout.lineAt(0).y()) * count


def units(text: str) -> int:
    """How many UTF-16 units Qt counts for the text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def spans(laid: QTextLayout, words: str, mark: tuple[int, int]) -> Iterator[tuple[float, float, float]]:
    """Where a mark runs, line by line: left, right and the baseline."""
    start, end = units(words[: mark[0]]), units(words[: mark[1]])
    for number in range(laid.lineCount()):
        line = laid.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
            yield min(left, right), max(left, right), line.y() + line.ascent()


def _x(found: object) -> float:
    """Qt gives the place together with the corrected position."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]

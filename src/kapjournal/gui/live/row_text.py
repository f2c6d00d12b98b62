"""Sets the content of an entry: spans of several styles, wrapped, with chips, measured and painted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from kapjournal.gui.live.state import Span, Style
from kapjournal.gui.live.type_sizes import QUOTE, sized
from kapjournal.gui.look import Look

NO_BREAK = "\u00a0"
CHIPS = frozenset({Style.THEME, Style.PART, Style.MISSING})


class RowType:
    """The fonts, colours and lengths that every row shares, made once for a look."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._body = QFontMetricsF(look.font("body"))
        self.line = look.line("body")
        self.quote_line = look.line("quote")
        self.chip_height = look.px(24)
        self.chip_pad = look.px(9)
        self.formats = {
            Style.PLAIN: self._format(look.font("body"), "text"),
            Style.QUOTE: self._format(sized(look, QUOTE, serif=True), "quote"),
            Style.BOLD: self._format(look.font("body", weight=700), "text"),
            Style.QUIET: self._format(look.font("body"), "text-quiet"),
            Style.STRUCK: self._format(look.font("body"), "text-quiet", struck=True),
            Style.THEME: self._format(look.font("small"), "theme-text"),
            Style.PART: self._format(look.font("small"), "part-text"),
            Style.MISSING: self._format(look.font("small"), "mark"),
        }
        self.edge = self._spaced(self.chip_pad)
        self.sign = {style: self._signed(style) for style in CHIPS}
        self.ground = {Style.THEME: look.colour("theme-bg"), Style.PART: look.colour("part-bg")}
        self.outline = look.colour("mark")

    def baseline(self, line_height: float) -> float:
        """How far below its top a line of that height has its letters stand."""
        return (line_height + self._body.ascent() - self._body.descent()) / 2

    def _format(self, font: QFont, role: str, *, struck: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(self.look.colour(role))
        made.setFontStrikeOut(struck)
        return made

    def _spaced(self, width: int) -> QTextCharFormat:
        """A no-break space of exactly `width`, so that a chip has its padding wherever it falls."""
        made = QTextCharFormat()
        font = self.look.font("small")
        font.setLetterSpacing(
            QFont.SpacingType.AbsoluteSpacing, width - QFontMetricsF(font).horizontalAdvance(NO_BREAK)
        )
        made.setFont(font)
        return made

    def _signed(self, style: Style) -> QTextCharFormat:
        """The # or @ of a chip stands a little apart from its name."""
        made = QTextCharFormat(self.formats[style])
        font = made.font()
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.look.px(1))
        made.setFont(font)
        return made


class RowText:
    """The content of one row, laid out to a width."""

    def __init__(self, spans: tuple[Span, ...], kind: RowType, width: float, *, one_line: bool = False) -> None:
        self._kind = kind
        self._most_lines = 1 if one_line else 10_000
        self._chips: list[tuple[int, int, Style]] = []
        self._has_quote = any(span.style is Style.QUOTE for span in spans)
        self._layout = QTextLayout()
        self._layout.setCacheEnabled(True)
        self._set(spans)
        self._wrap(max(width, 1.0))

    @cached_property
    def line_height(self) -> int:
        """Distance of the baselines: a little more where the client speaks."""
        return self._kind.quote_line if self._has_quote else self._kind.line

    @property
    def height(self) -> int:
        """Of all lines, without the row's own padding."""
        return max(self._layout.lineCount(), 1) * self.line_height

    @property
    def end(self) -> float:
        """Where the widest line ends."""
        lines = range(self._layout.lineCount())
        return max((self._layout.lineAt(i).naturalTextWidth() for i in lines), default=0.0)

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Grounds of the chips first, then the words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, style in self.chip_rects():
            self._paint_chip(painter, rect.translated(at), style)
        self._layout.draw(painter, at)

    def chip_rects(self) -> Iterator[tuple[QRectF, Style]]:
        """Where each chip lies, piece by piece if it had to break."""
        for start, end, style in self._chips:
            for i in range(self._layout.lineCount()):
                line = self._layout.lineAt(i)
                first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
                if first < last:
                    left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                    top = (i + 0.5) * self.line_height - self._kind.chip_height / 2 + 0.5
                    yield QRectF(min(left, right), top, abs(right - left), self._kind.chip_height), style

    def _paint_chip(self, painter: QPainter, rect: QRectF, style: Style) -> None:
        radius = rect.height() / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if style is Style.MISSING:
            pen = QPen(QColor(self._kind.outline), 1)
            pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._kind.ground[style])
        painter.drawRoundedRect(rect, radius, radius)

    def _set(self, spans: tuple[Span, ...]) -> None:
        text, formats, at = "", [], 0
        for words, form, chip in self._pieces(spans):
            length = _units(words)
            formats.append(_range(at, length, form))
            if chip is not None:
                self._chips.append((at, at + length, chip))
            text += words
            at += length
        self._chips = _joined(self._chips)
        self._layout.setText(text)
        self._layout.setFormats(formats)

    def _pieces(self, spans: tuple[Span, ...]) -> Iterator[tuple[str, QTextCharFormat, Style | None]]:
        kind = self._kind
        for number, span in enumerate(spans):
            words = span.text.replace("\n", "\u2028")
            if span.style not in CHIPS:
                yield words, kind.formats[span.style], None
                continue
            if number and not spans[number - 1].text.endswith(" "):
                yield " ", kind.formats[Style.PLAIN], None
            words = words.replace(" ", NO_BREAK)
            yield NO_BREAK, kind.edge, span.style
            signs = 1 if words[:1] in "#@" else 0
            yield words[:signs], kind.sign[span.style], span.style
            yield words[signs:], kind.formats[span.style], span.style
            yield NO_BREAK, kind.edge, span.style
            if number + 1 < len(spans) and spans[number + 1].style not in CHIPS and spans[number + 1].text[:1] != " ":
                yield " ", kind.formats[Style.PLAIN], None

    def _wrap(self, width: float) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        y = 0.0
        while self._layout.lineCount() < self._most_lines and (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            # Serif, sans and chips differ in height; the baselines must not.
            line.setPosition(QPointF(0, y + self._kind.baseline(self.line_height) - line.ascent()))
            y += self.line_height
        self._layout.endLayout()


def _x(found: object) -> float:
    """Qt gives the place together with the corrected position."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _units(text: str) -> int:
    """How many UTF-16 units Qt counts for the text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form
    return made


def _joined(pieces: list[tuple[int, int, Style]]) -> list[tuple[int, int, Style]]:
    """Neighbouring pieces of one chip as one stretch."""
    joined: list[tuple[int, int, Style]] = []
    for start, end, style in pieces:
        if joined and joined[-1][1] == start and joined[-1][2] is style:
            joined[-1] = (joined[-1][0], end, style)
        else:
            joined.append((start, end, style))
    return joined

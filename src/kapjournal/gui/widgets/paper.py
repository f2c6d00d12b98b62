"""One page of what the colleague will read, on paper; arrows and Page Up and Down go through it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from kapjournal.domain.document import Bar, Block, Page, Row
from kapjournal.domain.entry import Kind
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.label import Card, Glyph, Hairline, Text
from kapjournal.gui.widgets.spacing import Column
from kapjournal.gui.widgets.spacing import Row as Beside

_TIME, _DAY, _KIND = 50, 96, 140  # px at 100 %
_ROOM_FOR_BOTH = 420
_SERIF = frozenset({Kind.QUOTE, Kind.ACCOUNT})


_TURNS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}
_SCROLLS = {
    int(Qt.Key.Key_PageDown): 0.9,
    int(Qt.Key.Key_PageUp): -0.9,
    int(Qt.Key.Key_Space): 0.9,
    int(Qt.Key.Key_Down): 0.1,
    int(Qt.Key.Key_Up): -0.1,
}


class Paper(Card):
    """Shows one page; `turned` carries 1 or -1 when another is asked for by key."""

    turned = Signal(int)
    scrolled = Signal(float)  # by parts of what is in sight

    def __init__(self, look: Look) -> None:
        super().__init__("paper")
        self._look = look
        self._shown: tuple[object, ...] = ()
        self._body: QWidget | None = None
        self._column = Column(look, self, margins=(32, 26, 32, 22))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The page, nothing to show yet")

    def show_page(self, page: Page | None, number: int, of: int, notices: Sequence[str]) -> None:
        """Show a page; nothing is built anew for the one that stands."""
        if (page, number, of, tuple(notices)) == self._shown:
            return
        self._shown = (page, number, of, tuple(notices))
        self._build()

    def restyle(self, look: Look) -> None:
        """Draw in the sizes of another look."""
        self._look = look
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right turn the page; Up, Down, Page Up and Page Down go through it."""
        key = int(event.key())
        if key in _TURNS and not event.modifiers():
            self.turned.emit(_TURNS[key])
        elif key in _SCROLLS:
            self.scrolled.emit(_SCROLLS[key])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right for the pages, ahead of any shortcut."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return super().event(event)
        if int(event.key()) in _TURNS and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        if not self._shown or self._shown[0] is None:
            return
        page, number, of, notices = self._shown
        assert isinstance(page, Page)
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=10)
        self._head(column, page)
        for block in page.blocks:
            column.addWidget(_BlockSheet(self._look, block))
        for row in page.rows:
            column.addWidget(RowSheet(self._look, row))
        column.addStretch(1)
        self._foot(column, page, f"{number} / {of}", notices if number == 1 else ())
        self._column.addWidget(self._body)
        self._body.show()
        self.setAccessibleName(f"Page {number} of {of}. {_spoken(page)}")

    def _head(self, column: Column, page: Page) -> None:
        title = Text(page.title, step="screen", serif=True, wrap=True)
        column.addWidget(title)
        if page.subtitle:
            column.addWidget(Text(page.subtitle, step="small", role="text-quiet", wrap=True))
        column.addWidget(Hairline())

    def _foot(self, column: Column, page: Page, number: str, notices: object) -> None:
        column.addWidget(Hairline())
        said = [*(notices if isinstance(notices, tuple) else ()), *page.closing]
        row = Beside(self._look, spacing=16)
        words = Text("\n".join(dict.fromkeys(said)), step="small", role="text-quiet", wrap=True)
        row.addWidget(words, 1)
        row.addWidget(Text(number, step="small", role="text-quiet"), 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)


def _spoken(page: Page) -> str:
    rows = (f"{row.since or row.wall}, {row.label}: {row.text}" for row in page.rows)
    blocks = (f"{block.heading}: {' '.join(block.lines)}" for block in page.blocks)
    return ". ".join((page.title, page.subtitle, *blocks, *rows))


class RowSheet(QWidget):
    """One entry as it will be read."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__()
        self._look = look
        told, top = KIND_TOLD[row.kind], Qt.AlignmentFlag.AlignTop
        self._line = Beside(look, self, spacing=8)
        self._head = QWidget()
        head = Beside(look, self._head, spacing=8)
        time = Text(row.since or row.wall, step="body" if row.since else "small", strong=bool(row.since), wrap=True)
        time.setFixedWidth(look.px(_DAY if "," in row.wall and not row.since else _TIME))
        head.addWidget(time, 0, top)
        head.addWidget(Glyph(look, told.icon, told.role, 17, "body"), 0, top)
        head.addWidget(Text(row.label, step="small", role=told.role, strong=True, wrap=True), 1, top)
        self._line.addWidget(self._head, 0, top)
        self._wide = time.width() + look.px(_KIND)
        words = QWidget()
        column = Column(look, words, spacing=2)
        for text in self._texts(row):
            column.addWidget(text)
        self._line.addWidget(words, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the words under time and kind where the page is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._head.setFixedWidth(self._wide if beside else max(self.width(), 1))

    def _texts(self, row: Row) -> list[Text]:
        serif = row.kind in _SERIF
        role = "text-quiet" if row.retracted else "quote" if serif else "text"
        said = [Text(row.text or row.details, step="quote" if serif else "body", role=role, serif=serif, wrap=True)]
        if row.retracted:
            font = said[0].font()
            font.setStrikeOut(True)
            said[0].setFont(font)
        quiet = [row.details] if row.text and row.details else []
        quiet += [*row.notes, ", ".join(row.flags)]
        said += [Text(line, step="small", role="text-quiet", wrap=True) for line in quiet if line]
        return said


class _BlockSheet(QWidget):
    """A heading with its lines, or with bars."""

    def __init__(self, look: Look, block: Block) -> None:
        super().__init__()
        column = Column(look, self, spacing=2)
        column.addWidget(Text(block.heading, step="small", strong=True, role="text-quiet"))
        for line in block.lines:
            column.addWidget(Text(line, wrap=True))
        for bar in block.bars:
            column.addWidget(_BarLine(look, bar))


class _BarLine(QWidget):
    """One measurement, its number and its length."""

    def __init__(self, look: Look, bar: Bar) -> None:
        super().__init__()
        self._bar = bar
        self.setAccessibleName(f"{bar.label}: {bar.value}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._look.px(240), self._look.line("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw label, bar and number."""
        look, painter = self._look, QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text"))
        metrics = QFontMetrics(look.font("small"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        label = max(look.px(160), metrics.horizontalAdvance(self._bar.label) + look.px(12))
        number = metrics.horizontalAdvance("0000")
        painter.drawText(self.rect(), middle, self._bar.label)
        painter.drawText(QRectF(label, 0, number, self.height()), middle, self._bar.value)
        left = label + number + look.px(8)
        long = max(self.width() - left, 0) * self._bar.share
        painter.fillRect(QRectF(left, self.height() / 2 - look.px(4), max(long, 1), look.px(8)), look.colour("accent"))

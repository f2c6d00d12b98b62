"""Counts over columns, painted: a row a name, a cell a column, each printing its count; and the same as a table.

Where the columns are more than fit beside one another, the rows go on below with the next columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.numbers_table import NumbersTable, turns
from kapjournal.gui.widgets.page import Scrolled

_LEAST, _WIDEST, _HIGH, _GAP = 38, 68, 30, 3  # px at 100 %: of a cell, and between cells
_NAMES = 0.34  # of the width at most
_STEPS = ((6, "heat-many"), (3, "heat-some"), (1, "heat-few"))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class HeatColumn(NamedTuple):
    """A column; `title` says it in full, `strong` ones stand out."""

    label: str
    title: str
    strong: bool = False


class HeatRow(NamedTuple):
    """A row with one count a column."""

    key: str
    name: str
    counts: tuple[int, ...]


class Cell(NamedTuple):
    """A row and a column, by their places."""

    row: int
    column: int


class _Plan(NamedTuple):
    """Where everything lies at a width."""

    names: int
    cell: int
    per_block: int
    tops: tuple[int, ...]  # of the rows, below the head of their block
    heights: tuple[int, ...]
    head: int
    block: int  # height of one block


class HeatStrip(QWidget):
    """Arrows walk over the cells: `chosen` as one moves, `taken` on Enter or a double click; Alt+Enter is the table."""

    chosen = Signal(str, int)
    taken = Signal(str, int)

    def __init__(self, look: Look, name: str, *, eager: bool = True) -> None:
        """`eager`: the first cell that counts something is chosen as soon as the keyboard is there."""
        super().__init__()
        self._look, self._name, self._eager = look, name, eager
        self.columns: tuple[HeatColumn, ...] = ()
        self.rows: tuple[HeatRow, ...] = ()
        self.at: Cell | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)  # the chosen cell has the ring
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.table = NumbersTable(look, self, name)
        self._say()

    def show_heat(self, columns: Sequence[HeatColumn], rows: Sequence[HeatRow]) -> None:
        """Show these counts; the cell that was chosen stays so where it is still there."""
        key = self.rows[self.at.row].key if self.at else ""
        self.columns, self.rows = tuple(columns), tuple(rows)
        row = next((n for n, one in enumerate(self.rows) if one.key == key), None)
        there = self.at is not None and row is not None and self.at.column < len(self.columns)
        self.at = Cell(row, self.at.column) if there and self.at is not None and row is not None else None
        heads = ["", *(column.label for column in self.columns)]
        self.table.fill(heads, [(row.name, *(str(count) for count in row.counts)) for row in self.rows])
        self._say()
        self.updateGeometry()
        self.update()

    def let_go(self) -> None:
        """Choose no cell; another strip has the chosen one."""
        self.at = None
        self._say()
        self.update()

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = look
        self.table.dress(look)
        self.updateGeometry()
        self.update()

    # --- sizes ---------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Names wrap, and columns go on below."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its rows."""
        plan = self._plan(width)
        blocks = -(-len(self.columns) // plan.per_block) if self.columns else 0
        return max(blocks * plan.block, self._look.px(20))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        width = max(self.width(), self._look.px(280))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never cut from below."""
        width = max(self.width(), self._look.px(220))
        return QSize(self._look.px(220), self.heightForWidth(width))

    def _plan(self, width: int) -> _Plan:
        look = self._look
        metrics, line = QFontMetrics(look.font("body")), look.line("body")
        widest = max((metrics.horizontalAdvance(row.name) for row in self.rows), default=0) + look.px(16)
        names = min(widest, round(width * _NAMES))
        room = max(width - names, look.px(_LEAST))
        per_block = max(min(len(self.columns), room // look.px(_LEAST)), 1)
        cell = min(room // per_block, look.px(_WIDEST))
        heights = []
        for row in self.rows:
            area = QRect(0, 0, max(names - look.px(8), 1), 10_000)
            wrapped = metrics.boundingRect(area, _LEFT, row.name).height()
            heights.append(max(wrapped if wrapped > line else 0, look.px(_HIGH)) + look.px(_GAP))
        head = look.line("small") + look.px(6)
        tops = tuple(head + sum(heights[:n]) for n in range(len(heights)))
        return _Plan(names, cell, per_block, tops, tuple(heights), head, head + sum(heights) + look.px(8))

    def _area(self, plan: _Plan, at: Cell) -> QRectF:
        block, column = divmod(at.column, plan.per_block)
        gap = self._look.px(_GAP)
        x, y = plan.names + column * plan.cell, block * plan.block + plan.tops[at.row]
        return QRectF(x, y, plan.cell - gap, plan.heights[at.row] - gap)

    # --- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, heads and cells."""
        painter, plan = QPainter(self), self._plan(self.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and (self.as_table or self.at is None):
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        if self.as_table:
            return
        for first in range(0, len(self.columns), plan.per_block):
            self._paint_names(painter, plan, first // plan.per_block * plan.block)
        for number, column in enumerate(self.columns):
            self._paint_head(painter, plan, number, column)
            for row in range(len(self.rows)):
                self._paint_cell(painter, plan, Cell(row, number))

    def _paint_names(self, painter: QPainter, plan: _Plan, top: int) -> None:
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("text"))
        for row, y, height in zip(self.rows, plan.tops, plan.heights, strict=True):
            area = QRectF(0, top + y, plan.names - self._look.px(8), height - self._look.px(_GAP))
            painter.drawText(area, _LEFT, row.name)

    def _paint_head(self, painter: QPainter, plan: _Plan, number: int, column: HeatColumn) -> None:
        block, place = divmod(number, plan.per_block)
        area = QRectF(plan.names + place * plan.cell, block * plan.block, plan.cell - self._look.px(_GAP), plan.head)
        painter.setFont(self._look.font("small", weight=600 if column.strong else 400))
        painter.setPen(self._look.colour("text" if column.strong else "text-quiet"))
        shown = painter.fontMetrics().elidedText(column.label, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_cell(self, painter: QPainter, plan: _Plan, at: Cell) -> None:
        look, area, count = self._look, self._area(plan, at), self.rows[at.row].counts[at.column]
        role = next((role for least, role in _STEPS if count >= least), "raised")
        painter.setPen(QPen(look.colour("line"), 1) if not count else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(role))
        radius = look.px(4)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if count:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(count))
        if at == self.at:
            painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)

    # --- keys and mouse ------------------------------------------------------------------------------------

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return not self.table.isHidden()

    def turn(self) -> None:
        """Picture to table and back."""
        self.table.setVisible(not self.as_table)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Home and End go to the ends of a row, Enter takes, Alt+Enter turns."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -9999),
            Qt.Key.Key_End: (0, 9999),
        }
        if turns(event):
            self.turn()
        elif self.as_table:
            if not self.table.scroll_by(event):
                super().keyPressEvent(event)
        elif event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(*steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            self.taken.emit(self.rows[self.at.row].key, self.at.column)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The arrows start somewhere."""
        super().focusInEvent(event)
        if self._eager and self.at is None and self.rows and self.columns:
            counts = self.rows[0].counts
            self._choose(Cell(0, next((n for n, count in enumerate(counts) if count), 0)))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The chosen cell loses its ring."""
        super().focusOutEvent(event)
        self.update()

    def in_sight(self) -> QRect:
        """The chosen cell, which a page keeps in sight."""
        if self.at is None or self.as_table:
            return self.rect().adjusted(0, 0, 0, self._look.px(_HIGH) - self.height())
        return self._area(self._plan(self.width()), self.at).toRect()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key is the other way to the table."""
        self.turn()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the pointer."""
        at = self._under(event.position())
        if at is not None:
            self._choose(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        at = self._under(event.position())
        if at is not None:
            self.taken.emit(self.rows[at.row].key, at.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table takes the whole place; another width needs another height."""
        super().resizeEvent(event)
        self.table.setGeometry(self.rect())
        self.updateGeometry()

    def _under(self, place: QPointF) -> Cell | None:
        plan = self._plan(self.width())
        cells = (Cell(row, column) for row in range(len(self.rows)) for column in range(len(self.columns)))
        return next((at for at in cells if self._area(plan, at).contains(place)), None)

    def _step(self, down: int, across: int) -> None:
        if not self.rows or not self.columns:
            return
        here = self.at or Cell(0, -1 if across > 0 else 0)
        row = min(max(here.row + (down if self.at else 0), 0), len(self.rows) - 1)
        self._choose(Cell(row, min(max(here.column + across, 0), len(self.columns) - 1)))

    def _choose(self, at: Cell) -> None:
        self.at = at
        self._say()
        self.update()
        self.chosen.emit(self.rows[at.row].key, at.column)
        page = self.parentWidget()
        while page is not None and not isinstance(page, Scrolled):
            page = page.parentWidget()
        if page is not None:
            page.bring(self, self.in_sight())

    def _say(self) -> None:
        """The chosen cell, as a screen reader says it."""
        if self.at is None:
            said = "arrow keys choose a cell" if self.rows else "nothing yet"
        else:
            row, column = self.rows[self.at.row], self.columns[self.at.column]
            count = row.counts[self.at.column]
            said = f"{row.name}, {column.title}, {count or 'no'} {'note' if count == 1 else 'notes'}"
        self.setAccessibleName(f"{self._name}: {said}")
        self.setAccessibleDescription("Enter goes to the notes, Alt Enter shows a table." if self.rows else "")

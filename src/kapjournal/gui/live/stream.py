"""The stream of entries: newest at the bottom, still wherever the reader has scrolled it.

A table of one column rather than a list: a table keeps the height of every row, so an appended entry costs one
measurement and not five thousand. Rows out of sight are measured in idle moments, from the newest upwards, and what
the reader is looking at stays where it is meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QPushButton, QTableView, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.row_actions import RowActions
from kapjournal.gui.live.row_delegate import RowDelegate
from kapjournal.gui.live.row_model import RowModel
from kapjournal.gui.live.state import Row
from kapjournal.gui.look import Look

IDLE_ROWS = 40  # measured in one idle moment: a few milliseconds, so that a key press never waits
BEYOND = 10  # rows measured beyond those in sight


class Stream(QTableView):
    """Shows rows; Enter opens one, the menu key offers what can be done with it."""

    acted = Signal(str)

    def __init__(self, look: Look, on: Doings, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._on = on
        self._model = RowModel()
        self._delegate = RowDelegate(look, self)
        self._known_from = 0  # rows from here on have their true heights
        self._width = 0
        self._following = True
        self._settling = False
        self._newer = 0
        self._empty = ""
        self._actions: RowActions | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._measure_some)
        self.foot = self._make_foot()
        self._dress()

    def _dress(self) -> None:
        look = self._look
        self.setAccessibleName("Entries of this session")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTableView { background: transparent; border: none; }")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, look.colour("window"))
        self.setPalette(palette)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(look.px(42))
        self.verticalScrollBar().setSingleStep(look.px(42))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _make_foot(self) -> QPushButton:
        foot = QPushButton(self)
        foot.setProperty("variant", "plain")
        foot.setFont(self._look.font("small"))
        foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window, line = self._look.colour("window").name(), self._look.colour("line").name()
        quiet = self._look.colour("text-quiet").name()
        foot.setStyleSheet(
            f"QPushButton {{ background: {window}; color: {quiet}; border: none; border-top: 1px solid {line}; }}"
        )
        foot.clicked.connect(self.to_newest)
        foot.hide()
        return foot

    # What is shown

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    @property
    def row_model(self) -> RowModel:
        return self._model

    def show_rows(self, rows: tuple[Row, ...], empty: str) -> None:
        """Show these rows; the cost is that of the difference."""
        self._show_empty(empty)
        if rows is self._model.rows:
            return
        before = len(self._model.rows)
        self.setProperty("ownFocus", bool(rows))
        self._show_since(any(row.since is not None for row in reversed(rows)))
        with self._settling_rows():
            different = self._model.show_rows(rows)
            self._measure_different(different, before)
        self._newer = 0 if self._following else self._newer + max(len(rows) - before, 0)
        self._settle()

    def _measure_different(self, different: range, before: int) -> None:
        count = len(self._model.rows)
        if not before:
            self._known_from = count
        elif different.start < self._known_from:
            self._known_from = max(self._known_from + count - before, different.stop)
        self._measure(range(max(different.start, self._known_from), different.stop))
        self._measure_in_sight()

    def _show_empty(self, empty: str) -> None:
        if empty != self._empty:
            self._empty = empty
            self.setAccessibleDescription(empty)
            self.viewport().update()

    def _show_since(self, shown: bool) -> None:
        if shown != self._delegate.show_since:
            self._delegate.show_since = shown
            self._remeasure()

    def set_narrow(self, narrow: bool) -> None:
        """Content below the heading instead of beside it, for large text."""
        if narrow != self._delegate.narrow:
            self._delegate.narrow = narrow
            self._remeasure()

    # Heights

    def _measure(self, numbers: range) -> None:
        header, delegate, width = self.verticalHeader(), self._delegate, self._width
        header.blockSignals(True)
        for number in numbers:
            height = delegate.row_height(self._model.rows[number], width)
            if header.sectionSize(number) != height:
                header.resizeSection(number, height)
        header.blockSignals(False)

    def _measure_in_sight(self) -> None:
        """The newest rows that fill the window, and a few more."""
        count = len(self._model.rows)
        if not self._width:
            return
        fit = self.height() // max(self.verticalHeader().defaultSectionSize(), 1) + BEYOND
        self._measure_from(max(count - fit, 0))
        if self._known_from:
            self._idle.start()

    def _measure_from(self, first: int) -> None:
        if first < self._known_from:
            self._measure(range(first, self._known_from))
            self._known_from = first

    def _measure_some(self) -> None:
        with self._settling_rows():
            self._measure_from(max(self._known_from - IDLE_ROWS, 0))
        if not self._known_from:
            self._idle.stop()

    def _remeasure(self) -> None:
        self._delegate.forget_layouts()
        with self._settling_rows():
            self._known_from = len(self._model.rows)
            self._measure_in_sight()
        self._settle()

    @contextmanager
    def _settling_rows(self) -> Iterator[None]:
        """While heights change, keep the row at the top of the window where it is."""
        self._settling = True
        bar, header = self.verticalScrollBar(), self.verticalHeader()
        row = header.visualIndexAt(bar.value()) if self._model.rows else -1
        into = bar.value() - header.sectionPosition(row) if row >= 0 else 0
        yield
        self.updateGeometries()
        if self._following:
            bar.setValue(bar.maximum())
        elif 0 <= row < header.count():
            bar.setValue(header.sectionPosition(row) + into)
        self._settling = False
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the words anew; a new height keeps the newest in sight."""
        super().resizeEvent(event)
        self._place_foot()
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self._remeasure()
        else:
            self._settle()

    def _settle(self) -> None:
        """Few rows stand at the bottom, next to the field; the newest stays in sight if it was."""
        self._settling = True
        length = self.verticalHeader().length()
        self.setViewportMargins(0, max(self.height() - length, 0), 0, 0)
        self.updateGeometries()
        if self._following:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._settling = False
        self._show_foot()
        self._place_actions()
        self.viewport().update()

    # Where the reader is

    @property
    def following(self) -> bool:
        """The newest row is in sight and stays so."""
        return self._following

    def to_newest(self) -> None:
        """Back to the bottom."""
        self._following, self._newer = True, 0
        self._settle()

    def page(self, direction: int) -> None:
        """A window up or down, from the keys of the capture field."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + direction * max(bar.pageStep() - self._look.px(42), 1))

    def _scrolled(self, value: int) -> None:
        if self._settling:
            return
        self._following = value >= self.verticalScrollBar().maximum() - 1
        if self._following:
            self._newer = 0
        if (top := self.rowAt(0)) >= 0 and top - BEYOND < self._known_from:
            with self._settling_rows():
                self._measure_from(max(top - BEYOND, 0))
        self._show_foot()
        self._place_actions()

    def _show_foot(self) -> None:
        away = not self._following
        if away:
            self.foot.setText(f"{self._newer} newer, End to return" if self._newer else "End to return to the newest")
        self.foot.setVisible(away)

    def _place_foot(self) -> None:
        height = self._look.px(30)
        self.foot.setGeometry(0, self.height() - height, self.width(), height)

    # An opened row

    @property
    def opened(self) -> str | None:
        """The id of the row whose details are shown."""
        return self._delegate.opened

    def open_row(self, number: int) -> None:
        """Show the details of a row and what can be done with it; again closes it."""
        row = self._model.rows[number]
        if row.id == self._delegate.opened:
            self.close_row()
            return
        self.close_row()
        self._delegate.opened = row.id
        self._actions = RowActions(self._look, self._act, self._leave_actions, self.viewport())
        self._resize_row(number)
        self._actions.show()
        self._on.row_opened(row.id)
        self.scrollTo(self._model.index(number))
        self._place_actions()

    def close_row(self) -> None:
        """Fold the opened row, if there is one."""
        number = self._opened_number()
        self._delegate.opened = None
        if self._actions is not None:
            self._actions.hide()
            self._actions.deleteLater()
            self._actions = None
        if number is not None:
            self._resize_row(number)

    def _resize_row(self, number: int) -> None:
        with self._settling_rows():
            self._measure(range(number, number + 1))
        self._settle()

    def _opened_number(self) -> int | None:
        wanted = self._delegate.opened
        if wanted is None:
            return None
        return next((i for i, row in enumerate(self._model.rows) if row.id == wanted), None)

    def _act(self, name: str) -> None:
        if self._delegate.opened is not None:
            self._on.row_action(self._delegate.opened, name)
            self.acted.emit(name)

    def _leave_actions(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close_row()

    def _place_actions(self) -> None:
        number = self._opened_number()
        if self._actions is None or number is None:
            return
        rect = self.visualRect(self._model.index(number))
        left, height = self._delegate.content_left(), self._delegate.actions_height
        bottom = rect.bottom() - self._look.px(2)
        self._actions.setGeometry(QRect(left, bottom - height, rect.width() - left, height))

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens, End returns; letters are for the capture field and go up to the view."""
        current = self.currentIndex().row()
        last = len(self._model.rows) - 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if current >= 0:
                self.open_row(current)
            case Qt.Key.Key_Escape if self._delegate.opened is not None:
                self.close_row()
            case Qt.Key.Key_Home if last >= 0:
                self.setCurrentIndex(self._model.index(0))
            case Qt.Key.Key_End:
                if last >= 0:
                    self.setCurrentIndex(self._model.index(last))
                self.to_newest()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                super().keyPressEvent(event)
            case _:
                event.ignore()

    def focusInEvent(self, event: object) -> None:
        """Begin at the newest row."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self._model.rows:
            self.setCurrentIndex(self._model.index(len(self._model.rows) - 1))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The actions of the row, opened under it, with the focus on the first."""
        keyed = event.reason() is QContextMenuEvent.Reason.Keyboard
        number = self.currentIndex().row() if keyed else self.rowAt(event.pos().y())
        if number < 0:
            return
        if self._model.rows[number].id != self._delegate.opened:
            self.open_row(number)
        if self._actions is not None:
            self._actions.take_focus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row under the pointer."""
        number = self.rowAt(event.position().toPoint().y())
        if number >= 0:
            self.open_row(number)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Measured first, so that a row lands where it will stay."""
        with self._settling_rows():
            self._measure_from(max(min(index.row() - BEYOND, len(self._model.rows)), 0))
        super().scrollTo(index, hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the sentence in their place."""
        super().paintEvent(event)
        if not self._model.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(self._look.font("body"))
            painter.setPen(self._look.colour("text-quiet"))
            side, foot = self._look.px(20), self._look.px(24)
            room = self.viewport().rect().adjusted(side, foot, -side, -foot)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap), self._empty)

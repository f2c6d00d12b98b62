"""The notes that came back: as many as there are, measured as they come in sight, so that thousands stay quick.

A table of one column, since a table keeps the height of every row. Rows are measured from the top down: what lies above
the reader is always measured, so nothing moves while the rest is measured in idle moments.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.note_model import NoteModel
from kapjournal.gui.integrate.note_painter import NotePainter
from kapjournal.gui.integrate.state import NoteRow
from kapjournal.gui.look import Look

IDLE_ROWS = 40  # measured in one idle moment
_SAYS = {Qt.Key.Key_B: TagState.ACCEPTED, Qt.Key.Key_N: TagState.REJECTED, Qt.Key.Key_H: TagState.HIDDEN}


class NoteList(QTableView):
    """Shows rows.

    Signals:
        said: a note by its id, and Belongs, Not this or Hide, or `undo`.
        opened, quoted, sought: a note by its id; open it, put it into the text, tag it with any label.
        tagged: a note by its id, and the digit that was pressed.
        left: Left was pressed, which folds the list that can be folded.
    """

    said = Signal(str, str)
    opened = Signal(str)
    quoted = Signal(str)
    sought = Signal(str)
    tagged = Signal(str, int)
    left = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._model = NoteModel()
        self._painter = NotePainter(look, self)
        self._known = 0  # rows from the top that have their true heights
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(lambda: self._measure_to(self._known + IDLE_ROWS))
        self.setAccessibleName(name)
        self._dress()

    def _dress(self) -> None:
        self.setProperty("ownFocus", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTableView { background: transparent; border: none; }")
        self.viewport().setMouseTracking(True)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setMinimumSectionSize(1)
        self._take_sizes()

    def _take_sizes(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._look.colour("window"))
        self.setPalette(palette)
        self.verticalHeader().setDefaultSectionSize(self._look.px(118))
        self.verticalScrollBar().setSingleStep(self._look.px(40))

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[NoteRow, ...]:
        """The rows that are shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[NoteRow, ...], chosen: str = "") -> None:
        """Show these rows; the chosen one stays chosen, `chosen` is where to begin otherwise."""
        if rows is self._model.rows:
            return
        here = self.current
        different = self._model.take(rows)
        if different is not None:
            self._measure(range(different.start, min(different.stop, self._known)))
            self.viewport().update()
            return
        self._known = 0
        self._measure_in_sight()
        place = self._place(here or chosen)
        self.scrollToTop()
        if place >= 0:
            self.setCurrentIndex(self._model.index(place))
        elif self.hasFocus():
            self._to_first()

    def _place(self, entry: str) -> int:
        return next((n for n, row in enumerate(self.rows) if row.id and row.id == entry), -1)

    @property
    def current(self) -> str:
        """The id of the chosen note."""
        row = self.currentIndex().row()
        return self.rows[row].id if 0 <= row < len(self.rows) else ""

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self._painter.restyle(look)
        self._take_sizes()
        self._remeasure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._remeasure()
        else:
            self._measure_in_sight()

    # --- heights ---------------------------------------------------------------------------------------------------

    def _measure(self, numbers: range) -> None:
        header, width = self.verticalHeader(), self.viewport().width()
        header.blockSignals(True)
        for number in numbers:
            height = self._painter.height_of(self.rows[number], width, first=number == 0)
            if header.sectionSize(number) != height:
                header.resizeSection(number, height)
        header.blockSignals(False)
        self.updateGeometries()

    def _measure_to(self, end: int) -> None:
        end = min(end, len(self.rows))
        if end > self._known:
            self._measure(range(self._known, end))
            self._known = end
        if self._known == len(self.rows):
            self._idle.stop()

    def _measure_in_sight(self) -> None:
        bar, header = self.verticalScrollBar(), self.verticalHeader()
        wanted = bar.value() + self.viewport().height() + self._look.px(200)
        while self._known < len(self.rows) and header.sectionPosition(self._known) < wanted:
            self._measure_to(self._known + 10)
        if self._known < len(self.rows):
            self._idle.start()

    def _remeasure(self) -> None:
        top = self.rowAt(0)
        self._known = 0
        self._measure_to(max(top, 0))
        self._measure_in_sight()
        if top > 0:
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(top))

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Measured first, so that a row lands where it will stay; with a first note its heading is in sight too."""
        self._measure_to(index.row() + 10)
        if index.row() > 0 and not self.rows[index.row() - 1].id:
            super().scrollTo(self._model.index(index.row() - 1), hint)
        super().scrollTo(index, hint)

    # --- keys and pointer ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from note to note; letters say, digits and # tag, Enter opens, Ctrl+Enter quotes."""
        entry, key = self.current, Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(key)
        elif entry and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened if plain else self.quoted).emit(entry)
        elif entry and event.text() == "#":
            self.sought.emit(entry)
        elif entry and plain and key in _SAYS:
            self.said.emit(entry, _SAYS[key])
        elif entry and plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.tagged.emit(entry, int(key) - int(Qt.Key.Key_0))
        elif key == Qt.Key.Key_Left:
            self.left.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _walk(self, key: Qt.Key) -> None:
        notes = [n for n, row in enumerate(self.rows) if row.id]
        if not notes:
            return
        here = self.currentIndex().row()
        match key:
            case Qt.Key.Key_Up:
                there = max((n for n in notes if n < here), default=notes[0])
            case Qt.Key.Key_Down:
                there = min((n for n in notes if n > here), default=notes[-1])
            case Qt.Key.Key_Home:
                there = notes[0]
            case _:
                there = notes[-1]
        self.setCurrentIndex(self._model.index(there))

    def _to_first(self) -> None:
        self._walk(Qt.Key.Key_Home)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first note."""
        if not self.current:
            self._to_first()
        super().focusInEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the button under the pointer."""
        super().mouseReleaseEvent(event)
        entry, does = self._under(event.position())
        if does and event.button() == Qt.MouseButton.LeftButton:
            self.said.emit(entry, does)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be pressed."""
        super().mouseMoveEvent(event)
        _, does = self._under(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if does else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the note under the pointer."""
        entry, does = self._under(event.position())
        if entry and not does:
            self.opened.emit(entry)

    def _under(self, point: QPointF) -> tuple[str, str]:
        """The note at a point, and what the button there does."""
        number = self.rowAt(round(point.y()))
        if number < 0:
            return "", ""
        area = self.visualRect(self._model.index(number))
        row = self.rows[number]
        return row.id, self._painter.press_at(row, area.width(), point - QPointF(area.topLeft()))

    def viewportEvent(self, event: QEvent) -> bool:
        """After scrolling, what came in sight has its true height."""
        if event.type() == QEvent.Type.Paint:
            self._measure_in_sight()
        return super().viewportEvent(event)

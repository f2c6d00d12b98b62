"""The session as a picture along time, or as a table with the same (Alt+Enter); every mark can be reached by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.review.geometry import Geometry
from kapjournal.gui.review.painting import Painting
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import Picture
from kapjournal.gui.widgets.plain_table import PlainTable

_KEYS = "Left and Right go from entry to entry, Up and Down from lane to lane, plus and minus closer and wider."
_DRAGGED_PX = 4
_TICK = 120.0  # of a mouse wheel


class Timeline(QWidget):
    """Says what is done with it to the presenter it is bound to."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = Picture()
        self._presenter: ReviewPresenter | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)  # the ring of the chosen mark says it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(1)
        self.table = PlainTable(look, "The session as a table", parent=self)
        self.table.hide()
        self._name()

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is done with it to the presenter."""
        self._presenter = presenter

    def show_picture(self, picture: Picture) -> None:
        """Show this picture, and the same as a table."""
        if picture == self._picture:
            return
        other_marks = picture.tracks != self._picture.tracks
        self._picture = picture
        if other_marks:
            self._fill_table()
            self.updateGeometry()
        self._name()
        self.update()

    def restyle(self, look: Look) -> None:
        """Take the colours and sizes of another look."""
        self._look = look
        self.table.restyle(look)
        self.updateGeometry()
        self.update()

    @property
    def geometry_shown(self) -> Geometry:
        """Where everything lies now."""
        return Geometry(self._look, self._picture, self.width(), self.height())

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return not self.table.isHidden()

    def turn(self) -> None:
        """Picture to table and back."""
        self.table.setVisible(not self.as_table)
        self.table.setGeometry(self.rect())
        self._fill_table()
        self.update()

    def sizeHint(self) -> QSize:
        """The least; the layout gives what is left, and the lanes take as much of it as they like."""
        return QSize(self._look.px(600), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as all lanes can do with."""
        return QSize(self._look.px(240), max(Geometry.least(self._look, self._picture), self._look.px(120)))

    def _name(self) -> None:
        mark = self._picture.mark
        many = sum(len(track.marks) for track in self._picture.tracks)
        said = mark.spoken if mark is not None else "nothing is written yet"
        self.setAccessibleName(f"{many} entries along time: {said}")
        self.setAccessibleDescription(f"{_KEYS} Alt Enter shows a table.")

    def _fill_table(self) -> None:
        """Only while it is shown (a long session has many rows); nothing stays in it otherwise."""
        rows: list[tuple[str, ...]] = []
        for track in self._picture.tracks if self.as_table else ():
            if len(self._picture.tracks) > 1:
                rows.append(("", "", track.title, ""))
            silent = {silence.end: silence for silence in track.silences}
            for mark in track.marks:
                silence = silent.get(mark.minute)
                if silence is not None:
                    rows.append(("", "", "Nothing written", f"{silence.minutes} minutes"))
                rows.append(mark.cells)
        since = "T+" if self._picture.from_dose else "Since start"
        self.table.fill(("Time", since, "Kind", "Words"), rows, wide=3)

    # --- what is done with it --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, 0 shows all, Enter opens, Alt+Enter turns."""
        if self._presenter is None or not self._does(event, self._presenter):
            super().keyPressEvent(event)

    def _does(self, event: QKeyEvent, on: ReviewPresenter) -> bool:
        keys, key = Qt.Key, event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if key in (keys.Key_Return, keys.Key_Enter):
            self.turn() if modifiers == Qt.KeyboardModifier.AltModifier else on.unfold()
            return True
        if self.as_table and key in (keys.Key_Up, keys.Key_Down, keys.Key_PageUp, keys.Key_PageDown):
            self.table.scroll_by(key)
            return True
        along = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(key), 0)
        if along and modifiers in (shift, control):
            on.pan(along) if modifiers == shift else on.point_on(along)
            return True
        plain = {
            keys.Key_Left: lambda: on.step(-1),
            keys.Key_Right: lambda: on.step(1),
            keys.Key_Up: lambda: on.cross(-1),
            keys.Key_Down: lambda: on.cross(1),
            keys.Key_Home: lambda: on.step(-10_000),
            keys.Key_End: lambda: on.step(10_000),
            keys.Key_Plus: lambda: on.zoom(closer=True),
            keys.Key_Equal: lambda: on.zoom(closer=True),
            keys.Key_Minus: lambda: on.zoom(closer=False),
            keys.Key_0: on.see_all,
        }.get(keys(key))
        if plain is None or modifiers not in (Qt.KeyboardModifier.NoModifier, shift):
            return False
        plain()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark under the pointer; otherwise the picture can be dragged along."""
        self._pressed, self._dragging = event.position(), False
        hit = self.geometry_shown.hit(event.position())
        if hit and self._presenter is not None:
            self._presenter.choose(hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture along."""
        if self._pressed is None or self._presenter is None:
            return
        by = event.position().x() - self._pressed.x()
        if self._dragging or abs(by) >= _DRAGGED_PX:
            geometry = self.geometry_shown
            self._dragging = True
            self._pressed = event.position()
            self._presenter.drag(geometry.minute(geometry.left) - geometry.minute(geometry.left + by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the marks says which minute is compared."""
        geometry = self.geometry_shown
        if not self._dragging and not geometry.hit(event.position()) and self._presenter is not None:
            self._presenter.point_at(geometry.minute(event.position().x()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the mark under the pointer."""
        if self._presenter is not None and self.geometry_shown.hit(event.position()):
            self._presenter.unfold()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer and wider around the pointer, with Shift along; without, the page scrolls."""
        turned = (event.angleDelta().y() or event.angleDelta().x()) / _TICK
        on, modifiers = self._presenter, event.modifiers()
        if on is not None and modifiers & Qt.KeyboardModifier.ControlModifier and turned:
            on.zoom(closer=turned > 0, about=self.geometry_shown.minute(event.position().x()))
        elif on is not None and modifiers & Qt.KeyboardModifier.ShiftModifier and turned:
            on.pan(-turned)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key is the other way to the table."""
        self.turn()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen mark shows that the keys are here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The chosen mark stays, more quietly."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table takes the whole place."""
        super().resizeEvent(event)
        self.table.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        if not self.as_table and self._picture.tracks:
            Painting(QPainter(self), self.geometry_shown, focused=self.hasFocus()).paint()

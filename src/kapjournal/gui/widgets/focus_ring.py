"""The ring around whatever has the keyboard focus: 2 px, with a gap of 2 px, outside of the control.

One ring serves the application. It lies as a sheet over the window (or over the contents of a scroll area, so
that it scrolls and is cut with them) and follows the focused widget. A widget that draws its own focus says so
with `setProperty("ownFocus", True)`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

GAP = 2
WIDTH = 2
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class Ring(QWidget):
    """The sheet that the ring is painted on; lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.colour = QColor()
        self.radius = 8

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring just inside of the sheet's edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour, WIDTH))
        half = WIDTH / 2
        radius = self.radius + GAP + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


class FocusRing(QObject):
    """Keeps the ring around the focused widget."""

    @staticmethod
    def of(app: QApplication) -> FocusRing:
        """The ring of this application, made when first asked for."""
        return app.findChild(FocusRing) or FocusRing(app)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._colour = QColor()
        self._radius = 8
        self._widget: QWidget | None = None
        self._watched: list[QWidget] = []
        self._ring: Ring | None = None
        app.focusChanged.connect(self._moved)

    def restyle(self, colour: QColor, radius: int) -> None:
        """Take the colour of another look."""
        self._colour, self._radius = colour, radius
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it or what holds it moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):
            widget.removeEventFilter(self)
        self._widget = new if new is not None and not new.property("ownFocus") and not new.isWindow() else None
        self._watched = _up_to_host(self._widget) if self._widget else []
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        widget = self._widget
        if widget is None or not isValid(widget) or not widget.isVisible():
            if self._ring is not None and isValid(self._ring):
                self._ring.hide()
            return
        host = _host(widget)
        ring = self._ring_over(host)
        ring.colour, ring.radius = self._colour, self._radius
        corner = widget.mapTo(host, QPoint(0, 0))
        edge = GAP + WIDTH
        ring.setGeometry(QRect(corner, widget.size()).adjusted(-edge, -edge, edge, edge))
        ring.show()
        ring.raise_()
        ring.update()

    def _ring_over(self, host: QWidget) -> Ring:
        if self._ring is None or not isValid(self._ring):
            self._ring = Ring(host)
        elif self._ring.parentWidget() is not host:
            self._ring.setParent(host)
        return self._ring


def _host(widget: QWidget) -> QWidget:
    """What the ring lies over: the contents of the nearest scroll area, or the window."""
    return _up_to_host(widget)[-1]


def _up_to_host(widget: QWidget) -> list[QWidget]:
    """The widget and what holds it, up to and including the host of its ring."""
    line = [widget]
    while (parent := line[-1].parentWidget()) is not None and not _is_contents(line[-1], widget):
        line.append(parent)
        if parent.isWindow():
            break
    return line


def _is_contents(held: QWidget, widget: QWidget) -> bool:
    """Whether `held` is what a scroll area scrolls."""
    viewport = held.parentWidget()
    area = viewport.parentWidget() if viewport is not None else None
    return held is not widget and isinstance(area, QScrollArea) and area.widget() is held

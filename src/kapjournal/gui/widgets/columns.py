"""Columns beside one another, each scrolling by itself; where there is little room they stand under one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row

_WIDE = 1.25  # times what columns beside one another need
_UNBOUND = 16_777_215  # as Qt has it


class Columns(QWidget):
    """Each column is a widget with its width in px at 100 %, None for the one that takes the rest.

    The first width is for little room, the second for a wide window.
    """

    def __init__(
        self, look: Look, columns: Sequence[tuple[QWidget, tuple[float, float] | None]], *, beside_from: float
    ) -> None:
        super().__init__()
        self._look, self._beside_from = look, beside_from
        ground = QWidget()
        self._row = Row(look, ground, margins=(20, 16, 20, 0), spacing=16)
        self._panes = [(_Pane(widget), width) for widget, width in columns]
        for pane, width in self._panes:
            self._row.addWidget(pane, 0 if width else 1)
        self._outer = Scrolled(ground)
        Column(look, self).addWidget(self._outer)

    def restyle(self, look: Look) -> None:
        """Take the widths of another text size."""
        self._look = look
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the columns for the width there is."""
        super().resizeEvent(event)
        self._make_room()

    def show_column(self, number: int, *, shown: bool) -> None:
        """Show or hide one of them, from 0."""
        self._panes[number][0].setVisible(shown)

    def to_top(self, widget: QWidget) -> None:
        """Scroll the column with this widget to its beginning; where columns stand whole, bring that in sight."""
        pane = next((one for one, _ in self._panes if one.isAncestorOf(widget)), None)
        if pane is None:
            return
        if not pane.whole:
            pane.verticalScrollBar().setValue(0)
            return
        # When what is shown now has found its place.
        QTimer.singleShot(0, pane, lambda: self._outer.verticalScrollBar().setValue(pane.y()))

    def scroll_in(self, widget: QWidget, pages: float) -> bool:
        """Scroll the column with this widget by parts of its height; whether there was anywhere to go."""
        for pane, _ in self._panes:
            if pane.isAncestorOf(widget):
                bar = (pane if not pane.whole else self._outer).verticalScrollBar()
                before = bar.value()
                bar.setValue(round(before + pages * bar.pageStep()))
                return bar.value() != before
        return False

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(self._beside_from)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        wide = self.width() >= self._look.px(self._beside_from * _WIDE)
        for pane, widths in self._panes:
            pane.stand(whole=not beside)
            width = self._look.px(widths[wide]) if beside and widths else 0
            pane.setMinimumWidth(width)
            pane.setMaximumWidth(width or _UNBOUND)


class _Pane(Scrolled):
    """One column: scrolls inside itself, or stands there whole."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        self.whole = False
        self._content = content
        content.installEventFilter(self)

    def stand(self, *, whole: bool) -> None:
        """As tall as what is in it, or as the window allows."""
        self.whole = whole
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as tall as what is in it."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """What is in it, at the present width."""
        return QSize(super().sizeHint().width(), self._height()) if self.whole else QScrollArea.sizeHint(self)

    def _height(self) -> int:
        content = self._content
        width = max(self.viewport().width(), content.minimumSizeHint().width())
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def _fit(self) -> None:
        height = self._height() if self.whole else 0
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)
            self.updateGeometry()

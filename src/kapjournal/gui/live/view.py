"""The live view: draws a `Live` state and tells the presenter what a person does, within the key event itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kapjournal.gui.live.capture_field import CaptureField
from kapjournal.gui.live.card import PinnedCard
from kapjournal.gui.live.chart import Vitals
from kapjournal.gui.live.completions import Completions
from kapjournal.gui.live.dimmer import dimmed
from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.edge import Edge, Side, drawer_place
from kapjournal.gui.live.folds import Folds, folds_for
from kapjournal.gui.live.hints import Hints
from kapjournal.gui.live.palette import Palette
from kapjournal.gui.live.shortcuts import bind_keys
from kapjournal.gui.live.state import Banner, Capture, Live, Mode
from kapjournal.gui.live.stream_pane import StreamPane
from kapjournal.gui.live.top import TopStrip
from kapjournal.gui.live.veil import LiveVeil
from kapjournal.gui.live.writing_line import Elsewhere
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.banner import BannerStrip


class LiveView(QWidget):
    """Puts the parts together, folds them when there is little room, and passes keys on."""

    def __init__(self, look: Look, on: Doings) -> None:
        super().__init__()
        self._base_look = look
        self._on = on
        self._state: Live | None = None
        self._folds = Folds()
        self._drawer: QWidget | None = None
        self._before_veil: QWidget | None = None
        self._shortcuts: list[QShortcut] = []
        self._lines: list[int] = []
        self.setAccessibleName("Live session")
        self.setProperty("ownFocus", True)
        self._build(look)
        self._bind_keys()

    def _build(self, look: Look) -> None:
        self._look = look
        self.body = QWidget(self)
        self.top = TopStrip(look, self.body)
        self.card = PinnedCard(look, self.body)
        self.centre = QWidget(self.body)
        self.palette_pane = Palette(look, self._on, self.body)
        self.vitals = Vitals(look, self.body)
        self._build_centre(look)
        self.completions = Completions(look, self._pick, self.body)
        self.edge = Edge(look, self.body)
        self.veil = LiveVeil(look, self._on, self)
        self.capture.installEventFilter(self)
        self._order_focus()

    def _build_centre(self, look: Look) -> None:
        self.banner = BannerStrip(look)
        self.banner.acted.connect(self._on.banner_action)
        self.stream_pane = StreamPane(look, self._on, self.centre)
        self.stream = self.stream_pane.stream
        self.stream.acted.connect(self._row_acted)
        elsewhere = Elsewhere(self.stream.page, self.stream.to_newest, self._leave_line)
        self.capture = CaptureField(look, self._on, elsewhere, self.centre)
        self.hints = Hints(look, self.centre)
        column = QVBoxLayout(self.centre)
        column.setContentsMargins(0, 0, 0, look.px(14))
        column.setSpacing(0)
        _indented(column, self.banner, look.px(14), look.px(6))
        column.addWidget(self.stream_pane, 1)
        _indented(column, self.capture, look.px(20), look.px(14))
        self._foot = _indented(column, self.hints, look.px(20))

    def _order_focus(self) -> None:
        line = self.capture.line
        for one, two in ((self.card.area, self.stream), (self.stream, line), (line, self.palette_pane)):
            QWidget.setTabOrder(one, two)
        QWidget.setTabOrder(self.palette_pane, self.vitals)

    def _bind_keys(self) -> None:
        own = {
            "Ctrl+Shift+E": self._late_entry,
            "F6": lambda: self._next_pane(1),
            "Shift+F6": lambda: self._next_pane(-1),
        }
        self._shortcuts = bind_keys(self, self._on, own)

    def show_state(self, state: Live) -> None:
        """Draw what differs from the state shown before."""
        before, self._state = self._state, state
        if state.dim != (before.dim if before is not None else 0):
            self.restyle(self._base_look)
            return
        self._show_parts(state, before)
        if before is None or before.veiled != state.veiled or state.veiled:
            self._show_veil(state)

    def _show_parts(self, state: Live, before: Live | None) -> None:
        if before is None or state.top != before.top:
            self.top.show_top(state.top)
        if before is None or state.banner != before.banner:
            self._show_banner(state.banner)
        self.capture.show_capture(state.capture)
        self.stream.show_rows(state.rows, state.empty)
        self.vitals.show_chart(state.chart)
        self.hints.show_hints(state.hints)
        self.palette_pane.show_codes(state.codes, tapping=state.tapping, compact=self._folds.compact)
        self.card.show_card(state.card, compact=self._folds.compact)
        if before is None or (state.card.hidden, state.card.plan_open) != (before.card.hidden, before.card.plan_open):
            self._arrange()
            self._show_plan(plan_open=state.card.plan_open)
        self._show_completions(state.capture)

    def _show_banner(self, banner: Banner | None) -> None:
        if banner is None:
            self.banner.tell("")
        else:
            self.banner.tell(banner.sentence, banner.role, banner.actions)
        for button in self.banner.findChildren(QWidget):
            # A strip that appears must be reachable by Tab and never take the focus from the line.
            if button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _show_completions(self, capture: Capture) -> None:
        writing = capture.mode in (Mode.WRITE, Mode.CLOSED)
        self.completions.show_completions(capture.completions if writing else (), capture.chosen)
        if self.completions.isVisibleTo(self):
            self._place_completions()

    def _place_completions(self) -> None:
        corner = self.capture.mapTo(self.body, self.capture.rect().topLeft())
        size = self.completions.sizeHint()
        gap = self._look.px(6)
        left = corner.x() + self._look.px(12)
        self.completions.setGeometry(left, max(corner.y() - gap - size.height(), 0), size.width(), size.height())
        self.completions.raise_()

    def _show_veil(self, state: Live) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not state.veiled)
        if state.veiled:
            if not self.veil.isVisibleTo(self):
                focused = QApplication.focusWidget()
                self._before_veil = focused if focused and self.body.isAncestorOf(focused) else None
            self.veil.show_over(state)
            self.body.hide()  # not only covered: a screen reader must not find it either
        else:
            lifted = self.veil.isVisibleTo(self)
            self.body.show()
            self.veil.hide()
            if lifted:
                self._return_focus()

    def _return_focus(self) -> None:
        before, self._before_veil = self._before_veil, None
        if before is not None and self.isAncestorOf(before) and before.isVisibleTo(self):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:  # what had it was made anew in another look meanwhile
            self.take_focus()

    def take_focus(self) -> None:
        """Where writing begins: the capture field."""
        self.capture.take_focus()

    def restyle(self, look: Look) -> None:
        """Dress in another look or text size; the words, the cursor and the focus stay."""
        self._base_look = look
        focused, covered, top_row = self._focused_pane(), self.veil.isVisibleTo(self), self.stream.top_row()
        state = self._state = self._with_line(self._state)
        self.setUpdatesEnabled(False)
        for part in (self.body, self.veil):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._drawer = None
        self._build(dimmed(look, state.dim if state else 0))
        self._folds = Folds()
        self._arrange()
        self.body.show()
        if state is not None:
            self._show_parts(state, None)
            self.stream.go_to(top_row)
            self._arrange()
            if state.veiled:
                self._show_veil(state)
        if focused is not None:
            pane, take_focus = self._panes()[focused]
            take_focus() if pane.isVisibleTo(self) else self.take_focus()
        self._before_veil = self.capture.line if covered else None
        self.setUpdatesEnabled(True)

    def _with_line(self, state: Live | None) -> Live | None:
        """The state with the line as it is being typed, unless a newer text is on its way."""
        if state is None or state.capture.text_version > self.capture.version:
            return state
        line = self.capture.line
        return state._replace(capture=state.capture._replace(text=line.plain_text(), cursor=line.cursor_at()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange again when something inside asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands above the field goes along when the field moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and watched is self.capture:
            self._place_drawer()
            if self.completions.isVisibleTo(self):
                self._place_completions()
        return False

    def _arrange(self) -> None:
        look, width, height = self._look, self.width(), self.height()
        self.body.setGeometry(self.rect())
        folds = folds_for(width, height, look.scale)
        if folds != self._folds:
            self._folds = folds
            self._fold(folds)
        card = self._state is None or not self._state.card.hidden or self._state.card.plan_open
        left = 0 if folds.card or not card else look.px(225 if folds.compact else 261)
        right = width if folds.palette else width - look.px(249 if folds.compact else 285)
        self.top.resize(width, self.top.height())
        self.top.set_edges(look.px(225 if folds.compact else 261), min(right, width - look.px(230)))
        self.top.relay()
        below = self.top.height()
        self._stand(self.card, 0, below, left, height - below, shown=left > 0)
        begin, end = left + (1 if left else 0), right - (1 if right < width else 0)
        self._lines = [x for x, drawn in ((left, left > 0), (end, right < width)) if drawn]
        self.centre.setGeometry(begin, below, end - begin, height - below)
        self._arrange_right(right, below, width - right, height - below)
        self._place_drawer()
        self.update()

    def _arrange_right(self, left: int, top: int, width: int, height: int) -> None:
        folds = self._folds
        chart = self._vitals_height()
        self._stand(self.palette_pane, left, top, width, height - chart, shown=width > 0)
        self._stand(self.vitals, left, top + height - chart, width, chart, shown=width > 0 and not folds.palette)

    def _vitals_height(self) -> int:
        if self._folds.chart and not self._folds.palette:
            return self._look.px(44)
        return self._look.px(189 if self._folds.compact else 253)

    def _stand(self, pane: QWidget, x: int, y: int, width: int, height: int, *, shown: bool) -> None:
        if shown:
            pane.setGeometry(x, y, width, height)
        if pane is not self._drawer:
            pane.setVisible(shown)

    def _fold(self, folds: Folds) -> None:
        self._close_drawer()
        self.top.set_compact(folds.compact)
        self.top.set_short(folds.short)
        self.hints.setVisible(not folds.short)
        self._foot.setContentsMargins(self._look.px(20), 0 if folds.short else self._look.px(12), self._look.px(20), 0)
        self.capture.set_compact(folds.compact, short=folds.short)
        self.vitals.set_compact(folds.compact)
        self.vitals.set_folded(folds.chart and not folds.palette)
        self.stream.set_narrow(folds.narrow)
        if self._state is not None:
            self.card.show_card(self._state.card, compact=folds.compact)
            self.palette_pane.show_codes(self._state.codes, tapping=self._state.tapping, compact=folds.compact)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window's colour, and hairlines between the columns."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("window"))
        for x in self._lines:
            painter.fillRect(x, self.top.height(), 1, self.height(), self._look.colour("line"))

    # Panes and drawers

    def _panes(self) -> list[tuple[QWidget, Callable[[], None]]]:
        """Every pane in reading order, with how it takes the focus."""

        def plain(widget: QWidget) -> Callable[[], None]:
            return lambda: widget.setFocus(Qt.FocusReason.TabFocusReason)

        return [
            (self.top, plain(self.top)),
            (self.card, plain(self.card.area)),
            (self.stream, plain(self.stream)),
            (self.capture, self.capture.take_focus),
            (self.palette_pane, self.palette_pane.take_focus),
            (self.vitals, plain(self.vitals)),
        ]

    def _focused_pane(self) -> int | None:
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        holding = (i for i, (pane, _) in enumerate(self._panes()) if pane is focused or pane.isAncestorOf(focused))
        return next(holding, None)

    def _next_pane(self, step: int) -> None:
        panes = self._panes()
        focused = self._focused_pane()
        number = 3 if focused is None else (focused + step) % len(panes)
        pane, take_focus = panes[number]
        self._close_drawer()
        if pane.isHidden() or (pane is self.vitals and self._folds.chart):
            self._open_drawer(pane)
        take_focus()

    def _open_drawer(self, pane: QWidget) -> None:
        self._drawer = pane
        self.vitals.set_folded(False)
        self._place_drawer()
        pane.setAutoFillBackground(True)
        pane.show()
        pane.raise_()
        self.edge.show()
        self.edge.raise_()

    def _show_plan(self, *, plan_open: bool) -> None:
        if plan_open and self._folds.card:
            self._open_drawer(self.card)  # the plan has to be seen also where the card gave way
        elif self._drawer is self.card:
            self._close_drawer()

    def _place_drawer(self) -> None:
        """Over the stream, at its own side, and never over the capture field."""
        pane = self._drawer
        if pane is None:
            return
        field_top = self.capture.mapTo(self.body, self.capture.rect().topLeft()).y()
        wrapped = self._folds.card and pane is not self.card
        side = Side.LEFT if pane is self.card else Side.RIGHT
        place = drawer_place(self._look, self.width(), self.top.height(), field_top, side=side, wrapped=wrapped)
        if pane is self.vitals:
            place.setHeight(min(place.height(), self._look.px(252)))
        pane.setGeometry(place)
        self.edge.setGeometry(place)
        self.edge.raise_()

    def _close_drawer(self) -> None:
        pane, self._drawer = self._drawer, None
        if pane is not None:
            pane.setAutoFillBackground(False)
            pane.hide()
            self.edge.hide()
            self.vitals.set_folded(self._folds.chart and not self._folds.palette)
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that no pane wants is meant for the capture field; Escape comes back to it."""
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        away = not self.capture.has_focus() and not self.veil.isVisibleTo(self)
        if away and event.key() == Qt.Key.Key_Escape:
            self._close_drawer()
            self.take_focus()
        elif away and not command and event.text().isprintable() and event.text():
            self._close_drawer()
            self.take_focus()
            focused = QApplication.focusWidget()
            if focused is not None and focused is not self:
                QApplication.sendEvent(focused, event)
        else:
            super().keyPressEvent(event)

    def _late_entry(self) -> None:
        """Beside the row that is open in the stream, or in the field."""
        if self.stream.opened is not None:
            self._on.row_action(self.stream.opened, "late entry")
        self.take_focus()

    def _row_acted(self, action: str) -> None:
        """What a row is corrected by, or what is added to it, is typed in the line."""
        if action != "retract":
            self.stream.close_row()
            self.take_focus()

    def _leave_line(self, forward: bool) -> None:
        self.focusNextPrevChild(forward)

    def _pick(self, delta: int) -> None:
        if delta:
            self._on.completion_moved(delta)
        self._on.tab()


def _indented(column: QVBoxLayout, part: QWidget, side: int, above: int = 0) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(side, above, side, 0)
    row.addWidget(part)
    column.addLayout(row)
    return row

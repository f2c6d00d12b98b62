"""The live view: draws a `Live` state and tells the presenter what a person does, within the key event itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kapjournal.gui.live.capture_field import CaptureField
from kapjournal.gui.live.card import PinnedCard
from kapjournal.gui.live.chart import Vitals
from kapjournal.gui.live.completions import Completions
from kapjournal.gui.live.dimmer import dimmed
from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.folds import Folds, folds_for
from kapjournal.gui.live.hints import Hints
from kapjournal.gui.live.palette import Palette
from kapjournal.gui.live.state import Banner, Capture, Live, Mode
from kapjournal.gui.live.stream import Stream
from kapjournal.gui.live.top import TopStrip
from kapjournal.gui.live.veil import LiveVeil
from kapjournal.gui.live.writing_line import Elsewhere
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.banner import BannerStrip

VEIL_KEYS = ("F12", "Ctrl+Shift+H")
SHORTCUTS: dict[str, tuple[str, ...]] = {
    "change_kind": ("Ctrl+J",),
    "mark": ("Ctrl+M", "Ctrl+Shift+M"),
    "first_dose_now": ("Ctrl+Shift+T",),
    "land": ("Ctrl+Shift+L",),
    "toggle_card": ("F8", "Ctrl+Shift+C"),
    "toggle_plan": ("F9", "Ctrl+Shift+S"),
}


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

    # Parts

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
        self.veil = LiveVeil(look, self._on, self)
        self._order_focus()

    def _build_centre(self, look: Look) -> None:
        self.banner = BannerStrip(look)
        self.banner.acted.connect(lambda name: self._on.banner_action(name))
        self.stream = Stream(look, self._on, self.centre)
        self.stream.acted.connect(self._row_acted)
        elsewhere = Elsewhere(self.stream.page, self.stream.to_newest, self._leave_line)
        self.capture = CaptureField(look, self._on, elsewhere, self.centre)
        self.hints = Hints(look, self.centre)
        column = QVBoxLayout(self.centre)
        column.setContentsMargins(0, 0, 0, look.px(14))
        column.setSpacing(0)
        column.addLayout(_indented(self.banner, look.px(14), look.px(6)))
        column.addWidget(self.stream, 1)
        column.addSpacing(look.px(14))
        column.addLayout(_indented(self.capture, look.px(20)))
        column.addSpacing(look.px(12))
        column.addLayout(_indented(self.hints, look.px(20)))

    def _order_focus(self) -> None:
        line = self.capture.line
        for one, two in ((self.card.scroll, self.stream), (self.stream, line), (line, self.palette_pane)):
            QWidget.setTabOrder(one, two)
        QWidget.setTabOrder(self.palette_pane, self.vitals)

    def _bind_keys(self) -> None:
        for name, keys in SHORTCUTS.items():
            for key in keys:
                self._bind(key, lambda name=name: getattr(self._on, name)())
        self._bind("Ctrl+Shift+Down", lambda: self._on.dim(1))
        self._bind("Ctrl+Shift+Up", lambda: self._on.dim(-1))
        self._bind("Ctrl+Shift+E", self._late_entry)
        self._bind("F6", lambda: self._next_pane(1))
        self._bind("Shift+F6", lambda: self._next_pane(-1))
        for key in VEIL_KEYS:
            self._bind(key, lambda: self._on.veil(), always=True)

    def _bind(self, key: str, do: Callable[[], None], *, always: bool = False) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(do)
        if not always:
            self._shortcuts.append(shortcut)

    # What is shown

    def show_state(self, state: Live) -> None:
        """Draw what differs from the state shown before."""
        before, self._state = self._state, state
        if before is not None and before.dim != state.dim:
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
                self._before_veil = QApplication.focusWidget()
            self.veil.show_over(state)
            self.body.hide()  # not only covered: a screen reader must not find it either
        else:
            self.body.show()
            self.veil.hide()
            self._return_focus()

    def _return_focus(self) -> None:
        before, self._before_veil = self._before_veil, None
        if before is not None and self.isAncestorOf(before) and before.isVisibleTo(self):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before is not None:
            self.take_focus()

    def take_focus(self) -> None:
        """Where writing begins: the capture field."""
        self.capture.take_focus()

    def restyle(self, look: Look) -> None:
        """Dress in another look or text size; the words, the cursor and the focus stay."""
        self._base_look = look
        state = self._state
        line, focused = self.capture.line, self.capture.has_focus()
        text, cursor = line.plain_text(), line.cursor_at()
        self.setUpdatesEnabled(False)
        for part in (self.body, self.veil):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._drawer = None
        self._build(dimmed(look, state.dim if state else 0))
        if state is not None:
            kept = state.capture._replace(text=text, cursor=cursor)
            self._state = state._replace(capture=kept)
            self._arrange()
            self.body.show()
            self._show_parts(self._state, None)
            self._show_veil(state) if state.veiled else None
        self._arrange()
        if focused:
            self.take_focus()
        self.setUpdatesEnabled(True)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange again when something inside asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

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
        if self.completions.isVisibleTo(self):
            self._place_completions()
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
        self.capture.set_compact(folds.compact)
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
            (self.card, plain(self.card.scroll)),
            (self.stream, plain(self.stream)),
            (self.capture, self.capture.take_focus),
            (self.palette_pane, self.palette_pane.take_focus),
            (self.vitals, plain(self.vitals)),
        ]

    def _next_pane(self, step: int) -> None:
        panes = self._panes()
        focused = QApplication.focusWidget()
        inside = [i for i, (pane, _) in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))]
        number = (inside[0] + step) % len(panes) if inside else 3
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

    def _place_drawer(self) -> None:
        """Over the stream, at its own side, and never over the capture field."""
        pane = self._drawer
        if pane is None:
            return
        look, top = self._look, self.top.height()
        bottom = self.capture.mapTo(self.body, self.capture.rect().topLeft()).y() - look.px(8)
        width = min(look.px(285), self.width())
        height = max(bottom - top, look.px(120))
        if pane is self.vitals:
            height = min(height, look.px(252))
        x = 0 if pane is self.card else self.width() - width
        pane.setGeometry(x, top, width, height)

    def _close_drawer(self) -> None:
        pane, self._drawer = self._drawer, None
        if pane is not None:
            pane.setAutoFillBackground(False)
            pane.hide()
            self.vitals.set_folded(self._folds.chart and not self._folds.palette)
            self._arrange()

    # Keys

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


def _indented(part: QWidget, side: int, above: int = 0) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(side, above, side, 0)
    row.addWidget(part)
    return row

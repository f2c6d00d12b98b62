"""The cards of the home screen: the running session, what is due, the next sessions, and safekeeping."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapjournal.application.due import DueKind
from kapjournal.gui.home.presenter import NOTHING_DUE, NOTHING_PLANNED, Home, NextLine, Safe
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Glyph, Lined, Text
from kapjournal.gui.widgets.painted_button import PaintedButton
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows

_MOST_DUE = 8  # before the rest waits behind a button
_DUE_ICONS = {
    DueKind.CHECK_IN: "phone",
    DueKind.PRACTICE: "leaf",
    DueKind.MEASURES: "clipboard-list",
    DueKind.CLEARANCE: "stethoscope",
}


class RunningCard(Card):
    """The session that is still open."""

    def __init__(self, look: Look) -> None:
        super().__init__("selected")
        self.sentence = Text(step="heading", wrap=True)
        self.note = Text(step="small", wrap=True)
        self.back = Button(
            look, "Return to the live view", icon="arrow-right", variant=Variant.PRIMARY, icon_after=True
        )
        words = Column(look, spacing=2)
        words.addWidget(self.sentence)
        words.addWidget(self.note)
        said = Row(look, spacing=18)
        said.addWidget(Glyph(look, "waves", "accent", 24))
        said.addLayout(words, 1)
        self.row = Row(look, self, margins=(20, 14, 18, 14), spacing=14)
        self.row.addLayout(said, 1)
        self.row.addWidget(self.back)

    def show_state(self, state: Home) -> None:
        """Show the session, if one runs."""
        self.setVisible(state.running is not None)
        if state.running is not None:
            self.sentence.setText(state.running.sentence)
            self.note.setText(state.running.note)


class DueCard(Card):
    """What waits, the nearest first."""

    client_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = ToldRows(look, "Due")
        self.none = Text(NOTHING_DUE, role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 18, 20, 12), spacing=10)
        column.addWidget(Text("Due", step="heading"))
        column.addWidget(self.rows)
        column.addWidget(self.none)
        self.whole = Button(look, "Show all", variant=Variant.QUIET)
        self.whole.clicked.connect(self._show_all)
        column.addWidget(self.whole)
        self._all: tuple[RowData, ...] = ()
        self._whole_shown = False
        self._clients: dict[str, str] = {}
        self.rows.taken.connect(lambda key: self.client_asked.emit(self._clients[key]))

    def show_state(self, state: Home) -> None:
        """Show what waits."""
        self._clients = {line.key: line.client for line in state.due}
        self._all = tuple(
            RowData(
                line.key,
                line.what,
                line.note,
                icon=_DUE_ICONS[line.kind],
                end=line.when,
                end_role="mark" if line.now else "text-quiet",
            )
            for line in state.due
        )
        self._show_rows()
        self.none.setVisible(not state.due and state.read)

    def _show_all(self) -> None:
        self._whole_shown = True
        self._show_rows()
        self.rows.setFocus()

    def _show_rows(self) -> None:
        short = len(self._all) > _MOST_DUE and not self._whole_shown
        self.rows.tell(self._all[:_MOST_DUE] if short else self._all)
        self.whole.setText(f"Show all {len(self._all)}")
        self.whole.setVisible(short)


class NextSession(PaintedButton):
    """One of the next sessions, with a bar at its left; Enter opens the client."""

    def __init__(self, look: Look, line: NextLine) -> None:
        name = ", ".join(part for part in (line.when, line.alias, line.what, line.hint) if part)
        super().__init__(look, line.alias, name)
        self._line = line

    def _lines(self) -> tuple[tuple[str, str, str, int | None], ...]:
        line, accent = self._line, "accent" if self._line.running else "mark"
        return (
            (line.when, "small", "text-quiet", None),
            (line.alias, "body", "text", 600),
            (line.what, "small", "text-quiet", None),
            (line.hint, "small", accent if line.hint else "text-quiet", None),
        )

    def sizeHint(self) -> QSize:
        """As wide as its longest line."""
        look = self._look
        widths = [
            QFontMetrics(look.font(step, weight=weight)).horizontalAdvance(said)
            for said, step, _, weight in self._lines()
        ]
        heights = [look.line(step) + look.px(2) for said, step, _, _ in self._lines() if said]
        return QSize(max(*widths, look.px(150)) + look.px(28), sum(heights) + look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and the lines."""
        look = self._look
        painter = QPainter(self)
        bar = "accent" if self._line.running else "line-strong"
        painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.colour(bar))
        y = look.px(4)
        for said, step, role, weight in self._lines():
            if said:
                painter.setFont(look.font(step, weight=weight))
                painter.setPen(look.colour(role))
                height = look.line(step) + look.px(2)
                painter.drawText(QRect(look.px(16), y, self.width(), height), Qt.AlignmentFlag.AlignVCenter, said)
                y += height


class NextCard(Card):
    """The next sessions beside one another."""

    client_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[NextLine, ...] = ()
        self.none = Text(NOTHING_PLANNED, role="text-quiet", wrap=True)
        self._inside = QWidget()
        self.flow = FlowLayout(look, self._inside, spacing=16, line_gap=14)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=10)
        column.addWidget(Text("Next sessions", step="heading"))
        column.addWidget(self._inside)
        column.addWidget(self.none)

    def restyle(self, look: Look) -> None:
        """Make the next ones in this look too."""
        self._look = look

    def show_state(self, state: Home) -> None:
        """Show the next sessions."""
        self._inside.setVisible(bool(state.next))
        self.none.setVisible(not state.next and state.read)
        if state.next == self._shown:
            return
        self._shown = state.next
        self.flow.clear()
        for line in state.next:
            button = NextSession(self._look, line)
            button.clicked.connect(lambda _=False, client=line.client: self.client_asked.emit(client))
            self.flow.addWidget(button)
        self._inside.updateGeometry()


class SafekeepingCard(Card):
    """The last backup, the last check, and doing either again."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Safe, ...] | None = None
        self._lines = Column(look, spacing=10)
        self.checking = Text(step="small", role="text-quiet", wrap=True)
        self.check = Button(look, "Check again", variant=Variant.QUIET)
        self.back_up = Button(look, "Back up now", icon="archive")
        column = Column(look, self, margins=(20, 18, 20, 18), spacing=14)
        column.addWidget(Text("Safekeeping", step="heading"))
        column.addLayout(self._lines)
        column.addWidget(self.checking)
        actions = QWidget()
        flow = FlowLayout(look, actions, spacing=16, line_gap=10)
        flow.addWidget(self.back_up)
        flow.addWidget(self.check)
        column.addWidget(actions)

    def restyle(self, look: Look) -> None:
        """Make the next lines in this look too."""
        self._look = look

    def show_state(self, state: Home) -> None:
        """Show how the record is kept."""
        self.setVisible(bool(state.safe))
        self.back_up.setVisible(state.can_back_up)
        self.check.setEnabled(not state.busy)
        self.checking.setText(state.checking)
        self.checking.setVisible(bool(state.checking))
        if state.safe == self._shown:
            return
        self._shown = state.safe
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in state.safe:
            self._lines.addWidget(self._line(line))

    def _line(self, safe: Safe) -> QWidget:
        box = QWidget()
        if safe.whole:
            icon, role = "circle-check", "accent"
        else:
            icon, role = ("triangle-alert", "safety") if safe.note else ("circle-minus", "text-quiet")
        column = Column(self._look, box, spacing=1)
        column.addWidget(Lined(self._look, icon, safe.title, icon_role=role, size=18, spacing=12))
        if safe.note:
            note = Row(self._look, margins=(30, 0, 0, 0))
            note.addWidget(Text(safe.note, step="small", role="text-quiet", wrap=True))
            column.addLayout(note)
        return box

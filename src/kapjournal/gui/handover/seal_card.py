"""The four checks with the way to the seal, and the log of what left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.handover.state import Check, Copy, HandOver, Progress
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.label import Card, Glyph, Text
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows

NOTHING_LEFT = "Nothing has left this journal."
PLAIN = "The summary is not encrypted. It is two pages that stand alone; whoever has the file can read it."


class CheckLine(QWidget):
    """One check: a ring, or a tick in it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.glyph = Glyph(look, "circle", "text-quiet", 20, "body")
        self.title = Text(strong=True, wrap=True)
        self.note = Text(step="small", role="text-quiet", wrap=True)
        row = Row(look, self, spacing=12)
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = Column(look)
        words.addWidget(self.title)
        words.addWidget(self.note)
        row.addLayout(words, 1)

    def show_check(self, check: Check) -> None:
        """Show how it stands."""
        self.glyph.draw("circle-check" if check.done else "circle", "accent" if check.done else "text-quiet")
        self.title.setText(check.title)
        self.note.setText(check.note)
        self.setAccessibleName(f"{check.title}: {'done' if check.done else 'open'}, {check.note}")


class ProgressLine(QWidget):
    """How far it is: a line that fills."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._look.px(120), self._look.px(8))

    def show_progress(self, progress: Progress) -> None:
        """Fill as far as it came."""
        self._share = min(progress.done / max(progress.of, 1), 1.0)
        self.setAccessibleName(f"{round(self._share * 100)} % sealed and compared")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its filled part."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, round_ = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(4)
        painter.setPen(look.colour("line-strong"))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(area, round_, round_)
        painter.setBrush(look.colour("accent"))
        if self._share > 0:
            area.setWidth(max(area.width() * self._share, look.px(8)))
            painter.drawRoundedRect(area, round_, round_)


class SealCard(Card):
    """What stands before the seal, and the seal."""

    chose_path = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.checks = [CheckLine(look) for _ in range(4)]
        self.again = Button(look, "Look at the names again", variant=Variant.QUIET)
        self.next = Button(look, "", icon="arrow-right", variant=Variant.PRIMARY)
        self.seal = Button(look, "", icon="lock")
        self.may_not = Text(step="small", role="mark", wrap=True)
        self.path = LineField(look)
        self._path = Labelled(look, "Where it will lie", self.path)
        self.choose = Button(look, "Choose a place", icon="folder-open", variant=Variant.QUIET)
        self.plain = Text(PLAIN, step="small", role="mark", wrap=True)
        self.pdf, self.html, self.print = (Button(look, says) for says in ("Save as PDF", "Save as HTML", "Print"))
        self.progress = ProgressLine(look)
        self.stop = Button(look, "Stop, and leave no file")
        self._lay_out(look)
        self.path.textEdited.connect(self.chose_path)

    def show_state(self, state: HandOver) -> None:
        """Show the checks, and what can be done now."""
        summary = state.copy is Copy.SUMMARY
        self.setVisible(state.copy is not Copy.NOTE)
        for line, check in zip(self.checks, state.checks, strict=False):
            line.show_check(check)
        for line in self.checks[2:]:
            line.setVisible(not summary)
        self.checks[0].setVisible(not summary)
        gone_through = state.copy is Copy.CONSULTATION and state.marks is None and state.checks[:1] != ()
        self.again.setVisible(gone_through and state.progress is None)
        self.next.setText(state.next_says)
        self.next.setEnabled(state.next_enabled)
        sealing = state.progress is not None
        self._way.setVisible(not sealing and state.sealed is None)
        self._sealing.setVisible(sealing)
        self.seal.setText(state.seal_says)
        self.seal.setEnabled(state.may_seal)
        self.seal.setVisible(not (summary and state.may_seal))
        self.may_not.setText(state.may_not)
        self.may_not.setVisible(bool(state.may_not))
        self._path.setVisible(not summary)
        self.choose.setVisible(not summary)
        if self.path.text() != state.path and not self.path.hasFocus():
            self.path.setText(state.path)
        self._plain.setVisible(summary and state.may_seal)
        if state.progress is not None:
            self.progress.show_progress(state.progress)
            self.stop.setEnabled(not state.progress.stopping)

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, margins=(20, 16, 20, 20), spacing=12)
        column.addWidget(Text("Seal and verify", step="heading"))
        for line in self.checks:
            column.addWidget(line)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._way = QWidget()
        way = Column(look, self._way, spacing=12)
        for button in (self.next, self.seal, self.pdf, self.html, self.print):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        way.addWidget(self.next)
        way.addWidget(self.seal)
        way.addWidget(self.may_not)
        self._plain = QWidget()
        plain = Column(look, self._plain, spacing=8)
        for part in (self.plain, self.pdf, self.html, self.print):
            plain.addWidget(part)
        way.addWidget(self._plain)
        way.addWidget(self._path)
        way.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._way)
        self._sealing = QWidget()
        sealing = Column(look, self._sealing, spacing=12)
        sealing.addWidget(Text("Sealing, opening again, comparing", step="small", wrap=True))
        sealing.addWidget(self.progress)
        sealing.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sealing)
        self._sealing.hide()


class LogCard(Card):
    """What left of this client, the latest first."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = ToldRows(look, "Disclosure log")
        self.none = Text(NOTHING_LEFT, role="text-quiet", wrap=True)
        self.print = Button(look, "Print the log", variant=Variant.QUIET)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=8)
        column.addWidget(Text("Disclosure log", step="heading"))
        column.addWidget(self.rows)
        column.addWidget(self.none)
        column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)

    def show_state(self, state: HandOver) -> None:
        """Show the log."""
        self.rows.tell([RowData(line.key, line.who, line.what, end=line.day) for line in state.log])
        self.none.setVisible(not state.log)
        self.print.setVisible(bool(state.log))

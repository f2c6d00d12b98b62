"""Everything covered at once: only the clock and the time since the first dose, and a place for the code."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.passage import words
from kapjournal.gui.live.state import Live
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.veil import Veil


class LiveVeil(Veil):
    """Takes the keys while it lies over the session; what is typed here reaches nothing but the code."""

    def __init__(self, look: Look, on: Doings, over: QWidget) -> None:
        super().__init__(look, over)
        self._on = on
        self._clock, self._since = "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.code = LineField(look)
        self.code.setParent(self)
        self.code.setFont(look.font("body"))
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.code.setAccessibleName("Code")
        self.code.setFixedWidth(look.px(160))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.returnPressed.connect(self._tell_code)
        self.message = words(look, "", "small", "text-quiet", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(6)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(look.px(12))
        column.addWidget(self.message)
        column.addStretch(3)

    def show_over(self, live: Live) -> None:
        """Cover, or stay covered, with what may be seen by anyone."""
        self._clock, self._since = live.top.clock, live.top.since or ""
        self.setAccessibleName(f"Covered. Clock {self._clock}" + (f", {self._since} since dose" if self._since else ""))
        self.message.setText(live.veil_message)
        self.message.setVisible(bool(live.veil_message))
        if not self.isVisible():
            self.code.clear()
            self.draw_over()
        self.code.setVisible(live.veil_needs_code)
        target = self.code if live.veil_needs_code else self
        if not target.hasFocus():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def _tell_code(self) -> None:
        text = self.code.text()
        self.code.clear()
        self._on.unveil_code(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing goes through to what is covered."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window's colour and the two clocks."""
        super().paintEvent(event)
        look, painter = self._look, QPainter(self)
        line = look.px(64)
        baseline = self.height() * 0.40
        if self.code.isVisible():  # large text in a small window: the clocks move up, above the field
            baseline = min(baseline, self.code.y() - look.px(24) - line)
        self._centred(painter, self._clock, "clock", "text", baseline)
        if self._since:
            self._centred(painter, f"T+ {self._since}", "since", "accent", baseline + line)

    def _centred(self, painter: QPainter, text: str, step: str, role: str, baseline: float) -> None:
        font = self._look.font(step)
        painter.setFont(font)
        painter.setPen(self._look.colour(role))
        width = QFontMetricsF(font).horizontalAdvance(text)
        painter.drawText(QPointF((self.width() - width) / 2, baseline), text)

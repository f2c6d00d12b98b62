"""The one field, always in the same place: a line to write, tap mode, a one-line form, or a late entry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kapjournal.gui.live.chip import ChipRow
from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.form import OneLineForm
from kapjournal.gui.live.passage import picture, words
from kapjournal.gui.live.state import Capture, Mode
from kapjournal.gui.live.tap_panel import TapPanel
from kapjournal.gui.live.writing_line import Elsewhere, WritingLine
from kapjournal.gui.look import Look

HINTS = {
    Mode.WRITE: "Write, or press Esc for one-key notes",
    Mode.CLOSED: "This session is closed. Write a late entry",
}


class Status(QWidget):
    """When the line was stamped and whether it is on the disk, or what is in the way of that."""

    def __init__(self, look: Look, on: Doings, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.chips = ChipRow(look, on.dismiss_chip, self)
        self.stamp_left = words(look, "", "small", "text-quiet")
        self.stamp_right = words(look, "", "small", "text-quiet")
        self.icon = picture(look, "check", "text-quiet", 16)
        self.saved = words(look, "", "small", "text-quiet")
        self.alert = picture(look, "triangle-alert", "safety", 16)
        self.not_saved = words(look, "Not saved yet.", "small", "safety", weight=600)
        self.trouble = words(look, "", "small", "text", wrap=True)
        self.try_again = self._retry(look, on)
        row.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.stamp_left, self.alert, self.not_saved):
            row.addWidget(part)
        row.addWidget(self.trouble, 1)
        row.addStretch()
        row.addWidget(self.stamp_right)
        row.addSpacing(look.px(6))
        row.addWidget(self.icon)
        row.addWidget(self.saved)
        row.addWidget(self.try_again)
        self.setMinimumHeight(look.px(24))

    def _retry(self, look: Look, on: Doings) -> QPushButton:
        button = QPushButton("Try again", self)
        button.setProperty("size", "small")
        button.setFont(look.font("small", weight=600))
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(on.try_again)
        return button

    def show_status(self, capture: Capture) -> None:
        """Show it; the icon says the same as the word."""
        trouble = bool(capture.trouble)
        self.chips.show_chips(() if trouble else capture.chips)
        beside = bool(capture.chips)
        for label, shown in ((self.stamp_left, not beside), (self.stamp_right, beside)):
            label.setText(capture.stamp if shown else "")
            label.setVisible(shown and not trouble and bool(capture.stamp))
        self.saved.setText(capture.saved)
        for part in (self.icon, self.saved):
            part.setVisible(bool(capture.saved) and not trouble)
        self.icon.setPixmap(self._look.pixmap("ellipsis" if capture.saved == "saving" else "check", "text-quiet", 16))
        self.trouble.setText(capture.trouble)
        for part in (self.alert, self.not_saved, self.trouble):
            part.setVisible(trouble)
        self.try_again.setVisible(trouble)


class Writing(QWidget):
    """Heading if there is one, the line, what was understood of it."""

    def __init__(self, look: Look, on: Doings, elsewhere: Elsewhere, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.heading = words(look, "", "small", "mark", weight=600)
        self.line = WritingLine(look, on, elsewhere, self)
        self.status = Status(look, on, self)
        column.addWidget(self.heading)
        column.addStretch(1)
        column.addWidget(self.line)
        column.addSpacing(look.px(10))
        column.addWidget(self.status)
        column.addStretch(1)
        self.heading.hide()

    def show_capture(self, capture: Capture) -> None:
        """Show everything but the text, which only a new version replaces."""
        if capture.heading != self.heading.text():
            self.heading.setText(capture.heading)
            self.heading.setVisible(bool(capture.heading))
        self.line.setAccessibleName(f"Note, {capture.heading}" if capture.heading else "Note")
        self.line.show_hint(HINTS.get(capture.mode, ""))
        self.line.show_chips(capture.chips)
        self.line.set_completing(bool(capture.completions))
        self.status.show_status(capture)


class CaptureField(QWidget):
    """The frame around whatever the place is used for; its border tells focus, trouble and lateness."""

    def __init__(self, look: Look, on: Doings, elsewhere: Elsewhere, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._capture: Capture | None = None
        self._version = -1
        self.writing = Writing(look, on, elsewhere, self)
        self.tap_panel = TapPanel(look, on, elsewhere, self)
        self.form = OneLineForm(look, on, self)
        self._page: QWidget = self.writing
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(look.px(18), look.px(14), look.px(18), look.px(14))
        # Shown and hidden in a column: a stack would always be as tall as its tallest page.
        for page in self._pages():
            self._frame.addWidget(page)
            page.setVisible(page is self.writing)
        self.setMinimumHeight(look.px(86))
        # Not `Maximum`: that is the height at the width it would like, and a form wraps where there is less.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.writing.line.installEventFilter(self)
        self.tap_panel.installEventFilter(self)

    @property
    def line(self) -> WritingLine:
        """Where words are typed."""
        return self.writing.line

    @property
    def version(self) -> int:
        """The version of the text that was taken last."""
        return self._version

    def _pages(self) -> tuple[QWidget, ...]:
        return (self.writing, self.tap_panel, self.form)

    def set_compact(self, compact: bool, *, short: bool = False) -> None:
        """A little lower in a small window; nothing but what is needed in a low one."""
        look = self._look
        self.form.set_short(short)
        self.setMinimumHeight(look.px(80 if compact else 86))
        foot = look.px(10 if compact else 14)
        self._frame.setContentsMargins(look.px(18), look.px(12 if compact else 14), look.px(18), foot)

    def show_capture(self, capture: Capture) -> None:
        """Show what has changed; focus goes along when the use of the place changes under it."""
        before = self._capture
        if capture == before:
            return
        self._capture = capture
        if capture.text_version > self._version:
            self._version = capture.text_version
            self.line.take(capture.text, capture.cursor)
        if capture.mode in (Mode.WRITE, Mode.CLOSED):
            self.writing.show_capture(capture)
        elif capture.mode is Mode.TAP:
            self.tap_panel.show_last(capture)
        elif capture.form is not None:
            self.form.show_form(capture.form)
        if before is None or before.mode is not capture.mode:
            self._turn(capture.mode)
        self.update()

    def _turn(self, mode: Mode) -> None:
        had_focus = self.has_focus()
        page = {Mode.TAP: self.tap_panel, Mode.FORM: self.form}.get(mode, self.writing)
        self._page = page
        page.show()
        if had_focus:
            self.take_focus()  # before the old page goes, or Qt would look for another place
        for other in self._pages():
            other.setVisible(other is page)

    def take_focus(self) -> None:
        """Focus on whatever the place is used for."""
        page = self._page
        if page is self.form:
            self.form.take_focus()
        else:
            (self.line if page is self.writing else self.tap_panel).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether keys arrive here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The border follows the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere in the frame is the field."""
        self.take_focus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and border."""
        look, capture = self._look, self._capture or Capture()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.has_focus()
        quiet = not focused or capture.mode is Mode.TAP
        role = "safety" if capture.trouble else "line-strong" if quiet else "focus"
        width = 2 if focused or capture.trouble else 1
        pen = QPen(look.colour(role), width)
        if capture.mode is Mode.CLOSED:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(look.colour("window" if capture.mode is Mode.TAP else "surface"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.px(10), look.px(10))

"""What was understood of the line being typed, as chips below it; pressing one turns it back into plain text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kapjournal.gui.live.state import Chip, ChipKind
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.flow import FlowLayout

_FILLED = {ChipKind.THEME: "theme-bg", ChipKind.PART: "part-bg"}
_DASHED = {ChipKind.MISSING, ChipKind.PROBLEM}
_NAMES = {
    ChipKind.KIND: "kind",
    ChipKind.TIME: "time",
    ChipKind.THEME: "theme",
    ChipKind.PART: "part",
    ChipKind.DETAIL: "detail",
    ChipKind.MISSING: "still missing",
    ChipKind.PROBLEM: "kept as text",
}


class ChipButton(QAbstractButton):
    """One chip; filled for labels, outlined for what the grammar read, dashed for what is missing."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._chip: Chip | None = None
        # The line keeps the focus while it is typed in; chips come after it in the order of Tab.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chip(self, chip: Chip) -> None:
        """Stand for this chip."""
        if chip == self._chip:
            return
        self._chip = chip
        self.setEnabled(chip.dismissable)
        self.setAccessibleName(f"{_NAMES[chip.kind]}: {chip.text}")
        self.setAccessibleDescription("Press to turn it back into plain text" if chip.dismissable else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look, chip = self._look, self._chip
        if chip is None:
            return QSize(0, 0)
        width = QFontMetricsF(look.font("small")).horizontalAdvance(chip.text) + 2 * look.px(10)
        return QSize(int(width) + 1 + (look.px(18) if chip.icon else 0), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground or outline, glyph, words."""
        look, chip = self._look, self._chip
        if chip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._paint_ground(painter, rect, chip)
        left = look.px(10)
        if chip.icon:
            side = look.px(14)
            painter.drawPixmap(left, (self.height() - side) // 2, look.pixmap(chip.icon, chip.role, 14))
            left += look.px(19)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(chip.role))
        painter.drawText(rect.adjusted(left, -0.5, 0, -0.5), int(Qt.AlignmentFlag.AlignVCenter), chip.text)

    def _paint_ground(self, painter: QPainter, rect: QRectF, chip: Chip) -> None:
        look, radius = self._look, rect.height() / 2
        if chip.kind in _FILLED:
            painter.setBrush(look.colour(_FILLED[chip.kind]))
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            pen = QPen(look.colour(chip.role if chip.kind in _DASHED else "line-strong"), 1)
            if chip.kind in _DASHED:
                pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)


class ChipRow(QWidget):
    """All chips of the line, wrapping; buttons are used again, so that typing makes no new widgets."""

    def __init__(self, look: Look, dismissed: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._dismissed = dismissed
        self._flow = FlowLayout(look, self, spacing=8, line_gap=4)
        self._buttons: list[ChipButton] = []

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these chips."""
        while len(self._buttons) < len(chips):
            self._add_button()
        for button, chip in zip(self._buttons, chips, strict=False):
            button.show_chip(chip)
            button.show()
        for button in self._buttons[len(chips) :]:
            button.hide()
        self.setVisible(bool(chips))

    def _add_button(self) -> None:
        button = ChipButton(self._look, self)
        number = len(self._buttons)
        button.clicked.connect(lambda: self._dismissed(number))
        self._buttons.append(button)
        self._flow.addWidget(button)

"""Chips that can be pressed: dashed with a plus while they are only suggested, filled with a cross once chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapjournal.gui.integrate.state import Chip
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.painted_button import PaintedButton


class ChipButton(PaintedButton):
    """One chip; `chosen` says whether it stands or is suggested."""

    def __init__(self, look: Look, chip: Chip, *, chosen: bool) -> None:
        does = "take it off the note" if chosen else f"suggested, {chip.why}"
        super().__init__(look, chip.text, f"{chip.text}, {does}")
        self.chip, self._chosen = chip, chosen
        self.setToolTip(chip.why)

    def sizeHint(self) -> QSize:
        """Room for the icon and the words, and high enough to be hit."""
        look = self._look
        words = QFontMetrics(look.font("small")).horizontalAdvance(self.text())
        return QSize(words + look.px(44), look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, its sign and its words."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = "part" if self.chip.is_part else "theme"
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        pen = QPen(look.colour(f"{kind}-bg" if self._chosen else "line-strong"), 1)
        if not self._chosen:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(look.colour(f"{kind}-bg") if self._chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        role, side = f"{kind}-text" if self._chosen else "text", look.px(14)
        at = QPointF(look.px(11), (self.height() - side) / 2)
        painter.drawPixmap(at, look.pixmap("x" if self._chosen else "plus", role, 14))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(role))
        inside = self.rect().adjusted(look.px(31), 0, 0, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())


class ChipRow(QWidget):
    """Chips beside one another; `pressed` carries the key of the one that was pressed."""

    pressed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[tuple[Chip, bool], ...] = ()
        self._flow = FlowLayout(look, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def chips(self) -> tuple[tuple[Chip, bool], ...]:
        """The chips that are shown, each with whether it is chosen."""
        return self._shown

    def show_chips(self, chosen: tuple[Chip, ...], suggested: tuple[Chip, ...]) -> None:
        """Show these; made anew only when they changed."""
        wanted = (*((chip, True) for chip in chosen), *((chip, False) for chip in suggested))
        self.setVisible(bool(wanted))
        if wanted == self._shown:
            return
        self._shown = wanted
        self._flow.clear()
        for chip, stands in wanted:
            button = ChipButton(self._look, chip, chosen=stands)
            button.clicked.connect(lambda _=False, key=chip.key: self.pressed.emit(key))
            self._flow.addWidget(button)
            button.show()
        self.updateGeometry()

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look

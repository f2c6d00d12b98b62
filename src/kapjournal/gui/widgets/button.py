"""Buttons that carry words, with an icon where it helps; no icon ever stands alone."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy

from kapjournal.gui.look import Look


class Variant(StrEnum):
    """How a button is dressed; one primary at most in a group."""

    PRIMARY = "primary"
    BORDERED = "bordered"
    QUIET = "quiet"  # a link: accent words without a border
    PLAIN = "plain"  # quiet words without a border, inside of fields
    CHOICE = "choice"  # one of several that can be on


_ICON_ROLE = {Variant.PRIMARY: "on-accent", Variant.BORDERED: "text", Variant.PLAIN: "text-quiet"}


class Button(QPushButton):
    """A button of one variant; Enter presses it as Space does."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str = "",
        variant: Variant = Variant.BORDERED,
        size: str = "",
        icon_after: bool = False,
    ) -> None:
        super().__init__(text)
        self._icon = icon
        self._variant = variant
        self._icon_after = icon_after
        self.setProperty("variant", variant.value)
        self.setProperty("height_step", size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(variant is Variant.CHOICE)
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw the icon in the colours of another look."""
        self._look = look
        if self._icon:
            side, gap = look.px(18), look.px(4)
            outlined = self._variant is Variant.PRIMARY and not look.filled
            icon = look.icon(self._icon, "accent" if outlined else _ICON_ROLE.get(self._variant, "accent"), 18)
            self.setIcon(_set_off(icon, side, gap, after=self._icon_after))
            self.setIconSize(QSize(side + gap, side))
        self.updateGeometry()  # the room it asks for goes by the look

    def draw(self, icon: str, text: str) -> None:
        """Carry another icon and other words."""
        self._icon = icon
        self.setText(text)
        self.restyle(self._look)

    def sizeHint(self) -> QSize:
        """Room for the words as they are when the button is on, which is heavier than Qt would measure."""
        size = super().sizeHint()
        if self._variant is Variant.CHOICE:
            heavy = QFontMetrics(self._look.font("body", weight=600)).horizontalAdvance(self.text())
            size.setWidth(max(size.width(), heavy + 2 * self._look.px(12) + 4))
        return size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _set_off(icon: QIcon, side: int, gap: int, *, after: bool) -> QIcon:
    """The icon with air between it and the words; Qt itself leaves 4 px, whatever the text size."""
    wide = QIcon()
    for ratio in (1.0, 2.0):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            canvas = QPixmap(round((side + gap) * ratio), round(side * ratio))
            canvas.setDevicePixelRatio(ratio)
            canvas.fill(Qt.GlobalColor.transparent)
            painter = QPainter(canvas)
            painter.drawPixmap(QPointF(gap if after else 0, 0), icon.pixmap(QSize(side, side), ratio, mode))
            painter.end()
            wide.addPixmap(canvas, mode)
    return wide

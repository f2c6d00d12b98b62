"""What every button that draws itself has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kapjournal.gui.look import Look

FIXED, EXPANDING = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding


class PaintedButton(QAbstractButton):
    """Can be reached and pressed from the keyboard; the size and the picture come from the subclass."""

    def __init__(
        self,
        look: Look,
        text: str,
        name: str,
        *,
        across: QSizePolicy.Policy = FIXED,
        down: QSizePolicy.Policy = FIXED,
    ) -> None:
        super().__init__()
        self._look = look
        self.setText(text)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(across, down)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.updateGeometry()
        self.update()

    def mark(self, *, present: bool) -> None:
        """Say whether what it leads to is in front."""
        self.setProperty("present", present)
        self.setAccessibleDescription("in front" if present else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

"""Words on the screen: labels by step and colour role, section labels with an icon, and lines between things."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.spacing import Row


class Text(QLabel):
    """Words in one step of the type scale and one colour role; never cut, so it wraps where it may."""

    def __init__(
        self,
        text: str = "",
        *,
        step: str = "body",
        role: str = "text",
        strong: bool = False,
        serif: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for name, value in {"step": step, "role": role, "strong": strong, "serif": serif}.items():
            self.setProperty(name, value)

    def take_role(self, role: str) -> None:
        """Change the colour role."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class Glyph(QLabel):
    """An icon beside words; hidden from screen readers, since the words say it. `step` makes it as high as a line."""

    def __init__(self, look: Look, name: str, role: str = "text", size: float = 18, step: str = "") -> None:
        super().__init__()
        self._drawn = (name, role, size)
        self._step = step
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        name, role, size = self._drawn
        self._look = look
        self.setPixmap(look.pixmap(name, role, size))
        line = QFontMetrics(look.font(self._step)).height() if self._step else 0
        self.setFixedSize(look.px(size), max(look.px(size), line))

    def draw(self, name: str, role: str) -> None:
        """Show another icon."""
        self._drawn = (name, role, self._drawn[2])
        self.restyle(self._look)


class Lined(QWidget):
    """An icon with words beside it; the icon stays with the first line."""

    def __init__(
        self,
        look: Look,
        icon: str,
        text: str,
        *,
        step: str = "body",
        role: str = "text",
        icon_role: str = "",
        strong: bool = False,
        size: float = 18,
        spacing: float = 8,
    ) -> None:
        super().__init__()
        self.glyph = Glyph(look, icon, icon_role or role, size, step)
        self.words = Text(text, step=step, role=role, strong=strong, wrap=True)
        row = Row(look, self, spacing=spacing)
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def setText(self, text: str) -> None:
        """Say something else."""
        self.words.setText(text)


class SectionLabel(Lined):
    """The heading of a small section, such as Touch agreement: quiet icon, small semibold words."""

    def __init__(self, look: Look, icon: str, text: str, role: str = "text-quiet") -> None:
        super().__init__(look, icon, text, step="small", role=role, strong=True, size=16)


class Hairline(QFrame):
    """A line between things; decoration only."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "hairline")


class Card(QFrame):
    """A frame that holds what belongs together: `card`, `selected` (accented) or `sunken`."""

    def __init__(self, kind: str = "card") -> None:
        super().__init__()
        self.setProperty("frame", kind)

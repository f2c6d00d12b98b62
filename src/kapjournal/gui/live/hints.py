"""The keys that matter now, under the capture field."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kapjournal.gui.live.key_cap import KeyCap
from kapjournal.gui.live.passage import words
from kapjournal.gui.live.state import Hint
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.flow import FlowLayout


class Hints(QWidget):
    """Wraps; made anew only when other keys matter."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._hints: tuple[Hint, ...] = ()
        self._flow = FlowLayout(look, self, spacing=17, line_gap=6)
        self.setAccessibleName("Keys")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show these."""
        if hints == self._hints:
            return
        self._hints = hints
        self._flow.clear()
        for hint in hints:
            self._flow.addWidget(self._made(hint))

    def _made(self, hint: Hint) -> QWidget:
        made = QWidget(self)
        made.setAccessibleName(f"{hint.key}: {hint.text}")
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._look.px(7))
        line.addWidget(KeyCap(self._look, hint.key, made))
        line.addWidget(words(self._look, hint.text, "small", "text-quiet"))
        made.show()
        return made

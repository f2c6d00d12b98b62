"""Words that are said aloud to somebody, such as the six of a key: large enough to be read out."""

from __future__ import annotations

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.spacing import Column


class SaidWords(Card):
    """What they are for, and the words; hidden while there are none."""

    def __init__(self, look: Look, icon: str, label: str) -> None:
        super().__init__("box")
        self._label = label
        self.words = Text(step="lead", strong=True, wrap=True)
        column = Column(look, self, margins=(14, 10, 14, 12), spacing=6)
        column.addWidget(Lined(look, icon, label, step="small", role="text-quiet", size=18))
        column.addWidget(self.words)

    def say(self, words: str) -> None:
        """Show these words; none hides it."""
        self.setVisible(bool(words))
        self.words.setText(words.replace(" ", "  "))
        self.words.setAccessibleName(f"{self._label}: {words}")

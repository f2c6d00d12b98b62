"""Choosing a passphrase: typed twice, with a word on its strength, or six suggested words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.unlock.presenter import Unlock
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, SecretField
from kapjournal.gui.widgets.label import Lined
from kapjournal.gui.widgets.spacing import Column, Row


class NewPassphrase(QWidget):
    """Two fields; `typed` whenever either changes, `suggested` when six words are asked for."""

    typed = Signal(str, str)
    suggest_asked = Signal()
    done = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.first = SecretField(look, tall=False)
        self.second = SecretField(look, tall=False)
        self.strength = Lined(look, "info", "", step="small", role="text-quiet", size=16)
        self.match = Lined(look, "info", "", step="small", role="text-quiet", size=16)
        self.caps = Lined(look, "info", "Caps Lock is on.", step="small", role="text-quiet", size=16)
        self.suggest = Button(look, "Suggest six words", icon="key-round", variant=Variant.QUIET)
        self.words = Lined(look, "pen-line", "", role="text", strong=True, size=16)
        self._suggestion = ""
        self._lay_out(look)
        self._connect()

    def show_state(self, state: Unlock) -> None:
        """Say how strong it is; put a new suggestion into the first field."""
        self.strength.setVisible(state.strength is not None)
        if state.strength is not None:
            enough = state.strength.enough
            self.strength.setText(state.strength.words)
            self.strength.glyph.draw("check" if enough else "info", "accent" if enough else "mark")
        self.match.setText(state.match)
        self.match.setVisible(bool(state.match))
        if state.suggestion != self._suggestion:
            self._take(state.suggestion)

    def forget(self) -> None:
        """Empty both fields."""
        for field in (self.first, self.second):
            field.forget()

    def _take(self, suggestion: str) -> None:
        self._suggestion = suggestion
        self.words.setText(f"{suggestion}\nWrite these down, then type them below to be sure.")
        self.words.setVisible(bool(suggestion))
        if suggestion:
            blocked = self.first.blockSignals(True)
            self.first.setText(suggestion)
            self.first.blockSignals(blocked)
            self.second.setFocus()

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, spacing=8)
        column.addWidget(Labelled(look, "Passphrase", self.first, hint="a few words that only you would put together"))
        column.addWidget(self.strength)
        links = Row(look)
        links.addWidget(self.suggest)
        links.addStretch(1)
        column.addLayout(links)
        column.addWidget(self.words)
        column.gap(6)
        column.addWidget(Labelled(look, "The same again", self.second))
        column.addWidget(self.match)
        column.addWidget(self.caps)
        for hint in (self.strength, self.match, self.caps, self.words):
            hint.hide()

    def _connect(self) -> None:
        self.suggest.clicked.connect(self.suggest_asked)
        for field in (self.first, self.second):
            field.textChanged.connect(lambda: self.typed.emit(self.first.text(), self.second.text()))
            field.caps_lock.connect(self.caps.setVisible)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.done.emit)

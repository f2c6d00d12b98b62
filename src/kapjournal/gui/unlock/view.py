"""The unlock screen: what the program promises at the left, the page at the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.unlock.pages import KeyPage, MakePage, OpenPage, RecoverPage, UnlockPage
from kapjournal.gui.unlock.presenter import Page, Unlock, UnlockPresenter
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.page import FolderChooser, Measure, Scrolled, choose_folder
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.waves import Waves

TITLE = "KAP Journal"  # of the window, always: it never carries a name or a note
_ROOM_FOR_BOTH = 940  # px at 100 %; narrower, the left side makes room


class UnlockView(QWidget):
    """The whole screen. `choose` is the folder chooser; the system's if not given."""

    def __init__(self, look: Look, choose: FolderChooser | None = None) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._look = look
        self._choose = choose
        self._state = Unlock()
        self._shown: Page | None = None
        self.side = _Promise(look)
        self.open_page, self.recover_page = OpenPage(look), RecoverPage(look)
        self.make_page, self.key_page = MakePage(look), KeyPage(look)
        self._pages: dict[Page, UnlockPage] = {
            Page.OPEN: self.open_page,
            Page.RECOVER: self.recover_page,
            Page.MAKE: self.make_page,
            Page.KEY: self.key_page,
        }
        self._lay_out()

    def bind(self, presenter: UnlockPresenter[Any]) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        for page in self._pages.values():
            page.turned.connect(presenter.turn_to)
        opening, making = self.open_page, self.make_page
        opening.chosen.connect(lambda folder: presenter.choose(Path(folder)))
        opening.other_asked.connect(lambda: self._ask_folder("Choose a journal", presenter.choose_other))
        opening.open_asked.connect(presenter.open)
        opening.demo_asked.connect(presenter.open_demo)
        self.recover_page.recover_asked.connect(presenter.recover)
        making.named.connect(presenter.named)
        making.place_asked.connect(lambda: self._ask_folder("Where the new journal is to lie", presenter.placed))
        making.make_asked.connect(presenter.make)
        for new in (making.new, self.recover_page.new):
            new.typed.connect(presenter.passphrase_typed)
            new.suggest_asked.connect(presenter.suggest)
        self.key_page.test_asked.connect(presenter.test_recovery)
        self.key_page.go_in_asked.connect(presenter.go_in)

    def show_state(self, state: Unlock) -> None:
        """Show what the presenter made of it."""
        forgotten = state.secrets != self._state.secrets
        came_back = bool(self._state.busy) and not state.busy
        self._state = state
        if forgotten:
            self._forget()
        for name, page in self._pages.items():
            page.setVisible(name is state.page)
        self._pages[state.page].show_state(state)
        if state.page is not self._shown or (came_back and state.tested is None):
            self._shown = state.page
            self._pages[state.page].begin()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left side away when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _forget(self) -> None:
        for page in self._pages.values():
            blocked = page.blockSignals(True)
            page.forget()
            page.blockSignals(blocked)

    def _ask_folder(self, title: str, then: Any) -> None:  # noqa: ANN401 - a bound method of the presenter
        choose = self._choose or choose_folder(self._look.name)
        folder = choose(self, title, self._state.place)
        if folder is not None:
            then(folder)

    def _make_room(self) -> None:
        self.side.setVisible(self.width() >= self._look.px(_ROOM_FOR_BOTH))

    def _lay_out(self) -> None:
        measure = Measure(self._look, 560)
        column = Column(self._look, measure)
        for page in self._pages.values():
            column.addWidget(page)
            page.hide()
        ground = QWidget()
        middle = Column(self._look, ground, margins=(32, 24, 32, 24))
        middle.addStretch(2)
        middle.addLayout(_centred(self._look, measure))
        middle.addStretch(5)
        middle.gap(16)
        foot = Measure(self._look, 560)
        says = "The passphrase cannot be reset by anyone. Keep the printed recovery key somewhere safe."
        Column(self._look, foot).addWidget(Text(says, step="small", role="text-quiet", wrap=True))
        middle.addLayout(_centred(self._look, foot))
        row = Row(self._look, self)
        row.addWidget(self.side, 39)
        row.addWidget(Scrolled(ground), 61)


def _centred(look: Look, widget: QWidget) -> Row:
    row = Row(look)
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row


class _Promise(Card):
    """The left side: the name, what it is for, three promises, and the waves."""

    def __init__(self, look: Look) -> None:
        super().__init__("sunken")
        self.setMinimumSize(1, 1)  # it never keeps the window from being small
        self._column = Column(look, self)
        words = QWidget()
        inner = Column(look, words, margins=(64, 120, 48, 0))
        inner.addWidget(Text("KAP Journal", step="product", serif=True))
        inner.gap(14)
        says = "Preparation, the session itself, and everything that follows, kept in one private place."
        inner.addWidget(Text(says, step="lead", role="text-quiet", wrap=True))
        inner.gap(100)
        for icon, promise in (
            ("hard-drive", "Everything stays on this computer."),
            ("lock", "Every page is encrypted with your passphrase."),
            ("circle-check", "No account, no cloud, nothing sent anywhere."),
        ):
            inner.addWidget(Lined(look, icon, promise, role="text-quiet", spacing=12))
            inner.gap(12)
        self._column.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addStretch(1)
        self._waves = Waves(look)
        self._column.addWidget(self._waves, 3)
        self._waves.setMinimumHeight(look.px(80))

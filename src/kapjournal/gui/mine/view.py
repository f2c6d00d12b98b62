"""The therapist's own screen: over time at the left, the notes and what goes to consultation at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

from kapjournal.gui.look import Look
from kapjournal.gui.mine.cards import CheckCard, OverTime, OwnNotes, month_note
from kapjournal.gui.mine.presenter import MinePresenter
from kapjournal.gui.mine.state import CLIENTS, THEMES, MineState
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.heat_strip import HeatStrip
from kapjournal.gui.widgets.label import Lined
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.undo_keys import undo_keys

_BESIDE = 900  # px at 100 % that both halves need beside one another
PROMISE = (
    "Only here, and in the session they were written in. No other view, export for reading or handover holds them; "
    "in a handover you would have to choose each one by itself."
)


class MineView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting = True
        self.banner = BannerStrip(look)
        self.promise = Lined(look, "lock", PROMISE, step="small", role="text-quiet", icon_role="private", size=16)
        self.check = CheckCard(look)
        self.clients = OverTime(
            look, "By client", "Nothing yet. A line that begins with ~ in a session is yours alone."
        )
        self.themes = OverTime(look, "By theme", "Choose a note and put something on it: it is counted here.")
        self.consult = OwnNotes(look, "For consultation", "Nothing is waiting to be taken to consultation.")
        self.notes = OwnNotes(look, "My notes", "No notes of your own yet.")
        self.consult.all.hide()
        self._lay_out()
        self.panes = Panes(self, [self.check, self.clients, self.themes, self.consult, self.notes])

    def bind(self, presenter: MinePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.banner.acted.connect(presenter.act)
        for name, strip in self._strips():
            strip.chosen.connect(lambda key, column, of=name: presenter.narrow(of, key, column))
            strip.taken.connect(lambda *_: self.notes.rows.setFocus())
        for card in (self.consult, self.notes):
            card.rows.chosen.connect(presenter.choose)
            card.rows.taken.connect(presenter.open_note)
            card.put.connect(presenter.put)
        self.notes.all.clicked.connect(presenter.widen)
        self.check.begin.clicked.connect(presenter.open_check)
        self.check.leave.clicked.connect(self._leave_check(presenter))
        self.check.answered.connect(presenter.answer)
        self.check.about_chosen.connect(presenter.about)
        self.check.keep.clicked.connect(lambda: presenter.keep_check(consult=False))
        self.check.consult.clicked.connect(lambda: presenter.keep_check(consult=True))
        undo_keys(self, presenter.undo, presenter.redo)

    def _leave_check(self, presenter: MinePresenter) -> object:
        def leave() -> None:
            presenter.close_check()
            self.check.begin.setFocus()

        return leave

    def show_state(self, state: MineState) -> None:
        """Show what the presenter made of it; what comes back from the disk after a lock finds nobody."""
        if not isValid(self):
            return
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)
        self.clients.show_lines(state.months, state.clients)
        self.themes.show_lines(state.months, state.themes)
        for name, strip in self._strips():
            if state.narrowed != name and strip.at is not None:
                strip.let_go()
        self.consult.show_notes(state.consult, state.chosen)
        self.consult.show_flags(())
        self.notes.show_notes(state.notes, state.chosen, month_note(state))
        self.notes.show_flags(state.flags, state.chosen_about)
        self.notes.all.setVisible(bool(state.narrowed))
        self.check.show_check(state.check)
        if self._waiting and state.read:
            self._waiting = False
            self.begin()

    def begin(self) -> None:
        """The check while it waits, else the notes."""
        if not self.check.begin.isHidden():
            self.check.begin.setFocus()
        elif self.notes.rows.rows:
            self.notes.rows.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the halves under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def _strips(self) -> tuple[tuple[str, HeatStrip], ...]:
        return (CLIENTS, self.clients.strip), (THEMES, self.themes.strip)

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        ground = Column(look, inside, margins=(28, 16, 28, 24), spacing=16)
        ground.addWidget(self.banner)
        ground.addWidget(self.promise)
        self._cards = Row(look, spacing=16)
        for cards in ((self.check, self.clients, self.themes), (self.consult, self.notes)):
            half = QWidget()
            column = Column(look, half, spacing=16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._cards.addWidget(half, 1)
        ground.addLayout(self._cards)
        ground.addStretch(1)
        Column(look, self).addWidget(Scrolled(inside), 1)

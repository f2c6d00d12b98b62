"""The review screen: a session along time at the left, the client's own account beside the therapist's notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.review.cards import LateCard, OwnCard, SignCard, account_card, notes_card
from kapjournal.gui.review.head import Head
from kapjournal.gui.review.note_panel import NotePanel
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.said_card import SaidCard
from kapjournal.gui.review.state import Review
from kapjournal.gui.review.timeline import Timeline
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.label import Card, Hairline, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_BESIDE = 1020  # px at 100 % that both columns need; narrower, the cards stand under the picture
_SIDE = 424  # width of the cards at 100 %, where they stand beside
_NARROW = 420  # px at 100 %; below, the page margins go first
_UNBOUNDED = 16_777_215


class Bound(Protocol):
    """A part of the screen that speaks to the presenter."""

    def bind(self, presenter: ReviewPresenter) -> None: ...


class ReviewView(QWidget):
    """The whole screen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._presenter: ReviewPresenter | None = None
        self._told: tuple[object, ...] = ()
        self.begins_late = False  # whether it was entered to add something late
        self._waiting = True  # for what is read, so that the keys begin on the line
        self._intentions: tuple[tuple[str, str], ...] = ()
        self.banner = BannerStrip(look)
        self.empty = Text(role="text-quiet", wrap=True)
        self.head = Head(look)
        self.timeline = Timeline(look)
        self.note = NotePanel(look)
        self.late = LateCard(look)
        self.account = account_card(look)
        self.notes = notes_card(look)
        self.own = OwnCard(look)
        self.signing = SignCard(look)
        self.said = SaidCard(look)
        self._lay_out()

    # --- layout ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look, ground = self._look, QWidget()
        self._page = Column(look, ground, margins=(24, 20, 24, 20), spacing=14)
        self._page.addWidget(self.banner)
        self._columns = Row(look, spacing=20)
        self._columns.addLayout(self._left(), 1)
        self._side = self._right()
        self._columns.addWidget(self._side)
        self._page.addLayout(self._columns, 1)
        self._scrolled = Scrolled(ground)
        Column(look, self).addWidget(self._scrolled, 1)
        self.panes = Panes(
            self, [self._picture, self.late, self.account, self.notes, self.own, self.signing, self.said]
        )

    def _left(self) -> Column:
        look = self._look
        left = Column(look, spacing=14)
        self._picture = Card()
        column = Column(look, self._picture, margins=(20, 12, 20, 14), spacing=10)
        column.addWidget(self.head)
        column.addWidget(self.empty)
        column.addWidget(self.timeline, 1)
        column.addWidget(Hairline())
        column.addWidget(self.note)
        left.addWidget(self._picture, 1)
        left.addWidget(self.late)
        return left

    def _right(self) -> QWidget:
        side = QWidget()
        column = Column(self._look, side, spacing=14)
        column.addWidget(self.said, 1)
        column.addWidget(self.account, 3)
        column.addWidget(self.notes, 2)
        column.addWidget(self.own)
        column.addWidget(self.signing)
        return side

    # --- what the therapist does -----------------------------------------------------------------------------

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        written = (self.account, self.notes, self.own)
        parts: tuple[Bound, ...] = (self.head, self.timeline, self.note, self.late, *written, self.signing, self.said)
        for part in parts:
            part.bind(presenter)
        self.banner.acted.connect(presenter.acted)
        self.head.table.clicked.connect(self.timeline.turn)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", partial(self.notes.begin, presenter)),
            ("Ctrl+S", presenter.keep_now),
            ("Ctrl+PgUp", partial(presenter.other_session, -1)),
            ("Ctrl+PgDown", partial(presenter.other_session, 1)),
        )
        for sequence, do in keys:
            QShortcut(QKeySequence(sequence), self, context=within).activated.connect(do)

    def begin_late(self) -> None:
        """Write a late entry: the words first, about the moment that is chosen."""
        if self._presenter is not None and not self.late.isHidden():
            self._presenter.begin_late()
            (self.late.line if self.late.at.text() else self.late.at).setFocus()

    # --- what is shown ---------------------------------------------------------------------------------------

    def show_state(self, state: Review) -> None:
        """Show what the presenter made of it; what is typed stays."""
        self._tell(state)
        self.head.show_state(state)
        self.empty.setText(state.empty)
        self.empty.setVisible(bool(state.empty))
        held = bool(state.session)
        self.timeline.setVisible(bool(state.picture.mark))
        self.timeline.show_picture(state.picture)
        self.note.show_note(state.chosen)
        self.late.setVisible(held and not state.comparing and not state.received)
        self.late.show_state(state)
        fixed = bool(state.received)
        self.account.show_written(f"{state.alias}’s account", state.account, state.session, fixed=fixed)
        self._show_intentions(state)
        self.notes.show_written("My notes", state.notes, state.session, fixed=fixed)
        self.own.show_state(state)
        self.signing.show_state(state)
        self.said.show_state(state)
        for card in (self.account, self.notes, self.own, self.signing):
            card.setVisible(held and not state.comparing)
        self.said.setVisible(state.comparing)
        if self._waiting and not state.busy:
            self._waiting = False
            self.begin()
            if self.begins_late:
                self.begin_late()

    def _tell(self, state: Review) -> None:
        told = (state.message, state.actions)
        if told != self._told:
            self._told = told
            message = state.message
            self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)

    def _show_intentions(self, state: Review) -> None:
        if state.intentions == self._intentions:
            return
        self._intentions = state.intentions
        foot = self.account.foot
        while (item := foot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for entry, words in state.intentions:
            row = QWidget()
            line = Row(self._look, row, spacing=12)
            line.addWidget(Text(f"Intention: {words}", step="small", role="text-quiet", wrap=True), 1)
            thread = Button(self._look, "Follow it", icon="leaf", variant=Variant.QUIET)
            thread.setAccessibleName(f"Follow the intention {words}")
            thread.clicked.connect(partial(self._follow, entry))
            line.addWidget(thread, 0, Qt.AlignmentFlag.AlignTop)
            foot.addWidget(row)

    def _follow(self, intention: str) -> None:
        if self._presenter is not None:
            self._presenter.integrate(intention)

    def begin(self) -> None:
        """The keys begin on the line; the page begins at its top."""
        (self.timeline if self.timeline.isVisibleTo(self) else self.head.chooser).setFocus()
        QTimer.singleShot(0, self, lambda: self._scrolled.verticalScrollBar().setValue(0))

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the two columns under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._side.setMinimumWidth(self._look.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(self._look.px(_SIDE) if beside else _UNBOUNDED)
        side = self._look.px(24 if self.width() >= self._look.px(_NARROW) else 8)
        self._page.setContentsMargins(side, self._look.px(20), side, self._look.px(20))

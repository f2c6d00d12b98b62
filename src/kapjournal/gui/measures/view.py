"""The measures screen: instruments at the left, the chosen one at the right; a form in front while it is filled in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from kapjournal.gui.look import Look
from kapjournal.gui.measures.form import FormPage
from kapjournal.gui.measures.presenter import MeasuresPresenter
from kapjournal.gui.measures.state import InstrumentCard, Measures
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.label import Card, Hairline, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.trend import Trend

_ROOM_FOR_BOTH = 960  # px at 100 %; narrower, the cards stand under one another


class MeasuresView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting = True  # for the first reading, so that the focus is in the list
        self.heading = Text(step="screen", wrap=True)
        self.back = Button(look, "Back", icon="arrow-left", variant=Variant.QUIET)
        self.saved = Text(step="small", role="text-quiet")
        self.banner = BannerStrip(look)
        self.mistakes = Text(step="small", role="safety", wrap=True)
        self.instruments = RowList(look, "Instruments")
        self.card = _InstrumentCard(look)
        self.form: FormPage | None = None
        self.pages = QStackedWidget()
        self._lay_out()

    def bind(self, presenter: MeasuresPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        self.form = FormPage(self._look, presenter)
        self.pages.addWidget(self.form)
        self.back.clicked.connect(presenter.leave)
        self.banner.acted.connect(presenter.act)
        self.instruments.chosen.connect(presenter.choose)
        self.instruments.taken.connect(lambda _: presenter.take())
        self.card.take.clicked.connect(presenter.take)
        self.card.history.chosen.connect(presenter.look_at)
        self.card.take_back.clicked.connect(presenter.ask_to_take_back)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Escape"), self, presenter.leave, context=within)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, presenter.take, context=within)

    def show_state(self, state: Measures) -> None:
        """Show what the presenter made of it; what comes back from the disk after a lock finds nobody."""
        if not isValid(self):
            return
        form = state.form
        self.heading.setText(f"{form.id}, {state.alias}" if form else f"{state.alias}’s measures")
        self.saved.setText(form.saved if form else "")
        self.mistakes.setText("\n".join(state.mistakes))
        self.mistakes.setVisible(bool(state.mistakes) and form is None)
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)
        self._told.setVisible(message is not None or self.mistakes.isVisibleTo(self._told))
        rows = [RowData(line.id, line.id, line.about, end=line.begun, end_role="mark") for line in state.lines]
        self.instruments.show_rows(rows, state.card.id)
        self.card.show_card(state.card)
        self._turn_to(state)

    def begin(self) -> None:
        """The arrows choose an instrument; Enter takes it."""
        self.instruments.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the cards under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _turn_to(self, state: Measures) -> None:
        if self.form is None:
            return
        wanted = self._list if state.form is None else self.form
        turned = self.pages.currentWidget() is not wanted
        self.pages.setCurrentWidget(wanted)
        if state.form is not None:
            self.form.show_form(state.form)
            if turned:
                self.form.begin()
        elif turned or (self._waiting and not state.busy):
            self._waiting = self._waiting and state.busy
            self.begin()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        head = Row(look, margins=(32, 14, 32, 14), spacing=16)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        head.addWidget(self.saved)
        column.addLayout(head)
        column.addWidget(Hairline())
        self._told = QWidget()
        told = Column(look, self._told, margins=(32, 12, 32, 0), spacing=6)
        told.addWidget(self.banner)
        told.addWidget(self.mistakes)
        column.addWidget(self._told)
        self._list = Scrolled(self._make_list())
        self.pages.addWidget(self._list)
        column.addWidget(self.pages, 1)

    def _make_list(self) -> QWidget:
        look, ground = self._look, QWidget()
        self._cards = Row(look, ground, margins=(32, 20, 32, 24), spacing=24)
        side = Card()
        column = Column(look, side, margins=(0, 16, 0, 12), spacing=10)
        title = Row(look, margins=(20, 0, 20, 0))
        title.addWidget(Text("Instruments", step="heading"))
        column.addLayout(title)
        column.addWidget(Hairline())
        column.addWidget(self.instruments, 1)
        self._cards.addWidget(side, 5)
        self._cards.addWidget(self.card, 7)
        return ground


class _InstrumentCard(Card):
    """The chosen instrument: its latest total, how it went, and what was taken."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name = Text(step="heading", wrap=True)
        self.about = Text(step="small", role="text-quiet", wrap=True)
        self.take = Button(look, "Take it", icon="plus", variant=Variant.PRIMARY)
        self.total = Text(step="screen")
        self.of = Text(wrap=True)
        self.plain = Text(wrap=True)
        self.trend = Trend(look)
        self.history = RowList(look, "Taken so far, newest first")
        self.answers = Text(step="small", wrap=True)
        self.take_back = Button(look, "Take this one back", icon="undo-2", variant=Variant.QUIET)
        self.sources = Text(step="caption", role="text-quiet", wrap=True)
        self._lay_out(look)

    def show_card(self, card: InstrumentCard) -> None:
        """Show an instrument."""
        self.name.setText(card.name)
        self.about.setText(card.about)
        self.take.setText(card.action)
        self.take.setVisible(bool(card.id))
        self.total.setText(card.total)
        self.total.setVisible(bool(card.total))
        self.of.setText(card.of)
        self._say(self.plain, card.plain)
        self.trend.show_series(card.series, card.dosings)
        self.trend.setVisible(bool(card.series))
        rows = [RowData(line.entry, line.day, line.says) for line in card.history]
        self.history.show_rows(rows, card.seen)
        self.history.setVisible(bool(rows))
        self.history.setMinimumHeight(min(max(len(rows), 1), 3) * self.history.row_height())
        self._say(self.answers, card.answers)
        self.take_back.setVisible(bool(card.seen))
        self._say(self.sources, card.sources)

    @staticmethod
    def _say(text: Text, lines: tuple[str, ...]) -> None:
        text.setText("\n".join(lines))
        text.setVisible(bool(lines))

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, margins=(0, 18, 0, 16), spacing=14)
        head = Column(look, margins=(20, 0, 20, 0), spacing=8)
        head.addWidget(self.name)
        head.addWidget(self.about)
        latest = Row(look, spacing=10)
        latest.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBaseline)
        latest.addWidget(self.of, 1, Qt.AlignmentFlag.AlignBaseline)
        head.addLayout(latest)
        head.addWidget(self.plain)
        head.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        drawn = Row(look, margins=(20, 0, 20, 0))
        drawn.addWidget(self.trend)
        column.addLayout(drawn)
        column.addWidget(Hairline())
        column.addWidget(self.history)
        foot = Column(look, margins=(20, 0, 20, 0), spacing=10)
        foot.addWidget(self.answers)
        foot.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.sources)
        column.addLayout(foot)
        column.addStretch(1)

"""The home screen: the running session, the clients by alias, what is due, what comes next, and safekeeping."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.gui.home.cards import DueCard, NextCard, RunningCard, SafekeepingCard
from kapjournal.gui.home.client_rows import SEEN, ClientRows
from kapjournal.gui.home.presenter import Home, HomePresenter
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.label import Card, Hairline, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_ROOM_FOR_BOTH = 1000  # px at 100 %; narrower, the cards stand under one another


class HomeView(QWidget):
    """The whole screen; with `clients_only` the clients have all of it."""

    def __init__(self, look: Look, *, clients_only: bool = False) -> None:
        super().__init__()
        self._look = look
        self._clients_only = clients_only
        self._waiting = True  # for the clients to be read, so that the focus is where they can be found
        self.presenter: HomePresenter | None = None
        self.banner = BannerStrip(look)
        self.running = RunningCard(look)
        self.clients = ClientsCard(look)
        self.due = DueCard(look)
        self.next = NextCard(look)
        self.safekeeping = SafekeepingCard(look)
        self._lay_out()
        self.panes = Panes(self, (self.running, self.clients, self.next, self.due, self.safekeeping))

    def bind(self, presenter: HomePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.presenter = presenter
        clients = self.clients
        clients.filter_field.textEdited.connect(presenter.filter)
        clients.rows.chosen.connect(presenter.choose)
        clients.act_asked.connect(presenter.act)
        clients.rows.clicked.connect(lambda _index: presenter.act())
        clients.new.clicked.connect(presenter.begin_adding)
        clients.add_asked.connect(presenter.add)
        clients.cancel_asked.connect(presenter.stop_adding)
        clients.archived.toggled.connect(lambda shown: presenter.show_archived(shown=shown))
        self.due.client_asked.connect(presenter.open_client)
        self.next.client_asked.connect(presenter.open_client)
        self.running.back.clicked.connect(presenter.return_to_running)
        self.safekeeping.check.clicked.connect(presenter.check)
        self.safekeeping.back_up.clicked.connect(presenter.back_up)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, presenter.begin_adding)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, clients.filter_field.setFocus)

    def show_state(self, state: Home) -> None:
        """Show what the presenter made of it."""
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text")
        self.running.show_state(state)
        self.clients.show_state(state)
        self._share()
        if not self._clients_only:
            self.due.show_state(state)
            self.next.show_state(state)
            self.safekeeping.show_state(state)
            at_home = state.read and bool(state.clients or state.has_archived or state.found)
            self._side.setVisible(at_home)
            self.next.setVisible(at_home)
        if self._waiting and state.read:
            self._waiting = False
            self.begin()

    def begin(self) -> None:
        """Typing starts in the filter; Enter there opens the chosen client."""
        (self.clients.filter_field if self.clients.rows.rows else self.clients.new).setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set things under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        for row in (self._cards, self.running.row):
            row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self.clients.fit()
        self._share()

    def _share(self) -> None:
        """Many clients take what height there is; few take what they need."""
        many = self._clients_only or len(self.clients.rows.rows) > SEEN
        self._left.setStretch(0, int(many))
        if not self._clients_only:
            self._left.setStretch(2, int(not many))

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        ground = Column(look, inside, margins=(32, 24, 32, 24), spacing=20)
        ground.addWidget(self.banner)
        ground.addWidget(self.running)
        self._cards = Row(look, spacing=24)
        self._left = left = Column(look, spacing=24)
        left.addWidget(self.clients, 1)
        self._side = QWidget()
        self._cards.addLayout(left, 9)
        if self._clients_only:
            for card in (self.due, self.next, self.safekeeping):
                card.setParent(self)
                card.hide()
        else:
            left.addWidget(self.next)
            left.addStretch(0)
            side = Column(look, self._side, spacing=24)
            side.addWidget(self.due)
            side.addWidget(self.safekeeping)
            side.addStretch(1)
            self._cards.addWidget(self._side, 4)
        ground.addLayout(self._cards, 1)
        Column(look, self).addWidget(Scrolled(inside), 1)


class ClientsCard(Card):
    """The clients by alias: type to find, arrows to choose, Enter to open."""

    act_asked = Signal()
    add_asked = Signal(str)
    cancel_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.count = Text(step="small", role="text-quiet", wrap=True)
        self.filter_field = LineField(look, placeholder="Find a client")
        self.filter_field.setAccessibleName("Find a client: type part of an alias, arrow keys choose, Enter opens")
        self.rows = ClientRows(look)
        self.archived = Button(look, "Show archived", variant=Variant.CHOICE)
        self.new = Button(look, "New client", icon="plus", variant=Variant.QUIET)
        self.empty = Text(role="text-quiet", wrap=True)
        self.alias = LineField(look, placeholder="Alias, for example a bird or two letters")
        self.alias.setAccessibleName("Alias of the new client")
        self.keep = Button(look, "Add")
        self.cancel = Button(look, "Leave it", variant=Variant.QUIET)
        self._adding = QWidget()
        self._lay_out(look)
        self._connect()

    def show_state(self, state: Home) -> None:
        """Show the clients that were found."""
        if self.filter_field.text() != state.found:
            self.filter_field.setText(state.found)
        self.count.setText(state.counted)
        self.rows.tell(state.clients, state.chosen)
        self.rows.setVisible(bool(state.clients))
        self.empty.setText(state.empty)
        self._nothing.setVisible(bool(state.empty))
        self.filter_field.setVisible(bool(state.clients or state.found))
        self.archived.setVisible(state.has_archived)
        self._show_adding(adding=state.adding, suggestion="" if state.clients else state.found)
        self.fit()

    def fit(self) -> None:
        """Let some clients be seen at least, however low the window."""
        self.rows.setMinimumHeight(self.rows.sizeHint().height())
        self.rows.setMaximumHeight(max(len(self.rows.rows), 1) * self.rows.row_height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the filter move the choice; Escape leaves the new alias."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if watched is self.alias and event.key() == Qt.Key.Key_Escape:
            self.cancel_asked.emit()
            return True
        steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
        if watched is self.filter_field and event.key() in steps:
            self.rows.step(steps[event.key()])
            return True
        return False

    def _show_adding(self, *, adding: bool, suggestion: str) -> None:
        began, ended = adding and self._adding.isHidden(), not adding and not self._adding.isHidden()
        self._adding.setVisible(adding)
        self.new.setEnabled(not adding)
        if began:
            self.alias.setText(suggestion)
            self.alias.setFocus()
        elif ended:
            self.filter_field.setFocus()

    def _lay_out(self, look: Look) -> None:
        column = Column(look, self, margins=(0, 12, 0, 4))
        head = Row(look, margins=(20, 0, 20, 0), spacing=12)
        head.addWidget(Text("Clients", step="heading"))
        head.addWidget(self.count, 1)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(self._adding)
        adding = Row(look, self._adding, margins=(20, 6, 20, 6), spacing=12)
        adding.addWidget(self.alias, 1)
        adding.addWidget(self.keep)
        adding.addWidget(self.cancel)
        self._adding.hide()
        finding = Row(look, margins=(20, 6, 20, 12), spacing=12)
        finding.addWidget(self.filter_field, 1)
        finding.addWidget(self.archived)
        column.addLayout(finding)
        column.addWidget(Hairline())
        column.addWidget(self.rows, 1)
        self._nothing = QWidget()
        Row(look, self._nothing, margins=(20, 16, 20, 16)).addWidget(self.empty, 1)
        column.addWidget(self._nothing)
        column.addStretch(0)

    def _connect(self) -> None:
        self.filter_field.installEventFilter(self)
        self.alias.installEventFilter(self)
        self.filter_field.returnPressed.connect(self.act_asked)
        self.rows.taken.connect(self.act_asked)
        self.keep.clicked.connect(lambda: self.add_asked.emit(self.alias.text()))
        self.alias.returnPressed.connect(lambda: self.add_asked.emit(self.alias.text()))
        self.cancel.clicked.connect(self.cancel_asked)

"""The home screen: who the work is with, at the left; the chosen client's sessions and what to do, at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.gui.home.presenter import ClientLine, Home, HomePresenter, SessionLine
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.label import Card, Glyph, Hairline, Lined, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_STATES = {"running": ("waves", "accent"), "closed": ("lock", "text-quiet"), "ended": ("check", "text-quiet")}
_ROOM_FOR_BOTH = 900  # px at 100 %; narrower, the cards stand under one another
_LOOK_ICONS = {"day": "sun", "dusk": "sunset", "night": "moon"}


class HomeView(QWidget):
    """The whole screen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.top = _Top(look)
        self.banner = BannerStrip(look)
        self.running = _RunningCard(look)
        self.clients = _ClientsCard(look)
        self.client = _ClientCard(look)
        column = Column(look, self)
        column.addWidget(self.top)
        column.addWidget(Hairline())
        inside = QWidget()
        ground = Column(look, inside, margins=(32, 24, 32, 24), spacing=20)
        ground.addWidget(self.banner)
        ground.addWidget(self.running)
        self._look = look
        self._cards = Row(look, spacing=24)
        self._cards.addWidget(self.clients, 5)
        self._cards.addWidget(self.client, 6)
        ground.addLayout(self._cards, 1)
        column.addWidget(Scrolled(inside), 1)

    def bind(self, presenter: HomePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        clients, client = self.clients, self.client
        clients.filter_field.textEdited.connect(presenter.filter)
        clients.rows.chosen.connect(presenter.choose)
        clients.act_asked.connect(presenter.act)
        clients.new.clicked.connect(presenter.begin_adding)
        clients.add_asked.connect(presenter.add)
        clients.cancel_asked.connect(presenter.stop_adding)
        client.main.clicked.connect(presenter.act)
        client.edit.clicked.connect(presenter.edit_card)
        client.sessions.taken.connect(presenter.open)
        client.open_asked.connect(presenter.open)
        self.running.back.clicked.connect(presenter.return_to_running)
        self.top.lock.clicked.connect(presenter.lock)
        self.top.look_button.clicked.connect(presenter.next_look)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, presenter.begin_adding)

    def show_state(self, state: Home) -> None:
        """Show what the presenter made of it."""
        self.top.day.setText(state.today)
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text")
        self.running.setVisible(state.running is not None)
        if state.running is not None:
            self.running.sentence.setText(state.running.sentence)
            self.running.note.setText(state.running.note)
        self.clients.show_state(state)
        self.client.show_state(state)

    def begin(self) -> None:
        """Typing starts in the filter; Enter there goes into the chosen client's session."""
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


class _Top(QWidget):
    """The strip at the top: the day, the look, and the lock."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.day = Text(step="heading")
        self.look_button = Button(look, look.name.title(), icon=_LOOK_ICONS[look.name])
        self.look_button.setAccessibleName("Look: Day, Dusk or Night")
        self.lock = Button(look, "Lock", icon="lock")
        row = Row(look, self, margins=(32, 10, 32, 10), spacing=12)
        row.addWidget(self.day, 1)
        row.addWidget(self.look_button)
        row.addWidget(self.lock)

    def restyle(self, look: Look) -> None:
        """Name the look that is on."""
        self.look_button.restyle(look)
        self.look_button.draw(_LOOK_ICONS[look.name], look.name.title())


class _RunningCard(Card):
    """The session that is still open."""

    def __init__(self, look: Look) -> None:
        super().__init__("selected")
        self.sentence = Text(step="heading", wrap=True)
        self.note = Text(step="small", wrap=True)
        self.back = Button(
            look, "Go back to the running session", icon="arrow-right", variant=Variant.PRIMARY, icon_after=True
        )
        words = Column(look, spacing=2)
        words.addWidget(self.sentence)
        words.addWidget(self.note)
        said = Row(look, spacing=18)
        said.addWidget(Glyph(look, "waves", "accent", 24))
        said.addLayout(words, 1)
        self.row = Row(look, self, margins=(20, 14, 18, 14), spacing=14)
        self.row.addLayout(said, 1)
        self.row.addWidget(self.back)


class _ClientsCard(Card):
    """The clients by alias: type to find, arrows to choose, Enter to begin."""

    act_asked = Signal()
    add_asked = Signal(str)
    cancel_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.filter_field = LineField(look, placeholder="Find a client")
        self.filter_field.setAccessibleName("Find a client: type part of an alias, arrow keys choose")
        self.rows = RowList(look, "Clients")
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
        self.rows.show_rows([_client_row(client) for client in state.clients], state.chosen)
        self.rows.setVisible(bool(state.clients))
        self.empty.setText(state.empty)
        self.empty.setVisible(bool(state.empty))
        self.filter_field.setVisible(bool(state.clients or state.found))
        self._show_adding(adding=state.adding, suggestion="" if state.clients else state.found)

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
        head.addStretch(1)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(self._adding)
        adding = Row(look, self._adding, margins=(20, 6, 20, 6), spacing=12)
        adding.addWidget(self.alias, 1)
        adding.addWidget(self.keep)
        adding.addWidget(self.cancel)
        self._adding.hide()
        finding = Row(look, margins=(20, 6, 20, 12))
        finding.addWidget(self.filter_field)
        column.addLayout(finding)
        column.addWidget(Hairline())
        column.addWidget(self.rows, 1)
        nothing = Row(look, margins=(20, 16, 20, 16))
        nothing.addWidget(self.empty, 1)
        column.addLayout(nothing)
        column.addStretch(0)

    def _connect(self) -> None:
        self.filter_field.installEventFilter(self)
        self.alias.installEventFilter(self)
        self.filter_field.returnPressed.connect(self.act_asked)
        self.rows.taken.connect(self.act_asked)
        self.keep.clicked.connect(lambda: self.add_asked.emit(self.alias.text()))
        self.alias.returnPressed.connect(lambda: self.add_asked.emit(self.alias.text()))
        self.cancel.clicked.connect(self.cancel_asked)


class _ClientCard(Card):
    """The chosen client: what to do, and the sessions, newest first."""

    open_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.alias = Text(step="screen", wrap=True)
        self.main = Button(look, "Start a dosing session", icon="waves", variant=Variant.PRIMARY)
        self.edit = Button(look, "Edit the card", icon="pen-line")
        self.sessions = RowList(look, "Sessions, newest first")
        self.none = Text(role="text-quiet")
        self.hint = Lined(
            look, "info", "Enter opens a session to read it and to add late entries.", step="small", role="text-quiet"
        )
        column = Column(look, self, margins=(0, 18, 0, 12))
        head = Column(look, margins=(20, 0, 20, 16), spacing=14)
        head.addWidget(self.alias)
        actions = Row(look, spacing=12)
        actions.addWidget(self.main)
        actions.addWidget(self.edit)
        actions.addStretch(1)
        head.addLayout(actions)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self.sessions, 1)
        foot = Column(look, margins=(20, 12, 20, 4))
        foot.addWidget(self.none)
        foot.addWidget(self.hint)
        column.addLayout(foot)

    def show_state(self, state: Home) -> None:
        """Show the chosen client, or nothing when nobody is chosen."""
        self.setVisible(bool(state.alias))
        self.alias.setText(state.alias)
        self.main.setText(state.main_action)
        self.main.setVisible(not state.chosen_runs)  # then the way back stands at the top
        chosen = self.sessions.currentIndex().row()
        kept = self.sessions.rows[chosen].key if 0 <= chosen < len(self.sessions.rows) else None
        self.sessions.show_rows([_session_row(session) for session in state.sessions], kept)
        self.none.setText(state.no_sessions)
        self.none.setVisible(bool(state.no_sessions))
        self.hint.setVisible(bool(state.sessions))


def _client_row(client: ClientLine) -> RowData:
    if client.running:
        return RowData(client.id, client.alias, client.note, end="running now", end_icon="waves", end_role="accent")
    return RowData(client.id, client.alias, client.note)


def _session_row(session: SessionLine) -> RowData:
    icon, role = _STATES.get(session.state, ("clock", "text-quiet"))
    return RowData(session.id, session.title, session.when, end=session.state, end_icon=icon, end_role=role)

"""The title line of the picture: which session, when, how it is looked at; and what is laid over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import Review, SessionChoice
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.spacing import Column, Row


class Chooser(QComboBox):
    """The sessions; a wheel turned by accident changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Session, Control Page Up and Page Down")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self.setProperty("step", "heading")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()


class Head(QWidget):
    """Title line, and below it what the pointer needs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._presenter: ReviewPresenter | None = None
        self._sessions: tuple[SessionChoice, ...] = ()
        self.chooser = Chooser()
        self.before = Button(look, "", icon="arrow-left", variant=Variant.PLAIN)
        self.after = Button(look, "", icon="arrow-right", variant=Variant.PLAIN)
        self.before.setAccessibleName("The session before, Control Page Up")
        self.after.setAccessibleName("The session after, Control Page Down")
        self.note = Text(step="small", role="text-quiet")
        self.closer = Button(look, "Closer", variant=Variant.PLAIN)
        self.wider = Button(look, "Wider", variant=Variant.PLAIN)
        self.all = Button(look, "All", variant=Variant.PLAIN)
        self.table = Button(look, "Table", variant=Variant.PLAIN)
        self.compare = Button(look, "Compare", variant=Variant.CHOICE, size="small")
        for button, name in (
            (self.closer, "Closer, plus"),
            (self.wider, "Wider, minus"),
            (self.all, "All of the session, zero"),
            (self.table, "Picture or table, Alt Enter"),
            (self.compare, "Compare with other sessions, laid over this one"),
        ):
            button.setAccessibleName(name)
        self._over = QWidget()
        self._flow = FlowLayout(look, self._over)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self, spacing=6)
        line = QWidget()
        flow = FlowLayout(look, line, spacing=12)
        which, tools = QWidget(), QWidget()
        row = Row(look, which, spacing=6)
        for part in (self.chooser, self.before, self.after):
            row.addWidget(part)
        row.gap(4)
        row.addWidget(self.note)
        flow.addWidget(which)
        row = Row(look, tools, spacing=4)
        for button in (self.closer, self.wider, self.all, self.table, self.compare):
            row.addWidget(button)
        flow.addWidget(tools)
        column.addWidget(line)
        column.addWidget(self._over)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is done here to the presenter."""
        self._presenter = presenter
        self.chooser.activated.connect(lambda at: presenter.look_at(self._sessions[at].id))
        self.before.clicked.connect(lambda: presenter.other_session(-1))
        self.after.clicked.connect(lambda: presenter.other_session(1))
        self.closer.clicked.connect(lambda: presenter.zoom(closer=True))
        self.wider.clicked.connect(lambda: presenter.zoom(closer=False))
        self.all.clicked.connect(presenter.see_all)
        self.compare.clicked.connect(presenter.compare)

    def show_state(self, state: Review) -> None:
        """Show which session is looked at, and those laid over it."""
        self.note.setText(state.note)
        many = len(state.sessions) > 1
        for part in (self.before, self.after, self.compare):
            part.setVisible(many)
        self.compare.setChecked(state.comparing)
        at = next((n for n, one in enumerate(state.sessions) if one.id == state.session), -1)
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < len(state.sessions) - 1)
        self._over.setVisible(state.comparing)
        self.setVisible(bool(state.sessions))
        if state.sessions != self._sessions:
            self._sessions = state.sessions
            self._fill(state)
        self.chooser.setCurrentIndex(at)

    def _fill(self, state: Review) -> None:
        self.chooser.clear()
        self.chooser.addItems([one.title for one in state.sessions])
        focused = next((b for b in self._over.findChildren(Button) if b.hasFocus()), None)
        had = focused.property("session") if focused is not None else None
        self._flow.clear()
        for one in state.sessions:
            if one.id != state.session:
                button = Button(self._look, one.title.partition(",")[0], variant=Variant.CHOICE, size="small")
                button.setProperty("session", one.id)
                button.setChecked(one.beside)
                button.setAccessibleName(f"Lay over {one.title}")
                button.clicked.connect(lambda _=False, session=one.id: self._lay_over(session))
                self._flow.addWidget(button)
                if one.id == had:
                    button.setFocus()
        self._over.updateGeometry()

    def _lay_over(self, session: str) -> None:
        if self._presenter is not None:
            self._presenter.lay_over(session)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look

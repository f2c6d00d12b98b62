"""The place of all handovers: what left at the left, what came and one's own key at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kapjournal.gui.handovers.presenter import Handovers, HandoversPresenter, Line
from kapjournal.gui.look import Look
from kapjournal.gui.printing import find_file
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.columns import Columns
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.said_words import SaidWords
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.told_rows import ToldRows

_BESIDE, _RIGHT = 860, (400, 480)  # px at 100 %
KIND = "Bundle (*.age)"
NOTHING_LEFT = "Nothing has left this journal."
NOTHING_CAME = "Nothing was received yet. A colleague’s bundle ends in .kapbundle.age."
OWN_KEY = (
    "Send it to a colleague in any way; it is not secret. Then read the six words to each other, once, by telephone or "
    "side by side."
)

FindFile = Callable[[QWidget, str, Path, str, str], Path | None]


class HandoversView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look, find: FindFile = find_file) -> None:
        super().__init__()
        self._look, self._find = look, find
        self._waiting = True
        self._was_starting = False
        self.presenter: HandoversPresenter | None = None
        self.banner = BannerStrip(look)
        self.start = Button(look, "Start a handover", icon="package", variant=Variant.PRIMARY)
        self.open = Button(look, "Open a bundle", icon="package-open")
        self.clients, self.left = ToldRows(look, "Of whom"), ToldRows(look, "What left, the latest first")
        self.came, self.known = ToldRows(look, "What came, the latest first"), ToldRows(look, "Keys that are known")
        self.stop = Button(look, "Leave it", variant=Variant.QUIET)
        self.nothing_left, self.nothing_came = (
            Text(words, role="text-quiet", wrap=True) for words in (NOTHING_LEFT, NOTHING_CAME)
        )
        self.name = LineField(look)
        self.name_says = Text(step="small", role="text-quiet", wrap=True)
        self.recipient = Text(step="small", wrap=True)
        self.copy = Button(look, "Copy the key", icon="copy", variant=Variant.QUIET)
        self.copied = Text(step="small", role="text-quiet")
        self.words = SaidWords(look, "fingerprint", "Your six words, to read out")
        self._lay_out()
        self.panes = Panes(self, self._sides)

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        top = Column(look, margins=(24, 14, 24, 0), spacing=12)
        top.addWidget(self.banner)
        column.addLayout(top)
        self.starting = self._card("Of whom shall something go?", self.clients, self.stop)
        left = self._side(self._buttons(), self.starting, self._card("What left", self.left, self.nothing_left))
        own = self._card("Your key, for colleagues", Text(OWN_KEY, step="small", wrap=True), self.recipient)
        row = Row(look, spacing=16)
        row.addWidget(self.copy)
        row.addWidget(self.copied, 1)
        layout = own.layout()
        assert isinstance(layout, Column)
        layout.addLayout(row)
        layout.addWidget(self.words)
        layout.addWidget(Labelled(look, "Your name", self.name, hint="as colleagues know you"))
        layout.addWidget(self.name_says)
        self._known = self._card("Keys that are known", self.known)
        right = self._side(self._card("What came", self.came, self.nothing_came), own, self._known)
        self._sides = (left, right)
        self.columns = Columns(look, ((left, None), (right, _RIGHT)), beside_from=_BESIDE)
        column.addWidget(self.columns, 1)
        self.starting.hide()

    def _buttons(self) -> QWidget:
        box = QWidget()
        row = Row(self._look, box, spacing=12)
        row.addWidget(self.start)
        row.addWidget(self.open)
        row.addStretch(1)
        return box

    def _side(self, *parts: QWidget) -> QWidget:
        side = QWidget()
        column = Column(self._look, side, margins=(4, 4, 8, 20), spacing=14)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return side

    def _card(self, title: str, *parts: QWidget) -> Card:
        card = Card()
        column = Column(self._look, card, margins=(20, 16, 20, 16), spacing=10)
        column.addWidget(Text(title, step="heading", wrap=True))
        for part in parts:
            if isinstance(part, Button):
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                column.addWidget(part)
        return card

    def bind(self, presenter: HandoversPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.presenter = presenter
        self.start.clicked.connect(presenter.begin)
        self.stop.clicked.connect(presenter.stop)
        self.open.clicked.connect(self.find_bundle)
        self.copy.clicked.connect(self._copy)
        self.name.editingFinished.connect(lambda: presenter.keep_name(self.name.text()))
        self.clients.taken.connect(presenter.choose)
        self.clients.clicked.connect(lambda index: presenter.choose(self.clients.rows[index.row()].key))
        self.left.taken.connect(presenter.look_at_left)
        self.came.taken.connect(presenter.look_at_came)
        self.banner.acted.connect(presenter.act)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (("Ctrl+N", presenter.begin), ("Ctrl+O", self.find_bundle), ("Escape", presenter.stop)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(do)

    def find_bundle(self) -> None:
        """Ask which file to open."""
        path = self._find(self, "Open a bundle", Path.home(), KIND, self._look.name)
        if path is not None and self.presenter is not None:
            self.presenter.open(str(path))

    def _copy(self) -> None:
        if self.presenter is not None:
            QApplication.clipboard().setText(self.presenter.state.recipient)
            self.copied.setText("Copied. It is not secret.")

    def show_state(self, state: Handovers) -> None:
        """Show what the presenter made of it; what comes back after a lock finds nobody."""
        if not isValid(self):
            return
        message = state.message
        actions = (("close", "Close"),) if message else ()
        self.banner.tell(message.sentence if message else "", message.role if message else "text", actions)
        self.starting.setVisible(state.starting)
        self.start.setEnabled(state.read and not state.starting)
        for rows, lines in (
            (self.clients, state.clients),
            (self.left, state.left),
            (self.came, state.came),
            (self.known, state.known),
        ):
            rows.tell([_row(line) for line in lines])
        self.nothing_left.setVisible(state.read and not state.left)
        self.nothing_came.setVisible(state.read and not state.came)
        self._known.setVisible(bool(state.known))
        self.recipient.setText(_breakable(state.recipient))
        self.recipient.setAccessibleName(f"Your key: {state.recipient}")
        self.words.say(state.words)
        if state.starting and not self._was_starting:
            self.clients.setFocus()
        self._was_starting = state.starting
        self.name_says.setText(state.name_says)
        self.name_says.setVisible(bool(state.name_says))
        if self._waiting and state.read:
            self._waiting = False
            self.name.setText(state.name)
            self.start.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)


def _row(line: Line) -> RowData:
    return RowData(line.key, line.title, line.note, end=line.end)


def _breakable(key: str) -> str:
    """A long key that may wrap anywhere."""
    return "\u200b".join(key[at : at + 8] for at in range(0, len(key), 8))

"""The frame around the screens of desk work: the rail at the left, and the bar at the top with title and tabs.

A session is written without it. Where there is little room the rail's icons go first, then the tabs take a line of
their own, so that no word is ever cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button
from kapjournal.gui.widgets.label import Glyph, Hairline, Text
from kapjournal.gui.widgets.rail import FindButton, RailButton, TabButton
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

HOME, CLIENTS, SETTINGS, LOCK = "home", "clients", "settings", "lock"
COURSE, PREPARE, LIVE = "course", "prepare", "live"
REVIEW, INTEGRATE, HAND_OVER = "review", "integrate", "hand over"
LATE_ENTRY = "+late"  # what a review is about when it is entered to add something late
PICTURE, MINE = "picture", "mine"  # the course as pictures; what is the therapist's own
THEMES, PARTS = "themes", "parts"  # the list of themes; a client's roster of parts
HANDOVERS, BUNDLE = "handovers", "bundle"  # what left and came; a colleague's bundle that is looked at
_RAIL = {
    HOME: ("house", "Home"),
    CLIENTS: ("users-round", "Clients"),
    HANDOVERS: ("package", "Handovers"),
    SETTINGS: ("settings", "Settings"),
    LOCK: ("lock", "Lock"),
}
_TABS = {
    COURSE: "Course",
    PREPARE: "Prepare",
    LIVE: "Live",
    REVIEW: "Review",
    INTEGRATE: "Integrate",
    HAND_OVER: "Hand over",
}
_LOOK_ICONS = {"day": "sun", "dusk": "sunset", "night": "moon"}
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
_ONE_LINE = 930  # px at 100 % that the bar needs for title, tabs and buttons beside one another
_ICONS = 560  # px at 100 % of height that the rail needs for icons over its words


class ShellUses(NamedTuple):
    """Where the frame leads. None: that place does not exist, and its button is not shown."""

    home: Callable[[], None]
    clients: Callable[[], None]
    lock: Callable[[], None]
    find: Callable[[], None]
    next_look: Callable[[], None]
    tab: Callable[[str], None]  # COURSE to HAND_OVER of the client in front
    settings: Callable[[], None] | None = None
    late: Callable[[], None] = lambda: None  # to where a late entry of the client in front is added
    handovers: Callable[[], None] | None = None


class Bar(NamedTuple):
    """What the bar says: a title, a quieter word beside it, and in a client the tab in front."""

    title: str
    note: str = ""
    tab: str = ""  # empty outside of a client: no tabs then
    place: str = HOME  # of the rail


class Shell(QWidget):
    """Rail, bar and the screen in front."""

    def __init__(self, look: Look, uses: ShellUses) -> None:
        super().__init__()
        self._look = look
        self._uses = uses
        self.rail: dict[str, RailButton] = {}
        self.tabs: dict[str, TabButton] = {}
        self.title = Text(step="heading")
        self.note = Text(step="small", role="text-quiet")
        self.saved = QWidget()
        self.saved_words = Text("Saved", step="small", role="text-quiet")
        self.finder = FindButton(look)
        self.look_button = Button(look, look.name.title(), icon=_LOOK_ICONS[look.name])
        self._stack = QStackedWidget()
        self._lay_out()
        self.finder.clicked.connect(uses.find)
        self.look_button.clicked.connect(uses.next_look)
        QShortcut(QKeySequence("Ctrl+Shift+E"), self, self._late, context=_WITHIN)

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen inside of the frame."""
        return self._stack.currentWidget()

    def show_screen(self, screen: QWidget, bar: Bar) -> None:
        """Put a screen in the frame; the one before is let go."""
        before = self._stack.currentWidget()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None and before is not screen:
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.say_where(bar)
        self.say_saved("Saved")

    def say_where(self, bar: Bar) -> None:
        """Title, tab and place of the screen in front."""
        self.title.setText(bar.title)
        for name, place in self.rail.items():
            place.mark(present=name == bar.place)
        for name, tab in self.tabs.items():
            tab.mark(present=name == bar.tab)
        self._tab_bar.setVisible(bool(bar.tab))
        self.say_note(bar.note)

    def say_note(self, note: str) -> None:
        """A quieter word beside the title."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._make_room()

    def say_saved(self, words: str) -> None:
        """What is known of the disk: “Saved”, or nothing while something is on its way."""
        self.saved_words.setText(words)
        self.saved.setVisible(bool(words))

    def _late(self) -> None:
        """Add a late entry: in the screen in front if that is the place for it."""
        begin = getattr(self.screen_shown, "begin_late", self._uses.late)
        begin()

    def restyle(self, look: Look) -> None:
        """Take another look, with the screen inside."""
        self._look = look
        screen = self.screen_shown
        for part in (self._rail_box, self._bar):
            restyle_children(part, look)
        self.look_button.draw(_LOOK_ICONS[look.name], look.name.title())
        restyle = getattr(screen, "restyle", None)
        if restyle is not None:
            restyle(look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what has no room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        look = self._look
        compact = self.height() < look.px(_ICONS)
        for place in self.rail.values():
            place.fold(compact=compact)
        wide = max(place.sizeHint().width() for place in self.rail.values()) + look.px(12)
        self._rail_box.setFixedWidth(max(wide, look.px(84 if not compact else 0)))
        note = 0 if self.note.isHidden() else self.note.sizeHint().width() + look.px(12)
        title = self.title.sizeHint().width() + note - look.px(80)
        beside = self.width() - self._rail_box.width() >= look.px(_ONE_LINE) + max(title, 0)
        if beside != (self._where.indexOf(self._tab_bar) >= 0):
            if beside:
                self._where.insertWidget(1, self._tab_bar)
            else:
                self._lines.addWidget(self._tab_bar)
            self._tab_row.setContentsMargins(look.px(20) if beside else 0, 0, 0, 0)

    def _lay_out(self) -> None:
        look = self._look
        whole = Row(look, self)
        whole.addWidget(self._lay_rail())
        line = QFrame()
        line.setProperty("frame", "upright")
        whole.addWidget(line)
        right = Column(look)
        right.addWidget(self._lay_bar())
        right.addWidget(Hairline())
        right.addWidget(self._stack, 1)
        whole.addLayout(right, 1)

    def _lay_rail(self) -> QWidget:
        self._rail_box = QWidget()
        column = Column(self._look, self._rail_box, margins=(6, 12, 6, 12), spacing=4)
        does = {
            HOME: self._uses.home,
            CLIENTS: self._uses.clients,
            HANDOVERS: self._uses.handovers,
            SETTINGS: self._uses.settings,
            LOCK: self._uses.lock,
        }
        for name, (icon, word) in _RAIL.items():
            if name == SETTINGS:
                column.addStretch(1)
            go = does[name]
            if go is not None:
                self.rail[name] = RailButton(self._look, icon, word)
                self.rail[name].clicked.connect(go)
                column.addWidget(self.rail[name])
        return self._rail_box

    def _lay_bar(self) -> QWidget:
        look = self._look
        self._bar = QWidget()
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = Column(look, self._bar, margins=(24, 0, 24, 0), spacing=0)
        named = Row(look, margins=(0, 8, 0, 8), spacing=12)
        named.addWidget(self.title)
        named.addWidget(self.note)
        self._tab_bar = QWidget()
        tabs = self._tab_row = Row(look, self._tab_bar, margins=(20, 0, 0, 0))
        for number, (name, word) in enumerate(_TABS.items(), start=1):
            self.tabs[name] = TabButton(look, word, f"Ctrl {number}")
            self.tabs[name].clicked.connect(lambda _=False, at=name: self._uses.tab(at))
            tabs.addWidget(self.tabs[name])
        tabs.addStretch(1)
        self._where = Row(look)
        self._where.addLayout(named)
        self._where.addWidget(self._tab_bar)
        self._where.addStretch(1)
        self._where.addLayout(self._lay_doing())
        self._lines.addLayout(self._where)
        return self._bar

    def _lay_doing(self) -> Row:
        look = self._look
        told = Row(look, self.saved, spacing=6)
        told.addWidget(Glyph(look, "check", "text-quiet", 16))
        told.addWidget(self.saved_words)
        row = Row(look, margins=(0, 11, 0, 11), spacing=12)
        row.addStretch(1)
        row.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.finder)
        row.addWidget(self.look_button)
        return row

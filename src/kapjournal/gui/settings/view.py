"""The settings screen: its pages at the left, the page in front at the right, and what was saved at the top."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.settings.items import Tab
from kapjournal.gui.settings.presenter import SettingsPresenter, State
from kapjournal.gui.settings.sheet import Sheet
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Hairline, Text
from kapjournal.gui.widgets.page import FolderChooser, Measure, Scrolled, choose_folder
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_ROOM_FOR_BOTH = 860  # px at 100 %; narrower, the list of pages stands above
_TABS_WIDTH, _PAGE_WIDTH = 228, 880


class SettingsView(QWidget):
    """The whole screen. `choose` is the folder chooser; the system's if not given.

    Framed, it leaves the title and the way back to the frame around it.
    """

    def __init__(self, look: Look, choose: FolderChooser | None = None, *, framed: bool = False) -> None:
        super().__init__()
        self._framed = framed
        self._look, self._choose = look, choose
        self._forget = 0
        self._tab = ""
        self._beside: bool | None = None
        self.back = Button(look, "Back", icon="arrow-left", variant=Variant.QUIET)
        self.saved = Text(role="text-quiet", step="small")
        self.undo = Button(look, "Undo", icon="undo-2", variant=Variant.QUIET)
        self.banner = BannerStrip(look)
        self.tabs = _Tabs(look)
        self.sheet = Sheet(look)
        self._lay_out()

    def bind(self, presenter: SettingsPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        sheet = self.sheet
        sheet.typed.connect(presenter.typed)
        sheet.finished.connect(presenter.finished)
        sheet.chose.connect(presenter.chose)
        sheet.judged.connect(presenter.judge)
        sheet.pressed.connect(lambda key: presenter.pressed(key, sheet.secrets()))
        self.tabs.group.idClicked.connect(lambda at: presenter.turn(self.tabs.keys[at]))
        self.back.clicked.connect(presenter.leave)
        self.undo.clicked.connect(presenter.undo)
        self.banner.acted.connect(presenter.answer)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        redo = ("Ctrl+Shift+Z", presenter.redo), ("Ctrl+Y", presenter.redo)
        for keys, do in (("Ctrl+Z", presenter.undo), *redo, ("Escape", presenter.leave), ("F6", self._other_pane)):
            QShortcut(QKeySequence(keys), self, lambda do=do: do(), context=within)

    def show_state(self, state: State) -> None:
        """Show what the presenter made of it."""
        self.tabs.show_tabs(state.tabs, state.tab)
        self.saved.setText(state.saved)
        self.undo.setEnabled(state.can_undo)
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text", state.message_acts)
        if state.forget != self._forget:
            self._forget = state.forget
            self.sheet.forget()
        self.sheet.show_page(state.page, state.troubles)
        if state.tab != self._tab:
            self._tab = state.tab
            self._scrolled.verticalScrollBar().setValue(0)

    def ask_folder(self, start: Path) -> Path | None:
        """Let a folder be chosen; in Night with the program's own chooser."""
        choose = self._choose or choose_folder(self._look.name)
        return choose(self, "Where backups are to lie", start)

    def begin(self) -> None:
        """Begin with the list of pages."""
        self.tabs.take_focus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()
        self._presenter.look_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the list of pages above the page when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _other_pane(self) -> None:
        if self.tabs.isAncestorOf(self.focusWidget() or self):
            self.sheet.begin()
        else:
            self.tabs.take_focus()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        if beside is not self._beside:
            self._beside = beside
            if beside:
                self._panes.insertWidget(0, self.tabs, 0, Qt.AlignmentFlag.AlignTop)
            else:  # it scrolls away with the page, which needs the room
                self._ground.insertWidget(0, self.tabs)
            self.tabs.show()
        self.tabs.stand(self._look.px(_TABS_WIDTH) if beside else 0)

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        head = Row(look, margins=(32, 8 if self._framed else 14, 32, 8 if self._framed else 14), spacing=20)
        heading, line = Text("Settings", step="screen"), Hairline()
        head.addWidget(self.back)
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self.saved)
        head.addWidget(self.undo)
        column.addLayout(head)
        column.addWidget(line)
        for part in (self.back, heading, line):
            part.setVisible(not self._framed)
        self._panes = Row(look, margins=(24, 20, 24, 0), spacing=20)
        inside = QWidget()
        self._ground = Column(look, inside, margins=(8, 4, 12, 28), spacing=16)
        measure = Measure(look, _PAGE_WIDTH)
        page = Column(look, measure, spacing=16)
        page.addWidget(self.banner)
        page.addWidget(self.sheet)
        page.addStretch(1)
        row = Row(look)  # a row asks a column of limited width how high it is; a column would not
        row.addWidget(measure, 1000)
        row.addStretch(1)
        self._ground.addLayout(row, 1)
        self._scrolled = Scrolled(inside)
        self._panes.addWidget(self._scrolled, 1)
        column.addLayout(self._panes, 1)
        self._make_room()


class _Tabs(QWidget):
    """The list of pages: one stop of Tab, arrows walk and turn. Under one another, or wrapped in a narrow window."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._width = 0
        self.setAccessibleName("Pages of settings")
        self._flow = FlowLayout(look, self, spacing=6, line_gap=6)
        self.group = QButtonGroup(self)
        self.keys: list[str] = []
        self.buttons: dict[str, Button] = {}

    def show_tabs(self, tabs: tuple[Tab, ...], chosen: str) -> None:
        """Show these, made anew only for others."""
        if [tab.key for tab in tabs] != self.keys:
            self._flow.clear()
            self.keys = [tab.key for tab in tabs]
            self.buttons = {}
            for at, tab in enumerate(tabs):
                button = Button(self._look, tab.title, icon=tab.icon, variant=Variant.CHOICE)
                button.setProperty("inList", True)
                self.group.addButton(button, at)
                self._flow.addWidget(button)
                self.buttons[tab.key] = button
            self.stand(self._width)
        if chosen in self.buttons:
            self.buttons[chosen].setChecked(True)

    def stand(self, width: int) -> None:
        """Under one another in that width, or wrapped with 0."""
        self._width = width
        for button in self.buttons.values():
            button.setMinimumWidth(width)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width or 16_777_215)
        self.updateGeometry()

    def take_focus(self) -> None:
        """Focus on the page in front."""
        for button in self.buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

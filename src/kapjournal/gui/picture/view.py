"""The course in pictures: strips and measures at the left, the notes behind the chosen cell at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

from kapjournal.gui.look import Look
from kapjournal.gui.picture.presenter import PicturePresenter
from kapjournal.gui.picture.state import PARTS, THEMES, Behind, PictureState
from kapjournal.gui.picture.strips import Strips, page, png, print_picture
from kapjournal.gui.printing import choose_file
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.heat_strip import HeatStrip
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.told_rows import ToldRows

ChooseFile = Callable[[QWidget, str, Path, str, str], Path | None]
PrintPicture = Callable[[QImage, QWidget], None]
_BESIDE = 900  # px at 100 % that strips and notes need beside one another


class PictureView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look, choose: ChooseFile = choose_file, to_printer: PrintPicture = print_picture) -> None:
        super().__init__()
        self._look, self._choose, self._to_printer = look, choose, to_printer
        self._state = PictureState()
        self._waiting = True
        self.banner = BannerStrip(look)
        self.strips = Strips(look)
        self.notes = NotesBehind(look)
        self.save = Button(look, "Save as a picture", icon="file-text")
        self.print = Button(look, "Print")
        self.keep_themes = Button(look, "Themes and parts", icon="list-checks", variant=Variant.QUIET)
        self._lay_out()
        self.panes = Panes(self, [self._bar, self.strips, self.notes])

    def bind(self, presenter: PicturePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        for name, strip in self._named():
            strip.chosen.connect(lambda key, column, of=name: presenter.choose(of, key, column))
            strip.taken.connect(lambda *_: self.notes.begin())
        self.notes.rows.taken.connect(presenter.open_note)
        self.notes.integrate.clicked.connect(presenter.integrate)
        self.keep_themes.clicked.connect(presenter.keep_themes)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self._print)

    def show_state(self, state: PictureState) -> None:
        """Show what the presenter made of it; what comes back from the disk after a lock finds nobody."""
        if not isValid(self):
            return
        before, self._state = self._state, state
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text")
        if state._replace(behind=before.behind, message=before.message) != before:
            self.strips.show_state(state)
        for name, strip in self._named():
            if state.behind.strip != name and strip.at is not None:
                strip.let_go()
        self.notes.show_behind(state.behind)
        self.save.setEnabled(state.read)
        self.print.setEnabled(state.read)
        if self._waiting and state.read:
            self._waiting = False
            self.begin()

    def begin(self) -> None:
        """The arrows walk over the cells."""
        strips = [strip for _, strip in self._named() if not strip.isHidden()]
        (strips[0] if strips else self.save).setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the notes under the strips when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        px, middle = self._look.px, 14 if beside else 28
        self._halves[0].setContentsMargins(px(28), px(16), px(middle), px(24))
        self._halves[1].setContentsMargins(px(middle), px(16), px(28), px(24))

    def _named(self) -> tuple[tuple[str, HeatStrip], ...]:
        return (THEMES, self.strips.themes.strip), (PARTS, self.strips.parts.strip)

    def _save(self) -> None:
        path = self._choose(
            self, "Save the course as a picture", Path.home() / "course.png", "PNG (*.png)", self._look.name
        )
        if path is not None:
            self._presenter.save(path, png(page(self._state)))

    def _print(self) -> None:
        if self._state.read:
            self._to_printer(page(self._state), self)

    def _lay_out(self) -> None:
        look = self._look
        self._bar = QWidget()
        flow = FlowLayout(look, self._bar, spacing=12, line_gap=8)
        for button in (self.save, self.print, self.keep_themes):
            flow.addWidget(button)
        inside = QWidget()
        ground = Column(look, inside, margins=(28, 16, 14, 24), spacing=16)
        ground.addWidget(self.banner)
        ground.addWidget(self._bar)
        ground.addWidget(self.strips)
        ground.addStretch(1)
        beside = QWidget()
        right = Column(look, beside, margins=(14, 16, 28, 24))
        right.addWidget(self.notes)
        right.addStretch(1)
        self._halves = ground, right
        self._cards = Row(look, self)
        self._cards.addWidget(Scrolled(inside), 3)
        self._cards.addWidget(Scrolled(beside), 2)


class NotesBehind(Card):
    """The notes of one cell, exactly as written; Enter goes to the moment of one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.heading = Text(step="heading", wrap=True)
        self.about = Text(step="small", role="text-quiet", wrap=True)
        self.rows = ToldRows(look, "Notes of this cell")
        self.hint = Text("Enter opens a note in its session.", step="small", role="text-quiet", wrap=True)
        self.integrate = Button(look, "All of them, to integrate", icon="leaf", variant=Variant.QUIET)
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=8)
        for part in (self.heading, self.about, self.rows, self.hint, self.integrate):
            column.addWidget(part)
        self.show_behind(Behind())

    def show_behind(self, behind: Behind) -> None:
        """Show them, or how to."""
        self.heading.setText(behind.heading or "Notes")
        self.about.setText(behind.about or "Choose a cell to read the notes behind it.")
        self.rows.tell([RowData(n.key, n.words, n.about, icon=n.icon, quoted=n.quoted) for n in behind.notes])
        self.hint.setVisible(bool(behind.notes))
        self.integrate.setVisible(bool(behind.notes))

    def begin(self) -> None:
        """The arrows walk over the notes."""
        if self.rows.rows:
            self.rows.setFocus()

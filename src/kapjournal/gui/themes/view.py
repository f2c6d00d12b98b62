"""The screen that keeps themes: the list by family at the left, the chosen theme at the right."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kapjournal.gui.look import Look
from kapjournal.gui.themes.detail import AboutCard, TaggedNotes, WordsCard
from kapjournal.gui.themes.presenter import ThemesPresenter
from kapjournal.gui.themes.state import ADD, MERGE, SPLIT, ThemesState
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.family_list import FamilyList
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.list_and_detail import ListAndDetail
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.place_form import Asked, PlaceForm
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.undo_keys import undo_keys

NEW = (Asked("name", "Name"), Asked("family", "Family", "it may wait"))


class ThemesView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting = True
        self.banner = BannerStrip(look)
        self.list = FamilyList(look, "Themes")
        self.new = Button(look, "New theme", icon="plus", variant=Variant.QUIET)
        self.parts = Button(look, "", icon="users-round", variant=Variant.QUIET)
        self.new_form = PlaceForm(look, ADD, NEW, "Add it")
        self.about = AboutCard(look)
        self.words = WordsCard(look)
        self.notes = TaggedNotes(look)
        self._lay_out()
        self.panes = Panes(self, [self._both.left, self.about, self.words, self.notes])

    def bind(self, presenter: ThemesPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        self.banner.acted.connect(presenter.act)
        self.list.chosen.connect(presenter.choose)
        self.list.taken.connect(presenter.take)
        self.new.clicked.connect(lambda: presenter.open_form(ADD))
        self.parts.clicked.connect(presenter.go_parts)
        self.about.typed.connect(presenter.typed)
        self.about.finished.connect(presenter.finished)
        self.about.merge.clicked.connect(self._merge)
        self.about.split.clicked.connect(lambda: presenter.open_form(SPLIT))
        self.about.retire.clicked.connect(presenter.retire)
        self.words.picked.connect(presenter.pick_word)
        self.words.added.connect(presenter.add_words)
        self.words.taken_out.connect(presenter.take_words_out)
        self.notes.rows.taken.connect(presenter.open_note)
        self.notes.integrate.clicked.connect(presenter.integrate)
        self.notes.rows.toggled.connect(self._pick_note)
        for form in (self.new_form, self.about.split_form):
            form.keep_asked.connect(presenter.keep_form)
            form.leave_asked.connect(self._leave_form)
        undo_keys(self, presenter.undo, presenter.redo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, lambda: presenter.open_form(ADD))
        QShortcut(QKeySequence("Escape"), self, self._leave_form)

    def _merge(self) -> None:
        self._presenter.open_form(MERGE)
        self.list.setFocus()

    def _pick_note(self, entry: str) -> None:
        if not self.about.split_form.isHidden():
            self._presenter.pick_note(entry)

    def _leave_form(self) -> None:
        self._presenter.close_form()
        self.list.setFocus()

    def show_state(self, state: ThemesState) -> None:
        """Show what the presenter made of it; what comes back from the disk after a lock finds nobody."""
        if not isValid(self):
            return
        self._tell(state)
        rows = [RowData(t.key, t.name, t.family, end=str(t.notes) if t.notes else "") for t in state.lines]
        if state.form.name != MERGE:
            self.list.show_rows(rows, state.detail.key)
        self.parts.setText(f"To the {state.parts_word}")
        self.parts.setVisible(bool(state.parts_word))
        self.new_form.show_form(state.form, {})
        self.about.show_detail(state)
        self.words.show_detail(state.detail)
        self._waiting = self._waiting and state.form.name != ADD
        self.notes.show_detail(state)
        if self._waiting and state.read:
            self._waiting = False
            self.list.setFocus()

    def _tell(self, state: ThemesState) -> None:
        if state.form.name == MERGE:
            into = f"Which theme goes into {state.detail.name}? Choose it in the list and press Enter."
            self.banner.tell(into, "mark", (("close", "Leave it"),))
        else:
            message = state.message
            self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        restyle_children(self, look)
        self._both.restyle(look)

    def _lay_out(self) -> None:
        look = self._look
        card = Card()
        column = Column(look, card, margins=(0, 14, 0, 8), spacing=6)
        head = Row(look, margins=(20, 0, 20, 0), spacing=12)
        head.addWidget(Text("Themes", step="heading"))
        head.addStretch(1)
        head.addWidget(self.new)
        column.addLayout(head)
        form = Row(look, margins=(20, 0, 20, 0))
        form.addWidget(self.new_form)
        column.addLayout(form)
        column.addWidget(self.list, 1)
        self._both = ListAndDetail(look, card, self.parts, (self.banner, self.about, self.words, self.notes))
        Column(look, self).addWidget(self._both)

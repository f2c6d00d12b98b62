"""The roster of parts: who is in it at the left, what is known of one and when it was seen at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kapjournal.domain.label import PartRole
from kapjournal.gui.look import Look
from kapjournal.gui.parts.presenter import FELT, PartsPresenter
from kapjournal.gui.parts.state import ADD, PartDetail, PartsState
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.facts_card import Fact, FactsCard
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.list_and_detail import ListAndDetail
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.place_form import Asked, PlaceForm
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.told_rows import ToldRows
from kapjournal.gui.widgets.undo_keys import undo_keys

NEW = (Asked("name", "Name", "as the client knows it"),)
KNOWN = (
    (Fact("name", "Name"), Fact("age", "How old it feels")),
    (Fact("protects", "What it protects"), Fact("fears", "What it fears would happen")),
    (Fact("body", "Where in the body"),),
    (Fact("notes", "Notes", "", 2),),
)
ROLES = {
    PartRole.EXILE: "Exile",
    PartRole.MANAGER: "Manager",
    PartRole.FIREFIGHTER: "Firefighter",
    PartRole.SELF: "Self",
}


class PartsView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting = True
        self.banner = BannerStrip(look)
        self.heading = Text(step="heading", wrap=True)
        self.list = RowList(look, "Roster")
        self.new = Button(look, "Add", icon="plus", variant=Variant.QUIET)
        self.new_form = PlaceForm(look, ADD, NEW, "Add it")
        self.themes = Button(look, "To the themes", icon="list-checks", variant=Variant.QUIET)
        self.none = Text(role="text-quiet", wrap=True)
        self.known = KnownCard(look)
        self.sights = SightsCard(look)
        self._lay_out()
        self.panes = Panes(self, [self._both.left, self.known, self.sights])

    def bind(self, presenter: PartsPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        self.banner.acted.connect(presenter.act)
        self.list.chosen.connect(presenter.choose)
        self.new.clicked.connect(presenter.open_form)
        self.themes.clicked.connect(presenter.go_themes)
        self.new_form.keep_asked.connect(presenter.keep_form)
        self.new_form.leave_asked.connect(self._leave_form)
        self.known.typed.connect(presenter.typed)
        self.known.finished.connect(presenter.finished)
        self.known.take_out.clicked.connect(presenter.take_out)
        self.sights.rows.chosen.connect(presenter.look_at)
        self.sights.rows.taken.connect(presenter.open_note)
        self.sights.typed.connect(lambda words: presenter.typed(FELT, words))
        self.sights.finished.connect(presenter.felt)
        undo_keys(self, presenter.undo, presenter.redo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, presenter.open_form)

    def _leave_form(self) -> None:
        self._presenter.close_form()
        self.new.setFocus()

    def show_state(self, state: PartsState) -> None:
        """Show what the presenter made of it; what comes back from the disk after a lock finds nobody."""
        if not isValid(self):
            return
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)
        self.heading.setText(state.several.capitalize())
        self.new.setAccessibleName(f"{state.several.capitalize()}: Add")
        self.none.setText(f"No {state.several} are named yet.")
        self.none.setVisible(state.read and not state.lines)
        self.list.setVisible(bool(state.lines))
        self.list.show_rows([RowData(p.key, p.name, p.note) for p in state.lines], state.detail.key)
        self.new_form.show_form(state.form, {})
        for card in (self.known, self.sights):
            card.setVisible(bool(state.detail.key))
        self.known.show_part(state)
        self.sights.show_sights(state.detail)
        if self._waiting and state.read:
            self._waiting = False
            (self.list if state.lines else self.new).setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        restyle_children(self, look)
        self._both.restyle(look)

    def _lay_out(self) -> None:
        look = self._look
        card = Card()
        column = Column(look, card, margins=(0, 14, 0, 8), spacing=6)
        head = Row(look, margins=(20, 0, 20, 0), spacing=12)
        head.addWidget(self.heading, 1)
        head.addWidget(Chip(look, "private", ChipKind.OUTLINED, icon="lock", role="private"))
        head.addWidget(self.new)
        column.addLayout(head)
        within = Column(look, margins=(20, 0, 20, 0))
        within.addWidget(self.new_form)
        within.addWidget(self.none)
        column.addLayout(within)
        column.addWidget(self.list, 1)
        self._both = ListAndDetail(look, card, self.themes, (self.banner, self.known, self.sights))
        Column(look, self).addWidget(self._both)


class KnownCard(FactsCard):
    """What is known of a part; a role only where the therapist speaks of roles."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", KNOWN)
        self.title = self.head.itemAt(0).widget()  # type: ignore[union-attr]
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.take_out = Button(look, "Take it out of the roster", size="small")
        self.roles: dict[str, Button] = {}
        self._version = 0
        self._one = "part"
        roles = QWidget()
        flow = FlowLayout(look, roles)
        for role, word in ROLES.items():
            button = Button(look, word, variant=Variant.CHOICE)
            button.setAccessibleName(f"Role: {word}")
            button.clicked.connect(lambda on, value=role.value: self._choose_role(value if on else ""))
            self.roles[role.value] = button
            flow.addWidget(button)
        self.column.insertWidget(1, self.says)
        self.column.insertWidget(3, Text("Role", strong=True))
        self.column.insertWidget(4, roles)
        self.column.addWidget(self.take_out)

    def show_part(self, state: PartsState) -> None:
        """Show the part."""
        detail, words = state.detail, dict(state.detail.fields)
        if isinstance(self.title, Text):
            self.title.setText(state.one.capitalize())
        self.says.setText(detail.says)
        if detail.version != self._version:
            self._version = detail.version
            self.fill(words)
            for value, button in self.roles.items():
                button.setChecked(value == words.get("role", ""))
        self.tell(dict(state.problems))
        self.take_out.setText("Put it back into the roster" if detail.gone else "Take it out of the roster")

    def _choose_role(self, value: str) -> None:
        for name, button in self.roles.items():
            button.setChecked(name == value)
        self.finished.emit("role", value)


class SightsCard(Card):
    """When it was seen, in order; and what the client felt toward it, where a note is of its kind."""

    typed = Signal(str)
    finished = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rows = ToldRows(look, "When it was seen")
        self.felt = LineField(look)
        self.saying = Labelled(look, "What the client felt toward it", self.felt, hint="in this note")
        self.hint = Text("Enter opens a note in its session.", step="small", role="text-quiet", wrap=True)
        self._seen = ""
        column = Column(look, self, margins=(20, 16, 20, 16), spacing=8)
        column.addWidget(Text("When it was seen", step="heading"))
        column.addWidget(self.hint)
        column.addWidget(self.rows)
        column.addWidget(self.saying)
        self.felt.textEdited.connect(self.typed)
        self.felt.editingFinished.connect(lambda: self.finished.emit(self.felt.text()))

    def show_sights(self, detail: PartDetail) -> None:
        """Show them."""
        rows = [
            RowData(
                s.note.key,
                s.note.words,
                f"{s.note.about}. Felt toward it: {s.felt}" if s.felt else s.note.about,
                s.note.icon,
                quoted=s.note.quoted,
            )
            for s in detail.sights
        ]
        self.rows.show_rows(rows, detail.seen or None)
        self.rows.setVisible(bool(rows))
        self.hint.setVisible(bool(rows))
        seen = next((s for s in detail.sights if s.note.key == detail.seen), None)
        self.saying.setVisible(seen is not None and seen.may_say)
        if seen is not None and (detail.seen != self._seen or not self.felt.hasFocus()):
            self._seen = detail.seen
            self.felt.setText(seen.felt)

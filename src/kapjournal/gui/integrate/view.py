"""The integration screen: what to choose from at the left, earlier notes in the middle, the note at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from kapjournal.domain.capture_labels import PART_SIGN, Suggestion
from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.middle import Middle
from kapjournal.gui.integrate.note_layout import UNDO
from kapjournal.gui.integrate.note_list import NoteList
from kapjournal.gui.integrate.note_pane import NotePane
from kapjournal.gui.integrate.presenter import IntegratePresenter
from kapjournal.gui.integrate.shelf import ShelfList
from kapjournal.gui.integrate.state import Choice as Pick
from kapjournal.gui.integrate.state import Integrate
from kapjournal.gui.look import Look
from kapjournal.gui.messages import Message
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.command_palette import Command, CommandPalette
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children
from kapjournal.gui.widgets.suggestions import Offer
from kapjournal.gui.widgets.words_area import Choice

_ROOM_FOR_ALL = 1060  # px at 100 %; narrower, one pane at a time
_LEFT, _RIGHT = 244, 416  # widths at 100 %


class IntegrateView(QWidget):
    """The whole screen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._presenter: IntegratePresenter | None = None
        self._found: tuple[Suggestion, ...] = ()
        self._in_front = 0
        self._to_notes = False  # as soon as there are any
        self.shelf = ShelfList(look)
        self.new_theme = Button(look, "New theme", icon="plus", variant=Variant.QUIET)
        self.theme_name = LineField(look, placeholder="Name of the theme")
        self.theme_name.setAccessibleName("Name of the new theme, Enter makes it")
        self.theme_name.hide()
        self.banner = BannerStrip(look)
        self.middle = Middle(look)
        self.note = NotePane(look, self._choices)
        self.picker = CommandPalette(look, self, "Find a theme, a part, an intention, or words")
        self._lay_out()

    # --- layout ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        self._strip = QWidget()
        Column(look, self._strip, margins=(16, 10, 16, 2)).addWidget(self.banner)
        column.addWidget(self._strip)
        column.addWidget(self._lay_tabs())
        across = Row(look)
        column.addLayout(across, 1)
        self._left = QWidget()
        left = Column(look, self._left, margins=(12, 8, 8, 14), spacing=8)
        left.addWidget(self.shelf, 1)
        left.addWidget(self.theme_name)
        left.addWidget(self.new_theme, 0, Qt.AlignmentFlag.AlignLeft)
        self._panes: tuple[QWidget, ...] = (self._left, self.middle, self.note)
        self._lines = (_upright(), _upright())
        for pane, line in zip(self._panes, (*self._lines, None), strict=True):
            across.addWidget(pane, 1 if pane is self.middle else 0)
            if line is not None:
                across.addWidget(line)
        self._key("F6", partial(self.step, 1))
        self._key("Shift+F6", partial(self.step, -1))

    def _lay_tabs(self) -> QWidget:
        """One pane at a time where there is little room."""
        self._tabs = QWidget()
        row = Row(self._look, self._tabs, margins=(12, 8, 12, 8), spacing=8)
        self._tab_buttons = [Button(self._look, says, variant=Variant.CHOICE) for says in ("Find", "Notes", "Write")]
        for number, button in enumerate(self._tab_buttons):
            button.clicked.connect(lambda _=False, n=number: self.show_pane(n))
            row.addWidget(button)
        row.addStretch(1)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self._tabs

    @property
    def narrow(self) -> bool:
        """Whether one pane at a time is shown."""
        return self.width() < self._look.px(_ROOM_FOR_ALL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one pane at a time where there is little room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        narrow, px = self.narrow, self._look.px
        if narrow and self._tabs.isHidden():
            self._in_front = max(self._with_focus(), 0)
        self._tabs.setVisible(narrow)
        for line in self._lines:
            line.setVisible(not narrow)
        for pane, width in zip(self._panes, (_LEFT, 0, _RIGHT), strict=True):
            fixed = not narrow and width
            pane.setMinimumWidth(px(width) if fixed else 0)
            pane.setMaximumWidth(px(width) if fixed else 16_777_215)
        for number, pane in enumerate(self._panes):
            pane.setVisible(not narrow or number == self._in_front)
            self._tab_buttons[number].setChecked(number == self._in_front)

    def _with_focus(self) -> int:
        """The pane that the keys go to; -1 for none."""
        focused = QApplication.focusWidget()
        return next((n for n, pane in enumerate(self._panes) if focused and pane.isAncestorOf(focused)), -1)

    def show_pane(self, number: int) -> None:
        """Put a pane in front, where not all are."""
        self._in_front = number
        self._make_room()

    def step(self, by: int) -> None:
        """To the next pane, or the one before."""
        here = self._with_focus()
        there = (here + by) % len(self._panes) if here >= 0 else 0
        if there == 1 and not (self.middle.notes.rows or self.middle.related.rows):
            there = (there + by) % len(self._panes)
        self.show_pane(there)
        first = self.middle.notes if self.middle.notes.rows else self.middle.fold
        (self.shelf, first, self.note.area)[there].setFocus(Qt.FocusReason.TabFocusReason)

    # --- what the therapist does -------------------------------------------------------------------------------

    def bind(self, presenter: IntegratePresenter) -> None:
        """Send what the therapist does to the presenter."""
        self._presenter = presenter
        self.shelf.chosen.connect(self._chosen)
        self.shelf.sought.connect(presenter.pick)
        self.shelf.right.connect(self._to_the_notes)
        self.middle.notes.left.connect(self._to_the_shelf)
        self.new_theme.clicked.connect(self._ask_theme)
        self.theme_name.returnPressed.connect(self._make_theme)
        self.middle.ordered.connect(presenter.order_by)
        self.middle.everyone.connect(lambda everyone: presenter.ask_everyone(everyone=everyone))
        self.middle.fold.turned.connect(lambda unfolded: presenter.unfold(unfolded=unfolded))
        self.middle.related.left.connect(lambda: presenter.unfold(unfolded=False))
        for notes in (self.middle.notes, self.middle.related):
            self._bind_list(presenter, notes)
        self._bind_note(presenter)
        for sequence, do in (
            ("Ctrl+F", presenter.pick),
            ("Ctrl+S", presenter.writing.keep_now),
            ("Ctrl+Z", presenter.undo),
            ("Ctrl+Shift+Z", presenter.redo),
            ("Ctrl+Y", presenter.redo),
            ("Ctrl+Return", self._quote),
        ):
            self._key(sequence, do)

    def _bind_list(self, presenter: IntegratePresenter, notes: NoteList) -> None:
        notes.said.connect(
            lambda entry, does: presenter.unsay(entry) if does == UNDO else presenter.say(entry, TagState(does))
        )
        notes.opened.connect(presenter.open)
        notes.quoted.connect(presenter.quote)
        notes.sought.connect(presenter.pick_tag)
        notes.tagged.connect(presenter.tag_recent)

    def _bind_note(self, presenter: IntegratePresenter) -> None:
        note, writing = self.note, presenter.writing
        note.area.typed.connect(writing.typed)
        note.area.took.connect(lambda number: presenter.took_label(self._found[number]))
        note.chips.pressed.connect(writing.turn_label)
        note.echoes.pressed.connect(writing.turn_echo)
        note.link.clicked.connect(presenter.pick_echo)
        note.keep.clicked.connect(writing.keep_now)
        self.banner.acted.connect(lambda _: presenter.try_again())
        note.practices.agreed.connect(presenter.agree)
        note.practices.opened.connect(writing.open_practice)
        note.practices.more.clicked.connect(writing.turn_practices)
        note.practices.settled.connect(presenter.settle)
        note.became.connect(presenter.say_became)

    def _key(self, sequence: str, do: Callable[[], object]) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(sequence), self, context=context).activated.connect(do)

    def _chosen(self, key: str) -> None:
        if self._presenter is not None:
            self._presenter.choose(key)
            if self.narrow:
                self.show_pane(1)
                self.middle.notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_the_notes(self) -> None:
        if self.middle.notes.rows:
            self.show_pane(1)
            self.middle.notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_the_shelf(self) -> None:
        self.show_pane(0)
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def _quote(self) -> None:
        entry = self.middle.listening().current
        if self._presenter is not None and entry:
            self._presenter.quote(entry)

    def _choices(self, word: str) -> tuple[Choice, ...]:
        self._found = self._presenter.suggest_label(word) if self._presenter else ()
        return tuple(Choice(one.typed, _offer(one)) for one in self._found)

    def _ask_theme(self) -> None:
        self.theme_name.setVisible(self.theme_name.isHidden())
        if self.theme_name.isVisible():
            self.theme_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_theme(self) -> None:
        if self._presenter is not None:
            self._presenter.new_theme(self.theme_name.text())
        self.theme_name.clear()
        self.theme_name.hide()
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def pick(self, choices: tuple[Pick, ...], chosen: Callable[[str], None], new: Callable[[str], None] | None) -> None:
        """Open the picker over the screen."""

        def otherwise(typed: str) -> Sequence[Command]:
            if new is None:
                return ()
            looks = any(choice.key.startswith("theme:") for choice in choices)
            says = f"Look for “{typed}” in the notes" if looks else f"New theme “{typed}”"
            return [Command(says, "", lambda: new(typed))]

        commands = [Command(c.name, c.kind, partial(chosen, c.key)) for c in choices]
        self.picker.open(commands, otherwise)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_state(self, state: Integrate) -> None:
        """Show what the presenter made of it."""
        told = state.message or Message("")
        self.banner.tell(told.sentence, told.role, state.actions)
        self._strip.setVisible(bool(told.sentence))
        wanted = self._presenter.wanted if self._presenter is not None else ""
        self.shelf.show_rows(state.shelf, state.chosen)
        self.middle.show_state(state, wanted)
        self.note.show_state(state)
        if self._to_notes and state.rows:
            self._to_notes = False
            self.show_pane(1)
            self.middle.notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, *, at_notes: bool = False) -> None:
        """The keys start at the left, or where one comes back to at the notes."""
        self._to_notes = at_notes
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()


def _offer(one: Suggestion) -> Offer:
    is_part = one.typed.startswith(PART_SIGN)
    return Offer(one.name, "" if one.id else "new theme", "part-text" if is_part else "theme-text")


def _upright() -> QFrame:
    line = QFrame()
    line.setProperty("frame", "upright")
    return line

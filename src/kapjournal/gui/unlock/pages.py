"""The four pages of the unlock screen: open, recover, make, and the recovery key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.unlock.new_passphrase import NewPassphrase
from kapjournal.gui.unlock.presenter import KnownJournal, Page, Unlock
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, SecretField
from kapjournal.gui.widgets.label import Card, Hairline, Lined, Text
from kapjournal.gui.widgets.row_list import RowData, RowList
from kapjournal.gui.widgets.spacing import Column, Row


class UnlockPage(QWidget):
    """A page with its heading and, where it belongs on that page, a strip for what there is to tell."""

    turned = Signal(Page)

    def __init__(self, look: Look, heading: str) -> None:
        super().__init__()
        self.look = look
        self.banner = BannerStrip(look)
        self.column = Column(look, self)
        self.heading = Text(heading, step="screen")
        self.column.addWidget(self.heading)

    def restyle(self, look: Look) -> None:
        """Take another look for what is made later."""
        self.look = look

    def show_state(self, state: Unlock) -> None:
        """Tell what there is to tell."""
        message = state.message
        self.banner.tell(message.sentence if message else "", message.role if message else "text")

    def begin(self) -> None:
        """Put the focus where typing starts."""

    def forget(self) -> None:
        """Empty every field that held a secret."""

    def _turn_button(self, text: str, page: Page, icon: str) -> Button:
        button = Button(self.look, text, icon=icon, variant=Variant.QUIET)
        button.clicked.connect(lambda: self.turned.emit(page))
        return button

    def _add_row(self, *widgets: QWidget, spacing: float = 20) -> None:
        row = Row(self.look, spacing=spacing)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addLayout(row)


class OpenPage(UnlockPage):
    """The known journals and the passphrase."""

    chosen = Signal(str)
    other_asked = Signal()
    open_asked = Signal(str)
    demo_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Open your journal")
        self.journals = RowList(look, "Journals on this computer", cards=True)
        self.empty = Text("No journal on this computer yet. Start one, or choose one from a drive.", wrap=True)
        self.other = Button(look, "Choose another journal", icon="folder-open", variant=Variant.QUIET)
        self.new = self._turn_button("Start a new one", Page.MAKE, "plus")
        self.passphrase = SecretField(look)
        self.field = Labelled(look, "Passphrase", self.passphrase)
        self.caps = Lined(look, "info", "Caps Lock is on.", step="small", role="text-quiet", size=16)
        self.open = Button(look, "Open", variant=Variant.PRIMARY, size="tall")
        self.recover = self._turn_button("Use the recovery key instead", Page.RECOVER, "key-round")
        self.demo = Button(look, "Open the demo journal")
        self._lay_out()
        self._connect()

    def show_state(self, state: Unlock) -> None:
        """Show the journals, and what is being done."""
        super().show_state(state)
        known = bool(state.journals)
        self.journals.show_rows([_row(journal) for journal in state.journals], str(state.chosen))
        self.empty.setVisible(not known)
        for part in (self.journals, self.field, self.open, self.recover):
            part.setVisible(known)
        self.open.setText("Opening…" if state.busy else "Open")
        for button in (self.open, self.recover, self.demo, self.other, self.new):
            button.setEnabled(not state.busy)
        self.journals.setEnabled(not state.busy)
        self.passphrase.setReadOnly(bool(state.busy))

    def begin(self) -> None:
        """Typing starts in the passphrase, or with the first journal."""
        (self.passphrase if self.journals.rows else self.new).setFocus()

    def forget(self) -> None:
        """Empty the passphrase."""
        self.passphrase.forget()

    def _lay_out(self) -> None:
        column = self.column
        column.gap(22)
        column.addWidget(self.journals)
        column.addWidget(self.empty)
        column.gap(2)
        self._add_row(self.other, self.new, spacing=16)
        column.gap(20)
        column.addWidget(self.field)
        self.caps.hide()
        column.gap(8)
        column.addWidget(self.caps)
        column.addWidget(self.banner)
        column.gap(16)
        self._add_row(self.open, self.recover)
        column.gap(32)
        column.addWidget(Hairline())
        column.gap(24)
        column.addLayout(self._demo_row())

    def _demo_row(self) -> Row:
        says = Column(self.look, spacing=2)
        says.addWidget(Text("Just looking?", strong=True))
        says.addWidget(Text("The demo journal holds invented clients only.", role="text-quiet", wrap=True))
        row = Row(self.look, spacing=16)
        row.addLayout(says, 1)
        row.addWidget(self.demo)
        return row

    def _connect(self) -> None:
        self.journals.chosen.connect(self.chosen)
        self.journals.taken.connect(lambda _key: self.passphrase.setFocus())
        self.other.clicked.connect(self.other_asked)
        self.passphrase.returnPressed.connect(lambda: self.open_asked.emit(self.passphrase.text()))
        self.passphrase.caps_lock.connect(self.caps.setVisible)
        self.open.clicked.connect(lambda: self.open_asked.emit(self.passphrase.text()))
        self.demo.clicked.connect(self.demo_asked)


class RecoverPage(UnlockPage):
    """The recovery key, and a new passphrase if the old one is lost."""

    recover_asked = Signal(str, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Open with the recovery key")
        self.which = Text(role="text-quiet", wrap=True)
        self.key = LineField(look, tall=True)
        self.new = NewPassphrase(look)
        self.open = Button(look, "Open", variant=Variant.PRIMARY, size="tall")
        self.back = self._turn_button("Back to the passphrase", Page.OPEN, "arrow-left")
        self._lay_out()

    def show_state(self, state: Unlock) -> None:
        """Name the journal, and what is being done."""
        super().show_state(state)
        name = next((journal.name for journal in state.journals if journal.folder == state.chosen), "")
        self.which.setText(f"For {name}. Spaces, dashes and small letters do not matter." if name else "")
        self.new.show_state(state)
        self.open.setText("Opening…" if state.busy else "Open")
        for part in (self.open, self.back, self.new):
            part.setEnabled(not state.busy)
        self.key.setReadOnly(bool(state.busy))

    def begin(self) -> None:
        """Typing starts with the key."""
        self.key.setFocus()

    def forget(self) -> None:
        """Empty all three fields."""
        self.key.setText("")
        self.new.forget()

    def _lay_out(self) -> None:
        column = self.column
        column.gap(8)
        column.addWidget(self.which)
        column.gap(20)
        column.addWidget(Labelled(self.look, "Recovery key", self.key))
        column.gap(24)
        column.addWidget(Text("If the passphrase is lost, set a new one here. Otherwise leave this empty.", wrap=True))
        column.gap(12)
        column.addWidget(self.new)
        column.gap(12)
        column.addWidget(self.banner)
        column.gap(16)
        self._add_row(self.open, self.back)
        self.key.returnPressed.connect(self._ask)
        self.new.done.connect(self._ask)
        self.open.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.recover_asked.emit(self.key.text(), self.new.first.text(), self.new.second.text())


class MakePage(UnlockPage):
    """Name, folder and passphrase of a new journal."""

    named = Signal(str)
    place_asked = Signal()
    make_asked = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Start a new journal")
        self.name = LineField(look)
        self.place = Lined(look, "hard-drive", "", step="small", role="text-quiet", size=16)
        self.change = Button(look, "Another folder", icon="folder-open", variant=Variant.QUIET)
        self.cloud = BannerStrip(look)
        self.new = NewPassphrase(look)
        self.make = Button(look, "Make the journal", variant=Variant.PRIMARY, size="tall")
        self.back = self._turn_button("Back", Page.OPEN, "arrow-left")
        self._lay_out()

    def show_state(self, state: Unlock) -> None:
        """Show where it will lie, and what is being done."""
        super().show_state(state)
        if self.name.text() != state.name:
            self.name.setText(state.name)
        self.place.setText(_breakable(state.target))
        self.cloud.tell(state.cloud, "mark")
        self.new.show_state(state)
        self.make.setText("Making…" if state.busy else "Make the journal")
        for part in (self.name, self.change, self.new, self.make, self.back):
            part.setEnabled(not state.busy)

    def begin(self) -> None:
        """Typing starts with the name."""
        self.name.setFocus()
        self.name.selectAll()

    def forget(self) -> None:
        """Empty both passphrases."""
        self.new.forget()

    def _lay_out(self) -> None:
        column = self.column
        column.gap(20)
        column.addWidget(Labelled(self.look, "Name", self.name, hint="shown on this computer, so no client’s name"))
        column.gap(8)
        place = Row(self.look, spacing=12)
        place.addWidget(self.place, 1, Qt.AlignmentFlag.AlignVCenter)
        place.addWidget(self.change)
        column.addLayout(place)
        column.addWidget(self.cloud)
        column.gap(16)
        column.addWidget(self.new)
        column.gap(12)
        column.addWidget(self.banner)
        column.gap(16)
        self._add_row(self.make, self.back)
        self.name.textEdited.connect(self.named)
        self.change.clicked.connect(self.place_asked)
        self.new.done.connect(self._ask)
        self.make.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.make_asked.emit(self.new.first.text(), self.new.second.text())


class KeyPage(UnlockPage):
    """The recovery key of the new journal, shown once, and the test of what was written down."""

    test_asked = Signal(str)
    go_in_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Your recovery key")
        self.key = Text(step="screen", wrap=True)
        self.typed = LineField(look)
        self.test = Button(look, "Test it now", icon="check")
        self.go_in = Button(look, "Go to the journal", variant=Variant.PRIMARY, size="tall")
        self.later = Button(look, "Go on and test it another time", variant=Variant.QUIET)
        self._lay_out()

    def show_state(self, state: Unlock) -> None:
        """Show the key, and whether what was typed back opens the journal."""
        super().show_state(state)
        self.key.setText(_in_two_lines(state.recovery_key))
        self.key.setAccessibleName(f"Recovery key: {' '.join(state.recovery_key)}")
        self.go_in.setVisible(bool(state.tested))
        self.later.setVisible(not state.tested)
        for part in (self.test, self.go_in, self.later):
            part.setEnabled(not state.busy)
        if state.tested:
            self.go_in.setFocus()

    def begin(self) -> None:
        """Typing starts with the test."""
        self.typed.setFocus()

    def _lay_out(self) -> None:
        column = self.column
        column.gap(12)
        column.addWidget(
            Text(
                "It opens this journal if the passphrase is lost. It is shown only now. Write it on paper and keep "
                "the paper away from this computer: whoever has it can read everything.",
                wrap=True,
            )
        )
        column.gap(20)
        card = Card()
        Column(self.look, card, margins=(20, 18, 20, 18)).addWidget(self.key)
        column.addWidget(card)
        column.gap(24)
        column.addWidget(Labelled(self.look, "Type it back from the paper", self.typed, hint="to be sure of it"))
        column.gap(8)
        self._add_row(self.test)
        column.gap(8)
        column.addWidget(self.banner)
        column.gap(20)
        self._add_row(self.go_in, self.later)
        self.typed.returnPressed.connect(lambda: self.test_asked.emit(self.typed.text()))
        self.test.clicked.connect(lambda: self.test_asked.emit(self.typed.text()))
        for button in (self.go_in, self.later):
            button.clicked.connect(self.go_in_asked)

    def forget(self) -> None:
        """Empty the test field."""
        self.typed.setText("")


def _in_two_lines(key: str) -> str:
    """The recovery key with a line break in the middle of its groups, so that it is easier to copy."""
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    return "\n".join("-".join(part) for part in (groups[:half], groups[half:]) if part)


def _row(journal: KnownJournal) -> RowData:
    return RowData(str(journal.folder), journal.name, journal.note, "book-open" if journal.there else "usb")


def _breakable(path: Path) -> str:
    """A path that may break after each folder, since a label breaks only between words."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")

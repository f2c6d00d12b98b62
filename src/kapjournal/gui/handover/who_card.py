"""Whom it is for: the one who was chosen with their six words, or the form that chooses."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from kapjournal.gui.handover.state import Copy, HandOver, Way, Who
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.told_rows import ToldRows

_WAYS = {Way.KNOWN: "Somebody known", Way.KEY: "A key", Way.PASSPHRASE: "A passphrase"}


class Initials(QWidget):
    """Two letters in a circle; the name stands beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._letters = ""
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the size of another look."""
        self._look = look
        self.setFixedSize(look.px(44), look.px(44))

    def show_name(self, name: str) -> None:
        """Draw the initials of a name."""
        self._letters = "".join(word[0] for word in name.replace(".", " ").split()[:2]).upper()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle and the letters."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("part-bg") if look.filled else look.colour("part-text"))
        painter.setBrush(look.colour("part-bg"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(look.colour("part-text"))
        painter.setFont(look.font("body", weight=600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)


class WhoCard(Card):
    """The card; `kept` carries name, key, purpose and sender as they were filled in."""

    kept = Signal(str, str, str, str)
    way_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.initials = Initials(look)
        self.name = Text(strong=True, wrap=True)
        self.note = Text(step="small", role="text-quiet", wrap=True)
        self.purpose = Text(step="small", wrap=True)
        self.change = Button(look, "Change", variant=Variant.QUIET)
        self.words = Text(strong=True, wrap=True)
        self.compared = Button(look, "We compared them", icon="check", variant=Variant.QUIET)
        self.form = WhoForm(look)
        self._lay_out()
        self.form.keep.clicked.connect(self._keep)
        self.form.way_chosen.connect(self.way_chosen)
        for field in self.form.fields:
            field.returnPressed.connect(self._keep)

    def show_state(self, state: HandOver) -> None:
        """Show who it is, or the form."""
        who = state.who
        self._chosen.setVisible(not who.editing)
        self.initials.show_name(who.name)
        self.name.setText(who.name)
        self.note.setText(who.note)
        self.purpose.setText(who.purpose)
        self._words.setVisible(bool(who.words) and not who.editing)
        self.words.setText(who.words.replace(" ", "  "))
        self.words.setAccessibleName(f"Six words: {who.words}")
        self.compared.setVisible(not who.compared)
        began = self.form.isHidden() and who.editing
        self.form.setVisible(who.editing)
        if who.editing:
            self.form.show_who(who, alone=state.copy is Copy.CLIENT, fill=began)

    def _keep(self) -> None:
        form = self.form
        self.kept.emit(form.name.text(), form.key.text(), form.purpose.text(), form.signed_as.text())

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self, margins=(20, 16, 20, 18), spacing=12)
        column.addWidget(Text("Who it is for", step="heading"))
        self._chosen = QWidget()
        row = Row(look, self._chosen, spacing=12)
        row.addWidget(self.initials, 0, Qt.AlignmentFlag.AlignTop)
        told = Column(look, spacing=1)
        for text in (self.name, self.note, self.purpose):
            told.addWidget(text)
        row.addLayout(told, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._chosen)
        self._words = Card("box")
        inside = Column(look, self._words, margins=(12, 10, 12, 12), spacing=6)
        inside.addWidget(
            Lined(look, "fingerprint", "Say these words to each other", step="small", role="text-quiet", size=18)
        )
        inside.addWidget(self.words)
        inside.addWidget(self.compared, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._words)
        column.addWidget(self.form)


class WhoForm(QWidget):
    """Chooses by a known name, by a key that is pasted, or by a passphrase."""

    way_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.known = ToldRows(look, "Colleagues whose key is known")
        self.name, self.key, self.purpose, self.signed_as = (LineField(look) for _ in range(4))
        self.fields = (self.name, self.key, self.purpose, self.signed_as)
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.says = Text(step="small", role="text-quiet", wrap=True)
        self.keep = Button(look, "It is for them", variant=Variant.BORDERED)
        self.leave = Button(look, "Leave it", variant=Variant.QUIET)
        self.ways: dict[Way, Button] = {}
        self._group = QButtonGroup(self)
        self._ways = QWidget()
        flow = FlowLayout(look, self._ways)
        for way, says in _WAYS.items():
            button = self.ways[way] = Button(look, says, variant=Variant.CHOICE)
            button.clicked.connect(lambda _=False, what=way: self.way_chosen.emit(what))
            self._group.addButton(button)
            flow.addWidget(button)
        self._name = Labelled(look, "Name", self.name, hint="as you call them")
        self._key = Labelled(look, "Their key", self.key, hint="begins with age1")
        column = Column(look, self, spacing=12)
        for part in (self._ways, self.known, self._name, self._key, self.says):
            column.addWidget(part)
        column.addWidget(Labelled(look, "Why", self.purpose, hint="stands in the bundle and in the log"))
        column.addWidget(Labelled(look, "From", self.signed_as, hint="your name, as they know you"))
        column.addWidget(self.problem)
        buttons = Row(look, spacing=16)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def show_who(self, who: Who, *, alone: bool, fill: bool) -> None:
        """Show the way that was chosen; fields are filled only when the form begins."""
        if fill:
            for field, text in zip(self.fields, (*who.typed, who.purpose, who.sender), strict=True):
                field.setText(text)
                field.setCursorPosition(0)
        self._ways.setVisible(not alone)
        self.ways[Way.KNOWN].setVisible(bool(who.known))
        for way, button in self.ways.items():
            button.setChecked(way is who.way)
        rows = [RowData(one.name, one.name, one.note) for one in who.known]
        self.known.show_rows(rows, who.chosen)
        self.known.setVisible(who.way is Way.KNOWN and bool(rows))
        self._name.setVisible(who.way is not Way.KNOWN)
        self._key.setVisible(who.way is Way.KEY)
        self.says.setText(
            "Six random words are made when it is sealed. Tell them by telephone, never beside the bundle."
        )
        self.says.setVisible(who.way is Way.PASSPHRASE)
        self.problem.setText(who.problem)
        self.problem.setVisible(bool(who.problem))
        self.leave.setVisible(bool(who.name))

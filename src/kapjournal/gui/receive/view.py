"""The screen for a received bundle: who signed it and what is in it at the left, its pages at the right."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from kapjournal.gui.look import Look
from kapjournal.gui.receive.presenter import ReceivePresenter
from kapjournal.gui.receive.state import Receive
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.columns import Columns
from kapjournal.gui.widgets.compare import Compare
from kapjournal.gui.widgets.field import Labelled, SecretField
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.paper import Paper
from kapjournal.gui.widgets.said_words import SaidWords
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_BESIDE, _LEFT = 860, (400, 460)  # px at 100 %
MOST_FACTS = 7
KEPT_APART = (
    "It becomes a read-only history of the client, labelled with its sender. Your own course goes on beside it, and "
    "nothing of yours is changed."
)
BOTH_STAY = "Both stay: yours as it is, theirs beside it. Nothing is decided by the program."


class ReceiveView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._begun: object = None  # what the keys began with
        self.banner = BannerStrip(look)
        self.asking, self.signed, self.inside = Card(), Card(), Card()
        self.taking, self.differing = Card(), Card()
        self.passphrase = SecretField(look, tall=False)
        self._passphrase = Labelled(look, "Passphrase", self.passphrase)
        self.open = Button(look, "Open it", variant=Variant.PRIMARY)
        self.signer = Lined(look, "shield-check", "", step="heading", strong=True, size=20)
        self.sentence = Text(wrap=True)
        self.words = SaidWords(look, "fingerprint", "Their six words, to hear from them")
        self.compared = Button(look, "", icon="check")
        self.facts = [_Fact(look) for _ in range(MOST_FACTS)]
        self.refusal = Text(role="mark", wrap=True)
        self.take = Button(look, "Take it into the journal", icon="package-open", variant=Variant.PRIMARY)
        self.leave = Button(look, "Leave it", variant=Variant.QUIET)
        self.taken = Lined(look, "circle-check", "", icon_role="accent")
        self.go_on = Button(look, "To the client", icon="arrow-right", variant=Variant.PRIMARY)
        self.compare = Compare(look)
        self.number = Text(step="small", role="text-quiet")
        self.back, self.forward = (_turn(look, icon, says) for icon, says in _TURNS)
        self.paper = Paper(look)
        self._lay_out()
        self.panes = Panes(self, self._sides)

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        top = Column(look, margins=(24, 14, 24, 0))
        top.addWidget(self.banner)
        column.addLayout(top)
        left, right = QWidget(), QWidget()
        cards = Column(look, left, margins=(4, 4, 8, 20), spacing=14)
        self._fill_cards()
        for card in (self.asking, self.signed, self.inside, self.taking, self.differing):
            cards.addWidget(card)
            card.hide()
        cards.addStretch(1)
        pages = Column(look, right, margins=(4, 4, 8, 20), spacing=12)
        self._head = QWidget()
        head = Row(look, self._head, spacing=10)
        head.addWidget(Text("What they sent", step="heading"), 1)
        for part in (self.number, self.back, self.forward):
            head.addWidget(part)
        pages.addWidget(self._head)
        pages.addWidget(self.paper, 1)
        self._sides = (left, right)
        self.columns = Columns(look, ((left, _LEFT), (right, None)), beside_from=_BESIDE)
        column.addWidget(self.columns, 1)

    def _fill_cards(self) -> None:
        look, left = self._look, Qt.AlignmentFlag.AlignLeft
        contents: tuple[tuple[Card, tuple[QWidget, ...]], ...] = (
            (self.asking, (Text("It was sealed with a passphrase", step="heading", wrap=True), self._passphrase)),
            (self.signed, (self.signer, self.sentence, self.words)),
            (self.inside, (Text("What is in it", step="heading"), *self.facts)),
            (self.taking, (self.taken, self.refusal, Text(KEPT_APART, step="small", wrap=True))),
            (
                self.differing,
                (Text("Told differently", step="heading"), Text(BOTH_STAY, step="small", wrap=True), self.compare),
            ),
        )
        columns = {}
        for card, parts in contents:
            columns[card] = Column(look, card, margins=(20, 16, 20, 18), spacing=12)
            for part in parts:
                columns[card].addWidget(part)
        columns[self.asking].addWidget(self.open, 0, left)
        columns[self.signed].addWidget(self.compared, 0, left)
        row = Row(look, spacing=16)
        for button in (self.take, self.go_on, self.leave):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        columns[self.taking].addLayout(row)

    def bind(self, presenter: ReceivePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.open.clicked.connect(lambda: presenter.try_passphrase(self.passphrase.text()))
        self.passphrase.returnPressed.connect(lambda: presenter.try_passphrase(self.passphrase.text()))
        self.compared.clicked.connect(presenter.compared)
        self.take.clicked.connect(presenter.take)
        self.go_on.clicked.connect(presenter.go_on)
        self.leave.clicked.connect(presenter.leave)
        self.back.clicked.connect(lambda: presenter.step(-1))
        self.forward.clicked.connect(lambda: presenter.step(1))
        self.paper.turned.connect(presenter.step)
        self.paper.scrolled.connect(lambda pages: self.columns.scroll_in(self.paper, pages))
        self.banner.acted.connect(presenter.act)
        QShortcut(QKeySequence("Escape"), self, presenter.leave, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_state(self, state: Receive) -> None:
        """Show what the presenter made of it; what comes back after a lock finds nobody."""
        if not isValid(self):
            return
        message = state.message
        self.banner.tell(
            message.sentence if message else "",
            message.role if message else "text",
            (("close", "Close"),) if message else (),
        )
        self.asking.setVisible(state.asks_passphrase)
        self._passphrase.tell(state.problem)
        self.open.setEnabled(not state.busy)
        if not state.asks_passphrase:
            self.passphrase.forget()
        self._show_signer(state)
        self.inside.setVisible(bool(state.facts))
        for row, fact in zip_longest(self.facts, state.facts[:MOST_FACTS]):
            row.tell(fact)
        self._show_taking(state)
        self.differing.setVisible(bool(state.differences))
        rows = [(one.what, one.ours, one.theirs) for one in state.differences]
        self.compare.compare("Yours", f"As {state.sender} has it", rows)
        self._show_page(state)
        self._focus(state)

    def _show_signer(self, state: Receive) -> None:
        signer = state.signer
        self.signed.setVisible(signer is not None)
        if signer is None:
            return
        loud = signer.role == "safety"
        self.signer.setText(signer.title)
        self.signer.words.take_role(signer.role)
        self.signer.glyph.draw("triangle-alert" if loud else "shield-check", "safety" if loud else "accent")
        self.sentence.setText(signer.sentence)
        self.sentence.take_role(signer.role)
        self.words.say(signer.words)
        self.compared.setText(signer.asks)
        self.compared.setVisible(bool(signer.asks))

    def _show_taking(self, state: Receive) -> None:
        self.taking.setVisible(state.signer is not None)
        self.taken.setText(state.taken)
        self.taken.setVisible(bool(state.taken))
        self.refusal.setText(state.refusal)
        self.refusal.setVisible(bool(state.refusal))
        self.take.setVisible(not state.taken and not state.refusal)
        self.take.setEnabled(state.may_take and not state.busy)
        self.go_on.setVisible(bool(state.taken))

    def _show_page(self, state: Receive) -> None:
        self._head.setVisible(state.page is not None)
        self.paper.setVisible(state.page is not None)
        self.number.setText(f"page {state.number} of {state.pages}")
        self.back.setEnabled(state.number > 1)
        self.forward.setEnabled(state.number < state.pages)
        self.paper.show_page(state.page, state.number, state.pages, state.notices)

    def _focus(self, state: Receive) -> None:
        """Keep the keys where the work goes on, at each of its stages once."""
        stage = (state.asks_passphrase, state.signer is not None, bool(state.taken))
        if stage == self._begun or state.busy:
            return
        self._begun = stage
        if state.taken:
            self.go_on.setFocus()
        elif state.signer is not None:
            (self.compared if state.signer.asks else self.take if state.may_take else self.leave).setFocus()
        elif state.asks_passphrase:
            self.passphrase.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)


class _Fact(QWidget):
    """A label with words under it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.label, self.words = Text(step="small", role="text-quiet"), Text(wrap=True)
        column = Column(look, self, spacing=1)
        column.addWidget(self.label)
        column.addWidget(self.words)

    def tell(self, fact: tuple[str, str] | None) -> None:
        """Say a fact; None says nothing."""
        self.setVisible(fact is not None)
        if fact is not None:
            self.label.setText(fact[0])
            self.words.setText(fact[1])


_TURNS = (("chevron-left", "Page before"), ("chevron-right", "Page after"))


def _turn(look: Look, icon: str, says: str) -> Button:
    button = Button(look, "", icon=icon)
    button.setAccessibleName(says)
    return button

"""The handover screen: whom it is for and what goes at the left, the pages in the middle, the seal at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget
from shiboken6 import isValid

from kapjournal.application.ports import Timer
from kapjournal.application.progress_note import CLEARED_AFTER_S
from kapjournal.gui.handover.panes import MarksPane, NotePane, SealedPane
from kapjournal.gui.handover.presenter import HandOverPresenter
from kapjournal.gui.handover.seal_card import LogCard, SealCard
from kapjournal.gui.handover.state import COPY_NAMES, Copy, HandOver, Way
from kapjournal.gui.handover.tree import Axis
from kapjournal.gui.handover.what_card import LetterCard, WhatCard
from kapjournal.gui.handover.who_card import WhoCard
from kapjournal.gui.look import Look
from kapjournal.gui.printing import choose_file, pdf, to_chosen_printer
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.columns import Columns
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Text
from kapjournal.gui.widgets.panes import Panes
from kapjournal.gui.widgets.paper import Paper
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_BESIDE = 1000  # px at 100 % that three columns need
_LEFT, _RIGHT = (324, 384), (312, 316)
SUMMARY_PAGES = 2

ChooseFile = Callable[[QWidget, str, Path, str, str], Path | None]
ToPrinter = Callable[[QWidget, int | None], Callable[[str], None] | None]  # ask for one, to print pages on it


class Outside(NamedTuple):
    """What leaves the screen by other ways than a bundle."""

    timer: Timer
    choose: ChooseFile = choose_file
    to_printer: ToPrinter = to_chosen_printer


class HandOverView(QWidget):
    """The whole screen. `bind` it before it is shown."""

    def __init__(self, look: Look, outside: Outside) -> None:
        super().__init__()
        self._look, self._outside = look, outside
        self._waiting = True  # for what is read, so that the focus is where it begins
        self._editing, self._sealed, self._to_pages = False, False, False
        self._at: tuple[object, ...] = ()  # what is in the middle
        self.presenter: HandOverPresenter | None = None
        self.banner = BannerStrip(look)
        self.copies: dict[Copy, Button] = {}
        self.who, self.what, self.letter = WhoCard(look), WhatCard(look), LetterCard(look)
        self.title = Text(step="heading", wrap=True)
        self.number = Text(step="small", role="text-quiet")
        self.back, self.forward = (_turn(look, icon, says) for icon, says in _TURNS)
        self.paper, self.marks = Paper(look), MarksPane(look)
        self.sealed, self.note = SealedPane(look), NotePane(look)
        self.seal, self.log = SealCard(look), LogCard(look)
        self._lay_out()
        self.panes = Panes(self, (self._copies, *self._sides))

    # --- layout ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        top = Column(look, margins=(24, 14, 24, 0), spacing=10)
        top.addWidget(self.banner)
        top.addWidget(self._lay_copies())
        column.addLayout(top)
        left, middle, right = QWidget(), QWidget(), QWidget()
        for side, cards in ((left, (self.who, self.what, self.letter)), (right, (self.seal, self.log))):
            inside = Column(look, side, margins=(4, 4, 8, 20), spacing=14)
            for card in cards:
                inside.addWidget(card)
            inside.addStretch(1)
        self._lay_middle(Column(look, middle, margins=(4, 4, 8, 20), spacing=12))
        self._sides = (left, middle, right)
        self.columns = Columns(look, ((left, _LEFT), (middle, None), (right, _RIGHT)), beside_from=_BESIDE)
        column.addWidget(self.columns, 1)

    def _lay_copies(self) -> QWidget:
        self._copies = QWidget()
        flow = FlowLayout(self._look, self._copies)
        self._group = QButtonGroup(self)
        for copy, says in COPY_NAMES.items():
            button = self.copies[copy] = Button(self._look, says, variant=Variant.CHOICE)
            self._group.addButton(button)
            flow.addWidget(button)
        return self._copies

    def _lay_middle(self, column: Column) -> None:
        self._head = QWidget()
        head = Row(self._look, self._head, spacing=10)
        head.addWidget(self.title, 1)
        for part in (self.number, self.back, self.forward):
            head.addWidget(part)
        column.addWidget(self._head)
        self.middle = {"paper": self.paper, "marks": self.marks, "sealed": self.sealed, "note": self.note}
        for pane in self.middle.values():
            column.addWidget(pane, 1)
        column.addStretch(0)

    # --- what the therapist does -----------------------------------------------------------------------------

    def bind(self, presenter: HandOverPresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self.presenter = presenter
        for copy, button in self.copies.items():
            button.clicked.connect(partial(presenter.choose_copy, copy))
        self._bind_choosing(presenter)
        self._bind_reading(presenter)
        seal = self.seal
        seal.next.clicked.connect(presenter.next)
        seal.seal.clicked.connect(presenter.seal)
        seal.stop.clicked.connect(presenter.stop)
        seal.again.clicked.connect(presenter.look_at_marks)
        seal.chose_path.connect(presenter.take_path)
        seal.choose.clicked.connect(self._choose_path)
        seal.pdf.clicked.connect(partial(self._give, "PDF (*.pdf)"))
        seal.html.clicked.connect(partial(self._give, "HTML (*.html)"))
        seal.print.clicked.connect(self._print_summary)
        self.log.print.clicked.connect(self._print_log)
        self.sealed.done.clicked.connect(presenter.done)
        self.note.session_chosen.connect(presenter.choose_session)
        self.note.copy.clicked.connect(self._copy_note)
        self.banner.acted.connect(presenter.act)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (("Ctrl+P", self._print_log), ("Ctrl+Return", presenter.next), ("Escape", self._leave_form)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(do)

    def _bind_choosing(self, presenter: HandOverPresenter) -> None:
        who, private = self.who, self.what.private
        who.change.clicked.connect(presenter.edit_who)
        who.compared.clicked.connect(presenter.compared)
        who.kept.connect(presenter.keep_who)
        who.way_chosen.connect(lambda way: presenter.choose_way(Way(way)))
        who.form.known.chosen.connect(presenter.choose_known)
        who.form.leave.clicked.connect(presenter.leave_who)
        self.what.axis_chosen.connect(lambda axis: presenter.by(Axis(axis)))
        self.what.tree.ticked.connect(presenter.tick)
        self.what.tree.turned.connect(presenter.turn)
        private.begin.clicked.connect(presenter.begin_permission)
        private.kept.connect(presenter.keep_permission)
        private.leave.clicked.connect(presenter.leave_permission)
        self.letter.typed.connect(presenter.letter_typed)

    def _bind_reading(self, presenter: HandOverPresenter) -> None:
        self.back.clicked.connect(lambda: presenter.step(-1))
        self.forward.clicked.connect(lambda: presenter.step(1))
        self.paper.turned.connect(presenter.step)
        self.paper.scrolled.connect(lambda pages: self.columns.scroll_in(self.paper, pages))
        self.marks.edit_asked.connect(presenter.edit_passage)
        self.marks.decided.connect(presenter.decide)
        self.marks.suggested.connect(lambda key: presenter.decide(key, None))
        self.marks.as_written.connect(presenter.as_written)

    def _leave_form(self) -> None:
        if self.presenter is None:
            return
        if self.what.private.form.isVisible():
            self.presenter.leave_permission()
        elif self.presenter.state.who.editing and self.presenter.state.who.name:
            self.presenter.leave_who()

    # --- ways out --------------------------------------------------------------------------------------------

    def _choose_path(self) -> None:
        start = Path(self.seal.path.text())
        kind = "Sealed bundle (*.kapbundle.age)"
        path = self._outside.choose(self, "Where the bundle will lie", start, kind, self._look.name)
        if path is not None and self.presenter is not None:
            self.seal.path.setText(str(path))
            self.presenter.take_path(str(path))

    def _give(self, kind: str) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        as_pdf = kind.startswith("PDF")
        start = Path.home() / f"referral-summary.{'pdf' if as_pdf else 'html'}"
        path = self._outside.choose(self, "Save the summary", start, kind, self._look.name)
        if path is not None:
            presenter.give(path, _summary_pdf if as_pdf else _in_bytes)

    def _print_summary(self) -> None:
        if self.presenter is None or not self.presenter.state.may_seal:
            return
        send = self._outside.to_printer(self, SUMMARY_PAGES)
        if send is not None:
            self.presenter.print_summary(send)

    def _print_log(self) -> None:
        if self.presenter is not None:
            send = self._outside.to_printer(self, None)
            if send is not None:
                send(self.presenter.log_page())

    def _copy_note(self) -> None:
        text, board = self.note.area.toPlainText(), QApplication.clipboard()
        board.setText(text)
        self.note.told.setText("Copied. The clipboard is cleared after a minute.")

        def clear() -> None:
            if board.text() == text:
                board.clear()
            if isValid(self):
                self.note.told.setText("The clipboard was cleared.")

        self._outside.timer.after(CLEARED_AFTER_S, clear)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(clear)  # sooner, where the program ends sooner

    # --- what is shown ---------------------------------------------------------------------------------------

    def show_state(self, state: HandOver) -> None:
        """Show what the presenter made of it; what comes back after a lock finds nobody."""
        if not isValid(self):
            return
        message = state.message
        actions = (("close", "Close"),) if message else ()
        self.banner.tell(message.sentence if message else "", message.role if message else "text", actions)
        for copy, button in self.copies.items():
            button.setChecked(copy is state.copy)
        note = state.copy is Copy.NOTE
        self.columns.show_column(0, shown=not note)
        self.who.show_state(state)
        self.what.show_state(state)
        self.letter.show_state(state)
        self.seal.show_state(state)
        self.log.show_state(state)
        self._show_middle(state)
        self._focus(state)

    def _show_middle(self, state: HandOver) -> None:
        marks = state.marks
        front = "sealed" if state.sealed else "note" if state.note else "marks" if marks else "paper"
        at, of, what = (marks.number, marks.of, "sheet") if marks else (state.number, state.pages, "page")
        self.title.setText(MARKS_TITLE if front == "marks" else state.title)
        self.number.setText(f"{what} {at} of {of}" if of else "")
        self._head.setVisible(front in ("paper", "marks"))
        self.back.setEnabled(at > 1)
        self.forward.setEnabled(at < of)
        at_now = (state.page._replace(rows=()) if state.page else None, at, front)
        turned, self._at = at_now != self._at, at_now
        self.paper.show_page(state.page, state.number, state.pages, state.notices)
        self.marks.show_marks(marks)
        self.sealed.show_told(state.sealed)
        self.note.show_note(state.note)
        for name, pane in self.middle.items():
            pane.setVisible(name == front)
        if turned:
            self.columns.to_top(self.middle[front])

    def _focus(self, state: HandOver) -> None:
        """Keep the keys where the work goes on."""
        if self._waiting and state.read:
            self._waiting = False
            self.begin()
        elif self._editing and not state.who.editing:
            self._to_pages = True
        self._editing = state.who.editing
        if self._to_pages and self.seal.next.isEnabled():  # as soon as there are pages
            self._to_pages = False
            self.seal.next.setFocus()
        was, self._sealed = self._sealed, state.sealed is not None
        if was and not self._sealed:
            self.paper.setFocus()
        if self._sealed and not self.sealed.isAncestorOf(self.focusWidget() or self):
            self.sealed.done.setFocus()

    def begin(self) -> None:
        """The keys begin with whom it is for; where that is known, with the pages."""
        form = self.who.form
        if form.isHidden():
            self._to_pages = True
        else:
            first = form.known if form.known.isVisibleTo(self) else form.name
            first.setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)


_TURNS = (("chevron-left", "Page before"), ("chevron-right", "Page after"))


def _turn(look: Look, icon: str, says: str) -> Button:
    button = Button(look, "", icon=icon)
    button.setAccessibleName(says)
    return button


MARKS_TITLE = "Every word that would go"


def _summary_pdf(html: str) -> bytes:
    return pdf(html, "Referral summary", SUMMARY_PAGES)


def _in_bytes(html: str) -> bytes:
    return html.encode()

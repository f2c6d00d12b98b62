"""The preparation screen: intentions in the client's words at the left, what is agreed and ready at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapjournal.application.agreements import Sheet
from kapjournal.gui.look import Look
from kapjournal.gui.prepare.intentions import Beside, Carried, Fields, Tabs, Versions
from kapjournal.gui.prepare.presenter import PreparePresenter
from kapjournal.gui.prepare.sections import ReadOnly, Section, between, text_of
from kapjournal.gui.prepare.state import Prepare
from kapjournal.gui.printing import choose_pdf, print_page, save_pdf
from kapjournal.gui.widgets.banner import BannerStrip
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import LineField, TextArea
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row, restyle_children

_ROOM_FOR_BOTH = 1040  # px at 100 %; narrower, the sections stand under the intentions
_SIDE = 476  # width of the sections at 100 %, where they stand beside
_AT_THE_LEFT = (Sheet.HELPS, Sheet.PARTS, Sheet.ACCOUNT)

ChooseFile = Callable[[QWidget, str, str], Path | None]
PrintPage = Callable[[str, QWidget], None]


class PrepareView(QWidget):
    """The whole screen; `alone` gives it a way back of its own, where no frame does."""

    def __init__(
        self, look: Look, *, alone: bool = False, choose: ChooseFile = choose_pdf, to_printer: PrintPage = print_page
    ) -> None:
        super().__init__()
        self._look, self._choose, self._to_printer = look, choose, to_printer
        self._presenter: PreparePresenter | None = None
        self._told: tuple[object, ...] = ()
        self._waiting = True  # for what is read, so that typing starts with the hope
        self.title = Text(step="screen", wrap=True)
        self.note = Text(role="text-quiet", wrap=True)
        self.back = Button(look, "Back", icon="arrow-left", variant=Variant.QUIET)
        if not alone:
            self.back.hide()
        self._alone = alone
        self.version = Button(look, "", icon="history")
        self.session_note = Text(step="small", role="text-quiet", wrap=True)
        self.session_button = Button(look, "", variant=Variant.QUIET)
        self.banner = BannerStrip(look)
        self.paper = BannerStrip(look)
        self.empty = Text(role="text-quiet", wrap=True)
        self.carried = Carried(look)
        self.tabs = Tabs(look)
        self.versions = Versions(look)
        self.fields = Fields(look, lambda word: self._presenter.suggest(word) if self._presenter else ())
        self.sections = {sheet: Section(look, sheet) for sheet in Sheet}
        self.measures = ReadOnly(look, "list-checks", "Measures")
        self.saved = Lined(look, "check", "", step="small", role="text-quiet", size=16)
        self.print = Button(look, "Print", icon="file-text")
        self.agree = Button(look, "Agree these today", variant=Variant.PRIMARY)
        self.ready = Text(step="small", role="text-quiet")
        self.missing = Text(step="small", role="text-quiet", wrap=True)
        self._lay_out()

    # --- layout ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look = self._look
        ground = QWidget()
        self._columns = Row(look, ground, margins=(28, 24, 28, 24), spacing=28)
        self._columns.addWidget(self._left(), 1, Qt.AlignmentFlag.AlignTop)
        self._side = self._right()
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        column = Column(look, self)
        column.addWidget(Scrolled(ground), 1)
        column.addWidget(self._foot())

    def _left(self) -> QWidget:
        look, left = self._look, QWidget()
        column = Column(look, left, spacing=12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head = Row(look, spacing=16)
        titles = Column(look, spacing=2)
        titles.addWidget(self.title)
        titles.addWidget(self.note)
        head.addLayout(titles, 1)
        head.addWidget(self.version, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        session = Row(look, spacing=12)
        session.addWidget(self.session_note, 1)
        session.addWidget(self.session_button)
        column.addLayout(session)
        for part in (self.banner, self.empty, self.carried, self.tabs, self.versions, self.fields):
            column.addWidget(part)
        helps, parts, account = (self.sections[sheet] for sheet in _AT_THE_LEFT)
        column.gap(4)
        column.addWidget(Beside(look, helps, parts, 620))
        column.addWidget(account)
        return left

    def _right(self) -> QWidget:
        look, card = self._look, Card()
        column = Column(look, card, margins=(22, 16, 22, 18))
        head = Row(look, spacing=12)
        head.addWidget(Text("Before the session", step="heading", wrap=True), 1)
        head.addWidget(self.ready)
        column.addLayout(head)
        column.addWidget(self.missing)
        for sheet, section in self.sections.items():
            if sheet in _AT_THE_LEFT:
                continue
            if sheet is Sheet.CONSENT:
                between(look, column)
                column.addWidget(self.measures)
            between(look, column)
            column.addWidget(section)
        return card

    def _foot(self) -> QWidget:
        look, foot = self._look, QWidget()
        self._foot_row = Row(look, foot, margins=(28, 8, 36, 14), spacing=28)
        inner = QWidget()
        column = Column(look, inner, spacing=8)
        column.addWidget(self.paper)
        actions = QWidget()
        row = Row(look, actions, spacing=16)
        row.addWidget(self.saved, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.print)
        row.addWidget(self.agree)
        column.addWidget(actions)
        self._foot_row.addWidget(inner, 1)
        self._beside_side = QWidget()  # keeps the actions under the words, where the sections stand beside them
        self._foot_row.addWidget(self._beside_side)
        return foot

    # --- what the therapist does -----------------------------------------------------------------------------

    def bind(self, presenter: PreparePresenter) -> None:
        """Send what the therapist does to the presenter, which lives as long as the screen."""
        self._presenter = presenter
        self.back.clicked.connect(presenter.leave)
        self.version.clicked.connect(presenter.show_versions)
        self.session_button.clicked.connect(presenter.turn_session)
        self.banner.acted.connect(lambda _: presenter.try_again())
        self.paper.acted.connect(self._paper_chosen)
        self.carried.bring.clicked.connect(presenter.bring_in)
        self.carried.open.clicked.connect(presenter.open_note)
        self.tabs.chosen.connect(presenter.choose)
        self.tabs.moved.connect(presenter.move)
        self.tabs.add.clicked.connect(self._add)
        self.tabs.past.clicked.connect(presenter.show_past)
        self.versions.rows.chosen.connect(presenter.compare_with)
        self.versions.rows.taken.connect(presenter.compare_with)
        self.versions.done.clicked.connect(presenter.show_versions)
        self.fields.typed.connect(presenter.typed)
        for area in self.fields.areas.values():
            area.took.connect(lambda number: presenter.accepted(self.fields.found(number)))
            area.too_long.connect(self._too_long)
        self.fields.chips.untagged.connect(presenter.untag)
        self.fields.became.said.connect(presenter.say_state)
        self.print.clicked.connect(self._ask_paper)
        self.agree.clicked.connect(presenter.agree)
        for sheet, section in self.sections.items():
            self._bind_section(presenter, sheet, section)
        self._bind_keys(presenter)

    def _bind_section(self, presenter: PreparePresenter, sheet: Sheet, section: Section) -> None:
        section.change.clicked.connect(partial(presenter.edit_sheet, sheet))
        section.keep.clicked.connect(partial(presenter.keep_sheet, sheet))
        section.leave.clicked.connect(partial(presenter.leave_sheet, sheet))
        section.earlier_button.clicked.connect(partial(presenter.show_earlier, sheet))
        for name, field in section.fields.items():
            heard = partial(self._sheet_typed, sheet, name)
            if isinstance(field, TextArea):
                field.textChanged.connect(heard)
            elif isinstance(field, LineField):
                field.textChanged.connect(lambda _, do=heard: do())
                field.returnPressed.connect(partial(presenter.keep_sheet, sheet))

    def _bind_keys(self, presenter: PreparePresenter) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self._ask_paper),
            ("Ctrl+B", presenter.bring_in),
            ("Ctrl+Return", presenter.agree),
            ("Ctrl+S", presenter.keep_now),
            ("Ctrl+N", self._add),
            ("Ctrl+H", presenter.show_versions),
            ("Alt+Shift+Up", partial(presenter.move, -1)),
            ("Alt+Shift+Down", partial(presenter.move, 1)),
        )
        for sequence, do in keys:
            QShortcut(QKeySequence(sequence), self, context=within).activated.connect(do)
        if self._alone:
            QShortcut(QKeySequence("Escape"), self, context=within).activated.connect(presenter.leave)

    def _sheet_typed(self, sheet: Sheet, name: str) -> None:
        section = self.sections[sheet]
        if self._presenter is not None and not section.form.isHidden():
            self._presenter.sheet_typed(sheet, name, text_of(section.fields[name]))

    def _add(self) -> None:
        if self._presenter is not None:
            self._presenter.add()
            self.begin()

    def _too_long(self) -> None:
        self.banner.tell("That is more than one field takes, so nothing of it was put in.", "mark")

    # --- paper -----------------------------------------------------------------------------------------------

    def _ask_paper(self) -> None:
        says = "One page with the client’s own words, and nothing of yours. Whoever has it can read it."
        self.paper.tell(says, "text", (("print", "Print"), ("pdf", "Save as PDF"), ("close", "Not now")))

    def _paper_chosen(self, action: str) -> None:
        self.paper.tell("")
        if self._presenter is None or action == "close":
            return
        html = self._presenter.page()
        if action == "print":
            self._to_printer(html, self)
            return
        path = self._choose(self, "in-my-own-words.pdf", self._look.name)
        if path is None:
            return
        try:
            save_pdf(html, path)
        except OSError as error:
            self.paper.tell(f"The page could not be saved there ({error.strerror}). The journal is fine.", "safety")
        else:
            self.paper.tell(f"Saved as {path.name}. It is not encrypted.", "text", (("close", "Close"),))

    # --- what is shown ---------------------------------------------------------------------------------------

    def show_state(self, state: Prepare) -> None:
        """Show what the presenter made of it; what is typed stays."""
        self.title.setText(state.title)
        self.note.setText(state.note)
        many = len(state.versions)
        self.version.setText(f"Version {many} of {many}")
        self.version.setVisible(many > 0)
        self.session_note.setText(state.session_note)
        self.session_button.setText(state.session_action)
        self._tell(state)
        self.empty.setText(state.empty)
        self.empty.setVisible(bool(state.empty))
        self.carried.show_state(state.carried)
        self.tabs.show_state(state)
        self.versions.show_state(state)
        self.fields.setVisible(not state.versions_shown)
        self.fields.show_state(state)
        for sheet in state.sheets:
            self.sections[sheet.sheet].show_state(sheet)
        self.measures.show_words(state.measures, state.measures_on)
        self.ready.setText(state.ready)
        missing = "; ".join(state.missing)
        self.missing.setText(f"{missing[:1].upper()}{missing[1:]}." if missing else "")
        self.missing.setVisible(bool(state.missing))
        self.saved.setText(state.saved)
        self.saved.glyph.setVisible(bool(state.saved))
        self.print.setText(f"Print for {state.alias}")
        if self._waiting and not state.busy and state.chosen:
            self._waiting = False
            self.begin()

    def _tell(self, state: Prepare) -> None:
        told = (state.message, state.actions)
        if told != self._told:
            self._told = told
            message = state.message
            self.banner.tell(message.sentence if message else "", message.role if message else "text", state.actions)

    def begin(self) -> None:
        """Typing starts with the hope."""
        self.fields.areas["hope"].setFocus()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        restyle_children(self, look)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the two columns under one another when the window is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self.width() >= self._look.px(_ROOM_FOR_BOTH)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._side.setMinimumWidth(self._look.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(self._look.px(_SIDE) if beside else 16_777_215)
        self._beside_side.setFixedWidth(self._look.px(_SIDE))
        self._beside_side.setVisible(beside)

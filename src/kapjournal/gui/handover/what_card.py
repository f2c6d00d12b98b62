"""What goes: the tree, what is said of private notes with the form for a permission, and the words to the colleague."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kapjournal.gui.handover.state import HandOver, PermissionForm
from kapjournal.gui.handover.tree import Axis
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.label import Card, Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.tick_rows import TickRow, TickRows


class WhatCard(Card):
    """The tree of what goes."""

    axis_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.axis = Button(look, "", variant=Variant.QUIET)
        self.tree = TickRows(look, "What goes: arrows move, Space ticks, Right unfolds")
        self.stays = Text(step="small", role="text-quiet", wrap=True)
        self.private = PrivateCard(look)
        column = Column(look, self, margins=(20, 16, 20, 20), spacing=8)
        head = Row(look, spacing=12)
        head.addWidget(Text("What goes", step="heading"), 1)
        head.addWidget(self.axis)
        column.addLayout(head)
        column.addWidget(self.tree)
        column.addWidget(self.stays)
        column.gap(4)
        column.addWidget(self.private)
        self._axis = Axis.KIND
        self.axis.clicked.connect(lambda: self.axis_chosen.emit(Axis.SESSION if self._axis is Axis.KIND else Axis.KIND))

    def show_state(self, state: HandOver) -> None:
        """Show what is ticked."""
        self._axis = state.axis
        self.axis.setText("By session" if state.axis is Axis.KIND else "By kind")
        self.tree.show_rows([TickRow(*branch) for branch in state.branches])
        self.stays.setText(state.stays)
        self.private.show_state(state)


class PrivateCard(Card):
    """Private notes stay here, or the permission under which they may go; `kept` carries the four fields."""

    kept = Signal(str, str, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__("private")
        self.title = Lined(look, "lock", "", step="body", role="private", strong=True, size=16)
        self.sentence = Text(wrap=True)
        self.begin = Button(look, "", variant=Variant.QUIET)
        self.scope, self.to, self.until, self.signed_on = (LineField(look) for _ in range(4))
        self.fields = (self.scope, self.to, self.until, self.signed_on)
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        self.keep = Button(look, "Record it")
        self.leave = Button(look, "Leave it", variant=Variant.QUIET)
        column = Column(look, self, margins=(16, 12, 14, 14), spacing=6)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lay_form(look))
        self.keep.clicked.connect(self._keep)
        for field in self.fields:
            field.returnPressed.connect(self._keep)

    def show_state(self, state: HandOver) -> None:
        """Show what is said, and the form while it is open."""
        private = state.private
        self.setVisible(private is not None)
        if private is None:
            return
        form = private.form
        self.title.setText(private.title)
        self.sentence.setText(private.sentence)
        self.begin.setText(private.action)
        self.begin.setVisible(bool(private.action) and form is None)
        began, ended = form is not None and self.form.isHidden(), form is None and not self.form.isHidden()
        had_focus = self.form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.form.setVisible(form is not None)
        if form is not None:
            self._show_form(form, fill=began)
        elif ended and had_focus:
            self.begin.setFocus()

    def _show_form(self, form: PermissionForm, *, fill: bool) -> None:
        if fill:
            for field, text in zip(self.fields, form[:4], strict=True):
                field.setText(text)
            self.scope.setFocus()
        self.problem.setText(form.problem)
        self.problem.setVisible(bool(form.problem))

    def _keep(self) -> None:
        self.kept.emit(*(field.text() for field in self.fields))

    def _lay_form(self, look: Look) -> QWidget:
        self.form = QWidget()
        column = Column(look, self.form, margins=(0, 6, 0, 0), spacing=10)
        for label, field, hint in (
            ("What may go", self.scope, "as the paper says"),
            ("To whom", self.to, ""),
            ("Until", self.until, "the last day, if there is one"),
            ("Signed on", self.signed_on, ""),
        ):
            column.addWidget(Labelled(look, label, field, hint=hint))
        column.addWidget(self.problem)
        row = Row(look, spacing=16)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        self.form.hide()
        return self.form


class LetterCard(Card):
    """The therapist's own words on the summary."""

    typed = Signal(str, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._version = -1
        self.areas = tuple(TextArea(look, rows=2) for _ in range(3))
        column = Column(look, self, margins=(20, 16, 20, 18), spacing=12)
        column.addWidget(Text("In your own words, for the summary", step="heading", wrap=True))
        for label, area in zip(("Questions to them", "What helped", "What did not"), self.areas, strict=True):
            column.addWidget(Labelled(look, label, area))
            area.textChanged.connect(self._typed)

    def show_state(self, state: HandOver) -> None:
        """Fill the fields when they were read anew; what is typed stays."""
        if state.letter_version != self._version:
            self._version = state.letter_version
            for area, words in zip(self.areas, state.letter, strict=True):
                was = area.blockSignals(True)
                area.setPlainText(words)
                area.blockSignals(was)

    def _typed(self) -> None:
        self.typed.emit(*(area.toPlainText() for area in self.areas))

"""The form in front: its question, its items, the total as it builds up, and Enter keeps it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.measures.items import ItemKeys, Items
from kapjournal.gui.measures.presenter import MeasuresPresenter
from kapjournal.gui.measures.state import Form
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Hairline, Text
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.gui.widgets.spacing import Column, Row

KEYS = "Digits answer and move on.  Backspace goes back.  Arrows move.  Delete leaves open.  Enter keeps."


class FormPage(QWidget):
    """Everything about filling in one instrument."""

    def __init__(self, look: Look, presenter: MeasuresPresenter) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        self._version = -1
        self.stem = Text(step="heading", wrap=True)
        self.instructions = Text(step="small", wrap=True)
        self.legend = QWidget()
        self._legend = FlowLayout(look, self.legend, spacing=20)
        keys = ItemKeys(presenter.digit, presenter.move, presenter.step, presenter.clear, presenter.keep)
        self.items = Items(look, keys)
        self.items.answered.connect(presenter.answer)
        self.items.came.connect(presenter.go_to)
        self.score = Labelled(look, "Score", LineField(look, tall=True))
        self.day = Labelled(look, "Answered on", LineField(look), hint="if not now")
        self.note = Labelled(look, "Note", LineField(look), hint="if you like")
        self.notice = Text(step="caption", role="text-quiet", wrap=True)
        self.keys = Text(KEYS, step="small", role="text-quiet", wrap=True)
        self.result = Text(step="heading", wrap=True)
        self.plain = Text(strong=True, wrap=True)
        self.discard = Button(look, "Discard", variant=Variant.QUIET)
        self.keep = Button(look, "Keep", variant=Variant.PRIMARY, size="tall")
        self._lay_out()
        self._connect()

    def show_form(self, form: Form) -> None:
        """Show the form as it is answered so far."""
        if form.version != self._version:
            self._begin(form)
        self.items.show_items(form.items, form.at)
        self.result.setText(form.result or form.progress)
        self.plain.setText(" ".join(form.plain))
        self.plain.setVisible(bool(form.plain))
        row = self.items.rows[form.at] if self.items.rows else None
        inside = QApplication.focusWidget()
        if row is not None and not row.hasFocus() and (inside is None or not self._in_fields(inside)):
            row.setFocus()

    def begin(self) -> None:
        """The keys go to the first open item, or to the score."""
        current = next((row for row in self.items.rows if row.focusPolicy() is Qt.FocusPolicy.StrongFocus), None)
        (current or self.score.field).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the items for the width there is."""
        super().resizeEvent(event)
        self._make_room()

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
        self._make_room()

    def sizeHint(self) -> QSize:
        """As large as the window."""
        return QSize(self._look.px(600), self._look.px(400))

    def _make_room(self) -> None:
        width = self.width() - self._look.px(64)
        self.items.make_room(width)
        self.legend.setVisible(self._legend.count() > 0 and not self._worded())

    def _worded(self) -> bool:
        buttons = self.items.rows[0].buttons if self.items.rows else []
        return any(not button.text().isdigit() for button in buttons)

    def _in_fields(self, widget: QWidget) -> bool:
        fields = (self.score.field, self.day.field, self.note.field, self.keep, self.discard)
        return widget in fields and widget.isVisible()

    def _begin(self, form: Form) -> None:
        self._version = form.version
        for text, words in ((self.stem, form.stem), (self.instructions, form.instructions), (self.notice, form.notice)):
            text.setText(words)
            text.setVisible(bool(words))
        self.items.fill(form.items)
        self.items.setVisible(bool(form.items))
        self._fill_legend(form)
        self.score.setVisible(not form.items)
        self.score.label.setText(form.score_hint[:1].upper() + form.score_hint[1:])
        self.score.field.setAccessibleName(f"{form.id}: {form.score_hint}")
        self.keys.setText(KEYS if form.items else "Enter keeps.")
        for field, words in ((self.score, form.score), (self.day, form.taken_on), (self.note, form.note)):
            if isinstance(field.field, LineField):
                field.field.setText(words)
                field.field.setPlaceholderText(form.today if field is self.day else "")
        self._make_room()

    def _fill_legend(self, form: Form) -> None:
        self._legend.clear()
        choices = form.items[0].choices if form.items else ()
        for choice in choices:
            if choice.label:
                self._legend.addWidget(Text(f"{choice.value}  {choice.label}", step="small", strong=True))

    def _lay_out(self) -> None:
        look = self._look
        column = Column(look, self)
        ground = QWidget()
        inner = Column(look, ground, margins=(32, 14, 32, 16), spacing=10)
        for widget in (self.instructions, self.stem, self.legend):
            inner.addWidget(widget)
        inner.addWidget(self.items)
        self._score_row = Row(look)
        self._score_row.addWidget(self.score, 1)
        self._score_row.addStretch(2)
        inner.addLayout(self._score_row)
        beside = Row(look, spacing=24)
        beside.addWidget(self.day, 1)
        beside.addWidget(self.note, 3)
        inner.addLayout(beside)
        inner.addWidget(self.keys)
        inner.addWidget(self.notice)
        inner.addStretch(1)
        self.scrolled = Scrolled(ground)
        column.addWidget(self.scrolled, 1)
        column.addWidget(Hairline())
        foot = Card("plain")
        row = Row(look, foot, margins=(32, 10, 32, 10), spacing=16)
        row.addWidget(self.result, 2)
        row.addWidget(self.plain, 3)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        column.addWidget(foot)

    def _connect(self) -> None:
        presenter = self._presenter
        self.keep.clicked.connect(presenter.keep)
        self.discard.clicked.connect(presenter.ask_to_discard)
        for field, typed in (
            (self.score, presenter.type_score),
            (self.day, presenter.type_day),
            (self.note, presenter.type_note),
        ):
            if isinstance(field.field, LineField):
                field.field.textEdited.connect(typed)
                field.field.returnPressed.connect(presenter.keep)

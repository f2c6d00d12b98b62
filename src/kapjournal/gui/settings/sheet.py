"""Draws a page of settings: a card for each section, a widget for each item, kept while the page keeps its shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.settings.items import (
    Act,
    Acts,
    Choice,
    Item,
    KindRow,
    Line,
    Page,
    Secret,
    Section,
    Spelled,
    Together,
    Words,
    shape_of,
)
from kapjournal.gui.settings.parts import FixedText, SettingField, beside, lined, say_all
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.field import Labelled, LineField, SecretField
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Glyph, Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row


class Made(NamedTuple):
    """A widget with its way of taking another item of the same shape, and the part of it that takes the focus."""

    widget: QWidget
    take: Callable[[Item], None]


class Sheet(QWidget):
    """One page.

    Signals:
        typed(key, text), finished(key): a field is written in, and left or entered.
        chose(key, value): one of several, or back to the default.
        pressed(key): a button.
        judged(text): what stands in a new passphrase.
    """

    typed = Signal(str, str)
    finished = Signal(str)
    chose = Signal(str, str)
    pressed = Signal(str)
    judged = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shape: object = None
        self._column = Column(look, self, spacing=20)
        self._body: QWidget | None = None
        self._made: list[Made] = []
        self._defaults: list[Button] = []
        self.fields: dict[str, LineField] = {}
        self.buttons: dict[str, Button] = {}
        self._troubles: dict[str, Callable[[str], None]] = {}

    def show_page(self, page: Page, troubles: Mapping[str, str]) -> None:
        """Show this page; widgets are made anew only for another shape, and the focus stays by name."""
        shape = tuple(shape_of(section) for section in page.sections)
        if shape != self._shape:
            self._shape = shape
            focused = self._focused()
            self._build(page)
            self._focus(focused)
        items = [item for section in page.sections for item in section.items]
        for made, item in zip(self._made, items, strict=True):
            made.take(item)
        for button, section in zip(self._defaults, page.sections, strict=True):
            button.setVisible(bool(section.default))
            button.setProperty("key", section.default)
        for key, tell in self._troubles.items():
            tell(troubles.get(key, ""))

    def secrets(self) -> dict[str, str]:
        """What stands in the secret fields."""
        return {key: field.text() for key, field in self.fields.items() if isinstance(field, SecretField)}

    def forget(self) -> None:
        """Empty every secret field."""
        for field in self.fields.values():
            if isinstance(field, SecretField):
                field.forget()

    def restyle(self, look: Look) -> None:
        """Take another look for what is made later."""
        self._look = look

    def begin(self) -> None:
        """Put the focus on the first thing that takes it."""
        found = next((w for w in (self._body.findChildren(QWidget) if self._body else ()) if _takes_focus(w)), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- building ------------------------------------------------------------------------------------------

    def _build(self, page: Page) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._made, self._defaults = [], []
        self.fields, self.buttons, self._troubles = {}, {}, {}
        self._body = QWidget()
        column = Column(self._look, self._body, spacing=20)
        for section in page.sections:
            column.addWidget(self._section(section))
        column.addStretch(1)
        self._column.addWidget(self._body)
        self._body.show()  # at once, so that the focus can stand in it

    def _section(self, section: Section) -> Card:
        look, card = self._look, Card()
        card.setAccessibleName(section.title)
        column = Column(look, card, margins=(20, 16, 20, 18), spacing=12)
        head = Row(look, spacing=12)
        head.addWidget(lined(Lined(look, section.icon, section.title, step="heading", spacing=10)), 1)
        back = Button(look, "Back to the default", icon="rotate-ccw", variant=Variant.QUIET, size="small")
        back.setAccessibleName(f"{section.title}: back to the default")
        back.clicked.connect(lambda: self.chose.emit(str(back.property("key")), ""))
        back.hide()
        head.addWidget(back)
        self._defaults.append(back)
        column.addLayout(head)
        if section.note:
            column.addWidget(Text(section.note, step="small", role="text-quiet", wrap=True))
        for item in section.items:
            shown_above = isinstance(item, Choice) and item.label == section.title
            made = self._choice(item, labelled=False) if isinstance(item, Choice) and shown_above else self._item(item)
            self._made.append(made)
            column.addWidget(made.widget)
        return card

    def _item(self, item: Item) -> Made:  # noqa: PLR0911 - one way for each item
        match item:
            case Choice():
                return self._choice(item)
            case Line():
                return self._line(item)
            case Together():
                return self._together(item)
            case KindRow():
                return self._kind_row(item)
            case Words():
                return self._words(item)
            case Secret():
                return self._secret(item)
            case Acts():
                return self._acts(item)
            case Spelled():
                return self._spelled(item)

    def _choice(self, item: Choice, *, labelled: bool = True, short: bool = False) -> Made:
        look, box = self._look, QWidget()
        box.setAccessibleName(item.label)
        column = Column(look, box, spacing=6)
        if labelled:
            column.addWidget(Text(item.label, strong=True, wrap=True))
        options = QWidget()
        flow = Row(look, options, spacing=8) if short else FlowLayout(look, options)
        group, buttons = QButtonGroup(box), {}
        for value, words in item.options:
            button = Button(look, words, variant=Variant.CHOICE)
            button.setAccessibleName(f"{item.label}: {words}")
            button.clicked.connect(partial(self._option, item.key, value))
            group.addButton(button)
            flow.addWidget(button)
            buttons[value] = self.buttons[f"{item.key}={value}"] = button
        column.addWidget(options)

        def take(new: Item) -> None:
            if isinstance(new, Choice):
                for value, button in buttons.items():
                    button.setChecked(value == new.value)

        return Made(box, take)

    def _option(self, key: str, value: str) -> None:
        self.chose.emit(key, value)

    def _field(self, item: Line) -> SettingField:
        field = SettingField(self._look, item.width)
        field.textEdited.connect(lambda text, key=item.key: self.typed.emit(key, text))
        field.editingFinished.connect(lambda key=item.key: self.finished.emit(key))
        self.fields[item.key] = field
        return field

    def _line(self, item: Line) -> Made:
        field = self._field(item)
        labelled = Labelled(self._look, item.label, field, hint=item.hint)
        self._troubles[item.key] = labelled.tell
        return Made(labelled, lambda new: _write(field, new))

    def _together(self, item: Together) -> Made:
        look, box = self._look, QWidget()
        column = Column(look, box, spacing=6)
        if item.label:
            column.addWidget(Text(item.label, strong=True, wrap=True))
        fields = QWidget()
        flow = FlowLayout(look, fields, spacing=14, line_gap=8)
        written: list[SettingField] = []
        for line in item.lines:
            field = self._field(line)
            field.setAccessibleName(f"{item.label or 'In the list'}, {line.label}")
            written.append(field)
            flow.addWidget(beside(look, line.label, field))
        column.addWidget(fields)
        trouble = lined(Lined(look, "triangle-alert", "", step="small", role="safety", size=16))
        trouble.hide()
        column.addWidget(trouble)
        if item.note:
            column.addWidget(Text(item.note, step="small", role="text-quiet", wrap=True))
        said: dict[str, str] = {}
        for line in item.lines:
            self._troubles[line.key] = partial(say_all, said, trouble, line.key)

        def take(new: Item) -> None:
            if isinstance(new, Together):
                for field, line in zip(written, new.lines, strict=True):
                    _write(field, line)

        return Made(box, take)

    def _kind_row(self, item: KindRow) -> Made:
        look, box = self._look, QWidget()
        flow = FlowLayout(look, box, spacing=14, line_gap=6)
        name = QWidget()
        row = Row(look, name, spacing=8)
        row.addWidget(Glyph(look, item.icon, item.role, 18))
        row.addWidget(FixedText(look, item.name, 150))
        flow.addWidget(name)
        field = self._field(item.word)
        field.setAccessibleName(item.word.label)
        flow.addWidget(field)
        choice = self._choice(item.choice, labelled=False, short=True) if item.choice else None
        flow.addWidget(choice.widget if choice else FixedText(look, item.fixed, step="small", role="text-quiet"))
        trouble = lined(Lined(look, "triangle-alert", "", step="small", role="safety", size=16))
        trouble.hide()
        whole = QWidget()
        column = Column(look, whole, spacing=4)
        column.addWidget(box)
        column.addWidget(trouble)
        self._troubles[item.word.key] = partial(say_all, {}, trouble, item.word.key)

        def take(new: Item) -> None:
            if isinstance(new, KindRow):
                _write(field, new.word)
                if choice is not None and new.choice is not None:
                    choice.take(new.choice)

        return Made(whole, take)

    def _words(self, item: Words) -> Made:
        widget: Lined | Text
        if item.icon:
            icon, text = item.icon, item.text
            widget = lined(Lined(self._look, icon, text, role="text", icon_role=item.role, strong=item.strong))
        else:
            widget = Text(item.text, role=item.role, strong=item.strong, wrap=True)

        def take(new: Item) -> None:
            if isinstance(new, Words):
                widget.setText(new.text)
                widget.setVisible(bool(new.text))
                if isinstance(widget, Lined):
                    widget.glyph.draw(new.icon, new.role)
                else:
                    widget.take_role(new.role)

        return Made(widget, take)

    def _secret(self, item: Secret) -> Made:
        field = SecretField(self._look, tall=False)
        self.fields[item.key] = field
        if item.hears:
            field.textEdited.connect(self.judged)
        return Made(Labelled(self._look, item.label, field, hint=item.hint), lambda _: None)

    def _acts(self, item: Acts) -> Made:
        box = QWidget()
        flow = FlowLayout(self._look, box, spacing=16)
        buttons = {act.key: self._act(act) for act in item.acts}
        for button in buttons.values():
            flow.addWidget(button)

        def take(new: Item) -> None:
            for act in new.acts if isinstance(new, Acts) else ():
                buttons[act.key].setText(act.label)
                buttons[act.key].setEnabled(act.enabled)

        return Made(box, take)

    def _act(self, act: Act) -> Button:
        button = Button(self._look, act.label, icon=act.icon, variant=Variant.PRIMARY if act.main else Variant.BORDERED)
        button.clicked.connect(lambda: self.pressed.emit(act.key))
        self.buttons[act.key] = button
        return button

    def _spelled(self, item: Spelled) -> Made:
        text = Text(step="screen", wrap=True)

        def take(new: Item) -> None:
            if isinstance(new, Spelled):
                groups = new.text.split("-")
                half = (len(groups) + 1) // 2
                text.setText("\n".join("-".join(part) for part in (groups[:half], groups[half:]) if part))
                text.setAccessibleName(f"Recovery key: {' '.join(new.text)}")

        return Made(text, take)

    # --- the focus -----------------------------------------------------------------------------------------

    def _focused(self) -> str:
        focus = QApplication.focusWidget()
        named = {**self.fields, **self.buttons}
        return next((key for key, widget in named.items() if widget is focus), "")

    def _focus(self, key: str) -> None:
        widget = self.fields.get(key) or self.buttons.get(key)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _write(field: LineField, new: Item) -> None:
    if isinstance(new, Line) and field.text() != new.value:
        field.setText(new.value)
        if not field.hasFocus():
            field.setCursorPosition(0)  # long words are read from their beginning


def _takes_focus(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return (widget.focusPolicy() & tab) == tab and not widget.isHidden() and widget.isEnabled()

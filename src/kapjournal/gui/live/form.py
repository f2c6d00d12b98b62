"""A one-line form in the place of the capture field: vitals, dose, touch, safety."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.key_cap import KeyCap
from kapjournal.gui.live.passage import picture, words
from kapjournal.gui.live.state import Form, FormField
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.field import LineField
from kapjournal.gui.widgets.flow import FlowLayout

UNSAID = "–"


class Blank(QWidget):
    """A label and its input: figures and words are typed, choices are picked with a letter or the arrows."""

    def __init__(self, look: Look, on: Doings, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self._on, self.key = on, field.key
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(6))
        layout.addWidget(words(look, field.label, "small", "text-quiet"))
        self.input: QLineEdit | QComboBox = self._choice(look, field) if field.choices else self._typed(look, field)
        self.input.setAccessibleName(field.label)
        layout.addWidget(self.input)

    def _typed(self, look: Look, field: FormField) -> QLineEdit:
        made = LineField(look)  # its caret is not a bright line at night
        made.setFont(look.font("body"))
        figures = QFontMetrics(made.font()).horizontalAdvance("0") * field.width
        made.setFixedWidth(figures + look.px(24))
        made.textEdited.connect(lambda text: self._on.form_changed(self.key, text))
        return made

    def _choice(self, look: Look, field: FormField) -> QComboBox:
        made = WheelDeafChoice(self)
        made.setFont(look.font("body"))
        made.addItems([UNSAID, *filter(None, field.choices)])
        made.activated.connect(lambda _: self._on.form_changed(self.key, self.value()))
        return made

    def value(self) -> str:
        """What stands in the input."""
        if isinstance(self.input, QComboBox):
            return "" if self.input.currentText() == UNSAID else self.input.currentText()
        return self.input.text()

    def take(self, value: str) -> None:
        """Stand with this value, without telling anyone."""
        if value == self.value():
            return
        if isinstance(self.input, QComboBox):
            self.input.setCurrentIndex(max(self.input.findText(value), 0))
        else:
            self.input.setText(value)


class WheelDeafChoice(QComboBox):
    """A wheel turned by accident changes nothing; letters and arrows do."""

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Escape to the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
            return
        super().keyPressEvent(event)


class OneLineForm(QWidget):
    """Title and blanks; Enter keeps, Escape leaves and keeps what was typed."""

    def __init__(self, look: Look, on: Doings, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._on = look, on
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self._shape: object = None
        self._hints: list[QWidget] = []
        self._short = False
        self.blanks: list[Blank] = []

    def set_short(self, short: bool) -> None:
        """Leave the hints away where every line is needed: F1 has them."""
        self._short = short
        for hint in self._hints:
            hint.setVisible(not short)

    def show_form(self, form: Form) -> None:
        """Show this form; inputs are made anew only for another form."""
        shape = (form.title, tuple((f.key, f.label, f.choices) for f in form.fields))
        if shape != self._shape:
            self._shape = shape
            self._build(form)
        for blank, field in zip(self.blanks, form.fields, strict=True):
            blank.take(field.value)

    def _build(self, form: Form) -> None:
        look = self._look
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body = QWidget(self)
        body.setAccessibleName(form.title)
        flow = FlowLayout(look, body, spacing=16, line_gap=6)
        flow.addWidget(self._title(form, body))
        self.blanks = [Blank(look, self._on, field, body) for field in form.fields]
        for blank in self.blanks:
            flow.addWidget(blank)
        self._hints = [self._hint(key, what, body) for key, what in (("Enter", "keep"), ("Esc", "leave"))]
        for hint in self._hints:
            flow.addWidget(hint)
        self.set_short(self._short)
        self._layout.addWidget(body)
        body.show()

    def _title(self, form: Form, parent: QWidget) -> QWidget:
        title = QWidget(parent)
        layout = QHBoxLayout(title)
        layout.setContentsMargins(0, self._look.px(8), 0, self._look.px(8))
        layout.setSpacing(self._look.px(8))
        layout.addWidget(picture(self._look, form.icon, "text", 18))
        layout.addWidget(words(self._look, form.title, "body", "text", weight=600))
        return title

    def _hint(self, key: str, what: str, parent: QWidget) -> QWidget:
        hint = QWidget(parent)
        layout = QHBoxLayout(hint)
        layout.setContentsMargins(0, self._look.px(8), 0, self._look.px(8))
        layout.setSpacing(self._look.px(6))
        layout.addWidget(KeyCap(self._look, key, hint))
        layout.addWidget(words(self._look, what, "small", "text-quiet"))
        return hint

    def take_focus(self) -> None:
        """Begin at the first blank that is still empty."""
        empty = [blank for blank in self.blanks if not blank.value()] or self.blanks
        if empty:
            empty[0].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the inputs leave over."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on.form_enter()
            case Qt.Key.Key_Escape:
                self._on.escape()
            case _:
                super().keyPressEvent(event)

"""The sections beside the intentions: each says what stands, and unfolds in place to be written in."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapjournal.application.agreements import CONSENTS, MORE, SAFETY_HEADINGS, SETTING_HEADINGS, Sheet
from kapjournal.domain.capture_labels import labels_in
from kapjournal.gui.look import Look
from kapjournal.gui.prepare.state import SheetState
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.chip import Chip, ChipKind
from kapjournal.gui.widgets.field import Labelled, LineField, TextArea
from kapjournal.gui.widgets.label import Hairline, Lined, Text
from kapjournal.gui.widgets.spacing import Column, Row


class Field(NamedTuple):
    """One field of a section; `rows` of 0 is a single line, `half` shares its line with the next."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0
    half: bool = False
    serif: bool = False


TITLES = {
    Sheet.TOUCH: ("hand", "Touch and boundaries"),
    Sheet.SAFETY: ("shield-alert", "Safety plan"),
    Sheet.CLEARANCE: ("pill", "Clearance from the prescriber"),
    Sheet.SETTING: ("music", "Room and music"),
    Sheet.CONSENT: ("file-text", "Consent"),
    Sheet.HELPS: ("leaf", "What helps when it is a lot"),
    Sheet.PARTS: ("users-round", "Parts asked beforehand"),
    Sheet.ACCOUNT: ("notebook-pen", "In the client’s own voice"),
}
FIELDS: dict[Sheet, tuple[Field, ...]] = {
    Sheet.TOUCH: (
        Field("allowed", "What is welcome, and where", "can be narrowed in the session, never widened", 2),
        Field("begun_by", "Who may begin it"),
        Field("stop_word", "Stop word", half=True),
        Field("stop_gesture", "Stop gesture", half=True),
        Field("if_more_is_asked", "When more is asked for than was agreed", "", 2),
    ),
    Sheet.SAFETY: (
        *(Field(key, heading, "", 1) for key, heading in SAFETY_HEADINGS.items()),
        Field(MORE, "Anything else", "", 2),
        Field("danger", "Danger signs to watch for", "one a line", 2),
        Field("ride", "Ride home"),
        Field("emergency_contact", "Emergency contact"),
        Field("prescriber", "Prescriber", "with the phone number"),
    ),
    Sheet.CLEARANCE: (
        Field("cleared", "What the prescriber cleared", "as reported", 3),
        Field("on", "When", "24 February 2026", half=True),
        Field("route", "Route", "IM, SL, IN …", half=True),
        Field("dose_range", "Dose range", "as prescribed"),
        Field("vitals_schedule", "Vitals", "minutes after the first dose: 0, 20, 60"),
        Field("systolic", "Upper limit", "mmHg", half=True),
        Field("diastolic", "Lower limit", "mmHg", half=True),
        Field("heart_rate", "Pulse limit", half=True),
        Field("spo2", "Oxygen, least", "%", half=True),
    ),
    Sheet.SETTING: (
        *(Field(key, heading, "", 1) for key, heading in SETTING_HEADINGS.items()),
        Field(MORE, "Anything else", "", 2),
    ),
    Sheet.CONSENT: tuple(
        field
        for key, about, _ in CONSENTS
        for field in (
            Field(key, f"{about[:1].upper()}{about[1:]}", "what was said or signed"),
            Field(f"{key}_on", "On", "8 January 2026", half=True),
            Field(f"{key}_version", "Version", half=True),
        )
    ),
    Sheet.HELPS: (Field("helps", "What helps when it is a lot", "the client’s words", 2, serif=True),),
    Sheet.PARTS: (Field("parts", "What each part says to it", "@Planner agrees to sit nearby", 3),),
    Sheet.ACCOUNT: (Field("account", "The client’s own account", "kept private", 5, serif=True),),
}
NOTES = {
    Sheet.SAFETY: "Six steps after Stanley and Brown, 2012; headings in our own words.",
    Sheet.PARTS: "A line for each part; its name begins with @, and a new name becomes a new part. Kept private.",
    Sheet.ACCOUNT: "Written or dictated by the client. It carries the client’s voice in every copy.",
}


class Section(QWidget):
    """One section, folded or unfolded."""

    def __init__(self, look: Look, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self._look = look
        self._filled = -1
        icon, title = TITLES[sheet]
        self.title = Lined(look, icon, title, strong=True)
        self.status = Lined(look, "clock", "", step="small", role="text-quiet", size=16, spacing=6)
        self.status.words.setWordWrap(False)
        self.change = Button(look, "Change", variant=Variant.QUIET)
        self.change.setAccessibleName(f"Change: {title}")
        self.says = Text(wrap=True)
        self.says.setProperty("serif", sheet in (Sheet.HELPS, Sheet.ACCOUNT))
        self.fields: dict[str, QWidget] = {}
        self.keep = Button(look, "Keep this", variant=Variant.BORDERED, size="small")
        self.leave = Button(look, "Leave as it was", variant=Variant.PLAIN, size="small")
        self.earlier_button = Button(look, "", icon="history", variant=Variant.PLAIN, size="small")
        self.earlier = Text(step="small", role="text-quiet", wrap=True)
        self.problem = Lined(look, "triangle-alert", "", step="small", role="safety", size=16)
        column = Column(look, self, spacing=0)
        head = Row(look, spacing=10)
        for part, stretch in ((self.title, 1), (self.status, 0), (self.change, 0)):
            head.addWidget(part, stretch, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        self._indented = Row(look, margins=(26, 0, 0, 0))
        self._indented.addWidget(self.says)
        self.asked = _Asked(look)
        self._indented.addWidget(self.asked)
        column.addLayout(self._indented)
        self.form = self._form()
        column.addWidget(self.form)

    def _form(self) -> QWidget:
        look, form = self._look, QWidget()
        column = Column(look, form, margins=(0, 4, 0, 4), spacing=10)
        if self.sheet in NOTES:
            column.addWidget(Text(NOTES[self.sheet], step="small", role="text-quiet", wrap=True))
        half: Row | None = None
        for field in FIELDS[self.sheet]:
            labelled = self._field(field)
            if not field.half:
                half = None
                column.addWidget(labelled)
            elif half is None:
                half = Row(look, spacing=12)
                half.addWidget(labelled, 1, Qt.AlignmentFlag.AlignTop)
                column.addLayout(half)
            else:
                half.addWidget(labelled, 1, Qt.AlignmentFlag.AlignTop)
                half = None
        column.addWidget(self.problem)
        buttons = Row(look, spacing=12)
        for button in (self.keep, self.leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.earlier_button)
        column.addWidget(self.earlier)
        form.hide()
        return form

    def _field(self, field: Field) -> Labelled:
        look = self._look
        made = TextArea(look, rows=field.rows, serif=field.serif) if field.rows else LineField(look)
        self.fields[field.name] = made
        return Labelled(look, field.label, made, hint=field.hint)

    def show_state(self, state: SheetState) -> None:
        """Show what stands, or the fields to write in."""
        self.status.setText(state.status)
        self.status.glyph.draw("check" if state.ready else "clock", "accent" if state.ready else "mark")
        self.status.words.take_role("accent" if state.ready else "mark")
        folded = bool(state.lines) and not state.editing
        self.says.setText("\n".join(state.lines))
        self.says.setVisible(folded and self.sheet is not Sheet.PARTS)
        if self.sheet is Sheet.PARTS:
            self.asked.show_lines(state.lines)
        self.asked.setVisible(folded and self.sheet is Sheet.PARTS)
        self.change.setVisible(not state.editing)
        self.change.setText("Change" if state.lines else "Write")
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        many = len(state.earlier)
        self.earlier_button.setText("What it said before" if many == 1 else f"What it said before ({many})")
        self.earlier_button.setVisible(bool(many))
        self.earlier.setText("\n\n".join(f"{when}\n{said}" for when, said in state.earlier))
        self.earlier.setVisible(state.earlier_shown and bool(many))
        unfolds = state.editing and self.form.isHidden()
        if state.version != self._filled:
            self._filled = state.version
            for name, field in self.fields.items():
                _write(field, state.values.get(name, ""))
        had_focus = self.form.isAncestorOf(self.focusWidget() or self)
        self.form.setVisible(state.editing)
        if unfolds and self.isVisible():
            next(iter(self.fields.values())).setFocus()
        elif had_focus and not state.editing:
            self.change.setFocus()


class _Asked(QWidget):
    """What each part says, with its name as a chip."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[str, ...] = ()
        self._column = Column(look, self, spacing=6)

    def restyle(self, look: Look) -> None:
        """Make the next lines in this look too."""
        self._look = look

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these."""
        if lines == self._shown:
            return
        self._shown = lines
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._column.addWidget(self._line(line))

    def _line(self, line: str) -> QWidget:
        made = QWidget()
        row = Row(self._look, made, spacing=8)
        at = next((one for one in labels_in(line, 0, len(line)) if one.is_part and one.start == 0), None)
        if at is not None:
            row.addWidget(Chip(self._look, at.typed.replace("-", " "), ChipKind.PART), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(line[at.end if at else 0 :].strip(), wrap=True), 1)
        return made


class ReadOnly(QWidget):
    """A section that another screen writes in: the measures."""

    def __init__(self, look: Look, icon: str, title: str) -> None:
        super().__init__()
        self.status = Text(step="small", role="text-quiet")
        self.says = Text(wrap=True)
        column = Column(look, self, margins=(0, 6, 0, 0), spacing=6)
        head = Row(look, spacing=10)
        head.addWidget(Lined(look, icon, title, strong=True), 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        indented = Row(look, margins=(26, 0, 0, 0))
        indented.addWidget(self.says)
        column.addLayout(indented)

    def show_words(self, words: str, status: str) -> None:
        """Show what stands."""
        self.says.setText(words or "None yet.")
        self.status.setText(status)


def between(look: Look, column: Column) -> None:
    """A quiet line between two sections."""
    column.gap(10)
    column.addWidget(Hairline())
    column.gap(4)


def _write(field: QWidget, text: str) -> None:
    if isinstance(field, TextArea):
        field.setPlainText(text)
    elif isinstance(field, LineField):
        field.setText(text)
        field.setCursorPosition(0)  # a long one is read from its beginning


def text_of(field: QWidget) -> str:
    """What is typed in a field."""
    if isinstance(field, TextArea):
        return field.toPlainText()
    return field.text() if isinstance(field, LineField) else ""

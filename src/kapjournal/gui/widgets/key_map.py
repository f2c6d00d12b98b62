"""The keys of a view, one key away: a quiet sheet over the screen that goes with Esc or the same key."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.key_cap import KeyCap
from kapjournal.gui.widgets.page import Scrolled


class KeySection(NamedTuple):
    """Keys under one heading: pairs of key and what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


EVERYWHERE = KeySection(
    "Everywhere",
    (
        ("Ctrl K", "find or do anything"),
        ("Ctrl L", "lock now"),
        ("Ctrl Shift D", "Day, Dusk, Night"),
        ("Ctrl +", "larger text"),
        ("Ctrl -", "smaller text"),
        ("Ctrl 0", "plain text size"),
        ("Ctrl ,", "settings"),
        ("F6", "next pane"),
        ("F11", "full screen"),
        ("Ctrl Q", "quit"),
        ("F1", "these keys"),
    ),
)

CLIENT = KeySection(
    "Desk and clients",
    (
        ("Ctrl 1", "course"),
        ("Ctrl 2", "prepare"),
        ("Ctrl 3", "live"),
        ("Ctrl 4", "review"),
        ("Alt Left", "back"),
        ("Alt Right", "forward"),
        ("Ctrl N", "new client; in a client, plan a session"),
        ("Ctrl F", "find a client"),
        ("Enter", "keeps a fact, opens a row"),
        ("Ctrl Enter", "keeps an open form"),
        ("Ctrl Z", "takes the last change of themes, parts and own notes back"),
        ("Alt Enter", "a picture as a table, and back"),
        ("Esc", "leaves an open form"),
    ),
)

REVIEW = KeySection(
    "Review",
    (
        ("Left", "the entry before"),
        ("Right", "the next entry"),
        ("Up", "the lane above"),
        ("Down", "the lane below"),
        ("+", "closer"),
        ("-", "wider"),
        ("0", "all of it"),
        ("Shift Right", "along the line"),
        ("Ctrl Right", "compared: a minute later"),
        ("Enter", "details of the entry"),
        ("Alt Enter", "picture or table"),
        ("Ctrl Page Up", "the session before"),
        ("Ctrl Page Down", "the session after"),
        ("Ctrl Shift E", "add a late entry"),
        ("Ctrl N", "write a note"),
        ("Ctrl Enter", "keeps what is written"),
    ),
)

INTEGRATE = KeySection(
    "Integrate",
    (
        ("Enter", "bring the notes; on a note, open its moment"),
        ("Ctrl F", "find a theme, part, intention or words"),
        ("B", "belongs"),
        ("N", "not this"),
        ("H", "hide"),
        ("1 to 9", "tag with a recent theme or part"),
        ("#", "tag with any other"),
        ("Right", "on the folded row: unfold, Left folds"),
        ("Ctrl Enter", "quote the note in the text"),
        ("Ctrl S", "keep the note"),
        ("Ctrl Z", "take back what was said"),
    ),
)

LIVE = (
    KeySection(
        "Writing",
        (
            ("Enter", "log it"),
            ("Shift Enter", "new line"),
            ("Tab", "take a completion"),
            ("Ctrl J", "change the kind"),
            ("Up", "in an empty field: correct the last entry"),
            ("Ctrl Z", "in an empty field: take the last entry back"),
            ("Ctrl M", "mark this moment"),
            ("Ctrl Shift T", "first dose now"),
            ("Esc", "tap mode"),
        ),
    ),
    KeySection(
        "The room",
        (
            ("F8", "pinned card"),
            ("F9", "safety plan"),
            ("F12", "veil: blank everything"),
            ("Ctrl Shift Down", "dimmer"),
            ("Ctrl Shift Up", "brighter"),
            ("Page Up", "scroll back"),
            ("End", "back to the newest"),
            ("Ctrl Shift L", "landing, and close the session"),
        ),
    ),
)

LINE = KeySection(
    "What a line can begin with",
    (
        ("“", "client’s words"),
        (">", "I offered"),
        ("~", "my own state, private"),
        ("!", "safety"),
        ("*", "mark"),
        ("@", "a part"),
        ("-2m", "two minutes ago"),
        ("14:05", "at that time"),
    ),
)


class KeyMap(QFrame):
    """Drawn inside the window, never a window of its own; scrolls where the text is large."""

    def __init__(self, look: Look, over: QWidget, sections: tuple[KeySection, ...]) -> None:
        super().__init__(over)
        self._came_from = over.focusWidget()
        self.setObjectName("keyMap")
        self.setAccessibleName("Keys for this view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        colour = look.colour
        self.setStyleSheet(
            f"#keyMap {{ background: {colour('surface').name()}; border: 1px solid {colour('line-strong').name()};"
            f" border-radius: {look.px(10)}px; }} #keyMap QScrollArea, #keyMap QScrollArea > QWidget > QWidget"
            " { background: transparent; }"
        )
        self._sheet = QWidget()
        flow = FlowLayout(look, self._sheet, spacing=32, line_gap=24)
        for section in sections:
            flow.addWidget(_section(look, section))
        self._scroll = Scrolled(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(16), look.px(20))
        column.addWidget(self._scroll)
        self._fit(look, over, flow)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self, look: Look, over: QWidget, flow: FlowLayout) -> None:
        edge, frame = look.px(24), look.px(44)
        width = min(look.px(1180), over.width() - 2 * edge)
        height = min(flow.heightForWidth(width - frame) + frame, over.height() - 2 * edge)
        self.setGeometry((over.width() - width) // 2, (over.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the arrow keys; go at any other, and give the focus back."""
        bar = self._scroll.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * self.fontMetrics().height())
        else:
            self.go()
        event.accept()

    def go(self) -> None:
        """Close the sheet."""
        self.hide()
        self.deleteLater()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)


def _section(look: Look, section: KeySection) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(8))
    title = QLabel(section.title)
    title.setFont(look.font("small", weight=600))
    grid.addWidget(title, 0, 0, 1, 2)
    for place, (key, does) in enumerate(section.keys, start=1):
        label = QLabel(does)
        label.setFont(look.font("small"))
        grid.addWidget(KeyCap(look, key), place, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label, place, 1)
    return box

"""The pinned card: what was hoped for and what was agreed, in sight the whole time."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kapjournal.gui.live.key_cap import KeyCap
from kapjournal.gui.live.passage import Passage, picture, quoted_bold, words
from kapjournal.gui.live.row_text import RowType
from kapjournal.gui.live.state import Card, Span, Style
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.flow import FlowLayout


class PinnedCard(QWidget):
    """Sections under quiet headings; compact leaves out what the design folds first."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = RowType(look)
        self._card: Card | None = None
        self._compact = False
        self.setAccessibleName("Pinned card")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(17))
        column.setSpacing(0)
        self.area = _card_scroll(self)
        column.addWidget(self.area, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        look = self._look
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(look.px(20), look.px(6), look.px(20), 0)
        line.setSpacing(look.px(8))
        line.addWidget(KeyCap(look, "F8", foot))
        line.addWidget(words(look, "hide this card", "small", "text-quiet"))
        line.addStretch()
        return foot

    def show_card(self, card: Card, *, compact: bool) -> None:
        """Show what is agreed; made anew only when it changed, which is seldom."""
        if (card, compact) == (self._card, self._compact):
            return
        self._card, self._compact = card, compact
        self.area.setWidget(self._contents(card, compact=compact))

    def _contents(self, card: Card, *, compact: bool) -> QWidget:
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(20), look.px(18), look.px(20), look.px(12))
        column.setSpacing(0)
        sections = [self._hopes(card, compact=compact), self._agreed(card), self._plan(card)]
        sections.append(self._parts(card) if not compact else [])
        for number, section in enumerate(filter(None, sections)):
            if number:
                column.addSpacing(look.px(14 if compact else 18))
                column.addWidget(self._hairline())
                column.addSpacing(look.px(14 if compact else 18))
            for place, part in enumerate(section):
                if place:
                    column.addSpacing(look.px(14 if compact else 18))
                column.addWidget(part)
        column.addStretch()
        return body

    def _hopes(self, card: Card, *, compact: bool) -> list[QWidget]:
        parts: list[QWidget] = []
        if card.intention:
            title = "Intentions" if card.others else "Intention"
            section = self._section("leaf", title, (Span(card.intention, Style.QUOTE),))
            for other in card.others:
                section.column.addWidget(Passage(self._kind, (Span(other, Style.QUOTE),), section))
            section.setAccessibleName(f"{title}: " + " ".join((card.intention, *card.others)))
            parts.append(section)
        if card.enough and not compact:
            parts.append(self._section("check", "Enough would be", (Span(card.enough, Style.QUOTE),)))
        return parts

    def _agreed(self, card: Card) -> list[QWidget]:
        parts: list[QWidget] = []
        if card.touch:
            parts.append(self._section("hand", "Touch agreement", (Span(card.touch),)))
        if card.stop:
            parts.append(self._section("octagon-minus", "Stop", quoted_bold(card.stop), role="safety"))
        return parts

    def _plan(self, card: Card) -> list[QWidget]:
        look = self._look
        if not (card.plan or card.danger_signs or card.phone):
            return []
        section = self._block("shield-alert", "Safety plan")
        column = section.column
        column.addWidget(
            self._line(KeyCap(look, "F9", section), "hide it" if card.plan_open else "danger signs, steps")
        )
        if card.plan_open:
            for line in card.danger_signs:
                column.addWidget(self._item(line, role="safety"))
            for line in card.plan:
                column.addWidget(self._item(line, role="text"))
        if card.phone:
            column.addWidget(self._line(picture(look, "phone", "text-quiet", 16), card.phone))
        return [section]

    def _parts(self, card: Card) -> list[QWidget]:
        if not card.parts:
            return []
        look = self._look
        section = self._block("users-round", "Parts met so far")
        held = QWidget(section)
        flow = FlowLayout(look, held, spacing=6, line_gap=6)
        for part in card.parts:
            name = part if part.startswith("@") else f"@{part}"
            flow.addWidget(_PartChip(self._kind, name, held))
        section.column.addSpacing(look.px(3))
        section.column.addWidget(held)
        return [section]

    def _section(self, icon: str, title: str, spans: tuple[Span, ...], *, role: str = "text-quiet") -> _Section:
        section = self._block(icon, title, role=role)
        section.column.addWidget(Passage(self._kind, spans, section))
        section.setAccessibleName(f"{title}: " + "".join(span.text for span in spans))
        return section

    def _block(self, icon: str, title: str, *, role: str = "text-quiet") -> _Section:
        return _Section(self._look, icon, title, role)

    def _line(self, before: QWidget, text: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, self._look.px(1), 0, self._look.px(2))
        row.setSpacing(self._look.px(8))
        row.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words(self._look, text, "body", "text", wrap=True), 1)
        return line

    def _item(self, text: str, *, role: str) -> QWidget:
        icon = "triangle-alert" if role == "safety" else "chevron-right"
        return self._line(picture(self._look, icon, role, 16), text)

    def _hairline(self) -> QWidget:
        line = QFrame()
        line.setFixedHeight(1)
        line.setAutoFillBackground(True)
        line.setStyleSheet(f"background: {self._look.colour('line').name()};")
        return line


class _Section(QWidget):
    """A quiet heading with its icon, and room below."""

    def __init__(self, look: Look, icon: str, title: str, role: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(4))
        heading = QHBoxLayout()
        heading.setSpacing(look.px(8))
        heading.addWidget(picture(look, icon, role, 16))
        heading.addWidget(words(look, title, "small", role, weight=600), 1)
        self.column.addLayout(heading)


class _PartChip(Passage):
    """One part as a chip, as wide as its name."""

    def __init__(self, kind: RowType, name: str, parent: QWidget) -> None:
        super().__init__(kind, (Span(name, Style.PART),), parent)

    def sizeHint(self) -> QSize:
        """As wide as the chip."""
        size = super().sizeHint()
        size.setWidth(int(self.text_at(10_000).end) + 2)
        size.setHeight(self._kind.chip_height)
        return size


def _card_scroll(parent: QWidget) -> QScrollArea:
    """Arrow keys scroll it once it has the focus; a click leaves the focus where it is."""
    scroll = QScrollArea(parent)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    scroll.setAccessibleName("Pinned card")
    return scroll

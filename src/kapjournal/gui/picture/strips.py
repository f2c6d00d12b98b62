"""The strips and the trend of a course: as cards on the screen, and as the page that is saved or printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from kapjournal.application.picture import Column as Session
from kapjournal.application.picture import Strip
from kapjournal.gui.look import Look, load_look
from kapjournal.gui.picture.state import PictureState
from kapjournal.gui.printing import ask_printer
from kapjournal.gui.widgets.heat_strip import HeatColumn, HeatRow, HeatStrip
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.spacing import Column, Row
from kapjournal.gui.widgets.trend import Trend

KEY = "P preparation, D dosing, I integration, – between"
_PAGE_WIDTH, _FINE = 1000, 2  # px, and pixels for each


class StripCard(Card):
    """One strip under its heading; a sentence where there is nothing."""

    def __init__(self, look: Look, name: str, note: str, empty: str) -> None:
        super().__init__()
        self.heading = Text(name, step="heading", wrap=True)
        self.strip = HeatStrip(look, name)
        self.none = Text(empty, role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 16, 20, 14), spacing=10)
        head = Row(look, spacing=12)
        head.addWidget(self.heading)
        head.addWidget(Text(note, step="small", role="text-quiet", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.none)

    def show_strips(self, columns: Sequence[Session], strips: Sequence[Strip]) -> None:
        """Show these."""
        heads = [HeatColumn(c.label, c.title, strong=c.dosing) for c in columns]
        self.strip.show_heat(heads, [HeatRow(s.key, s.name, tuple(map(len, s.cells))) for s in strips])
        self.strip.setVisible(bool(strips))
        self.none.setVisible(not strips)


class TrendCard(Card):
    """The measures, with the dosing sessions marked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.trend = Trend(look, name="Measures over the course")
        self.none = Text("No measures yet.", role="text-quiet", wrap=True)
        column = Column(look, self, margins=(20, 16, 20, 14), spacing=10)
        column.addWidget(Text("Measures", step="heading"))
        column.addWidget(self.trend)
        column.addWidget(self.none)


class Strips(QWidget):
    """All three, under one another."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.themes = StripCard(
            look, "Themes over sessions", f"notes you tagged; {KEY}", "No note carries a theme yet."
        )
        self.parts = StripCard(look, "Parts over sessions", "notes in which each was seen", "None was seen yet.")
        self.measures = TrendCard(look)
        self.column = Column(look, self, spacing=16)
        for card in (self.themes, self.parts, self.measures):
            self.column.addWidget(card)

    def show_state(self, state: PictureState) -> None:
        """Show the course."""
        self.themes.show_strips(state.columns, state.themes)
        self.parts.show_strips(state.columns, state.parts)
        named = f"{state.parts_word[:1].upper()}{state.parts_word[1:]} over sessions"
        self.parts.heading.setText(named)
        self.measures.trend.show_series(state.series, state.dosings)
        self.measures.trend.setVisible(bool(state.series))
        self.measures.none.setVisible(not state.series)


def page(state: PictureState) -> QImage:
    """The course on one sheet, always on paper white, whatever look is on."""
    look = load_look("day")
    sheet = QWidget()
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    sheet.setStyleSheet(look.qss())
    sheet.setAutoFillBackground(True)
    sheet.setPalette(look.palette())
    column = Column(look, sheet, margins=(32, 28, 32, 32), spacing=16)
    column.addWidget(Text(state.title, step="screen", serif=True, wrap=True))
    strips = Strips(look)
    strips.show_state(state)
    column.addWidget(strips)
    column.addStretch(1)
    sheet.setFixedWidth(_PAGE_WIDTH)
    sheet.show()
    sheet.resize(_PAGE_WIDTH, column.heightForWidth(_PAGE_WIDTH))
    image = QImage(sheet.size() * _FINE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_FINE)
    sheet.render(image)
    sheet.close()
    sheet.deleteLater()
    return image


def png(image: QImage) -> bytes:
    """A picture as a file holds it."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def print_picture(image: QImage, parent: QWidget) -> None:
    """Ask for a printer and print on one page, as large as fits."""
    printer = ask_printer(parent, "Print the course", margin_mm=14, wide=image.width() > image.height())
    if printer is not None:
        painter = QPainter(printer)
        place = QRectF(painter.viewport())
        size = image.size().scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
        painter.end()

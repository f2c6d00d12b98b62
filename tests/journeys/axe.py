"""Axe for the desktop: what of a window cannot be heard, left, read or seen whole.

Measured on what is really there: names as a screen reader gets them, Tab as it moves, colours and places as they are
drawn. Words that Qt draws are measured in the picture of the window, words that we paint as they are painted. At
200 % every stroke is wider than a pixel, so the colour of the ink stands in the picture unmixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QTextDocumentFragment, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

TARGETS = {"day": 7.0, "dusk": 7.0, "night": 4.5}
DRAWN_BY_QT = (QLabel, QPushButton, QCheckBox, QRadioButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit)
SEEN = 1.3  # contrast of the least that counts as drawn
SLACK = 1  # px, for advances are not whole numbers
ON = (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
BACK = (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)


# --- names ------------------------------------------------------------------------------------------------------


def told(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    labels = [one for one in widget.window().findChildren(QLabel) if one.buddy() is widget]
    return labels[0].text() if labels else ""


def controls(window: QWidget) -> Iterator[QWidget]:
    """Every control in sight that Tab should reach."""
    for widget in window.findChildren(QWidget):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        inner = widget.focusProxy() is not None or widget.objectName().startswith("qt_")
        if tabbed and widget.isVisible() and widget.isEnabled() and not inner and not by_arrows(widget):
            yield widget


def by_arrows(widget: QWidget) -> bool:
    """One of several choices: Tab stops at one of them, the arrow keys go on from there."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive()


def without_a_name(window: QWidget) -> Iterator[str]:
    """Controls of which a screen reader could say nothing."""
    for widget in controls(window):
        if not told(widget).strip():
            yield f"{called(widget)} has no accessible name"


def called(widget: QWidget) -> str:
    """A widget, for the one who mends it."""
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


# --- the way of the focus ---------------------------------------------------------------------------------------


def walk(backwards: bool = False) -> tuple[list[QWidget], str]:
    """The controls in the order of Tab once around, and what stood in the way."""
    start = QApplication.focusWidget()
    if start is None:
        return [], "nothing has the focus"
    met = [start]
    for press in range(200):
        QTest.keyClick(met[-1], *(BACK if backwards else ON))
        focused = QApplication.focusWidget()
        if focused is None:
            return met, f"the focus is lost after {told(met[-1])!r}"
        if focused is start and not press:
            continue  # a list of completions takes the first Tab
        if focused in met:
            return met, "" if focused is start or gone(start) else _stopped(focused, met)
        met.append(focused)
    return met, "Tab never comes around"


def _stopped(at: QWidget, met: list[QWidget]) -> str:
    if at is met[-1]:
        return f"Tab is trapped in {told(at) or called(at)!r}"
    return f"Tab goes in a ring that leaves out {told(met[0])!r}"


def gone(widget: QWidget) -> bool:
    """Whether a widget is not there any more: a sheet over a screen goes when it is left."""
    return not isValid(widget) or not widget.isVisible()


def traps(window: QWidget) -> Iterator[str]:
    """What Tab cannot reach or leave, forwards and backwards."""
    there, stopped = walk()
    wanted = list(controls(window))
    back, stopped_back = walk(backwards=True)
    yield from filter(None, (stopped, stopped_back and f"backwards, {stopped_back}"))
    if not stopped and not stopped_back:
        yield from (f"Tab never reaches {told(one)!r}" for one in wanted if one not in there and not covered(one))
        if there[1:] != back[:0:-1] and not any(map(gone, there)):
            yield "Tab goes another way back than there"


# --- what is drawn ----------------------------------------------------------------------------------------------


class Painted(NamedTuple):
    """Words that one of our widgets painted, where they stand in it, and whether they are whole there."""

    widget: QWidget
    words: str
    ink: str
    area: QRect
    cut: bool


@contextmanager
def painting() -> Iterator[list[Painted]]:
    """Hear all words that are painted meanwhile."""
    heard: list[Painted] = []
    elided: set[str] = set()
    draw_text, draw_layout, elide = QPainter.drawText, QTextLayout.draw, QFontMetrics.elidedText

    def hear_text(painter: QPainter, *given: object) -> object:
        device, words = painter.device(), next((one for one in given if isinstance(one, str)), "")
        if isinstance(device, QWidget) and words.strip():
            area, fits = _place(painter, given, words)
            placed = painter.worldTransform().mapRect(area).toAlignedRect()
            heard.append(Painted(device, words, painter.pen().color().name(), placed, not fits or words in elided))
        return draw_text(painter, *given)

    def hear_layout(layout: QTextLayout, painter: QPainter, at: QPointF, *more: object) -> object:
        device = painter.device()
        if isinstance(device, QWidget):
            for words, ink, area in _pieces(layout, painter):
                placed = painter.worldTransform().mapRect(area.translated(at)).toAlignedRect()
                heard.append(Painted(device, words, ink, placed, False))
        return draw_layout(layout, painter, at, *more)

    def hear_elided(metrics: QFontMetrics, words: str, *more: object) -> str:
        shown = elide(metrics, words, *more)
        if shown != words:
            elided.add(shown)
        return shown

    QPainter.drawText, QTextLayout.draw, QFontMetrics.elidedText = hear_text, hear_layout, hear_elided  # type: ignore
    try:
        yield heard
    finally:
        QPainter.drawText, QTextLayout.draw, QFontMetrics.elidedText = draw_text, draw_layout, elide  # type: ignore


def _place(painter: QPainter, given: tuple[Any, ...], words: str) -> tuple[QRectF, bool]:
    """Where words are painted, and whether the room they were given holds them."""
    metrics = painter.fontMetrics()
    at = given[0]
    if isinstance(at, QPoint | QPointF):
        width = metrics.horizontalAdvance(words)
        return QRectF(at.x(), at.y() - metrics.ascent(), width, metrics.height()), True
    room = QRectF(at)
    flags = int(getattr(given[1], "value", given[1])) if len(given) > 2 else 0
    needed = QRectF(metrics.boundingRect(room.toRect(), flags, words))
    # Of a single line, the air above and below may be cut.
    high = needed.height() if needed.height() > 1.5 * metrics.height() else metrics.ascent()
    fits = needed.width() <= room.width() + SLACK and high <= room.height() + SLACK
    return needed, fits or bool(flags & Qt.TextFlag.TextDontClip.value)


def _pieces(layout: QTextLayout, painter: QPainter) -> Iterator[tuple[str, str, QRectF]]:
    """The words of a laid-out text with their ink, line by line."""
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        first, last = line.textStart(), line.textStart() + line.textLength()
        for one in layout.formats() or ():
            start, end = max(one.start, first), min(one.start + one.length, last)
            words = layout.text()[start:end]
            if start < end and words.strip():
                left, right = (_x(line.cursorToX(place)) for place in (start, end))
                ink = one.format.foreground().color() if one.format.foreground().style() else painter.pen().color()
                yield words, ink.name(), QRectF(left, line.y(), right - left, line.height())


def _x(found: object) -> float:
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def words_in(widget: QWidget) -> str:
    """What a widget says whose words are drawn by Qt."""
    match widget:
        case QLabel() if widget.textFormat() is Qt.TextFormat.RichText:
            return QTextDocumentFragment.fromHtml(widget.text()).toPlainText()
        case QLabel() | QAbstractButton():
            return widget.text()
        case QLineEdit():
            return widget.displayText() or widget.placeholderText()
        case QComboBox():
            return widget.currentText()
        case QPlainTextEdit() | QTextEdit():
            return widget.toPlainText() or widget.placeholderText()
    return ""


def area_of(widget: QWidget) -> QRect:
    """Where the words stand in a widget that Qt draws, without its border and icon."""
    if isinstance(widget, QPushButton) and not widget.icon().isNull():
        icon, words = widget.iconSize().width() + 4, widget.fontMetrics().horizontalAdvance(widget.text())
        left = (widget.width() - icon - words) // 2
        if widget.property("inList"):
            return widget.rect().adjusted(icon + 16, 4, -4, -4)
        after = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRect(left if after else left + icon, 4, words, widget.height() - 8)
    if isinstance(widget, QAbstractScrollArea):
        return widget.viewport().geometry()
    if isinstance(widget, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        return widget.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, widget)
    return widget.contentsRect() if isinstance(widget, QLabel) else widget.rect().adjusted(4, 4, -4, -4)


def drawn_by_qt(window: QWidget) -> Iterator[QWidget]:
    """Every widget in sight that says something and leaves the drawing to Qt."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, DRAWN_BY_QT) and widget.isVisible() and words_in(widget).strip() and not covered(widget):
            yield widget


def covered(widget: QWidget, at: QPoint | None = None) -> bool:
    """Whether something else lies over a place of a widget, or it is scrolled out of sight."""
    window, place = widget.window(), widget.mapTo(widget.window(), at or widget.rect().center())
    hit = window.childAt(place)
    if hit is None:
        return not window.rect().contains(place)
    related = hit is widget or hit.isAncestorOf(widget) or widget.isAncestorOf(hit)
    return not related or (at is None and not widget.visibleRegion().contains(widget.rect().center()))


# --- contrast ---------------------------------------------------------------------------------------------------


@cache
def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    value = QColor(colour)
    parts = (part / 255 for part in (value.red(), value.green(), value.blue()))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_faint(window: QWidget, target: float) -> Iterator[str]:
    """Words under their contrast; the window has to be at 200 %, and as tall as all it holds."""
    with painting() as painted:
        picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    if not painted and not any(drawn_by_qt(window)):
        yield "there are no words at all"
    for widget in drawn_by_qt(window):
        place = QRect(widget.mapTo(window, area_of(widget).topLeft()), area_of(widget).size())
        ground, *inks = _colours(picture, place)
        # What is blended at the edges of the strokes is rarer than the ink, and a caret is smaller than words.
        ink = next((one for one in inks if contrast(one, ground) > SEEN), ground)
        if contrast(ink, ground) < target:
            yield f"{words_in(widget)!r} ({called(widget)}): {ink} on {ground} is {contrast(ink, ground):.2f}"
    for one in painted:
        place = QRect(one.widget.mapTo(window, one.area.topLeft()), one.area.size())
        if covered(one.widget, one.area.center()) or not window.rect().intersects(place):
            continue
        ground = _colours(picture, place)[0]
        if contrast(one.ink, ground) < target:
            yield f"{one.words!r} ({called(one.widget)}): {one.ink} on {ground} is {contrast(one.ink, ground):.2f}"


def _colours(picture: QImage, place: QRect) -> list[str]:
    """The colours of a place, the most frequent first; stray ones are left out."""
    part = picture.copy(place.intersected(picture.rect()))
    if part.isNull():
        return ["#000000"]
    found = Counter(memoryview(part.constBits()).cast("I").tolist())
    return [f"#{value & 0xFFFFFF:06x}" for value, times in found.most_common() if times > 1] or ["#000000"]


# --- cut off ----------------------------------------------------------------------------------------------------


def cut_off(window: QWidget) -> Iterator[str]:
    """Words that do not fit where they stand, or stand where they cannot be scrolled to."""
    with painting() as painted:
        window.grab()
    for widget in window.findChildren(QWidget):
        if isinstance(widget, DRAWN_BY_QT) and widget.isVisible() and words_in(widget).strip():
            if not _fits(widget):
                yield f"{words_in(widget)!r} ({called(widget)}) is cut: {widget.width()} by {widget.height()} px"
            elif lies := _out_of_reach(widget, area_of(widget)):
                yield f"{words_in(widget)!r} ({called(widget)}) is {lies}"
    for one in painted:
        if one.cut:
            yield f"{one.words!r} ({called(one.widget)}) is cut in {one.area.width()} px"
        elif lies := _out_of_reach(one.widget, one.area, down=False):
            yield f"{one.words!r} ({called(one.widget)}) is {lies}"


def _fits(widget: QWidget) -> bool:
    metrics, words = widget.fontMetrics(), words_in(widget)
    match widget:
        case QLabel():
            room = widget.contentsRect()
            wrap = Qt.TextFlag.TextWordWrap.value if widget.wordWrap() else 0
            needed = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), wrap, words)
            return needed.width() <= room.width() + SLACK and needed.height() <= room.height() + 2 * SLACK
        case QPushButton():
            icon = 0 if widget.icon().isNull() else widget.iconSize().width() + 4
            return metrics.horizontalAdvance(words) + icon <= widget.width() and metrics.height() <= widget.height() + 2
        case QCheckBox() | QRadioButton():
            return widget.sizeHint().width() <= widget.width() + SLACK
        case QLineEdit() if not widget.text():  # what is typed scrolls
            margins = widget.textMargins().left() + widget.textMargins().right()
            return metrics.horizontalAdvance(words) + margins <= widget.contentsRect().width()
        case QComboBox():
            return metrics.horizontalAdvance(words) <= widget.width() - widget.height() // 2
    return True


def _out_of_reach(widget: QWidget, area: QRect, *, down: bool = True) -> str:
    """How words stick out of what holds them; what can be scrolled there is within reach."""
    held: QWidget = widget
    place = QRect(area)
    while not held.isWindow():
        if place.left() < -SLACK or place.right() > held.width() + SLACK:
            return f"cut at the side by {type(held).__name__}"
        parent = held.parentWidget()
        area_above = parent.parentWidget() if parent is not None else None
        if isinstance(area_above, QScrollArea) and area_above.widget() is held:
            down = False
        if down and (place.top() < -SLACK or place.bottom() > held.height() + SLACK):
            return f"cut above or below by {type(held).__name__}"
        place.translate(held.pos())
        held = parent
    return ""

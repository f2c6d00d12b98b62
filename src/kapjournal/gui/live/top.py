"""The strip at the top: whose session, time since the first dose, clock, doses, phases, the next vitals."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kapjournal.gui.live.announcement import since_in_words
from kapjournal.gui.live.passage import colour, picture, words
from kapjournal.gui.live.phase_band import PhaseBand
from kapjournal.gui.live.state import Dose, Top
from kapjournal.gui.live.type_sizes import ALIAS, BEFORE_SINCE, BEFORE_SINCE_COMPACT, SINCE_COMPACT, sized
from kapjournal.gui.look import Look


class Reading(QWidget):
    """A quiet caption over large figures: the time since the first dose, the clock."""

    def __init__(self, look: Look, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._caption = look, caption
        self._figures, self._before = "", ""
        self._font = QFont()
        self._role = "text"
        self._widest = ""
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def dress(self, font: QFont, role: str, *, before: str = "", widest: str = "", compact: bool = False) -> None:
        """How the figures look; `widest` keeps room, so that nothing beside them moves."""
        self._compact = compact
        self._font, self._role, self._before, self._widest = font, role, before, widest
        self.updateGeometry()

    def show_caption(self, caption: str) -> None:
        """Say what the figures are."""
        if caption != self._caption:
            self._caption = caption
            self.updateGeometry()
            self.update()

    def show_figures(self, figures: str, spoken: str) -> None:
        """Show these figures."""
        if figures != self._figures:
            self._figures = figures
            self.setAccessibleName(spoken)
            self.updateGeometry()
            self.update()

    def _prefix_width(self) -> float:
        if not self._before:
            return 0.0
        gap = self._look.px(7 if self._compact else 10)
        return QFontMetricsF(self._before_font()).horizontalAdvance(self._before) + gap

    def _before_font(self) -> QFont:
        return sized(self._look, BEFORE_SINCE_COMPACT if self._compact else BEFORE_SINCE)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        figures = max(metrics.horizontalAdvance(self._figures), metrics.horizontalAdvance(self._widest))
        caption = QFontMetricsF(self._look.font("small")).horizontalAdvance(self._caption)
        return QSize(int(max(figures + self._prefix_width(), caption)) + 2, self._look.px(78))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caption above, figures on one baseline below."""
        look, painter = self._look, QPainter(self)
        painter.setPen(look.colour("text-quiet"))
        painter.setFont(look.font("small"))
        painter.drawText(QPointF(0, look.px(21 if self._compact else 18)), self._caption)
        painter.setPen(look.colour(self._role))
        baseline = look.px(62 if self._compact else 63)
        if self._before:
            painter.setFont(self._before_font())
            painter.drawText(QPointF(0, baseline), self._before)
        painter.setFont(self._font)
        painter.drawText(QPointF(self._prefix_width(), baseline), self._figures)


class Doses(QWidget):
    """The doses given, amount in bold, then when."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._doses: tuple[Dose, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_doses(self, doses: tuple[Dose, ...]) -> None:
        """Show these doses."""
        self._doses = doses
        self.setAccessibleName(
            "Doses: " + ", ".join(f"{d.amount} at {d.at}" for d in doses) if doses else "No dose yet"
        )
        self.setVisible(bool(doses))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        bold, plain = QFontMetricsF(look.font("body", weight=700)), QFontMetricsF(look.font("body"))
        width = max(
            (bold.horizontalAdvance(d.amount) + plain.horizontalAdvance(" " + d.at) for d in self._doses), default=0.0
        )
        return QSize(int(width) + look.px(26), len(self._doses) * look.px(25))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line a dose."""
        look, painter = self._look, QPainter(self)
        bold, plain = look.font("body", weight=700), look.font("body")
        for number, dose in enumerate(self._doses):
            middle = (number + 0.5) * look.px(25)
            baseline = middle + look.px(5.5)
            icon = look.px(16)
            painter.drawPixmap(QPointF(0, round(middle - icon / 2)), look.pixmap(dose.icon, "dose", 16))
            painter.setFont(bold)
            painter.setPen(look.colour("text"))
            left = look.px(23)
            painter.drawText(QPointF(left, baseline), dose.amount)
            left += int(QFontMetricsF(bold).horizontalAdvance(dose.amount + " "))
            painter.setFont(plain)
            painter.setPen(look.colour("text-quiet"))
            painter.drawText(QPointF(left, baseline), dose.at)


class NextVitals(QWidget):
    """When the next vitals are due by the client's own schedule; due, they change colour and nothing else."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(look.px(8))
        layout.setVerticalSpacing(look.px(3))
        self._icon = picture(look, "heart-pulse", "text-quiet", 16)
        self._due = words(look, "", "body", "text-quiet")
        self._why = words(look, "", "small", "text-quiet")
        layout.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._due, 0, 1)
        layout.addWidget(self._why, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_due(self, top: Top) -> None:
        """Show when and by which schedule."""
        role = "mark" if top.vitals_now else "text-quiet"
        self._icon.setPixmap(self._look.pixmap("heart-pulse", role, 16))
        self._due.setText(top.vitals_due)
        colour(self._due, self._look, role)
        self._why.setText(top.vitals_why)
        self._why.setVisible(bool(top.vitals_why))
        self.setVisible(bool(top.vitals_due))


class Who(QWidget):
    """The alias and which session this is."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(2))
        self._alias = words(look, "", "heading", "text")
        self._alias.setFont(sized(look, ALIAS, 700))
        self._session = words(look, "", "body", "text-quiet")
        layout.addWidget(self._alias)
        layout.addWidget(self._session)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_who(self, alias: str, session: str) -> None:
        """Show them."""
        self._alias.setText(alias)
        self._session.setText(session)


class TopStrip(QWidget):
    """Stands in columns over the columns below, and wraps where the text is too large for one line."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._top: Top | None = None
        self._short = False
        self._edges = (look.px(262), look.px(1155))
        self.setAccessibleName("Session")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ownFocus", True)
        self.who = Who(look, self)
        self.since = Reading(look, "since first dose", self)
        self.clock = Reading(look, "clock", self)
        self.doses = Doses(look, self)
        self.bands = PhaseBand(look, self)
        self.vitals = NextVitals(look, self)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """The smaller figures of a small window."""
        self.compact = compact
        font = sized(self._look, SINCE_COMPACT, 500) if compact else self._look.font("since")
        self.since.dress(font, "accent", before="T+", widest="0:00", compact=compact)
        self.clock.dress(self._look.font("clock"), "text", widest="00:00", compact=compact)
        self.relay()

    def set_short(self, short: bool) -> None:
        """Leave the phase band out unless the strip has the focus, for lack of height."""
        if short != self._short:
            self._short = short
            self.relay()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make room for all there is."""
        super().focusInEvent(event)
        self.relay()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the room back."""
        super().focusOutEvent(event)
        self.relay()

    def set_edges(self, left: int, right: int) -> None:
        """Where the columns below begin and end, to stand over them."""
        if (left, right) != self._edges:
            self._edges = (left, right)
            self.relay()

    def show_top(self, top: Top) -> None:
        """Show what has changed."""
        before = self._top
        if top == before:
            return
        self._top = top
        self.who.show_who(top.alias, top.session)
        self.since.setVisible(top.since is not None)
        if top.since is not None:
            self.since.show_figures(top.since, f"{since_in_words(top.since)} since the first dose")
        self.clock.show_caption(top.clock_is)
        self.clock.show_figures(top.clock, f"{top.clock_is.capitalize()} {top.clock}")
        if before is None or before.doses != top.doses:
            self.doses.show_doses(top.doses)
        self.bands.show_bands(top.bands, top.band_caption, top.now_min)
        self.vitals.show_due(top)
        self.relay()

    def relay(self) -> None:
        """Place everything for the present width, and take the height that needs."""
        told = self._top is not None and bool(self._top.bands)
        self.bands.setVisible(told and (not self._short or self.hasFocus()))
        self.setFixedHeight(self._place(self.width()))

    def resizeEvent(self, event: object) -> None:
        self.relay()

    def _place(self, width: int) -> int:
        """One line if it fits, else as many as are needed; returns the height."""
        look = self._look
        height = look.px(100 if self.compact else 112)
        left, right = self._edges
        parts: list[QWidget] = [p for p in (self.since, self.clock, self.doses) if not p.isHidden()]
        x = left + look.px(21 if self.compact else 18)
        gap = look.px(22 if self.compact else 29)
        need = x + sum(p.sizeHint().width() + gap for p in parts)
        bands_width = 0 if self.bands.isHidden() else self.bands.minimumSizeHint().width() + gap
        vitals = self.vitals.sizeHint().width() if not self.vitals.isHidden() else 0
        if left > look.px(180) and need + bands_width + vitals + look.px(20) <= width and right > need:
            self._one_line(parts, x, gap, right, height)
            return height
        return self._wrapped(width)

    def _one_line(self, parts: list[QWidget], x: int, gap: int, right: int, height: int) -> None:
        look = self._look
        _stand(self.who, look.px(20), height)
        for part in parts:
            _stand(part, x, height)
            x += part.sizeHint().width() + gap
        x += look.px(14 if self.compact else 16)
        end = right - look.px(2) if self.compact else right + look.px(2)
        hint = self.bands.sizeHint()
        shift = -look.px(2)
        self.bands.setGeometry(x, (height - hint.height()) // 2 - shift, max(end - x, look.px(100)), hint.height())
        _stand(self.vitals, right + look.px(19 if self.compact else 23), height)

    def _wrapped(self, width: int) -> int:
        look = self._look
        margin, gap, line_gap = look.px(16), look.px(24), look.px(4)
        x, y, tall = margin, look.px(6), 0
        for part in (self.who, self.since, self.clock, self.doses, self.vitals, self.bands):
            if part.isHidden():
                continue
            size = part.sizeHint()
            wide = min(size.width(), width - 2 * margin)
            if x > margin and x + wide > width - margin:
                x, y, tall = margin, y + tall + line_gap, 0
            part.setGeometry(x, y, wide, size.height())
            x, tall = x + wide + gap, max(tall, size.height())
        return y + tall + look.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline under the strip."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self._look.colour("line"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -6), self._look.px(8), self._look.px(8))


def _stand(part: QWidget, x: int, height: int) -> None:
    """Place a part at x, in the middle of the strip."""
    size = part.sizeHint()
    part.setGeometry(x, (height - size.height()) // 2, size.width(), size.height())

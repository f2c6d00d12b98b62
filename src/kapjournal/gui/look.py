"""How the program looks: one set of role names in three looks, read from `resources/looks`.

Code asks a `Look` for a role (`text`, `accent`, `private`), never for a hex value. Lengths are given in
device-independent pixels at 100 % and scaled by the chosen text size. A look is handed to the parts that paint;
on a change they get the new one by `restyle(look)`.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from kapjournal import resources
from kapjournal.gui.widgets.focus_ring import FocusRing

SANS = "Source Sans 3"
SERIF = "Source Serif 4 SmText"
NAMES = ("day", "dusk", "night")
SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)  # of the text, that one key steps through


class Step(NamedTuple):
    """One step of the type scale: size and line height in px at 100 %, and the weight it has by itself."""

    size: float
    line: float
    weight: int = 400


STEPS = {
    "caption": Step(13, 17),
    "small": Step(14, 19),
    "body": Step(16, 22),
    "quote": Step(16.5, 25),
    "heading": Step(17, 22, 600),
    "lead": Step(18, 27),
    "screen": Step(26, 32, 600),
    "clock": Step(28, 34),
    "since": Step(46, 50, 500),
    "product": Step(34, 42, 600),
}


class Look:
    """The colours, type, icons and style sheet of one look at one text size."""

    def __init__(self, name: str, colours: dict[str, str], *, dark: bool, filled: bool, scale: float = 1.0) -> None:
        self.name = name
        self.scale = scale
        self.dark = dark
        self.filled = filled
        self.colours = {role: QColor(value) for role, value in colours.items()}
        self._pixmaps: dict[tuple[str, str, float, float], QPixmap] = {}

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return self.colours[role]

    def px(self, length: float) -> int:
        """A length at the chosen text size, in whole pixels and never scaled away to nothing."""
        return max(int(length * self.scale + 0.5), 1) if length > 0 else 0

    def font(self, step: str, *, serif: bool = False, weight: int | None = None) -> QFont:
        """The font of a step of the type scale; serif is for the client's own words."""
        font = QFont(SERIF if serif else SANS)
        font.setPixelSize(self.px(STEPS[step].size))
        font.setWeight(QFont.Weight(weight or STEPS[step].weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def line(self, step: str) -> int:
        """The line height of a step."""
        return self.px(STEPS[step].line)

    def icon(self, name: str, role: str, size: float = 18) -> QIcon:
        """An icon in the colour of a role, for a button; drawn for plain and for fine screens."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self._drawn(name, role, size, ratio))
            icon.addPixmap(self._drawn(name, "text-quiet", size, ratio), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, role: str, size: float = 18) -> QPixmap:
        """An icon in the colour of a role, to paint; as fine as the finest screen."""
        app = QGuiApplication.instance()
        return self._drawn(name, role, size, app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0)

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach."""
        palette = QPalette()
        for part, role in _PALETTE.items():
            palette.setColor(part, self.colour(role))
        for part in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, self.colour("text-quiet"))
        return palette

    def qss(self) -> str:
        """The style sheet: the controls, then one rule a role for labels that name their role."""
        sheet = resources.path("looks", "controls.qss").read_text(encoding="utf-8")
        sheet = re.sub(r"role\(([\w-]+)\)", lambda match: self.colour(match[1]).name(), sheet)
        sheet = re.sub(r"\bpx\((\d+)\)", lambda match: f"{self.px(int(match[1]))}px", sheet)
        sheet = re.sub(r"file\((\w+)\)", lambda match: self._drawing(match[1]), sheet)
        if not self.filled:
            sheet += _OUTLINED.format(accent=self.colour("accent").name(), ground=self.colour("accent-quiet").name())
        return sheet + "".join(f'QLabel[role="{role}"] {{ color: {c.name()}; }}\n' for role, c in self.colours.items())

    def _drawing(self, name: str) -> str:
        return resources.path("looks", f"{self.name}-{name}.svg").as_posix()

    def _drawn(self, name: str, role: str, size: float, ratio: float) -> QPixmap:
        key = (name, role, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = draw_icon(name, self.colour(role), self.px(size), ratio)
        return self._pixmaps[key]


_OUTLINED = """QPushButton[variant="primary"] {{ color: {accent}; background: {ground}; border: 2px solid {accent}; }}
"""

_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text-quiet",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "surface",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line-strong",
    QPalette.ColorRole.Shadow: "window",
}


def draw_icon(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """A lucide icon, `size` device-independent pixels wide, with the finer stroke the design asks for."""
    svg = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour.name()).replace('stroke-width="2"', 'stroke-width="1.75"')
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def following(name: str) -> str:
    """The look after this one: Day, Dusk, Night, and round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)]


def stepped(scale: float, step: int) -> float:
    """The text size so many steps larger, or smaller where `step` is negative."""
    nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - scale))
    return SIZES[max(0, min(len(SIZES) - 1, nearest + step))]


def load_look(name: str, scale: float = 1.0) -> Look:
    """The look of that name, day, dusk or night, at a text size (1.0 is 100 %)."""
    look = tomllib.loads(resources.path("looks", f"{name}.toml").read_text(encoding="utf-8"))
    return Look(look["name"], look["colours"], dark=look["dark"], filled=look["filled"], scale=scale)


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; without them the platform's interface font serves."""
    for file in sorted(resources.path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def apply_look(app: QApplication, look: Look) -> None:
    """Dress the whole application; call before the first window is shown, so that none opens white."""
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if look.dark else Qt.ColorScheme.Light)
    app.setCursorFlashTime(0)  # nothing blinks
    app.setPalette(look.palette())
    app.setFont(look.font("body"))
    app.setStyleSheet(look.qss())
    FocusRing.of(app).restyle(look.colour("focus"), look.px(8))

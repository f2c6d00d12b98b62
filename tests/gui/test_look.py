from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from kapjournal import resources
from kapjournal.gui.look import NAMES, STEPS, Look, load_fonts, load_look

Dress = Callable[[Look], None]

WORDS = ("text", "text-quiet", "accent", "private", "quote", "intervention", "self-note", "dose", "vitals", "safety")
WORDS += ("mark", "part-text", "theme-text")
GROUNDS = ("window", "surface", "raised")
ON_THEIR_OWN = (
    ("text", "sunken"),
    ("text-quiet", "sunken"),
    ("on-accent", "accent"),
    ("theme-text", "theme-bg"),
    ("part-text", "part-bg"),
    ("private", "private-quiet"),
    ("text", "private-quiet"),
    ("text-quiet", "private-quiet"),
    ("safety", "safety-quiet"),
    ("text", "safety-quiet"),
    ("mark", "mark-quiet"),
    ("text", "mark-quiet"),
    ("accent", "accent-quiet"),
    ("text", "accent-quiet"),
    ("text-quiet", "accent-quiet"),
    ("text", "selection"),
    ("text-quiet", "selection"),
    ("accent", "selection"),
    ("text", "heat-few"),
    ("text", "heat-some"),
    ("text", "heat-many"),
)


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Look, words: str, ground: str) -> float:
    light, dark = sorted((luminance(look.colour(words)), luminance(look.colour(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "target"), [("day", 7.0), ("dusk", 7.0), ("night", 4.5)])
def test_every_word_can_be_read_on_every_ground_it_stands_on(name: str, target: float) -> None:
    look = load_look(name)
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS] + list(ON_THEIR_OWN)
    low = {pair: round(contrast(look, *pair), 2) for pair in pairs if contrast(look, *pair) < target}
    assert low == {}


@pytest.mark.parametrize("name", NAMES)
def test_borders_and_the_focus_ring_stand_out_from_every_ground(name: str) -> None:
    look = load_look(name)
    low = {
        (line, ground): contrast(look, line, ground)
        for line in ("line-strong", "focus")
        for ground in GROUNDS
        if contrast(look, line, ground) < 3
    }
    assert low == {}


def test_the_night_keeps_blue_low() -> None:
    look = load_look("night")
    assert all(look.colour(word).blue() <= 0.42 * look.colour(word).red() for word in WORDS)


@pytest.mark.parametrize("name", NAMES)
def test_the_look_s_own_drawings_are_in_its_colours(name: str) -> None:
    look = load_look(name)
    for drawing, role in (("check", "on-accent"), ("arrow", "text-quiet")):
        svg = resources.path("looks", f"{name}-{drawing}.svg").read_text(encoding="utf-8")
        assert look.colour(role).name().lower() in svg.lower()


def test_the_three_looks_know_the_same_roles() -> None:
    roles = [set(load_look(name).colours) for name in NAMES]
    assert roles[0] == roles[1] == roles[2]


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_leaves_nothing_to_fill_in(name: str) -> None:
    sheet = load_look(name, 1.5).qss()
    assert not re.search(r"\b(role|px|file)\(", sheet)
    for file in re.findall(r'url\("([^"]+)"\)', sheet):
        assert resources.path("looks", file.rsplit("/", 1)[-1]).is_file()


def test_the_bundled_type_is_what_is_drawn(qapp: QApplication) -> None:
    load_fonts()
    look = load_look("day")
    assert QFontInfo(look.font("body")).family() == "Source Sans 3"
    assert QFontInfo(look.font("heading")).weight() == 600
    assert QFontInfo(look.font("quote", serif=True)).family() == "Source Serif 4 SmText"


def test_sizes_follow_the_text_size() -> None:
    look = load_look("day", 2.0)
    assert look.px(8) == 16
    assert look.font("body").pixelSize() == 32
    assert look.line("body") == 44
    assert load_look("day", 0.1).px(2) == 1
    assert min(step.size for step in STEPS.values()) == 13


def test_every_icon_can_be_drawn_in_any_colour(qapp: QApplication) -> None:
    look = load_look("night")
    for file in resources.path("icons").glob("*.svg"):
        if file.stem == "app":  # the program's own picture, in its own colours
            continue
        image = look.pixmap(file.stem, "text").toImage()
        assert image.width() == 18
        drawn = [image.pixelColor(x, y) for x in range(18) for y in range(18)]
        solid = [colour for colour in drawn if colour.alpha() > 128]
        assert solid, file.name
        assert all(abs(colour.red() - look.colour("text").red()) < 4 for colour in solid), file.name


def test_icons_are_fine_on_fine_screens(qapp: QApplication) -> None:
    icon = load_look("day").icon("eye", "text", 20)
    assert {(size.width(), size.height()) for size in icon.availableSizes()} >= {(20, 20)}
    assert icon.pixmap(icon.availableSizes()[0], 2.0).width() == 40


def test_applying_a_look_dresses_the_application_before_any_window(qapp: QApplication, dress: Dress) -> None:
    look = load_look("night")
    dress(look)
    assert qapp.palette().window().color() == look.colour("window")
    assert qapp.font().family() == "Source Sans 3"
    assert look.colour("raised").name() in qapp.styleSheet()

"""Looks and text size."""

from __future__ import annotations

from kapjournal.gui.settings.items import Choice, Page, Section, Words
from kapjournal.gui.settings.seen import Chosen, Seen

SIZES = ("0.9", "1.0", "1.15", "1.3", "1.5", "1.75", "2.0")


def page(seen: Seen) -> Page:
    """Day, Dusk, Night, and how large the text is."""
    settings = seen.chosen.settings
    sizes = tuple((size, f"{round(float(size) * 100)} %") for size in SIZES)
    size = min(SIZES, key=lambda one: abs(float(one) - settings.text_scale))
    looks = (("day", "Day"), ("dusk", "Dusk"), ("night", "Night"))
    return Page(
        (
            Section(
                "Look",
                "sun",
                (
                    Choice("look", "Look", looks, settings.look),
                    Words("Ctrl Shift D goes to the next one from anywhere. Night is made for a dark room."),
                ),
            ),
            Section(
                "Text size",
                "book-open",
                (
                    Choice("text_scale", "Text size", sizes, size),
                    Words("Ctrl + and Ctrl − step through the sizes, Ctrl 0 goes back to 100 %."),
                ),
            ),
        )
    )


def changed(seen: Seen, key: str, value: str) -> Chosen:
    """Take another look or size."""
    return seen.chosen.but(**{key: value if key == "look" else float(value)})

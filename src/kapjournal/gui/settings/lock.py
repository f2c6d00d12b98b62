"""When the screen is blanked and when the journal locks, and the code of the veil."""

from __future__ import annotations

from kapjournal.domain.errors import Refused
from kapjournal.gui.settings.items import Choice, Line, Page, Section, Words
from kapjournal.gui.settings.seen import VEIL_PLACE, Chosen, Seen

_MINUTES = {
    "veil_after_minutes": (2, 5, 10, 20, 30),
    "lock_after_minutes": (15, 30, 60, 90, 120),
    "idle_lock_minutes": (2, 5, 10, 15, 30),
}
SHORTEST_CODE, LONGEST_CODE = 4, 32


def page(seen: Seen) -> Page:
    """Times and code."""
    code = seen.chosen.desk.get(VEIL_PLACE) or ""
    return Page(
        (
            Section(
                "While a session runs",
                "waves",
                (
                    _times(seen, "veil_after_minutes", "The veil comes after"),
                    _times(seen, "lock_after_minutes", "The journal locks after"),
                ),
                "Counted from the last key or movement. Your half-typed line is there again afterwards.",
            ),
            Section("Outside a session", "clock", (_times(seen, "idle_lock_minutes", "The journal locks after"),)),
            Section(
                "The veil",
                "eye-off",
                (
                    Line("veil_code", "Code", seen.value("veil_code", code), "four to 32 letters or figures", 16),
                    Words(
                        "F12 blanks everything at once. With a code, it takes that code to look again; without one, "
                        "F12 alone. The code covers the screen; only the lock encrypts."
                    ),
                ),
                default="veil_code.default" if code else "",
            ),
        )
    )


def changed(seen: Seen, key: str, value: str) -> Chosen:
    """Take another time or code."""
    if key in _MINUTES:
        return seen.chosen.but(**{key: int(value)})
    code = "" if key == "veil_code.default" else value.strip()
    if code and not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
        raise Refused("A veil code has four letters or figures at least, and 32 at most.")
    return seen.chosen.laid(VEIL_PLACE, code or None)


def _times(seen: Seen, key: str, label: str) -> Choice:
    stands = getattr(seen.chosen.settings, key)
    minutes = sorted({*_MINUTES[key], stands})
    return Choice(key, label, tuple((str(m), f"{m} min") for m in minutes), str(stands))

"""What is on or off in the room while a session is in front; nothing of it is part of the record."""

from __future__ import annotations

from dataclasses import dataclass

from kapjournal.gui.live.state import Banner, Mode


@dataclass
class Situation:
    """What is on or off in the room; nothing of it is part of the record."""

    veil_code: str = ""
    mode: Mode = Mode.WRITE
    veiled: bool = False
    veil_asks: bool = False
    wrong_codes: int = 0
    card_hidden: bool = False
    plan_open: bool = False
    dim: int = 0
    opened_row: str = ""
    banner: Banner | None = None
    clock_moved_s: float = 0.0
    closing: bool = False  # the landing list is on its way to the disk

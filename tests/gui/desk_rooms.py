"""Rooms of the desk over the course of Wren, without the frame: for tests, and to look at.

`python tests/gui/desk_rooms.py FOLDER [room …]` grabs each in every look and size.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.recall import FakeRecall
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

from kapjournal.application import themes
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import Tables, load_tables
from kapjournal.application.themes import Shelf
from kapjournal.domain.course import Client
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import TagState
from kapjournal.gui.look import NAMES, Look, apply_look, load_fonts, load_look
from kapjournal.gui.mine.room import enter_mine
from kapjournal.gui.parts.room import enter_parts
from kapjournal.gui.picture.room import enter_picture
from kapjournal.gui.themes.room import enter_themes
from kapjournal.resources import path

COURSE = "course-wren.jsonl"


class Site(NamedTuple):
    """The world of a room, in memory."""

    clock: FakeClock
    new_id: FakeIds
    tasks: InlineTasks
    timer: FakeTimer
    tables: Tables

    def bug(self, error: Exception) -> None:
        raise error

    @staticmethod
    def recall(journal: FakeJournal) -> FakeRecall:
        return FakeRecall(journal)


class Doors:
    """Remembers where a room led to."""

    def __init__(self, look: Look) -> None:
        self.went: list[tuple[str, ...]] = []
        self._look = look

    def look(self) -> Look:
        return self._look

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *where: self.went.append((name, *where))

    def shell(self) -> SimpleNamespace:
        return SimpleNamespace(say_saved=lambda _: None)


class DeskRooms:
    """Stands in for `Rooms`: holds the view that was entered."""

    def __init__(self, data: Path, look: Look) -> None:
        self.journal = FakeJournal()
        import_records(self.journal, data / COURSE)
        last = max(s.started_at for s in self.journal.sessions() if s.started_at)
        self.clock = FakeClock(last + timedelta(days=3))
        self.site = Site(self.clock, FakeIds(), InlineTasks(), FakeTimer(), load_tables(path))
        self.doors: Any = Doors(look)
        self.view: Any = None
        self.leave: Callable[[], None] = lambda: None

    @property
    def client(self) -> Client:
        return self.journal.clients()[0]

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.journal, self.site.clock, self.site.new_id, self.site.tables.starter)

    def enter(self, view: QWidget, bar: object, leave: Callable[[], None]) -> None:
        self.view, self.bar, self.leave = view, bar, leave


def tagged(rooms: DeskRooms) -> DeskRooms:
    """With notes under many themes, as after some months."""
    by_word = {
        "th-parents": "mum",
        "th-alone": "nobody",
        "th-young": "seven",
        "th-music": "band",
        "theme-body": "hand",
        "th-letgo": "let",
        "theme-stillness": "quiet",
        "th-grief": "bulb",
    }
    for theme, word in by_word.items():
        for entry in rooms.journal.entries("wren"):
            if word in entry.text.casefold() and entry.kind is not Kind.SELF:
                themes.say(rooms.shelf, entry.id, theme, TagState.ACCEPTED)
    own = rooms.journal.entries("wren", [Kind.SELF])
    flags = ("countertransference", "boundary", "consultation")
    for number, entry in enumerate(own):
        themes.say(rooms.shelf, entry.id, f"theme-flag-{flags[number % 3]}", TagState.ACCEPTED)
    return rooms


ROOMS: dict[str, Callable[[DeskRooms], None]] = {
    "picture": lambda r: enter_picture(r, r.journal, r.client),  # type: ignore[arg-type]
    "themes": lambda r: enter_themes(r, r.journal, None, "th-parents"),  # type: ignore[arg-type]
    "parts": lambda r: enter_parts(r, r.journal, r.client, "wren-part-stairs"),  # type: ignore[arg-type]
    "mine": lambda r: enter_mine(r, r.journal),  # type: ignore[arg-type]
}


def main(folder: Path, only: tuple[str, ...]) -> None:
    app = QApplication([])
    load_fonts()
    data = Path(__file__).parents[1] / "data"
    for name in NAMES:
        for scale, width, height in ((1.0, 1360, 840), (1.0, 1200, 660), (2.0, 1360, 840)):
            look = load_look(name, scale)
            apply_look(app, look)
            for room, enter in ROOMS.items():
                if only and room not in only:
                    continue
                rooms = tagged(DeskRooms(data, look))
                enter(rooms)
                rooms.view.resize(width, height)
                rooms.view.show()
                rooms.view.activateWindow()
                for _ in range(4):
                    app.processEvents()
                rooms.view.grab().save(str(folder / f"{room}-{name}-{width}-{scale:g}.png"))
                rooms.view.close()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, tuple(sys.argv[2:]))

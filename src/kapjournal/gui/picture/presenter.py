"""What the screen of the course in pictures does: read it, show the notes behind a cell, keep the page as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from kapjournal.application.picture import Picture
from kapjournal.application.ports import Clock, Tasks
from kapjournal.domain.dates import date_text
from kapjournal.domain.trend import Dosing, Series
from kapjournal.domain.wording import Wording
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.notes_told import note_line
from kapjournal.gui.picture.state import PARTS, THEMES, Behind, PictureState

NOT_WRITTEN = "The picture could not be written there. Choose another place; the journal is untouched."


class Read(NamedTuple):
    """All that the screen reads."""

    picture: Picture
    series: tuple[Series, ...]
    dosings: tuple[Dosing, ...]
    wording: Wording


class PictureUses(NamedTuple):
    """What the screen can ask for. The first two run on the worker; the rest moves on."""

    read: Callable[[], Read]
    write: Callable[[Path, bytes], None]
    review: Callable[[str], None]
    integrate: Callable[[str], None]
    themes: Callable[[str], None]
    parts: Callable[[str], None]


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: PictureState) -> None: ...


class PicturePresenter:
    """Turns the course into what the screen shows."""

    def __init__(self, uses: PictureUses, tasks: Tasks, clock: Clock, view: View) -> None:
        self._uses, self._tasks, self._clock, self._view = uses, tasks, clock, view
        self._read: Read | None = None
        self._state = PictureState()

    def start(self, alias: str) -> None:
        """Read the course and show it."""
        self._state = self._state._replace(title=alias)
        self._tasks.run(self._uses.read, self._have_read, self._failed)

    def _have_read(self, read: Read) -> None:
        self._read = read
        picture = read.picture
        days = [column.on for column in picture.columns if column.on is not None]
        self._show(
            title=_titled(self._state.title, days),
            columns=picture.columns,
            themes=picture.themes,
            parts=picture.parts,
            parts_word=read.wording.several,
            series=read.series,
            dosings=read.dosings,
            read=True,
        )

    def choose(self, strip: str, key: str, column: int) -> None:
        """Show the notes behind a cell."""
        if self._read is None:
            return
        picture, wording = self._read.picture, self._read.wording
        one = next(s for s in (picture.themes if strip == THEMES else picture.parts) if s.key == key)
        entries, today = one.cells[column], self._clock.now().at.date()
        counted = "no notes" if not entries else "1 note" if len(entries) == 1 else f"{len(entries)} notes"
        about = f"{picture.columns[column].title}, {counted}"
        lines = tuple(note_line(picture.notes[entry], wording, today) for entry in entries)
        name = one.name if strip == THEMES else f"@{one.name}"
        self._show(behind=Behind(strip, key, name, about, lines), message=None)

    def open_note(self, entry: str) -> None:
        """To the moment of a note in its session."""
        self._uses.review(entry)

    def integrate(self) -> None:
        """To the notes of the chosen theme or part, beside the one being written."""
        self._uses.integrate(self._state.behind.key)

    def keep_themes(self) -> None:
        """To the list of themes, or the roster of parts, at what is chosen."""
        behind = self._state.behind
        (self._uses.parts if behind.strip == PARTS else self._uses.themes)(behind.key)

    def save(self, path: Path, picture: bytes) -> None:
        """Write the page to a file."""
        said = f"Saved to {path}. It is not encrypted: whoever has the file can see it."
        self._tasks.run(
            lambda: self._uses.write(path, picture),
            lambda _: self._show(message=Message(said)),
            lambda error: (
                self._show(message=Message(NOT_WRITTEN, "safety"))
                if isinstance(error, OSError)
                else self._failed(error)
            ),
        )

    def _failed(self, error: Exception) -> None:
        self._show(message=trouble(error))

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)


def _titled(alias: str, days: list[date]) -> str:
    if not days:
        return alias
    first, last = min(days), max(days)
    return f"{alias}, {date_text(first, last)} to {date_text(last)}" if first != last else f"{alias}, {date_text(last)}"

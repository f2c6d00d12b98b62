"""What the program remembers between starts, outside any journal.

This file is readable to whoever can read the user's files, so nothing of a journal's content may get here: no
client, no note, no theme; only how the windows look and where journals lie.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kapjournal.durable import write_private

_MOST_JOURNALS = 20


class KnownJournal(BaseModel):
    """A journal that was opened on this computer before."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Annotated[str, Field(max_length=200)]
    path: Path
    last_opened: AwareDatetime | None = None


class Settings(BaseModel):
    """The settings; text scale 1.0 is 100 %, times are in minutes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    look: Literal["day", "dusk", "night"] = "day"
    text_scale: Annotated[float, Field(ge=0.8, le=2.0)] = 1.0
    last_journal: Path | None = None
    known_journals: tuple[KnownJournal, ...] = ()
    veil_after_minutes: Annotated[int, Field(ge=1, le=240)] = 5
    lock_after_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    idle_lock_minutes: Annotated[int, Field(ge=1, le=240)] = 10

    def opened(self, name: str, path: Path, at: AwareDatetime) -> Settings:
        """These settings after a journal was opened: it is the last one, and first in the list."""
        this = KnownJournal(name=name, path=path, last_opened=at)
        others = [known for known in self.known_journals if known.path != path]
        return self.model_copy(update={"last_journal": path, "known_journals": (this, *others)[:_MOST_JOURNALS]})

    def forgotten(self, path: Path) -> Settings:
        """These settings without any trace of the journal at `path`."""
        kept = tuple(known for known in self.known_journals if known.path != path)
        last = None if self.last_journal == path else self.last_journal
        return self.model_copy(update={"last_journal": last, "known_journals": kept})


class Loaded(NamedTuple):
    """Settings, and a sentence for the therapist if not all of them could be read."""

    settings: Settings
    notice: str | None = None


def load(path: Path) -> Loaded:
    """Read the settings. What cannot be read becomes the default; the damaged file is kept beside as `.damaged`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError:
        return Loaded(Settings(), "The settings could not be read, so the usual ones are used. No journal is touched.")
    settings, whole = _understood(raw)
    if whole:
        return Loaded(settings)
    kept = _kept_aside(path)
    return Loaded(
        settings,
        "Some settings could not be read and are back to the usual ones. No journal is touched."
        + (f" The old file is kept as {kept.name}." if kept else ""),
    )


def save(path: Path, settings: Settings) -> None:
    """Write the settings whole, for the owner's eyes only. Raises OSError; the old ones then still stand."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, settings.model_dump_json(indent=2).encode("utf-8") + b"\n")


def _understood(raw: bytes) -> tuple[Settings, bool]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        return Settings(), False
    if not isinstance(given, dict):
        return Settings(), False
    try:
        return Settings.model_validate(given), True
    except ValidationError as trouble:
        return _without(given, {str(error["loc"][0]) for error in trouble.errors()}), False


def _without(given: dict[str, Any], wrong: set[str]) -> Settings:
    return Settings.model_validate({name: value for name, value in given.items() if name not in wrong})


def _kept_aside(path: Path) -> Path | None:
    aside = path.with_name(f"{path.name}.damaged")
    try:
        return path.replace(aside)
    except OSError:
        return None

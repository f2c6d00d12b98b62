"""What the pages of settings look at: what is chosen now, what comes with the program, and the state of the files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kapjournal.application.back_up import BACKUP_FOLDER, LAST_BACKUP, LAST_CHECK, Noted, read_noted
from kapjournal.application.own_lists import PLACES, Kept, Tables, tables_on
from kapjournal.application.ports import Finding
from kapjournal.domain.errors import Refused
from kapjournal.domain.moment import clock_text
from kapjournal.settings import Settings

VEIL_PLACE = "veil_code"

# Everything on the desk of the journal that these pages change or tell of.
SETTINGS_PLACES = (*PLACES, VEIL_PLACE, BACKUP_FOLDER)
READ_PLACES = (*SETTINGS_PLACES, LAST_BACKUP, LAST_CHECK)


class Unfinished(Refused):
    """A row that waits for its other fields; nothing is wrong with it yet."""


Empty: Mapping[str, str] = MappingProxyType({})


class Chosen(NamedTuple):
    """All that can be chosen and undone: the settings outside the journal, and places on its desk."""

    settings: Settings
    desk: Mapping[str, str | None]

    def laid(self, place: str, content: str | None) -> Chosen:
        """The same with other content at a place."""
        return self._replace(desk={**self.desk, place: content})

    def kept(self, kept: Kept) -> Chosen:
        """The same with a changed list."""
        return self.laid(kept.place, kept.content)

    def but(self, **changed: object) -> Chosen:
        """The same with other settings outside the journal."""
        return self._replace(settings=self.settings.model_copy(update=changed))


class Instrument(NamedTuple):
    """A questionnaire that comes with the program, or was added."""

    name: str
    licence: str
    note: str = ""


class Journal(NamedTuple):
    """What is known of the files of the open journal."""

    folder: Path
    synced_by: str | None = None
    key_file: tuple[Finding, ...] = ()
    demo: bool = False


class Strength(NamedTuple):
    """What is said about a passphrase while it is typed."""

    words: str
    enough: bool


class Secrets(NamedTuple):
    """Where the changing of keys stands; nothing of it outlives the page."""

    recovery_key: str = ""  # shown once
    suggestion: str = ""
    strength: Strength | None = None


class Seen(NamedTuple):
    """What a page is made from."""

    chosen: Chosen
    shipped: Tables
    journal: Journal
    notes: Mapping[str, Noted | None]
    now: datetime
    pending: Mapping[str, str] = Empty  # what is typed and does not fit yet, by the key of its field
    busy: str = ""  # the key of the act that is being done
    secrets: Secrets = Secrets()
    instruments: tuple[Instrument, ...] = ()

    @property
    def tables(self) -> Tables:
        """The lists as they stand."""
        return tables_on(self.chosen.desk, self.shipped)

    def value(self, key: str, stands: str) -> str:
        """What a field shows: what is being typed into it, or what stands."""
        return self.pending.get(key, stands)


def notes_on(desk: Mapping[str, str | None]) -> dict[str, Noted | None]:
    """The last backup and check, as they lie on the desk."""
    return {place: read_noted(desk.get(place)) for place in (LAST_BACKUP, LAST_CHECK)}


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(at: datetime, now: datetime) -> str:
    """When that was: `today at 10:42`, `yesterday at 10:42`, `on 24 February 2026 at 10:42`."""
    local = at.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {local.day} {_MONTHS[local.month - 1]} {local.year}")
    return f"{day} at {clock_text(local)}"

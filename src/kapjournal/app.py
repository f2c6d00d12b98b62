"""The composition root: the one file that knows every part and hands each what it needs."""

from __future__ import annotations

import platform
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

from kapjournal import __version__, paths
from kapjournal.application.check_journal import JOURNAL, Machine
from kapjournal.application.ports import Clock, Journal, JournalStore, Keys, KeyStore, NewId
from kapjournal.cloud import cloud_folder
from kapjournal.machine import SystemClock, core_dumps_off, new_id
from kapjournal.vault.keyfile import KeyFile

# Qt is imported only where windows are opened, for the command line has to work where there is none; SQLAlchemy only
# when a journal is, for the unlock screen has to be there soon.
# ruff: noqa: PLC0415


class Parts(NamedTuple):
    """What the use cases need from the world, as it really is."""

    clock: Clock
    new_id: NewId
    keys: KeyStore
    journals: JournalStore


class JournalsOnDisk:
    """The encrypted journals of this machine; implements `ports.JournalStore` and loads the database when asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def make(self, folder: Path, keys: Keys) -> Journal:
        """A new, empty journal."""
        return self._store().make(folder, keys)

    def open(self, folder: Path, keys: Keys) -> Journal:
        """The journal of a folder."""
        return self._store().open(folder, keys)

    def _store(self) -> JournalStore:
        from kapjournal.storage.store import SqlJournals

        return SqlJournals(self._clock)


def compose() -> Parts:
    """The real parts."""
    clock = SystemClock()
    return Parts(clock, new_id, KeyFile(), JournalsOnDisk(clock))


def machine(journal: Path, folders: paths.Folders) -> Machine:
    """What `doctor` looks at, for the journal in this folder."""
    from kapjournal.storage.facts import database_facts
    from kapjournal.storage.opening import DATABASE

    database = database_facts()
    ciphers = {name: database.pop(name) for name in ("cipher", "seal of each page", "provider")}
    places = {JOURNAL: journal, "settings": folders.settings, "cache": folders.cache, "log": folders.logs}
    return Machine(
        versions={"KAP Journal": __version__, "Python": platform.python_version(), **database, **_qt_versions()},
        encryption=ciphers,
        core_dumps_off=core_dumps_off(),
        synced_by=cloud_folder,
        places=places,
        database=journal / DATABASE,
    )


def _qt_versions() -> dict[str, str]:
    try:
        qt = import_module("PySide6.QtCore").qVersion()
    except ImportError:  # a system library that it needs is not there
        qt = "cannot be loaded here"
    try:
        pyside = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:  # in a built folder
        pyside = str(getattr(import_module("PySide6"), "__version__", "unknown"))
    return {"Qt": qt, "PySide6": pyside}

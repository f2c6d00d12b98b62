"""What the storage tests share: keys, a small journal of every kind of record, and a raw way into its file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapjournal.application.ports import Keys
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.storage.engine import Bare, keyed
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.opening import DATABASE
from kapjournal.storage.store import SqlJournals
from kapjournal.storage.tables import TRIGGERS
from tests.fakes.clock import START, FakeClock

KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
CLIENT = Client(id="heron", alias="Heron")
SESSION = Session(id="open", client="heron", kind=SessionKind.DOSING, started_at=START)


def entry(number: int, text: str = "breath slower, hands open") -> Entry:
    return Entry(
        id=f"e{number}", client="heron", session="open", kind=Kind.OBSERVATION, text=f"{number} {text}",
        noticed_at=START,
    )  # fmt: skip


def store() -> SqlJournals:
    return SqlJournals(FakeClock())


def filled(folder: Path, entries: int = 20) -> SqlJournal:
    """An open journal whose ledger holds the client (1), the session (2) and then the entries."""
    journal = store().make(folder, KEYS)
    journal.keep(CLIENT, SESSION, *(entry(number) for number in range(entries)))
    return journal


def closed(folder: Path, entries: int = 20) -> Path:
    """The folder of such a journal, closed again."""
    filled(folder, entries).close()
    return folder


@contextmanager
def raw(folder: Path, *, guarded: bool = False) -> Iterator[Bare]:
    """Somebody with the database key at work on the file, the triggers out of the way and back afterwards."""
    connection = keyed(folder / DATABASE, KEYS.database)
    try:
        for name in () if guarded else TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for text in () if guarded else TRIGGERS.values():
            connection.execute(text)
    finally:
        connection.close()


def crash_image(folder: Path, copy: Path) -> Path:
    """The files as a kill would leave them, while the journal goes on."""
    copy.mkdir()
    for name in (DATABASE, DATABASE + "-wal"):
        shutil.copyfile(folder / name, copy / name)
    return copy

"""Opens the file of a journal without ever making a damaged one worse.

The key has been proved by the key file already, so whatever does not fit here is damage, never a wrong passphrase.
The file is looked at first over a connection that cannot write; only a whole one is opened for work.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from kapjournal.domain.errors import JournalDamaged, JournalError, NewerFormat, NoJournal
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import keyed, make_engine
from kapjournal.storage.schema import Schema, revision
from kapjournal.storage.tables import FORMAT
from kapjournal.storage.trouble import DAMAGED, UNREADABLE, told

DATABASE: Final = "vault.db"
PAGE_BYTES: Final = 4096

NEWER: Final = (
    "This journal was made by a newer version of the program. Nothing was changed. Install that version to open it."
)


def log_of(database: Path) -> Path:
    """The write-ahead log that belongs to a database file."""
    return database.with_name(database.name + "-wal")


def check_is_there(database: Path) -> None:
    """Raise `NoJournal` if there is no file and `JournalDamaged` if it can be no journal."""
    try:
        size = database.stat().st_size
    except FileNotFoundError:
        raise NoJournal("There is no journal in that folder.") from None
    except OSError as trouble:
        raise JournalError(UNREADABLE) from trouble
    if not database.is_file() or size < PAGE_BYTES or size % PAGE_BYTES:
        raise JournalDamaged(DAMAGED)


def damaged_pages(database: Path, key: bytes) -> frozenset[int]:
    """Pages of the main file, log aside, whose seal does not fit; reads only.

    `immutable` takes no lock and sees no log, so the folder lock has to be held and no other connection be open.
    """
    connection = keyed(f"{database.absolute().as_uri()}?immutable=1", key, uri=True)
    try:
        complaints = connection.execute("pragma cipher_integrity_check").fetchall()
    finally:
        connection.close()
    return frozenset(_page_number(str(row[0])) for row in complaints)


def _page_number(complaint: str) -> int:
    digits = complaint.rsplit(" ", 1)[-1]
    return int(digits) if digits.isdigit() else 0


def connect(database: Path, key: bytes) -> tuple[Engine, Connection]:
    """The one connection for work, every setting in force."""
    engine = make_engine(database, key)
    try:
        return engine, engine.connect()
    except (DBAPIError, sqlcipher.Error) as complaint:
        engine.dispose()
        raise told(complaint, writing=False) or complaint from complaint


def open_whole(database: Path, key: bytes) -> tuple[Engine, Connection]:
    """Look, and connect only if all is whole; the log of a crash is folded in."""
    check_is_there(database)
    try:
        damaged = damaged_pages(database, key)
    except sqlcipher.Error as complaint:
        raise told(complaint, writing=False) or JournalDamaged(DAMAGED) from complaint
    if damaged:
        raise JournalDamaged(DAMAGED)
    return connect(database, key)


def check_version(connection: Connection, schema: Schema) -> bool:
    """Whether the tables are of the present shape; raises `NewerFormat` for one of the future."""
    stands_at = revision(connection)
    row = connection.exec_driver_sql(sql.GET_META, ("format",)).fetchone() if stands_at else None
    if stands_at is None or row is None:
        raise JournalDamaged(DAMAGED)
    if stands_at not in schema.revisions or int(row[0]) > FORMAT:
        raise NewerFormat(NEWER)
    return stands_at == schema.newest


def make_file(database: Path) -> None:
    """An empty file that only its owner can read; raises FileExistsError rather than touch one that is there."""
    os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

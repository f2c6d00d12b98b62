"""Looking at a journal that is not open, such as a backup, without writing into its folder; and copying its file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from kapjournal.application.ports import Finding, Inspected, Keys
from kapjournal.domain.errors import JournalDamaged, JournalError, NotSaved
from kapjournal.storage.audit import UNREADABLE, Audit, check_pages
from kapjournal.storage.engine import Bare, bare, keyed
from kapjournal.storage.opening import DATABASE, check_is_there, check_version, log_of, read_head
from kapjournal.storage.schema import Schema
from kapjournal.storage.tables import INDEXES
from kapjournal.storage.trouble import Code, Complaint, code_of, has_no_room, told

Progress = Callable[[int, int], None]

NOT_READ_BACK: Final = (
    "The backup was not made: what was written could not be read back. The journal is as it was. "
    "Check that drive, or choose another folder."
)
BACKUP_DISK_FULL: Final = (
    "The backup was not made: the disk that it was to lie on is full. The journal and earlier backups are as they "
    "were. Make room there, or choose another folder."
)
BACKUP_DISK_GONE: Final = (
    "The backup was not made: its drive was removed or cannot be written. The journal is as it was. "
    "Bring the drive back, or choose another folder."
)
OLDER: Final = Finding(True, "It was made by an earlier version; the rest of it is checked when it is restored.")
INDEX_BEHIND: Final = Finding(True, "The search index is behind; it holds no words of its own and is made anew.")
LOG_BESIDE: Final = Finding(
    False, "It was opened as a journal and not closed properly. Restore it, and all of it is checked there."
)


def inspect(folder: Path, keys: Keys, schema: Schema, progress: Progress | None = None) -> Inspected:
    """Check pages, ledger, indexes and rules; damage is told in the findings, or raised where nothing can be read."""
    database = folder / DATABASE
    check_is_there(database)
    engine = _looking_only(database, keys.database)
    try:
        with engine.connect() as connection:
            return _inspected(connection, keys, schema, progress, log_beside=_has_log(database))
    except (DBAPIError, sqlcipher.Error) as complaint:
        raise told(complaint, writing=False) or complaint from complaint
    finally:
        engine.dispose()


def copy_file(folder: Path, to: Path) -> None:
    """Copy the database, with a log that lies beside it, byte for byte and through to the disk."""
    for source in (folder / DATABASE, log_of(folder / DATABASE)):
        if source.exists() or source.name == DATABASE:
            handle = os.open(to / source.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with source.open("rb") as read, os.fdopen(handle, "wb") as written:
                shutil.copyfileobj(read, written, 1 << 20)
                written.flush()
                os.fsync(written.fileno())


def not_copied(complaint: Complaint, folder: Path) -> Exception:
    """What kept a copy from being written into `folder`; None of it has changed the journal."""
    if code_of(complaint) == Code.FULL or has_no_room(folder):
        return NotSaved(BACKUP_DISK_FULL)
    found = told(complaint, writing=True) or complaint
    return NotSaved(BACKUP_DISK_GONE) if isinstance(found, NotSaved) else found


def _inspected(
    connection: Connection, keys: Keys, schema: Schema, progress: Progress | None, *, log_beside: bool
) -> Inspected:
    pages = check_pages(bare(connection))
    if not pages.whole:
        return Inspected((pages, UNREADABLE), {})
    beside = (LOG_BESIDE,) if log_beside else ()
    if not check_version(connection, schema):
        return Inspected((pages, *beside, OLDER), _counts(connection))
    try:
        read_head(connection, keys)
    except JournalDamaged as damage:
        return Inspected((pages, *beside, Finding(False, damage.sentence)), {})
    audit = Audit(connection, keys, progress)
    findings = audit.findings(pages)
    if audit.words_missing:
        findings = (*(f for f in findings if not f.sentence.startswith("The search index")), INDEX_BEHIND)
    return Inspected((*findings, *beside), _counts(connection))


def _counts(connection: Connection) -> dict[str, int]:
    return {
        name: int(connection.execute(select(func.count()).select_from(index)).scalar_one())
        for name, index in INDEXES.items()
    }


def _has_log(database: Path) -> bool:
    try:
        return log_of(database).stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as trouble:
        raise JournalError("That folder cannot be read. Bring its drive back and try again.") from trouble


def _looking_only(database: Path, key: bytes) -> Engine:
    """A connection that takes no lock, makes no file and cannot write."""

    def connect() -> Bare:
        connection = keyed(f"{database.absolute().as_uri()}?immutable=1", key, uri=True)
        for setting in ("trusted_schema=OFF", "cell_size_check=ON", "cipher_memory_security=ON", "query_only=ON"):
            connection.execute(f"pragma {setting}")
        return connection

    return create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=connect, poolclass=StaticPool, hide_parameters=True
    )

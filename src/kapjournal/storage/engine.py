"""One encrypted connection, with every setting that the two promises rest on, and proof that they are in force.

The key goes in first and as 32 raw bytes; 63 hex digits would silently become a passphrase. The exclusive lock comes
before the write-ahead log, so that no second process can write and no shared-memory file is made. Temporary storage
stays in memory because SQLCipher does not encrypt temporary files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

KEY_BYTES = 32

# Pages in the log before SQLite folds it in by itself: seldom enough that one commit in some hundreds waits for
# it, small enough (8 MB) that a log left by a crash is read in a moment.
LOG_PAGES = 2000

SETTINGS = (
    "cipher_log_level=NONE",
    "cipher_memory_security=ON",
    "locking_mode=EXCLUSIVE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the triggers that forbid deleting
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    f"wal_autocheckpoint={LOG_PAGES}",
)


class Rows(Protocol):
    """What a statement of the driver's own gives back."""

    def fetchone(self) -> tuple[Any, ...] | None: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Bare(Protocol):
    """A connection of the driver's own, without SQLAlchemy."""

    def execute(self, sql: str, parameters: tuple[object, ...] = ..., /) -> Rows: ...

    def executemany(self, sql: str, rows: Sequence[tuple[object, ...]], /) -> Rows: ...

    @property
    def in_transaction(self) -> bool: ...

    def set_key(self, key: str, /) -> None: ...

    def close(self) -> None: ...


def bare(connection: Connection) -> Bare:
    """The driver's connection inside, for what must not run within a transaction."""
    return cast("Bare", connection.connection.driver_connection)


def keyed(path: Path | str, key: bytes, *, uri: bool = False) -> Bare:
    """A bare connection that has been given its key and nothing else; usable from any one thread."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
    connection: Bare = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=0, uri=uri)
    try:
        connection.set_key(f"x'{key.hex()}'")
        connection.execute("pragma cipher_log_level=NONE")
        connection.execute("pragma temp_store=MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def opened(path: Path, key: bytes) -> Bare:
    """A connection with every setting in force, or an exception and no connection."""
    connection = keyed(path, key)
    try:
        for setting in SETTINGS:
            connection.execute(f"pragma {setting}")
        assert_in_force(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def assert_in_force(connection: Bare) -> None:
    """Refuse to go on without encryption, log and memory: a readable journal must never be made by accident."""

    def value(pragma: str) -> object:
        row = connection.execute(f"pragma {pragma}").fetchone()
        return row[0] if row else None

    assert value("cipher_version"), "this SQLite does not encrypt"
    assert value("journal_mode") == "wal", "the write-ahead log is not in use"
    assert value("temp_store") == 2, "temporary storage is not in memory"


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine over one connection; a transaction takes the write lock when it begins, never half-way."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: opened(path, key),
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _take_the_write_lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine

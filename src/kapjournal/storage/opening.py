"""Opens the file of a journal without ever making a damaged one worse.

The key has been proved by the key file already, so whatever does not fit here is damage, never a wrong passphrase.
The file is looked at first over a connection that cannot write; only a whole one is opened for work.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from kapjournal.application.ports import Keys
from kapjournal.domain.errors import JournalDamaged, JournalError, NewerFormat, NoJournal, NotSaved
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import bare, keyed, make_engine
from kapjournal.storage.ledger import Head, head_trouble, start
from kapjournal.storage.log import read_log
from kapjournal.storage.schema import Schema, revision, upgrade
from kapjournal.storage.tables import FORMAT, ledger
from kapjournal.storage.trouble import DAMAGED, UNREADABLE, Code, code_of, has_no_room, told

DATABASE: Final = "vault.db"
PAGE_BYTES: Final = 4096

LOG_DAMAGED: Final = (
    "The last writing in this journal was saved, and then damaged on the disk. Nothing was changed. "
    "Restore a backup, or keep the folder as it is and ask for help."
)
FOREIGN_KEYS: Final = (
    "The key file in this folder belongs to another journal. Nothing was changed. "
    "Put the key file of this journal back."
)
COPY_FAILED: Final = (
    "This journal has to be brought up to date, and the copy that is made first could not be read back. "
    "Nothing was changed. Check the disk and try again."
)
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


class Opened(NamedTuple):
    """A journal file ready for work."""

    engine: Engine
    connection: Connection
    head: Head


def open_whole(database: Path, keys: Keys, schema: Schema) -> Opened:
    """Look first, connect only if all is whole, then fold in the log that a crash left and bring up to date."""
    check_is_there(database)
    healed_by_the_log = _look(database, keys.database)
    engine, connection = connect(database, keys.database)
    try:
        with connection.begin():
            up_to_date = check_version(connection, schema)
            head = read_head(connection, keys)
        _fold_in(connection, healed_by_the_log, database.parent)
        if not up_to_date:
            upgrade_beside_a_copy(connection, database, keys.database, schema)
    except (DBAPIError, sqlcipher.Error) as complaint:
        close(engine, connection)
        raise told(complaint, writing=False) or complaint from complaint
    except BaseException:
        close(engine, connection)
        raise
    return Opened(engine, connection, head)


def close(engine: Engine, connection: Connection) -> None:
    """Let go, whatever state the connection is in."""
    for let_go in (connection.close, engine.dispose):
        with suppress(DBAPIError, sqlcipher.Error):
            let_go()


def _look(database: Path, key: bytes) -> bool:
    """Whether pages are torn that the log will write anew; raises `JournalDamaged` for anything worse."""
    log = read_log(log_of(database))
    if log.cut_short:
        raise JournalDamaged(LOG_DAMAGED)
    try:
        damaged = damaged_pages(database, key)
    except sqlcipher.Error as complaint:
        raise told(complaint, writing=False) or JournalDamaged(DAMAGED) from complaint
    if damaged - log.pages:
        raise JournalDamaged(DAMAGED)
    return bool(damaged)


def _fold_in(connection: Connection, must: bool, folder: Path) -> None:
    """Fold the log into the main file; on a full disk that may wait, unless pages are torn without it."""
    try:
        bare(connection).execute("pragma wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.Error as complaint:
        if must or not (code_of(complaint) == Code.FULL or has_no_room(folder)):
            raise
    if must and bare(connection).execute("pragma cipher_integrity_check").fetchall():
        raise JournalDamaged(DAMAGED)


def read_head(connection: Connection, keys: Keys) -> Head:
    """Where the ledger ends, checked against the seal that is kept beside it."""
    belongs_to = connection.exec_driver_sql(sql.GET_META, ("vault_id",)).fetchone()
    if belongs_to is None or belongs_to[0] != keys.vault_id:
        raise JournalDamaged(FOREIGN_KEYS)
    row = connection.execute(select(ledger.c.n, ledger.c.link).order_by(ledger.c.n.desc()).limit(1)).fetchone()
    head = Head(row[0], row[1]) if row else start(keys.ledger, keys.vault_id)
    kept = connection.exec_driver_sql(sql.GET_META, ("ledger_head",)).fetchone()
    trouble = head_trouble(kept[0] if kept else None, head, keys.ledger)
    if trouble:
        raise JournalDamaged(f"{trouble} Nothing was changed. Restore a backup, or keep the folder and ask for help.")
    return head


def upgrade_beside_a_copy(connection: Connection, database: Path, key: bytes, schema: Schema) -> None:
    """Take the missing steps in one transaction, after an encrypted copy was written beside the file and checked."""
    copy_whole(connection, database.with_name(f"vault-before-{schema.newest}.db"), key)
    with connection.begin():
        upgrade(connection, schema)


def copy_whole(connection: Connection, copy: Path, key: bytes, failed: str = COPY_FAILED) -> None:
    """Write an encrypted copy under the same key; it gets its name once it has been read back whole."""
    unfinished = copy.with_name(copy.name + ".new")
    unfinished.unlink(missing_ok=True)
    make_file(unfinished)
    try:
        bare(connection).execute("VACUUM INTO ?", (str(unfinished),))
        if not reads_back(unfinished, key, bare(connection).execute(sql.LINES).fetchone()):
            raise NotSaved(failed)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    name_for_good(unfinished, copy)


def reads_back(copy: Path, key: bytes, lines: object) -> bool:
    """Whether a copy opens, is whole, and has as many lines in its ledger as it should."""
    inside = keyed(f"{copy.absolute().as_uri()}?immutable=1", key, uri=True)
    try:
        whole = not inside.execute("pragma cipher_integrity_check").fetchall()
        return whole and inside.execute(sql.LINES).fetchone() == lines
    except sqlcipher.Error:
        return False
    finally:
        inside.close()


def name_for_good(unfinished: Path, named: Path) -> None:
    """Rename a file that is whole, so that after a power cut there is all of it or nothing."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(named)
    if os.name == "posix":  # elsewhere a folder cannot be opened, and renaming is journalled
        folder = os.open(named.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


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

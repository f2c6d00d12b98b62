"""Makes and opens the database of a journal folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from kapjournal.application.ports import Clock, Inspected, Keys
from kapjournal.domain.errors import Refused
from kapjournal.storage import copying
from kapjournal.storage import schema as shape
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.ledger import sealed, start
from kapjournal.storage.lock import FolderLock
from kapjournal.storage.opening import DATABASE, check_is_there, close, connect, log_of, make_file, name_for_good
from kapjournal.storage.schema import PRESENT, Schema
from kapjournal.storage.search import WORDS_UP_TO
from kapjournal.storage.tables import FORMAT, meta
from kapjournal.storage.trouble import told, told_by_system


class SqlJournals:
    """The journals of this machine; the clock stamps the ledger."""

    def __init__(self, clock: Clock, schema: Schema = PRESENT) -> None:
        self._clock = clock
        self._schema = schema

    def make(self, folder: Path, keys: Keys) -> SqlJournal:
        """A new, empty journal; the file gets its name only when it is whole."""
        database = folder / DATABASE
        with _told_in_a_sentence():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder) as lock:
            if database.exists() or log_of(database).exists():
                raise Refused("There is a journal in that folder already. It was not touched.")
            _make_database(folder / "vault.db.new", database, keys, self._schema)
            return SqlJournal(database, keys, self._clock, lock, self._schema)

    def open(self, folder: Path, keys: Keys) -> SqlJournal:
        """The journal of a folder, checked before it is touched."""
        check_is_there(folder / DATABASE)
        with _locked(folder) as lock:
            return SqlJournal(folder / DATABASE, keys, self._clock, lock, self._schema)

    def inspect(self, folder: Path, keys: Keys, progress: Callable[[int, int], None] | None = None) -> Inspected:
        """Look at all of a journal that is not open, without writing into its folder."""
        return copying.inspect(folder, keys, self._schema, progress)

    def copy_files(self, folder: Path, to: Path) -> None:
        """Copy the database of a journal that is not open."""
        check_is_there(folder / DATABASE)
        copying.copy_file(folder, to)


@contextmanager
def _locked(folder: Path) -> Iterator[FolderLock]:
    """The lock goes to the journal that is made inside; without one, it is let go again."""
    with _told_in_a_sentence():
        lock = FolderLock(folder)
        try:
            yield lock
        except BaseException:
            lock.release()
            raise


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except (sqlcipher.Error, DBAPIError) as complaint:
        raise told(complaint, writing=True) or complaint from complaint
    except OSError as trouble:
        raise told_by_system(trouble) from trouble


def _make_database(unfinished: Path, database: Path, keys: Keys, schema: Schema) -> None:
    for left_over in (unfinished, log_of(unfinished)):
        left_over.unlink(missing_ok=True)
    make_file(unfinished)
    engine, connection = connect(unfinished, keys.database)
    try:
        with connection.begin():
            shape.upgrade(connection, schema)
            head = sealed(keys.ledger, start(keys.ledger, keys.vault_id))
            said = {"format": str(FORMAT), "vault_id": keys.vault_id, "ledger_head": head, WORDS_UP_TO: "0"}
            connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in said.items()])
    finally:
        close(engine, connection)
    name_for_good(unfinished, database)

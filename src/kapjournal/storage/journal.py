"""The journal itself: everything that is kept, read and checked goes through here, one call one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, Select, func, select
from sqlalchemy.exc import DBAPIError

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Clock, Finding, Inspected, Keys, SessionRecord
from kapjournal.application.ports import Version as KeptVersion
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry
from kapjournal.domain.errors import (
    BadInput,
    JournalDamaged,
    JournalError,
    JournalInUse,
    NewerFormat,
    NotSaved,
    Refused,
)
from kapjournal.domain.label import Link, Part, Tag, Theme
from kapjournal.domain.selection import Disclosure
from kapjournal.storage import statements as sql
from kapjournal.storage.audit import Audit, check_pages
from kapjournal.storage.copying import NOT_READ_BACK, inspect, not_copied
from kapjournal.storage.engine import Bare, bare
from kapjournal.storage.ledger import Head
from kapjournal.storage.lock import FolderLock
from kapjournal.storage.note_index import SqlNoteIndex
from kapjournal.storage.opening import DATABASE, Opened, close, copy_whole, open_whole
from kapjournal.storage.records import parse
from kapjournal.storage.schema import Schema
from kapjournal.storage.search import catch_up, find, start_over
from kapjournal.storage.tables import INDEXES, amendment, course, disclosure, entry, ledger, part, session, tag
from kapjournal.storage.trouble import GONE, Complaint, breaks_the_connection, not_saved, told, told_by_system
from kapjournal.storage.writing import REMEMBERED, Batch, Known, Version

Kept = TypeVar("Kept", bound=Record)


class SqlJournal:
    """A journal in a SQLCipher file; used from one thread, not necessarily the one that made it."""

    def __init__(self, database: Path, keys: Keys, clock: Clock, lock: FolderLock, schema: Schema) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._lock = lock
        self._schema = schema
        self._opened: Opened | None = None
        self._head = Head(0, b"")
        self._remembered: dict[Known, Version] = {}
        self._closed = False
        self._connect()

    # The connection

    def _connect(self) -> Connection:
        if self._closed:
            raise RuntimeError("this journal was closed")
        if self._opened is None:
            self._opened = open_whole(self._database, self._keys, self._schema)
            self._head = self._opened.head
            self._remembered = {}
        return self._opened.connection

    def _connect_to_write(self) -> Connection:
        try:
            return self._connect()
        except (JournalDamaged, JournalInUse, NewerFormat):
            raise
        except JournalError as gone:  # the drive went while the journal was open
            raise not_saved(self._database.parent) from gone

    def _drop(self) -> None:
        if self._opened is not None:
            close(self._opened.engine, self._opened.connection)
        self._opened = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        connection = self._connect()
        try:
            with connection.begin():
                yield connection
        except (DBAPIError, sqlcipher.Error) as complaint:
            raise self._sorted(complaint, writing=False) from complaint

    @contextmanager
    def _writing(self) -> Iterator[Bare]:
        """One transaction, on the disk when it ends; trouble undoes it and leaves the journal usable.

        It goes past SQLAlchemy to the driver, which halves the time that is not spent on the disk.
        """
        connection = bare(self._connect_to_write())
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlcipher.Error as complaint:
            _undo(connection)
            raise self._sorted(complaint, writing=True) from complaint
        except BaseException:
            _undo(connection)
            raise

    def _sorted(self, complaint: Complaint, *, writing: bool) -> Exception:
        if breaks_the_connection(complaint):
            self._drop()
        found = told(complaint, writing=writing) or complaint
        if isinstance(found, NotSaved) and found.sentence == GONE:
            return not_saved(self._database.parent)
        return found

    # Keeping

    def keep(self, *records: Record, desk: Mapping[str, str | None] | None = None, received: bool = False) -> Changes:
        """Write records and desk in one transaction; see the port."""
        at = self._clock.now().at.astimezone(UTC).isoformat()
        with self._writing() as connection:
            batch = Batch(connection, self._keys.ledger, self._head, at, self._remembered)
            batch.take(records, received=received)
            batch.write()
            for place, content in (desk or {}).items():
                _lay(connection, place, content)
        self._head = batch.head
        self._remembered |= {known: version for known, version in batch.versions.items() if known[0] in REMEMBERED}
        return Changes(records=tuple(batch.changed))

    def desk(self, place: str) -> str | None:
        """What lies at a place on the desk."""
        with self._reading() as connection:
            row = connection.exec_driver_sql(sql.ON_DESK, (place,)).fetchone()
        return str(row[0]) if row else None

    def put_on_desk(self, place: str, content: str | None) -> None:
        """Replace or clear what lies at a place on the desk; durable on return."""
        with self._writing() as connection:
            _lay(connection, place, content)

    # Reading

    def _contents(self, chosen: Select[Any]) -> list[str]:
        """Sorted here, for SQLite would carry the whole content of each line through its sorter: four times as long."""
        with self._reading() as connection:
            rows = connection.execute(chosen).all()
        return [content for _, content in sorted(rows, key=itemgetter(0))]

    def _read(self, kind: type[Kept], chosen: Select[Any]) -> tuple[Kept, ...]:
        return tuple(kind.model_validate_json(content) for content in self._contents(chosen))

    def clients(self) -> tuple[Client, ...]:
        return self._read(Client, present("client"))

    def courses(self, client: str | None = None) -> tuple[Course, ...]:
        return self._read(Course, _of(present("course"), course.c.client, client))

    def sessions(self, client: str | None = None) -> tuple[Session, ...]:
        return self._read(Session, _of(present("session"), session.c.client, client))

    def session_record(self, session: str) -> SessionRecord:
        """Everything said in a session and about it; raises `BadInput` for an unknown id."""
        found = self._read(Session, present("session").where(INDEXES["session"].c.id == session))
        if not found:
            raise BadInput(f"There is no session {session} in this journal.")
        its_entries = entry.c.session == session
        about_entries = select(entry.c.id).where(its_entries)
        return SessionRecord(
            session=found[0],
            entries=self._read(Entry, present("entry").where(its_entries)),
            amendments=self._read(Amendment, present("amendment").where(amendment.c.entry.in_(about_entries))),
            tags=self._read(Tag, present("tag").where(tag.c.entry.in_(about_entries))),
        )

    def entries(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Entry, ...]:
        """Entries in the order they were written."""
        return self._read(Entry, _of_kinds(_of(present("entry"), entry.c.client, client), kinds))

    def amendments(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Amendment, ...]:
        """Amendments of entries of one client or some kinds, in the order they were written."""
        chosen = _of(present("amendment").join(entry, entry.c.id == amendment.c.entry), entry.c.client, client)
        return self._read(Amendment, _of_kinds(chosen, kinds))

    def themes(self) -> tuple[Theme, ...]:
        return self._read(Theme, present("theme"))

    def parts(self, client: str | None = None) -> tuple[Part, ...]:
        return self._read(Part, _of(present("part"), part.c.client, client))

    def tags(self, client: str | None = None) -> tuple[Tag, ...]:
        return self._read(Tag, _about(present("tag"), tag.c.entry, client))

    def links(self) -> tuple[Link, ...]:
        return self._read(Link, present("link"))

    def disclosures(self, client: str | None = None) -> tuple[Disclosure, ...]:
        return self._read(Disclosure, _of(present("disclosure"), disclosure.c.client, client))

    def versions(self, record: str) -> tuple[KeptVersion, ...]:
        """All versions of an entry, oldest first."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(sql.VERSIONS, (record,)).fetchall()
        return tuple(KeptVersion(datetime.fromisoformat(at), Entry.model_validate_json(said)) for at, said in rows)

    def everything(self) -> Iterator[Record]:
        """Every record in its present version, each after those it names."""
        for type_ in INDEXES:
            for content in self._contents(present(type_)):
                yield parse(type_, content)

    def count(self) -> dict[str, int]:
        """How many records of each type there are."""
        with self._reading() as connection:
            return {
                name: int(connection.execute(select(func.count()).select_from(index)).scalar_one())
                for name, index in INDEXES.items()
            }

    def search(self, words: str, client: str | None = None) -> tuple[Entry, ...]:
        """Entries whose text or amendments hold every word, the best match first; word endings do not matter."""
        found: list[Entry] | None = None

        def look(connection: Bare) -> None:
            nonlocal found
            found = list(find(connection, words, client))

        self._search_all(look)
        return tuple(found or ())

    def _search_all(self, look: Callable[[Bare], None]) -> None:
        """Look through the search index when it holds all words."""
        looked = False

        def use(connection: Bare) -> None:
            nonlocal looked
            look(connection)
            looked = True

        try:
            self._with_all_words(use)
        except NotSaved:  # a full disk keeps the index from being kept, not from being asked
            if not looked:
                raise

    def _with_all_words(self, use: Callable[[Bare], None]) -> None:
        """Use the search index when it holds all words; one that is damaged is made anew from the ledger.

        Damage drops the connection, and the new one looks at every page first: what then goes wrong within whole
        pages is the search index alone, which holds nothing of its own.
        """
        for rebuilt in (False, True):
            try:
                with self._writing() as connection:
                    if rebuilt:
                        start_over(connection)
                    catch_up(connection, self._head.n)
                    use(connection)
                return
            except JournalDamaged:
                if rebuilt:
                    raise

    @property
    def index(self) -> SqlNoteIndex:
        """What finding notes again rests on."""
        return SqlNoteIndex(self._reading, self._writing, self._search_all)

    # Looking after

    def verify(self, progress: Callable[[int, int], None] | None = None) -> tuple[Finding, ...]:
        """Check pages, ledger, indexes and rules; `progress` hears of the ledger's lines."""
        self.settle()
        pages = check_pages(bare(self._connect()))
        with self._reading() as connection:
            audit = Audit(connection, self._keys, progress)
            findings = audit.findings(pages)
        if audit.words_missing and pages.whole:
            with self._writing() as inner:
                start_over(inner)
                catch_up(inner, self._head.n)
        return findings

    def settle(self) -> None:
        """Bring the search index up to date and fold the write-ahead log into the main file."""
        self._with_all_words(lambda _: None)
        connection = bare(self._connect_to_write())
        try:
            connection.execute("pragma wal_checkpoint(TRUNCATE)").fetchall()
        except sqlcipher.Error as complaint:
            raise self._sorted(complaint, writing=True) from complaint

    def copy_to(self, folder: Path) -> Inspected:
        """Write a checked, encrypted copy into a folder; see the port."""
        with suppress(NotSaved):  # a full disk here is no reason not to make a copy there
            self.settle()
        copy = folder / DATABASE
        if copy.exists():
            raise Refused("There is a journal in that folder already. It was not touched.")
        connection = self._connect()
        try:
            copy_whole(connection, copy, self._keys.database, NOT_READ_BACK)
        except (DBAPIError, sqlcipher.Error) as complaint:
            raise not_copied(complaint, folder) from complaint
        except OSError as trouble:
            raise told_by_system(trouble) from trouble
        return inspect(folder, self._keys, self._schema)

    def close(self) -> None:
        """Settle and let go of the file. What cannot be folded in stays safe in the log."""
        if self._closed:
            return
        if self._opened is not None:
            with suppress(JournalError):
                self.settle()
        self._drop()
        self._lock.release()
        self._closed = True


def _undo(connection: Bare) -> None:
    """Roll back, if SQLite has not done so already."""
    with suppress(sqlcipher.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _lay(connection: Bare, place: str, content: str | None) -> None:
    if content is None:
        connection.execute(sql.CLEAR_DESK, (place,))
    else:
        connection.execute(sql.PUT_ON_DESK, (place, content))


def present(type_: str) -> Select[Any]:
    """When every record of a type was first written, by the ledger's count, and its content in its present version."""
    index = INDEXES[type_]
    return select(index.c.first, ledger.c.content).join(index, index.c.n == ledger.c.n)


def _of(chosen: Select[Any], column: Column[Any], client: str | None) -> Select[Any]:
    return chosen if client is None else chosen.where(column == client)


def _about(chosen: Select[Any], column: Column[Any], client: str | None) -> Select[Any]:
    return chosen if client is None else chosen.where(column.in_(select(entry.c.id).where(entry.c.client == client)))


def _of_kinds(chosen: Select[Any], kinds: Sequence[str] | None) -> Select[Any]:
    return chosen if kinds is None else chosen.where(entry.c.kind.in_([str(kind) for kind in kinds]))

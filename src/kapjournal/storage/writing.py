"""One transaction's worth of records: checked against what stands and each other first, then written in one go.

Nothing touches the tables until every record has passed, so a bad one in a file of a hundred thousand stops the
import before it began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kapjournal.domain.course import Record
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import Bare
from kapjournal.storage.ledger import Head, Line, Said, line_after, sealed
from kapjournal.storage.records import canonical, columns, key, parse
from kapjournal.storage.rules import check_may_change, check_references
from kapjournal.storage.search import catch_up

Known = tuple[str, str]
"""Type and key of a record."""


class Version(NamedTuple):
    """A record as it stands: the ledger number of its first version, its content, and the record itself."""

    first: int
    content: str
    record: Record


# Few enough to hold in memory and asked for by almost every write.
REMEMBERED = frozenset({"client", "course", "theme", "part", "session"})

IMPORT: Final = 100  # lines from which on the search index is brought up to date at once


class Batch:
    """Records on their way into the ledger."""

    def __init__(
        self, connection: Bare, ledger_key: bytes, head: Head, at: str, remembered: Mapping[Known, Version]
    ) -> None:
        self._connection = connection
        self._ledger_key = ledger_key
        self._at = at
        self._remembered = remembered
        self.head = head
        self.versions: dict[Known, Version] = {}
        self.changed: list[Record] = []
        self._lines: list[Line] = []
        self._adds: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._moves: list[tuple[str, tuple[object, ...]]] = []

    def take(self, records: Iterable[Record], *, received: bool = False) -> None:
        """Check each record and line it up; raises `BadInput` or `Refused` with nothing written."""
        for record in records:
            self._take(record, received=received)

    def _take(self, record: Record, *, received: bool) -> None:
        known = (record.type, key(record))
        content = canonical(record)
        before = self._standing(known)
        if before is not None and before.content == content:
            return
        if before is not None:
            check_may_change(before.record, record, self.find, received=received)
        check_references(record, self.find)
        said = Said(self._at, "added" if before is None else "changed", *known, content)
        line = line_after(self._ledger_key, self.head, said)
        self.head = Head(line.n, line.link)
        self._lines.append(line)
        self.versions[known] = Version(before.first if before else line.n, content, record)
        self.changed.append(record)
        self._point(known[1], record, line.n, new=before is None)

    def _point(self, id_: str, record: Record, n: int, *, new: bool) -> None:
        if new:
            self._adds[record.type].append((id_, *columns(record), n, n))
        else:
            self._moves.append((record.type, (*columns(record), n, id_)))

    def find(self, type_: str, id_: str) -> Record | None:
        """The record as this batch leaves it."""
        version = self._standing((type_, id_))
        return version.record if version else None

    def _standing(self, known: Known) -> Version | None:
        version = self.versions.get(known) or self._remembered.get(known)
        if version is not None:
            return version
        row = self._connection.execute(sql.STANDING[known[0]], (known[1],)).fetchone()
        if row is None:
            return None
        return Version(row[0], row[1], parse(known[0], row[1]))

    def write(self) -> None:
        """Write everything that was taken: ledger, indexes, head, and the words of a large import."""
        if not self._lines:
            return
        _run_all(self._connection, sql.ADD_LINE, self._lines)
        for type_ in sql.ADD:  # each after those it names
            if type_ in self._adds:
                _run_all(self._connection, sql.ADD[type_], self._adds[type_])
        for type_, values in self._moves:  # in the order given: an entry may change before its session closes
            self._connection.execute(sql.MOVE[type_], values)
        self._connection.execute(sql.SET_META, (sealed(self._ledger_key, self.head), "ledger_head"))
        if len(self._lines) >= IMPORT:
            catch_up(self._connection, self.head.n)


def _run_all(connection: Bare, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if len(rows) == 1:
        connection.execute(statement, rows[0])
    else:
        connection.executemany(statement, rows)

"""Take a file in the interchange format into the journal: the whole of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Amendment, Entry
from kapjournal.domain.errors import BadInput, NewerFormat, Refused
from kapjournal.domain.exchange import LONGEST_LINE, Misfit, Read, identity, quoted, read_lines
from kapjournal.domain.references import Stand, Standing, check_references
from kapjournal.domain.selection import Disclosure

# Hears (bytes read, bytes in all); the file is read through before anything is written.
Progress = Callable[[int, int], None]

# How often `Progress` is told, in lines.
_STEP = 250


class Imported(NamedTuple):
    """What an import did: how many records of each type were new, differed from what stood, or stood already."""

    new: dict[str, int]
    changed: dict[str, int]
    same: dict[str, int]

    @property
    def wrote(self) -> int:
        """How many records were written."""
        return sum(self.new.values()) + sum(self.changed.values())


def import_records(journal: Journal, path: Path, progress: Progress | None = None) -> Imported:
    """Read `path` through, check every line against the others and the journal, then write in one transaction.

    Raises `BadInput` or `Refused` naming file, line and field, and `NewerFormat`; the journal is then as it was.
    """
    sorting = _Sorting(path.name, Standing(journal.everything()))
    try:
        with _opened(path) as file:
            for read in read_lines(_lines(file, path, progress), path.name):
                sorting.take(read)
    except (BadInput, Refused, NewerFormat) as trouble:
        raise type(trouble)(f"{trouble.sentence} Nothing was imported.") from None
    if to_write := sorting.to_write():
        journal.keep(*to_write)
    return sorting.done()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise BadInput(f"There is no file {path}.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from None


def _lines(file: BinaryIO, path: Path, progress: Progress | None) -> Iterator[bytes]:
    size, done, number = path.stat().st_size, 0, 0
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        done, number = done + len(line), number + 1
        if progress and number % _STEP == 0:
            progress(done, max(size, done))
    if progress:
        progress(done, done)


class _Sorting:
    """Sorts what is read into new, changed and the same, and refuses what does not fit."""

    def __init__(self, name: str, standing: Standing) -> None:
        self._name = name
        self._standing = standing
        self._closed = standing.closed_sessions()  # before the file says anything of them
        self._seen: dict[tuple[str, ...], tuple[int, str]] = {}  # line in this file, and what it said
        self._new: list[Record] = []
        self._changed: list[Record] = []
        self._same: list[Record] = []

    def to_write(self) -> list[Record]:
        """In an order in which everything comes after what it names.

        A session that closes comes last, since its entries may change for as long as it is open.
        """
        closing = [r for r in self._changed if isinstance(r, Session) and r.closed_at]
        others = [r for r in self._changed if not (isinstance(r, Session) and r.closed_at)]
        return [*self._new, *others, *closing]

    def done(self) -> Imported:
        """How many there were of each."""
        return Imported(_counted(self._new), _counted(self._changed), _counted(self._same))

    def take(self, read: Read) -> None:
        """Sort one record, and let it stand for the lines after it."""
        try:
            if self._twin(read):
                return
            check_references(read.record, self._standing)
        except Misfit as misfit:
            raise BadInput(f"{self._name}, line {read.line}: {misfit}.") from None
        self._place(read)

    def _twin(self, read: Read) -> bool:
        """Whether an earlier line of the file said the same."""
        name, said = identity(read.record), self._standing.fingerprint(read.record)
        line, before = self._seen.setdefault(name, (read.line, said))
        if before != said:
            raise Misfit(f"{_named(read.record)} was on line {line} already, with other content")
        return line != read.line

    def _place(self, read: Read) -> None:
        stood = self._standing.same(read.record)
        if stood and stood.fingerprint == self._standing.fingerprint(read.record):
            self._same.append(read.record)
            return
        if stood and (reason := self._may_not_change(read.record, stood)):
            what = f"{self._name}, line {read.line}: {_named(read.record)} is in the journal with other content"
            raise Refused(f"{what}, and {reason}.")
        (self._changed if stood else self._new).append(read.record)
        self._standing.add(read.record)

    def _may_not_change(self, record: Record, stood: Stand) -> str | None:
        match record:
            case Amendment() | Disclosure():
                return "what was said about the record is never changed"
            case Session() if stood.closed:
                return "a closed session is never changed"
            case _ if stood.received:
                return "what a colleague handed over stays as it was received"
            case Entry() if stood.session is None or stood.session in self._closed:
                return "what is closed is only ever amended"
            case _ if stood.client != getattr(record, "client", None):
                return "it stays with its client"
            case _:
                return None


def _named(record: Record) -> str:
    own_id = getattr(record, "id", None)
    return f"the {record.type} {quoted(own_id)}" if own_id else f"this {record.type}"


def _counted(records: list[Record]) -> dict[str, int]:
    return dict(Counter(record.type for record in records))

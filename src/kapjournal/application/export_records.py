"""Write the whole journal as plain files: the interchange format, and a copy to read or print. Not encrypted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from kapjournal.application.ports import Clock, Journal, kept_versions
from kapjournal.application.reading_copy import own_copy, reading_copy
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import NotSaved, Refused
from kapjournal.domain.exchange import as_exchanged, header_line, line_of
from kapjournal.domain.versions import with_earlier

RECORDS_FILE = "journal.jsonl"
READING_FILE = "journal.html"
OWN_FILE = "my-own-notes.html"

# Hears (records written, records in all).
Progress = Callable[[int, int], None]

_STEP = 250


class Exported(NamedTuple):
    """Where the files are, and how many records of each type they hold."""

    records_file: Path
    reading_file: Path
    own_file: Path | None  # what the therapist wrote of their own state, which is in no other file to read
    records: dict[str, int]


def export_records(journal: Journal, folder: Path, clock: Clock, progress: Progress | None = None) -> Exported:
    """Write `journal.jsonl` and `journal.html` into `folder`, which is made if needed and has to be empty.

    What the therapist wrote of their own state, if anything, is in `journal.jsonl` and in a file to read of its own.
    Only the owner of the account may read the files. Raises `Refused` for a folder with something in it and
    `NotSaved` when the disk does not take them; then nothing is left behind.
    """
    counts: Counter[str] = Counter()
    files: dict[str, Iterable[str]] = {
        RECORDS_FILE: record_lines(journal, counts, progress),
        READING_FILE: reading_copy(journal, clock.now().at),
    }
    own = bool(journal.entries(kinds=[Kind.SELF]))
    if own:
        files[OWN_FILE] = own_copy(journal, clock.now().at)
    write_plain(folder, files)
    return Exported(folder / RECORDS_FILE, folder / READING_FILE, folder / OWN_FILE if own else None, dict(counts))


def write_plain(folder: Path, files: Mapping[str, Iterable[str]]) -> None:
    """Write files into `folder`, made if needed and empty, all or none; raises `Refused` and `NotSaved`."""
    made = _emptied(folder)
    try:
        _write_all(folder, files)
    except BaseException as error:
        _remove(made)
        if isinstance(error, OSError):
            raise NotSaved(
                f"The export was not finished, because {folder} could not be written ({error.strerror})."
                " Nothing was left there, and the journal is untouched."
            ) from None
        raise


def record_lines(journal: Journal, counts: Counter[str], progress: Progress | None = None) -> Iterator[str]:
    """The header and every record, as lines with their ends; `counts` is told of each record by type."""
    total = sum(journal.count().values()) if progress else 0
    yield header_line() + "\n"
    for record in exchanged(_with_earlier(journal, journal.everything())):
        counts[record.type] += 1
        yield line_of(record) + "\n"
        if progress and counts.total() % _STEP == 0:
            progress(counts.total(), max(total, counts.total()))
    if progress:
        progress(counts.total(), counts.total())


def _with_earlier(journal: Journal, records: Iterable[Record]) -> Iterator[Record]:
    """Intentions with the wordings that they had before; everything else as it is."""
    for record in records:
        if isinstance(record, Entry) and record.kind is Kind.INTENTION:
            yield with_earlier(record, kept_versions(journal, record.id))
        else:
            yield record


def exchanged(records: Iterable[Record]) -> Iterator[Record]:
    """Each record as an export holds it; sessions come before their entries."""
    begun: dict[str | None, datetime | None] = {}
    for record in records:
        if isinstance(record, Session):
            begun[record.id] = record.started_at
        yield as_exchanged(record, begun.get(record.session) if isinstance(record, Entry) else None)


def _emptied(folder: Path) -> list[Path]:
    """Make the folder and those above it that are missing; returns what was made, the deepest first."""
    made: list[Path] = []
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700)
            made.insert(0, path)
        if any(folder.iterdir()):
            raise Refused(f"{folder} is not empty. Name a new folder for the export; nothing was written.")
    except OSError as error:
        _remove(made)
        raise NotSaved(f"{folder} cannot be used for the export ({error.strerror}). Nothing was written.") from None
    return made


def _write_all(folder: Path, files: Mapping[str, Iterable[str]]) -> None:
    """Write every file beside its place first, and rename them together when all are on the disk."""
    drafts = {folder / f"{name}.{token_hex(4)}.new": folder / name for name in files}
    try:
        for draft, parts in zip(drafts, files.values(), strict=True):
            _write_through(draft, parts)
        for draft, place in drafts.items():
            draft.rename(place)
    except BaseException:
        for path in (*drafts, *drafts.values()):
            path.unlink(missing_ok=True)
        raise


def _write_through(path: Path, parts: Iterable[str]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        for part in parts:
            file.write(part.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _remove(made: list[Path]) -> None:
    for path in made:
        path.rmdir()

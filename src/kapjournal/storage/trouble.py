"""Sorts what SQLite complains of into the world's faults, each with a sentence for the therapist."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from secrets import token_hex
from typing import Final, TypeAlias

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from kapjournal.domain.errors import JournalDamaged, JournalError, JournalInUse, NotSaved

Complaint: TypeAlias = DBAPIError | sqlcipher.Error

DAMAGED: Final = (
    "This journal is damaged: part of it on the disk is not what was written. Nothing was changed. "
    "Restore a backup, or keep the folder as it is and ask for help."
)
IN_USE: Final = "This journal is open in another window. Close it there first; nothing was changed here."
FULL: Final = "The disk is full. What you wrote is still here; make room and it will be saved."
GONE: Final = "The drive was removed or cannot be written. What you wrote is still here; bring the drive back."
UNREADABLE: Final = "The drive was removed or cannot be read. Bring it back and try again."


UNWRITABLE: Final = "That folder cannot be written. Nothing was changed. Choose another one, or allow writing there."


class Code(IntEnum):
    """SQLite's primary result codes that mean something in the world."""

    PERM = 3
    BUSY = 5
    LOCKED = 6
    READONLY = 8
    IOERR = 10
    CORRUPT = 11
    FULL = 13
    CANTOPEN = 14
    NOTADB = 26


def code_of(complaint: Complaint) -> int:
    """The primary SQLite result code, or 0 if there is none."""
    bare = complaint.orig if isinstance(complaint, DBAPIError) else complaint
    return int(getattr(bare, "sqlite_errorcode", None) or 0) & 0xFF


def breaks_the_connection(complaint: Complaint) -> bool:
    """Whether the connection is not to be trusted any more and a fresh one has to be made."""
    return code_of(complaint) in {
        Code.IOERR,
        Code.CORRUPT,
        Code.CANTOPEN,
        Code.NOTADB,
    }


def told(complaint: Complaint, *, writing: bool) -> JournalError | None:
    """The fault in the world behind a complaint; None means that it is a bug of ours."""
    match code_of(complaint):
        case Code.CORRUPT | Code.NOTADB:
            return JournalDamaged(DAMAGED)
        case Code.BUSY | Code.LOCKED:
            return JournalInUse(IN_USE)
        case Code.FULL:
            return NotSaved(FULL)
        case Code.PERM | Code.READONLY | Code.IOERR | Code.CANTOPEN:
            return NotSaved(GONE) if writing else JournalError(UNREADABLE)
        case _:
            return None


_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PROBE_BYTES: Final = 1 << 20


def has_no_room(folder: Path) -> bool:
    """Whether the disk takes no megabyte more. SQLite knows a full disk, but tells of a used-up quota as broken."""
    probe = folder / f"room-{token_hex(4)}.tmp"
    try:
        file = os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            left = _PROBE_BYTES
            while left:
                left -= os.write(file, bytes(left))
        finally:
            os.close(file)
    except OSError as trouble:
        return trouble.errno in _NO_ROOM
    else:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def not_saved(folder: Path) -> NotSaved:
    """What keeps the disk from taking a write, as the disk itself has it."""
    return NotSaved(FULL if has_no_room(folder) else GONE)


def told_by_system(trouble: OSError) -> JournalError:
    """The sentence for a file or folder that could not be made."""
    return NotSaved(FULL if trouble.errno in _NO_ROOM else UNWRITABLE)

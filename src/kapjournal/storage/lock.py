"""A lock on a journal folder that lasts while the journal is open and ends with the process, however it ends.

SQLite's own lock is not enough on Linux: it is lost as soon as anything in the same process opens and closes the
database file. This one lies on a file of its own, `vault.lock`, which holds nothing and is left in place.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kapjournal.domain.errors import JournalInUse
from kapjournal.storage.trouble import IN_USE


class FolderLock:
    """Taken when made; raises `JournalInUse` at once if somebody else has it."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "vault.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._file)
        except OSError as taken:
            os.close(self._file)
            raise JournalInUse(IN_USE) from taken

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _take(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists elsewhere only

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

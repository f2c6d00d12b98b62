"""Replacing a small file whole: after a power cut it holds the old content or the new, never a mixture."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from secrets import token_hex

if sys.platform != "win32":
    import fcntl


def write_private(path: Path, content: bytes) -> None:
    """Put `content` in place of `path`, readable by its owner only, and return once it is on the disk.

    Raises OSError when it could not be done; the old file then stands untouched and nothing is left beside it.
    """
    draft = path.with_name(f"{path.name}.{token_hex(4)}.new")
    try:
        _write_through(draft, content)
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Make renames in `folder` durable. Windows has no such call and keeps its directory in its own journal."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_through(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        _reach_the_disk(file.fileno())


def _reach_the_disk(handle: int) -> None:
    if sys.platform == "darwin":  # fsync there stops at the drive's cache
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    os.fsync(handle)

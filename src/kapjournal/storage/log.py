"""Reads the write-ahead log as SQLite will, before SQLite does, because SQLite drops a damaged tail without a word.

Layout (sqlite.org/fileformat.html, "WAL file format"): a header of 32 bytes, then frames of 24 bytes and one page. A
frame counts if its salts are the header's and its running checksum fits; everything up to the last commit that counts
is recovered. A transaction that was cut short by a crash leaves at most one commit beyond that point. Two or more
mean that something acknowledged, and then followed by more, can no longer be read: damage, not a crash.
What no reading can tell from a crash is damage to the very last transaction.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

HEADER: Final = struct.Struct(">8I")  # magic, version, page bytes, checkpoint, two salts, two checksums
FRAME: Final = struct.Struct(">6I")  # page number, database size after a commit or 0, two salts, two checksums
_MAGIC: Final = 0x377F0682  # the lowest bit says that checksums read big-endian words
_MASK: Final = 0xFFFFFFFF


class Log(NamedTuple):
    """Pages that recovery will bring, and whether acknowledged writing beyond them is out of reach."""

    pages: frozenset[int]
    cut_short: bool


EMPTY: Final = Log(frozenset(), cut_short=False)


def read_log(path: Path) -> Log:
    """What recovery will make of the log; no log is an empty one."""
    if not path.exists():
        return EMPTY
    with path.open("rb") as file:
        head = file.read(HEADER.size)
        if len(head) < HEADER.size:
            return EMPTY
        fields = HEADER.unpack(head)
        order = ">" if fields[0] & 1 else "<"
        if fields[0] & ~1 != _MAGIC or checksum(head[:24], (0, 0), order) != fields[6:]:
            return Log(frozenset(), cut_short=bool(file.read(FRAME.size)))
        return _read_frames(file, fields, order)


def _read_frames(file: BinaryIO, header: tuple[int, ...], order: str) -> Log:
    page_bytes, salts, running = header[2], header[4:6], (header[6], header[7])
    pages: set[int] = set()
    pending: set[int] = set()
    counts, beyond = True, 0
    while len(frame := file.read(FRAME.size + page_bytes)) == FRAME.size + page_bytes:
        fields = FRAME.unpack_from(frame)
        if counts:
            running = checksum(frame[:8] + frame[FRAME.size :], running, order)
            counts = fields[2:4] == salts and fields[4:6] == running
        if counts:
            pending.add(fields[0])
            if fields[1]:
                pages |= pending
                pending = set()
        elif fields[2:4] == salts and fields[1]:
            beyond += 1
    return Log(frozenset(pages), cut_short=beyond > 1)


def checksum(data: bytes, before: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's running checksum over pairs of 32-bit words."""
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    first, second = before
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _MASK
        second = (second + two + first) & _MASK
    return first, second

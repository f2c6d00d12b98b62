"""The zip inside a bundle: written plainly, and read as if by an enemy had made it.

Nothing is ever extracted under a name from a bundle. Sizes and counts are held against limits before anything is
unpacked, and each file is read to its declared size and not a byte further.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from kapjournal.domain.errors import BundleDamaged, BundleNotTrusted, Refused

MOST_FILES = 200
LARGEST_SEALED = 256 * 1024 * 1024
LARGEST_UNPACKED = 512 * 1024 * 1024
_ENTRY = b"PK\x01\x02"  # begins each line of a zip's list of files
_WHEN = (1980, 1, 1, 0, 0, 0)  # the manifest has the time; a zip's own would tell the time zone

_SEGMENT = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"
_NAME = re.compile(rf"{_SEGMENT}(/{_SEGMENT}){{0,5}}", re.ASCII)
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))})

CUT_SHORT = (
    "This bundle is damaged: it was cut short or changed on its way. Nothing was taken from it. "
    "Ask for it to be sent again."
)
TOO_LARGE = (
    "This bundle says that it holds more than a journal could: it was not unpacked, and nothing was taken from it. "
    "Ask the sender what they sent."
)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return room.getvalue()


def unpacked(content: bytes, tick: Callable[[], None] = lambda: None) -> dict[str, bytes]:
    """Every file by its name, in memory; raises `BundleDamaged`, `BundleNotTrusted` or `Refused`."""
    if content.count(_ENTRY) > 2 * MOST_FILES:  # before a list of millions is made of them
        raise Refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check(entries)
            found = {}
            for entry in entries:
                tick()
                found[entry.filename] = _read(archive, entry)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        # RuntimeError is what zipfile says of an encrypted entry; the mutations of the tests found the others.
        raise BundleDamaged(CUT_SHORT) from None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise BundleDamaged(CUT_SHORT)
    return content


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused(TOO_LARGE)
    for entry in entries:
        check_name(entry.orig_filename)
        if entry.filename != entry.orig_filename or entry.is_dir() or entry.flag_bits & 1:
            raise BundleNotTrusted(_ODD_NAME)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise BundleNotTrusted(
            "This bundle holds two files of the same name, so that nobody could say which is meant. "
            "Nothing was taken from it. Ask the sender how it was made."
        )


_ODD_NAME = (
    "This bundle holds a file whose name could reach outside of it, as no bundle of KAP Journal does. "
    "Nothing was taken from it. Do not open it by other means; ask the sender how it was made."
)


def check_name(name: str) -> None:
    """Raise `BundleNotTrusted` for a name that climbs, is absolute, or means a device somewhere."""
    segments = name.split("/")
    stems = {segment.split(".", 1)[0].casefold() for segment in segments}
    if not _NAME.fullmatch(name) or stems & _DEVICES or any(s.endswith(".") or ".." in s for s in segments):
        raise BundleNotTrusted(_ODD_NAME)

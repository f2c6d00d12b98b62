"""Whether a journal is whole, and whether this computer keeps it as it should."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from kapjournal.application.back_up import note_check
from kapjournal.application.keep_entry import read_draft
from kapjournal.application.ports import Clock, Finding, Journal, JournalStore, KeyStore
from kapjournal.application.start_session import draft_place

# Words of an entry that stand one after the other, plain letters only, so that every way of writing a file down
# holds them alike. Single words would do too, but many of them are also words of the program.
_STRETCH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,3}")
_SHORTEST_STRETCH = 14
_NEWEST_ENTRIES = 40
_MOST_STRETCHES = 24

# The place that the therapist chose, where other files may lie too.
JOURNAL = "journal"
_OURS = re.compile(r"vault\.|live\.rec").match

_CHUNK = 1 << 20
_PLAIN_HEADER = b"SQLite format 3\0"


class Machine(NamedTuple):
    """What `doctor` has to be told about the program and the computer.

    `places` are folders and files that the program writes, by what they are for; `database` is the main file.
    """

    versions: Mapping[str, str]
    encryption: Mapping[str, str]
    core_dumps_off: bool
    synced_by: Callable[[Path], str | None]
    places: Mapping[str, Path]
    database: Path


class Examined(NamedTuple):
    """What `doctor` found."""

    findings: tuple[Finding, ...]
    versions: Mapping[str, str]
    encryption: Mapping[str, str]
    places: Mapping[str, Path]


def verify_journal(
    keys: KeyStore,
    journals: JournalStore,
    folder: Path,
    passphrase: str,
    progress: Callable[[int, int], None] | None = None,
    clock: Clock | None = None,
) -> tuple[Finding, ...]:
    """The whole chain: both copies of the key file, pages, ledger and counts. A journal that cannot open raises.

    With a clock, the journal remembers what was found.
    """
    unlocked = keys.unlock(folder, passphrase)
    of_keys = keys.check(folder)
    with closing(journals.open(folder, unlocked)) as journal:
        findings = (*of_keys, *journal.verify(progress))
        if clock is not None:
            note_check(journal, clock, findings)
        return findings


def examine(open_it: Callable[[], Journal], machine: Machine) -> Examined:
    """Look at what keeps the journal private here."""
    encrypted = _header_says_encrypted(machine.database)  # before it is opened: closing it again would drop a lock
    with closing(open_it()) as journal:
        stretches = telling_stretches(journal)
    findings = (
        encrypted,
        *_dumps(machine),
        *_synced(machine),
        *_private(machine.places),
        *_readable(machine.places, stretches),
    )
    return Examined(findings, machine.versions, machine.encryption, machine.places)


def _header_says_encrypted(database: Path) -> Finding:
    with database.open("rb") as file:
        plain = file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER
    if plain:
        return Finding(False, "The database is NOT encrypted: it begins like a plain one. Stop using it and get help.")
    return Finding(True, "The database is encrypted: it does not begin like a plain one, and opened with its key.")


def _dumps(machine: Machine) -> Iterator[Finding]:
    if machine.core_dumps_off:
        yield Finding(True, "A crash leaves no copy of the program’s memory on the disk.")
    else:
        yield Finding(False, "This system may write the program’s memory to the disk in a crash. Turn crash dumps off.")


def _synced(machine: Machine) -> Iterator[Finding]:
    synced = {name: service for name, path in machine.places.items() if (service := machine.synced_by(path))}
    if not synced:
        yield Finding(True, "No cloud client seems to sync the folders that the program writes to.")
    for name, service in synced.items():
        where = f"{service} seems to sync {machine.places[name]}, where the program keeps its {name}"
        yield Finding(False, f"{where}. Keep it in a folder that is not synced.")


def _private(places: Mapping[str, Path]) -> Iterator[Finding]:
    if os.name != "posix":
        return
    written = (path for name, place in places.items() for path in _files(place) if name != JOURNAL or _OURS(path.name))
    open_files = [path for path in written if path.stat().st_mode & 0o077]
    if open_files:
        yield Finding(False, f"Other users of this computer may open {_named(open_files)}. Take that right from them.")
    else:
        yield Finding(True, "Only you may open the files that the program wrote.")


def _readable(places: Mapping[str, Path], stretches: Sequence[str]) -> Iterator[Finding]:
    if not stretches:
        yield Finding(True, "Nothing has been written yet that could be searched for in the files.")
        return
    if not _control_is_found(places):
        yield Finding(False, "The search for readable text could not be proved to work here, so it says nothing.")
        return
    holding = sorted(files_holding(places.values(), stretches))
    if holding:
        yield Finding(False, f"Words from the journal can be read in {_named(holding)}. Delete what you do not need.")
    else:
        count = sum(1 for place in places.values() for _ in _files(place))
        yield Finding(
            True,
            f"No words of the newest notes can be read in the {count} files that the program wrote; "
            "the search found a line that was laid out for it.",
        )


def telling_stretches(journal: Journal) -> tuple[str, ...]:
    """A few stretches of words that stand in the newest entries and in half-typed lines, and hardly anywhere else."""
    texts = [entry.text for entry in reversed(journal.entries()[-_NEWEST_ENTRIES:])]
    lines = [read_draft(journal.desk(draft_place(session.id))).text for session in journal.sessions()]
    found = (_longest_stretch(text[:4000]) for text in (*lines, *texts))
    return tuple(dict.fromkeys(stretch for stretch in found if stretch))[:_MOST_STRETCHES]


def _longest_stretch(text: str) -> str | None:
    stretches = [found for found in _STRETCH.findall(text) if len(found) >= _SHORTEST_STRETCH]
    return max(stretches, key=len, default=None)


def files_holding(places: Iterable[Path], stretches: Sequence[str]) -> set[Path]:
    """The files, in folders and below or named themselves, that hold one of the stretches in a usual encoding."""
    needles = [s.lower().encode(coding) for s in stretches for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    return {path for place in places for path in _files(place) if _holds(path, needles)}


def _holds(path: Path, needles: Sequence[bytes]) -> bool:
    overlap = max(map(len, needles)) - 1
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen = (tail + chunk).lower()
            if any(needle in seen for needle in needles):
                return True
            tail = seen[-overlap:]
    return False


def _control_is_found(places: Mapping[str, Path]) -> bool:
    """Lay out a made-up line, across the edge of what is read at once, and see that the search finds it and it only."""
    folder = next((place for place in places.values() if place.is_dir() and os.access(place, os.W_OK)), None)
    if folder is None:
        return False
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in token_hex(12))
    control = folder / f"search-{token_hex(4)}.tmp"
    try:
        with os.fdopen(os.open(control, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(b"\0" * (_CHUNK - 5) + letters.encode())
        return files_holding([folder], [letters]) == {control}
    except OSError:
        return False
    finally:
        control.unlink(missing_ok=True)


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from (path for path in place.rglob("*") if path.is_file() and not path.is_symlink())


def _named(paths: Sequence[Path]) -> str:
    shown = ", ".join(str(path) for path in paths[:5])
    return shown if len(paths) <= 5 else f"{shown} and {len(paths) - 5} more"

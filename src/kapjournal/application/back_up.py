"""Backups: encrypted copies of the whole journal with its key file, opened and checked before they count as made.

A backup is a folder named by the moment it was made. It gets that name only once it was opened and checked, so a
power cut leaves an unfinished folder at most, which the next backup clears away. What lies in the folder of the
backups and was not made here is never touched.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kapjournal.application.ports import Clock, Finding, Inspected, Journal, KeyStore
from kapjournal.domain.errors import JournalDamaged, JournalError, NotSaved
from kapjournal.domain.rotation import staying
from kapjournal.durable import settle_folder, write_private

LAST_BACKUP, LAST_CHECK, BACKUP_FOLDER = "last_backup", "last_check", "backup_folder"  # places on the desk

_NAME: Final = re.compile(r"kapjournal-backup-(\d{4}-\d{2}-\d{2}-\d{6})(?:-\d+)?")
_STAMP: Final = "%Y-%m-%d-%H%M%S"
_UNFINISHED: Final = ".unfinished"
_README: Final = "READ ME.txt"
_OURS: Final = frozenset({"vault.db", "vault.db.new", "vault.db.new-journal", "vault.keys", "vault.keys.bak", _README})
_ALSO_OURS: Final = re.compile(r"vault\.keys(\.bak)?\.[0-9a-f]{8}\.new")

_WORDS: Final = """This folder is an encrypted backup of a KAP Journal.

To bring it back:  kapjournal restore "THIS FOLDER" --to "A NEW FOLDER"
To have it checked:  kapjournal verify --backup "THIS FOLDER"

It opens with the passphrase and the recovery key that the journal had on the day of the backup. Keep all of its
files together: without vault.keys nobody can read vault.db.
"""


class Noted(BaseModel):
    """What is remembered of the last backup or the last check; `sentence` can be shown as it stands."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    whole: bool
    sentence: str


class BackedUp(NamedTuple):
    """A backup that was made, opened and checked."""

    backup: Path
    counts: dict[str, int]
    removed: tuple[Path, ...]
    sentence: str


class Backup(NamedTuple):
    """A backup that lies in the folder; `at` is the wall time in its name."""

    path: Path
    at: datetime


def back_up(
    journal: Journal, keys: KeyStore, folder: Path, into: Path, clock: Clock, *, make_folder: bool = False
) -> BackedUp:
    """Back the open journal of `folder` up into `into`; raises `NotSaved`, and then nothing new stands there.

    The folder has to be there already, so that a drive that is not plugged in is told and not written past;
    `make_folder` makes it beside others that are there.
    """
    now = clock.now().at
    try:
        made = _made(journal, keys, folder, into, now, make_folder=make_folder)
    except (NotSaved, JournalDamaged) as trouble:
        with suppress(JournalError):
            _note(journal, LAST_BACKUP, Noted(at=now, whole=False, sentence=trouble.sentence))
        raise
    with suppress(JournalError):  # a full disk here; the backup stands all the same
        _note(journal, LAST_BACKUP, Noted(at=now, whole=True, sentence=made.sentence))
    return made


def back_up_if_due(journal: Journal, keys: KeyStore, folder: Path, clock: Clock) -> BackedUp | None:
    """Back up once a day, if a folder for backups was chosen."""
    into = journal.desk(BACKUP_FOLDER)
    last = noted(journal, LAST_BACKUP)
    now = clock.now().at
    if not into or (last and last.whole and last.at.astimezone(now.tzinfo).date() == now.date()):
        return None
    return back_up(journal, keys, folder, Path(into), clock)


def noted(journal: Journal, place: str) -> Noted | None:
    """What is remembered of the last backup or check; None if nothing can be read there."""
    return read_noted(journal.desk(place))


def read_noted(content: str | None) -> Noted | None:
    """What lay on the desk; a note that cannot be read is none."""
    with suppress(ValidationError):
        return Noted.model_validate_json(content) if content else None
    return None


def note_check(journal: Journal, clock: Clock, findings: Iterable[Finding]) -> Noted:
    """Remember what a check of the whole journal found."""
    wrong = [finding.sentence for finding in findings if not finding.whole]
    sentence = "Checked whole: every page, every entry and every seal." if not wrong else " ".join(wrong[:3])
    note = Noted(at=clock.now().at, whole=not wrong, sentence=sentence)
    with suppress(JournalError):
        _note(journal, LAST_CHECK, note)
    return note


def backups_in(into: Path, keys: KeyStore, identity: str) -> tuple[Backup, ...]:
    """The backups of one journal in a folder, the newest first; whatever else lies there is passed over."""
    found = []
    for path in _inside(into):
        match = _NAME.fullmatch(path.name)
        if match and path.is_dir() and _belongs(path, keys, identity):
            with suppress(ValueError):
                found.append(Backup(path, datetime.strptime(match[1], _STAMP)))  # noqa: DTZ007 - wall time in a name
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def looks_like_a_backup(path: Path) -> bool:
    """Whether the name is one that a backup gets."""
    return _NAME.fullmatch(path.name) is not None


def _made(journal: Journal, keys: KeyStore, folder: Path, into: Path, now: datetime, *, make_folder: bool) -> BackedUp:
    identity = keys.identity(folder)
    try:
        _require(into, make_folder=make_folder)
        _clear_unfinished(into, keys, identity)
        backup = _free_name(into, now)
        unfinished = backup.with_name(backup.name + _UNFINISHED)
        unfinished.mkdir(mode=0o700)
        try:
            inspected = _written(journal, keys, folder, unfinished)
            unfinished.rename(backup)
        except BaseException:
            _remove(unfinished)
            raise
        settle_folder(into)
    except OSError as trouble:
        raise NotSaved(_told(trouble, into)) from trouble
    removed = _rotated(into, keys, identity, backup)
    return BackedUp(backup, inspected.counts, removed, _sentence(inspected.counts))


def _require(into: Path, *, make_folder: bool) -> None:
    if make_folder and into.parent.is_dir() and not into.exists():
        into.mkdir(mode=0o700)
    if not into.is_dir():
        raise NotSaved(
            f"The backup was not made: the folder {into} is not there. The journal is as it was. "
            "Plug its drive in, or choose another folder."
        )


def _written(journal: Journal, keys: KeyStore, folder: Path, unfinished: Path) -> Inspected:
    """Write all files of a backup and hold what can be read in them against the journal."""
    keys.copy_to(folder, unfinished)
    write_private(unfinished / _README, _WORDS.encode())
    inspected = journal.copy_to(unfinished)
    wrong = [f.sentence for f in (*keys.check(unfinished), *inspected.findings) if not f.whole]
    if wrong:
        raise JournalDamaged(
            f"The backup was not made, since the copy is not whole: {wrong[0]} "
            "The journal was not changed. Have it checked in Settings, under Safekeeping."
        )
    if inspected.counts != journal.count():
        raise NotSaved("The backup was not made: the copy does not hold all records. The journal is as it was.")
    return inspected


def _sentence(counts: dict[str, int]) -> str:
    entries = counts.get("entry", 0)
    return "Opened and compared: " + ("its one entry matches." if entries == 1 else f"all {entries:,} entries match.")


def _note(journal: Journal, place: str, note: Noted) -> None:
    journal.put_on_desk(place, note.model_dump_json())


def _free_name(into: Path, now: datetime) -> Path:
    stem = f"kapjournal-backup-{now:{_STAMP}}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    taken = {path.name for path in _inside(into)}
    return into / next(name for name in names if name not in taken and name + _UNFINISHED not in taken)


def _rotated(into: Path, keys: KeyStore, identity: str, newest: Path) -> tuple[Path, ...]:
    """Remove the backups of this journal that are neither of the last days nor of the last weeks."""
    backups = backups_in(into, keys, identity)
    stay = staying((one.at, one.path) for one in backups) | {newest}
    removed = []
    for one in backups:
        if one.path not in stay and _only_ours(one.path):
            leaving = one.path.with_name(one.path.name + _UNFINISHED)  # half of it gone, it must not look like a backup
            with suppress(OSError):
                one.path.rename(leaving)
                _remove(leaving)
                removed.append(one.path)
    return tuple(removed)


def _clear_unfinished(into: Path, keys: KeyStore, identity: str) -> None:
    """Clear away what a power cut left of this journal's earlier tries."""
    for path in _inside(into):
        stem = path.name.removesuffix(_UNFINISHED)
        if stem != path.name and _NAME.fullmatch(stem) and _only_ours(path):
            empty = not _inside(path)
            if empty or _belongs(path, keys, identity):
                _remove(path)


def _belongs(path: Path, keys: KeyStore, identity: str) -> bool:
    try:
        return keys.identity(path) == identity
    except JournalError:
        return False


def _only_ours(path: Path) -> bool:
    return all(one.name in _OURS or _ALSO_OURS.fullmatch(one.name) for one in _inside(path))


def _remove(folder: Path) -> None:
    """Remove a folder of our own; the database first, for what then is left can be cleared away later."""
    with suppress(OSError):
        for path in sorted(_inside(folder)):
            path.unlink()
        folder.rmdir()


def _inside(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()


def _told(trouble: OSError, into: Path) -> str:
    full = trouble.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    why = "the disk is full" if full else f"{into} cannot be written ({trouble.strerror})"
    return f"The backup was not made: {why}. The journal is as it was. Make room, or choose another folder."

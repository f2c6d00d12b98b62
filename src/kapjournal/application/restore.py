"""Checking a backup, and making a journal of it again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from kapjournal.application.back_up import looks_like_a_backup
from kapjournal.application.ports import Finding, Inspected, JournalStore, Keys, KeyStore
from kapjournal.domain.errors import JournalDamaged, KeyFileDamaged, NoJournal, NotSaved, Refused
from kapjournal.durable import settle_folder

Progress = Callable[[int, int], None]

_DATABASE = "vault.db"
_DAMAGED = (
    "This backup is damaged and cannot be opened. Nothing was changed. "
    "Take an earlier backup, and make a new one of the journal if it is whole."
)


class Restored(NamedTuple):
    """A journal that stands in its new folder, opened and checked."""

    folder: Path
    backup: Path
    counts: dict[str, int]


def found_backup(named: Path) -> Path:
    """The folder of the backup that is meant: itself, a file in it, or the newest one in a folder of backups."""
    folder = named.parent if named.is_file() else named
    if (folder / _DATABASE).exists() or (folder / "vault.keys").exists():
        return folder
    inside = sorted(one for one in folder.glob("*") if looks_like_a_backup(one)) if folder.is_dir() else []
    if not inside:
        raise NoJournal(f"There is no backup in {named}. Nothing was changed. Name the folder that a backup lies in.")
    return inside[-1]


def check_backup(
    keys: KeyStore, journals: JournalStore, backup: Path, passphrase: str, progress: Progress | None = None
) -> Inspected:
    """Look at all of a backup without writing to it; raises for one that cannot be opened at all."""
    unlocked = _unlocked(keys, backup, passphrase)
    try:
        found = journals.inspect(backup, unlocked, progress)
    except NoJournal:
        raise JournalDamaged(f"The backup in {backup} holds no database. {_DAMAGED}") from None
    except JournalDamaged:
        raise JournalDamaged(_DAMAGED) from None
    return Inspected((*keys.check(backup), *found.findings), found.counts)


def restore(
    keys: KeyStore,
    journals: JournalStore,
    backup: Path,
    to: Path,
    passphrase: str,
    progress: Progress | None = None,
) -> Restored:
    """Make a journal of a backup in an empty folder; it gets its name only when it was opened and checked."""
    _require_empty(to)
    unlocked = _unlocked(keys, backup, passphrase)
    unfinished = to.with_name(f"{to.name}.{token_hex(4)}.unfinished")
    try:
        made = _missing_above(unfinished)
        unfinished.mkdir(mode=0o700)
        try:
            keys.copy_to(backup, unfinished)
            journals.copy_files(backup, unfinished)
            with closing(journals.open(unfinished, unlocked)) as journal:
                findings, counts = journal.verify(progress), journal.count()
            _require_whole((*keys.check(unfinished), *findings))
            (unfinished / "vault.lock").unlink(missing_ok=True)
            _name_for_good(unfinished, to)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()
            raise
    except OSError as trouble:
        raise NotSaved(
            f"The backup was not restored: {to} cannot be written ({trouble.strerror}). Nothing was left there, and "
            "the backup is as it was."
        ) from trouble
    except JournalDamaged as damage:
        raise damage if damage.sentence.startswith("This backup") else JournalDamaged(_DAMAGED) from damage
    return Restored(to, backup, counts)


def _unlocked(keys: KeyStore, backup: Path, passphrase: str) -> Keys:
    try:
        return keys.unlock(backup, passphrase)
    except KeyFileDamaged:
        raise KeyFileDamaged(
            "The key file in this backup is damaged, in both copies. Nothing was changed. "
            "Take an earlier backup, or put vault.keys of the journal beside it."
        ) from None


def _require_empty(to: Path) -> None:
    try:
        taken = to.exists() and (not to.is_dir() or any(to.iterdir()))
    except OSError as trouble:
        raise NotSaved(f"{to} cannot be used ({trouble.strerror}). Nothing was changed; name another folder.") from None
    if taken:
        raise Refused(f"{to} is not an empty folder. Nothing was changed. Name a new folder for the journal.")


def _require_whole(findings: tuple[Finding, ...]) -> None:
    wrong = [finding.sentence for finding in findings if not finding.whole]
    if wrong:
        raise JournalDamaged(f"This backup is not whole, so nothing was restored: {' '.join(wrong[:3])}")


def _missing_above(unfinished: Path) -> list[Path]:
    made: list[Path] = []
    for path in reversed([one for one in unfinished.parents if not one.exists()]):
        path.mkdir(mode=0o700)
        made.insert(0, path)
    return made


def _name_for_good(unfinished: Path, to: Path) -> None:
    if to.exists():
        to.rmdir()
    unfinished.rename(to)
    settle_folder(to.parent)

"""Making a journal, opening it, and changing what opens it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kapjournal.application.ports import Journal, JournalStore, Keys, KeyStore
from kapjournal.domain.errors import Refused

SHORTEST_PASSPHRASE = 12

SyncedBy = Callable[[Path], str | None]


class Made(NamedTuple):
    """A new journal, open, and its keys; `recovery_key` is shown once and kept nowhere."""

    journal: Journal
    recovery_key: str
    notices: tuple[str, ...]
    keys: Keys


class Opened(NamedTuple):
    """An open journal, what the therapist should be told about its files (nothing, as a rule), and its keys."""

    journal: Journal
    notices: tuple[str, ...]
    keys: Keys


def make_journal(
    keys: KeyStore, journals: JournalStore, folder: Path, passphrase: str, synced_by: SyncedBy | None = None
) -> Made:
    """Make a journal in `folder`, which may exist but hold no journal. If any step fails, nothing of it is left."""
    require_long_enough(passphrase)
    notices = cloud_notices(folder, synced_by)
    stood, before = folder.exists(), _inside(folder)
    try:
        made, recovery_key = keys.make(folder, passphrase)
    except BaseException:
        # The key store took its own files back; whatever else is here was not ours.
        _take_back(folder, frozenset(), stood)
        raise
    try:
        return Made(journals.make(folder, made), recovery_key, notices, made)
    except BaseException:
        _take_back(folder, _inside(folder) - before, stood)
        raise


def open_journal(
    keys: KeyStore, journals: JournalStore, folder: Path, passphrase: str, synced_by: SyncedBy | None = None
) -> Opened:
    """Open with the passphrase."""
    return _opened(keys, journals, folder, keys.unlock(folder, passphrase), synced_by)


def open_with_recovery(
    keys: KeyStore, journals: JournalStore, folder: Path, recovery_key: str, synced_by: SyncedBy | None = None
) -> Opened:
    """Open with the recovery key. The passphrase stays as it is; see `reset_passphrase`."""
    return _opened(keys, journals, folder, keys.recover(folder, recovery_key), synced_by)


def change_passphrase(keys: KeyStore, folder: Path, old: str, new: str) -> None:
    """Replace the passphrase; the recovery key stays good."""
    require_long_enough(new)
    keys.change_passphrase(folder, old, new)


def reset_passphrase(keys: KeyStore, folder: Path, recovery_key: str, new: str) -> None:
    """Replace a forgotten passphrase by means of the recovery key."""
    require_long_enough(new)
    keys.reset_passphrase(folder, recovery_key, new)


def require_long_enough(passphrase: str) -> None:
    """Raises `Refused` for a passphrase that a machine would simply try."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise Refused(
            f"That passphrase is too short: it needs at least {SHORTEST_PASSPHRASE} characters. "
            "Nothing was changed. Six random words are easy to keep in mind and hard to guess."
        )


def cloud_notices(folder: Path, synced_by: SyncedBy | None) -> tuple[str, ...]:
    """A warning if a cloud service copies the folder."""
    service = synced_by(folder) if synced_by else None
    if service is None:
        return ()
    return (
        f"This folder seems to be synced by {service}. The notes stay encrypted, but syncing an open journal can "
        "make conflicting copies, and old versions stay on the server. Keep the journal in a folder that is not "
        "synced, and put backups there instead.",
    )


def _opened(keys: KeyStore, journals: JournalStore, folder: Path, unlocked: Keys, synced_by: SyncedBy | None) -> Opened:
    trouble = tuple(finding.sentence for finding in keys.check(folder) if not finding.whole)
    if trouble:
        trouble = (*trouble, "The journal opened and nothing was changed. Repair the key file in the settings soon.")
    notices = (*trouble, *cloud_notices(folder, synced_by))
    return Opened(journals.open(folder, unlocked), notices, unlocked)


def _inside(folder: Path) -> frozenset[Path]:
    try:
        return frozenset(folder.iterdir())
    except OSError:
        return frozenset()


def _take_back(folder: Path, ours: frozenset[Path], stood: bool) -> None:
    for path in ours:
        with contextlib.suppress(OSError):
            path.unlink()
    if not stood:
        with contextlib.suppress(OSError):  # a folder that is not empty stays
            folder.rmdir()

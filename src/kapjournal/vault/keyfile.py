"""The key file of a journal folder, in two copies: `vault.keys` and `vault.keys.bak`.

Losing both loses every note, so nothing here overwrites a copy without being asked to, and a damaged file is
never called a wrong passphrase.
"""

from __future__ import annotations

import contextlib
import os
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from kapjournal.application.ports import Finding, Keys
from kapjournal.domain.errors import (
    JournalError,
    KeyFileDamaged,
    NewerFormat,
    NoJournal,
    NotSaved,
    Refused,
    WrongPassphrase,
    WrongRecoveryKey,
)
from kapjournal.durable import write_private
from kapjournal.vault import recovery_key as printed
from kapjournal.vault import slots
from kapjournal.vault.document import (
    FEWEST_PASSES,
    LEAST_MEMORY,
    MIB,
    MOST_MEMORY,
    MOST_PASSES,
    Argon2,
    Damaged,
    KeyDocument,
    Newer,
    PassphraseSlot,
    RecoverySlot,
    parse,
)

PRIMARY = "vault.keys"
COPY = "vault.keys.bak"
DATABASE = "vault.db"

DOES_NOT_OPEN = "That passphrase does not open this journal. Check Caps Lock, or use the recovery key."
OTHER_RECOVERY_KEY = (
    "That recovery key is written correctly but belongs to another journal, or to an older key file of this one. "
    "Nothing was changed. Look for the print that goes with this journal."
)
DAMAGED = (
    "The key file of this journal is damaged, and there is no whole second copy of it. "
    "Your passphrase is not the trouble, and the notes are still there, encrypted. "
    "Put vault.keys from a backup of this journal back into its folder, and delete nothing."
)
MISSING = (
    "The key file of this journal is missing: its folder holds neither vault.keys nor vault.keys.bak. "
    "The notes are still there, encrypted. "
    "Put vault.keys from a backup of this journal back into its folder, and delete nothing."
)
ALTERED = (
    "The key file of this journal was changed outside the app. The notes are still there, encrypted. "
    "Put vault.keys from a backup of this journal back into its folder, and delete nothing."
)
NEWER = (
    "This journal was made by a newer version of KAP Journal. Nothing was changed. "
    "Open it with that version, or a later one."
)
NO_JOURNAL = "There is no journal in that folder. Nothing was changed. Choose another folder, or start a new journal."
THERE_ALREADY = "There is a journal in that folder already. It was not touched. Open it, or choose an empty folder."
NOT_WRITTEN = (
    "The key file could not be written: the disk is full, gone, or does not allow it. "
    "The key file from before still stands. Make room or choose another place, and try again."
)
NOT_MADE = (
    "The journal could not be made in that folder: the disk is full, gone, or does not allow it. "
    "Nothing was left behind. Make room or choose another folder, and try again."
)
UNREADABLE = (
    "The key file of this journal could not be read: the system does not allow it. "
    "Nothing was changed. Check who may read the folder."
)


class Cost(NamedTuple):
    """What one try of a passphrase costs, anyone: memory in bytes and passes over it."""

    memory: int = 256 * MIB
    passes: int = 3


class _State(Enum):
    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"
    NEWER = "newer"
    FORBIDDEN = "forbidden"


class _Copy(NamedTuple):
    name: str
    state: _State
    document: KeyDocument | None = None


class KeyFile:
    """Makes, opens and rewrites the key file; implements `ports.KeyStore`.

    `cost` is used for what is written from now on; a file that stands carries its own.
    """

    def __init__(self, cost: Cost | None = None, random: slots.RandomBytes = os.urandom) -> None:
        self._cost = cost or Cost()
        self._random = random
        if not (LEAST_MEMORY <= self._cost.memory <= MOST_MEMORY and FEWEST_PASSES <= self._cost.passes <= MOST_PASSES):
            raise ValueError("no key file of this cost could be read again")

    def make(self, folder: Path, passphrase: str) -> tuple[Keys, str]:
        """Write a new key file into `folder`, which is made if need be; returns the keys and the recovery key."""
        if any((folder / name).exists() for name in (PRIMARY, COPY, DATABASE)):
            raise Refused(THERE_ALREADY)
        vault_id, master = self._random(16).hex(), self._random(slots.KEY_BYTES)
        secret = self._random(printed.SECRET_BYTES)
        document = slots.sealed(
            master,
            vault_id,
            1,
            [self._passphrase_slot(master, vault_id, passphrase), self._recovery_slot(master, vault_id, secret)],
        )
        try:
            self._write(folder, document)
        except NotSaved as trouble:
            _forget(folder)
            raise NotSaved(NOT_MADE) from trouble
        return slots.unfolded(master, vault_id), printed.spelled(secret)

    def unlock(self, folder: Path, passphrase: str) -> Keys:
        """Open with the passphrase; raises `WrongPassphrase` only when the key file is whole."""
        document = _readable(folder)
        return slots.unfolded(_by_passphrase(document, passphrase), document.vault_id)

    def recover(self, folder: Path, recovery_key: str) -> Keys:
        """Open with the recovery key."""
        secret = printed.read(recovery_key)
        document = _readable(folder)
        return slots.unfolded(_by_recovery_key(document, secret), document.vault_id)

    def test_recovery(self, folder: Path, recovery_key: str) -> bool:
        """Whether this recovery key opens the journal; a damaged key file raises."""
        try:
            self.recover(folder, recovery_key)
        except WrongRecoveryKey:
            return False
        return True

    def change_passphrase(self, folder: Path, old: str, new: str) -> None:
        """Replace the passphrase. The notes are not written again, and the recovery key stays good."""
        document = _readable(folder)
        self._rewrite(folder, document, _by_passphrase(document, old), passphrase=new)

    def reset_passphrase(self, folder: Path, recovery_key: str, new: str) -> None:
        """Replace a forgotten passphrase by means of the recovery key, which stays good."""
        secret = printed.read(recovery_key)
        document = _readable(folder)
        self._rewrite(folder, document, _by_recovery_key(document, secret), passphrase=new)

    def renew_recovery_key(self, folder: Path, passphrase: str) -> str:
        """Make a new recovery key to print; the old one opens nothing from now on."""
        document = _readable(folder)
        secret = self._random(printed.SECRET_BYTES)
        self._rewrite(folder, document, _by_passphrase(document, passphrase), secret=secret)
        return printed.spelled(secret)

    def check(self, folder: Path) -> tuple[Finding, ...]:
        """The state of both copies, without any key. A notice for the therapist is whatever is not whole."""
        primary, copy = _copies(folder)
        return (*(_finding(found) for found in (primary, copy)), *_agreement(primary, copy))

    def repair(self, folder: Path) -> None:
        """Write both copies anew from the one that is whole, the first one if both are."""
        self._write(folder, _readable(folder))

    def copy_to(self, folder: Path, to: Path) -> None:
        """Write both copies into another folder, from the one that is whole; raises OSError."""
        content = _readable(folder).to_bytes()
        for name in (COPY, PRIMARY):
            write_private(to / name, content)

    def identity(self, folder: Path) -> str:
        """The id of the journal that this key file belongs to."""
        return _readable(folder).vault_id

    def _passphrase_slot(self, master: bytes, vault_id: str, passphrase: str) -> PassphraseSlot:
        kdf = Argon2(m=self._cost.memory, t=self._cost.passes, salt=self._random(16).hex())
        return slots.wrap_for_passphrase(master, slots.passphrase_key(passphrase, kdf), vault_id, kdf, self._random)

    def _recovery_slot(self, master: bytes, vault_id: str, secret: bytes) -> RecoverySlot:
        return slots.wrap_for_recovery(master, slots.recovery_key(secret, vault_id), vault_id, self._random)

    def _rewrite(
        self,
        folder: Path,
        document: KeyDocument,
        master: bytes,
        passphrase: str | None = None,
        secret: bytes | None = None,
    ) -> None:
        kept = list(document.slots)
        if passphrase is not None:
            kept = [slot for slot in kept if slot.type != "passphrase"]
            kept.insert(0, self._passphrase_slot(master, document.vault_id, passphrase))
        if secret is not None:
            kept = [slot for slot in kept if slot.type != "recovery"]
            kept.append(self._recovery_slot(master, document.vault_id, secret))
        self._write(folder, slots.sealed(master, document.vault_id, document.gen + 1, kept))

    def _write(self, folder: Path, document: KeyDocument) -> None:
        content = document.to_bytes()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The first file is the one that counts, so it changes last: until then the old passphrase holds.
            for name in (COPY, PRIMARY):
                if not _says(folder / name, content):
                    write_private(folder / name, content)
        except OSError as trouble:
            raise NotSaved(NOT_WRITTEN) from trouble


def _says(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _forget(folder: Path) -> None:
    for name in (PRIMARY, COPY):
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def _by_passphrase(document: KeyDocument, passphrase: str) -> bytes:
    for slot in document.slots:
        if isinstance(slot, PassphraseSlot):
            try:
                return _vouched(document, slot, slots.passphrase_key(passphrase, slot.kdf))
            except slots.DoesNotOpen:
                continue
    raise WrongPassphrase(DOES_NOT_OPEN)


def _by_recovery_key(document: KeyDocument, secret: bytes) -> bytes:
    key = slots.recovery_key(secret, document.vault_id)
    for slot in document.slots:
        if isinstance(slot, RecoverySlot):
            try:
                return _vouched(document, slot, key)
            except slots.DoesNotOpen:
                continue
    raise WrongRecoveryKey(OTHER_RECOVERY_KEY)


def _vouched(document: KeyDocument, slot: PassphraseSlot | RecoverySlot, key: bytes) -> bytes:
    master = slots.unwrap(slot, key, document.vault_id)
    if not slots.vouched_for(master, document):
        raise KeyFileDamaged(ALTERED)
    return master


def _copies(folder: Path) -> tuple[_Copy, _Copy]:
    return _look(folder, PRIMARY), _look(folder, COPY)


def _look(folder: Path, name: str) -> _Copy:
    try:
        return _Copy(name, _State.WHOLE, parse((folder / name).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return _Copy(name, _State.MISSING)
    except PermissionError:
        return _Copy(name, _State.FORBIDDEN)
    except (OSError, Damaged):  # a bad sector answers with an error, not with wrong bytes
        return _Copy(name, _State.DAMAGED)
    except Newer:
        return _Copy(name, _State.NEWER)


def _readable(folder: Path) -> KeyDocument:
    primary, copy = _copies(folder)
    if primary.state is _State.NEWER:
        raise NewerFormat(NEWER)
    for found in (primary, copy):
        if found.document is not None:
            return found.document
    if copy.state is _State.NEWER:
        raise NewerFormat(NEWER)
    if _State.FORBIDDEN in (primary.state, copy.state):
        raise JournalError(UNREADABLE)
    if primary.state is copy.state is _State.MISSING:
        raise KeyFileDamaged(MISSING) if (folder / DATABASE).exists() else NoJournal(NO_JOURNAL)
    raise KeyFileDamaged(DAMAGED)


_CONDITION = {
    _State.WHOLE: "is whole",
    _State.DAMAGED: "is damaged",
    _State.MISSING: "is missing",
    _State.NEWER: "was written by a newer version of KAP Journal",
    _State.FORBIDDEN: "may not be read by this user",
}


def _finding(found: _Copy) -> Finding:
    which = "The key file" if found.name == PRIMARY else "The second copy of the key file"
    return Finding(found.state is _State.WHOLE, f"{which} ({found.name}) {_CONDITION[found.state]}.")


def _agreement(primary: _Copy, copy: _Copy) -> tuple[Finding, ...]:
    if primary.document is None or copy.document is None:
        return ()
    if primary.document == copy.document:
        return (Finding(True, "Both copies of the key file say the same."),)
    return (
        Finding(
            False,
            "The two copies of the key file differ, so an earlier passphrase may still open one of them. "
            "Repair the key file to make them the same.",
        ),
    )

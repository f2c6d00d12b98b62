"""A key store in memory, without any cryptography, that behaves like the key file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from kapjournal.application.ports import Finding, Keys
from kapjournal.domain.errors import KeyFileDamaged, NoJournal, Refused, WrongPassphrase, WrongRecoveryKey


@dataclass
class _Kept:
    keys: Keys
    passphrase: str
    recovery_key: str
    damaged: bool = False


@dataclass
class FakeKeyStore:
    """Implements `ports.KeyStore`; `damage` does what a failing disk does."""

    kept: dict[Path, _Kept] = field(default_factory=dict)
    copies: list[_Kept] = field(default_factory=list)  # by the number in the file of a copy
    numbers: count[int] = field(default_factory=lambda: count(1))

    def make(self, folder: Path, passphrase: str) -> tuple[Keys, str]:
        if folder in self.kept:
            raise Refused("There is a journal in that folder already.")
        number = next(self.numbers)
        keys = Keys(f"vault-{number}", *(bytes([number, use]) * 16 for use in range(3)))
        self.kept[folder] = _Kept(keys, passphrase, f"RECOVERY-{number}")
        return keys, self.kept[folder].recovery_key

    def unlock(self, folder: Path, passphrase: str) -> Keys:
        kept = self._whole(folder)
        if kept.passphrase != passphrase:
            raise WrongPassphrase("That passphrase does not open this journal.")
        return kept.keys

    def recover(self, folder: Path, recovery_key: str) -> Keys:
        kept = self._whole(folder)
        if kept.recovery_key != recovery_key:
            raise WrongRecoveryKey("That recovery key has a slip in it.")
        return kept.keys

    def test_recovery(self, folder: Path, recovery_key: str) -> bool:
        return self._whole(folder).recovery_key == recovery_key

    def change_passphrase(self, folder: Path, old: str, new: str) -> None:
        self.unlock(folder, old)
        self.kept[folder].passphrase = new

    def reset_passphrase(self, folder: Path, recovery_key: str, new: str) -> None:
        self.recover(folder, recovery_key)
        self.kept[folder].passphrase = new

    def renew_recovery_key(self, folder: Path, passphrase: str) -> str:
        self.unlock(folder, passphrase)
        self.kept[folder].recovery_key = f"RECOVERY-{next(self.numbers)}"
        return self.kept[folder].recovery_key

    def check(self, folder: Path) -> tuple[Finding, ...]:
        kept = self._find(folder)
        if kept is None or kept.damaged:
            return (Finding(False, "The key file (vault.keys) is damaged."),)
        return (Finding(True, "The key file (vault.keys) is whole."),)

    def repair(self, folder: Path) -> None:
        self._whole(folder)

    def copy_to(self, folder: Path, to: Path) -> None:
        self.copies.append(replace(self._whole(folder)))
        (to / "vault.keys").write_text(str(len(self.copies) - 1))

    def identity(self, folder: Path) -> str:
        return self._whole(folder).keys.vault_id

    def damage(self, folder: Path) -> None:
        """Spoil every copy."""
        self.kept[folder].damaged = True

    def _whole(self, folder: Path) -> _Kept:
        kept = self._find(folder)
        if kept is None:
            raise NoJournal("There is no journal in that folder.")
        if kept.damaged:
            raise KeyFileDamaged("The key file of this journal is damaged.")
        return kept

    def _find(self, folder: Path) -> _Kept | None:
        if folder not in self.kept and (folder / "vault.keys").exists():
            return self.copies[int((folder / "vault.keys").read_text())]
        return self.kept.get(folder)

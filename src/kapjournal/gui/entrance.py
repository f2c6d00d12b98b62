"""The ways into a journal, as the unlock screen asks for them: open, recover, make, or look at the demo."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kapjournal.application import open_vault
from kapjournal.application.ports import Clock, Journal, JournalStore, Keys, KeyStore
from kapjournal.gui.unlock.presenter import KnownJournal, Made, Strength, UnlockUses
from kapjournal.settings import Settings


class Entered(NamedTuple):
    """A journal that is open, where it lies, what should be said about its files, and its keys."""

    journal: Journal
    folder: Path
    notices: tuple[str, ...] = ()
    demo: bool = False
    keys: Keys | None = None


class Words(NamedTuple):
    """What is said about passphrases."""

    suggest: Callable[[], str]
    strength: Callable[[str], Strength]


class Entrance:
    """Joins the use cases to what the screen asks; everything slow here is called on the worker."""

    def __init__(
        self,
        clock: Clock,
        keys: KeyStore,
        journals: JournalStore,
        words: Words,
        cloud_folder: Callable[[Path], str | None],
        fill_demo: Callable[[Journal], None],
    ) -> None:
        self._clock, self._keys, self._journals = clock, keys, journals
        self._words, self._cloud_folder, self._fill_demo = words, cloud_folder, fill_demo
        self._demo: tuple[Path, str] | None = None

    @property
    def keys(self) -> KeyStore:
        """The key files of the journals."""
        return self._keys

    @property
    def words(self) -> Words:
        """What is said about passphrases."""
        return self._words

    def synced_by(self, folder: Path) -> str | None:
        """The service that seems to copy a folder."""
        return self._cloud_folder(folder)

    def uses(self, settings: Callable[[], Settings], entered: Callable[[Entered], None]) -> UnlockUses[Entered]:
        """What the unlock screen can ask for."""
        return UnlockUses(
            known_journals=lambda: self.known_journals(settings()),
            open=self.open,
            recover=self.recover,
            make=self.make,
            test_recovery=self._keys.test_recovery,
            suggest=self._words.suggest,
            strength=self._words.strength,
            cloud_folder=self._cloud_folder,
            open_demo=self.open_demo,
            entered=entered,
        )

    def known_journals(self, settings: Settings) -> tuple[KnownJournal, ...]:
        """The journals that were opened on this computer, the last one first."""
        now = self._clock.now().at
        return tuple(
            KnownJournal(
                known.path,
                known.name,
                _note(known.path, known.last_opened, now),
                there=known.path.exists(),
            )
            for known in settings.known_journals
        )

    def open(self, folder: Path, passphrase: str) -> Entered:
        """Open with the passphrase."""
        opened = open_vault.open_journal(self._keys, self._journals, folder, passphrase, self._cloud_folder)
        return Entered(opened.journal, folder, opened.notices, keys=opened.keys)

    def recover(self, folder: Path, recovery_key: str, new_passphrase: str | None) -> Entered:
        """Open with the recovery key, and set a new passphrase where one was typed."""
        if new_passphrase is not None:
            open_vault.reset_passphrase(self._keys, folder, recovery_key, new_passphrase)
        opened = open_vault.open_with_recovery(self._keys, self._journals, folder, recovery_key, self._cloud_folder)
        return Entered(opened.journal, folder, opened.notices, keys=opened.keys)

    def make(self, folder: Path, passphrase: str) -> Made[Entered]:
        """Make a journal; its recovery key is shown once."""
        made = open_vault.make_journal(self._keys, self._journals, folder, passphrase, self._cloud_folder)
        return Made(Entered(made.journal, folder, made.notices, keys=made.keys), made.recovery_key)

    def open_demo(self) -> Entered:
        """Open a journal of invented clients that is deleted when the program ends; after a lock, the same one."""
        if self._demo is not None:
            folder, passphrase = self._demo
            return self.open(folder, passphrase)._replace(demo=True)
        folder = Path(tempfile.mkdtemp(prefix="kapjournal-demo-")) / "demo.kapvault"
        passphrase = self._words.suggest()
        made = open_vault.make_journal(self._keys, self._journals, folder, passphrase)
        self._demo = folder, passphrase
        self._fill_demo(made.journal)
        return Entered(made.journal, folder, demo=True, keys=made.keys)

    def clear_up(self) -> None:
        """Delete the demo journal."""
        if self._demo is not None:
            shutil.rmtree(self._demo[0].parent, ignore_errors=True)
            self._demo = None


def _note(path: Path, last_opened: datetime | None, now: datetime) -> str:
    where = path.parent.name or str(path.parent)
    if not path.exists():
        return f"{where}. Not there now"
    if last_opened is None:
        return where
    days = (now.date() - last_opened.astimezone(now.tzinfo).date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"on {last_opened.day} {last_opened:%B %Y}")
    return f"{where}, {path.name}. Last opened {day}, {last_opened.astimezone(now.tzinfo):%H:%M}"

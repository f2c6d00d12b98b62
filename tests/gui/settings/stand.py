"""What the settings stand on in tests: a desk in memory, keys that are words, and a memory of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tests.fakes.clock import START

from kapjournal import resources
from kapjournal.application.back_up import BACKUP_FOLDER, LAST_BACKUP, LAST_CHECK, Noted
from kapjournal.application.own_lists import load_tables
from kapjournal.application.ports import Finding
from kapjournal.domain.errors import JournalError, WrongPassphrase
from kapjournal.gui.settings.seen import READ_PLACES, Instrument, Journal, Strength
from kapjournal.gui.settings.uses import SettingsUses
from kapjournal.settings import Settings

SHIPPED = load_tables(resources.path)
KEY = "K7QM2-XVT9H-DR4BN-CW8EJ-6GPZ3-YAS5F-KMTQ2-D8VHX"
WORDS = "lantern orbit velvet canyon thimble heron"


class Stand:
    """A journal with a backup of yesterday and a check of today."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.desk: dict[str, str | None] = {
            BACKUP_FOLDER: "/media/blue/backups",
            LAST_BACKUP: Noted(
                at=START - timedelta(days=1), whole=True, sentence="Opened and compared: all 412 entries match."
            ).model_dump_json(),
            LAST_CHECK: Noted(
                at=START, whole=True, sentence="Checked whole: every page, every entry and every seal."
            ).model_dump_json(),
        }
        self.journal = Journal(
            Path("/home/therapist/Documents/My practice.kapvault"),
            None,
            (
                Finding(True, "The key file (vault.keys) is whole."),
                Finding(True, "The second copy of the key file (vault.keys.bak) is whole."),
            ),
        )
        self.did: list[tuple[str, ...]] = []
        self.trouble: JournalError | None = None
        self.kept = True
        self.passphrase = WORDS

    def lay(self, place: str, content: str | None) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.desk[place] = content

    def apply(self, settings: Settings) -> bool:
        self.settings = settings
        return self.kept

    def _do(self, *what: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.did.append(what)

    def _change(self, old: str, new: str) -> None:
        self._unlock(old)
        self.passphrase = new

    def _renew(self, passphrase: str) -> str:
        self._unlock(passphrase)
        return KEY

    def _unlock(self, passphrase: str) -> None:
        if passphrase != self.passphrase:
            raise WrongPassphrase("That passphrase does not open this journal.")

    def read(self) -> tuple[Mapping[str, str | None], Journal]:
        return {place: self.desk.get(place) for place in READ_PLACES}, self.journal

    def uses(self) -> SettingsUses:
        return SettingsUses(
            read=self.read,
            lay=self.lay,
            settings=lambda: self.settings,
            apply=self.apply,
            back_up=lambda: self._do("back up"),
            check=lambda: self._do("check"),
            change_passphrase=self._change,
            renew_recovery_key=self._renew,
            test_recovery_key=lambda typed: typed == KEY,
            repair_key_file=lambda: self._do("repair"),
            strength=lambda typed: Strength("Strong: six words at random.", enough=len(typed) > 20),
            suggest=lambda: WORDS,
            themes=lambda: self.did.append(("themes",)),
            instruments=lambda: (
                Instrument("PHQ-9", "may be reproduced, translated and displayed without permission", "Nine items"),
                Instrument("MEQ30", "items may not be reproduced; score only"),
            ),
            leave=lambda: self.did.append(("leave",)),
        )

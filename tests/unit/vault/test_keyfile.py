import os

import pytest

from kapjournal.domain.errors import KeyFileDamaged, NewerFormat, NoJournal, Refused, WrongPassphrase, WrongRecoveryKey
from kapjournal.vault import keyfile
from kapjournal.vault.document import LEAST_MEMORY, canonical
from kapjournal.vault.keyfile import COPY, PRIMARY, Cost, KeyFile

WORDS = "seven candles in the long hall"


@pytest.fixture
def keys() -> KeyFile:
    return KeyFile(cost=Cost(LEAST_MEMORY, 2))


def test_what_was_made_opens_with_passphrase_and_recovery_key(keys, tmp_path):
    made, recovery = keys.make(tmp_path / "journal", WORDS)
    assert keys.unlock(tmp_path / "journal", WORDS) == made
    assert keys.recover(tmp_path / "journal", recovery) == made
    assert {len(k) for k in made[1:]} == {32}
    assert len(set(made[1:])) == 3

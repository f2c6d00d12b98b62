"""What every key store does, the fake one and the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.application.ports import KeyStore
from kapjournal.domain.errors import (
    ExitCode,
    KeyFileDamaged,
    NoJournal,
    Refused,
    WrongPassphrase,
    WrongRecoveryKey,
)
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import COPY, PRIMARY, Cost, KeyFile
from tests.fakes.keys import FakeKeyStore

WORDS = "seven candles in the long hall"
OTHER = "nobody walks under the bridge"


def spoil(folder: Path) -> None:
    for name in (PRIMARY, COPY):
        (folder / name).write_bytes((folder / name).read_bytes().replace(b"argon", b"argom"))


@pytest.fixture(params=["fake", "real"])
def store(request: pytest.FixtureRequest) -> tuple[KeyStore, Callable[[Path], None]]:
    if request.param == "fake":
        fake = FakeKeyStore()
        return fake, fake.damage
    return KeyFile(cost=Cost(LEAST_MEMORY, 2)), spoil


@pytest.fixture
def keys(store: tuple[KeyStore, Callable[[Path], None]]) -> KeyStore:
    return store[0]


def test_both_keys_open_what_was_made(keys: KeyStore, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    assert keys.unlock(tmp_path, WORDS) == keys.recover(tmp_path, recovery) == made
    assert all(len(key) == 32 for key in (made.database, made.ledger, made.signing_seed))
    assert keys.test_recovery(tmp_path, recovery) is True
    assert all(finding.whole for finding in keys.check(tmp_path))


def test_no_other_key_does(keys: KeyStore, tmp_path: Path) -> None:
    _, recovery = keys.make(tmp_path, WORDS)
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, OTHER)
    with pytest.raises(WrongRecoveryKey):
        keys.recover(tmp_path, recovery[:-1])
    assert keys.test_recovery(tmp_path, recovery[:-1]) is False


def test_an_empty_folder_has_no_journal(keys: KeyStore, tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        keys.unlock(tmp_path, WORDS)


def test_a_journal_is_made_once(keys: KeyStore, tmp_path: Path) -> None:
    made, _ = keys.make(tmp_path, WORDS)
    with pytest.raises(Refused):
        keys.make(tmp_path, OTHER)
    assert keys.unlock(tmp_path, WORDS) == made


def test_a_new_passphrase_opens_the_same_keys(keys: KeyStore, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    keys.change_passphrase(tmp_path, WORDS, OTHER)
    assert keys.unlock(tmp_path, OTHER) == made
    keys.reset_passphrase(tmp_path, recovery, WORDS)
    assert keys.unlock(tmp_path, WORDS) == made
    with pytest.raises(WrongPassphrase):
        keys.change_passphrase(tmp_path, OTHER, OTHER)


def test_a_new_recovery_key_replaces_the_old(keys: KeyStore, tmp_path: Path) -> None:
    made, old = keys.make(tmp_path, WORDS)
    new = keys.renew_recovery_key(tmp_path, WORDS)
    assert keys.recover(tmp_path, new) == made
    assert keys.test_recovery(tmp_path, old) is False


def test_damage_is_never_a_wrong_key(store: tuple[KeyStore, Callable[[Path], None]], tmp_path: Path) -> None:
    keys, damage = store
    _, recovery = keys.make(tmp_path, WORDS)
    damage(tmp_path)
    assert not all(finding.whole for finding in keys.check(tmp_path))
    for attempt in (
        lambda: keys.unlock(tmp_path, WORDS),
        lambda: keys.unlock(tmp_path, OTHER),
        lambda: keys.recover(tmp_path, recovery),
        lambda: keys.test_recovery(tmp_path, recovery),
        lambda: keys.repair(tmp_path),
    ):
        with pytest.raises(KeyFileDamaged) as told:
            attempt()
        assert told.value.code is ExitCode.DAMAGED


def test_a_copy_of_the_key_file_opens_with_the_same_words_and_says_whose_it_is(keys: KeyStore, tmp_path: Path) -> None:
    home, to = tmp_path / "journal", tmp_path / "backup"
    to.mkdir()
    made, recovery = keys.make(home, WORDS)
    keys.copy_to(home, to)
    keys.change_passphrase(home, WORDS, OTHER)
    assert keys.unlock(to, WORDS) == made == keys.recover(to, recovery)
    assert keys.identity(to) == keys.identity(home) == made.vault_id
    assert all(finding.whole for finding in keys.check(to))

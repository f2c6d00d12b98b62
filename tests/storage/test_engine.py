from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kapjournal.storage import engine
from tests.storage.journals import KEYS, filled, raw

IN_FORCE = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,
    "temp_store": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "cipher_memory_security": "1",
    "cipher_page_size": "4096",
    "cipher_hmac_algorithm": "HMAC_SHA512",
}


@pytest.mark.parametrize(("setting", "value"), IN_FORCE.items())
def test_every_setting_is_in_force(tmp_path: Path, setting: str, value: object) -> None:
    connection = engine.opened(tmp_path / "a.db", KEYS.database)
    rows = connection.execute(f"pragma {setting}").fetchall()
    connection.close()
    assert rows[:1] == ([(value,)] if rows else [])
    assert rows or setting == "mmap_size"  # which says nothing where it is compiled out


@pytest.mark.parametrize("key", [b"", b"k" * 31, b"k" * 33, b"k" * 64])
def test_a_key_of_another_length_is_never_taken_for_a_passphrase(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        engine.keyed(tmp_path / "a.db", key)
    assert not (tmp_path / "a.db").exists()


class Unencrypted:
    """An SQLite that takes a key and does nothing with it, as one without SQLCipher would."""

    def __init__(self, path: str, **_: object) -> None:
        self._inner = sqlite3.connect(path, isolation_level=None)

    def set_key(self, key: str) -> None:
        pass

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
        return self._inner.execute(sql, parameters)

    def close(self) -> None:
        self._inner.close()


def test_an_sqlite_that_does_not_encrypt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlcipher, "connect", Unencrypted)
    with pytest.raises(AssertionError, match="encrypt"):
        engine.opened(tmp_path / "a.db", KEYS.database)


def test_the_journal_runs_on_these_settings(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j")
    inner = engine.bare(journal._connect())
    engine.assert_in_force(inner)
    assert inner.execute("pragma synchronous").fetchone() == (2,)
    assert not (tmp_path / "j" / "vault.db-shm").exists()
    journal.close()


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "j").iterdir()}
    journal.close()
    assert modes == {"vault.db": 0o600, "vault.db-wal": 0o600, "vault.lock": 0o600}
    assert stat.S_IMODE((tmp_path / "j").stat().st_mode) == 0o700


def test_settling_empties_the_log_and_closing_removes_it(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j")
    log = tmp_path / "j" / "vault.db-wal"
    assert log.stat().st_size > 0
    journal.settle()
    assert log.stat().st_size == 0
    journal.close()
    assert not log.exists()


def test_the_ledger_number_needs_no_index_to_agree(tmp_path: Path) -> None:
    filled(tmp_path / "j").close()
    with raw(tmp_path / "j", guarded=True) as inside:
        assert inside.execute("SELECT n, type FROM ledger ORDER BY n LIMIT 2").fetchall() == [
            (1, "client"),
            (2, "session"),
        ]

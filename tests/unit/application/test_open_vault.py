from pathlib import Path

import pytest

from kapjournal.application import open_vault
from kapjournal.application.ports import Journal, Keys
from kapjournal.domain.errors import NotSaved, Refused, WrongPassphrase
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import COPY, PRIMARY, Cost, KeyFile
from tests.fakes.keys import FakeKeyStore

WORDS = "seven candles in the long hall"


class OneFileStore:
    """Writes a file where a database would be, or fails after having begun."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.fails = fails
        self.opened: list[Keys] = []

    def make(self, folder: Path, keys: Keys) -> Journal:
        (folder / "vault.db").write_bytes(b"begun")
        if self.fails:
            raise self.fails
        return self.open(folder, keys)

    def open(self, folder: Path, keys: Keys) -> Journal:
        self.opened.append(keys)
        return object()  # type: ignore[return-value]


@pytest.fixture
def keys() -> KeyFile:
    return KeyFile(cost=Cost(LEAST_MEMORY, 2))


def test_a_journal_is_made_and_opened_both_ways(keys: KeyFile, tmp_path: Path) -> None:
    store, folder = OneFileStore(), tmp_path / "journal"
    made = open_vault.make_journal(keys, store, folder, WORDS)
    assert made.notices == ()
    assert open_vault.open_journal(keys, store, folder, WORDS).notices == ()
    open_vault.open_with_recovery(keys, store, folder, made.recovery_key)
    assert store.opened[0] == store.opened[1] == store.opened[2]


@pytest.mark.parametrize("trouble", [NotSaved("full"), RuntimeError("a bug")])
def test_a_failure_half_way_leaves_nothing(keys: KeyFile, tmp_path: Path, trouble: Exception) -> None:
    with pytest.raises(type(trouble)):
        open_vault.make_journal(keys, OneFileStore(fails=trouble), tmp_path / "journal", WORDS)
    assert list(tmp_path.iterdir()) == []


def test_what_stood_in_the_folder_stays(keys: KeyFile, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(NotSaved):
        open_vault.make_journal(keys, OneFileStore(fails=NotSaved("full")), tmp_path, WORDS)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    made = open_vault.make_journal(keys, OneFileStore(), tmp_path, WORDS)
    assert made.recovery_key


def test_a_folder_with_a_journal_is_refused_and_untouched(keys: KeyFile, tmp_path: Path) -> None:
    open_vault.make_journal(keys, OneFileStore(), tmp_path, WORDS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Refused):
        open_vault.make_journal(keys, OneFileStore(), tmp_path, WORDS)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert len(before) == 3


def test_a_place_that_cannot_be_a_folder_is_told_plainly(keys: KeyFile, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(NotSaved, match="could not be made"):
        open_vault.make_journal(keys, OneFileStore(), tmp_path / "file", WORDS)
    assert (tmp_path / "file").read_text() == "not a folder"


@pytest.mark.parametrize("short", ["", "eleven char", "short" + " " * 20])
def test_a_passphrase_that_is_too_short_is_refused(tmp_path: Path, short: str) -> None:
    keys = FakeKeyStore()
    with pytest.raises(Refused, match="too short"):
        open_vault.make_journal(keys, OneFileStore(), tmp_path, short)
    keys.make(tmp_path, WORDS)
    with pytest.raises(Refused, match="too short"):
        open_vault.change_passphrase(keys, tmp_path, WORDS, short)
    with pytest.raises(Refused, match="too short"):
        open_vault.reset_passphrase(keys, tmp_path, "RECOVERY-1", short)
    assert keys.unlock(tmp_path, WORDS)


def test_twelve_characters_are_enough(tmp_path: Path) -> None:
    assert open_vault.make_journal(FakeKeyStore(), OneFileStore(), tmp_path, "twelve chars")


def test_a_synced_folder_is_a_warning(tmp_path: Path) -> None:
    keys, store = FakeKeyStore(), OneFileStore()
    made = open_vault.make_journal(keys, store, tmp_path, WORDS, synced_by=lambda _: "Dropbox")
    opened = open_vault.open_journal(keys, store, tmp_path, WORDS, synced_by=lambda _: "Dropbox")
    assert made.notices == opened.notices
    assert "Dropbox" in made.notices[0]


def test_a_damaged_first_key_file_is_told_on_opening(keys: KeyFile, tmp_path: Path) -> None:
    store = OneFileStore()
    open_vault.make_journal(keys, store, tmp_path, WORDS)
    (tmp_path / PRIMARY).write_bytes(b"rot")
    opened = open_vault.open_journal(keys, store, tmp_path, WORDS)
    assert "vault.keys) is damaged" in opened.notices[0]
    assert (tmp_path / PRIMARY).read_bytes() == b"rot"
    assert (tmp_path / COPY).exists()


def test_changing_and_resetting_the_passphrase(keys: KeyFile, tmp_path: Path) -> None:
    store = OneFileStore()
    made = open_vault.make_journal(keys, store, tmp_path, WORDS)
    open_vault.change_passphrase(keys, tmp_path, WORDS, "another long one")
    with pytest.raises(WrongPassphrase):
        open_vault.open_journal(keys, store, tmp_path, WORDS)
    open_vault.reset_passphrase(keys, tmp_path, made.recovery_key, "a third long one")
    open_vault.open_journal(keys, store, tmp_path, "a third long one")
    assert len(set(store.opened)) == 1

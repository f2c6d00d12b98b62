import json
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

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
from kapjournal.vault import document, keyfile, slots
from kapjournal.vault.document import LEAST_MEMORY, MIB, MOST_MEMORY, canonical
from kapjournal.vault.keyfile import COPY, DATABASE, PRIMARY, Cost, KeyFile

WORDS = "seven candles in the long hall"
OTHER = "nobody walks under the bridge"
CHEAP = Cost(LEAST_MEMORY, 2)


@pytest.fixture
def keys() -> KeyFile:
    return KeyFile(cost=CHEAP)


@pytest.fixture
def folder(keys: KeyFile, tmp_path: Path) -> Path:
    keys.make(tmp_path / "journal", WORDS)
    return tmp_path / "journal"


def content_of(folder: Path) -> dict:
    return json.loads((folder / PRIMARY).read_bytes())


def forge(folder: Path, **changed: object) -> None:
    """Write both copies with other content and a check that fits, as a person with the specification could."""
    content = {**content_of(folder), **changed}
    content.pop("check", None)
    content["check"] = document._check(content)
    for name in (PRIMARY, COPY):
        (folder / name).write_bytes(canonical(content) + b"\n")


def trouble(keys: KeyFile, folder: Path) -> list[str]:
    return [finding.sentence for finding in keys.check(folder) if not finding.whole]


def test_what_was_made_opens_with_passphrase_and_recovery_key(keys: KeyFile, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path / "journal", WORDS)
    assert keys.unlock(tmp_path / "journal", WORDS) == made
    assert keys.recover(tmp_path / "journal", recovery) == made
    assert {len(key) for key in made[1:]} == {32}
    assert len(set(made[1:])) == 3
    assert trouble(keys, tmp_path / "journal") == []


def test_two_journals_share_nothing(keys: KeyFile, tmp_path: Path) -> None:
    one, _ = keys.make(tmp_path / "one", WORDS)
    two, recovery_of_two = keys.make(tmp_path / "two", WORDS)
    assert set(one).isdisjoint(two)
    with pytest.raises(WrongRecoveryKey, match="another journal"):
        keys.recover(tmp_path / "one", recovery_of_two)


def test_a_wrong_passphrase_is_told_as_one(keys: KeyFile, folder: Path) -> None:
    with pytest.raises(WrongPassphrase, match="does not open this journal"):
        keys.unlock(folder, WORDS + " ")


def test_the_same_words_open_however_the_keyboard_composes_them(keys: KeyFile, tmp_path: Path) -> None:
    made, _ = keys.make(tmp_path, unicodedata.normalize("NFD", "drei Kerzen für Ännchen"))
    assert keys.unlock(tmp_path, unicodedata.normalize("NFC", "drei Kerzen für Ännchen")) == made


def test_the_default_cost_is_256_mib_and_three_passes(tmp_path: Path) -> None:
    keys = KeyFile()
    made, _ = keys.make(tmp_path, WORDS)
    kdf = content_of(tmp_path)["slots"][0]["kdf"]
    assert (kdf["alg"], kdf["m"], kdf["t"], kdf["p"]) == ("argon2id", 256 * MIB, 3, 1)
    assert keys.unlock(tmp_path, WORDS) == made


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_only_the_owner_may_read_the_key_file(folder: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {PRIMARY: 0o600, COPY: 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_key_file_holds_no_secret(keys: KeyFile, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    raw = (tmp_path / PRIMARY).read_bytes()
    secrets = [WORDS.encode(), recovery.encode(), *(key.hex().encode() for key in made[1:])]
    assert made.vault_id.encode() in raw  # the search finds what is there
    assert [secret for secret in secrets if secret in raw] == []


def test_every_flipped_bit_is_damage_and_never_a_wrong_passphrase(keys: KeyFile, folder: Path) -> None:
    (folder / COPY).unlink()
    whole = (folder / PRIMARY).read_bytes()
    for place in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        (folder / PRIMARY).write_bytes(flipped)
        with pytest.raises(KeyFileDamaged):
            keys.unlock(folder, WORDS)


def test_every_flipped_bit_is_noticed_and_the_second_copy_opens(keys: KeyFile, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    whole = (tmp_path / PRIMARY).read_bytes()
    for place in range(0, len(whole) * 8, 3):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        (tmp_path / PRIMARY).write_bytes(flipped)
        assert trouble(keys, tmp_path) == ["The key file (vault.keys) is damaged."]
        assert keys.recover(tmp_path, recovery) == made
        assert (tmp_path / PRIMARY).read_bytes() == bytes(flipped), "nothing is repaired unasked"
    assert keys.unlock(tmp_path, WORDS) == made


@pytest.mark.parametrize("keep", [0, 1, 100, -1])
def test_a_cut_off_file_is_damage(keys: KeyFile, folder: Path, keep: int) -> None:
    (folder / COPY).unlink()
    whole = (folder / PRIMARY).read_bytes()
    (folder / PRIMARY).write_bytes(whole[:keep])
    with pytest.raises(KeyFileDamaged):
        keys.unlock(folder, WORDS)


@pytest.mark.parametrize(
    "raw", [b"\0" * 900, b"[" * 60_000, b"{}\n", b"null\n", b'"\xff"\n', b" " * 70_000], ids=lambda raw: repr(raw[:3])
)
def test_a_foreign_file_is_damage(keys: KeyFile, folder: Path, raw: bytes) -> None:
    (folder / PRIMARY).write_bytes(raw)
    (folder / COPY).write_bytes(raw)
    with pytest.raises(KeyFileDamaged):
        keys.unlock(folder, WORDS)


def test_repair_is_done_on_wish_and_leaves_the_whole_copy_alone(keys: KeyFile, folder: Path) -> None:
    (folder / PRIMARY).write_bytes(b"rot")
    before = (folder / COPY).stat()
    keys.repair(folder)
    assert trouble(keys, folder) == []
    assert (folder / COPY).stat().st_ino == before.st_ino
    assert (folder / PRIMARY).read_bytes() == (folder / COPY).read_bytes()


def test_a_missing_second_copy_is_noticed_and_written_anew_by_repair(keys: KeyFile, folder: Path) -> None:
    (folder / COPY).unlink()
    assert trouble(keys, folder) == ["The second copy of the key file (vault.keys.bak) is missing."]
    keys.repair(folder)
    assert trouble(keys, folder) == []


def test_a_missing_key_file_beside_notes_is_told_apart_from_no_journal(keys: KeyFile, tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        keys.unlock(tmp_path, WORDS)
    with pytest.raises(NoJournal):
        keys.unlock(tmp_path / "nowhere", WORDS)
    (tmp_path / DATABASE).write_bytes(b"notes")
    with pytest.raises(KeyFileDamaged, match="missing"):
        keys.unlock(tmp_path, WORDS)


def test_a_newer_format_is_told_as_one(keys: KeyFile, folder: Path) -> None:
    of_today = (folder / COPY).read_bytes()
    forge(folder, format="kapjournal-keys/2", slots="something else")
    with pytest.raises(NewerFormat, match="newer version"):
        keys.unlock(folder, WORDS)
    (folder / COPY).write_bytes(of_today)
    with pytest.raises(NewerFormat, match="newer version"):
        keys.change_passphrase(folder, WORDS, OTHER)
    (folder / PRIMARY).replace(folder / COPY)
    with pytest.raises(NewerFormat, match="newer version"):
        keys.unlock(folder, WORDS)


def test_the_sentences_are_all_different() -> None:
    told = [
        value for name, value in vars(keyfile).items() if name.isupper() and isinstance(value, str) and " " in value
    ]
    assert len(told) >= 8
    assert len(set(told)) == len(told)
    assert not any("!" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("m", "t"), [(LEAST_MEMORY - 1, 3), (MOST_MEMORY + 1, 3), (LEAST_MEMORY, 1), (LEAST_MEMORY, 17), (2**62, 3)]
)
def test_a_cost_outside_the_caps_is_never_run(
    keys: KeyFile, folder: Path, m: int, t: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot, recovery = content_of(folder)["slots"]
    forge(folder, slots=[{**slot, "kdf": {**slot["kdf"], "m": m, "t": t}}, recovery])
    monkeypatch.setattr(slots, "passphrase_key", lambda *_: pytest.fail("the parameters were run"))
    with pytest.raises(KeyFileDamaged):
        keys.unlock(folder, WORDS)


def test_nothing_is_written_that_could_not_be_read_again() -> None:
    with pytest.raises(ValueError, match="read again"):
        KeyFile(cost=Cost(LEAST_MEMORY - 1, 2))


def test_a_change_by_someone_without_the_keys_is_found_after_unlocking(keys: KeyFile, folder: Path) -> None:
    forge(folder, gen=7)
    with pytest.raises(KeyFileDamaged, match="outside the app"):
        keys.unlock(folder, WORDS)


def test_a_slot_of_another_journal_does_not_open(keys: KeyFile, folder: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "other", OTHER)
    forge(folder, slots=content_of(tmp_path / "other")["slots"])
    with pytest.raises(WrongPassphrase):
        keys.unlock(folder, OTHER)


def test_changing_the_passphrase_keeps_the_keys_and_the_recovery_key(keys: KeyFile, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    keys.change_passphrase(tmp_path, WORDS, OTHER)
    assert keys.unlock(tmp_path, OTHER) == made
    assert keys.recover(tmp_path, recovery) == made
    assert content_of(tmp_path)["gen"] == 2
    assert trouble(keys, tmp_path) == []
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, WORDS)


def test_a_wrong_old_passphrase_changes_nothing(keys: KeyFile, folder: Path) -> None:
    before = (folder / PRIMARY).read_bytes()
    with pytest.raises(WrongPassphrase):
        keys.change_passphrase(folder, OTHER, OTHER)
    assert (folder / PRIMARY).read_bytes() == before == (folder / COPY).read_bytes()


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_key(keys: KeyFile, tmp_path: Path) -> None:
    made, recovery = keys.make(tmp_path, WORDS)
    keys.reset_passphrase(tmp_path, recovery, OTHER)
    assert keys.unlock(tmp_path, OTHER) == made


def test_a_new_recovery_key_puts_the_old_one_out_of_use(keys: KeyFile, tmp_path: Path) -> None:
    made, old = keys.make(tmp_path, WORDS)
    new = keys.renew_recovery_key(tmp_path, WORDS)
    assert keys.recover(tmp_path, new) == made
    assert keys.test_recovery(tmp_path, old) is False
    assert keys.test_recovery(tmp_path, new) is True
    assert keys.unlock(tmp_path, WORDS) == made


def test_a_journal_that_stands_is_never_written_over(keys: KeyFile, folder: Path) -> None:
    before = (folder / PRIMARY).read_bytes()
    with pytest.raises(Refused):
        keys.make(folder, OTHER)
    (folder / PRIMARY).unlink()
    (folder / COPY).unlink()
    (folder / DATABASE).write_bytes(b"notes")
    with pytest.raises(Refused):
        keys.make(folder, OTHER)
    assert before
    assert [path.name for path in folder.iterdir()] == [DATABASE]


@pytest.mark.parametrize("refused", [PRIMARY, COPY])
def test_a_disk_that_refuses_leaves_the_old_passphrase_in_force(
    keys: KeyFile, folder: Path, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = keyfile.write_private

    def full(path: Path, content: bytes) -> None:
        if path.name == refused:
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(keyfile, "write_private", full)
    with pytest.raises(NotSaved):
        keys.change_passphrase(folder, WORDS, OTHER)
    assert keys.unlock(folder, WORDS)
    with pytest.raises(NotSaved):
        keys.make(folder.parent / "new", WORDS)
    assert list((folder.parent / "new").iterdir()) == []


def test_a_cut_between_the_two_copies_is_noticed(keys: KeyFile, folder: Path) -> None:
    old = (folder / PRIMARY).read_bytes()
    keys.change_passphrase(folder, WORDS, OTHER)
    (folder / COPY).write_bytes(old)
    assert any("differ" in sentence for sentence in trouble(keys, folder))
    keys.repair(folder)
    assert trouble(keys, folder) == []
    assert keys.unlock(folder, OTHER)


def test_a_bad_sector_under_the_first_copy_is_damage_and_the_second_opens(
    keys: KeyFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sectors(monkeypatch, OSError(5, "Input/output error"), PRIMARY)
    assert keys.unlock(folder, WORDS)
    assert trouble(keys, folder) == ["The key file (vault.keys) is damaged."]
    sectors(monkeypatch, OSError(5, "Input/output error"), PRIMARY, COPY)
    with pytest.raises(KeyFileDamaged):
        keys.unlock(folder, WORDS)


def test_a_file_that_may_not_be_read_is_not_called_damaged(
    keys: KeyFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sectors(monkeypatch, PermissionError(13, "Permission denied"), PRIMARY, COPY)
    with pytest.raises(JournalError, match="does not allow") as told:
        keys.unlock(folder, WORDS)
    assert not isinstance(told.value, KeyFileDamaged)


def sectors(monkeypatch: pytest.MonkeyPatch, answer: OSError, *names: str) -> None:
    read = Path.read_bytes

    def reading(path: Path) -> bytes:
        if path.name in names:
            raise answer
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", reading)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b'"gen":1', b'"gen": 1'),
        lambda raw: raw.replace(b'"gen":1', b'"gen":1,"gen":1'),
        lambda raw: raw.replace(b'"gen":1', b'"gen":1.0'),
        lambda raw: raw + b"\n",
        lambda raw: raw[:-1],
    ],
    ids=["space", "twice", "float", "line added", "line taken"],
)
def test_only_the_canonical_bytes_are_whole(keys: KeyFile, folder: Path, change: Callable[[bytes], bytes]) -> None:
    (folder / PRIMARY).write_bytes(change((folder / PRIMARY).read_bytes()))
    assert trouble(keys, folder) == ["The key file (vault.keys) is damaged."]


def test_too_little_memory_is_told_as_such(keys: KeyFile, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(slots.argon2id, "kdf", none_left)
    with pytest.raises(JournalError, match="not enough free memory"):
        keys.unlock(folder, WORDS)

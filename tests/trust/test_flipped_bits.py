"""One flipped bit, asked about from the command line: told as damage, and never as a wrong passphrase.

`make trust` tries every bit of the key file and many more of the database.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kapjournal import cli
from kapjournal.app import fill_demo
from kapjournal.application.open_vault import open_journal
from kapjournal.domain.errors import ExitCode
from kapjournal.storage.opening import DATABASE, PAGE_BYTES
from kapjournal.vault.keyfile import COPY, PRIMARY
from tests.journeys.stage import PASSPHRASE, parts, vault

THOROUGH = "KAPJOURNAL_TRUST_ROUNDS" in os.environ
KEY_FILE_STEP = 1 if THOROUGH else 7  # seven leaves out no byte
DATABASE_BITS = 1500 if THOROUGH else 60

pytestmark = pytest.mark.trust


class Answer(NamedTuple):
    """What the command line said."""

    code: int
    out: str
    trouble: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with a whole course in it."""
    folder = vault(tmp_path_factory.mktemp("demo") / "demo.kapvault")
    p = parts()
    journal = open_journal(p.keys, p.journals, folder, PASSPHRASE).journal
    fill_demo(journal)
    journal.close()
    return folder


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return Path(shutil.copytree(demo, tmp_path / "broken.kapvault"))


@pytest.fixture
def ask(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command line, in this process: the same code without the time that a new one takes to start."""
    monkeypatch.setenv("KAPJOURNAL_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(cli, "forbid_core_dumps", lambda: None)  # it is this process that runs the other tests
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")

    def asked(*words: str, vault: Path = folder) -> Answer:
        code = cli.main(["--vault", str(vault), "--passphrase-file", str(passphrase), *words])
        return Answer(code, *capsys.readouterr())

    return asked


def flipped(whole: bytes, bit: int) -> bytes:
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << bit % 8
    return bytes(broken)


def told_as_damage(answer: Answer) -> bool:
    return answer.code == ExitCode.DAMAGED and "damaged" in answer.trouble and "does not open" not in answer.trouble


def test_unbroken_it_is_whole_and_a_wrong_passphrase_is_told_as_one(ask: Ask, tmp_path: Path) -> None:
    assert ask("verify").code == ExitCode.DONE
    assert ask("list", "entries").code == ExitCode.DONE
    (tmp_path / "passphrase").write_text("river lantern apple seven quiet windows\n", "utf-8")
    wrong = ask("verify")
    assert wrong.code == ExitCode.WRONG_KEY
    assert "does not open" in wrong.trouble
    assert "damage" not in wrong.trouble


def test_any_bit_of_the_database_is_damage(ask: Ask, folder: Path) -> None:
    file, chance = folder / DATABASE, random.Random(11)
    whole = file.read_bytes()
    first = range(0, 100 * 8, 5 if THOROUGH else 41)
    seals = [page * 8 - 1 - chance.randrange(80 * 8) for page in range(PAGE_BYTES, len(whole) + 1, PAGE_BYTES * 7)]
    anywhere = [chance.randrange(len(whole) * 8) for _ in range(DATABASE_BITS)]
    for number, bit in enumerate([*first, *seals, *anywhere]):
        file.write_bytes(broken := flipped(whole, bit))
        answer = ask(*(("verify",) if number % 2 else ("list", "entries")))
        assert told_as_damage(answer), f"bit {bit}: {answer}"
        assert file.read_bytes() == broken, f"bit {bit}: a damaged file was written to"
    file.write_bytes(whole)
    assert ask("verify").code == ExitCode.DONE


def test_any_bit_of_a_key_file_without_a_second_copy_is_damage(ask: Ask, folder: Path) -> None:
    (folder / COPY).unlink()
    file = folder / PRIMARY
    whole = file.read_bytes()
    for bit in range(0, len(whole) * 8, KEY_FILE_STEP):
        file.write_bytes(flipped(whole, bit))
        answer = ask("list", "clients")
        assert told_as_damage(answer), f"bit {bit}: {answer}"
    file.write_bytes(whole)
    assert ask("list", "clients").code == ExitCode.DONE


@pytest.mark.parametrize("name", [PRIMARY, COPY])
def test_any_bit_of_one_of_two_copies_is_told_and_the_journal_opens(ask: Ask, folder: Path, name: str) -> None:
    file, chance = folder / name, random.Random(12)
    whole = file.read_bytes()
    for bit in chance.sample(range(len(whole) * 8), 200 if THOROUGH else 12):
        file.write_bytes(flipped(whole, bit))
        listed = ask("list", "clients")
        assert listed.code == ExitCode.DONE, f"bit {bit}: {listed}"
        assert f"({name}) is damaged" in listed.trouble
        checked = ask("verify")
        assert checked.code == ExitCode.DAMAGED, f"bit {bit}: {checked}"
        assert (
            f"TROUBLE  The {'second copy of the ' if name == COPY else ''}key file ({name}) is damaged" in checked.out
        )

"""Real processes: a second one is turned away, and one that is killed has lost nothing it had shown as saved."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kapjournal.domain.errors import JournalInUse
from tests.storage.journals import KEYS, closed, entry, filled, store
from tests.storage.writer import WORDS

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("KAPJOURNAL_KILLS", "6"))


@contextmanager
def program(folder: Path, *how: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(folder), *how],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
    )  # fmt: skip
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_process_is_turned_away_at_once_and_changes_nothing(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    with program(folder, "hold") as holder:
        assert said(holder) == "ready"
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        with pytest.raises(JournalInUse):
            store().open(folder, KEYS)
        with pytest.raises(JournalInUse):
            store().make(folder, KEYS)
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    journal = store().open(folder, KEYS)  # the lock ended with the process
    assert len(journal.entries()) == 20
    journal.close()


def test_sqlites_own_lock_holds_without_the_lock_file(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    with program(folder, "hold") as holder:
        assert said(holder) == "ready"
        (folder / "vault.lock").unlink()
        with pytest.raises(JournalInUse):
            store().open(folder, KEYS)


def test_a_second_window_of_the_same_process_is_turned_away(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j")
    with pytest.raises(JournalInUse):
        store().open(tmp_path / "j", KEYS)
    journal.keep(entry(50))
    journal.close()
    store().open(tmp_path / "j", KEYS).close()


@pytest.mark.trust
def test_a_killed_program_loses_nothing_it_had_saved(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", entries=0)
    chance = random.Random(11)
    shown = -1
    for _ in range(ROUNDS):
        with program(folder) as writer:
            assert said(writer) == "ready"
            for _ in range(chance.randrange(1, 90)):
                shown = int(said(writer))
            writer.kill()
            assert writer.stdout is not None
            rest = [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
            shown = max([shown, *rest])
        journal = store().open(folder, KEYS)
        kept = journal.entries()
        assert kept == tuple(entry(number, WORDS) for number in range(len(kept)))
        assert shown < len(kept) <= shown + 2, "saved and shown, or saved and killed before it could be shown"
        assert journal.desk("line") in {None, f"half of {len(kept)}", f"half of {len(kept) - 1}"}
        assert all(finding.whole for finding in journal.verify())
        journal.close()
    assert shown > 20

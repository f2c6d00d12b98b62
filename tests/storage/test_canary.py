"""No word that was kept lies readable in a file; the same search does find it where it is readable."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.storage.journals import entry, filled

CANARY = "quetzalfeather"


def files_with(word: str, folder: Path) -> set[str]:
    forms = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    return {file.name for file in folder.iterdir() if any(form in file.read_bytes() for form in forms)}


def test_the_search_finds_what_is_readable(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("CREATE TABLE said (words TEXT)")
    plain.execute("INSERT INTO said VALUES (?)", (f"a {CANARY} fell",))
    plain.commit()
    found = files_with(CANARY, tmp_path)
    plain.close()
    assert found == {"plain.db-wal"}
    assert files_with(CANARY, tmp_path) == {"plain.db"}


def test_no_file_holds_a_readable_word(tmp_path: Path) -> None:
    folder = tmp_path / "j"
    journal = filled(folder)
    journal.keep(entry(100, CANARY), desk={"live/line": f"half a {CANARY}"})
    assert journal.search(CANARY)
    assert CANARY in (journal.desk("live/line") or "")
    assert {file.name for file in folder.iterdir()} == {"vault.db", "vault.db-wal", "vault.lock"}
    assert files_with(CANARY, folder) == set()
    journal.settle()
    assert files_with(CANARY, folder) == set()
    journal.close()
    assert files_with(CANARY, folder) == set()

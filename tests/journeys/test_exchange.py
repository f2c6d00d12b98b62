"""A whole course goes into a real encrypted journal and comes out again, through the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PROJECT

WORDS = "harbour lantern pebble quiet meadow seven"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kapjournal(tmp_path: Path) -> Run:
    (tmp_path / "words").write_text(WORDS + "\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "src"),
        "KAPJOURNAL_HOME": str(tmp_path / "home"),
        "KAPJOURNAL_PASSPHRASE_FILE": str(tmp_path / "words"),
    }

    def run(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [sys.executable, "-W", "error", "-m", "kapjournal", *(str(word) for word in words)],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # no terminal to ask at
            check=False,
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        assert "Traceback" not in ended.stderr
        return ended

    return run


def objects(path: Path) -> list[str]:
    return sorted(json.dumps(json.loads(line), sort_keys=True) for line in path.read_text("utf-8").splitlines())


def test_a_course_goes_in_and_comes_out_as_the_same_set(kapjournal: Run, shared_data: Path, tmp_path: Path) -> None:
    course = shared_data / "course-wren.jsonl"
    kapjournal("new", "first")
    assert "339 entries" in kapjournal("import", course).stdout
    assert "taken in" not in kapjournal("import", course).stdout
    assert len(json.loads(kapjournal("list", "entries", "--json").stdout)) == 339
    kapjournal("export", "out", "--plaintext")
    assert objects(tmp_path / "out" / "journal.jsonl") == objects(course)

    kapjournal("new", "second")
    kapjournal("--vault", "second", "import", "out/journal.jsonl")
    kapjournal("--vault", "second", "export", "again", "--plaintext")
    assert objects(tmp_path / "again" / "journal.jsonl") == objects(course)

    assert json.loads(kapjournal("--json", "verify").stdout)["whole"] is True
    doctor = kapjournal("doctor").stdout
    assert "No words of the newest notes can be read" in doctor


def test_no_file_of_the_program_holds_a_word_of_the_course(kapjournal: Run, shared_data: Path, tmp_path: Path) -> None:
    kapjournal("new", "journal")
    kapjournal("import", shared_data / "course-wren.jsonl")
    kapjournal("list", "entries")
    kapjournal("verify")
    telling = [b"hi-vis tote full of mouthpieces", b"Stairs girl", b"band director"]

    def holding() -> set[Path]:
        written = [path for path in tmp_path.rglob("*") if path.is_file()]
        return {path for path in written if any(words in path.read_bytes() for words in telling)}

    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) >= 5
    assert holding() == set()
    kapjournal("export", "out", "--plaintext")
    assert {path.name for path in holding()} == {"journal.jsonl", "journal.html"}


def test_a_bad_line_at_the_end_of_a_long_file_leaves_an_empty_journal(
    kapjournal: Run, shared_data: Path, tmp_path: Path
) -> None:
    course = (shared_data / "course-wren.jsonl").read_text("utf-8")
    (tmp_path / "cut.jsonl").write_text(course[:-20], encoding="utf-8")
    kapjournal("new", "journal")
    ended = kapjournal("import", "cut.jsonl", code=1)
    assert ended.stdout == ""
    assert ended.stderr == (
        "cut.jsonl, line 408: the line breaks off, so the file was probably cut short; copy it again."
        " Nothing was imported.\n"
    )
    assert json.loads(kapjournal("list", "clients", "--json").stdout) == []


def test_without_a_terminal_or_a_file_the_passphrase_is_not_guessed(kapjournal: Run, tmp_path: Path) -> None:
    kapjournal("new", "journal")
    (tmp_path / "words").unlink()
    assert "cannot be read" in kapjournal("list", "clients", code=2).stderr


@pytest.mark.skipif(os.name != "posix", reason="a pipe that is closed early looks otherwise elsewhere")
def test_a_reader_who_has_seen_enough_ends_a_list_quietly(kapjournal: Run, shared_data: Path, tmp_path: Path) -> None:
    kapjournal("new", "journal")
    kapjournal("import", shared_data / "course-wren.jsonl")
    words = f'"{sys.executable}" -m kapjournal --passphrase-file words --vault journal list entries | head -1'
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "KAPJOURNAL_HOME": str(tmp_path / "home")}
    ended = subprocess.run(
        ["/bin/sh", "-c", words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("time")
    assert ended.stderr == ""

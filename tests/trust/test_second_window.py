"""A journal that is open already: whoever else asks is told so, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapjournal import cli
from kapjournal.domain.errors import ExitCode
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.machine import SystemClock
from tests.conftest import PROJECT
from tests.journeys.stage import PASSPHRASE, Stage, looked_into, type_text, until, vault
from tests.trust.playing import Facts, command, surroundings

IN_USE = "This journal is open in another window. Close it there first; nothing was changed here."


class First:
    """The process that has the journal open, with a session in front and a half-typed line."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._process = subprocess.Popen(
            command("hold", folder), cwd=PROJECT, env=surroundings({"KAPJOURNAL_HOME": str(home)}),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.heard()

    def heard(self) -> Facts:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))

    def write(self, line: str) -> list[str]:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return list(self.heard()["saved"])

    def quit(self) -> None:
        if self._process.poll() is None:
            self._process.communicate(timeout=60)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAPJOURNAL_HOME", str(tmp_path / "home"))
    return vault(tmp_path / "practice.kapvault")


@pytest.fixture
def first(folder: Path, tmp_path: Path) -> Iterator[First]:
    first = First(folder, tmp_path / "first")
    yield first
    first.quit()


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_command_line_is_told_and_changes_nothing(
    folder: Path, first: First, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "forbid_core_dumps", lambda: None)
    (tmp_path / "passphrase").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "in.jsonl").write_text('{"type": "header", "format": "kapjournal-interchange", "version": 1}\n')
    before = contents(folder)
    assert "vault.db-wal" in before
    commands = (["verify"], ["list", "entries"], ["doctor"], ["import", str(tmp_path / "in.jsonl")],
                ["export", str(tmp_path / "out"), "--plaintext"])  # fmt: skip
    for words in commands:
        code = cli.main(["--vault", str(folder), "--passphrase-file", str(tmp_path / "passphrase"), *words])
        assert (code, capsys.readouterr().err.strip()) == (ExitCode.IN_USE, IN_USE), words
    assert contents(folder) == before
    assert not (tmp_path / "out").exists()
    assert first.write("and on we go") == ["held by the first", "half of it", "and on we go"]


def test_a_second_window_is_told_and_changes_nothing_and_opens_later(folder: Path, first: First, qtbot: QtBot) -> None:
    before = contents(folder)
    second = Stage(folder, SystemClock())
    second.navigator.go_unlock(folder)
    view = second.navigator.window.screen_shown
    assert isinstance(view, UnlockView)
    page = view.open_page
    for ask in range(2):
        type_text(page.passphrase, PASSPHRASE)
        second.press(Qt.Key.Key_Return, at=page.passphrase)
        if ask == 0:
            until(lambda: page.banner.words.text() == IN_USE, "it is told")
            assert page.banner.isVisible()
            assert contents(folder) == before
            first.quit()
    until(lambda: second.navigator.presenter is not None, "it opens now")
    second.settle()
    assert second.line.toPlainText() == "half of it"
    second.quit()
    with looked_into(folder) as journal:
        assert [entry.text for entry in journal.entries()] == ["held by the first"]
        assert all(finding.whole for finding in journal.verify())

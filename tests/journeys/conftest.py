"""A home of its own for every journey."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Clock
from kapjournal.paths import folders
from tests.journeys.stage import Stage, looked_into, vault


@pytest.fixture(scope="session")
def new_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty journal, made once and copied for every journey."""
    return vault(tmp_path_factory.mktemp("new") / "practice.kapvault")


@pytest.fixture(scope="session")
def wren_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with the whole course of Wren, made once and copied for every journey."""
    folder = vault(tmp_path_factory.mktemp("wren") / "practice.kapvault")
    with looked_into(folder) as journal:
        import_records(journal, Path(__file__).parents[1] / "data" / "course-wren.jsonl")
    return folder


@pytest.fixture
def wren(wren_journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A copy of that journal, under a path that is no longer than people have them: where it lies is shown."""
    return lambda: shutil.copytree(wren_journal, tmp_path_factory.mktemp("w") / "wren.kapvault")


@pytest.fixture
def stage(
    new_journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Callable[..., Stage]]:
    """Raises the curtain: `stage()` is the program with a new journal, `stage(folder)` with one that stands."""
    monkeypatch.setenv("KAPJOURNAL_HOME", str(tmp_path / "home"))
    raised: list[Stage] = []

    def raise_curtain(folder: Path | None = None, clock: Clock | None = None) -> Stage:
        if folder is None:
            folder = tmp_path / "practice.kapvault"
            shutil.copytree(new_journal, folder)
        raised.append(Stage(folder, clock))
        return raised[-1]

    yield raise_curtain
    for one in raised:
        if not one.closed:
            one.quit()
    reports = [report.read_text("utf-8") for report in folders().crash_reports.glob("*")]
    assert not reports, reports

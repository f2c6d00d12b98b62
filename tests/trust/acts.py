"""What the trust tests have the real program do in a process of its own: `python -m tests.trust.acts NAME FOLDER …`.

Each act plays on the stage of the journeys and prints one JSON object: what was shown, and what was found.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from kapjournal.application.keep_entry import read_draft
from kapjournal.application.start_session import draft_place, running_session
from kapjournal.gui.live.state import Live
from kapjournal.machine import SystemClock
from tests.conftest import PROJECT
from tests.journeys.stage import Stage, looked_into, type_text, until, vault

Facts = dict[str, Any]


def play(
    name: str, *arguments: Path | str, before: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Facts:
    """Have an act played in a process of its own; `before` is a command that runs it, such as one that makes a room."""
    done = subprocess.run(
        [*before, *command(name, *arguments)],
        cwd=PROJECT, env=surroundings(environment), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def command(name: str, *arguments: Path | str) -> list[str]:
    """The command that plays an act."""
    return [sys.executable, "-m", "tests.trust.acts", name, *map(str, arguments)]


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of such a process."""
    path = f"{PROJECT / 'src'}{os.pathsep}{PROJECT}"
    return {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen", **(more or {})}


def say(**facts: object) -> None:
    """Print what was found, at once."""
    os.write(1, json.dumps(facts).encode() + b"\n")


def state(stage: Stage) -> Live:
    """What the live view shows now."""
    shown = stage.view._state
    assert shown is not None
    return shown


def saved_rows(shown: Live) -> list[str]:
    """The words of the rows that stand in the stream as kept, in order."""
    return [said(row.spans) for row in shown.rows if not waits(row.flags)]


def waiting_rows(shown: Live) -> list[str]:
    """The words of the rows that are marked as not saved yet."""
    return [said(row.spans) for row in shown.rows if waits(row.flags)]


def said(spans: Sequence[Any]) -> str:
    return "".join(span.text for span in spans).strip()


def waits(flags: Sequence[Any]) -> bool:
    return any("not saved" in flag.text for flag in flags)


def found(folder: Path) -> Facts:
    """What the journal holds, as another program finds it."""
    with looked_into(folder) as journal:
        session = running_session(journal)
        assert session is not None
        return {
            "entries": [entry.text for entry in journal.entries()],
            "draft": read_draft(journal.desk(draft_place(session.id))).text,
            "trouble": [finding.sentence for finding in journal.verify() if not finding.whole],
        }


# --- the disk is full --------------------------------------------------------------------------------------------


def full_disk(place: str, how: str) -> None:
    """Write, fill the disk, write on, make room; `how` is "fill" (a small drive) or "limit" (no file may grow)."""
    QApplication([])
    stage = Stage(vault(Path(place) / "practice.kapvault"), SystemClock())
    stage.open()
    stage.session_with("Wren")
    for line in ("one before", "two before"):
        stage.write(line)
    make_room = fill(Path(place)) if how == "fill" else forbid_growth(stage.folder)
    for line in ("three while full", "four while full", "five while full"):
        stage.write(line)
    type_text(stage.line, "half of si")
    until(lambda: bool(state(stage).capture.trouble), "trouble is told")
    until(lambda: len(waiting_rows(state(stage))) == 3, "what waits is shown")
    shown = state(stage)
    labels = [label.text() for label in stage.view.capture.findChildren(QLabel) if label.isVisibleTo(stage.view)]
    facts: Facts = {
        "sentence": shown.capture.trouble,
        "labels": labels,
        "line": stage.view.capture.line.toPlainText(),
        "saved_while_full": saved_rows(shown),
        "waiting": waiting_rows(shown),
    }
    make_room()
    until(lambda: not state(stage).capture.trouble and not stage.navigator.presenter.keeping.pending, "all is saved")
    type_text(stage.line, "x")
    stage.settle()
    facts["saved_after"] = saved_rows(state(stage))
    facts["waiting_after"] = waiting_rows(state(stage))
    stage.quit()
    say(**facts, **found(stage.folder))


def fill(place: Path) -> Callable[[], None]:
    """Leave no room on a drive; what is returned makes room again."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1024))
    return ballast.unlink


def forbid_growth(folder: Path) -> Callable[[], None]:
    """Let no file of this process grow beyond what the log has now, as a quota would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "vault.db-wal").stat().st_size, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])

"""Has acts played, each by the real program in a process of its own; see acts.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import PROJECT

Facts = dict[str, Any]


class Played(NamedTuple):
    """How an act went: what it found, and everything it printed."""

    facts: Facts
    ended: int
    printed: bytes


def play(
    name: str, *arguments: Path | str, before: Sequence[str] = (), environment: Mapping[str, str] | None = None,
    cwd: Path = PROJECT, ends: int = 0,
) -> Played:  # fmt: skip
    """Have an act played in a process of its own; `before` is a command that runs it, such as a mount."""
    words = [*before, *command(name, *arguments)]
    done = subprocess.run(words, cwd=cwd, env=surroundings(environment), capture_output=True, check=False, timeout=120)
    assert done.returncode == ends, done.stderr.decode()[-3000:]
    return Played(dict(json.loads(done.stdout.splitlines()[-1])), done.returncode, done.stdout + done.stderr)


def command(name: str, *arguments: Path | str) -> list[str]:
    """The command that plays an act."""
    return [sys.executable, "-m", "tests.trust.acts", name, *map(str, arguments)]


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of such a process."""
    path = f"{PROJECT / 'src'}{os.pathsep}{PROJECT}"
    return {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen", **(more or {})}

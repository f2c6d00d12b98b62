"""Starts the processes that are measured, each with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Figures = dict[str, float | None]


def run(*words: str) -> Figures:
    """What `bench.process` printed, and `start_ms`, from before it was started to what it painted."""
    with tempfile.TemporaryDirectory() as home:
        known = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KAPJOURNAL_HOME": home}
        known["PYTHONPATH"] = os.pathsep.join((str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1])))
        begun = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-m", "bench.process", *words], env=known, capture_output=True, text=True, check=True
        )
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    painted = figures.pop("painted", None)
    return {**figures, "start_ms": (painted - begun) * 1000} if painted is not None else figures

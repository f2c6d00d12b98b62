"""Drives the real windows through a course without a screen: pictures of every screen, a demo, and a check of itself.

Everything happens on a throwaway journal below a folder of its own in the temporary folder, with settings of its own,
and by a clock that the tour moves. Nothing of it is left but the pictures, and the bundle
that was sealed with the key that opens it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapjournal import paths

LOOKS = ("day", "dusk", "night")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def run_tour(out: Path, look: str | None = None) -> int:
    """Drive the course in one look, or in all three; pictures go to `out`. 1 if a step did not do what it should."""
    if sys.platform == "linux" and not any(os.environ.get(screen) for screen in SCREENS):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kapjournal.tour.course import drive  # noqa: PLC0415 - Qt reads the platform when it is loaded

    out.mkdir(parents=True, exist_ok=True)
    done = []
    for each in LOOKS if look is None else (look,):
        with throwaway_home():
            done.append(drive(out, each))
    print(f"{sum(ended.steps for ended in done)} steps, {sum(ended.pictures for ended in done)} pictures in {out}")
    return 0 if all(ended.well for ended in done) else 1


@contextmanager
def throwaway_home() -> Iterator[None]:
    """A home for the program, with its journals and settings, which is gone afterwards."""
    before = os.environ.get(paths.HOME_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="kapjournal-tour-") as folder:
        os.environ[paths.HOME_VARIABLE] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[paths.HOME_VARIABLE]
            else:
                os.environ[paths.HOME_VARIABLE] = before

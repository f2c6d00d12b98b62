"""The longer invented course that the tour opens, Wren’s eight sessions. It lies with the tests, not in the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kapjournal import resources

WREN: Final = "wren"  # her id


def sample_course() -> Path | None:
    """The file, in a checkout; None in an installed program."""
    path = resources.path().parent / "tests" / "data" / "course-wren.jsonl"
    return path if path.is_file() else None

"""A keystroke becomes a durable row: a whole session typed into the real window, and every line in the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.journeys.stage import Stage, looked_into


def test_a_line_is_kept(stage: Callable[..., Stage], tmp_path: Path) -> None:
    s = stage()
    s.open()
    s.session_with("Wren")
    s.write("they are all holding me")
    s.write('"lips fuzzy')
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [e.text for e in journal.entries()] == ["they are all holding me", "lips fuzzy"]

"""The disk is full: told in a sentence, the words stay on the screen, and all is saved in order once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.playing import Facts, play

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="neither a small drive nor a limit can be made here")

BEFORE = ["one before", "two before"]
WHILE_FULL = ["three while full", "four while full", "five while full"]


def small_drive(place: Path) -> list[str]:
    """A command that runs another with a drive of 3 MB at `place`, which only it sees; none where it is not allowed."""
    inside = f'mount -t tmpfs -o size=3m none "{place}" && exec "$@"'
    unshare = [shutil.which("unshare") or "", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    words = [*unshare, "sh", "-c", inside, "sh"]
    allowed = unshare[0] and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if allowed else []


def told_and_made_good(facts: Facts) -> None:
    assert facts["sentence"] == "The disk is full. What you wrote is still here; make room and it will be saved."
    assert "Not saved yet." in facts["labels"]
    assert facts["sentence"] in facts["labels"]
    assert not any(label.startswith("saved") for label in facts["labels"])
    assert facts["line"] == "half of si"
    assert facts["saved_while_full"] == BEFORE
    assert facts["waiting"] == WHILE_FULL
    assert facts["waiting_after"] == []
    assert facts["saved_after"] == facts["entries"] == BEFORE + WHILE_FULL
    assert facts["draft"] == "half of six"
    assert facts["trouble"] == []


def test_a_full_drive(tmp_path: Path) -> None:
    place = tmp_path / "drive"
    place.mkdir()
    words = small_drive(place)
    if not words:
        pytest.skip("no small drive can be mounted here, not even for one process; the next test makes do without")
    told_and_made_good(play("full_disk", place, "fill", before=words).facts)


def test_a_quota_that_is_used_up(tmp_path: Path) -> None:
    told_and_made_good(play("full_disk", tmp_path, "limit").facts)

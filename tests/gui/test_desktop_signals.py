"""The desktop locks the screen or goes to sleep: heard on a private bus, by the whole program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.trust.playing import play

# One bus for both: the signals of the real desktop must neither be heard nor be disturbed.
BOTH_BUSES = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$@"'


def private_bus() -> list[str]:
    """A command that runs another on a bus of its own; empty where there is no such thing."""
    words = [shutil.which("dbus-run-session") or "", "--", "sh", "-c", BOTH_BUSES, "sh"]
    works = words[0] and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if works else []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other desktops have no such bus")
def test_lock_and_sleep_are_heard(tmp_path: Path) -> None:
    bus = private_bus()
    if not bus:
        pytest.skip("THE SCREEN LOCK WAS NOT TESTED: there is no dbus-run-session here (Debian: the package dbus)")
    facts = play("desktop", tmp_path, before=bus, environment={"KAPJOURNAL_HOME": str(tmp_path / "home")}).facts
    assert facts["owned"], "the act could not play the desktop"
    assert facts["listening"]
    assert facts["locked"] == ["freedesktop", "gnome"]
    assert facts["draft_when_veiled"] == ["0", "01", "012"]

"""The running process: no network, and no copy of its memory on the disk when it crashes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal.application.open_vault import open_journal
from kapjournal.application.start_session import add_client, start_session
from tests.journeys.stage import PASSPHRASE, parts, vault
from tests.trust.playing import command, play, surroundings

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="read from Linux's own account of the process")


# --- no network --------------------------------------------------------------------------------------------------


@linux_only
def test_a_whole_session_reaches_for_no_network(tmp_path: Path) -> None:
    facts = play("offline", tmp_path, environment={"KAPJOURNAL_HOME": str(tmp_path / "home")}).facts
    assert facts["heard"] == []
    assert set(facts["open_sockets"]) <= {"AF_UNIX"}, "only the desktop of this computer is spoken to"


@linux_only
def test_reaching_for_a_network_would_be_heard(tmp_path: Path) -> None:
    facts = play("offline", tmp_path, "control", environment={"KAPJOURNAL_HOME": str(tmp_path / "home")}).facts
    assert facts["heard"] == ["socket.connect"]
    assert "AF_INET" in facts["open_sockets"]


# --- core dumps --------------------------------------------------------------------------------------------------


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """The program as it is started from the command line, with a running session in front."""
    limited = getattr(request, "param", "limited")
    folder = vault(tmp_path / "practice.kapvault")
    p = parts()
    journal = open_journal(p.keys, p.journals, folder, PASSPHRASE).journal
    start_session(journal, p.clock, p.new_id, add_client(journal, p.new_id, "Wren").id)
    journal.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE, "utf-8")
    process = subprocess.Popen(
        command("app", folder, tmp_path / "passphrase", limited),
        cwd=tmp_path, env=surroundings({"KAPJOURNAL_HOME": str(tmp_path / "home")}), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["pid"] == process.pid
    yield process
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.communicate()


def dumped_by(process: subprocess.Popen[str]) -> bool:
    """Crash it; whether the system says that it wrote its memory down."""
    os.kill(process.pid, signal.SIGABRT)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == -signal.SIGABRT
    return os.WCOREDUMP(status)


@linux_only
def test_the_running_program_leaves_no_core_dump(running: subprocess.Popen[str], tmp_path: Path) -> None:
    limits = Path(f"/proc/{running.pid}/limits").read_text("ascii").splitlines()
    assert [line.split()[4:6] for line in limits if line.startswith("Max core file size")] == [["0", "0"]]
    assert not dumped_by(running)
    assert list(tmp_path.glob("core*")) == []


@linux_only
@pytest.mark.parametrize("running", [""], indirect=True)
def test_it_leaves_none_even_where_the_limit_is_passed_over(running: subprocess.Popen[str], tmp_path: Path) -> None:
    """As where the system hands dumps to a collector, which does not ask for the limit."""
    limits = Path(f"/proc/{running.pid}/limits").read_text("ascii").splitlines()
    assert [line.split()[4] for line in limits if line.startswith("Max core file size")] != ["0"]
    assert not dumped_by(running)
    assert list(tmp_path.glob("core*")) == []


@linux_only
def test_a_program_that_forbids_nothing_is_seen_to_dump(tmp_path: Path) -> None:
    process = subprocess.Popen(command("crash_plainly"), cwd=tmp_path, env=surroundings(), text=True)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if not os.WCOREDUMP(status):
        pytest.skip("this machine writes no core dumps for anyone, so the tests above say little here")

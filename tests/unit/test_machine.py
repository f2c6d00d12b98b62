import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kapjournal import machine
from kapjournal.machine import SystemClock

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def test_both_clocks_go_on_and_the_boot_stays() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert second.tick_s >= first.tick_s > 0
    assert second.at >= first.at
    assert first.boot == second.boot == SystemClock().now().boot
    assert first.at.utcoffset() is not None


@linux
def test_the_steady_clock_is_the_one_that_counts_sleep() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    tick = SystemClock().now().tick_s
    assert before <= tick <= time.clock_gettime(time.CLOCK_BOOTTIME)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change the zone of a process")
def test_wall_time_carries_the_local_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XST-05:30")
    time.tzset()
    try:
        assert SystemClock().now().at.utcoffset() == timedelta(hours=5, minutes=30)
    finally:
        monkeypatch.undo()
        time.tzset()


@linux
def test_the_boot_is_named_by_the_kernel() -> None:
    assert SystemClock().now().boot == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_without_a_name_the_boot_is_reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_linux_boot", lambda: None)
    monkeypatch.setattr(machine, "_mac_boot", lambda: None)
    clock = SystemClock()
    boot = clock.now().boot
    assert boot.startswith("started-")
    monkeypatch.setattr(machine, "_wall", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    moved = clock.now()
    assert moved.at.year == 2020
    assert moved.boot == boot


def test_ids_differ() -> None:
    assert len({machine.new_id() for _ in range(1000)}) == 1000


DUMP = """
import os, sys
from kapjournal import machine
print(machine.core_dumps_off(), flush=True)
if sys.argv[1] == "forbid":
    print(*machine.forbid_core_dumps(), machine.core_dumps_off(), flush=True)
if sys.argv[2] == "die":
    os.abort()
"""


def ask(*args: str, folder: Path) -> str:
    source = str(Path(machine.__file__).parent.parent)
    done = subprocess.run(
        ["bash", "-c", 'ulimit -c unlimited; exec "$0" -c "$@"', sys.executable, DUMP, *args],
        env={**os.environ, "PYTHONPATH": source},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@linux
def test_core_dumps_are_off_after_they_were_forbidden_and_not_before(tmp_path: Path) -> None:
    assert ask("leave", "live", folder=tmp_path) == "False\n"
    assert ask("forbid", "live", folder=tmp_path) == "False\nTrue True True\n"


@linux
def test_a_crash_leaves_no_memory_on_the_disk(tmp_path: Path) -> None:
    ask("leave", "die", folder=tmp_path)
    if not list(tmp_path.iterdir()):
        pytest.skip("this system sends core dumps elsewhere, so there is nothing to compare with")
    (tmp_path / "own").mkdir()
    ask("forbid", "die", folder=tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_what_is_private_is_the_owners_alone(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.write_text("x")
    folder.mkdir()
    file.chmod(0o666)
    folder.chmod(0o777)
    for path in (file, folder):
        machine.keep_private(path)
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)


def test_room_is_known_for_folders_that_do_not_exist_yet(tmp_path: Path) -> None:
    assert machine.free_bytes(tmp_path / "not" / "yet") > 0

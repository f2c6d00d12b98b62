"""Everything asked of the operating system, in one place, each with a fallback."""

from __future__ import annotations

import contextlib
import ctypes
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from kapjournal.cloud import cloud_folder as cloud_folder  # noqa: PLC0414 - asked for here with the rest
from kapjournal.domain.moment import Moment

if sys.platform != "win32":
    import resource

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4


class SystemClock:
    """The clocks of this machine; implements `ports.Clock`.

    The steady clock goes on counting while the machine sleeps. Run on Linux only; the calls for macOS and
    Windows follow their vendors' documentation.
    """

    def __init__(self) -> None:
        self._tick = steady_clock()
        # Read once: where it has to be worked out from wall time, a clock change must not make a new boot.
        self._boot = boot_id(self._tick())

    def now(self) -> Moment:
        """Both clocks, read one right after the other."""
        return Moment(at=_wall(), tick_s=self._tick(), boot=self._boot)


def new_id() -> str:
    """A UUID that no other record has; implements `ports.NewId`."""
    return str(uuid4())


def steady_clock() -> Callable[[], float]:
    """Seconds since the machine started, sleep included."""
    if sys.platform == "win32":
        return _windows_ticks()
    if sys.platform == "darwin":
        # time.monotonic() stops in sleep there, while this clock goes on.
        return lambda: time.clock_gettime(time.CLOCK_MONOTONIC)
    if hasattr(time, "CLOCK_BOOTTIME"):
        return lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic


def boot_id(tick_s: float) -> str:
    """A name for the time since the machine last started."""
    return _linux_boot() or _mac_boot() or _reckoned_boot(_wall(), tick_s)


def _wall() -> datetime:
    return datetime.now(UTC).astimezone()  # noqa: TID251 - this is what the Clock port reads


def _linux_boot() -> str | None:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip() or None
    except (OSError, ValueError):
        return None


def _mac_boot() -> str | None:
    if sys.platform != "darwin":
        return None
    room = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(room))
    try:
        failed = ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", room, ctypes.byref(size), None, 0)
    except (OSError, AttributeError):
        return None
    return None if failed else room.value.decode("ascii", "replace") or None


def _reckoned_boot(wall: datetime, tick_s: float) -> str:
    """Wall time at the start of the machine, to two minutes; a wrong guess only falls back on wall time."""
    return f"started-{round((wall.timestamp() - tick_s) / 120)}"


def _windows_ticks() -> Callable[[], float]:
    if sys.platform != "win32":
        return time.monotonic
    try:
        query = ctypes.WinDLL("kernelbase").QueryInterruptTime  # counts sleep, in units of 100 ns
    except (OSError, AttributeError):
        count = ctypes.windll.kernel32.GetTickCount64  # counts sleep, in milliseconds, in steps of some ten
        count.restype = ctypes.c_ulonglong
        return lambda: float(count()) / 1000
    query.restype = None

    def seconds() -> float:
        units = ctypes.c_ulonglong()
        query(ctypes.byref(units))
        return units.value / 10_000_000

    return seconds


class CoreDumps(NamedTuple):
    """What keeps the memory of this process out of files when it crashes."""

    no_core_file: bool
    not_dumpable: bool


def forbid_core_dumps() -> CoreDumps:
    """Keep the memory of this process, where notes lie open, out of crash dumps; returns what is in force.

    On Linux the second bar also holds where the system pipes dumps to a collector, which ignores the first.
    macOS has the first only. Windows has neither; there the answer says so.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)
    return _core_dumps()


def core_dumps_off() -> bool:
    """Whether a crash of this process leaves no dump of its memory, as far as can be known."""
    found = _core_dumps()
    return found.not_dumpable if sys.platform == "linux" else found.no_core_file


def _core_dumps() -> CoreDumps:
    if sys.platform != "win32":
        no_core_file = resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
        return CoreDumps(no_core_file, sys.platform == "linux" and _prctl(_PR_GET_DUMPABLE) == 0)
    return CoreDumps(no_core_file=False, not_dumpable=False)


def _prctl(option: int, value: int = 0) -> int:
    try:
        return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0))
    except (OSError, AttributeError):
        return -1


def keep_private(path: Path) -> None:
    """Let only the owner read a file, or enter a folder. On Windows the user's own folder does that by itself."""
    path.chmod(0o700 if path.is_dir() else 0o600)


def free_bytes(path: Path) -> int:
    """Room left on the drive that `path` is, or would be, on."""
    standing = path.absolute()
    while not standing.exists() and standing != standing.parent:
        standing = standing.parent
    return shutil.disk_usage(standing).free

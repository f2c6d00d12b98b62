"""Everything asked of the operating system, in one place, each with a fallback."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from kapjournal.domain.moment import Moment


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

"""Finds the system libraries that Qt needs and this Linux lacks, and names the one command that brings them.

    qt_libraries.py            what the windows need here: with a screen, those for the screen too
    qt_libraries.py --install  install them (apt, as root); for machines that set themselves up
    qt_libraries.py --any-screen  those for X11 and for Wayland, which a built package carries along

The wheel brings Qt itself; these come from the system. Read off the wheel's libraries with `ldd`
(PySide6-Essentials 6.11). Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from typing import NamedTuple


class Library(NamedTuple):
    """A shared library and the package that brings it, by package tool."""

    soname: str
    debian: str
    fedora: str


ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libX11.so.6", "libx11-6", "libX11"),
)

X11 = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)

WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)


def needed(*, any_screen: bool) -> tuple[Library, ...]:
    """What Qt loads here: the ground, and what the screen at hand speaks, or any that may be."""
    if any_screen:
        return ALWAYS + X11 + WAYLAND
    screen = X11 if os.environ.get("DISPLAY") else ()
    return ALWAYS + screen + (WAYLAND if os.environ.get("WAYLAND_DISPLAY") else ())


def lacking(libraries: tuple[Library, ...]) -> list[Library]:
    """Those that the loader does not find."""
    missing = []
    for library in libraries:
        try:
            ctypes.CDLL(library.soname)
        except OSError:
            missing.append(library)
    return missing


def command(missing: list[Library]) -> list[str] | None:
    """The install command of this system's package tool; None if it is neither apt nor dnf."""
    if shutil.which("apt-get"):
        return ["apt-get", "install", "--yes", "--no-install-recommends", *sorted({each.debian for each in missing})]
    if shutil.which("dnf"):
        return ["dnf", "install", "--assumeyes", *sorted({each.fedora for each in missing})]
    return None


def advice(missing: list[Library]) -> str:
    """One sentence and one command."""
    words = command(missing)
    names = ", ".join(each.soname for each in missing)
    if words is None:
        return f"Qt needs system libraries that are not here: {names}. Please install them with your package tool."
    return f"Qt needs system libraries that are not here ({names}). This brings them:\n  sudo {' '.join(words)}"


def install(missing: list[Library]) -> int:
    """Install as root with apt; lists are refreshed first, since a new machine may have none."""
    words = command(missing)
    if words is None or words[0] != "apt-get" or os.geteuid() != 0:
        print(advice(missing), file=sys.stderr)
        return 1
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], env=quiet, check=True, stdin=subprocess.DEVNULL)
    subprocess.run(words, env=quiet, check=True, stdin=subprocess.DEVNULL)
    return 0


def main() -> int:
    """0 when nothing is missing (or nothing is any longer), else 1 with the command to run."""
    reader = argparse.ArgumentParser(description="System libraries that Qt needs and this Linux lacks.")
    reader.add_argument("--install", action="store_true", help="install them with apt, as root")
    reader.add_argument(
        "--any-screen", action="store_true", help="those for X11 and Wayland too, for building a package"
    )
    asked = reader.parse_args()
    missing = lacking(needed(any_screen=asked.any_screen)) if sys.platform.startswith("linux") else []
    if missing and asked.install:
        return install(missing)
    if missing:
        print(advice(missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

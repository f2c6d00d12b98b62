"""Makes the local `.venv` from a lock file, with whatever Python 3.11 or later is at hand.

Run by `make` before everything else, so it may use nothing outside the standard library. An environment that
already holds every pinned version is used as it is; one that is a link to another folder is never written to.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)

# Asked inside the environment: which pins are not there? A pin for another platform may well be missing.
MISSING = """
import sys
from importlib.metadata import PackageNotFoundError, version
for pin in sys.argv[1:]:
    name, _, wanted = pin.partition("==")
    try:
        if version(name) != wanted:
            print(pin)
    except PackageNotFoundError:
        print(pin)
"""


class Trouble(Exception):
    """Something that the person at the keyboard has to mend; the text says how."""


def interpreter() -> Path:
    """Where the environment's Python lies."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pins(lock: str) -> list[str]:
    """The pins of a lock file that hold on this platform.

    The locks use only the platform and the implementation as conditions, so those are all that is read here.
    """
    here = {"win32": sys.platform == "win32", "darwin": sys.platform == "darwin"}
    return [
        f"{name}=={version}"
        for name, version, condition in PIN.findall(lock)
        if all(wanted for platform, wanted in here.items() if f"sys_platform == '{platform}'" in condition)
    ]


def usable() -> bool:
    """Whether the environment starts and can install (an interrupted or moved one may not)."""
    if not interpreter().exists():
        return False
    asked = subprocess.run([interpreter(), "-m", "pip", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def missing(lock: str) -> list[str]:
    """The pins that the environment does not hold."""
    if not interpreter().exists():
        return pins(lock)
    answer = subprocess.run(
        [interpreter(), "-c", MISSING, *pins(lock)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return answer.stdout.split() if answer.returncode == 0 else pins(lock)


def make_environment() -> None:
    """Make an empty environment with its own pip."""
    print("Making a local environment in .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=False)
    if made.returncode != 0:
        series = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            "This Python cannot make a virtual environment. On Debian and Ubuntu this brings what is missing:\n"
            f"  sudo apt-get install python{series}-venv"
        )


def install(lock: Path) -> None:
    """Install every pin, refusing a file whose hash is not in the lock, and building nothing."""
    print(f"Installing what {lock.name} names (each file checked against its hash) …", flush=True)
    command = [interpreter(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", lock]
    if subprocess.run(command, check=False).returncode != 0:
        raise Trouble("Not everything could be installed; pip says why above. Nothing outside .venv was changed.")


def set_up(lock: Path) -> None:
    """Bring the environment to what the lock file says, or leave it alone if it is there already."""
    text = lock.read_text(encoding="utf-8")
    stamp = ENVIRONMENT / f".{lock.stem}.installed"
    told = hashlib.sha256(text.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == told and interpreter().exists():
        return
    lacking = missing(text)
    if ENVIRONMENT.is_symlink():
        if lacking:
            print(f"Note: .venv is a link, so it is left as it is; it lacks {', '.join(lacking)}.", file=sys.stderr)
        return
    if lacking:
        if not usable():
            make_environment()
        install(lock)
    stamp.write_text(told, encoding="utf-8")


def main() -> int:
    """Set up from the lock file named on the command line."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    reader.add_argument("lock", type=Path)
    asked = reader.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - it is run by whatever Python is there
        print("KAP Journal needs Python 3.11 or later; this is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    try:
        set_up(asked.lock)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

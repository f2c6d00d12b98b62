"""Tries a built folder as a person would have it: elsewhere, with no Python, and with nothing of this machine.

    smoke.py dist/kapjournal

The folder is copied to a place whose name has a space in it, and the program is started there with an empty path and
a home of its own. It has to make a journal, keep an entry, find it again, draw its windows with its own type and
icons, and leave none of the words it kept readable on the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CANARY = "the gate at the end of the lane, latch stiff"
PASSPHRASE = "harbour lantern pebble quiet meadow seven"
RECORDS: tuple[dict[str, object], ...] = (
    {"type": "header", "format": "kapjournal-interchange", "version": 1},
    {"type": "client", "id": "smoke-client", "alias": "Rowan"},
    {
        "type": "session",
        "id": "smoke-session",
        "client": "smoke-client",
        "kind": "dosing",
        "number": 1,
        "started_at": "2026-03-02T10:00:00+01:00",
    },
    {
        "type": "entry",
        "id": "smoke-entry",
        "client": "smoke-client",
        "session": "smoke-session",
        "kind": "observation",
        "text": CANARY,
        "noticed_at": "2026-03-02T10:14:07+01:00",
    },
)
PNG = b"\x89PNG\r\n\x1a\n"
EXPECTED = (
    *("_resources/icons/*.svg", "_resources/fonts/*.ttf", "_resources/looks/*"),
    *("_resources/recall/vectors.npy", "_resources/themes/starter.json", "_resources/handoff/index.html"),
    *("storage/migrations/env.py", "storage/migrations/versions/*.py"),
)
LONGEST_S = 180


class Failed(Exception):
    """The built program did not do what it should."""


class Place(NamedTuple):
    """Where the program is tried."""

    program: Path
    home: Path

    @property
    def journal(self) -> Path:
        """The journal folder that the trial makes."""
        return self.home / "my journal"


def unpack(built: Path, into: Path) -> Place:
    """Copy the folder away from where it was built, and lay an empty home beside it."""
    program = into / "KAP Journal"
    shutil.copytree(built, program, symlinks=True)
    home = into / "home"
    home.mkdir()
    (home / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    lines = (json.dumps(record, ensure_ascii=False) for record in RECORDS)
    (home / "tiny.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Place(program / ("kapjournal.exe" if os.name == "nt" else "kapjournal"), home)


def surroundings(place: Place) -> dict[str, str]:
    """All that the program may know of this machine: an empty path, its own home, and no screen."""
    nothing = place.home / "nothing"
    nothing.mkdir(exist_ok=True)
    known = {"PATH": str(nothing), "HOME": str(place.home), "TMPDIR": str(place.home), "LANG": "C.UTF-8"}
    known |= {"QT_QPA_PLATFORM": "offscreen", "KAPJOURNAL_PASSPHRASE_FILE": str(place.home / "passphrase")}
    if os.name == "nt":
        known |= {name: str(place.home) for name in ("USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP")}
        known["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return known


def run(place: Place, *words: str) -> str:
    """Start the program with these words; what it printed. Anything but a clean end is a failure."""
    ended = subprocess.run(
        [place.program, *words],
        cwd=place.home,
        env=surroundings(place),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    if ended.returncode != 0:
        raise Failed(f"`kapjournal {' '.join(words)}` ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def starts_without_python(place: Place) -> None:
    """It says its version, and no Python was there to help."""
    if any(shutil.which(name, path=surroundings(place)["PATH"]) for name in ("python", "python3")):
        raise Failed("the trial is not a trial: a Python is on the path")
    if not any(character.isdigit() for character in run(place, "--version")):
        raise Failed("it does not say its version")


def makes_a_journal(place: Place) -> None:
    """A new journal, with the key file and its second copy."""
    printed = run(place, "new", str(place.journal))
    if PASSPHRASE in printed:
        raise Failed("it printed the passphrase")
    if not (place.journal / "vault.keys").is_file():
        raise Failed(f"no key file in {sorted(path.name for path in place.journal.iterdir())}")


def keeps_an_entry(place: Place) -> None:
    """What was kept is there when the program is started again."""
    run(place, "--vault", str(place.journal), "import", str(place.home / "tiny.jsonl"))
    printed = run(place, "--vault", str(place.journal), "--json", "list", "entries")
    if CANARY not in json.dumps(json.loads(printed), ensure_ascii=False):
        raise Failed(f"the entry that was kept is not listed: {printed}")


def finds_it_again(place: Place) -> None:
    """Recall has its table of words, and numpy to add them up."""
    printed = run(place, "--vault", str(place.journal), "--json", "recall", "--text", "fence and gates")
    if CANARY not in json.dumps(json.loads(printed), ensure_ascii=False):
        raise Failed(f"the entry that was kept is not recalled: {printed}")


def is_whole(place: Place) -> None:
    """The journal passes its own checks, and so does the program."""
    run(place, "--vault", str(place.journal), "verify")
    run(place, "--vault", str(place.journal), "doctor")


def hides_the_words(place: Place) -> None:
    """No file the program wrote holds the words it kept; the file they came from shows that the search works."""
    written = [path for path in place.home.rglob("*") if path.is_file()]
    holding = {path for path in written if CANARY.encode() in path.read_bytes()}
    if place.home / "tiny.jsonl" not in holding:
        raise Failed("the search for readable words finds nothing where they are")
    if leaks := holding - {place.home / "tiny.jsonl"}:
        raise Failed(f"readable words in {sorted(str(path) for path in leaks)}")


def brings_its_own(place: Place) -> None:
    """Icons, fonts, looks, words, templates and migrations lie where the program looks for them."""
    inside = place.program.parent / "_internal" / "kapjournal"
    for pattern in EXPECTED:
        if not any(inside.glob(pattern)):
            raise Failed(f"nothing in the built folder matches {pattern}")
    networks = [path.name for path in place.program.parent.rglob("*") if "Qt6Network" in path.name]
    if networks:
        raise Failed(f"a network library went along: {networks}")


def draws_its_windows(place: Place) -> None:
    """The tour drives every window; it fails by itself where an icon or a font is not found."""
    run(place, "tour", "--look", "night", "--out", str(place.home / "pictures"))
    pictures = list((place.home / "pictures").rglob("*.png"))
    if not pictures or any(path.read_bytes()[:8] != PNG for path in pictures):
        raise Failed("the tour left no pictures")


STEPS: tuple[Callable[[Place], None], ...] = (
    starts_without_python,
    brings_its_own,
    makes_a_journal,
    keeps_an_entry,
    finds_it_again,
    is_whole,
    hides_the_words,
    draws_its_windows,
)


def main() -> int:
    """Try every step; the first that fails ends it."""
    reader = argparse.ArgumentParser(description="Try a built folder.")
    reader.add_argument("built", type=Path)
    built = reader.parse_args().built.resolve()
    with tempfile.TemporaryDirectory() as elsewhere:
        place = unpack(built, Path(elsewhere))
        for step in STEPS:
            name = step.__name__.replace("_", " ")
            try:
                step(place)
            except (Failed, subprocess.TimeoutExpired, OSError, ValueError) as trouble:
                print(f"FAILED  {name}\n{trouble}", file=sys.stderr)
                return 1
            print(f"ok      {name}", flush=True)
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{len(STEPS)} passed, 0 failed\n{built}: {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

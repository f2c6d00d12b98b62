"""The tour, as `kapjournal tour` runs it: every step does what it should, and the pictures are as designed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtGui import QColor, QImage

from kapjournal.gui.look import load_look

LOOK = "night"
PLAIN_GREY = 0xE0  # Night has no channel as bright as the greys and whites of a widget that nobody dressed
SIZES = {"": (1440, 900), "-1280": (1280, 720), "-200": (1440, 900)}
EVERY_SCREEN = (
    *("unlock-first", "unlock-make", "unlock-recovery-key", "unlock", "unlock-wrong", "home-empty", "home"),
    *("client", "prepare", "prepare-agreed"),
    *("live-empty", "live", "live-completing", "live-tap", "live-form", "live-not-saved", "veil", "veil-code"),
    *("live-plan", "live-banner", "keys", "commands", "locked", "resumed", "landing", "closed", "closed-amended"),
    *("wren-home", "wren-client", "wren-client-below", "wren-prepare", "wren-versions", "wren-live"),
    *("measures", "measure-filling-in", "measure-partial", "measure-filled-in"),
    *(
        f"settings-{page}"
        for page in ("looks", "lock", "capture", "lists", "instruments", "safekeeping", "keys", "about")
    ),
    *("review", "review-closer", "review-table", "review-compared", "review-late", "review-own"),
    *("themes", "parts", "picture", "picture-table", "mine-check", "mine"),
    *("handover-whom", "handover-permission", "handover", "handover-page", "handover-sealed", "handover-names"),
    *("handover-note", "receive", "received", "received-client", "handovers"),
    *("integrate-empty", "integrate-theme", "integrate-note", "integrate-thread"),
)


class Toured:
    """What one run left."""

    def __init__(self, folder: Path) -> None:
        self.out, self.temporary, self.home = folder / "pictures", folder / "tmp", folder / "home"
        self.temporary.mkdir()
        self.home.mkdir()
        known = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "KAPJOURNAL_"))}
        known |= {"HOME": str(self.home), "TMPDIR": str(self.temporary), "QT_SCALE_FACTOR": "1"}
        self.ended = subprocess.run(
            [sys.executable, "-m", "kapjournal", "tour", "--out", str(self.out), "--look", LOOK],
            env=known,
            capture_output=True,
            text=True,
            check=False,
        )

    def pictures(self, suffix: str = "") -> Iterator[Path]:
        others = tuple(f"{other}.png" for other in SIZES if other and other != suffix)
        return (path for path in sorted(self.out.glob(f"*{suffix}.png")) if not path.name.endswith(others))


pytestmark = pytest.mark.xdist_group("tour")  # one tour is enough: the same worker looks at all of it


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Toured:
    return Toured(tmp_path_factory.mktemp("toured"))


@cache
def luminance(colour: int) -> float:
    """WCAG 2 relative luminance of a pixel."""
    parts = ((colour >> shift & 255) / 255 for shift in (16, 8, 0))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def pixels(path: Path) -> Counter[int]:
    """How often each colour is there."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    return Counter(value & 0xFFFFFF for value in memoryview(image.constBits()).cast("I").tolist())


def test_every_step_did_what_it_should(toured: Toured) -> None:
    assert toured.ended.returncode == 0, toured.ended.stdout + toured.ended.stderr
    *steps, total = toured.ended.stdout.splitlines()
    assert all(line.startswith(f"{LOOK} ok ") for line in steps)
    assert total.startswith(f"{len(steps)} steps")
    assert toured.ended.stderr == ""


def test_every_screen_has_its_picture_in_its_size(toured: Toured) -> None:
    names = [path.stem.split("-", 2)[2] for path in toured.pictures()]
    assert set(EVERY_SCREEN) <= set(names)
    assert [path.name for path in toured.pictures()] == sorted(path.name for path in toured.pictures())
    assert len(list(toured.pictures("-1280"))) == len(names)
    for suffix, size in SIZES.items():
        found = [QImage(str(path)).size() for path in toured.pictures(suffix)]
        assert {(each.width(), each.height()) for each in found} == {size}, suffix


def test_night_is_dark(toured: Toured) -> None:
    for path in toured.pictures():
        found = pixels(path)
        mean = sum(luminance(colour) * times for colour, times in found.items()) / found.total()
        brightest = max(found, key=luminance)
        assert mean < 0.02, path.name
        assert luminance(brightest) < 0.5, f"#{brightest:06x} in {path.name}"


def test_nothing_is_left_undressed(toured: Toured) -> None:
    for suffix in SIZES:
        for path in toured.pictures(suffix):
            image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
            assert max(set(bytes(image.constBits()))) < PLAIN_GREY, path.name


def test_the_ground_is_the_colour_of_the_look(toured: Toured) -> None:
    window, *others = (load_look(LOOK).colour(role).name() for role in ("window", "sunken", "surface"))
    for path in toured.pictures():
        image = QImage(str(path))
        right, bottom = image.width() - 2, image.height() - 2
        corners = {QColor(image.pixel(x, y)).name() for x in (1, right) for y in (1, bottom)}
        assert corners <= {window, *others}, path.name
        assert window in corners, path.name


def test_the_sealed_bundle_opens_with_public_tools(toured: Toured, tmp_path: Path) -> None:
    if not shutil.which("age"):
        pytest.skip("LEFT OUT: age is not installed")
    bundle, key = toured.out / f"{LOOK}-juniper.kapbundle.age", toured.out / f"{LOOK}-juniper.key.txt"
    opened = subprocess.run(["age", "-d", "-i", str(key), str(bundle)], capture_output=True, check=True)
    with ZipFile(io.BytesIO(opened.stdout)) as inside:
        assert {"manifest.json", "index.html", "README.txt"} <= set(inside.namelist())
        assert "Juniper" in inside.read("index.html").decode()


def test_nothing_is_left_behind(toured: Toured) -> None:
    assert list(toured.temporary.iterdir()) == []
    assert [path for path in toured.home.rglob("*") if path.is_file()] == []

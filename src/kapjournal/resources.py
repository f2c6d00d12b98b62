"""Where the files that come with the program lie: looks, icons, fonts, instruments.

In an installed package they stand inside it as `_resources`; in a checkout they stand in `resources/` beside
pyproject.toml, and nowhere else, so that a stray folder is never mistaken for ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


class ResourcesMissing(RuntimeError):
    """The program was taken apart: its own files are not where they belong."""


def path(*parts: str) -> Path:
    """The path of a file or folder that comes with the program, such as `path("icons", "eye.svg")`."""
    return _root().joinpath(*parts)


@cache
def _root() -> Path:
    return find_root(Path(__file__).resolve().parent)


def find_root(package: Path) -> Path:
    """The resources of the package that lies at `package`."""
    packed = package / "_resources"
    if packed.is_dir():
        return packed
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "resources").is_dir():
        return checkout / "resources"
    raise ResourcesMissing(f"no resources beside {package}")

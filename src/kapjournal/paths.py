"""Where the program keeps its files on this computer.

Everything can be moved under one folder by the environment variable KAPJOURNAL_HOME, so that tests, the tour and
the demo never touch a real journal or its settings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from platformdirs import PlatformDirs

HOME_VARIABLE = "KAPJOURNAL_HOME"


class Folders(NamedTuple):
    """The folders of one user; none of them need exist yet."""

    data: Path
    settings: Path
    cache: Path
    logs: Path

    @property
    def default_journal(self) -> Path:
        """Where a journal is made unless the therapist chooses another place."""
        return self.data / "journal"

    @property
    def settings_file(self) -> Path:
        """What the program remembers between starts; see settings.py."""
        return self.settings / "settings.json"

    @property
    def crash_reports(self) -> Path:
        """Where crash reports lie; see crash.py."""
        return self.logs / "crashes"


def folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """The folders that the system gives this user, none of which roam to another computer."""
    if home := environ.get(HOME_VARIABLE):
        root = Path(home).absolute()
        return Folders(root / "data", root / "settings", root / "cache", root / "logs")
    given = PlatformDirs("kapjournal", appauthor=False, roaming=False)
    return Folders(given.user_data_path, given.user_config_path, given.user_cache_path, given.user_log_path)

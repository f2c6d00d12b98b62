"""Whether a folder is copied to someone else's computers.

A journal that lies open in a synced folder gets conflict copies, and every old version of it stays on a server
with the keys of its day. The signs are the ones the services leave behind; none of them is asked anything.
Only the Linux signs were seen on a machine; those of Windows and macOS follow the services' documentation.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

# Folder names that only a service gives, in lower case; "onedrive - practice" and "dropbox (old)" count as well.
_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "proton drive": "Proton Drive",
    "protondrive": "Proton Drive",
    "megasync": "MEGA",
    "mega": "MEGA",
    "tresorit": "Tresorit",
    "synologydrive": "Synology Drive",
    "seafile": "Seafile",
    "box sync": "Box",
    "spideroak hive": "SpiderOak",
}
# Names too plain to mean anything except right under the home folder.
_HOME_FOLDERS = {"sync": "Syncthing or Sync.com", "box": "Box"}
_PARENTS = {"mobile documents": "iCloud Drive", "cloudstorage": "a cloud drive"}
_MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".synologyworkingdirectory": "Synology Drive",
    ".seafile-data": "Seafile",
    ".pcloud": "pCloud",
}
_MARKER_STEMS = {".sync_": "Nextcloud or ownCloud", "._sync_": "Nextcloud or ownCloud"}
_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}


def cloud_folder(path: Path, environ: Mapping[str, str] = os.environ, home: Path | None = None) -> str | None:
    """The name of the service that seems to sync the folder `path`, which need not exist yet; None if none does."""
    folder = _real(path)
    home = _real(home or Path.home())
    return _told_by_variable(folder, environ) or _told_by_dropbox(folder, home) or _told_by_signs(folder, home)


def _told_by_signs(folder: Path, home: Path) -> str | None:
    for place in (folder, *folder.parents):
        if service := _named(place, home) or (_marked(place) if place != home else None):
            return service
    return None


def _told_by_variable(folder: Path, environ: Mapping[str, str]) -> str | None:
    for variable, service in _VARIABLES.items():
        if (root := environ.get(variable)) and folder.is_relative_to(_real(Path(root))):
            return service
    return None


def _told_by_dropbox(folder: Path, home: Path) -> str | None:
    for root in _dropbox_roots(home):
        if folder.is_relative_to(_real(Path(root))):
            return "Dropbox"
    return None


def _dropbox_roots(home: Path) -> Iterator[str]:
    for place in (home / ".dropbox", home / "AppData/Local/Dropbox", home / "AppData/Roaming/Dropbox"):
        try:
            accounts = json.loads((place / "info.json").read_text("utf-8"))
            yield from (account["path"] for account in accounts.values() if isinstance(account["path"], str))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue


def _named(place: Path, home: Path) -> str | None:
    name = place.name.lower()
    if place.parent == home and name in _HOME_FOLDERS:
        return _HOME_FOLDERS[name]
    for known, service in _FOLDERS.items():
        if name == known or name.startswith((f"{known} - ", f"{known}-", f"{known} (")):
            return service
    return _PARENTS.get(place.parent.name.lower())


def _marked(place: Path) -> str | None:
    try:
        inside = [entry.name.lower() for entry in os.scandir(place) if entry.name.startswith(".")]
    except OSError:
        return None
    for name in inside:
        if name in _MARKERS:
            return _MARKERS[name]
        for stem, service in _MARKER_STEMS.items():
            if name.startswith(stem) and name.endswith(".db"):
                return service
    return None


def _real(path: Path) -> Path:
    return path.expanduser().resolve()

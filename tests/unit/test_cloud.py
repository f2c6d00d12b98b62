import json
from pathlib import Path

import pytest

from kapjournal.cloud import cloud_folder


def service(folder: Path, home: Path, **environ: str) -> str | None:
    return cloud_folder(folder, environ=environ, home=home)


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        ("OneDrive/journal", "OneDrive"),
        ("OneDrive - My Practice/Documents/journal", "OneDrive"),
        ("Dropbox/a/b/c", "Dropbox"),
        ("Dropbox (Old)/journal", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-me/My Drive/journal", "Google Drive"),
        ("Library/CloudStorage/Unheard-of/journal", "a cloud drive"),
        ("iCloudDrive/journal", "iCloud Drive"),
        ("Google Drive/journal", "Google Drive"),
        ("Nextcloud/journal", "Nextcloud"),
        ("pCloudDrive/journal", "pCloud"),
        ("Sync/journal", "Syncthing or Sync.com"),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, folder: str, named: str) -> None:
    assert service(tmp_path / folder, tmp_path) == named


@pytest.mark.parametrize(
    "folder", ["Documents/journal", "work/Sync/journal", "Dropboxes/journal", "onedriven", "Syncopation/journal"]
)
def test_another_folder_is_not(tmp_path: Path, folder: str) -> None:
    assert service(tmp_path / folder, tmp_path) is None


@pytest.mark.parametrize(
    ("marker", "named"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".sync_0f3a.db", "Nextcloud or ownCloud"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_a_synced_folder_is_known_by_what_the_service_leaves_in_it(tmp_path: Path, marker: str, named: str) -> None:
    root = tmp_path / "papers"
    (root / "inner").mkdir(parents=True)
    assert service(root / "inner", tmp_path) is None
    (root / marker).touch()
    assert service(root / "inner" / "journal", tmp_path) == named


def test_the_programs_own_folder_in_the_home_folder_is_no_marker(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert service(tmp_path / "Documents", tmp_path) is None


def test_dropbox_says_itself_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(tmp_path / "Box of drops")}}))
    assert service(tmp_path / "Box of drops" / "journal", tmp_path) == "Dropbox"
    (tmp_path / ".dropbox" / "info.json").write_text('{"personal": [')
    assert service(tmp_path / "Box of drops" / "journal", tmp_path) is None


def test_windows_says_where_onedrive_lies(tmp_path: Path) -> None:
    root = str(tmp_path / "Anything")
    assert service(tmp_path / "Anything" / "journal", tmp_path, OneDriveCommercial=root) == "OneDrive"
    assert service(tmp_path / "Other", tmp_path, OneDriveCommercial=root) is None


def test_a_link_into_a_synced_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert service(tmp_path / "plain" / "journal", tmp_path) == "Dropbox"

import os
import sys
from pathlib import Path

import pytest

from kapjournal import durable


def test_the_new_content_is_on_the_disk_before_it_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, done = tmp_path / "file", list[str]()
    path.write_bytes(b"old")
    sync, replace = os.fsync, Path.replace

    def watched_sync(handle: int) -> None:
        sync(handle)
        done.append(f"sync {'folder' if Path(f'/proc/self/fd/{handle}').is_dir() else path.read_text()}")

    def watched_replace(draft: Path, place: Path) -> Path:
        done.append(f"rename {draft.read_text()} over {place.read_text()}")
        return replace(draft, place)

    monkeypatch.setattr(durable.os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    durable.write_private(path, b"new")
    assert done[:2] == ["sync old", "rename new over old"]
    if sys.platform == "linux":
        assert done[2:] == ["sync folder"]
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["_reach_the_disk", "_write_through"])
def test_what_cannot_be_written_leaves_the_old_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, step, full)
    with pytest.raises(OSError, match="No space"):
        durable.write_private(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]

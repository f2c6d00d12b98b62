import json
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kapjournal import settings as module
from kapjournal.settings import Settings, load, save

AT = datetime(2026, 11, 21, 18, 12, tzinfo=UTC)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    kept = Settings(look="night", text_scale=1.5, veil_after_minutes=3).opened("My practice", tmp_path / "j", AT)
    save(path, kept)
    assert load(path) == (kept, None)
    assert [found.name for found in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    save(tmp_path / "settings.json", Settings())
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


def test_the_first_start_has_the_usual_ones(tmp_path: Path) -> None:
    loaded = load(tmp_path / "settings.json")
    assert loaded.notice is None
    usual = loaded.settings
    assert (usual.look, usual.text_scale, usual.last_journal, usual.known_journals) == ("day", 1.0, None, ())
    assert (usual.veil_after_minutes, usual.lock_after_minutes, usual.idle_lock_minutes) == (5, 30, 10)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'"day"'], ids=lambda raw: repr(raw[:3])
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    loaded = load(path)
    assert loaded.settings == Settings()
    assert loaded.notice
    assert "settings.json.damaged" in loaded.notice
    assert (tmp_path / "settings.json.damaged").read_bytes() == raw
    assert load(path) == (Settings(), None)


def test_one_wrong_value_does_not_lose_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"look": "dusk", "text_scale": 900, "idle_lock_minutes": "soon"}))
    loaded = load(path)
    assert loaded.settings == Settings(look="dusk")
    assert loaded.notice


def test_what_a_later_version_added_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"look": "dusk", "hologram": True}))
    assert load(path) == (Settings(look="dusk"), None)


def test_a_full_disk_leaves_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save(path, Settings(look="night"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kapjournal.durable._reach_the_disk", full)
    with pytest.raises(OSError, match="No space"):
        save(path, Settings())
    assert load(path).settings.look == "night"
    assert [found.name for found in tmp_path.iterdir()] == ["settings.json"]


def test_the_journal_opened_last_comes_first_and_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    known = Settings().opened("One", one, AT).opened("Two", two, AT).opened("One", one, AT)
    assert [journal.name for journal in known.known_journals] == ["One", "Two"]
    assert known.last_journal == one
    assert known.forgotten(one).last_journal is None
    assert str(one) not in known.forgotten(one).model_dump_json()


def test_the_list_of_journals_stays_short(tmp_path: Path) -> None:
    known = Settings()
    for number in range(30):
        known = known.opened(str(number), tmp_path / str(number), AT)
    assert [journal.name for journal in known.known_journals][:2] == ["29", "28"]
    assert len(known.known_journals) == module._MOST_JOURNALS

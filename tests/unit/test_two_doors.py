"""What `make run` and `make test` stand on: the locks, the set-up, and the advice about system libraries."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
RUN = CHECKOUT / "requirements.lock"
DEV = CHECKOUT / "requirements-dev.lock"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", CHECKOUT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


set_up = script("set_up")
qt_libraries = script("qt_libraries")


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_every_pin_has_hashes(lock: Path) -> None:
    blocks = re.split(r"^(?=[a-z])", lock.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(blocks) > 10
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_tests_run_on_what_the_app_runs_on() -> None:
    assert set(set_up.pins(RUN.read_text("utf-8"))) <= set(set_up.pins(DEV.read_text("utf-8")))


def test_the_qt_that_loses_references_is_not_locked() -> None:
    assert "pyside6-essentials==6.11.3" in set_up.pins(RUN.read_text("utf-8"))


@pytest.mark.parametrize(("platform", "there"), [("win32", True), ("linux", False), ("darwin", False)])
def test_a_pin_for_another_platform_is_not_missed(platform: str, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert any(pin.startswith("colorama==") for pin in set_up.pins(DEV.read_text("utf-8"))) is there


def environment(at: Path, monkeypatch: pytest.MonkeyPatch, lacking: list[str]) -> list[str]:
    """An environment that lacks these pins; the list says what was done to it."""
    done: list[str] = []
    monkeypatch.setattr(set_up, "ENVIRONMENT", at)
    monkeypatch.setattr(set_up, "missing", lambda _: lacking)
    monkeypatch.setattr(set_up, "make_environment", lambda: done.append("made"))
    monkeypatch.setattr(set_up, "install", lambda lock: done.append(f"installed {lock.name}"))
    return done


def test_a_new_environment_is_made_and_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "venv").mkdir()
    done = environment(tmp_path / "venv", monkeypatch, ["pydantic==2"])
    set_up.set_up(RUN)
    assert done == ["made", "installed requirements.lock"]


def test_an_environment_that_holds_everything_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "venv").mkdir()
    done = environment(tmp_path / "venv", monkeypatch, [])
    set_up.set_up(RUN)
    assert done == []


def test_a_linked_environment_is_never_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "venv").symlink_to(tmp_path / "elsewhere")
    done = environment(tmp_path / "venv", monkeypatch, ["pydantic==2"])
    set_up.set_up(RUN)
    assert done == []
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_changed_lock_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").touch()
    monkeypatch.setattr(set_up, "usable", lambda: True)
    monkeypatch.setattr(set_up, "interpreter", lambda: tmp_path / "venv" / "bin" / "python")
    done = environment(tmp_path / "venv", monkeypatch, ["pydantic==2"])
    lock = tmp_path / "some.lock"
    for text in ("one", "one", "two"):
        lock.write_text(text, "utf-8")
        set_up.set_up(lock)
    assert done == ["installed some.lock"] * 2


def test_a_library_that_is_not_there_is_found_out() -> None:
    here = qt_libraries.Library("libc.so.6", "libc6", "glibc")
    gone = qt_libraries.Library("libnowhere.so.9", "libnowhere9", "nowhere")
    assert qt_libraries.lacking((gone, here) if sys.platform.startswith("linux") else (gone,)) == [gone]


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("apt-get", "sudo apt-get install --yes --no-install-recommends libegl1 libgl1"),
        ("dnf", "sudo dnf install --assumeyes libglvnd-egl libglvnd-glx"),
    ],
)
def test_the_advice_is_one_command(tool: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda name: f"/usr/bin/{name}" if name == tool else None)
    assert words in qt_libraries.advice(list(qt_libraries.ALWAYS[:2]))


def test_a_machine_with_another_package_tool_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda _: None)
    assert "libGL.so.1" in qt_libraries.advice(list(qt_libraries.ALWAYS[:1]))

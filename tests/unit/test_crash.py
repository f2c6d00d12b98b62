import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import crash

CANARY = "wren-canary-said-aloud"


class Broken(Exception):
    pass


def fail_with(words: str) -> None:
    held = {"note": words}  # a value in a frame of the trace
    try:
        int(held["note"])
    except ValueError as error:
        error.add_note(words)
        raise Broken(words, held) from error


def caught(words: str) -> Broken:
    try:
        fail_with(words)
    except Broken as error:
        return error
    raise AssertionError("it did not fail")


def test_a_report_holds_no_words_and_the_search_would_find_them(tmp_path: Path) -> None:
    error = caught(CANARY)
    control = tmp_path / "control.txt"
    control.write_text(str(error))
    path = crash.write_report(tmp_path / "crashes", error)
    found = {p.name for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()}
    assert found == {"control.txt"}
    assert CANARY not in str(path)


def test_a_report_says_where_it_happened(tmp_path: Path) -> None:
    told = crash.write_report(tmp_path, caught(CANARY)).read_text()
    line = fail_with.__code__.co_firstlineno
    assert f"{__name__}.Broken\n" in told
    assert f"{__name__}.fail_with line {line + 6}\n" in told
    assert f"caused by: builtins.ValueError\n  {__name__}.fail_with line {line + 3}\n" in told
    assert "kapjournal 0." in told
    assert f"Python {sys.version_info.major}." in told


def test_a_report_names_no_folder_of_the_user(tmp_path: Path) -> None:
    told = crash.write_report(tmp_path, caught(CANARY)).read_text()
    assert str(Path(__file__).parent) not in told
    assert "/" not in told.replace("\n", "")


def test_groups_and_circles_come_to_an_end() -> None:
    one, two = ValueError(CANARY), KeyError(CANARY)
    one.__context__, two.__context__ = two, one
    told = crash.report(ExceptionGroup(CANARY, [one, two]))
    assert told.count("ValueError") == told.count("KeyError") == 1
    assert CANARY not in told


def test_only_the_newest_twenty_are_kept(tmp_path: Path) -> None:
    last = [crash.write_report(tmp_path, ValueError()) for _ in range(25)][-1]
    assert len(list(tmp_path.iterdir())) == 20
    assert last.exists()


@pytest.fixture
def told() -> Iterator[list[BaseException]]:
    errors: list[BaseException] = []
    undo = crash.install(errors.append)
    yield errors
    undo()


def test_what_nothing_caught_reaches_the_hook(told: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    error = caught(CANARY)
    sys.excepthook(type(error), error, error.__traceback__)
    assert told == [error]
    assert CANARY not in "".join(capsys.readouterr())


def test_so_does_what_fails_in_a_thread(told: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=fail_with, args=(CANARY,))
    thread.start()
    thread.join()
    assert [type(error) for error in told] == [Broken]
    assert CANARY not in "".join(capsys.readouterr())


def test_so_does_what_cannot_be_raised(told: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise Broken(CANARY)

    Leaving()
    gc.collect()
    assert [type(error) for error in told] == [Broken]
    assert CANARY not in "".join(capsys.readouterr())


def test_a_hook_that_fails_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    def bad(error: BaseException) -> None:
        raise OSError(str(error))

    undo = crash.install(bad)
    try:
        sys.excepthook(Broken, Broken(CANARY), None)
    finally:
        undo()
    assert CANARY not in "".join(capsys.readouterr())


def test_undoing_puts_the_old_hooks_back() -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    crash.install(lambda _: None)()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before

"""What is kept of a crash: which code failed, never what it was working on.

A message, a value or a source line may carry words that someone wrote, so a report holds the types of the errors,
the modules, functions and line numbers they passed through, and the versions in use; nothing else.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from secrets import token_hex
from types import TracebackType

from kapjournal import __version__
from kapjournal.durable import write_private

_KEPT_REPORTS = 20
_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "PyNaCl", "pydantic")

Hook = Callable[[BaseException], None]


def write_report(folder: Path, error: BaseException) -> Path:
    """Write a report of `error` into `folder`, readable by its owner only, and keep the newest twenty."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{token_hex(6)}.txt"
    write_private(path, report(error).encode("utf-8", "replace"))
    _thin_out(folder)
    return path


def report(error: BaseException) -> str:
    """The text of a report: the error, then what it came from, each with its way through the code."""
    lines = ["KAP Journal crash report. It holds no words from any journal.", "", *_versions()]
    for told in _errors(error):
        lines += ["", *told]
    return "\n".join(lines) + "\n"


def install(hook: Hook) -> Callable[[], None]:
    """Send every error that nothing caught, in any thread, to `hook`; returns what undoes it.

    A hook that fails itself is passed over in silence: the usual printing could show what must not be shown.
    """
    before = sys.excepthook, threading.excepthook, sys.unraisablehook

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _tell(hook, error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            _tell(hook, args.exc_value)

    def unraisable(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            _tell(hook, args.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = in_main, in_thread, unraisable

    def undo() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before

    return undo


def _tell(hook: Hook, error: BaseException) -> None:
    with contextlib.suppress(Exception):
        hook(error)


def _versions() -> Iterator[str]:
    yield f"kapjournal {__version__}"
    yield f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}"
    for library in _LIBRARIES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield f"{library} {metadata.version(library)}"


def _errors(error: BaseException) -> Iterator[list[str]]:
    """Each error once, outermost first: causes, contexts and the members of groups."""
    waiting, seen = [(error, "")], set[int]()
    while waiting:
        this, relation = waiting.pop(0)
        if id(this) in seen:
            continue
        seen.add(id(this))
        kind = type(this)
        yield [f"{relation}{kind.__module__}.{kind.__qualname__}", *_way(this.__traceback__)]
        if isinstance(this, BaseExceptionGroup):
            waiting += [(member, "in it: ") for member in this.exceptions]
        if this.__cause__ is not None:
            waiting.append((this.__cause__, "caused by: "))
        elif this.__context__ is not None and not this.__suppress_context__:
            waiting.append((this.__context__, "while handling: "))


def _way(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        module = frame.f_globals.get("__name__", "unknown module")
        yield f"  {module}.{frame.f_code.co_qualname} line {line}"


def _thin_out(folder: Path) -> None:
    with contextlib.suppress(OSError):
        newest_first = sorted(folder.glob("crash-*.txt"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in newest_first[_KEPT_REPORTS:]:
            old.unlink()

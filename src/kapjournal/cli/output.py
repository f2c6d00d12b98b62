"""What the command line says: sentences and tables for people, or one JSON document, and trouble beside it."""

from __future__ import annotations

import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO


class Output:
    """Standard output and standard error; with `as_json` nothing but the one document goes to standard output."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            # Pipes on Windows, and terminals set to something old, cannot write every word that a journal holds.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")

    def finish(self) -> None:
        """Let go of everything that was said; a reader who has gone is noticed here."""
        if sys.stdout is not None:
            sys.stdout.flush()

    def answer(self, document: object, lines: Iterable[str]) -> None:
        """The result: `document` as JSON, or `lines` for people."""
        if self.as_json:
            _write(sys.stdout, json.dumps(document, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                _write(sys.stdout, visible(line))

    def aside(self, sentence: str) -> None:
        """Something to know that is not the result."""
        _write(sys.stderr, visible(sentence))

    def progress(self, doing: str) -> Progress:
        """Tells how far a long run has come, to somebody who watches; nothing into files and pipes."""
        return Progress(doing, shown=_watched(sys.stderr))


class Progress:
    """A line that is written over; called with (done, of)."""

    def __init__(self, doing: str, *, shown: bool) -> None:
        self._doing = doing
        self._shown = shown
        self._percent = -1

    def __call__(self, done: int, of: int) -> None:
        percent = 100 * done // of if of else 100
        if self._shown and percent != self._percent:
            self._percent = percent
            sys.stderr.write(f"\r{self._doing} {percent} %" + ("\n" if done >= of else ""))
            sys.stderr.flush()


def _write(stream: TextIO | None, line: str) -> None:
    if stream is not None:  # a program started without a console has none
        stream.write(line + "\n")


def _watched(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def visible(words: str) -> str:
    """Words from a journal as a terminal may have them: nothing in them moves the cursor or turns the line around."""
    return "".join(c if _harmless(c) else "·" for c in words.replace("\r\n", "\n").replace("\n", " ⏎ "))


def _harmless(character: str) -> bool:
    kind = unicodedata.category(character)
    # Joiners are needed to write some languages and emoji; the other format characters can reorder a line.
    return kind not in {"Cc", "Cs", "Zl", "Zp"} and (kind != "Cf" or character in "\u200c\u200d\u00ad")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows in columns, without a grid; the last column takes what is left of the terminal's width."""
    cells = [list(heads), *([visible(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    room = shutil.get_terminal_size((0, 0)).columns if _watched(sys.stdout) else 0
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return [line if not room or len(line) <= room else line[: room - 1] + "…" for line in lines]

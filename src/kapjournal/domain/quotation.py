"""A quotation inside a note: plain text that reads the same in an export, on paper and on the screen.

    > “She’s not cross with me.”
    > — Session 3, T+ 0:43

Lines that begin with `> ` are quoted; the last of them, with a dash, says where the words stand. The client's own words
keep their quotation marks, and what the therapist noted has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from kapjournal.domain.entry import Kind
from kapjournal.domain.telling import KIND_TOLD

SIGN, DASH = "> ", "> — "
SPOKEN = frozenset({Kind.QUOTE, Kind.ACCOUNT, Kind.INTENTION})  # the client's own words
_NOTED = tuple(f"{told.label}," for kind, told in KIND_TOLD.items() if kind not in SPOKEN)


class LineKind(StrEnum):
    """What a line of a note is."""

    WRITTEN = "written"
    SPOKEN = "spoken"  # the client's words
    NOTED = "noted"  # an earlier note of the therapist
    SOURCE = "source"


def quotation(kind: Kind, words: str, place: str) -> str:
    """The block that quotes these words; `place` is `Session 3, T+ 0:43`."""
    words = words.strip()
    if kind in SPOKEN and words[:1] not in '"“„«':
        words = f"“{words}”"
    source = place if kind is Kind.QUOTE else f"{KIND_TOLD[kind].label}, {place[:1].lower()}{place[1:]}"
    return "\n".join([*(f"{SIGN}{line}".rstrip() for line in words.splitlines()), f"{DASH}{source}"])


def put_in(text: str, at: int, block: str) -> str:
    """What to put into a text at a place so that the block stands by itself, with an empty line at either side."""
    before, after = text[:at], text[at:]
    lead = "\n" * max(2 - _breaks(before[::-1]), 0) if before.strip() else ""
    trail = "\n" * max(2 - _breaks(after), 0)
    return f"{lead}{block}{trail}"


def _breaks(text: str) -> int:
    """How many line breaks it begins with."""
    return len(text) - len(text.lstrip("\n"))


def line_kinds(text: str) -> tuple[LineKind, ...]:
    """What every line of a note is."""
    return tuple(_kinds(text.split("\n")))


def _kinds(lines: list[str]) -> Iterator[LineKind]:
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _quoted(lines[end]) and not lines[end].startswith(DASH):
            end += 1
        source = end < len(lines) and lines[end].startswith(DASH)
        if end == at and not source:
            yield LineKind.WRITTEN
            at += 1
            continue
        noted = source and lines[end][len(DASH) :].startswith(_NOTED)
        spoken = end > at and lines[at][len(SIGN) :][:1] in tuple('"“„«') and not noted
        yield from [LineKind.SPOKEN if spoken else LineKind.NOTED] * (end - at)
        if source:
            yield LineKind.SOURCE
        at = end + source


def _quoted(line: str) -> bool:
    return line.startswith(SIGN) or line == SIGN.strip()

"""The passage of a note that is shown in a list: all of it where it is short, else the sentences that count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MOST = 360  # letters that are read at a glance
CUT = "…"
_ENDS = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+|\n+")

Marks = tuple[tuple[int, int], ...]


class Passage(NamedTuple):
    """Words exactly as they were written; an ellipsis stands where something was left out."""

    words: str
    marks: Marks = ()


def passage(text: str, marks: Sequence[tuple[int, int]] = (), most: int = MOST) -> Passage:
    """The part of a note around its marked words."""
    within = tuple((start, end) for start, end in marks if 0 <= start < end <= len(text))
    if len(text) <= most:
        return Passage(text, within)
    start, end = _sentences(text, within[0] if within else (0, 0), most)
    before, after = (CUT if start else ""), (CUT if end < len(text) else "")
    shift = len(before) - start
    kept = tuple((a + shift, b + shift) for a, b in within if start <= a and b <= end)
    return Passage(before + text[start:end] + after, kept)


def _sentences(text: str, mark: tuple[int, int], most: int) -> tuple[int, int]:
    """From the beginning of the sentence with the mark, as many whole sentences as there is room for."""
    bounds = [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]
    start = max(bound for bound in bounds if bound <= mark[0])
    ends = [len(text[:bound].rstrip()) for bound in bounds if max(mark[1], start + 1) <= bound <= start + most]
    if ends:
        return start, max(ends)
    start = max(start, mark[0] - most // 2)  # one endless sentence
    return _at_a_gap(text, start), min(start + most, len(text))


def _at_a_gap(text: str, at: int) -> int:
    """The next beginning of a word."""
    if not at or text[at - 1].isspace():
        return at
    gap = re.compile(r"\s+").search(text, at, at + 40)
    return gap.end() if gap else at

"""The client's words in quotation marks: taking the outer ones off, and putting them on again."""

from __future__ import annotations

import re
from collections.abc import Iterator

OPENING_MARKS = '"“„‟«»”'
CLOSING_MARKS = '"”“‟»«'

_MARK = re.compile('["“”„‟«»]')
_PAIRS = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("»", "«"), ("‟", "”"), ("”", "”"))
# What may follow the closing mark and still be inside the quotation, by whichever rule of punctuation.
_PUNCTUATION = ".,!?…;:"


def unquoted(opener: str, rest: str) -> str:
    """The words after `opener`, without the mark that closes it; the closing mark is optional.

    Marks inside stay. Where the quotation ends in the middle of the line, all of it stays as typed, marks too.
    """
    depth = 1
    for place, step in _steps(opener, rest):
        depth += step
        if depth == 0:
            after = rest[place + 1 :]
            return opener + rest if after.strip(_PUNCTUATION) else rest[:place].rstrip() + after
    return rest


def _steps(opener: str, rest: str) -> Iterator[tuple[int, int]]:
    """Each quotation mark in `rest`: where it stands, and whether it opens (+1) or closes (-1)."""
    flipped = {"„": "“", "»": "«"}.get(opener, "")
    closing = {"„": "”“", "»": "«", "«": "»"}.get(opener, "”»")
    for found in _MARK.finditer(rest):
        mark, place = found[0], found.start()
        if mark == '"' or (mark == opener and mark in "”‟"):
            yield place, 1 if _looks_opening(rest, place) else -1
        else:
            yield place, -1 if mark in closing or mark == flipped else 1


def _looks_opening(rest: str, place: int) -> bool:
    before = rest[place - 1] if place else " "
    after = rest[place + 1] if place + 1 < len(rest) else " "
    return not after.isspace() and (before.isspace() or before in "([{–—-/")


def quoted(words: str) -> str:
    """A line of which `unquoted` makes `words` again: closed where that can be, else open, else as it stands."""
    closed = [f"{opener}{words}{closer}" for opener, closer in _PAIRS]
    unclosed = [f"{opener}{words}".rstrip() for opener in OPENING_MARKS]
    standing = [words] if words[:1] and words[0] in OPENING_MARKS else []
    return next((line for line in (*closed, *standing, *unclosed) if _reads(line) == words), f'"{words}')


def _reads(line: str) -> str:
    return unquoted(line[0], line[1:].strip()).strip()

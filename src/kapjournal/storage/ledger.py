"""The chain that makes a removed, changed or reordered line of the ledger visible.

Each line carries HMAC-SHA256(ledger key, the link before it and everything the line says), so that nobody without
the ledger key can make a line fit, not even with the database key in hand. The head (the last number, sealed by itself)
tells when the newest lines were cut off. What this cannot show: a whole older copy of the file put in its place.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

_FIRST = b"kapjournal/ledger/1 first"
_HEAD = b"kapjournal/ledger/1 head"


class Line(NamedTuple):
    """One row of the ledger, in the order of its columns."""

    n: int
    at: str
    action: str
    type: str
    record_id: str
    content: str
    digest: bytes
    link: bytes


class Said(NamedTuple):
    """What a line says: when (UTC), what was done, and to which record."""

    at: str
    action: str
    type: str
    record_id: str
    content: str


class Head(NamedTuple):
    """Where the ledger ends: the number of the last line (0 if there is none) and its link."""

    n: int
    link: bytes


def _sized(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(4, "big") + data


def start(key: bytes, vault_id: str) -> Head:
    """The end of a ledger that has no line yet; it belongs to one journal only."""
    return Head(0, hmac.digest(key, _FIRST + _sized(vault_id), "sha256"))


def digest_of(content: str) -> bytes:
    """What stands for the content in the chain."""
    return sha256(content.encode()).digest()


def link_after(key: bytes, before: bytes, line: Line) -> bytes:
    """The link that a line should carry; every part has a fixed or a stated length, so no two are sealed alike."""
    words = b"".join(map(_sized, (line.at, line.action, line.type, line.record_id)))
    return hmac.digest(key, before + line.n.to_bytes(8, "big") + words + line.digest, "sha256")


def line_after(key: bytes, head: Head, said: Said) -> Line:
    """The next line of the ledger."""
    unlinked = Line(head.n + 1, *said, digest_of(said.content), b"")
    return unlinked._replace(link=link_after(key, head.link, unlinked))


def sealed(key: bytes, head: Head) -> str:
    """The head as it is written down beside the ledger."""
    return f"{head.n} {hmac.digest(key, _HEAD + head.n.to_bytes(8, 'big') + head.link, 'sha256').hex()}"


class Walked(NamedTuple):
    """What a walk along the whole ledger found; a removed line is in `missing`, any other trouble in `broken`."""

    broken: tuple[int, ...]
    missing: tuple[int, ...]
    end: Head


def walk(lines: Iterable[Line], key: bytes, start_: Head) -> Walked:
    """Recompute every link.

    A line is judged by the link that stands before it, so one changed line does not condemn all that follow. After
    a gap there is nothing to judge the next link by; the gap itself is reported.
    """
    broken: list[int] = []
    missing: list[int] = []
    end, before = start_, start_.link
    for line in lines:
        if line.n <= end.n:
            broken.append(line.n)
            continue
        gap = line.n > end.n + 1
        missing.extend(range(end.n + 1, line.n))
        fits = digest_of(line.content) == line.digest
        if not fits or not (gap or hmac.compare_digest(link_after(key, before, line), line.link)):
            broken.append(line.n)
        end, before = Head(line.n, line.link), line.link
    return Walked(tuple(broken), tuple(missing), end)


def head_trouble(kept: str | None, end: Head, key: bytes) -> str | None:
    """A sentence if the ledger does not end where its sealed head says."""
    if kept == sealed(key, end):
        return None
    number = (kept or "").split(" ")[0]
    said = int(number) if number.isdecimal() else 0
    if said > end.n:
        return f"{numbered(range(end.n + 1, said + 1))} of the ledger {_are(said - end.n)} missing at its end."
    if said < end.n:
        return (
            f"{numbered(range(said + 1, end.n + 1))} of the ledger {_are(end.n - said, 'were')} added outside the app."
        )
    return f"Entry {end.n}, the last of the ledger, no longer matches its seal."


def _are(many: int, word: str = "are") -> str:
    return word if many > 1 else {"are": "is", "were": "was"}[word]


def numbered(numbers: Iterable[int]) -> str:
    """Entries by their numbers, as a person would say it: `Entry 7`, `Entries 2, 5 and 7 to 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number, number])
    said = [str(a) if a == b else f"{a} to {b}" for a, b in runs]
    if said == [str(runs[0][0])]:
        return f"Entry {said[0]}"
    return f"Entries {' and '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}"

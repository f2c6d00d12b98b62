"""The chain that makes a removed, changed or reordered line of the ledger visible.

Each line carries HMAC-SHA256(ledger key, the link before it and everything the line says), so that nobody without
the ledger key can make a line fit, not even with the database key in hand. The head (the last number, sealed by itself)
tells when the newest lines were cut off. What this cannot show: a whole older copy of the file put in its place.
"""

from __future__ import annotations

import hmac
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

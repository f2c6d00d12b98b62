"""From the passphrase to a live view that can be written in, without Argon2, with 20,000 entries in the journal.

Each round is a process of its own. The bare counterpart opens the same database with its key and reads one row.
"""

from __future__ import annotations

from statistics import median

from bench.__main__ import Row
from bench.practice import practice
from bench.started import run

TARGET_MS = 300
ENTRIES, IN_THE_SESSION = 20_000, 400


def measure(rounds: int = 5) -> list[Row]:
    """Medians in milliseconds."""
    folder = str(practice(ENTRIES, IN_THE_SESSION))
    app = [run("live", folder) for _ in range(rounds)]
    bare = [run("bare-open", folder) for _ in range(rounds)]
    return [
        {
            "what": f"{ENTRIES:,} entries, to the live view",
            "beyond_argon2_ms": median(each["beyond_ms"] or 0.0 for each in app),
            "argon2_ms": median(each["derive_ms"] or 0.0 for each in app),
            "target_ms": TARGET_MS,
        },
        {
            "what": "opening the database, one query",
            "beyond_argon2_ms": median(each["beyond_ms"] or 0.0 for each in bare),
            "argon2_ms": None,
            "target_ms": None,
        },
    ]

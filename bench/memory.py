"""Memory of the whole process with 20,000 entries in the journal and the live view open, beside an empty Qt window.

RSS counts what is shared with other processes whole, PSS counts its share.
"""

from __future__ import annotations

from bench.__main__ import Row
from bench.practice import practice
from bench.started import run
from bench.unlock import ENTRIES, IN_THE_SESSION

TARGET_MB = 150


def measure() -> list[Row]:
    """Megabytes (10⁶ bytes)."""
    app = run("live", str(practice(ENTRIES, IN_THE_SESSION)))
    bare = run("bare-window")
    return [
        {"what": "live view", "rss_mb": app["rss_mb"], "pss_mb": app["pss_mb"], "target_mb": TARGET_MB},
        {"what": "empty Qt window", "rss_mb": bare["rss_mb"], "pss_mb": bare["pss_mb"], "target_mb": None},
    ]

"""From the start of the process to the first picture of the unlock screen, beside a process with an empty Qt window.

Warm: the first start of each is not counted. Both take turns.
"""

from __future__ import annotations

from statistics import median

from bench.__main__ import Row
from bench.started import run

TARGET_MS = 600


def measure(rounds: int = 7) -> list[Row]:
    """Medians in milliseconds, with the fastest and the slowest."""
    took: dict[str, list[float]] = {"app": [], "bare-window": []}
    for number in range(rounds + 1):
        for what, times in took.items():
            start_ms = run(what)["start_ms"]
            if number and start_ms is not None:
                times.append(start_ms)
    return [
        _row("to the unlock screen", took["app"], TARGET_MS),
        _row("to an empty Qt window", took["bare-window"], None),
    ]


def _row(what: str, times: list[float], target_ms: int | None) -> Row:
    return {
        "what": what,
        "median_ms": median(times),
        "least_ms": min(times),
        "most_ms": max(times),
        "target_ms": target_ms,
    }

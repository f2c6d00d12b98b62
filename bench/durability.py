"""How long one kept entry takes to be on the disk, beside the barest thing that keeps the same promise.

The bare counterpart is one INSERT of the same text into a one-table SQLCipher file with the same settings (write-ahead
log, synchronous=FULL). Both take turns, so that a busy disk is busy for both.
"""

from __future__ import annotations

import gc
import json
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.fakes.clock import START, FakeClock

from kapjournal.application.ports import Keys
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.moment import Moment
from kapjournal.storage.engine import Bare, opened
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.records import canonical
from kapjournal.storage.store import SqlJournals

KEYS = Keys("bench", b"d" * 32, b"l" * 32, b"s" * 32)
TEXT = "breath slower now, hands open on the blanket; says the lake is very still and someone is humming by it"
CLIENT = Client(id="c", alias="Heron")
SESSION = Session(id="s", client="c", kind=SessionKind.DOSING, started_at=START)


class SteadyClock(FakeClock):
    """Wall time that moves on with every reading."""

    def now(self) -> Moment:
        self.pass_(1.0)
        return super().now()


def entry(number: int) -> Entry:
    """An entry of ordinary length, a little different each time."""
    return Entry(
        id=f"{number * 7919 % 100_003:08x}-0000-4000-8000-{number:012x}",
        client="c",
        session="s",
        kind=Kind.OBSERVATION,
        text=f"{number} {TEXT}",
        noticed_at=START + timedelta(seconds=number),
        elapsed_s=float(number),
    )


def measure(entries: int = 1000) -> dict[str, float]:
    """Medians and 99th percentiles in milliseconds, and how many times the bare insert a kept entry takes."""
    kept: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        journal = SqlJournals(SteadyClock()).make(Path(folder) / "journal", KEYS)
        plain = opened(Path(folder) / "bare.db", KEYS.database)
        plain.execute("CREATE TABLE said (n INTEGER PRIMARY KEY, content TEXT)")
        journal.keep(CLIENT, SESSION)
        gc.collect()
        for number in range(entries):
            record = entry(number)
            journal.put_on_desk("live/line", record.text)
            kept.append(_keep(journal, record))
            bare.append(_insert(plain, canonical(record)))
        plain.close()
        journal.close()
    return {
        "median_ms": median(kept),
        "p99_ms": quantiles(kept, n=100)[98],
        "bare_median_ms": median(bare),
        "bare_p99_ms": quantiles(bare, n=100)[98],
        "ratio": median(kept) / median(bare),
    }


def _keep(journal: SqlJournal, record: Entry) -> float:
    begun = perf_counter()
    journal.keep(record, desk={"live/line": None})
    return (perf_counter() - begun) * 1000


def _insert(plain: Bare, content: str) -> float:
    begun = perf_counter()
    plain.execute("BEGIN IMMEDIATE")
    plain.execute("INSERT INTO said (content) VALUES (?)", (content,))
    plain.execute("COMMIT")
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

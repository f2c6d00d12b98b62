"""A record of 20,000 entries sealed for a colleague, written, opened again and compared, with every entry previewed.

The bare counterpart encrypts the same file with age and decrypts it, without looking into it. A stop in the middle is
timed as well, and what it leaves on the disk is counted.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter

import pyrage
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds

from bench.__main__ import Row
from bench.practice import _entries, _session
from kapjournal.app import make_sealer
from kapjournal.application.hand_over import Handover, Preview, Stopped, preview, seal
from kapjournal.application.ports import Journal, Keys, Sealer
from kapjournal.domain.bundle import Recipient
from kapjournal.domain.course import Client
from kapjournal.domain.entry import Kind
from kapjournal.domain.selection import Selection
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.store import SqlJournals

ENTRIES, IN_A_SESSION = 20_000, 200
TARGET_S = 5.0
SENDER = Keys("sender", b"d" * 32, b"l" * 32, b"s" * 32)
RECEIVER = Keys("receiver", b"d" * 32, b"l" * 32, b"r" * 32)


def journal(folder: Path) -> SqlJournal:
    """A real journal with one client and so many entries of the clinical record."""
    made = SqlJournals(FakeClock()).make(folder, SENDER)
    client = Client(id="client-0", alias="Alias 0")
    sessions = [_session(n * 12, client.id) for n in range(ENTRIES // IN_A_SESSION)]
    entries = (
        entry.model_copy(update={"client": client.id, "kind": Kind.OBSERVATION, "details": None})
        if entry.kind in {Kind.SELF, Kind.QUOTE}
        else entry.model_copy(update={"client": client.id})
        for session in sessions
        for entry in _entries(session, IN_A_SESSION)
    )
    made.keep(client, *(s.model_copy(update={"client": client.id}) for s in sessions), *entries)
    return made


def measure() -> list[Row]:
    """Seconds, each once: the figures are of whole seconds."""
    with tempfile.TemporaryDirectory() as folder, closing(journal(Path(folder) / "journal")) as held:
        return _measured(held, make_sealer(SENDER), make_sealer(RECEIVER))


def _measured(held: Journal, sealer: Sealer, receiver: Sealer) -> list[Row]:
    recipient = Recipient(name="T.M.", key=receiver.own.recipient)
    handover = Handover(selection=Selection(client="client-0"), recipient=recipient, purpose="bench", sender="Me")
    began = perf_counter()
    shown = preview(held, handover, FakeClock(START), FakeIds())
    previewed = perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.kapbundle.age"
        told: list[int] = []
        sealing = partial(seal, held, sealer, handover, shown, path, FakeClock(START), FakeIds("d"))
        began = perf_counter()
        done = sealing(lambda so_far, _: told.append(so_far))
        sealed = perf_counter() - began
        opened_s = _timed_open(receiver, path)
        size = done.size
        bare_s = _bare(path.read_bytes(), receiver)
    stop_s, left = _stopped(held, sealer, handover, shown)
    return [
        {
            "what": f"{len(shown.ids):,} entries",
            "preview_s": previewed,
            "seal_write_open_compare_s": sealed,
            "recipient_opens_s": opened_s,
            "target_s": TARGET_S,
            "size_mb": size / 1e6,
            "times_progress_was_told": len(told),
        },
        {
            "what": "age alone, there and back",
            "preview_s": None,
            "seal_write_open_compare_s": bare_s,
            "recipient_opens_s": None,
            "target_s": None,
            "size_mb": size / 1e6,
            "times_progress_was_told": None,
        },
        {"what": "stopped halfway", "until_it_stopped_s": stop_s, "files_left": left},
    ]


def _timed_open(receiver: Sealer, path: Path) -> float:
    began = perf_counter()
    receiver.open(path.read_bytes())
    return perf_counter() - began


def _bare(content: bytes, receiver: Sealer) -> float:
    identity = pyrage.x25519.Identity.generate()
    began = perf_counter()
    pyrage.decrypt(pyrage.encrypt(content, [identity.to_public()]), [identity])
    return perf_counter() - began


def _stopped(held: Journal, sealer: Sealer, handover: Handover, shown: Preview) -> tuple[float, int]:
    stopped_at = 0.0

    def stop(done: int, of: int) -> None:
        nonlocal stopped_at
        if done > of // 3:
            stopped_at = stopped_at or perf_counter()
            raise Stopped

    with tempfile.TemporaryDirectory() as folder:
        try:
            path = Path(folder) / "x.kapbundle.age"
            seal(held, sealer, handover, shown, path, FakeClock(START), FakeIds("e"), stop)
        except Stopped:
            return perf_counter() - stopped_at, len(list(Path(folder).iterdir()))
    raise AssertionError("it did not stop")

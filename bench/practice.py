"""A journal as it stands after some years of work: made once for a run, for every measurement that opens one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from kapjournal.app import compose
from kapjournal.application.open_vault import make_journal
from kapjournal.application.ports import KeyStore
from kapjournal.domain.course import Client, Route, Session, SessionKind
from kapjournal.domain.entry import DoseDetails, Entry, Kind, VitalsDetails
from kapjournal.vault.keyfile import KeyFile

PASSPHRASE = "harbour lantern pebble quiet meadow seven"
RUNNING = "running"
CLIENTS = 12
IN_A_SESSION = 200
BATCH = 500
BEGAN = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)
DOSE = DoseDetails(amount_mg=60, route=Route.IM)
TEXTS = (
    "breath slower now, hands open on the blanket; says the lake is very still and someone is humming by it",
    "tears, silent, for about a minute",
    "the floor is breathing with me, and it is all right",
    "asks whether the music changed; it had",
)
KINDS = (Kind.OBSERVATION, Kind.QUOTE, Kind.OBSERVATION, Kind.INTERVENTION, Kind.SELF)


@cache
def practice(entries: int, running: int, keys: KeyStore | None = None) -> Path:
    """A journal folder with so many entries, `running` of them in the session that still runs."""
    folder = Path(tempfile.mkdtemp(prefix="kapjournal-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    parts = compose(keys=keys or KeyFile())
    journal = make_journal(parts.keys, parts.journals, folder / "practice.kapvault", PASSPHRASE).journal
    clients = [Client(id=f"client-{n}", alias=f"Alias {n}") for n in range(CLIENTS)]
    journal.keep(*clients)
    for number, begin in enumerate(range(0, entries - running, IN_A_SESSION)):
        count = min(IN_A_SESSION, entries - running - begin)
        session = _session(number, clients[number % CLIENTS].id)
        journal.keep(session, *_entries(session, count))
        journal.keep(session.model_copy(update={"ended_at": _end(session), "closed_at": _end(session)}))
    began = parts.clock.now().at - timedelta(hours=3)
    session = _session(0, clients[0].id).model_copy(update={"id": RUNNING, "number": 99, "started_at": began})
    journal.keep(session)
    records = list(_entries(session, running))
    for begin in range(0, running, BATCH):
        journal.keep(*records[begin : begin + BATCH])
    journal.close()
    return folder / "practice.kapvault"


def _session(number: int, client: str) -> Session:
    return Session(
        id=f"session-{number}",
        client=client,
        kind=SessionKind.DOSING,
        number=number // CLIENTS + 1,
        started_at=BEGAN + timedelta(days=number),
    )


def _end(session: Session) -> datetime:
    return (session.started_at or BEGAN) + timedelta(hours=3)


def _entries(session: Session, count: int) -> Iterator[Entry]:
    began = session.started_at or BEGAN
    for number in range(count):
        at = began + timedelta(hours=3) * (number / count)
        given = {"id": f"{session.id}-{number}", "client": session.client, "session": session.id, "noticed_at": at}
        given["elapsed_s"] = (at - began).total_seconds()
        if number % 20 == 10:
            reading = VitalsDetails(systolic=118 + number % 9, diastolic=78, heart_rate=70 + number % 11, spo2=97)
            yield Entry.model_validate({**given, "kind": Kind.VITALS, "text": "", "details": reading})
        elif number in {5, count // 4}:
            yield Entry.model_validate({**given, "kind": Kind.DOSE, "text": "60 mg IM", "details": DOSE})
        else:
            yield Entry.model_validate(
                {**given, "kind": KINDS[number % len(KINDS)], "text": TEXTS[number % len(TEXTS)]}
            )

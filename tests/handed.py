"""What the tests of handing over share: therapists, a journal with something of everything, and a way to seal it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal.app import make_sealer
from kapjournal.application.authorize import Signed, record_authorization
from kapjournal.application.hand_over import Handover, Preview, Sealed, preview, seal
from kapjournal.application.ports import Journal, Keys, Sealer
from kapjournal.domain.bundle import Permission, Recipient
from kapjournal.domain.course import Record
from kapjournal.domain.entry import Entry
from kapjournal.domain.exchange import record_of
from kapjournal.domain.selection import Selection
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds

A = Keys("a" * 32, b"a" * 32, b"l" * 32, bytes(range(32)))
B = Keys("b" * 32, b"b" * 32, b"l" * 32, bytes(range(32, 64)))
C = Keys("c" * 32, b"c" * 32, b"l" * 32, bytes(range(64, 96)))

PRIVATE_CANARY = "the-quetzal-in-the-cellar"
SELF_CANARY = "my-own-axolotl-stirred"
OTHER_CANARY = "another-clients-okapi"
NOTES_CANARY = "pangolin-in-my-notes"
TERM_CANARY = "a-term-learned-elsewhere"
CANARIES = (PRIVATE_CANARY, SELF_CANARY, OTHER_CANARY, NOTES_CANARY, TERM_CANARY)

_AT = "2026-02-0{}T10:{:02}:00-05:00"


def _entry(id_: str, kind: str, text: str, minute: int = 0, day: int = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    more = {"session": f"s{day}", **more}
    return {
        "type": "entry",
        "id": id_,
        "client": "c",
        "kind": kind,
        "text": text,
        "noticed_at": _AT.format(day, minute),
        **{name: value for name, value in more.items() if value is not None},
    }


LINES: tuple[dict[str, Any], ...] = (
    {"type": "client", "id": "c", "alias": "Wren", "pronouns": "she/her", "birth_year": 1984,
     "prescriber": "Dr. Kestrel, 555-0142", "emergency_contact": "sister Hannah", "medicines": "lamotrigine",
     "notes": f"band director; {NOTES_CANARY}", "retain_until": "2040-01-01"},
    {"type": "client", "id": "o", "alias": "Heron"},
    {"type": "course", "id": "k", "client": "c", "title": "First course", "planned_sessions": 6, "route": "IM"},
    {"type": "course", "id": "ko", "client": "o", "title": OTHER_CANARY},
    {"type": "theme", "id": "t", "name": "Grief & loss", "family": "Emotion", "terms": ["miss", TERM_CANARY]},
    {"type": "theme", "id": "u", "name": "Music", "terms": ["drum"]},
    {"type": "part", "id": "p", "client": "c", "name": "Watcher", "role": "manager", "notes": PRIVATE_CANARY,
     "fears": "the stairs"},
    {"type": "part", "id": "q", "client": "o", "name": OTHER_CANARY},
    {"type": "session", "id": "s2", "client": "c", "course": "k", "kind": "dosing", "number": 1,
     "started_at": _AT.format(2, 0), "ended_at": _AT.format(2, 59), "closed_at": "2026-02-02T12:00:00-05:00"},
    {"type": "session", "id": "s4", "client": "c", "course": "k", "kind": "integration", "number": 1,
     "started_at": _AT.format(4, 0)},
    {"type": "session", "id": "s9", "client": "c", "kind": "dosing", "number": 2, "planned_for": _AT.format(9, 0)},
    {"type": "session", "id": "so", "client": "o", "kind": "dosing", "started_at": _AT.format(2, 0)},
    _entry("intention", "intention", "To breathe out", 1, details={"enough": "one breath", "state": "open"}),
    _entry("agreement", "agreement", "Hand, when she asks", 2, details={"about": "touch", "stop_word": "harbour"}),
    _entry("plan", "plan", "Call the clinic first", 3, details={"about": "safety plan"}),
    _entry("form", "measure", "", 4, details={"instrument": "PHQ-9", "answers": [2, 2, 2, 2, 1, 2, 1, 1, 0],
                                              "total": 13}),
    _entry("dose", "dose", "right deltoid", 10, details={"amount_mg": 60, "route": "IM", "given_by": "medical"}),
    _entry("seen", "observation", "Tears, silent", 20, details={"code": "tears"}),
    _entry("bp", "vitals", "", 25, details={"systolic": 182, "diastolic": 82, "heart_rate": 80, "spo2": 97}),
    _entry("suds", "suds", "", 26, details={"level": 5}),
    _entry("awake", "sedation", "", 27, details={"level": 4}),
    _entry("hand", "touch", "", 28, details={"where": "hand", "initiated_by": "client", "basis": "agreed_before"}),
    _entry("sick", "safety", "Mild nausea", 29, details={"sign": "nausea", "severity": "mild"}),
    _entry("quote", "quote", f"I miss {PRIVATE_CANARY}", 30, starred=True),
    _entry("mine", "self", f"Pulled: {SELF_CANARY}", 31),
    _entry("watcher", "part", "@Watcher, arms folded", 32, details={"part": "p", "blended": False}),
    _entry("late", "observation", "Looked back at the cup", 40, written_at="2026-02-02T17:40:00-05:00"),
    _entry("out", "phase", "steady, left with her sister", 50, details={"phase": "discharge"}),
    _entry("taken", "observation", "A slip of the pen", 51),
    _entry("insight", "insight", "The bracing guards a goodbye", 10, 4),
    _entry("practice", "practice", "Breathe out before the telephone", 20, 4,
           details={"domain": "body", "how_often": "daily", "follow_up_on": "2026-02-24", "state": "open"}),
    _entry("account", "account", "I slept", 0, 3, session=None, voice="client"),
    _entry("call", "contact", "Slept well", 30, 3, session=None, details={"with": "client"}),
    {"type": "entry", "id": "x", "client": "o", "session": "so", "kind": "observation", "text": OTHER_CANARY,
     "noticed_at": _AT.format(2, 5)},
    {"type": "amendment", "id": "am", "entry": "bp", "action": "correction", "details": {"systolic": 128},
     "text": "128/82, misread", "written_at": _AT.format(3, 0)},
    {"type": "amendment", "id": "gone", "entry": "taken", "action": "retraction", "reason": "not hers",
     "written_at": _AT.format(3, 1)},
    {"type": "amendment", "id": "pam", "entry": "quote", "action": "addendum", "text": PRIVATE_CANARY,
     "written_at": _AT.format(3, 2)},
    {"type": "tag", "entry": "seen", "theme": "t", "state": "accepted"},
    {"type": "tag", "entry": "seen", "theme": "u", "state": "rejected"},
    {"type": "tag", "entry": "quote", "theme": "t", "state": "accepted"},
    {"type": "tag", "entry": "seen", "part": "p", "state": "accepted"},
    {"type": "link", "from": "seen", "to": "intention", "relation": "echoes"},
    {"type": "link", "from": "seen", "to": "quote", "relation": "answers"},
)  # fmt: skip


def records(lines: Sequence[dict[str, Any]] = LINES) -> tuple[Record, ...]:
    """The lines as records."""
    return tuple(record_of(line) for line in lines)


def fill(journal: Journal) -> None:
    """Put everything into an empty journal: sessions close after their entries stand."""
    journal.keep(*records())


@cache
def sealer(of: Keys) -> Sealer:
    """The real one."""
    return make_sealer(of)


def handover(selection: Selection | None = None, **given: Any) -> Handover:  # noqa: ANN401
    """From A to B, the clinical record of Wren."""
    usual: dict[str, Any] = {
        "selection": selection or Selection(client="c"),
        "recipient": Recipient(name="T.M.", key=sealer(B).own.recipient),
        "purpose": "Transfer of care",
        "sender": "K.L.",
    }
    return Handover(**{**usual, **given})


def previewed(journal: Journal, wanted: Handover, ids: str = "bundle") -> Preview:
    """What would be sealed."""
    return preview(journal, wanted, FakeClock(), FakeIds(ids))


def sealed(
    journal: Journal, path: Path, wanted: Handover, by: Sealer | None = None, ids: str = "bundle", days: float = 0
) -> Sealed:
    """Sealed into a file, `days` after the usual moment; `ids` begins every id that is given."""
    clock = FakeClock(START + timedelta(days=days))
    shown = preview(journal, wanted, clock, FakeIds(ids))
    return seal(journal, by or sealer(A), wanted, shown, path, clock, FakeIds(f"{ids}-d"))


def authorized(journal: Journal, to: str = "T.M.") -> Permission:
    """What Wren signed."""
    signed = Signed("her words and parts", to, date(2026, 2, 20), date(2027, 2, 20))
    return record_authorization(journal, FakeIds("paper"), "c", signed, START)


def ids_in(them: Sequence[Record]) -> set[str]:
    """The ids of the entries among some records."""
    return {record.id for record in them if isinstance(record, Entry)}

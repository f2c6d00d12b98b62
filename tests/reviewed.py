"""A course to look back on, in memory: three sessions of one client, the last of them still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from kapjournal import resources
from kapjournal.application.own_lists import Tables, load_tables
from kapjournal.domain.course import Client, Course, Limits, Route, Session, SessionKind
from kapjournal.domain.entry import (
    DoseDetails,
    Entry,
    IntentionDetails,
    IntentionState,
    Kind,
    TouchDetails,
    VitalsDetails,
    Voice,
)
from kapjournal.domain.label import Part, Tag, TagState, Theme
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import View
from kapjournal.gui.review.uses import Ground, review_uses
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

NOON = datetime(2026, 2, 26, 13, 4, tzinfo=timezone(timedelta(hours=-5)))
DOSE_AFTER = 18  # minutes from the beginning of a session to its first dose
CANARY = "the pull to comfort was mine"


def tables() -> Tables:
    return load_tables(resources.path)


def entry(id_: str, session: str, minute: float, kind: Kind, text: str = "", **more: object) -> Entry:
    """An entry so many minutes after the first dose of its session."""
    begun = BEGUN[session]
    at = begun + timedelta(minutes=DOSE_AFTER + minute)
    given = {"id": id_, "client": "wren", "session": session, "kind": kind, "text": text, "noticed_at": at, **more}
    return Entry.model_validate(given)


BEGUN = {"d1": NOON - timedelta(days=28), "d2": NOON - timedelta(days=14), "d3": NOON}


def dosing(id_: str, number: int, *, closed: bool) -> Session:
    begun = BEGUN[id_]
    over = {"ended_at": begun + timedelta(hours=3), "closed_at": begun + timedelta(hours=3)} if closed else {}
    given = {"id": id_, "client": "wren", "course": "c", "kind": SessionKind.DOSING, "number": number}
    return Session.model_validate({**given, "started_at": begun, **over})


def course(clock: FakeClock) -> FakeJournal:
    """The journal as it stands at 17:40 on the day of the third session, which is not signed yet."""
    journal = FakeJournal(clock)
    journal.keep(
        Client(id="wren", alias="Wren"),
        Course(id="c", client="wren", route=Route.IM, limits=Limits(systolic=160)),
        Theme(id="grief", name="Grief & loss"),
        Part(id="watcher", client="wren", name="Watcher"),
        *(dosing(id_, number, closed=False) for number, id_ in enumerate(BEGUN, start=1)),
        *(entry(f"dose-{s}", s, 0, Kind.DOSE, details=DoseDetails(amount_mg=60, route=Route.IM)) for s in BEGUN),
        entry("q1", "d1", 38, Kind.QUOTE, "The floor is breathing."),
        entry("q2", "d2", 41, Kind.QUOTE, "I can see the stairs."),
        entry("bp0", "d3", -10, Kind.VITALS, details=VitalsDetails(systolic=118, diastolic=76, heart_rate=70)),
        entry("bp1", "d3", 20, Kind.VITALS, details=VitalsDetails(systolic=128, diastolic=82, heart_rate=84)),
        entry("tears", "d3", 24, Kind.OBSERVATION, "Tears, silent."),
        entry("nana", "d3", 28, Kind.QUOTE, "Nana’s kitchen. The yellow table.", starred=True),
        entry("own", "d3", 30, Kind.SELF, f"At once: {CANARY}."),
        entry("hand", "d3", 39, Kind.TOUCH, details=TouchDetails(where="hand")),
        entry("hope", "d3", -15, Kind.INTENTION, "To stop bracing.", details=IntentionDetails()),
        entry("landed", "d3", 140, Kind.OBSERVATION, "Sits up."),
        Tag(entry="nana", theme="grief", state=TagState.ACCEPTED),
        Tag(entry="nana", part="watcher", state=TagState.REJECTED),
    )
    journal.keep(*(dosing(id_, number, closed=True) for number, id_ in ((1, "d1"), (2, "d2"))))
    told = {"id": "told", "client": "wren", "kind": Kind.ACCOUNT, "voice": Voice.CLIENT}
    at = BEGUN["d2"] + timedelta(days=1)
    journal.keep(Entry.model_validate({**told, "text": "I slept like something put down.", "noticed_at": at}))
    return journal


def state_of(journal: FakeJournal, state: IntentionState) -> None:
    """Say what became of the intention."""
    hope = next(e for e in journal.entries() if e.id == "hope")
    journal.keep(Entry.model_validate({**hope.content(), "details": {"state": state}}))


class Screen:
    """One opening of the screen, without windows."""

    def __init__(
        self,
        journal: FakeJournal,
        clock: FakeClock,
        about: str = "",
        view: Callable[[], View] | None = None,
        held: dict[str, dict[str, str]] | None = None,
    ) -> None:
        self.journal, self.clock, self.tasks, self.timer = journal, clock, InlineTasks(), FakeTimer()
        self.saved, self.went = "", ""
        self.states: list[object] = []
        ground = Ground(journal, clock, FakeIds(f"at-{clock.tick_s:g}"), tables(), "wren")
        uses = review_uses(ground, self._told, self._go)
        self.view = view() if view else self
        self.presenter = ReviewPresenter(uses, self.tasks, clock, self.timer, self.view)
        if view is None:
            self.presenter.start(about, held)  # type: ignore[arg-type]

    def _told(self, _: str, saved: str) -> None:
        self.saved = saved

    def _go(self, where: str) -> None:
        self.went = where

    def show_state(self, state: object) -> None:
        self.states.append(state)

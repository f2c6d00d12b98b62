"""The integration screen with everything behind it: an invented course of three sessions, over a journal in memory."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from kapjournal.application.integration_note import Writer
from kapjournal.application.ports import Journal, Recall
from kapjournal.domain.course import Client, Record, Session, SessionKind
from kapjournal.domain.entry import (
    Domain,
    DoseDetails,
    Entry,
    IntentionDetails,
    Kind,
    PartDetails,
    PracticeDetails,
)
from kapjournal.domain.label import Link, Part, Relation, Tag, TagState, Theme
from kapjournal.domain.recalled import Found, Tier
from kapjournal.gui.integrate.presenter import IntegratePresenter
from kapjournal.gui.integrate.state import Choice, Integrate, View
from kapjournal.gui.integrate.uses import Ways, integrate_uses
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.recall import FakeRecall
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

ZONE = timezone(timedelta(hours=-5))
TODAY = datetime(2026, 3, 2, 10, 30, tzinfo=ZONE)
WREN = Client(id="wren", alias="Wren")
HERON = Client(id="heron", alias="Heron")
STARTER = (Theme(id="theme-joy", name="Joy", terms=("joy", "laugh")),)
CANARY = "canary of my own"


class TwoTiers(FakeRecall):
    """Finds whole words, and calls named notes possibly related to any theme."""

    related: tuple[Found, ...] = (
        Found("q4", Tier.RELATED, ("house", "smells"), marks=((10, 16), (26, 31))),
        Found("o3", Tier.RELATED, (), like_tagged=3),
    )

    def by_theme(
        self, theme: Theme, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        by_hand = Tier.RELATED  # the real one says of those what words they are like by
        found = tuple(
            one._replace(why=("like",), marks=((0, 4),)) if one.tier is by_hand else one
            for one in super().by_theme(theme, client, limit, own=own)
        )
        there = {one.entry for one in found}
        said = {t.entry: t.state for t in self._journal.tags(client) if t.theme == theme.id}
        related = [
            one for one in self.related
            if one.entry not in there and said.get(one.entry) is not TagState.REJECTED and theme.id == "nana"
        ]  # fmt: skip
        return (*found, *related)


def session(id_: str, kind: SessionKind, number: int, day: datetime, *, closed: bool = True) -> Session:
    given = {"ended_at": day + timedelta(hours=3), "closed_at": day + timedelta(hours=3)} if closed else {}
    return Session(id=id_, client="wren", kind=kind, number=number, started_at=day, **given)


DAYS = {n: datetime(2026, *day, 13, 0, tzinfo=ZONE) for n, day in ((1, (1, 22)), (2, (2, 5)), (3, (2, 26)))}
QUOTE, SEEN = Kind.QUOTE, Kind.OBSERVATION
SAID = (
    ("q1", 3, 50, QUOTE, "Nana’s kitchen. The yellow table. I never said goodbye to her."),
    ("q2", 3, 65, QUOTE, "She’s not cross with me."),
    ("q3", 2, 91, QUOTE, "We were at the funeral and nobody told me where to stand. Nana would have."),
    ("o1", 2, 104, SEEN, "Tears at the word “kitchen”. Left hand to collarbone, stays there."),
    ("q4", 1, 62, QUOTE, "Something smells like her house. It’s gone now."),
    ("o2", 1, 70, SEEN, "Says Grandma twice, quietly."),
    ("o3", 1, 95, SEEN, "Long breath out, shoulders down."),
    ("me", 2, 92, Kind.SELF, f"Nana again, {CANARY}"),
)


def course() -> list[Record]:
    """Three dosing sessions, with an integration that is open."""
    records: list[Record] = [WREN, HERON]
    records += [session(f"d{n}", SessionKind.DOSING, n, day) for n, day in DAYS.items()]
    records += [
        Theme(id="nana", name="mother, Nana", terms=("Nana", "funeral", "Grandma", "mother")),
        Theme(id="held", name="held, safe", terms=("cross", "hand")),
        Theme(id="grief", name="grief", terms=("goodbye", "gone")),
        Part(id="planner", client="wren", name="Planner"),
        Part(id="little", client="wren", name="Little one"),
    ]
    for n, day in DAYS.items():
        dose = DoseDetails(amount_mg=60, route="IM")
        records.append(note(f"dose{n}", f"d{n}", Kind.DOSE, "dose", day + timedelta(minutes=22), details=dose))
    for id_, n, minute, kind, words in SAID:
        starred = {"starred": True} if id_ in ("q2", "me") else {}
        records.append(note(id_, f"d{n}", kind, words, DAYS[n] + timedelta(minutes=minute), **starred))
    records += [
        note("p1", "d2", Kind.PART, "the Planner steps aside", DAYS[2] + timedelta(minutes=110),
             details=PartDetails(part="planner")),
        note("i3", "d3", Kind.INTENTION, "To stop bracing.", DAYS[3] + timedelta(minutes=5),
             details=IntentionDetails(hope="To stop bracing.")),
        note("pr1", None, Kind.PRACTICE, "Lay two cups at the table on Sunday", DAYS[3] + timedelta(days=1),
             details=PracticeDetails(domain=Domain.RELATIONSHIPS, how_often="once",
                                     follow_up_on=date(2026, 3, 8))),
        note("pr2", None, Kind.PRACTICE, "Ten slow breaths at the window", DAYS[3] + timedelta(days=1),
             details=PracticeDetails(domain=Domain.BODY, how_often="daily",
                                     follow_up_on=date(2026, 3, 10))),
        Entry(id="h1", client="heron", kind=QUOTE, text="My Nana sang.", noticed_at=DAYS[1]),
        Tag(entry="q1", theme="nana", state=TagState.ACCEPTED, tagged_at=DAYS[3]),
        Tag(entry="o1", part="little", state=TagState.ACCEPTED, tagged_at=DAYS[2]),
        Tag(entry="o1", theme="nana", state=TagState.ACCEPTED, tagged_at=DAYS[2]),
        Tag(entry="me", part="planner", state=TagState.ACCEPTED, tagged_at=DAYS[1]),
        Tag(entry="me", theme="nana", state=TagState.ACCEPTED, tagged_at=DAYS[1]),
        Link(source="me", target="i3", relation=Relation.ECHOES),
        Link(source="o3", target="i3", relation=Relation.ECHOES),
    ]  # fmt: skip
    return records


def note(id_: str, where: str | None, kind: Kind, words: str, at: datetime, **more: object) -> Entry:
    """One entry of Wren’s."""
    given = {"id": id_, "client": "wren", "kind": kind, "text": words, "noticed_at": at, **more}
    return Entry.model_validate({**given, **({"session": where} if where else {})})


class Told:
    """A view that keeps what it was shown, and picks what it is told to."""

    def __init__(self) -> None:
        self.state = Integrate()
        self.shown = 0
        self.offered: tuple[Choice, ...] = ()
        self.choose = self.make = None

    def show_state(self, state: Integrate) -> None:
        self.state = state
        self.shown += 1

    def pick(self, choices, chosen, new) -> None:  # noqa: ANN001
        self.offered, self.choose, self.make = choices, chosen, new


class Room:
    """The screen over a journal; `show` makes the view."""

    def __init__(
        self, view: View | None = None, *, records: list[Record] | None = None, journal: Journal | None = None,
        recall: Recall | None = None, open_session: bool = True, about: str = "",
    ) -> None:  # fmt: skip
        self.clock, self.timer, self.ids, self.tasks = FakeClock(TODAY), FakeTimer(), FakeIds("new"), InlineTasks()
        self.journal = journal or FakeJournal(self.clock)
        self.journal.keep(*(course() if records is None else records))
        if open_session:
            self.journal.keep(session("i3s", SessionKind.INTEGRATION, 3, TODAY - timedelta(minutes=20), closed=False))
        self.recall = recall or TwoTiers(self.journal)
        self.went: list[tuple[str, ...]] = []
        self.bar: list[str] = []
        self.view = view or Told()
        self.enter(about)

    def enter(self, about: str = "") -> None:
        """Enter the screen (anew)."""
        on = Writer(self.journal, self.clock, self.ids, "wren", STARTER)
        ways = Ways(
            review=lambda *to: self.went.append(("review", *to)),
            here=lambda about: self.went.append(("here", about)),
            told=self.bar.append,
            where=lambda note: self.bar.append(f"Wren {note}"),
            bug=self._bug,
        )
        uses = integrate_uses(on, self.recall, ways)
        self.presenter = IntegratePresenter(uses, self.tasks, self.timer, self.view)
        if hasattr(self.view, "bind"):
            self.view.bind(self.presenter)
        self.presenter.start(about)

    def _bug(self, error: Exception) -> None:
        raise error

    @property
    def state(self) -> Integrate:
        return self.presenter.state

    def ids_shown(self) -> list[str]:
        """The notes in the list, in their order."""
        return [row.id for row in self.state.rows if row.id]

    def said(self, entry: str, label: str) -> TagState | None:
        """What the journal says of a note and a label."""
        tags = self.journal.tags("wren")
        return next((t.state for t in tags if t.entry == entry and label in (t.theme, t.part)), None)

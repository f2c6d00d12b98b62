"""From a line to an entry: when it happened and when it was typed are both kept, and the draft goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application.keep_entry import HalfTyped, as_entry, keep_draft, keep_entry, read_draft, tags_of
from kapjournal.application.start_session import draft_place
from kapjournal.domain.capture import Context, Draft, PieceKey, PieceKind, read_line
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Kind
from kapjournal.domain.errors import BadInput, NotSaved
from kapjournal.domain.label import Part, TagState, Theme
from kapjournal.domain.moment import SessionClock
from tests.fakes.clock import START, FakeClock
from tests.fakes.journal import FakeJournal

SESSION = Session(id="s", client="wren", kind=SessionKind.DOSING, started_at=START)
GRIEF = Theme(id="grief", name="Grief & loss")
MINDER = Part(id="minder", client="wren", name="The minder")
CONTEXT = Context(themes=(GRIEF,), parts=(MINDER,))
PLACE = draft_place("s")


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal()
    made.keep(Client(id="wren", alias="Wren"), SESSION)
    return made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_both_moments_are_kept_and_the_place_is_by_the_steady_clock(clock: FakeClock) -> None:
    session_clock = SessionClock(anchor=clock.now())
    clock.pass_(600)
    clock.set_wall(-timedelta(hours=1))
    stamp = clock.now()
    entry = as_entry(read_line("-2m tears", stamp.at, CONTEXT), stamp, session_clock, SESSION, "e1")
    assert (entry.noticed_at, entry.written_at) == (stamp.at - timedelta(minutes=2), stamp.at)
    assert entry.elapsed_s == 480.0


def test_without_a_shift_or_a_clock_nothing_is_made_up(clock: FakeClock) -> None:
    stamp = clock.now()
    entry = as_entry(Draft(Kind.QUOTE, "lips fuzzy", stamp.at), stamp, None, SESSION, "e1")
    assert {"written_at", "elapsed_s", "details", "starred"}.isdisjoint(entry.content())


def test_every_known_label_is_a_tag_once(clock: FakeClock) -> None:
    stamp = clock.now()
    draft = read_line("@minder said #grief, @minder again #nosuch #grief", stamp.at, CONTEXT)
    entry = as_entry(draft, stamp, None, SESSION, "e1")
    tags = tags_of(entry, draft.labels, stamp)
    assert [(t.theme, t.part, t.state, t.tagged_at) for t in tags] == [
        (None, "minder", TagState.ACCEPTED, stamp.at),
        ("grief", None, TagState.ACCEPTED, stamp.at),
    ]


def kept(
    journal: FakeJournal, clock: FakeClock, line: str, *, clear_draft: bool, labels: tuple[Theme, ...] = ()
) -> None:
    stamp = clock.now()
    draft = read_line(line, stamp.at, CONTEXT)
    entry = as_entry(draft, stamp, None, SESSION, "e1")
    keep_entry(journal, entry, tags_of(entry, draft.labels, stamp), labels, clear_draft=clear_draft)


def test_the_entry_its_labels_and_the_end_of_the_draft_are_one_write(journal: FakeJournal, clock: FakeClock) -> None:
    journal.put_on_desk(PLACE, "half a li")
    journal.trouble = NotSaved("The disk is full.")
    with pytest.raises(NotSaved):
        kept(journal, clock, "soft #grief", clear_draft=True, labels=(GRIEF,))
    journal.trouble = None
    assert (journal.entries(), journal.themes(), journal.desk(PLACE)) == ((), (), "half a li")
    kept(journal, clock, "soft #grief", clear_draft=True, labels=(GRIEF,))
    assert (len(journal.entries()), journal.themes(), journal.desk(PLACE)) == (1, (GRIEF,), None)


def test_a_tag_without_its_label_keeps_nothing_at_all(journal: FakeJournal, clock: FakeClock) -> None:
    journal.put_on_desk(PLACE, "half a li")
    with pytest.raises(BadInput):
        kept(journal, clock, "soft #grief", clear_draft=True)
    assert (journal.entries(), journal.desk(PLACE)) == ((), "half a li")


def test_an_entry_from_elsewhere_leaves_the_draft_alone(journal: FakeJournal, clock: FakeClock) -> None:
    journal.put_on_desk(PLACE, "half a li")
    kept(journal, clock, "soft", clear_draft=False)
    assert journal.desk(PLACE) == "half a li"


FULL = HalfTyped(
    text="half a li",
    cursor=4,
    stamp=FakeClock().now(),
    kind=Kind.QUOTE,
    dismissed=(PieceKey(PieceKind.THEME, "#grief", 1),),
    editing="e1",
    doing="edit",
    left_forms={"dose": {"amount": "60"}},
    behind=HalfTyped(text="behind"),
)


@pytest.mark.parametrize("half_typed", [FULL, HalfTyped(text="x"), HalfTyped(form="dose"), HalfTyped(behind=FULL)])
def test_a_half_typed_line_comes_back_as_it_was(journal: FakeJournal, half_typed: HalfTyped) -> None:
    keep_draft(journal, "s", half_typed)
    assert read_draft(journal.desk(PLACE)) == half_typed


def test_nothing_half_typed_leaves_nothing_on_the_desk(journal: FakeJournal) -> None:
    journal.put_on_desk(PLACE, "half a li")
    keep_draft(journal, "s", HalfTyped(cursor=3, kind=Kind.QUOTE))
    assert journal.desk(PLACE) is None
    assert read_draft(None) == HalfTyped()


@pytest.mark.parametrize("content", ["no json", '{"text": 5}', '{"stamp": "x"}', "[]", ""])
def test_a_draft_that_cannot_be_read_becomes_text(content: str) -> None:
    assert read_draft(content) == HalfTyped(text=content, cursor=len(content))

"""In place while the session is open; beside the original once it is closed."""

from __future__ import annotations

import pytest

from kapjournal.application import amend
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Action, Amended, DoseDetails, Entry, Kind, VitalsDetails
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import Tag, TagState, Theme
from tests.fakes.clock import START
from tests.fakes.journal import FakeJournal

SESSION = Session(id="s", client="wren", kind=SessionKind.DOSING, started_at=START)
ENTRY = Entry(
    id="e1",
    client="wren",
    session="s",
    kind=Kind.VITALS,
    text="",
    noticed_at=START,
    details=VitalsDetails(systolic=173, diastolic=84),
)
GRIEF, MUSIC = Theme(id="grief", name="Grief"), Theme(id="music", name="Music")


def tag(theme: Theme, state: TagState = TagState.ACCEPTED) -> Tag:
    return Tag(entry="e1", theme=theme.id, state=state)


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal()
    made.keep(Client(id="wren", alias="Wren"), SESSION, ENTRY, GRIEF, tag(GRIEF))
    return made


@pytest.fixture
def closed(journal: FakeJournal) -> FakeJournal:
    journal.keep(SESSION.model_copy(update={"closed_at": START}))
    return journal


def test_an_edit_replaces_and_the_ledger_has_both(journal: FakeJournal) -> None:
    edited = ENTRY.model_copy(update={"text": "left arm"})
    amend.edit(journal, edited, [tag(MUSIC)], [tag(GRIEF)], [MUSIC])
    assert journal.entries() == (edited,)
    assert {(t.theme, t.state) for t in journal.tags()} == {
        ("grief", TagState.REJECTED),
        ("music", TagState.ACCEPTED),
    }
    assert [v for v in journal.ledger if isinstance(v, Entry)] == [ENTRY, edited]


def test_an_edit_of_a_closed_entry_is_refused_whole(closed: FakeJournal) -> None:
    with pytest.raises(Refused, match="Add an amendment instead"):
        amend.edit(closed, ENTRY.model_copy(update={"text": "x"}), [tag(MUSIC)], [tag(GRIEF)], [MUSIC])
    assert (closed.entries(), closed.themes()) == ((ENTRY,), (GRIEF,))


@pytest.mark.parametrize(
    ("add", "action"), [(amend.add_addendum, Action.ADDENDUM), (amend.add_late_entry, Action.LATE_ENTRY)]
)
def test_words_are_added(closed: FakeJournal, add: object, action: Action) -> None:
    add(closed, "a1", START, "e1", "  said twice ")
    (amendment,) = closed.amendments()
    assert (amendment.action, amendment.text, amendment.written_at) == (action, "said twice", START)
    with pytest.raises(Refused, match="no words"):
        add(closed, "a2", START, "e1", " \n ")


def test_only_what_differs_is_corrected(closed: FakeJournal) -> None:
    amend.correct(closed, "a1", START, ENTRY, "", details=VitalsDetails(systolic=153, diastolic=84))
    (amendment,) = closed.amendments()
    assert (amendment.details, amendment.text) == ({"systolic": 153}, None)
    stands = Amended(original=ENTRY, amendments=(amendment,))
    assert stands.details == VitalsDetails(systolic=153, diastolic=84)
    assert closed.entries() == (ENTRY,)


def test_a_correction_that_changes_nothing_and_says_nothing_is_refused(closed: FakeJournal) -> None:
    with pytest.raises(Refused):
        amend.correct(closed, "a1", START, ENTRY, "", details=ENTRY.details)
    assert closed.amendments() == ()


def test_details_of_another_kind_are_no_correction(closed: FakeJournal) -> None:
    amend.correct(closed, "a1", START, ENTRY, "words", details=DoseDetails(amount_mg=60))
    assert closed.amendments()[0].details is None


def test_taking_back_is_on_record(closed: FakeJournal) -> None:
    amend.take_back(closed, "a1", START, "e1", reason="typed for somebody else")
    (amendment,) = closed.amendments()
    assert (amendment.action, amendment.reason) == (Action.RETRACTION, "typed for somebody else")
    assert Amended(original=ENTRY, amendments=(amendment,)).retracted

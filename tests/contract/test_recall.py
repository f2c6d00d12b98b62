"""What every recall does: the one that knows whole words only, and the real one in memory and on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kapjournal import resources
from kapjournal.application.ports import Journal, Keys, Recall
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, Entry, Kind
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.domain.recalled import Found, Tier
from kapjournal.recall.journal_recall import JournalRecall
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import START, FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.recall import FakeRecall

KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
GRIEF = Theme(id="grief", name="Loss", terms=("funeral", "grandmother"))
SAID = (
    ("heron", "quote", "the funeral was on a Tuesday"),
    ("heron", "observation", "breath slower, hands open"),
    ("heron", "quote", "my grandmother kept the keys, before her funeral"),
    ("heron", "self", "thought of the funeral of my own mother"),
    ("otter", "quote", "no funeral, she wanted none"),
    ("heron", "note", "asked about the parking"),
    ("heron", "quote", "the lake was very still"),
)


def entry(number: int, client: str, kind: str, text: str) -> Entry:
    return Entry(
        id=f"e{number}", client=client, session=f"s-{client}", kind=Kind(kind), text=text,
        noticed_at=START + timedelta(minutes=number),
    )  # fmt: skip


def filled(journal: Journal) -> Journal:
    for name in ("heron", "otter"):
        client = Client(id=name, alias=name.title())
        journal.keep(client, Session(id=f"s-{name}", client=name, kind=SessionKind.DOSING, started_at=START))
    journal.keep(GRIEF, *(entry(number, *said) for number, said in enumerate(SAID)))
    return journal


Made = tuple[Journal, Recall]


@pytest.fixture(params=["fake", "real, in memory", "real, on disk"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    on_disk = request.param == "real, on disk"
    journal: Journal = SqlJournals(FakeClock()).make(tmp_path / "j", KEYS) if on_disk else FakeJournal()
    filled(journal)
    fake = request.param == "fake"
    yield journal, FakeRecall(journal) if fake else JournalRecall(journal, (), resources.path("recall"))
    journal.close()


def holding(found: tuple[Found, ...]) -> set[str]:
    return {one.entry for one in found if one.tier is Tier.CONTAINS}


def ids(found: tuple[Found, ...]) -> set[str]:
    return {one.entry for one in found}


def test_notes_that_hold_a_word_come_back_with_it(made: Made) -> None:
    _, recall = made
    found = {one.entry: one for one in recall.by_theme(GRIEF, "heron")}
    assert holding(tuple(found.values())) == {"e0", "e2"}
    assert found["e0"].why == ("funeral",)
    assert [SAID[0][2][begin:end] for begin, end in found["e0"].marks] == ["funeral"]
    assert set(found["e2"].why) == {"grandmother", "funeral"}


def test_only_the_client_asked_for_comes_back_and_all_where_none_is(made: Made) -> None:
    _, recall = made
    assert holding(recall.by_theme(GRIEF, None)) == {"e0", "e2", "e4"}
    assert ids(recall.by_theme(GRIEF, "otter")) <= {"e4"}
    assert "e4" not in ids(recall.by_words("funeral", "heron"))


def test_the_therapist_s_own_entries_come_back_only_where_they_are_asked_for(made: Made) -> None:
    journal, recall = made
    asked: tuple[Callable[..., tuple[Found, ...]], ...] = (
        lambda **own: recall.by_theme(GRIEF, None, **own),
        lambda **own: recall.by_words("funeral", None, **own),
        lambda **own: recall.like("e0", None, **own),
    )
    for ask in asked:
        assert "e3" not in ids(ask())
        assert "e3" in ids(ask(own=True))
    assert "e3" not in recall.brings(["funeral"], None)["funeral"]
    journal.keep(Tag(entry="e3", theme="grief", state=TagState.ACCEPTED))
    assert "e3" not in ids(recall.by_theme(GRIEF, None)) | recall.sure(GRIEF, None)


@pytest.mark.parametrize("state", [TagState.REJECTED, TagState.HIDDEN])
def test_what_was_rejected_or_hidden_never_comes_back(made: Made, state: TagState) -> None:
    journal, recall = made
    journal.keep(Tag(entry="e0", theme="grief", state=state))
    assert "e0" not in ids(recall.by_theme(GRIEF, None))
    journal.keep(Tag(entry="e0", theme="grief", state=TagState.WITHDRAWN))
    assert "e0" in ids(recall.by_theme(GRIEF, None))


def test_hidden_is_hidden_from_every_question_and_rejected_from_one(made: Made) -> None:
    journal, recall = made
    journal.keep(Tag(entry="e0", theme="grief", state=TagState.REJECTED))
    assert "e0" in ids(recall.by_words("funeral", None))
    journal.keep(Tag(entry="e2", theme="grief", state=TagState.HIDDEN))
    assert "e2" not in ids(recall.by_words("funeral", None))
    assert "e2" not in ids(recall.by_theme(Theme(id="other", name="Other", terms=("funeral",)), None))


def test_what_was_accepted_comes_back_whatever_it_says(made: Made) -> None:
    journal, recall = made
    journal.keep(Tag(entry="e5", theme="grief", state=TagState.ACCEPTED))
    assert "e5" in ids(recall.by_theme(GRIEF, None))


def test_a_retracted_note_does_not_come_back(made: Made) -> None:
    journal, recall = made
    assert "e0" in ids(recall.by_theme(GRIEF, None))
    journal.keep(Amendment(id="a", entry="e0", action=Action.RETRACTION, written_at=START))
    assert "e0" not in ids(recall.by_theme(GRIEF, None))


def test_a_note_written_since_is_found(made: Made) -> None:
    journal, recall = made
    recall.by_theme(GRIEF, None)
    journal.keep(entry(90, "heron", "quote", "carried him at the funeral"))
    assert "e90" in holding(recall.by_theme(GRIEF, "heron"))


def test_a_limit_takes_the_best(made: Made) -> None:
    _, recall = made
    assert recall.by_theme(GRIEF, None, 2) == recall.by_theme(GRIEF, None)[:2]


def test_a_note_is_never_like_itself(made: Made) -> None:
    _, recall = made
    found = ids(recall.like("e0", None))
    assert "e0" not in found
    assert "e2" in found


def test_each_word_says_what_it_brings(made: Made) -> None:
    _, recall = made
    brought = recall.brings(["funeral", "grandmother", "tram"], None)
    assert brought == {
        "funeral": frozenset({"e0", "e2", "e4"}), "grandmother": frozenset({"e2"}), "tram": frozenset(),
    }  # fmt: skip
    assert recall.brings(["funeral"], "otter")["funeral"] == frozenset({"e4"})


def test_themes_are_offered_for_their_words_and_none_for_nothing(made: Made) -> None:
    _, recall = made
    calm = Theme(id="calm", name="Calm", terms=("lake", "still"))
    offered = recall.suggest("after the funeral", (calm, GRIEF))
    assert (offered[0].theme, offered[0].tier, offered[0].why) == (GRIEF, Tier.CONTAINS, ("funeral",))
    assert recall.suggest("", (calm, GRIEF)) == ()
    assert len(recall.suggest("the funeral by the still lake", (calm, GRIEF), limit=1)) == 1


def test_all_is_taken_in_some_time(made: Made) -> None:
    _, recall = made
    assert any(recall.catch_up() for _ in range(100))


def test_what_is_sure_holds_a_word_or_was_accepted(made: Made) -> None:
    journal, recall = made
    journal.keep(Tag(entry="e5", theme="grief", state=TagState.ACCEPTED))
    journal.keep(Tag(entry="e0", theme="grief", state=TagState.REJECTED))
    assert recall.sure(GRIEF, "heron") == {"e2", "e5"}
    assert recall.sure(GRIEF, None) == {"e2", "e4", "e5"}

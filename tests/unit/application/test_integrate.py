"""Earlier notes beside the one being written: what comes back, what never does, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal.app import recall_of
from kapjournal.application.integrate import About, Answer, Asked, Place, Shelf, ask, count_of, read_shelf, with_counts
from kapjournal.application.integration_note import (
    Half,
    PracticeAgreed,
    Writer,
    agree_practice,
    keep_note,
    put_note,
    read_page,
    suggest,
    written_on,
)
from kapjournal.application.ports import Journal, Keys, Recall
from kapjournal.application.say_belongs import say, say_again, unsay
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Domain, Entry, Kind, PracticeDetails, PracticeState
from kapjournal.domain.errors import BadInput
from kapjournal.domain.label import Part, Relation, TagState, Theme
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.integrating import CANARY, STARTER, TODAY, SessionKind, TwoTiers, course, session

KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
NANA = Asked(About.THEME, "nana")


@pytest.fixture(params=["fake", "real"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    clock = FakeClock(TODAY)
    made: Journal = FakeJournal(clock) if request.param == "fake" else SqlJournals(clock).make(tmp_path / "j", KEYS)
    made.keep(*course())
    yield made
    made.close()


@pytest.fixture
def recall(journal: Journal) -> Recall:
    return TwoTiers(journal) if isinstance(journal, FakeJournal) else recall_of(journal)


@pytest.fixture
def at(journal: Journal, recall: Recall) -> Place:
    return Place(journal, recall, STARTER, "wren")


def writer(journal: Journal) -> Writer:
    return Writer(journal, FakeClock(TODAY), FakeIds("new"), "wren", STARTER)


def ids(answer: Answer) -> set[str]:
    return {one.note.original.id for one in answer.notes}


def entry(journal: Journal, id_: str) -> Entry:
    return next(one for one in journal.entries() if one.id == id_)


def theme(journal: Journal, id_: str = "nana") -> Theme:
    return next(one for one in journal.themes() if one.id == id_)


def counted(at: Place) -> Shelf:
    shelf = read_shelf(at)
    return with_counts(shelf, {theme.id: count_of(at, theme) for theme in shelf.known})


def test_a_theme_brings_what_contains_its_words_and_what_was_said_to_belong(at: Place) -> None:
    answer = ask(at, NANA)
    assert {"q1", "q3", "o1", "o2"} <= ids(answer)
    assert count_of(at, theme(at.journal)) == len(answer.notes)
    one = next(one for one in answer.notes if one.note.original.id == "q3")
    assert one.since_dose_s == 69 * 60
    assert {"funeral", "Nana"} <= set(one.found.why)


def test_the_therapist_s_own_words_never_come_up_whatever_is_asked(at: Place) -> None:
    assert any(CANARY in one.text for one in at.journal.entries("wren"))
    asked = [NANA, Asked(About.WORDS, "Nana"), Asked(About.WORDS, CANARY.split()[0]), Asked(About.INTENTION, "i3")]
    asked += [Asked(About.PART, "planner"), Asked(About.MARKED, "d2"), Asked(About.THEME, "nana", everyone=True)]
    for one in asked:
        answer = ask(at, one)
        assert all(found.note.original.kind is not Kind.SELF for found in (*answer.notes, *answer.related))


def test_only_this_client_unless_all_are_asked(at: Place) -> None:
    assert "h1" not in ids(ask(at, NANA))
    assert "h1" in ids(ask(at, Asked(About.THEME, "nana", everyone=True)))


def test_a_rejected_pair_is_never_offered_again_and_comes_back_when_that_is_undone(at: Place) -> None:
    before = ask(at, NANA)
    said = say(at.journal, FakeClock(TODAY), entry(at.journal, "q3"), theme(at.journal), TagState.REJECTED)
    assert "q3" not in ids(ask(at, NANA))
    assert count_of(at, theme(at.journal)) == len(before.notes) - 1
    unsay(at.journal, said)
    assert ids(ask(at, NANA)) == ids(before)
    say_again(at.journal, said)
    assert "q3" not in ids(ask(at, NANA))


def test_a_hidden_note_comes_back_under_no_theme(at: Place) -> None:
    assert "q1" in ids(ask(at, Asked(About.THEME, "grief")))
    say(at.journal, FakeClock(TODAY), entry(at.journal, "q1"), theme(at.journal), TagState.HIDDEN)
    assert "q1" not in ids(ask(at, NANA)) | ids(ask(at, Asked(About.THEME, "grief")))


def test_undo_restores_the_very_tag_that_stood(at: Place) -> None:
    journal = at.journal
    before = [t for t in journal.tags("wren") if t.entry == "q1"]
    said = say(journal, FakeClock(TODAY), entry(journal, "q1"), theme(journal), TagState.REJECTED)
    assert said.before == before[0]
    unsay(journal, said)
    assert [t for t in journal.tags("wren") if t.entry == "q1"] == before


def test_a_starter_theme_is_made_with_its_first_note(at: Place) -> None:
    say(at.journal, FakeClock(TODAY), entry(at.journal, "q1"), STARTER[0], TagState.ACCEPTED)
    assert STARTER[0] in at.journal.themes()
    assert ids(ask(at, Asked(About.THEME, "theme-joy"))) == {"q1"}


def test_the_shelf_holds_only_themes_with_notes_and_knows_all(at: Place) -> None:
    shelf = counted(at)
    brought = {t.id: len(ask(at, Asked(About.THEME, t.id)).notes) for t in shelf.known}
    assert {t.id: n for t, n in shelf.themes} == {id_: n for id_, n in brought.items() if n}
    assert [n for _, n in shelf.themes] == sorted((n for _, n in shelf.themes), reverse=True)
    assert brought["theme-joy"] == 0
    assert "theme-joy" in {t.id for t in shelf.known}
    assert {p.id: n for p, n in shelf.parts} == {"planner": 1, "little": 1}
    assert [(one.id, one.session and one.session.id, one.notes) for one in shelf.intentions] == [("i3", "d3", 2)]
    assert [(s and s.id, n) for s, n in shelf.marked] == [("d3", 1)]
    assert shelf.recent == ("nana", "little")


def test_retired_and_merged_themes_are_not_offered(at: Place) -> None:
    journal = at.journal
    journal.keep(theme(journal).model_copy(update={"retired_on": TODAY.date()}))
    journal.keep(theme(journal, "held").model_copy(update={"merged_into": "grief"}))
    assert [t.id for t, _ in counted(at).themes] == ["grief"]
    assert ask(at, NANA) == Answer(NANA, ())


def test_a_part_brings_where_it_was_seen_and_what_was_tagged(at: Place) -> None:
    assert ids(ask(at, Asked(About.PART, "planner"))) == {"p1"}
    part = next(p for p in at.journal.parts("wren") if p.id == "planner")
    say(at.journal, FakeClock(TODAY), entry(at.journal, "q4"), part, TagState.ACCEPTED)
    said = say(at.journal, FakeClock(TODAY), entry(at.journal, "p1"), part, TagState.REJECTED)
    assert ids(ask(at, Asked(About.PART, "planner"))) == {"q4"}
    unsay(at.journal, said)
    assert ids(ask(at, Asked(About.PART, "planner"))) == {"q4", "p1"}


# --- the note ------------------------------------------------------------------------------------------------------


def opened(journal: Journal) -> None:
    journal.keep(session("i3s", SessionKind.INTEGRATION, 3, TODAY, closed=False))


def test_a_draft_is_there_again_and_is_no_entry(journal: Journal) -> None:
    on = writer(journal)
    put_note(on, Half(id="n", text="Half a senten", labels=("nana",)))
    assert read_page(on).half == Half(id="n", text="Half a senten", labels=("nana",))
    assert journal.entries("wren", (Kind.INSIGHT,)) == ()


def test_a_kept_note_has_its_labels_and_links_and_can_be_written_on_while_the_session_is_open(journal: Journal) -> None:
    opened(journal)
    on = writer(journal)
    block = "> “Nana”\n> — Session 3, T+ 0:28"
    half = Half(id="n", text=f"Kitchen.\n\n{block}", quoted=(("q1", block), ("q4", "> gone")),
                labels=("theme-joy", "planner"), echoes=("i3",))  # fmt: skip
    page = keep_note(on, half)
    (kept,) = journal.entries("wren", (Kind.INSIGHT,))
    assert (kept.id, kept.session, kept.text) == ("n", "i3s", half.text)
    assert {(one.target, one.relation) for one in journal.links() if one.source == "n"} == {
        ("i3", Relation.ECHOES),
        ("q1", Relation.ECHOES),
    }
    assert {t.theme or t.part for t in journal.tags("wren") if t.entry == "n"} == {"theme-joy", "planner"}
    assert page.half == half
    again = keep_note(on, page.half.model_copy(update={"text": "Kitchen, again.", "labels": ("planner",)}))
    (kept,) = journal.entries("wren", (Kind.INSIGHT,))
    assert kept.text == "Kitchen, again."
    states = {t.theme or t.part: t.state for t in journal.tags("wren") if t.entry == "n"}
    assert states == {"theme-joy": TagState.WITHDRAWN, "planner": TagState.ACCEPTED}
    assert again.kept is not None


def test_without_an_open_session_a_kept_note_stays_and_the_next_is_another(journal: Journal) -> None:
    on = writer(journal)
    page = keep_note(on, Half(id="n", text="First."))
    assert page.half.text == ""
    assert page.half.id != "n"
    keep_note(on, page.half.model_copy(update={"text": "Second."}))
    assert [e.text for e in journal.entries("wren", (Kind.INSIGHT,))] == ["First.", "Second."]


def test_after_the_session_was_closed_what_was_kept_stays_and_nothing_typed_is_lost(journal: Journal) -> None:
    opened(journal)
    on = writer(journal)
    page = keep_note(on, Half(id="n", text="First."))
    put_note(on, page.half.model_copy(update={"text": "First. And more."}))
    standing = next(s for s in journal.sessions("wren") if s.id == "i3s")
    journal.keep(Session.model_validate({**standing.content(), "ended_at": TODAY, "closed_at": TODAY}))
    page = read_page(on)
    assert page.half.text == "First. And more."
    assert page.half.id != "n"
    keep_note(on, page.half)
    assert [e.text for e in journal.entries("wren", (Kind.INSIGHT,))] == ["First.", "First. And more."]


def test_the_note_that_is_written_is_not_offered_to_itself(at: Place) -> None:
    opened(at.journal)
    keep_note(writer(at.journal), Half(id="n", text="Nana again."))
    assert "n" in ids(ask(at, NANA))
    assert "n" not in ids(ask(at._replace(without="n"), NANA))
    assert count_of(at._replace(without="n"), theme(at.journal)) == count_of(at, theme(at.journal)) - 1


def test_a_note_is_being_written_until_its_session_is_closed(journal: Journal) -> None:
    opened(journal)
    on = writer(journal)
    assert written_on(on) == ""
    keep_note(on, Half(id="n", text="Nana again."))
    assert written_on(on) == "n"
    standing = next(s for s in journal.sessions("wren") if s.id == "i3s")
    journal.keep(Session.model_validate({**standing.content(), "ended_at": TODAY, "closed_at": TODAY}))
    assert written_on(on) == ""


def test_nothing_is_kept_of_an_empty_note(journal: Journal) -> None:
    with pytest.raises(BadInput, match="no words"):
        keep_note(writer(journal), Half(id="n", text="  "))


def test_three_suggestions_at_most_and_none_that_was_taken(at: Place) -> None:
    on = writer(at.journal)
    words = "Nana laughed, a hand, goodbye; the Planner and the little one. joy"
    found = suggest(on, at.recall, words)
    assert len(found) == 3
    assert [one.label.name for one in found if isinstance(one.label, Part)]
    taken = tuple(one.label.id for one in found)
    assert not set(taken) & {one.label.id for one in suggest(on, at.recall, words, taken)}
    assert suggest(on, at.recall, "Nothing in particular.") == ()


def test_an_open_session_of_a_colleague_s_is_not_written_in(journal: Journal) -> None:
    opened(journal)
    received = next(one for one in journal.sessions("wren") if one.id == "i3s")
    assert read_page(writer(journal)).session == received
    journal.keep(received.model_copy(update={"origin": "b" * 32}))
    assert read_page(writer(journal)).session is None


def test_a_practice_is_agreed_in_the_open_session(journal: Journal) -> None:
    opened(journal)
    details = PracticeDetails(domain=Domain.BODY, how_often="daily", until=TODAY.date())
    page = agree_practice(writer(journal), PracticeAgreed(" Ten breaths ", details))
    made = page.practices[0].original
    assert (made.text, made.session) == ("Ten breaths", "i3s")
    assert made.details == details.model_copy(update={"state": PracticeState.OPEN})
    with pytest.raises(BadInput, match="no words"):
        agree_practice(writer(journal), PracticeAgreed("  "))

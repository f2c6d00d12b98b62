"""The integration screen's promises: nothing unasked, every word of the therapist's kept, all of it undone exactly."""

from __future__ import annotations

import pytest

from kapjournal.application.integrate import MOST_RELATED
from kapjournal.application.integration_note import Half
from kapjournal.application.own_lists import WORDING_PLACE
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Amendment, IntentionState, Kind, PracticeState
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.label import TagState
from kapjournal.domain.recalled import Found, Tier
from kapjournal.domain.wording import Wording
from kapjournal.gui.integrate.presenter import ANOTHERS, IntegratePresenter
from kapjournal.gui.integrate.showing import NOTHING_ASKED
from kapjournal.gui.integrate.state import NoteRow, Order
from kapjournal.gui.integrate.writing import DRAFT_S, PAUSE_S, SUGGEST_S
from tests.fakes.journal import FakeJournal
from tests.integrating import CANARY, TODAY, Room, Told, TwoTiers, note

FULL = NotSaved("Not saved yet. The disk is full. Your words are held here.")


def row(room: Room, id_: str) -> NoteRow:
    return next(one for one in (*room.state.rows, *room.state.related) if one.id == id_)


def asked(about: str = "theme:nana", **given: bool) -> Room:
    room = Room(**given)
    room.presenter.choose(about)
    return room


# --- choosing ------------------------------------------------------------------------------------------------------


def test_nothing_comes_up_before_it_is_chosen() -> None:
    room = Room()
    assert (room.state.rows, room.state.related, room.state.title) == ((), (), "")
    assert room.state.empty == NOTHING_ASKED
    assert [r.name for r in room.state.shelf if not r.key] == ["Themes", "Parts", "Intentions", "Marked moments"]


def test_what_it_is_entered_about_comes_up() -> None:
    for about, title in (("nana", "mother, Nana"), ("planner", "Planner"), ("i3", "Thread of an intention, session 3")):
        assert Room(about=about).state.title == title
    assert Room(about="nobody").state.title == ""


def test_notes_stand_by_session_newest_first_with_time_kind_words_and_reason() -> None:
    room = asked()
    assert (room.state.title, room.state.counted) == ("mother, Nana", "4 notes, 3 sessions, exactly as written")
    told = [(r.heading, r.heading_note) if r.heading else r.id for r in room.state.rows]
    assert told == [
        ("Session 3", "26 February"), "q1", ("Session 2", "5 February"), "q3", "o1", ("Session 1", "22 January"), "o2",
    ]  # fmt: skip
    one = row(room, "q3")
    assert (one.since, one.wall, one.label, one.reason) == (
        "1:09",
        "14:31",
        "Client’s words",
        "contains: funeral, Nana",
    )
    assert one.words == "“We were at the funeral and nobody told me where to stand. Nana would have.”"
    assert [one.words[a:b] for a, b in one.marks] == ["funeral", "Nana"]
    seen = row(room, "o1")
    assert (seen.quote, seen.reason) == (False, "tagged by you, also tagged Little one")
    assert seen.marks == ()  # no word brought it
    assert one.spoken.startswith("14:31, 1:09 after first dose, client’s words: “We were")


def test_the_less_certain_ones_are_folded_with_what_carried_them() -> None:
    room = asked()
    assert room.state.related_note == "2 notes, less certain, folded until you open them"
    assert not room.state.unfolded
    assert row(room, "q4").reason == "related words: house, smells"
    assert row(room, "o3").reason == "like 3 notes you tagged"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (Found("o3", Tier.RELATED, ("breath", "long"), 3), "related words: breath, long; like 3 notes you tagged"),
        (
            Found("o3", Tier.RELATED, (), beside=("funeral", "Nana")),
            "stands beside a note that says “funeral, Nana”",
        ),
        (Found("o3", Tier.RELATED, (), written_as=True), "written as observed"),
        (Found("o3", Tier.RELATED, ()), "alike as a whole, by no single word"),
    ],
)
def test_a_related_note_says_all_that_brought_it(found: Found, reason: str) -> None:
    room = Room()
    room.recall.related = (found,)
    room.presenter.choose("theme:nana")
    assert row(room, "o3").reason == reason
    room.presenter.unfold(unfolded=True)
    assert room.state.unfolded
    room.presenter.choose("theme:grief")
    assert not room.state.unfolded


def test_of_the_less_certain_ones_only_the_best_are_offered() -> None:
    room = Room()
    assert isinstance(room.recall, TwoTiers)
    many = [note(f"r{n}", None, Kind.NOTE, "Bread.", TODAY) for n in range(40)]
    room.journal.keep(*many)
    room.recall.related = tuple(Found(one.id, Tier.RELATED, ("bread",)) for one in many)
    room.presenter.choose("theme:nana")
    assert len([r for r in room.state.related if r.id]) == MOST_RELATED
    assert {r.id for r in room.state.related if r.id} == {f"r{n}" for n in range(MOST_RELATED)}


def test_the_order_can_be_changed() -> None:
    room = asked()
    room.presenter.order_by(Order.OLDEST)
    assert room.ids_shown() == ["o2", "q3", "o1", "q1"]
    room.presenter.order_by(Order.BEST)
    assert room.ids_shown() == ["q1", "q3", "o2", "o1"]


def test_all_clients_only_when_asked_and_not_for_the_next_question() -> None:
    room = asked()
    room.presenter.ask_everyone(everyone=True)
    assert "h1" in room.ids_shown()
    assert any(r.heading == "Heron, between sessions" for r in room.state.rows)
    room.presenter.choose("theme:grief")
    assert not room.state.everyone


def test_another_client_s_note_is_neither_quoted_nor_given_a_part_of_this_one() -> None:
    room = asked()
    room.presenter.ask_everyone(everyone=True)
    room.presenter.quote("h1")
    assert room.state.insert == (0, "")
    assert room.state.message is not None
    assert room.state.message.sentence == ANOTHERS
    room.presenter.choose("theme:grief")
    assert room.state.message is None
    room.presenter.choose("theme:nana")
    room.presenter.ask_everyone(everyone=True)
    room.presenter.tag("h1", "little")
    assert [t for t in room.journal.tags("heron") if t.part] == []
    room.presenter.say("h1", TagState.ACCEPTED)
    assert [t.theme for t in room.journal.tags("heron")] == ["nana"]


def test_an_empty_answer_is_one_plain_sentence() -> None:
    room = Room()
    room.presenter.choose("theme:theme-joy")
    assert room.state.empty == "No notes carry this theme yet."
    assert room.state.may_search_all
    assert any(r.key == "theme:theme-joy" for r in room.state.shelf)
    room.presenter.look_for("zebra")
    assert room.state.empty == "No notes have these words."


def test_an_answer_that_comes_late_does_not_replace_a_newer_question() -> None:
    room = Room()
    room.tasks.hold = True
    room.presenter.choose("theme:nana")
    room.presenter.choose("theme:grief")
    room.tasks._waiting.pop(0)()
    assert room.ids_shown() == []
    room.tasks.release()
    assert room.state.title == "grief"


def test_the_picker_finds_everything_and_otherwise_looks_for_words() -> None:
    room = Room()
    room.presenter.pick()
    assert isinstance(room.view, Told)
    names = [one.name for one in room.view.offered]
    assert {"mother, Nana", "Joy", "Planner", "Intention: To stop bracing.", "Marked: Session 3"} <= set(names)
    room.view.make("table")
    assert (room.state.title, room.ids_shown()) == ("“table”", ["pr1", "q1"])
    room.view.choose("part:planner")
    assert room.ids_shown() == ["p1"]


def test_a_new_theme_is_made_and_looked_at() -> None:
    room = Room()
    room.presenter.new_theme("  the  stove ")
    assert [t.name for t in room.journal.themes()][-1] == "the stove"
    assert room.state.title == "the stove"


def test_the_therapist_s_own_words_are_nowhere_on_the_screen() -> None:
    room = Room()
    for one in [r.key for r in room.state.shelf if r.key]:
        room.presenter.choose(one)
        assert CANARY not in repr(room.state)
    room.presenter.look_for(CANARY)
    assert [r for r in room.state.rows if r.id] == []


def test_kinds_and_parts_are_called_as_the_therapist_calls_them() -> None:
    room = Room()
    wording = Wording(kinds={Kind.OBSERVATION: "Seen"}, part="aspect")
    room.journal.put_on_desk(WORDING_PLACE, wording.model_dump_json())
    room.enter("planner")
    assert "Aspects" in [r.name for r in room.state.shelf if not r.key]
    assert row(room, "p1").reason == "with aspect: Planner"
    room.presenter.choose("theme:nana")
    assert row(room, "o1").label == "Seen"


def test_thousands_of_notes_are_told_once_and_not_at_every_key() -> None:
    room = asked()
    before = room.state.rows
    room.presenter.writing.typed("Wren came back")
    assert room.state.rows is before


# --- saying --------------------------------------------------------------------------------------------------------


def test_belongs_is_kept_shown_in_place_and_undone() -> None:
    room = asked()
    before = [(r.key, r.notes) for r in room.state.shelf]
    shown = room.ids_shown()
    room.presenter.say("q4", TagState.ACCEPTED)
    assert room.said("q4", "nana") is TagState.ACCEPTED
    assert row(room, "q4").said == "Belongs"
    assert next(r.notes for r in room.state.shelf if r.key == "theme:nana") == "5"
    assert room.ids_shown() == shown  # nothing moves until the question is asked again
    room.presenter.unsay("q4")
    assert room.said("q4", "nana") is TagState.WITHDRAWN
    assert row(room, "q4").said == ""
    assert [(r.key, r.notes) for r in room.state.shelf] == before


def test_a_rejected_note_stays_to_be_undone_and_is_not_offered_again() -> None:
    room = asked()
    room.presenter.say("q3", TagState.REJECTED)
    assert row(room, "q3").said == "Not this"
    room.presenter.choose("theme:grief")
    room.presenter.choose("theme:nana")
    assert "q3" not in room.ids_shown()
    room.presenter.undo()
    room.presenter.choose("theme:grief")
    room.presenter.choose("theme:nana")
    assert "q3" in room.ids_shown()


def test_a_hidden_note_leaves_every_theme_and_every_count() -> None:
    room = asked()
    room.presenter.say("q1", TagState.HIDDEN)
    assert row(room, "q1").said == "Hidden"
    assert {r.name: r.notes for r in room.state.shelf if r.key.startswith("theme:")} == {
        "mother, Nana": "3", "grief": "1", "held, safe": "2",
    }  # fmt: skip
    room.presenter.undo()
    assert room.said("q1", "nana") is TagState.ACCEPTED


def test_what_was_said_long_ago_can_be_taken_back_and_that_again() -> None:
    room = asked()
    room.presenter.unsay("q1")
    assert room.said("q1", "nana") is TagState.WITHDRAWN
    room.presenter.undo()
    assert room.said("q1", "nana") is TagState.ACCEPTED


def test_undo_and_redo_go_back_and_forth_through_everything_that_was_said() -> None:
    room = asked()
    for entry, state in (("q3", TagState.REJECTED), ("o2", TagState.ACCEPTED), ("q4", TagState.HIDDEN)):
        room.presenter.say(entry, state)
    after = room.journal.tags("wren")
    for _ in range(4):
        room.presenter.undo()
    assert [room.said(e, "nana") for e in ("q3", "o2", "q4")] == [TagState.WITHDRAWN] * 3
    for _ in range(4):
        room.presenter.redo()
    assert {(t.entry, t.state) for t in room.journal.tags("wren")} == {(t.entry, t.state) for t in after}


def test_digits_tag_with_the_recent_labels_and_keep_their_meaning() -> None:
    room = asked()
    assert room.state.legend == "Tag with   1 mother, Nana   2 Little one   # any other"
    room.presenter.tag_recent("q3", 2)
    assert room.said("q3", "little") is TagState.ACCEPTED
    assert row(room, "q3").reason == "contains: funeral, Nana, also tagged Little one"
    room.presenter.pick_tag("q3")
    assert isinstance(room.view, Told)
    room.view.choose("grief")
    assert room.said("q3", "grief") is TagState.ACCEPTED
    assert room.state.legend == "Tag with   1 mother, Nana   2 Little one   3 grief   # any other"
    room.presenter.tag_recent("q3", 9)
    room.presenter.undo()
    assert room.said("q3", "grief") is TagState.WITHDRAWN


def test_the_picker_tags_with_a_theme_that_is_new() -> None:
    room = asked()
    room.presenter.pick_tag("q3")
    assert isinstance(room.view, Told)
    room.view.make("the stove")
    made = next(t for t in room.journal.themes() if t.name == "the stove")
    assert room.said("q3", made.id) is TagState.ACCEPTED
    assert room.state.title == "mother, Nana"


def test_what_the_disk_refuses_is_said_and_done_once_it_can_be() -> None:
    room = asked()
    assert isinstance(room.journal, FakeJournal)
    room.journal.trouble = FULL
    room.presenter.say("q3", TagState.ACCEPTED)
    assert room.state.message is not None
    assert row(room, "q3").said == ""
    assert room.bar[-1] == ""
    room.journal.trouble = None
    room.presenter.try_again()
    assert room.bar[-1] == "Saved 10:30"
    assert row(room, "q3").said == "Belongs"
    assert room.state.message is None


def test_enter_jumps_to_the_moment_and_the_way_back_leads_to_the_same_note() -> None:
    room = asked()
    room.presenter.open("q3")
    assert room.went == [("here", "theme:nana\nq3"), ("review", "wren", "q3")]
    room.enter("theme:nana\nq3")
    assert room.state.title == "mother, Nana"
    assert room.presenter.wanted == "q3"


# --- the note ------------------------------------------------------------------------------------------------------


def write(room: Room, text: str) -> None:
    room.presenter.writing.typed(text)


def again(room: Room) -> str:
    room.clock.pass_(60)
    room.enter()
    return room.state.text


def test_a_key_press_is_on_the_desk_within_a_quarter_of_a_second_and_only_then_saved() -> None:
    room = Room(open_session=False)
    write(room, "Wren came ba")
    assert room.state.saved == ""
    room.timer.pass_(DRAFT_S + 0.05)
    assert room.state.saved == "saved"
    assert room.journal.entries("wren", (Kind.INSIGHT,)) == ()
    assert again(room) == "Wren came ba"


def test_what_is_typed_while_themes_are_counted_waits_for_one_of_them_at_most() -> None:
    room = Room(open_session=False)
    room.tasks.hold = True
    room.enter()
    jobs = room.tasks._waiting
    for _ in range(3):  # the note, what there is to choose from, the first theme
        jobs.pop(0)()
    write(room, "Wren came ba")
    room.timer.pass_(DRAFT_S + 0.05)
    assert len(jobs) == 2
    for _ in range(2):
        jobs.pop(0)()
    assert room.state.saved == "saved"
    assert room.state.shelf == ()  # nothing is offered before all of it is there
    room.tasks.release()
    assert room.state.shelf != ()


def test_in_an_open_session_every_pause_is_a_version_of_one_entry() -> None:
    room = Room()
    assert room.state.note_title == "Integration, 2 March"
    for text in ("Wren came back.", "Wren came back to the kitchen."):
        write(room, text)
        assert room.state.may_keep
        room.timer.pass_(PAUSE_S + 0.1)
        assert not room.state.may_keep
    (kept,) = room.journal.entries("wren", (Kind.INSIGHT,))
    assert kept.text == "Wren came back to the kitchen."
    assert room.state.text == "Wren came back to the kitchen."
    assert again(room) == "Wren came back to the kitchen."


def test_without_a_session_it_is_kept_when_the_therapist_says_so_and_a_new_one_begins() -> None:
    room = Room(open_session=False)
    write(room, "Wren came back.")
    room.timer.pass_(60)
    assert room.journal.entries("wren", (Kind.INSIGHT,)) == ()
    version = room.state.text_version
    room.presenter.writing.keep_now()
    (kept,) = room.journal.entries("wren", (Kind.INSIGHT,))
    assert (kept.text, kept.session) == ("Wren came back.", None)
    assert (room.state.text, room.state.may_keep) == ("", False)
    assert room.state.text_version > version


def test_what_is_typed_while_the_disk_works_is_not_lost() -> None:
    for open_session in (True, False):
        room = Room(open_session=open_session)
        write(room, "First.")
        room.tasks.hold = True
        room.presenter.writing.keep_now()
        write(room, "First. And more.")
        room.tasks.release()
        room.tasks.hold = False
        assert room.state.text == "First. And more."
        room.timer.pass_(DRAFT_S + 0.1)
        assert again(room) == "First. And more."


def test_a_full_disk_is_told_and_nothing_is_called_saved() -> None:
    room = Room()
    assert isinstance(room.journal, FakeJournal)
    room.journal.trouble = FULL
    write(room, "Wren came back.")
    room.timer.pass_(1)
    assert room.state.saved == ""
    assert room.state.message is not None
    assert room.state.message.sentence == FULL.sentence
    held: list[Half] = []
    room.presenter.stop(held.append)
    assert held[0].text == "Wren came back."
    room.journal.trouble = None
    room.enter()
    fresh: IntegratePresenter = room.presenter
    fresh.start(held=held[0])
    room.timer.pass_(1)
    assert (room.state.text, room.state.saved) == ("Wren came back.", "saved")


def test_leaving_keeps_what_is_written_in_an_open_session() -> None:
    room = Room()
    write(room, "Half a senten")
    room.presenter.stop()
    assert [e.text for e in room.journal.entries("wren", (Kind.INSIGHT,))] == ["Half a senten"]


def test_a_quotation_goes_in_with_its_source_and_links_the_note_to_it() -> None:
    room = asked()
    room.presenter.quote("q3")
    number, block = room.state.insert
    assert number == 1
    assert block.splitlines()[-1] == "> — Session 2, T+ 1:09"
    assert block.startswith("> “We were at the funeral")
    write(room, f"Before.\n\n{block}\n")
    room.presenter.writing.keep_now()
    (kept,) = room.journal.entries("wren", (Kind.INSIGHT,))
    assert [(link.source, link.target) for link in room.journal.links() if link.target == "q3"] == [(kept.id, "q3")]


def test_a_quotation_says_where_it_stands_and_that_it_was_corrected() -> None:
    room = asked("intention:i3")
    room.presenter.quote("i3")
    assert room.state.insert[1] == "> “To stop bracing.”\n> — Intention, session 3, T -0:17"
    change = {"id": "a", "entry": "o3", "action": "correction", "text": "Two breaths.", "written_at": TODAY}
    room.journal.keep(Amendment.model_validate(change))
    room.enter("i3")
    row_ = row(room, "o3")
    assert (row_.struck, row_.beside) == (True, ("Corrected 2 March: Two breaths.",))
    room.presenter.quote("o3")
    assert room.state.insert[1].endswith("> — Observed, session 1, T+ 1:13, corrected since")


def test_suggestions_say_why_wait_for_a_pause_and_tag_nothing() -> None:
    room = Room()
    write(room, "Nana took her hand; the Planner waits.")
    assert room.state.suggested == ()
    room.timer.pass_(SUGGEST_S + 0.1)
    assert [(c.text, c.why) for c in room.state.suggested] == [
        ("# mother, Nana", "mother, Nana: “Nana”"),
        ("# held, safe", "held, safe: “hand”"),
        ("@ Planner", "Planner: “Planner”"),
    ]
    room.presenter.writing.keep_now()
    (kept,) = room.journal.entries("wren", (Kind.INSIGHT,))
    assert [t for t in room.journal.tags("wren") if t.entry == kept.id] == []
    room.presenter.writing.turn_label("nana")
    assert [c.text for c in room.state.chips] == ["# mother, Nana"]
    assert "nana" not in {c.key for c in room.state.suggested}
    room.presenter.writing.keep_now()
    assert room.said(kept.id, "nana") is TagState.ACCEPTED
    room.presenter.writing.turn_label("nana")
    room.presenter.writing.keep_now()
    assert room.said(kept.id, "nana") is TagState.WITHDRAWN


def test_the_note_echoes_an_intention() -> None:
    room = Room()
    write(room, "Less bracing.")
    room.presenter.pick_echo()
    assert isinstance(room.view, Told)
    assert [one.name for one in room.view.offered] == ["Session 3: To stop bracing."]
    room.view.choose("i3")
    room.presenter.writing.keep_now()
    assert {link.source for link in room.journal.links() if link.target == "i3"} > {"o3"}


def test_a_label_typed_in_the_note_belongs_to_it() -> None:
    room = Room()
    offered = room.presenter.suggest_label("#nan")
    assert offered[0].id == "nana"
    room.presenter.took_label(offered[0])
    assert [c.key for c in room.state.chips] == ["nana"]
    assert all(one.id for one in room.presenter.suggest_label("@nobody"))


def test_a_practice_is_agreed_as_it_is_typed() -> None:
    room = Room()
    room.presenter.agree("Walk home by the river", "nature", "weekly", "12 March", "31st of never")
    assert "31st of never" in room.state.form_problem
    room.presenter.agree("Walk home by the river", "nature", "weekly", "12 March", "30 April")
    one = room.state.practices[0]
    assert (one.text, one.note, one.on) == ("Walk home by the river", "Nature, weekly, until 30 April", "12 March")
    assert (room.state.form_problem, room.state.forms) == ("", 1)
    assert [p.note for p in room.state.practices[1:]] == ["Relationships, once", "Body, daily, continues"]


def test_what_became_of_a_practice_and_of_the_intention_is_kept() -> None:
    room = Room()
    room.presenter.settle("pr1", PracticeState.KEPT)
    assert [p.key for p in room.state.practices] == ["pr2"]
    assert (room.state.intention_says, room.state.intention_words) == ("Intention for session 3", "To stop bracing.")
    room.presenter.say_became(IntentionState.PARTLY)
    assert room.state.intention_state is IntentionState.PARTLY
    room.presenter.say_became(IntentionState.PARTLY)
    assert room.state.intention_state is IntentionState.OPEN


def test_the_thread_of_an_intention_runs_in_time() -> None:
    room = asked("intention:i3")
    assert [(r.id, r.reason) for r in room.state.rows if r.id] == [
        ("o3", "echoes the intention"),
        ("i3", "the intention"),
    ]
    assert not any(r.may_say for r in room.state.rows)
    assert not room.state.may_order


def test_what_is_written_after_the_session_was_closed_elsewhere_is_a_note_of_its_own() -> None:
    room = Room()
    write(room, "First.")
    room.presenter.writing.keep_now()
    standing = next(s for s in room.journal.sessions("wren") if s.id == "i3s")
    room.journal.keep(Session.model_validate({**standing.content(), "ended_at": TODAY, "closed_at": TODAY}))
    write(room, "First. Second.")
    room.presenter.writing.keep_now()
    assert [e.text for e in room.journal.entries("wren", (Kind.INSIGHT,))] == ["First.", "First. Second."]
    assert room.state.message is None


def test_what_comes_after_the_screen_was_left_is_neither_shown_nor_told() -> None:
    room = Room()
    assert isinstance(room.view, Told)
    write(room, "Half a senten")
    room.tasks.hold = True
    room.presenter.choose("theme:nana")
    room.presenter.stop()
    shown, told = room.view.shown, list(room.bar)
    room.tasks.release()
    assert (room.view.shown, room.bar) == (shown, told)
    assert [e.text for e in room.journal.entries("wren", (Kind.INSIGHT,))] == ["Half a senten"]


def test_the_bar_says_after_which_session() -> None:
    assert "Wren after session 3" in Room().bar

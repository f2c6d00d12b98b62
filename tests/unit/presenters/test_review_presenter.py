"""What the review screen does: moving along the line, comparing, writing on, signing; typed words are never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kapjournal.application.review_session import TIME_UNREAD
from kapjournal.domain.entry import Action, Entry, IntentionState, Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.review.presenter import DRAFT_S
from kapjournal.gui.review.state import Mark, Review
from tests.fakes.clock import FakeClock
from tests.reviewed import CANARY, NOON, Screen, course, state_of

FULL = NotSaved("The disk is full. Your words are held here.")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON.replace(hour=17, minute=40))


@pytest.fixture
def screen(clock: FakeClock) -> Screen:
    return Screen(course(clock), clock)


def state(screen: Screen) -> Review:
    return screen.presenter.state


def marks(screen: Screen, track: int = 0) -> list[str]:
    return [mark.id for mark in state(screen).picture.tracks[track].marks]


def chosen(screen: Screen) -> Mark:
    mark = state(screen).picture.mark
    assert mark is not None
    return mark


def kept(screen: Screen) -> Entry:
    return screen.journal.entries()[-1]


# --- what is shown -------------------------------------------------------------------------------------------------


def test_the_session_is_laid_out_along_the_time_since_the_first_dose(screen: Screen) -> None:
    shown = state(screen)
    assert shown.title == "Dosing 3, Thursday 26 February"
    assert shown.note == "since 13:04, 8 entries"
    (track,) = shown.picture.tracks
    assert [(d.minute, d.label) for d in track.doses] == [(0, "60 mg IM")]
    assert [(r.minute, r.systolic, r.heart_rate) for r in track.readings] == [(-10, 118, 70), (20, 128, 84)]
    assert [lane.title for lane in track.lanes] == [
        "Dose", "Vitals", "Client’s words", "Observed", "Offered, touch", "Notes, marks",
    ]  # fmt: skip
    assert (track.limit, track.limit_text) == (160, "prescriber’s limit 160")
    assert [s.minutes for s in track.silences] == [5, 10, 20, 11, 101]
    assert [span.label for band in track.bands for span in band.spans][-3:] == ["peak", "easing", "returning"]


def test_every_mark_is_a_sentence_and_says_how_long_it_was_quiet_before(screen: Screen) -> None:
    spoken = {mark.id: mark.spoken for mark in state(screen).picture.tracks[0].marks}
    assert (
        spoken["nana"]
        == "13:50, 28 minutes after first dose, client’s words, marked: “Nana’s kitchen. The yellow table.”"
    )
    assert spoken["landed"].endswith("; after 101 minutes without an entry")


def test_it_begins_with_the_first_marked_moment(screen: Screen) -> None:
    assert chosen(screen).id == "nana"
    note = state(screen).chosen
    assert note is not None
    assert (note.wall, note.since, note.words) == ("13:50", "T+ 0:28", "“Nana’s kitchen. The yellow table.”")
    assert [words for words, _ in note.labels] == ["#grief"]
    assert [words for _, words, _ in note.flags] == ["marked"]


def test_an_entry_that_was_asked_for_is_chosen(clock: FakeClock) -> None:
    assert chosen(Screen(course(clock), clock, "hand")).id == "hand"


def test_what_became_of_the_intention(clock: FakeClock) -> None:
    journal = course(clock)
    state_of(journal, IntentionState.PARTLY)
    screen = Screen(journal, clock)
    assert state(screen).intentions == (("hope", "“To stop bracing.” partly met"),)
    screen.presenter.integrate("hope")
    assert screen.went == "hope"


def test_the_own_state_is_in_nothing_that_is_shown_until_it_is_asked_for(screen: Screen) -> None:
    assert CANARY not in repr(screen.states)
    assert (state(screen).own, state(screen).own_count) == (None, 1)
    screen.presenter.show_own()
    assert "own" in marks(screen)
    assert state(screen).own is not None
    screen.presenter.show_own()
    assert CANARY not in repr(state(screen))


def test_half_typed_words_of_the_own_state_are_not_shown_either(screen: Screen, clock: FakeClock) -> None:
    screen.presenter.show_own()
    screen.presenter.typed("own", "a wish to be thanked")
    screen.timer.pass_(DRAFT_S)
    again = Screen(screen.journal, clock)
    assert "thanked" not in repr(again.states)
    again.presenter.show_own()
    own = state(again).own
    assert own is not None
    assert (own.text, own.open) == ("a wish to be thanked", True)


def test_a_client_without_sessions_gets_one_plain_sentence(clock: FakeClock) -> None:
    from kapjournal.domain.course import Client
    from tests.fakes.journal import FakeJournal

    journal = FakeJournal(clock)
    journal.keep(Client(id="wren", alias="Wren"))
    shown = state(Screen(journal, clock))
    assert shown.empty.startswith("No session has been held yet.")
    assert shown.picture.tracks == ()


# --- moving --------------------------------------------------------------------------------------------------------


def test_left_and_right_reach_every_mark(screen: Screen) -> None:
    screen.presenter.step(-100)
    met = [chosen(screen).id]
    for _ in range(20):
        screen.presenter.step(1)
        met.append(chosen(screen).id)
    assert list(dict.fromkeys(met)) == marks(screen)


def test_up_and_down_cross_the_lanes(screen: Screen) -> None:
    screen.presenter.cross(1)
    assert chosen(screen).id == "tears"
    screen.presenter.cross(-1)
    assert chosen(screen).id == "nana"
    screen.presenter.cross(-1)
    assert chosen(screen).id == "bp1"


def test_closer_holds_what_is_chosen_and_moving_on_brings_it_into_sight(screen: Screen) -> None:
    whole = state(screen).picture.whole
    for _ in range(5):
        screen.presenter.zoom(closer=True)
    shown = state(screen).picture.shown
    assert shown.width < whole.width / 5
    assert shown.holds(28)
    screen.presenter.choose("landed")
    assert state(screen).picture.shown.holds(140)
    screen.presenter.pan(-1)
    assert not state(screen).picture.shown.holds(140) or state(screen).picture.shown.start < 140
    screen.presenter.see_all()
    assert state(screen).picture.shown == whole


def test_the_session_before_and_after(screen: Screen) -> None:
    screen.presenter.other_session(1)
    assert state(screen).session == "d3"
    screen.presenter.other_session(-1)
    assert (state(screen).session, chosen(screen).id) == ("d2", "dose-d2")
    assert state(screen).account.note == "told 13 February 13:04, typed as said"
    assert state(screen).signed == "Signed 12 February 16:04"


# --- comparing -----------------------------------------------------------------------------------------------------


def test_the_session_before_is_laid_over_this_one(screen: Screen) -> None:
    screen.presenter.compare()
    shown = state(screen)
    assert [t.session for t in shown.picture.tracks] == ["d3", "d2"]
    assert shown.picture.cursor == 28
    screen.presenter.lay_over("d1")
    screen.presenter.point_at(40)
    said = [(one.title, one.note) for one in state(screen).said]
    assert state(screen).said_title == "Around 0:40, each time"
    assert said == [
        ("Dosing 3, Thursday 26 February", ""),
        ("Hand", "0:39, Touch"),
        ("Dosing 1, Thursday 29 January", ""),
        ("“The floor is breathing.”", "0:38, Client’s words"),
        ("Dosing 2, Thursday 12 February", ""),
        ("“I can see the stairs.”", "0:41, Client’s words"),
    ]
    screen.presenter.point_on(60)
    assert "Nothing was written then." in [one.note for one in state(screen).said]
    screen.presenter.set_within(10)
    screen.presenter.compare()
    assert [t.session for t in state(screen).picture.tracks] == ["d3"]


def test_going_on_compares_at_the_entry_that_is_chosen(screen: Screen) -> None:
    screen.presenter.compare()
    screen.presenter.choose("q2")
    assert state(screen).said_title == "Around 0:41, each time"
    screen.presenter.cross(-1)
    assert chosen(screen).id == "dose-d2"


# --- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account", "note", "own", "late", "late.at", "check:gait"])
def test_a_key_press_is_on_the_desk_within_a_quarter_of_a_second(screen: Screen, clock: FakeClock, name: str) -> None:
    screen.presenter.typed(name, "I was at")
    assert screen.saved == ""
    screen.timer.pass_(0.25)
    assert screen.saved == "Saved"
    # The program is gone; nothing was closed or kept.
    again = Screen(screen.journal, clock)
    again.presenter.show_own()
    found = {
        "account": lambda s: s.account.text,
        "note": lambda s: s.notes.text,
        "own": lambda s: s.own.text,
        "late": lambda s: s.late,
        "late.at": lambda s: s.late_at,
        "check:gait": lambda s: next(words for key, _, words in s.checks if key == "gait"),
    }
    assert found[name](state(again)) == "I was at"


def test_it_is_not_said_to_be_saved_before_it_is(screen: Screen) -> None:
    screen.tasks.hold = True
    screen.presenter.typed("note", "a")
    screen.timer.pass_(DRAFT_S)
    assert screen.saved == ""
    screen.presenter.typed("note", "ab")
    screen.tasks.release()
    assert screen.saved == ""
    screen.timer.pass_(DRAFT_S)
    screen.tasks.release()
    assert screen.saved == "Saved"


def test_the_account_goes_on(screen: Screen, clock: FakeClock) -> None:
    screen.presenter.write_on("account")
    assert state(screen).account.open
    screen.presenter.typed("account", "I kept waiting to be told off.")
    screen.presenter.keep("account")
    assert (kept(screen).kind, kept(screen).text) == (Kind.ACCOUNT, "I kept waiting to be told off.")
    account = state(screen).account
    assert ([p.words for p in account.paragraphs], account.note) == (
        ["I kept waiting to be told off."],
        "told 17:40, typed as said",
    )
    assert (account.text, account.open) == ("", False)
    assert Screen(screen.journal, clock).presenter.state.account.text == ""


def test_two_presses_keep_it_once(screen: Screen) -> None:
    screen.presenter.typed("note", "Once.")
    screen.tasks.hold = True
    screen.presenter.keep("note")
    screen.presenter.keep("note")
    screen.tasks.release()
    screen.tasks.release()
    assert [e.text for e in screen.journal.entries(kinds=(Kind.NOTE,))] == ["Once."]


def test_a_late_entry_takes_its_place_and_says_when_it_was_written(screen: Screen) -> None:
    screen.presenter.begin_late()
    assert state(screen).late_at == "13:50"
    screen.presenter.typed("late.at", "14:12")
    assert state(screen).late_says == "Shown as written today 17:40, about 14:12"
    screen.presenter.typed("late", "Turned toward the window.")
    screen.presenter.keep_late()
    assert chosen(screen).cells == ("14:12", "0:50", "Observed", "Turned toward the window.")
    assert [words for _, words, _ in state(screen).chosen.flags] == ["late, written 17:40"]  # type: ignore[union-attr]
    assert (state(screen).late, state(screen).late_at) == ("", "")


def test_a_late_entry_without_a_time_is_asked_for_one_and_keeps_its_words(screen: Screen) -> None:
    screen.presenter.typed("late", "Something.")
    screen.presenter.keep_late()
    assert (state(screen).late_problem, state(screen).late) == (TIME_UNREAD, "Something.")
    screen.presenter.typed("late.at", "14:12")
    assert state(screen).late_problem == ""


def test_what_is_typed_on_while_it_is_being_kept_is_not_lost(screen: Screen, clock: FakeClock) -> None:
    screen.tasks.hold = True
    screen.presenter.typed("note", "One.")
    screen.presenter.keep("note")
    screen.presenter.typed("note", "One. Two.")
    screen.tasks.release()
    screen.tasks.hold = False
    assert state(screen).notes.text == "One. Two."
    screen.timer.pass_(DRAFT_S)
    assert Screen(screen.journal, clock).presenter.state.notes.text == "One. Two."


def test_words_that_are_refused_lie_on_the_desk(screen: Screen, clock: FakeClock) -> None:
    screen.presenter.typed("late", "Something.")
    screen.presenter.keep_late()
    screen.timer.pass_(DRAFT_S)
    assert screen.saved == "Saved"
    assert Screen(screen.journal, clock).presenter.state.late == "Something."


def test_a_comment_stands_with_its_time(screen: Screen) -> None:
    screen.presenter.write_on("comment")
    screen.presenter.typed("comment", "Said it twice.")
    screen.presenter.keep("comment")
    note = state(screen).chosen
    assert note is not None
    assert note.added == ("Added 17:40: Said it twice.",)
    assert (note.writing, note.words) == ("", "“Nana’s kitchen. The yellow table.”")


def test_a_correction_stands_beside_the_original(screen: Screen) -> None:
    screen.presenter.write_on("correct")
    assert state(screen).chosen.text == "Nana’s kitchen. The yellow table."  # type: ignore[union-attr]
    screen.presenter.typed("correct", "Nana’s kitchen. The yellow chair.")
    screen.presenter.keep("correct")
    note = state(screen).chosen
    assert note is not None
    assert (note.was, note.words) == ("“Nana’s kitchen. The yellow table.”", "“Nana’s kitchen. The yellow chair.”")
    assert "corrected 17:40" in [words for _, words, _ in note.flags]
    assert [a.action for a in screen.journal.amendments()] == [Action.CORRECTION]


def test_a_half_typed_comment_waits_at_its_entry(screen: Screen) -> None:
    screen.presenter.write_on("comment")
    screen.presenter.typed("comment", "half")
    screen.presenter.step(1)
    assert state(screen).chosen.writing == ""  # type: ignore[union-attr]
    screen.presenter.step(-1)
    assert state(screen).chosen.text == "half"  # type: ignore[union-attr]


def test_enter_unfolds_the_details(screen: Screen) -> None:
    screen.presenter.unfold()
    note = state(screen).chosen
    assert note is not None
    assert note.unfolded
    assert note.details[0] == "Happened 13:50:00, 26 February 2026"
    screen.presenter.step(1)
    assert not state(screen).chosen.unfolded  # type: ignore[union-attr]


def test_signing_is_told_before_it_is_done(screen: Screen) -> None:
    screen.presenter.ask_to_sign()
    assert state(screen).asks_to_sign
    assert [name for name, _ in state(screen).actions] == ["sign", "close"]
    screen.presenter.acted("close")
    assert (state(screen).signed, state(screen).message) == ("", None)
    screen.presenter.typed("check:gait", "steady")
    screen.presenter.typed("note", "Half a note.")
    screen.presenter.ask_to_sign()
    screen.presenter.acted("sign")
    assert state(screen).signed == "Signed 26 February 17:40"
    assert state(screen).message is None
    texts = [e.text for e in screen.journal.entries()]
    assert "Gait: steady" in texts
    assert "Half a note." in texts


@pytest.mark.parametrize("name", ["account", "note"])
def test_a_full_disk_holds_the_words_and_says_so(screen: Screen, name: str) -> None:
    screen.journal.trouble = FULL
    screen.presenter.typed(name, "To rest.")
    screen.presenter.keep(name)
    message = state(screen).message
    assert message is not None
    assert message.sentence == f"Not saved yet. {FULL.sentence}"
    assert screen.saved == ""
    assert kept(screen).text != "To rest."
    screen.journal.trouble = None
    screen.presenter.acted("try_again")
    assert kept(screen).text == "To rest."
    assert (state(screen).message, screen.saved) == (None, "Saved")


def test_what_the_disk_refuses_at_the_lock_is_held_until_the_screen_is_back(screen: Screen, clock: FakeClock) -> None:
    screen.journal.trouble = FULL
    screen.presenter.typed("account", "I was at the")
    held: dict[str, dict[str, str]] = {}
    screen.presenter.stop(lambda session, typed: held.__setitem__(session, dict(typed)))
    assert held == {"d3": {"account": "I was at the"}}
    screen.journal.trouble = None
    again = Screen(screen.journal, clock, held=held)
    assert state(again).account.text == "I was at the"
    assert held == {}
    again.timer.pass_(DRAFT_S)
    assert Screen(screen.journal, clock).presenter.state.account.text == "I was at the"


def test_leaving_keeps_what_is_half_typed(screen: Screen, clock: FakeClock) -> None:
    screen.presenter.typed("account", "I was")
    screen.presenter.stop()
    assert Screen(screen.journal, clock).presenter.state.account.text == "I was"


def test_keys_pressed_while_another_session_is_read_are_not_lost(screen: Screen) -> None:
    screen.tasks.hold = True
    screen.presenter.look_at("d2")
    screen.presenter.typed("note", "last words")
    screen.tasks.release()
    screen.tasks.release()
    screen.tasks.hold = False
    assert (state(screen).session, state(screen).notes.text) == ("d2", "")
    screen.presenter.look_at("d3")
    assert state(screen).notes.text == "last words"


def test_a_full_disk_loses_the_words_of_no_session(screen: Screen, clock: FakeClock) -> None:
    screen.journal.trouble = FULL
    screen.presenter.typed("note", "of the third")
    screen.timer.pass_(DRAFT_S)
    screen.presenter.look_at("d2")
    screen.presenter.typed("note", "of the second")
    screen.timer.pass_(DRAFT_S)
    screen.presenter.look_at("d3")
    assert state(screen).notes.text == "of the third"
    screen.journal.trouble = None
    screen.timer.pass_(5)
    assert screen.saved == "Saved"
    for session, words in (("d3", "of the third"), ("d2", "of the second")):
        assert Screen(screen.journal, clock, session).presenter.state.notes.text == words


def test_another_session_has_its_own_half_typed_words(screen: Screen) -> None:
    screen.presenter.typed("note", "of the third")
    screen.presenter.look_at("d2")
    assert state(screen).notes.text == ""
    screen.presenter.typed("note", "of the second")
    screen.presenter.look_at("d3")
    assert state(screen).notes.text == "of the third"


@pytest.mark.parametrize(
    "do",
    [
        lambda p: p.keep("note"),
        lambda p: p.keep_late(),
        lambda p: p.keep("comment"),
        lambda p: p.step(1),
        lambda p: p.compare(),
        lambda p: p.acted("sign"),
    ],
)
def test_nothing_typed_and_nothing_read_does_no_harm(clock: FakeClock, do: Callable[[object], None]) -> None:
    journal = course(clock)
    before = len(journal.entries())
    screen = Screen.__new__(Screen)
    Screen.__init__(screen, journal, clock)
    do(screen.presenter)
    assert len(journal.entries()) == before


def test_a_screen_that_was_left_is_told_nothing_more(screen: Screen) -> None:
    screen.presenter.typed("note", "last")
    screen.tasks.hold = True
    screen.presenter.stop()
    many = len(screen.states)
    screen.tasks.release()
    assert len(screen.states) == many


def test_what_a_colleague_handed_over_is_looked_at_and_says_whose_it_is(screen: Screen) -> None:
    assert state(screen).received == ""
    session = next(s for s in screen.journal.sessions() if s.id == "d3")
    screen.journal.keep(session.model_copy(update={"origin": "b" * 32}))
    screen.presenter.start("d3")
    assert state(screen).received.startswith("Received from a colleague. It stays as it is")
    screen.presenter.write_on("note")
    assert not state(screen).notes.open

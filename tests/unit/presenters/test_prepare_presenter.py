"""The preparation screen's promises: typed words are on the desk at once, and nothing is called saved before it is."""

from __future__ import annotations

from datetime import timedelta

from kapjournal.application.agreements import Sheet
from kapjournal.application.prepare import HalfWritten
from kapjournal.domain.capture_labels import Suggestion
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, IntentionState, Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.intention import Words
from kapjournal.domain.label import Theme
from kapjournal.gui.prepare.presenter import DRAFT_S, LONG_PAUSE_S, PAUSE_S, PreparePresenter
from kapjournal.gui.prepare.state import Prepare
from kapjournal.gui.prepare.uses import prepare_uses
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

WREN = Client(id="wren", alias="Wren")
FULL = NotSaved("Not saved yet. The disk is full. Your words are held here.")


class Screen:
    """One opening of the screen over a journal that outlives it."""

    def __init__(self, journal: FakeJournal, clock: FakeClock, held: HalfWritten | None = None) -> None:
        self.tasks, self.timer = InlineTasks(), FakeTimer()
        self.went: list[str] = []
        self.state = Prepare()
        uses = prepare_uses(
            journal, clock, FakeIds(f"at-{clock.tick_s:g}"),
            leave=lambda: self.went.append("back"), open_session=self.went.append,
        )  # fmt: skip
        self.presenter = PreparePresenter(uses, self.tasks, self.timer, self)
        self.presenter.start(WREN, held)

    def show_state(self, state: Prepare) -> None:
        self.state = state


def begun() -> tuple[FakeJournal, FakeClock]:
    clock = FakeClock()
    journal = FakeJournal(clock)
    journal.keep(WREN, Theme(id="trust", name="Trust"))
    return journal, clock


def test_a_key_press_is_on_the_desk_within_a_quarter_of_a_second() -> None:
    journal, clock = begun()
    first = Screen(journal, clock)
    first.presenter.typed("hope", "To stop bra")
    assert first.state.saved == ""
    first.timer.pass_(0.25)
    assert first.state.saved == "Saved 09:00."
    # The program is gone; nothing was closed or kept.
    clock.pass_(60)
    second = Screen(journal, clock)
    assert second.state.words == Words("To stop bra")
    assert journal.entries() == ()


def test_every_key_goes_down_even_while_typing_goes_on() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    for length in range(1, 31):
        screen.presenter.typed("hope", "x" * length)
        screen.timer.pass_(0.1)
    clock.pass_(60)
    assert len(Screen(journal, clock).state.words.hope) >= 28


def test_nothing_is_called_saved_before_it_is_durable() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.tasks.hold = True
    screen.presenter.typed("hope", "To rest")
    screen.timer.pass_(DRAFT_S)
    assert screen.state.saved == ""
    screen.presenter.typed("hope", "To rest.")
    screen.tasks.release()
    assert screen.state.saved == ""  # the draft that came down was not the newest
    screen.timer.pass_(DRAFT_S)
    screen.tasks.release()
    assert screen.state.saved == "Saved 09:00."
    screen.presenter.agree()
    assert screen.state.saved == "Saved 09:00."
    screen.tasks.release()
    assert screen.state.saved == "Saved 09:00. Earlier versions are kept."
    assert [e.text for e in journal.entries(kinds=(Kind.INTENTION,))] == ["To rest."]


def test_a_full_disk_keeps_the_words_and_says_so() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    journal.trouble = FULL
    screen.presenter.typed("hope", "To rest.")
    screen.timer.pass_(DRAFT_S)
    assert screen.state.message is not None
    assert screen.state.message.sentence == FULL.sentence
    assert (screen.state.saved, screen.state.words.hope) == ("", "To rest.")
    screen.presenter.leave()
    assert screen.went == []
    journal.trouble = None
    screen.timer.pass_(2)
    assert screen.state.message is None
    assert screen.state.saved.startswith("Saved")
    screen.presenter.leave()
    assert screen.went == ["back"]
    assert [e.text for e in journal.entries()] == ["To rest."]


def test_a_lock_on_a_full_disk_holds_the_words_in_memory_until_the_screen_is_back() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    journal.trouble = FULL
    screen.presenter.typed("hope", "To rest.")
    screen.presenter.edit_sheet(Sheet.TOUCH)
    screen.presenter.sheet_typed(Sheet.TOUCH, "allowed", "hand")
    held: dict[str, HalfWritten] = {}
    screen.presenter.stop(lambda client, draft: held.update({client: draft}))
    journal.trouble = None
    again = Screen(journal, clock, held["wren"])
    assert again.state.words.hope == "To rest."
    assert next(s for s in again.state.sheets if s.sheet is Sheet.TOUCH).values["allowed"] == "hand"
    clock.pass_(1)
    assert Screen(journal, clock).state.words.hope == "To rest."


def test_a_pause_writes_a_version_in_an_open_session_and_later_an_amendment() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.turn_session()
    assert screen.state.session_action == "Close this preparation"
    screen.presenter.typed("hope", "To rest.")
    screen.timer.pass_(PAUSE_S)
    screen.presenter.typed("hope", "To rest well.")
    screen.timer.pass_(PAUSE_S)
    intention = journal.entries()[0]
    assert (intention.text, len(journal.versions(intention.id)), journal.amendments()) == ("To rest well.", 2, ())
    screen.presenter.turn_session()
    screen.presenter.typed("hope", "To rest, and be seen.")
    screen.timer.pass_(PAUSE_S)
    assert journal.amendments() == ()
    screen.timer.pass_(LONG_PAUSE_S)
    screen.presenter.typed("enough", "One breath.")
    screen.presenter.leave()
    assert [a.text for a in journal.amendments()] == ["To rest, and be seen.", "One breath."]
    assert [v.title for v in screen.state.versions] == [
        "Version 4, addendum", "Version 3, addendum", "Version 2, edited", "Version 1, first wording",
    ]  # fmt: skip


def test_two_versions_are_compared_word_by_word() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    for words in ("To rest.", "To rest well."):
        screen.presenter.typed("hope", words)
        screen.presenter.agree()
        clock.pass_(600)
    screen.presenter.show_versions()
    screen.presenter.compare_with("1")
    comparison = screen.state.comparison
    assert comparison is not None
    assert (comparison.before, comparison.after) == (
        "Version 1, 2 March 2026, 09:00", "Version 2, 2 March 2026, 09:10",
    )  # fmt: skip
    assert [s.text for s in comparison.rows[0][2] if s.changed] == [" well"]


def test_several_intentions_keep_what_is_typed_into_each() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.typed("hope", "First.")
    one = screen.state.chosen
    screen.presenter.add()
    screen.presenter.typed("hope", "Second.")
    two = screen.state.chosen
    screen.presenter.choose(one)
    assert screen.state.words.hope == "First."
    screen.presenter.agree()
    screen.presenter.choose(two)
    screen.presenter.move(-1)
    assert [tab.title for tab in screen.state.tabs] == ["1  Second.", "2  First."]
    clock.pass_(1)
    assert [tab.title for tab in Screen(journal, clock).state.tabs] == ["1  Second.", "2  First."]


def test_a_blank_intention_is_never_written() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.add()
    screen.presenter.add()
    assert len(screen.state.tabs) == 1
    screen.presenter.typed("hope", "x")
    screen.presenter.typed("hope", "")
    screen.presenter.leave()
    assert journal.entries() == ()


def test_what_became_of_it_moves_it_out_of_the_way() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.typed("hope", "To rest.")
    screen.presenter.agree()
    screen.presenter.say_state(IntentionState.MET, "Slept.")
    assert (screen.state.tabs, [t.state for t in screen.state.past_tabs]) == ((), ["met"])
    clock.pass_(1)
    assert Screen(journal, clock).state.words.empty


def test_labels_are_offered_and_become_chips() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    assert screen.presenter.suggest("#tr")[0].name == "Trust"
    screen.presenter.accepted(Suggestion("@planner", "planner", None))
    screen.presenter.typed("hope", "To rest. #trust @planner #unknown")
    screen.presenter.agree()
    assert [chip.text for chip in screen.state.chips] == ["#Trust", "@planner"]
    assert journal.entries(kinds=(Kind.INTENTION,))[0].text == "To rest."
    screen.presenter.untag(screen.state.chips[0].tag)
    assert [chip.text for chip in screen.state.chips] == ["@planner"]


def test_what_the_last_integration_ended_with_comes_with_one_key() -> None:
    journal, clock = begun()
    session = Session(id="i", client="wren", kind=SessionKind.INTEGRATION, started_at=START - timedelta(days=9))
    said = Entry(id="q", client="wren", session="i", kind=Kind.QUOTE, text="Who notices?", noticed_at=START)
    journal.keep(session, said)
    screen = Screen(journal, clock)
    assert screen.state.empty == "Nothing written for session 1. You can begin with what Wren said on 2 March."
    screen.presenter.bring_in()
    assert screen.state.words.hope == "Who notices?"
    assert screen.state.carried is not None
    assert not screen.state.carried.can_bring
    assert [(link.target, link.relation) for link in journal.links()] == [("q", "follows_up")]
    screen.presenter.open_note()
    assert screen.went == ["i"]


def test_a_section_is_kept_as_a_new_entry_and_its_trouble_told_in_place() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)

    def section(sheet: Sheet) -> object:
        return next(s for s in screen.state.sheets if s.sheet is sheet)

    screen.presenter.edit_sheet(Sheet.CLEARANCE)
    screen.presenter.sheet_typed(Sheet.CLEARANCE, "cleared", "60 mg")
    screen.presenter.sheet_typed(Sheet.CLEARANCE, "on", "soon")
    screen.presenter.keep_sheet(Sheet.CLEARANCE)
    assert "is not a day" in section(Sheet.CLEARANCE).problem  # type: ignore[attr-defined]
    screen.presenter.sheet_typed(Sheet.CLEARANCE, "on", "20 February")
    screen.presenter.keep_sheet(Sheet.CLEARANCE)
    shown = section(Sheet.CLEARANCE)
    assert (shown.editing, shown.status, shown.problem) == (False, "reported 20 Feb", "")  # type: ignore[attr-defined]
    assert "no clearance yet" not in screen.state.missing
    assert screen.state.ready == "1 of 6 ready"


def test_a_half_written_section_comes_back_unfolded() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.edit_sheet(Sheet.TOUCH)
    screen.presenter.sheet_typed(Sheet.TOUCH, "allowed", "ha")
    screen.timer.pass_(0.25)
    screen.presenter.typed("hope", "To rest.")
    screen.presenter.agree()  # keeps the words, and the section as it is typed
    clock.pass_(1)
    again = Screen(journal, clock)
    touch = next(s for s in again.state.sheets if s.sheet is Sheet.TOUCH)
    assert (touch.editing, touch.values["allowed"]) == (True, "ha")
    again.presenter.leave_sheet(Sheet.TOUCH)
    again.timer.pass_(0.25)
    clock.pass_(1)
    assert not any(s.editing for s in Screen(journal, clock).state.sheets)


def test_a_bug_is_told_and_loses_nothing() -> None:
    journal, clock = begun()
    screen = Screen(journal, clock)
    screen.presenter.typed("hope", "half a \ud83d pair")
    screen.timer.pass_(DRAFT_S)
    screen.presenter.agree()
    assert screen.state.message is not None
    assert screen.state.words.hope == "half a \ud83d pair"

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.application.take_measure import find_draft
from kapjournal.domain.entry import Entry, Kind, MeasureDetails
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.instruments import Instruments, read_instruments
from kapjournal.gui.measures.state import Form, Measures
from tests.fakes.journal import FakeJournal
from tests.measuring import SHIPPED, Measuring


class Page:
    """A view that remembers."""

    def __init__(self) -> None:
        self.state = Measures()

    def show_state(self, state: Measures) -> None:
        self.state = state

    @property
    def form(self) -> Form:
        assert self.state.form is not None
        return self.state.form

    @property
    def said(self) -> str:
        return self.state.message.sentence if self.state.message else ""


def room(
    instrument: str = "", digits: str = "", journal: FakeJournal | None = None, instruments: Instruments = SHIPPED
) -> Measuring[Page]:
    measuring = Measuring(Page(), journal, instruments)
    if instrument:
        measuring.presenter.choose(instrument)
        measuring.presenter.take()
    for digit in digits:
        measuring.presenter.digit(int(digit))
    return measuring


def kept(measuring: Measuring[Page]) -> list[MeasureDetails]:
    entries = measuring.journal.entries("wren", (Kind.MEASURE,))
    return [e.details for e in entries if e.id.startswith("new") and isinstance(e.details, MeasureDetails)]


def test_the_list_shows_the_latest_totals_with_their_bands_and_days() -> None:
    lines = room().view.state.lines
    assert [line.about for line in lines[:4]] == [
        "Depression: 9 of 27, mild, 19 Feb 2026",
        "Anxiety: 8 of 21, mild, 19 Feb 2026",
        "Post-traumatic stress: 53 of 80, at or above the cut-off, 8 Jan 2026",
        "Distress, right now: not taken yet",
    ]


def test_the_card_tells_history_and_earlier_answers() -> None:
    measuring = room()
    measuring.presenter.choose("PHQ-9")
    measuring.presenter.look_at("w1")
    card = measuring.view.state.card
    assert (card.total, card.of) == ("9", "of 27, mild, 19 Feb 2026")
    assert [line.says for line in card.history] == [
        "9 of 27, mild",
        "12 of 27, moderate",
        "19 of 27, moderately severe. Item 9 answered 1, several days",
    ]
    assert card.answers[0] == "Item 9 answered 1, several days."
    assert card.answers[-1].endswith("hurting yourself in some way  1, several days")


def test_nine_digits_and_enter_keep_a_form() -> None:
    measuring = room("PHQ-9", "233313211")
    form = measuring.view.form
    assert (form.result, form.plain) == ("19 of 27, moderately severe", ("Item 9 answered 1, several days.",))
    measuring.presenter.keep()
    assert kept(measuring) == [MeasureDetails(instrument="PHQ-9", answers=(2, 3, 3, 3, 1, 3, 2, 1, 1), total=19)]
    assert measuring.view.state.form is None
    assert measuring.view.said == ("PHQ-9 is kept: 19 of 27, moderately severe. Item 9 answered 1, several days.")
    assert measuring.view.state.card.history[0].says.startswith("19 of 27")


def test_backspace_goes_back_and_a_digit_replaces() -> None:
    measuring = room("GAD-7", "12")
    measuring.presenter.move(-1)
    assert measuring.view.form.at == 1
    measuring.presenter.digit(3)
    assert [item.answer for item in measuring.view.form.items[:3]] == [1, 3, None]
    assert measuring.view.form.at == 2


def test_arrows_change_an_answer_and_delete_takes_it_away() -> None:
    measuring = room("GAD-7")
    measuring.presenter.step(1)
    assert measuring.view.form.items[0].answer == 0
    for _ in range(9):
        measuring.presenter.step(1)
    assert (measuring.view.form.items[0].answer, measuring.view.form.at) == (3, 0)
    measuring.presenter.clear()
    assert measuring.view.form.items[0].answer is None


def test_a_digit_that_is_no_answer_changes_nothing_and_says_what_is() -> None:
    measuring = room("GAD-7", "7")
    assert measuring.view.form.items[0].answer is None
    assert measuring.view.said == "Item 1 takes 0 to 3."


def test_ten_is_typed_as_one_and_nought() -> None:
    assert room("SUDS", "10").view.form.items[0].answer == 10
    assert room("SUDS", "1").view.form.items[0].answer == 1
    assert room("SUDS", "17").view.form.items[0].answer == 7


def test_a_form_with_open_items_says_which_and_asks() -> None:
    measuring = room("GAD-7", "22")
    measuring.presenter.move(1)
    measuring.presenter.digit(1)
    measuring.presenter.keep()
    assert kept(measuring) == []
    assert measuring.view.said.startswith("Items 3, 5, 6, 7 are not answered.")
    measuring.presenter.act("go to")
    assert measuring.view.form.at == 2
    measuring.presenter.keep()
    measuring.presenter.act("keep partial")
    assert kept(measuring) == [MeasureDetails(instrument="GAD-7", answers=(2, 2, None, 1, None, None, None))]
    assert "3 of 7 answered" in measuring.view.said
    assert measuring.view.state.card.total == "8"  # the last that has one


def test_an_empty_form_is_not_kept() -> None:
    measuring = room("GAD-7")
    measuring.presenter.keep()
    assert kept(measuring) == []
    assert measuring.view.said == "GAD-7: nothing is answered yet."
    assert measuring.view.state.form is not None


def test_every_answer_is_on_the_desk_before_it_is_called_saved() -> None:
    measuring = room("GAD-7")
    measuring.tasks.hold = True
    measuring.presenter.digit(2)
    assert measuring.view.form.saved == "Saving"
    measuring.tasks.release()
    assert measuring.view.form.saved == "Draft saved 10:42"
    gad = SHIPPED.of("GAD-7")
    assert gad is not None
    assert find_draft(measuring.journal, "wren", gad).answers == (2, None, None, None, None, None, None)


def test_a_form_is_found_where_it_was_left() -> None:
    journal = room("GAD-7", "123").journal
    measuring = room("GAD-7", journal=journal)
    form = measuring.view.form
    assert ([item.answer for item in form.items[:4]], form.at) == ([1, 2, 3, None], 3)
    measuring.presenter.leave()
    line = measuring.view.state.lines[1]
    assert (line.begun, measuring.view.state.card.action) == ("begun, 3 of 7", "Go on with GAD-7, begun, 3 of 7")


def test_a_full_disk_is_told_and_the_answers_stay() -> None:
    measuring = room("GAD-7", "1")
    measuring.journal.trouble = NotSaved("Not saved yet. The disk is full.")
    measuring.presenter.digit(2)
    assert measuring.view.said == "Not saved yet. The disk is full."
    assert measuring.view.form.saved == "Not saved yet"
    for digit in (1, 1, 1, 1, 1):
        measuring.presenter.digit(digit)
    measuring.presenter.keep()
    assert measuring.view.form.result == "8 of 21, mild"
    measuring.journal.trouble = None
    measuring.presenter.keep()
    assert [details.total for details in kept(measuring)] == [8]


def test_discarding_asks_first_and_clears_the_desk() -> None:
    measuring = room("GAD-7", "1")
    measuring.presenter.ask_to_discard()
    assert measuring.view.state.form is not None
    measuring.presenter.act("close")
    assert measuring.view.form.items[0].answer == 1
    measuring.presenter.ask_to_discard()
    measuring.presenter.act("discard")
    assert measuring.view.state.form is None
    assert measuring.view.state.lines[1].begun == ""


def test_a_score_is_entered_where_the_items_may_not_be_shown() -> None:
    measuring = room("WHO-5")
    assert (measuring.view.form.items, measuring.view.form.score_hint) == ((), "total, 0 to 100")
    measuring.presenter.digit(3)  # no item to answer
    measuring.presenter.type_score("52")
    measuring.presenter.type_note("on paper")
    assert measuring.view.form.result == "52 of 100, above the cut-off of 50"
    measuring.presenter.keep()
    assert kept(measuring) == [MeasureDetails(instrument="WHO-5", total=52)]


def test_a_score_that_cannot_be_stays_in_its_field() -> None:
    measuring = room("WHO-5")
    measuring.presenter.type_score("51")
    measuring.presenter.keep()
    assert measuring.view.said == "WHO-5: 51 cannot be; its scores go in steps of 4."
    assert measuring.view.form.score == "51"


def test_a_level_from_one_on_is_told_plainly() -> None:
    measuring = room("C-SSRS Screener")
    measuring.presenter.type_score("2")
    assert measuring.view.form.plain == ("Level 2.",)


def test_taking_back_asks_first_and_keeps_the_original() -> None:
    measuring = room()
    measuring.presenter.choose("PHQ-9")
    measuring.presenter.look_at("w4")
    measuring.presenter.ask_to_take_back()
    assert measuring.view.said == "Take back PHQ-9 of 19 Feb 2026? It stays in the record, struck through."
    assert len(measuring.view.state.card.history) == 3
    measuring.presenter.act("take back")
    assert measuring.view.state.card.total == "12"
    assert any(isinstance(e, Entry) and e.id == "w4" for e in measuring.journal.entries("wren"))


def test_back_leaves_the_form_first_and_then_the_screen() -> None:
    measuring = room("GAD-7", "1")
    measuring.presenter.leave()
    assert (measuring.view.state.form, measuring.left) == (None, [])
    measuring.presenter.leave()
    assert measuring.left == [True]


def test_a_mistake_in_a_file_is_shown_and_the_rest_works() -> None:
    broken = read_instruments([("bad.json", b"{")])
    instruments = Instruments(SHIPPED.known, broken.mistakes)
    state = room(instruments=instruments).view.state
    assert state.mistakes[0].startswith("bad.json: this cannot be read as JSON")
    assert len(state.lines) == len(SHIPPED.known)


def test_without_any_instrument_nothing_breaks() -> None:
    measuring = room(instruments=Instruments())
    measuring.presenter.take()
    assert (measuring.view.state.lines, measuring.view.state.form) == ((), None)


KEYS = st.lists(
    st.one_of(
        st.integers(0, 9).map(lambda d: ("digit", d)),
        st.sampled_from([("move", 1), ("move", -1), ("step", 1), ("step", -1), ("clear", 0)]),
    ),
    max_size=40,
)


@given(st.sampled_from(["PHQ-9", "PCL-5", "SUDS", "WHO-5"]), KEYS)
def test_no_keys_make_a_form_that_cannot_be_kept_or_found_again(instrument: str, keys: list[tuple[str, int]]) -> None:
    measuring = room(instrument)
    for name, by in keys:
        if name == "clear":
            measuring.presenter.clear()
        else:
            getattr(measuring.presenter, name)(by)
    form = measuring.view.form
    assert 0 <= form.at < max(len(form.items), 1)
    again = room(instrument, journal=measuring.journal).view.form
    assert [item.answer for item in again.items] == [item.answer for item in form.items]

"""What the strip, the card, the chart and the field say."""

from __future__ import annotations

import pytest

from kapjournal.application.keep_entry import HalfTyped
from kapjournal.domain.course import Limits, Route
from kapjournal.gui.live.state import ChipKind, Mode
from tests.carded import CardValues, save_card
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.unit.presenters.live.room import Room


@pytest.fixture
def prepared() -> Room:
    """A session with a client whose card says something."""
    journal = FakeJournal()
    first = Room(journal)
    client = first.presenter.held.client.id
    values = CardValues(
        touch="hand",
        safety_plan="Stop the music\n\nCall",
        prescriber="Dr. L. 555-0142",
        route=Route.SL,
        vitals_schedule=(0, 40, 60),
        limits=Limits(systolic=160),
    )
    save_card(journal, first.clock, FakeIds("card"), client, values)
    session = first.presenter.held.session
    journal.keep(session.model_copy(update={"course": journal.courses()[0].id}))
    first.enter(session.id)
    return first


def test_the_strip_before_and_after_the_first_dose(prepared: Room) -> None:
    top = prepared.state.top
    assert (top.alias, top.session, top.since, top.clock, top.bands) == ("Wren", "Session 1", None, "09:00", ())
    assert top.vitals_due == "Vitals before the dose"
    prepared.write("dose 100mg")
    top = prepared.state.top
    assert (top.since, [dose.amount for dose in top.doses]) == ("0:00", ["100 mg"])
    assert top.bands  # by the route of the course, where the dose does not say
    prepared.write("bp 120/80")
    assert prepared.state.top.vitals_due == "Next vitals about 09:40"
    prepared.clock.pass_(41 * 60)
    top = prepared.state.top
    assert (top.vitals_due, top.vitals_now, top.since) == ("Vitals due since 09:40", True, "0:41")


def test_a_dose_that_is_taken_back_takes_its_clock_along(prepared: Room) -> None:
    prepared.write("dose 100mg sl")
    prepared.presenter.take_back()
    assert (prepared.state.top.since, prepared.state.top.doses) == (None, ())
    prepared.presenter.first_dose_now()
    assert prepared.state.top.since == "0:00"


def test_the_card_and_the_limit_come_from_the_form(prepared: Room) -> None:
    prepared.write("bp 170/90 hr 88 spo2 96")
    state = prepared.state
    assert (state.card.touch, state.card.plan, state.card.phone) == (
        "hand",
        ("Stop the music", "Call"),
        "Dr. L. 555-0142",
    )
    assert (state.chart.latest, state.chart.limit_text) == ("170/90 · 88 · 96 %", "prescriber’s limit 160")


def test_what_is_missing_waits_as_a_dashed_chip() -> None:
    room = Room()
    room.type("dose 60mg #nosuch")
    chips = [(chip.kind, chip.text, chip.dismissable) for chip in room.state.capture.chips]
    assert chips == [
        (ChipKind.KIND, "Dose", True),
        (ChipKind.DETAIL, "60 mg", True),
        (ChipKind.THEME, "#nosuch?", True),
        (ChipKind.MISSING, "route?", False),
    ]


def test_dismissing_a_chip_that_stands_for_nothing_does_nothing() -> None:
    room = Room()
    room.type("dose 60mg")
    room.presenter.dismiss_chip(2)
    room.presenter.dismiss_chip(9)
    assert len(room.state.capture.chips) == 3


def test_the_empty_session_says_what_to_do() -> None:
    assert Room().state.empty == "Ready. The clock starts with the first dose, or when you press Ctrl+Shift+T."


def test_up_does_nothing_without_an_entry_or_with_a_line() -> None:
    room = Room()
    room.presenter.up_in_empty()
    assert room.state.capture.heading == ""
    room.write("one")
    room.type("half a li")
    room.presenter.up_in_empty()
    assert room.state.capture.text == "half a li"


def test_an_edit_of_a_quote_is_typed_as_a_quote() -> None:
    room = Room()
    room.write('"it is so quiet #grief @nobody')
    room.presenter.up_in_empty()
    assert room.state.capture.text.startswith('"it is so quiet')
    room.presenter.enter()
    (entry,) = room.journal.entries()
    assert (entry.kind, [t.state for t in room.journal.tags()]) == ("quote", ["accepted"])


def test_the_veil_keeps_counting_wrong_codes_and_five_lock() -> None:
    room = Room()
    room.presenter.situation.veil_code = "4711"
    room.presenter.veil()
    room.presenter.veil()
    for number in range(4):
        room.presenter.unveil_code(str(number))
        assert room.state.veil_message == "That code does not lift the veil."
    assert room.locked == 0
    room.presenter.unveil_code("4")
    assert room.locked == 1


def test_plan_and_card_are_shown_and_hidden() -> None:
    room = Room()
    room.presenter.toggle_card()
    assert room.state.card.hidden
    room.presenter.toggle_plan()
    assert (room.state.card.hidden, room.state.card.plan_open) == (False, True)
    for _ in range(5):
        room.presenter.dim(1)
    assert room.state.dim == 2


def test_quitting_is_asked_about_in_the_strip() -> None:
    room = Room()
    quits: list[int] = []
    room.presenter.ask_to_quit(lambda: quits.append(1))
    banner = room.state.banner
    assert banner is not None
    assert [name for name, _ in banner.actions] == ["quit", "stay"]
    room.presenter.banner_action("stay")
    assert (quits, room.state.banner) == ([], None)
    room.presenter.ask_to_quit(lambda: quits.append(1))
    room.presenter.banner_action("quit")
    assert quits == [1]


def test_a_stopped_session_says_and_keeps_nothing_more() -> None:
    room = Room()
    room.presenter.stop()
    before = len(room.journal.ledger)
    room.presenter.focus_lost()
    room.timer.pass_(60)
    assert len(room.journal.ledger) == before


def test_a_draft_with_a_form_opens_the_form() -> None:
    room = Room()
    room.presenter.open_form("touch")
    room.presenter.form_changed("where", "hand")
    room.presenter.stop()
    room.enter(room.presenter.held.session.id)
    capture = room.state.capture
    assert (capture.mode, capture.form.fields[0].value if capture.form else "") == (Mode.FORM, "hand")
    assert room.presenter.line.half_typed != HalfTyped()

"""Writing without thinking about the program: correcting in place, taking back, tap mode, forms, completion, chips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kapjournal.application.start_session import add_client
from kapjournal.domain.course import Route
from kapjournal.domain.details import SafetyDetails
from kapjournal.domain.entry import (
    DoseDetails,
    Entry,
    InitiatedBy,
    Kind,
    ObservationDetails,
    Severity,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)
from kapjournal.domain.label import TagState
from kapjournal.gui.live.state import ChipKind, Mode
from tests.carded import CardValues, save_card
from tests.fakes.clock import FakeClock
from tests.journeys.stage import TEN, Stage, looked_into, type_text, until

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(TEN)


@pytest.fixture
def s(stage: Callable[..., Stage], clock: FakeClock) -> Stage:
    raised = stage(clock=clock)
    raised.open()
    raised.session_with("Wren")
    return raised


def entries(s: Stage) -> tuple[Entry, ...]:
    """What the journal holds at the end, in the order it was written."""
    s.settle()
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        return journal.entries()


def key(s: Stage, letter: str, *, up: bool = True, repeat: bool = False) -> None:
    """A letter as the keyboard sends it: down, and up unless it is held."""
    modifiers = SHIFT if letter.isupper() else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)[: 2 if up else 1]:
        event = QKeyEvent(kind, ord(letter.upper()), modifiers, letter, repeat)
        QCoreApplication.sendEvent(QApplication.focusWidget(), event)


def chips(s: Stage) -> list[tuple[ChipKind, str]]:
    return [(chip.kind, chip.text) for chip in s.state.capture.chips]


# --- in place, and back ----------------------------------------------------------------------------------------------


def test_up_in_an_empty_field_corrects_the_last_entry_in_its_place(s: Stage, clock: FakeClock) -> None:
    s.write("left had warm #grief")
    clock.pass_(60)
    s.press(KEY.Key_Up)
    assert s.line.toPlainText() == "left had warm #grief"
    assert s.state.capture.heading == "Correcting 10:00 Observed. Esc leaves it"
    for _ in range(len("had warm #grief") - 2):
        s.press(KEY.Key_Left)
    type_text(s.line, "n")
    s.press(KEY.Key_Return)
    s.settle()
    assert s.rows == ["left hand warm #grief"]
    (entry,) = entries(s)
    assert (entry.text, entry.noticed_at, entry.elapsed_s, entry.written_at) == ("left hand warm", TEN, 0.0, None)


def test_a_label_that_is_taken_out_is_rejected_and_one_put_in_accepted(s: Stage) -> None:
    s.write("left hand warm #grief")
    s.press(KEY.Key_Up)
    for _ in range(1 + len("#grief")):  # the first one turns the chip back into text
        s.press(KEY.Key_Backspace)
    type_text(s.line, "#imagery")
    s.press(KEY.Key_Return)
    s.settle()
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert {(t.theme, t.state) for t in journal.tags()} == {
            ("theme-grief-loss", TagState.REJECTED),
            ("theme-imagery", TagState.ACCEPTED),
        }


def test_escape_leaves_a_correction_as_it_was(s: Stage) -> None:
    s.write("left hand warm")
    s.press(KEY.Key_Up)
    type_text(s.line, " and more")
    s.press(KEY.Key_Escape)
    assert (s.line.toPlainText(), s.state.capture.mode) == ("", Mode.WRITE)
    assert [e.text for e in entries(s)] == ["left hand warm"]


def test_a_half_written_line_waits_behind_a_correction_from_the_stream(s: Stage) -> None:
    s.write("left hand warm")
    type_text(s.line, "half a li")
    row = s.state.rows[0].id
    s.presenter.row_action(row, "correct")
    assert s.line.toPlainText() == "left hand warm"
    s.press(KEY.Key_Return)
    assert s.line.toPlainText() == "half a li"
    s.presenter.row_action(row, "addendum")
    s.press(KEY.Key_Escape)
    assert s.line.toPlainText() == "half a li"


def test_undo_in_an_empty_field_takes_the_last_entry_back_on_record(s: Stage) -> None:
    s.write("one")
    s.write("two")
    s.press(KEY.Key_Z, CONTROL)
    s.settle()
    assert [row.folded for row in s.state.rows] == [False, True]
    s.press(KEY.Key_Z, CONTROL)
    s.settle()
    assert [row.folded for row in s.state.rows] == [True, True]
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [e.text for e in journal.entries()] == ["one", "two"]
        assert [a.action for a in journal.amendments()] == ["retraction", "retraction"]


def test_undo_while_the_disk_is_slow_means_the_entry_that_was_just_written(s: Stage) -> None:
    s.write("one")
    with s.disk_waiting():
        type_text(s.line, "two")
        s.press(KEY.Key_Return)
        s.press(KEY.Key_Z, CONTROL)
        s.press(KEY.Key_Z, CONTROL)
    s.settle()
    assert [row.folded for row in s.state.rows] == [True, True]


def test_undo_in_a_line_undoes_typing(s: Stage) -> None:
    s.write("one")
    type_text(s.line, "tw")
    s.press(KEY.Key_Z, CONTROL)
    s.settle()
    assert (s.line.toPlainText(), [row.folded for row in s.state.rows]) == ("", [False])


def test_up_completes_a_dose_that_was_begun_with_a_key(s: Stage, clock: FakeClock) -> None:
    type_text(s.line, "half a li")
    s.press(KEY.Key_T, CONTROL | SHIFT)
    s.press(KEY.Key_T, CONTROL | SHIFT)  # once is enough
    s.settle()
    assert s.rows == ["Dose amount? route?"]
    assert s.state.top.since == "0:00"
    assert s.line.toPlainText() == "half a li"
    s.press(KEY.Key_Return)
    s.settle()
    clock.pass_(300)
    s.press(KEY.Key_Z, CONTROL)  # takes the line back, so that the dose is the last
    s.settle()
    s.press(KEY.Key_Up)
    typed = s.line.toPlainText()
    assert typed == "dose"
    type_text(s.line, " 60mg im")
    assert (ChipKind.KIND, "Dose") in chips(s)
    s.press(KEY.Key_Return)
    s.settle()
    assert s.state.top.since == "0:05"
    dose = entries(s)[0]
    assert (dose.kind, dose.details) == (Kind.DOSE, DoseDetails(amount_mg=60, route=Route.IM))
    assert (dose.noticed_at, dose.elapsed_s) == (TEN, 0.0)


def test_ctrl_m_marks_this_moment_and_touches_nothing_written(s: Stage, clock: FakeClock) -> None:
    type_text(s.line, "half a li")
    clock.pass_(5)
    s.press(KEY.Key_M, CONTROL)
    s.settle()
    assert s.line.toPlainText() == "half a li"
    (mark,) = entries(s)
    assert (mark.kind, mark.text, mark.starred, mark.elapsed_s) == (Kind.MARK, "", True, 5.0)


def test_ctrl_j_changes_the_kind_of_a_line_without_a_prefix(s: Stage) -> None:
    type_text(s.line, "is it soon")
    s.press(KEY.Key_J, CONTROL)
    assert chips(s) == [(ChipKind.KIND, "Client’s words")]
    s.press(KEY.Key_Return)
    s.settle()
    type_text(s.line, "plain again")
    s.press(KEY.Key_Return)
    assert [e.kind for e in entries(s)] == [Kind.QUOTE, Kind.OBSERVATION]


# --- chips and completion --------------------------------------------------------------------------------------------


def test_backspace_just_after_a_chip_turns_it_back_into_text(s: Stage) -> None:
    type_text(s.line, "> ")
    assert chips(s) == [(ChipKind.KIND, "I offered")]
    s.press(KEY.Key_Backspace)  # the space
    s.press(KEY.Key_Backspace)  # the chip
    assert (s.line.toPlainText(), chips(s)) == (">", [])
    type_text(s.line, " 2 is more #grief")
    assert chips(s) == [(ChipKind.THEME, "#grief")]
    s.press(KEY.Key_Backspace)
    assert (s.line.toPlainText(), chips(s)) == ("> 2 is more #grief", [])
    s.press(KEY.Key_Return)
    (entry,) = entries(s)
    assert (entry.kind, entry.text) == (Kind.OBSERVATION, "> 2 is more #grief")


def test_a_slip_in_a_figure_is_corrected_and_the_dose_stays_a_dose(s: Stage) -> None:
    type_text(s.line, "dose 69")
    s.press(KEY.Key_Backspace)
    type_text(s.line, "0mg im")
    s.press(KEY.Key_Backspace)
    s.press(KEY.Key_Backspace)
    type_text(s.line, "sl")
    s.press(KEY.Key_Return)
    s.write("bp 400/20")
    type_text(s.line, "bp 13/80")
    for _ in range(3):
        s.press(KEY.Key_Backspace)
    type_text(s.line, "0/80")
    s.press(KEY.Key_Return)
    assert [e.details for e in entries(s)] == [
        DoseDetails(amount_mg=60, route=Route.SL),
        None,
        VitalsDetails(systolic=130, diastolic=80),
    ]


def test_a_chip_can_be_dismissed_with_the_mouse(s: Stage) -> None:
    type_text(s.line, "suds 5")
    s.presenter.dismiss_chip(0)
    assert chips(s) == []
    s.press(KEY.Key_Return)
    (entry,) = entries(s)
    assert (entry.kind, entry.text) == (Kind.OBSERVATION, "suds 5")


def test_tab_completes_a_theme_and_the_arrows_choose(s: Stage) -> None:
    type_text(s.line, "soft face #gri")
    s.press(KEY.Key_Tab)
    assert s.line.toPlainText() == "soft face #grief "
    type_text(s.line, "#mus")
    offered = s.state.capture.completions
    s.press(KEY.Key_Down)
    assert s.state.capture.chosen == 1
    s.press(KEY.Key_Tab)
    assert s.line.toPlainText() == f"soft face #grief {offered[1].text} "
    assert s.line.hasFocus()


def test_a_new_theme_or_part_is_made_only_when_it_is_chosen(s: Stage) -> None:
    s.write("cold #unheardof @nobody")
    type_text(s.line, "warm #hearthfire")
    (*_, new) = s.state.capture.completions
    assert (new.text, new.note) == ("#hearthfire", "new theme")
    for _ in s.state.capture.completions[1:]:
        s.press(KEY.Key_Down)
    s.press(KEY.Key_Tab)
    type_text(s.line, "@latchkey")
    assert s.state.capture.completions[-1].note == "new part"
    for _ in s.state.capture.completions[1:]:
        s.press(KEY.Key_Down)
    s.press(KEY.Key_Tab)
    with s.disk_waiting():
        s.press(KEY.Key_Return)
    s.settle()
    s.write("again @latchkey #hearthfire")
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert [t.name for t in journal.themes()] == ["hearthfire"]
        assert [p.name for p in journal.parts()] == ["latchkey"]
        first, *rest = journal.entries()
        assert first.text == "cold #unheardof @nobody"
        assert {tag.entry for tag in journal.tags()} == {e.id for e in rest}
        assert len(journal.tags()) == 4


# --- tap mode --------------------------------------------------------------------------------------------------------


def test_each_letter_keeps_an_entry_at_once_at_the_key_press(s: Stage, clock: FakeClock) -> None:
    type_text(s.line, "half a li")
    clock.pass_(10)
    s.press(KEY.Key_Escape)
    assert (s.state.capture.mode, s.state.tapping) == (Mode.TAP, True)
    key(s, "t")
    s.settle()
    capture = s.state.capture
    assert (capture.last_key, capture.last_text, capture.last_saved) == ("T", "Tears, 10:00:10", "saved 10:00:10")
    s.press(KEY.Key_Return)
    assert (s.line.toPlainText(), s.line.hasFocus()) == ("half a li", True)
    (tears,) = entries(s)
    assert (tears.text, tears.details, tears.elapsed_s) == ("Tears", ObservationDetails(code="tears"), 10.0)


def test_a_held_key_and_a_double_press_count_once(s: Stage, clock: FakeClock) -> None:
    s.press(KEY.Key_Escape)
    key(s, "t", up=False)
    for _ in range(5):
        clock.pass_(0.5)
        key(s, "t", up=False, repeat=True)
    clock.pass_(2)
    key(s, "t", up=True)  # still down as far as anyone was told: not a press of its own
    clock.pass_(2)
    key(s, "g")
    clock.pass_(0.4)
    key(s, "g")
    key(s, "s")
    clock.pass_(1.0)
    key(s, "g")
    assert [e.text for e in entries(s)] == ["Tears", "Sigh", "Smile", "Sigh"]


def test_shift_and_a_letter_asks_for_a_comment_and_the_draft_waits(s: Stage, clock: FakeClock) -> None:
    type_text(s.line, "half a li")
    s.press(KEY.Key_Escape)
    key(s, "G", up=False)
    assert s.state.capture.mode is Mode.WRITE
    assert s.state.capture.heading.startswith("A comment on 10:00 ")
    type_text(s.line, "long one")
    s.press(KEY.Key_Return)
    assert s.line.toPlainText() == "half a li"
    s.press(KEY.Key_Escape)
    clock.pass_(5)
    key(s, "g")  # it was let go where nobody looked, and still counts
    assert [(e.text, e.details) for e in entries(s)] == [
        ("Sigh: long one", ObservationDetails(code="sigh")),
        ("Sigh", ObservationDetails(code="sigh")),
    ]


def test_plus_shares_the_last_moment_and_minus_goes_back(s: Stage, clock: FakeClock) -> None:
    s.write("eyes open")
    clock.pass_(100)
    s.press(KEY.Key_Escape)
    key(s, "+")
    assert s.state.capture.stamp == "same moment as the last one, then a letter"
    key(s, "t")
    clock.pass_(100)
    for letter in "-3":
        key(s, letter)
    assert s.state.capture.stamp == "3 min ago, then a letter"
    key(s, "s")
    clock.set_wall(-timedelta(hours=1))
    key(s, "+")
    key(s, "²")  # no digit that counts minutes
    key(s, "g")
    told = [(e.text, e.elapsed_s) for e in entries(s)]
    assert told == [("eyes open", 0.0), ("Tears", 0.0), ("Smile", 20.0), ("Sigh", 20.0)]


def test_k_marks_the_last_entry_and_backspace_takes_it_back(s: Stage, clock: FakeClock) -> None:
    s.press(KEY.Key_Escape)
    with s.disk_waiting():
        key(s, "t")
        key(s, "k")
    s.settle()
    clock.pass_(5)
    with s.disk_waiting():
        key(s, "g")
        s.press(KEY.Key_Backspace)
        assert s.state.capture.last_text == "Sigh, taken back"
        key(s, "g")  # at once again
    s.settle()
    assert [row.folded for row in s.state.rows] == [False, True, False]
    assert [(e.text, e.starred) for e in entries(s)] == [("Tears", True), ("Sigh", None), ("Sigh", None)]


FILLED = {
    "v": ({"systolic": "128", "diastolic": "82", "heart_rate": "84", "spo2": "97"}, VitalsDetails(
        systolic=128, diastolic=82, heart_rate=84, spo2=97), ""),
    "d": ({"amount": "62,5", "route": "SL", "given_by": "medical", "words": "left side"}, DoseDetails(
        amount_mg=62.5, route=Route.SL, given_by="medical"), "left side"),
    "o": ({"where": "both hands", "initiated_by": "client", "basis": "asked now", "response": "held on"}, TouchDetails(
        where="both hands", initiated_by=InitiatedBy.CLIENT, basis=TouchBasis.ASKED_NOW, response="held on"), ""),
    "x": ({"sign": "nausea", "severity": "mild", "action": "bowl"}, SafetyDetails(
        sign="nausea", severity=Severity.MILD, action="bowl"), "nausea, bowl"),
}  # fmt: skip


@pytest.mark.parametrize("letter", FILLED)
def test_a_form_is_one_line_in_the_place_of_the_field(s: Stage, clock: FakeClock, letter: str) -> None:
    values, details, text = FILLED[letter]
    type_text(s.line, "half a li")
    s.press(KEY.Key_Escape)
    key(s, letter)
    assert s.state.capture.mode is Mode.FORM
    clock.pass_(20)
    fill(s, values)
    s.press(KEY.Key_Escape)
    assert s.state.capture.mode is Mode.TAP
    clock.pass_(5)
    key(s, letter)
    assert {f.key: f.value for f in s.state.capture.form.fields if f.value} == values
    s.press(KEY.Key_Return)
    s.press(KEY.Key_Return)
    assert s.line.toPlainText() == "half a li"
    clock.pass_(5)
    s.press(KEY.Key_Escape)
    key(s, letter)
    assert not [f for f in s.state.capture.form.fields if f.value]
    (entry,) = entries(s)
    assert (entry.details, entry.text, entry.elapsed_s) == (details, text, 25.0)


def fill(s: Stage, values: dict[str, str]) -> None:
    """Fill in the blanks with the keyboard, walking with Tab."""
    blanks = {blank.key: blank for blank in s.view.capture.form.blanks}
    assert QApplication.focusWidget() is next(iter(blanks.values())).input
    for number, blank in enumerate(blanks.values()):
        if number:
            s.press(KEY.Key_Tab)
        until(lambda one=blank: QApplication.focusWidget() is one.input, f"Tab reaches {blank.key}")
        if blank.key in values and hasattr(blank.input, "findText"):
            while blank.value() != values[blank.key]:
                s.press(KEY.Key_Down)
        else:
            type_text(blank.input, values.get(blank.key, ""))


@pytest.mark.parametrize(
    ("form", "values", "kind", "details", "text"),
    [
        ("vitals", {"systolic": "128"}, Kind.OBSERVATION, None, "upper 128"),
        ("vitals", {"diastolic": "80", "heart_rate": "70"}, Kind.VITALS, VitalsDetails(heart_rate=70), "lower 80"),
        ("vitals", {"heart_rate": "about 70"}, Kind.OBSERVATION, None, "hr about 70"),
        ("dose", {"route": "IM"}, Kind.DOSE, DoseDetails(route=Route.IM), ""),
        ("dose", {"amount": "60"}, Kind.DOSE, DoseDetails(amount_mg=60), ""),
        ("dose", {"amount": "half", "route": "SL"}, Kind.DOSE, DoseDetails(route=Route.SL), "half"),
        ("dose", {"words": "in the corridor"}, Kind.DOSE, DoseDetails(), "in the corridor"),
        ("touch", {"response": "held on"}, Kind.TOUCH, TouchDetails(basis="agreed_before", response="held on"), ""),
        ("touch", {"where": "where it hurts, #here"}, Kind.TOUCH, TouchDetails(
            where="where it hurts, #here", basis="agreed_before"), ""),
        ("safety", {"severity": "severe"}, Kind.SAFETY, SafetyDetails(severity="severe"), ""),
    ],
)  # fmt: skip
def test_whatever_stands_in_a_form_is_kept(
    s: Stage, *, form: str, values: dict[str, str], kind: Kind, details: object, text: str
) -> None:
    s.presenter.open_form(form)
    for name, value in values.items():
        s.presenter.form_changed(name, value)
    s.presenter.form_enter()
    (entry,) = entries(s)
    assert (entry.kind, entry.details, entry.text) == (kind, details, text)


# --- touch and safety ------------------------------------------------------------------------------------------------


@pytest.fixture
def agreed(stage: Callable[..., Stage], clock: FakeClock) -> Stage:
    """A session with a client with whom something was agreed."""
    s = stage(clock=clock)
    s.open()
    journal, world = s.navigator.journal, s.navigator.world
    values = CardValues(touch="hand, shoulder", safety_plan="Stop the music\nCall", prescriber="Dr. L. 555-0142")
    done: list[object] = []

    def work() -> None:
        wren = add_client(journal, world.new_id, "Wren")
        save_card(journal, world.clock, world.new_id, wren.id, values)

    world.tasks.run(work, done.append, world.bug)
    until(lambda: bool(done), "the card is written")
    s.session_with("Wren")
    return s


def test_touch_outside_the_agreement_is_kept_and_flagged(agreed: Stage) -> None:
    agreed.write("touch hand")
    agreed.write("touch knee asked")
    assert [[f.text for f in row.flags] for row in agreed.state.rows] == [[], ["outside the agreement"]]
    assert [e.details.where for e in entries(agreed) if e.kind is Kind.TOUCH] == ["hand", "knee"]


def test_a_safety_line_opens_the_plan_beside_it(agreed: Stage) -> None:
    agreed.press(KEY.Key_F8)
    assert agreed.state.card.hidden
    type_text(agreed.line, "!")
    card = agreed.state.card
    assert (card.plan_open, card.hidden, card.plan) == (True, False, ("Stop the music", "Call"))
    assert card.phone == "Dr. L. 555-0142"
    assert agreed.view.card.isVisible()
    agreed.press(KEY.Key_Backspace)
    agreed.press(KEY.Key_Backspace)
    assert agreed.state.card.hidden
    agreed.press(KEY.Key_F9)
    assert agreed.state.card.plan_open

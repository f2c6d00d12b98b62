"""The session is closed with the landing list; from then on its record is only added to, beside what stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kapjournal.domain.course import Course
from kapjournal.domain.entry import Action, Kind, Phase, PhaseDetails
from kapjournal.domain.errors import Refused
from kapjournal.gui.live.state import Mode, Row, Style
from tests.fakes.clock import FakeClock
from tests.journeys.stage import TEN, Stage, looked_into, type_text, until

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(TEN)


@pytest.fixture
def s(stage: Callable[..., Stage], clock: FakeClock) -> Stage:
    """A session with three lines in it, two hours old."""
    raised = stage(clock=clock)
    raised.open()
    raised.session_with("Wren")
    raised.write("dose 60mg im")
    clock.pass_(600)
    raised.write("bp 173/84")
    clock.pass_(600)
    raised.write('"it is so quite')
    clock.pass_(6000)
    return raised


def land(s: Stage) -> None:
    """Close with Ctrl+Shift+L, the keyboard alone."""
    s.press(KEY.Key_L, CONTROL | SHIFT)
    assert s.state.capture.form.title == "Landing"
    s.press(KEY.Key_Down)  # orientation: the first choice that says something
    s.press(KEY.Key_Return)
    s.settle()


@pytest.fixture
def closed(s: Stage, clock: FakeClock) -> Stage:
    land(s)
    clock.pass_(1800)
    return s


def row(s: Stage, kind: str) -> Row:
    return next(r for r in s.state.rows if r.label == kind)


def act(s: Stage, kind: str, name: str) -> None:
    """Walk to the row and choose an action, by keyboard."""
    stream = s.view.stream
    stream.setFocus()
    stream.setCurrentIndex(stream.row_model.index([r.label for r in s.state.rows].index(kind)))
    s.press(KEY.Key_Return, at=stream)
    button = next(b for b in stream._actions.buttons if b.text() == name)
    button.setFocus()
    s.press(KEY.Key_Return)


def test_the_landing_list_closes_the_session(s: Stage, clock: FakeClock) -> None:
    s.press(KEY.Key_L, CONTROL | SHIFT)
    asked = [field.label for field in s.state.capture.form.fields]
    assert asked == ["Orientation", "Gait", "Vitals", "Mood", "Ride home"]
    s.press(KEY.Key_Escape)
    assert s.state.capture.mode is Mode.WRITE
    land(s)
    assert s.state.capture.mode is Mode.CLOSED
    assert s.state.banner.sentence == "The session is closed. From now on its record is only added to."
    s.quit()
    with looked_into(s.folder, clock) as journal:
        (session,) = journal.sessions()
        assert session.closed_at == session.ended_at == TEN + timedelta(hours=2)
        landing = journal.entries()[-1]
        assert (landing.kind, landing.text) == (Kind.PHASE, "Orientation: yes")
        assert landing.details == PhaseDetails(phase=Phase.DISCHARGE)


def test_every_item_of_the_landing_list_may_be_left_out(s: Stage, clock: FakeClock) -> None:
    s.press(KEY.Key_L, CONTROL | SHIFT)
    s.press(KEY.Key_Return)
    s.settle()
    assert s.state.capture.mode is Mode.CLOSED
    assert len(s.rows) == 3


def test_nothing_says_closed_before_it_is(s: Stage) -> None:
    s.presenter.land()
    with s.disk_waiting():
        s.presenter.form_enter()
        assert (s.state.banner, s.state.capture.mode) == (None, Mode.WRITE)
        type_text(s.line, "one more thing")
        s.press(KEY.Key_Return)
        assert s.line.toPlainText() == "one more thing"  # it waits until it is clear what it is
    s.settle()
    assert s.state.capture.mode is Mode.CLOSED
    s.press(KEY.Key_Return)
    s.settle()
    assert s.rows[-1] == "one more thing"


def test_a_disk_that_refuses_leaves_the_session_open(stage: Callable[..., Stage], clock: FakeClock) -> None:
    s = stage(clock=clock)
    s.open()
    disk = s.stubborn()
    s.session_with("Wren")
    s.presenter.land()
    disk.refuses = True
    s.presenter.form_enter()
    s.settle()
    assert (s.state.banner, s.state.capture.mode) == (None, Mode.WRITE)
    assert s.state.capture.trouble
    disk.refuses = False
    s.presenter.try_again()
    s.settle()
    assert s.state.capture.mode is Mode.CLOSED


def test_a_half_written_line_stays_when_the_session_closes(
    s: Stage, clock: FakeClock, tmp_path: Path, stage: Callable[..., Stage]
) -> None:
    type_text(s.line, "half a li")
    land(s)
    assert s.line.toPlainText() == "half a li"
    session = s.presenter.held.session.id
    copy = s.as_killed(tmp_path / "killed.kapvault")
    again = stage(copy, clock)
    again.open()
    again.navigator.go_live(session)
    until(lambda: again.navigator.presenter is not None, "the closed session is in front")
    assert again.line.toPlainText() == "half a li"


def test_a_late_entry_stands_where_it_happened_and_says_so(closed: Stage, clock: FakeClock) -> None:
    type_text(closed.line, "10:05 hands were cold #grief")
    assert [chip.text for chip in closed.state.capture.chips][:1] == ["10:05"]
    closed.press(KEY.Key_Return)
    closed.settle()
    assert [r.wall for r in closed.state.rows] == ["10:00", "10:05", "10:10", "10:20", "12:00"]
    late = closed.state.rows[1]
    assert (late.since, [f.text for f in late.flags]) == ("0:05", ["late, written 12:30"])
    closed.write("no thought of harm")
    assert closed.rows[-1] == "no thought of harm"
    closed.write("12:20 walked to the car")
    assert [r.wall for r in closed.state.rows][-3:] == ["12:00", "12:00", "12:20"]
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        hands, harm, walked = journal.entries()[-3:]
        assert (hands.noticed_at, hands.written_at) == (TEN + timedelta(minutes=5), TEN + timedelta(hours=2.5))
        assert (harm.noticed_at, harm.written_at) == (TEN + timedelta(hours=2), TEN + timedelta(hours=2.5))
        assert walked.noticed_at == TEN + timedelta(hours=2, minutes=20)
        assert [tag.entry for tag in journal.tags()] == [hands.id]


def test_days_later_a_time_means_the_day_of_the_session(
    closed: Stage, clock: FakeClock, stage: Callable[..., Stage]
) -> None:
    session = closed.presenter.held.session.id
    closed.quit()
    clock.pass_(3 * 24 * 3600)
    again = stage(closed.folder, clock)
    again.open()
    again.navigator.go_live(session)
    until(lambda: again.navigator.presenter is not None, "the closed session is in front")
    type_text(again.line, "10:05 hands were cold")
    assert [chip.text for chip in again.state.capture.chips] == ["10:05"]
    again.press(KEY.Key_Return)
    again.settle()
    assert [f.text for f in again.state.rows[1].flags] == ["late, written 25 Sep 12:30"]
    assert again.state.rows[1].since == "0:05"


def test_an_addendum_stands_beside_the_original(closed: Stage, clock: FakeClock) -> None:
    act(closed, "Client’s words", "Add to it")
    assert closed.line.hasFocus()
    assert closed.state.capture.heading.startswith("Adding to 10:20 Client’s words")
    type_text(closed.line, "said twice")
    closed.press(KEY.Key_Return)
    closed.settle()
    spans = row(closed, "Client’s words").spans
    assert [span.text for span in spans] == ["“it is so quite”", "  Added: said twice"]
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        (added,) = journal.amendments()
        assert (added.action, added.text, added.written_at) == (
            Action.ADDENDUM,
            "said twice",
            TEN + timedelta(hours=2.5),
        )


def test_words_are_corrected_beside_the_original(closed: Stage, clock: FakeClock) -> None:
    act(closed, "Client’s words", "Correct")
    assert closed.line.toPlainText() == '"it is so quite"'
    for _ in range(3):
        closed.press(KEY.Key_Backspace)
    type_text(closed.line, "et")
    closed.press(KEY.Key_Return)
    closed.settle()
    shown = row(closed, "Client’s words")
    assert [(span.text, span.style) for span in shown.spans] == [
        ("“it is so quite”", Style.STRUCK),
        (" ", Style.PLAIN),
        ("“it is so quiet”", Style.QUOTE),
    ]
    assert [f.text for f in shown.flags] == ["corrected 12:30"]
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        (corrected,) = journal.amendments()
        assert (corrected.action, corrected.text, corrected.details) == (Action.CORRECTION, "it is so quiet", None)
        assert [e.text for e in journal.entries()][2] == "it is so quite"


def test_a_figure_is_corrected_beside_the_original(closed: Stage, clock: FakeClock) -> None:
    act(closed, "Vitals", "Correct")
    assert closed.line.toPlainText() == "bp 173/84"
    for _ in range(len("73/84")):
        closed.press(KEY.Key_Backspace)
    type_text(closed.line, "53/84")
    closed.press(KEY.Key_Return)
    closed.settle()
    shown = row(closed, "Vitals")
    assert [(span.text, span.style) for span in shown.spans if span.text.strip()] == [
        ("173/84", Style.STRUCK),
        ("153/84", Style.BOLD),
    ]
    assert closed.state.chart.latest == "153/84"
    act(closed, "Vitals", "Correct")  # again: what stands now is what is corrected
    assert closed.line.toPlainText() == "bp 153/84"
    for _ in range(len("53/84")):
        closed.press(KEY.Key_Backspace)
    type_text(closed.line, "73/84")
    closed.press(KEY.Key_Return)
    closed.settle()
    assert closed.state.chart.latest == "173/84"
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        assert [(a.text, a.details) for a in journal.amendments()] == [
            (None, {"systolic": 153}),
            (None, {"systolic": 173}),
        ]
        assert journal.entries()[1].details.systolic == 173


def test_what_is_taken_back_stays_struck_through(closed: Stage, clock: FakeClock) -> None:
    act(closed, "Dose", "Take it back")
    closed.settle()
    shown = row(closed, "Dose")
    assert (shown.folded, shown.spans[0].style) == (True, Style.STRUCK)
    assert [f.text for f in shown.flags] == ["taken back"]
    assert all(r.since is None for r in closed.state.rows)  # no dose stands any more
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        assert [a.action for a in journal.amendments()] == [Action.RETRACTION]
        assert journal.entries()[0].kind is Kind.DOSE


def test_words_that_belong_to_a_moment_are_added_to_its_row(closed: Stage, clock: FakeClock) -> None:
    act(closed, "Dose", "Late entry here")
    type_text(closed.line, "left deltoid")
    closed.press(KEY.Key_Return)
    closed.settle()
    assert row(closed, "Dose").spans[-1].text == "  Late: left deltoid"
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        assert [a.action for a in journal.amendments()] == [Action.LATE_ENTRY]


def test_undo_and_up_change_nothing_in_a_closed_session(closed: Stage, clock: FakeClock) -> None:
    for press in ((KEY.Key_Up,), (KEY.Key_Z, CONTROL), (KEY.Key_M, CONTROL), (KEY.Key_T, CONTROL | SHIFT)):
        closed.press(*press)
    closed.press(KEY.Key_Escape)
    closed.press(KEY.Key_L, CONTROL | SHIFT)
    closed.settle()
    assert (closed.line.toPlainText(), closed.state.capture.mode) == ("", Mode.CLOSED)
    assert len(closed.rows) == 4


def test_an_edit_of_a_closed_entry_is_refused_in_a_sentence_and_the_words_stay(closed: Stage, clock: FakeClock) -> None:
    """As when a correction was open while the session was closed elsewhere."""
    quote = next(n.original for n in closed.presenter.held.notes if n.original.kind is Kind.QUOTE)
    closed.presenter._bring_back(quote, "edit")
    type_text(closed.line, ", she said")
    closed.press(KEY.Key_Return)
    closed.settle()
    assert closed.state.banner.sentence.startswith("The session")
    closed.presenter.banner_action("close")
    refusal = closed.state.banner
    assert refusal is not None
    assert refusal.sentence == ("The session of this entry is closed. Add an amendment instead. Nothing was changed.")
    assert closed.line.toPlainText() == '"it is so quite", she said'
    assert row(closed, "Client’s words").spans[0].text == "“it is so quite”"
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        again = next(e for e in journal.entries() if e.kind is Kind.QUOTE)
        assert again == quote
        with pytest.raises(Refused):
            journal.keep(again.model_copy(update={"text": "something else"}))


def test_vitals_stay_asked_for_by_the_schedule_until_the_end(s: Stage) -> None:
    s.presenter.held.course = Course(id="c", client="x", vitals_schedule=(0, 60))
    assert s.state.top.vitals_now
    land(s)
    assert (s.state.top.vitals_due, s.state.top.since) == ("", None)


def test_the_line_is_off_the_desk_when_the_session_is_closed(closed: Stage, clock: FakeClock) -> None:
    closed.quit()
    with looked_into(closed.folder, clock) as journal:
        (session,) = journal.sessions()
        assert journal.desk(f"draft:{session.id}") is None
        assert journal.desk(f"clock:{session.id}") is None

"""Looking back on a session right after it, with the keyboard: across the line, late words, a lock, the signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kapjournal.application.import_records import import_records
from kapjournal.domain.entry import Action, Amendment, Kind
from kapjournal.gui.review.view import ReviewView
from tests.fakes.clock import FakeClock
from tests.journeys.stage import Stage, looked_into, type_text, until

KEY, MOD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = MOD.ControlModifier, MOD.ShiftModifier
EVENING = datetime.fromisoformat("2026-04-10T17:40:00-04:00")


def in_review(s: Stage) -> ReviewView:
    until(lambda: isinstance(s.navigator.window.screen_shown, ReviewView), "the review is in front")
    view = s.navigator.window.screen_shown
    assert isinstance(view, ReviewView)
    until(view.timeline.hasFocus, "the keys are on the line")
    return view


def with_wren(s: Stage, shared_data: Path) -> None:
    s.open()
    journal, done = s.navigator.journal, []
    assert journal is not None
    s.navigator.world.tasks.run(
        lambda: import_records(journal, shared_data / "course-wren.jsonl"), done.append, s.navigator.world.bug
    )
    until(lambda: bool(done), "the course is taken in")
    s.navigator.go_client("wren")
    s.settle()
    s.navigator.window.activateWindow()


def test_a_session_is_looked_back_on_by_keyboard(stage: Callable[..., Stage], shared_data: Path) -> None:
    s = stage(clock=FakeClock(EVENING))
    with_wren(s, shared_data)
    s.press(KEY.Key_4, CTRL, s.navigator.window)
    view = in_review(s)
    assert view.head.chooser.currentText().startswith("Integration 3")
    s.press(KEY.Key_PageUp, CTRL)
    s.settle()
    assert view.head.chooser.currentText() == "Dosing 3, Thursday 9 April"
    view.timeline.setFocus()
    s.press(KEY.Key_Right)
    assert "She didn't look back" in view.timeline.accessibleName()

    # A late entry, about the moment that is chosen; the lock comes before it is kept.
    s.press(KEY.Key_E, CTRL | SHIFT)
    type_text(view.late.line, "> Opened the window")
    s.press(KEY.Key_L, CTRL)
    until(lambda: s.navigator.journal is None, "the journal is locked")
    s.open()
    s.navigator.desk.go_review("wren", "wren-d3")
    view = in_review(s)
    assert view.late.line.text() == "> Opened the window"
    view.late.line.setFocus()
    view.late.line.end(False)
    type_text(view.late.line, ", a hand’s breadth.")
    s.press(KEY.Key_Return)
    until(lambda: "late, written 10 Apr 17:40" in view.timeline.accessibleName(), "the late entry is in its place")

    # A comment beside an entry of a closed session, and the account goes on.
    view.note.comment.setFocus()
    s.press(KEY.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is view.note.writing.area
    type_text(focused, "The room was warm.")
    s.press(KEY.Key_Return, CTRL)
    until(lambda: not view.note.writing.isVisible(), "the comment is kept")
    view.account.go_on.setFocus()
    s.press(KEY.Key_Return)
    type_text(view.account.writing.area, "I keep the scarf on.")
    s.press(KEY.Key_Return, CTRL)
    s.settle()
    s.quit()

    with looked_into(s.folder) as journal:
        record = journal.session_record("wren-d3")
        late = next(e for e in record.entries if "Opened the window" in e.text)
        assert (late.kind, late.noticed_at.strftime("%d %H:%M")) == (Kind.INTERVENTION, "09 11:27")
        assert late.written_at == EVENING
        said = [a for a in record.amendments if a.entry == late.id]
        assert [(a.action, a.text) for a in said] == [(Action.ADDENDUM, "The room was warm.")]
        account = next(e for e in record.entries if e.kind is Kind.ACCOUNT)
        assert (account.text, account.noticed_at) == ("I keep the scarf on.", EVENING)
        assert all(finding.whole for finding in journal.verify())


def test_a_late_entry_is_one_key_away_from_every_screen_of_a_client(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    s.session_with("Wren")
    s.write("Sits up.")
    s.navigator.go_client(s.presenter.held.client.id)
    until(lambda: s.navigator.presenter is None, "the client is in front")
    s.settle()
    s.navigator.window.activateWindow()
    s.press(KEY.Key_E, CTRL | SHIFT)
    until(lambda: isinstance(s.navigator.window.screen_shown, ReviewView), "the review is in front")
    view = s.navigator.window.screen_shown
    assert isinstance(view, ReviewView)
    until(view.late.line.hasFocus, "the words of a late entry can be typed")
    assert view.late.at.text() == "10:00"


def test_a_session_is_signed_and_then_only_amended(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    s.session_with("Wren")
    s.write("Sits up.")
    session = s.presenter.held.session
    s.navigator.window.activateWindow()
    s.press(KEY.Key_4, CTRL, s.navigator.window)
    view = in_review(s)
    view.signing.sign.setFocus()
    s.press(KEY.Key_Return)
    button = next(b for b in view.banner.findChildren(type(view.signing.sign)) if b.text() == "Sign it")
    button.setFocus()
    s.press(KEY.Key_Return)
    s.settle()
    until(view.signing.signed.isVisible, "it says that it is signed")
    view.note.correct.setFocus()
    s.press(KEY.Key_Return)
    type_text(view.note.writing.area, " And smiles.")
    s.press(KEY.Key_Return, CTRL)
    s.settle()
    s.quit()
    with looked_into(s.folder) as journal:
        record = journal.session_record(session.id)
        assert record.session.closed_at is not None
        assert [e.text for e in record.entries] == ["Sits up."]
        (made,) = record.amendments
        assert isinstance(made, Amendment)
        assert (made.action, made.text) == (Action.CORRECTION, "Sits up. And smiles.")

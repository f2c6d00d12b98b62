"""Months later: a word of an early session comes back beside the note being written, and ends up quoted in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import DoseDetails, Entry, Kind
from kapjournal.domain.label import Relation
from kapjournal.gui.integrate.view import IntegrateView
from tests.fakes.clock import FakeClock
from tests.journeys.stage import TEN, Stage, looked_into, type_text, until

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier

SAID = "Nana would have made up a bed for me by the stove."
SOUGHT = "grandmother"  # another wording than the one that was said


def six_sessions(journal: Journal) -> None:
    """A course of six dosing sessions; the word is said in the second, and the integration of the sixth is open."""
    journal.keep(Client(id="wren", alias="Wren"))
    for number in range(1, 7):
        began = TEN - timedelta(days=90 - number * 14)
        ended = {"ended_at": began + timedelta(hours=3), "closed_at": began + timedelta(hours=3)}
        session = Session(id=f"d{number}", client="wren", kind=SessionKind.DOSING, number=number, started_at=began)
        journal.keep(session)
        journal.keep(
            *(
                Entry(id=f"{id_}{number}", client="wren", session=f"d{number}", kind=kind, text=text,
                      noticed_at=began + timedelta(minutes=minutes), details=details)
                for id_, kind, text, minutes, details in (
                    ("dose", Kind.DOSE, "dose", 10, DoseDetails(amount_mg=60)),
                    ("quiet", Kind.OBSERVATION, "Breath slower, hands open.", 40, None),
                )
            ),
        )  # fmt: skip
        if number == 2:
            at = began + timedelta(minutes=45)
            journal.keep(Entry(id="said", client="wren", session="d2", kind=Kind.QUOTE, text=SAID, noticed_at=at))
            at += timedelta(seconds=20)
            own = "Nana: my own grandmother comes to mind"
            journal.keep(Entry(id="own", client="wren", session="d2", kind=Kind.SELF, text=own, noticed_at=at))
        journal.keep(Session.model_validate({**session.content(), **ended}))
    open_one = {"kind": SessionKind.INTEGRATION, "number": 6, "started_at": TEN - timedelta(minutes=20)}
    journal.keep(Session.model_validate({"id": "i6", "client": "wren", **open_one}))


def entered(s: Stage) -> IntegrateView:
    """The integration screen, by its key."""
    s.open()
    journal = s.navigator.journal
    assert journal is not None
    done: list[bool] = []
    s.navigator.world.tasks.run(lambda: six_sessions(journal), lambda _: done.append(True), s.navigator.world.bug)
    until(lambda: bool(done), "the course is there")
    s.navigator.go_client("wren")
    s.settle()
    s.press(KEY.Key_5, CTRL)
    until(lambda: isinstance(s.navigator.window.screen_shown, IntegrateView), "the integration is in front")
    s.settle()
    view = s.navigator.window.screen_shown
    assert isinstance(view, IntegrateView)
    return view


def test_a_word_of_session_two_ends_up_quoted_in_the_note_of_session_six(stage: Callable[..., Stage]) -> None:
    s = stage(clock=FakeClock(TEN))
    s.navigator.window.activateWindow()
    view = entered(s)
    assert view.middle.notes.rows == ()  # nothing comes up unasked
    for _ in range(2):
        s.press(KEY.Key_F6)  # nothing is in the middle to go to
        if view.note.area.hasFocus():
            break
    type_text(view.note.area, "Speaks of a place by the fire that was hers.\n")
    s.press(KEY.Key_F, CTRL)
    type_text(QApplication.focusWidget() or view, SOUGHT)
    s.press(KEY.Key_Return)
    s.settle()
    s.settle()
    notes = found_in(s, view)
    row = next(row for row in notes.rows if row.id == "said")
    assert row.reason.startswith("related words: Nana"), row.reason
    assert (row.since, row.words) == ("0:35", f"“{SAID}”")
    while notes.current != "said":
        s.press(KEY.Key_Down)
    s.press(KEY.Key_Return, CTRL)
    assert f"> “{SAID}”\n> — Session 2, T+ 0:35" in view.note.area.toPlainText()
    s.press(KEY.Key_S, CTRL)
    s.settle()
    assert view.note.saved.isVisible()
    assert not [r for one in (view.middle.notes, view.middle.related) for r in one.rows if r.id == "own"]
    s.quit()
    with looked_into(s.folder) as journal:
        (note,) = journal.entries("wren", (Kind.INSIGHT,))
        assert note.session == "i6"
        assert SAID in note.text
        assert "T+ 0:35" in note.text
        assert [(link.source, link.target, link.relation) for link in journal.links()] == [
            (note.id, "said", Relation.ECHOES)
        ]


def found_in(s: Stage, view: IntegrateView):  # noqa: ANN201
    """The list that has the words, unfolded by its key where it is the less certain one."""
    until(lambda: bool(view.middle.notes.rows or view.middle.fold.isVisible()), "something came back")
    if any(row.id == "said" for row in view.middle.notes.rows):
        view.middle.notes.setFocus(Qt.FocusReason.TabFocusReason)
        return view.middle.notes
    view.middle.fold.setFocus(Qt.FocusReason.TabFocusReason)
    s.press(KEY.Key_Right)
    return view.middle.related


def test_a_jump_to_the_moment_and_back_stands_on_the_same_note(stage: Callable[..., Stage]) -> None:
    s = stage(clock=FakeClock(TEN))
    s.navigator.window.activateWindow()
    view = entered(s)
    s.press(KEY.Key_F, CTRL)
    type_text(QApplication.focusWidget() or view, "Breath")
    s.press(KEY.Key_Return)
    until(lambda: bool(view.middle.notes.rows), "notes came back")
    s.press(KEY.Key_F6)
    s.press(KEY.Key_Down)
    stood_on = view.middle.notes.current
    s.press(KEY.Key_Return)
    until(lambda: s.navigator.window.screen_shown is not view, "the moment is in front")
    s.settle()
    s.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(lambda: isinstance(s.navigator.window.screen_shown, IntegrateView), "back at the notes")
    back = s.navigator.window.screen_shown
    assert isinstance(back, IntegrateView)
    until(lambda: back.middle.notes.current == stood_on, "on the same note")
    assert back.middle.notes.hasFocus()


def test_what_is_half_written_is_there_after_a_lock(stage: Callable[..., Stage]) -> None:
    s = stage(clock=FakeClock(TEN))
    view = entered(s)
    view.note.area.setFocus()
    type_text(view.note.area, "Half a senten")
    s.press(KEY.Key_L, CTRL)
    s.settle()
    s.open()
    s.navigator.desk.go_integrate("wren")
    until(lambda: isinstance(s.navigator.window.screen_shown, IntegrateView), "the integration is in front")
    s.settle()
    shown = s.navigator.window.screen_shown
    assert isinstance(shown, IntegrateView)
    assert shown.note.area.toPlainText() == "Half a senten"

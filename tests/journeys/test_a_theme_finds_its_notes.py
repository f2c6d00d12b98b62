"""A theme finds its notes: as they were written, each with its reason; and what is said of them it remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.note_list import NoteList
from kapjournal.gui.integrate.state import NoteRow
from kapjournal.gui.integrate.view import IntegrateView
from tests.fakes.clock import FakeClock
from tests.journeys.screens import APRIL, WREN, front
from tests.journeys.stage import Stage, looked_into, until

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
GRIEF = "th-grief"

MISSED = "wren-e229"  # “… I missed my mother dying …”: holds a word of the theme
BULBS = "wren-e217"  # “If I'd answered I'd have got the bulbs …”: holds none
NAUSEA = "wren-e113"  # “… Second wave of nausea …”: holds one, and means another thing
CRYING = "wren-e111"  # holds one


def asked_for_grief(s: Stage) -> IntegrateView:
    """From the client to the notes of a theme, by keyboard."""
    s.open()
    s.navigator.go_client(WREN)
    s.settle()
    s.press(KEY.Key_5, CTRL)
    view = front(s, IntegrateView)
    until(lambda: any(row.key == f"theme:{GRIEF}" for row in view.shelf.rows), "the theme is offered")
    assert view.middle.notes.rows == view.middle.related.rows == ()  # nothing comes unasked
    while not view.shelf.hasFocus():
        s.press(KEY.Key_F6)
    while view.shelf.rows[view.shelf.currentIndex().row()].key != f"theme:{GRIEF}":
        s.press(KEY.Key_Down)
    s.press(KEY.Key_Return)
    until(lambda: bool(view.middle.notes.rows), "notes came back")
    return view


def unfolded(s: Stage, view: IntegrateView) -> NoteList:
    view.middle.fold.setFocus(Qt.FocusReason.TabFocusReason)
    s.press(KEY.Key_Right)
    assert view.middle.related.hasFocus()
    return view.middle.related


def at(notes: NoteList, entry: str) -> NoteRow | None:
    return next((row for row in notes.rows if row.id == entry), None)


def say(s: Stage, notes: NoteList, entry: str, key: Qt.Key) -> None:
    """Go to a note with the arrows and press one letter."""
    notes.setFocus(Qt.FocusReason.TabFocusReason)
    s.press(KEY.Key_Home)
    while notes.current != entry:
        s.press(KEY.Key_Down)
    s.press(key)
    s.settle()


def test_a_theme_finds_its_notes(stage: Callable[..., Stage], wren: Callable[[], Path]) -> None:
    folder = wren()
    with looked_into(folder) as journal:
        written = {entry.id: entry.text for entry in journal.entries(WREN)}
        (grief,) = (theme for theme in journal.themes() if theme.id == GRIEF)
    assert not any(word in written[BULBS] for word in grief.terms)

    s = stage(folder, FakeClock(APRIL))
    view = asked_for_grief(s)
    missed = at(view.middle.notes, MISSED)
    assert missed is not None
    assert missed.words == f"“{written[MISSED]}”"
    assert {missed.words[a:b] for a, b in missed.marks} == {"missed"}
    assert "missed" in missed.reason

    assert at(view.middle.notes, BULBS) is None
    assert not view.middle.related.isVisible()  # less certain notes are folded until they are asked for
    related = unfolded(s, view)
    bulbs = at(related, BULBS)
    assert bulbs is not None
    assert "dying" in bulbs.reason

    say(s, related, BULBS, KEY.Key_B)
    say(s, view.middle.notes, NAUSEA, KEY.Key_N)
    say(s, view.middle.notes, CRYING, KEY.Key_H)
    s.quit()

    s = stage(folder, FakeClock(APRIL))
    view = asked_for_grief(s)
    found = at(view.middle.notes, BULBS)
    assert found is not None
    assert found.said == "Belongs"
    notes = {row.id for shown in (view.middle.notes, unfolded(s, view)) for row in shown.rows}
    assert MISSED in notes
    assert notes.isdisjoint({NAUSEA, CRYING})
    s.quit()

    with looked_into(folder) as journal:
        assert {entry.id: entry.text for entry in journal.entries(WREN)} == written
        said = {tag.entry: tag.state for tag in journal.tags(WREN) if tag.theme == GRIEF}
        assert said[BULBS] is TagState.ACCEPTED
        assert said[NAUSEA] is TagState.REJECTED
        assert said[CRYING] is TagState.HIDDEN
        assert all(finding.whole for finding in journal.verify())

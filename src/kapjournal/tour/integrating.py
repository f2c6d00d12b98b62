"""The tour's step at the desk weeks later: earlier notes come back by theme, beside the note that is written."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.view import IntegrateView
from kapjournal.tour.driver import CTRL, Driver, expect
from kapjournal.tour.sample import WREN

NOTE = "Came back to this one first, unprompted."


def nothing_comes_up_unasked(on: Driver) -> str:
    """The screen is entered and shows what there is to choose from, and no note."""
    on.navigator.desk.go_integrate(WREN)
    view = on.until_screen(IntegrateView)
    on.settle()
    on.until(lambda: bool(view.shelf.rows), "there is something to choose from")
    expect(not view.middle.notes.rows, "notes came up by themselves")
    on.picture("integrate-empty", large=True)
    return view.middle.empty.text()


def a_theme_brings_its_notes(on: Driver) -> str:
    """Chosen by keyboard; every note as it was written, with its reason; one of them belongs."""
    view = on.screen(IntegrateView)
    view.shelf.setFocus()
    on.press(Qt.Key.Key_Down)
    on.press(Qt.Key.Key_Up)
    on.press(Qt.Key.Key_Return)
    on.until(lambda: bool(view.middle.notes.rows), "the notes are there")
    on.settle()
    on.press(Qt.Key.Key_F6)
    on.picture("integrate-theme", large=True)
    notes = view.middle.notes
    entry = notes.current
    on.press(Qt.Key.Key_B)
    on.settle()
    said = {tag.state for tag in on.on_worker(on.journal().tags) if tag.entry == entry}
    expect(TagState.ACCEPTED in said, "that the note belongs was not kept")
    return next(row.reason for row in notes.rows if row.id == entry)


def the_less_certain_ones_are_unfolded(on: Driver) -> str:
    """Where there are any, one key opens them."""
    view = on.screen(IntegrateView)
    if not view.middle.fold.isVisible():
        return "none are less certain"
    view.middle.fold.setFocus()
    on.press(Qt.Key.Key_Right)
    expect(view.middle.related.hasFocus(), "the folded row does not unfold")
    on.picture("integrate-unfolded")
    on.press(Qt.Key.Key_Left)
    return view.middle.fold.accessibleName()


def a_note_is_quoted_in_the_text(on: Driver) -> str:
    """Written at the right, with a quotation and its source; saved only once it is on the disk."""
    view = on.screen(IntegrateView)
    view.note.area.setFocus()
    on.key_in(NOTE)
    on.press(Qt.Key.Key_Return, CTRL)
    on.until(view.note.saved.isVisible, "the note is saved")
    expect("\n> — " in view.note.area.toPlainText(), "the quotation has no source")
    on.settle()
    on.picture("integrate-note", large=True)
    on.press(Qt.Key.Key_S, CTRL)
    on.settle()
    kept = on.on_worker(lambda: [e.text for e in on.journal().entries(WREN) if NOTE in e.text])
    expect(len(kept) == 1, "the note was not kept")
    return kept[0].splitlines()[-1]


def an_intention_is_followed_through_the_course(on: Driver) -> str:
    """From an intention to what is tied to it."""
    view = on.screen(IntegrateView)
    keys = [row.key for row in view.shelf.rows if row.key.startswith("intention:")]
    expect(bool(keys), "there is no intention to follow")
    view.shelf.chosen.emit(keys[0])
    on.until(lambda: view.middle.title.text().startswith("Thread"), "the thread is shown")
    on.settle()
    on.picture("integrate-thread")
    return view.middle.counted.text()


INTEGRATING = (
    nothing_comes_up_unasked,
    a_theme_brings_its_notes,
    the_less_certain_ones_are_unfolded,
    a_note_is_quoted_in_the_text,
    an_intention_is_followed_through_the_course,
)

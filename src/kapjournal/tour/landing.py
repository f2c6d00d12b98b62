"""The last steps of the tour: the landing, what is added to a closed session, the check of the whole chain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kapjournal.domain.entry import Action
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.state import Mode
from kapjournal.gui.live.view import LiveView
from kapjournal.tour.driver import CTRL, SHIFT, Driver, expect

LANDING_LIST = ("yes", "steady", "back in range", "calm", "here")


def the_session_is_closed(on: Driver) -> str:
    """The landing list on one line, each item optional; closing is told in the strip."""
    on.clock.go_to(15, 40)
    on.press(Qt.Key.Key_K, CTRL)
    on.key_in("landing")
    on.press(Qt.Key.Key_Return)
    expect(on.live.situation.mode is Mode.FORM, "the landing list does not open")
    blanks = on.screen(LiveView).capture.form.blanks
    expect(len(blanks) == len(LANDING_LIST), f"the landing list has {len(blanks)} items")
    for found in LANDING_LIST:
        on.key_in(found)
        on.press(Qt.Key.Key_Tab)
    on.press(Qt.Key.Key_Backtab, SHIFT)
    expect([blank.value() for blank in blanks] == list(LANDING_LIST), f"it says {[b.value() for b in blanks]}")
    on.picture("landing", large=True)
    on.press(Qt.Key.Key_Return)
    on.until(lambda: on.live.held.session.closed_at is not None, "the session is closed")
    on.picture("closed")
    told = on.screen(LiveView).banner.words.text()
    on.button("Stay here")
    return told


def a_late_entry_is_said_to_be_late(on: Driver) -> str:
    """What is written after the close says when it was written."""
    before = on.entries
    on.clock.go_to(17, 40)
    on.write("14:31 Asked for her scarf and held it.")
    expect(on.entries == before + 1, "the late entry was not kept")
    rows = on.screen(LiveView).stream.rows
    flags = [flag.text for row in rows for flag in row.flags if "scarf" in row.spoken]
    expect(flags == ["late, written 17:40"], f"the late entry says of itself: {flags}")
    places = [row.wall for row in rows]
    expect(places == sorted(places), "the late entry does not stand where it happened")
    return flags[0]


def a_correction_stands_beside_the_original(on: Driver) -> str:
    """Chosen in the stream with the keyboard, corrected in the line; the original stays, struck through."""
    on.clock.go_to(17, 44)
    view = on.screen(LiveView)
    number = next(i for i, row in enumerate(view.stream.rows) if "Smile, sigh" in row.spoken)
    view.stream.setFocus()
    view.stream.setCurrentIndex(view.stream.row_model.index(number))
    on.press(Qt.Key.Key_Return)
    correct = next(b for b in view.stream.findChildren(QPushButton) if b.text() == "Correct")
    on.press_in(correct, Qt.Key.Key_Return)
    expect(view.capture.has_focus(), "the line does not take the correction")
    on.press(Qt.Key.Key_A, CTRL)
    on.key_in("Smile, a long sigh.")
    on.press(Qt.Key.Key_Return)
    on.settle()
    journal, session = on.journal(), on.live.held.session.id
    made = on.on_worker(lambda: journal.session_record(session).amendments)
    expect(any(a.action is Action.CORRECTION for a in made), "the correction was not kept")
    on.picture("closed-amended")
    return "Smile, sigh. → Smile, a long sigh."


def everything_kept_is_whole(on: Driver) -> str:
    """The whole chain is checked: pages, ledger, counts."""
    on.press(Qt.Key.Key_K, CTRL)
    on.key_in("clients")
    on.press(Qt.Key.Key_Return)
    on.until_screen(HomeView)
    on.settle()
    on.picture("home-after")
    journal = on.journal()
    findings = on.on_worker(journal.verify)
    expect(all(finding.whole for finding in findings), "; ".join(f.sentence for f in findings if not f.whole))
    return " ".join(finding.sentence for finding in findings)


LANDING = (
    the_session_is_closed,
    a_late_entry_is_said_to_be_late,
    a_correction_stands_beside_the_original,
    everything_kept_is_whole,
)

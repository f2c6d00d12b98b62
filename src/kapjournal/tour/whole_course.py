"""The tour over a course that has been held: Wren’s eight sessions in every screen, and every page of the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kapjournal.application.import_records import import_records
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.measures.view import MeasuresView
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.settings.view import SettingsView
from kapjournal.gui.widgets.page import Scrolled
from kapjournal.tour.driver import CTRL, Driver, expect
from kapjournal.tour.sample import WREN, sample_course

HELD = "wren-d2"  # the dosing session with most in it
REWORDED = "wren-e019"  # an intention that was said in other words later
PHQ_9 = "121110210"


def the_whole_course_comes_in(on: Driver) -> str:
    """A course as another program would write it; the clients with it."""
    journal, file = on.journal(), sample_course()
    assert file is not None
    done = on.on_worker(lambda: import_records(journal, file))
    on.navigator.go_home()
    home = on.until_screen(HomeView)
    on.until(lambda: len(home.clients.rows.rows) == 3, "three clients are shown")
    on.picture("wren-home")
    on.navigator.go_client(WREN)
    client = on.until_screen(ClientView)
    on.settle()
    on.picture("wren-client", large=True)
    bar = client.findChildren(Scrolled)[0].verticalScrollBar()
    for _ in on.sizes("wren-client-below"):
        bar.setValue(bar.maximum())
    return f"{done.new['entry']} entries, {done.new['session']} sessions"


def what_was_hoped_is_compared(on: Driver) -> str:
    """What the last integration ended with comes in by one key; an intention beside an earlier wording of it."""
    on.navigator.go_prepare(WREN)
    screen = on.until_screen(PrepareView)
    on.until(lambda: bool(screen.title.text()), "the preparation is read")
    on.settle()
    on.picture("wren-prepare", large=True)
    on.press(Qt.Key.Key_B, CTRL)
    on.settle()
    expect(not screen.carried.bring.isVisible(), "what the last integration ended with was not brought in")
    screen.tabs.chosen.emit(REWORDED)
    screen.version.click()
    screen.versions.rows.chosen.emit("1")
    on.settle()
    expect(len(screen.versions.compare.sides) > 0, "no two wordings are compared")
    on.picture("wren-versions", large=True)
    return screen.carried.note.text()


def measures_are_taken(on: Driver) -> str:
    """The trend over the course; a form by digits, partly and then whole."""
    on.press(Qt.Key.Key_K, CTRL)
    on.key_in("measures")
    on.press(Qt.Key.Key_Return)
    screen = on.until_screen(MeasuresView)
    on.until(lambda: bool(screen.instruments.rows), "the instruments are shown")
    on.settle()
    on.picture("measures", large=True)
    screen.card.take.click()
    on.settle()  # the focus comes to the first item
    _answer(on, PHQ_9[:4])
    on.settle()
    on.picture("measure-filling-in", large=True)
    on.press(Qt.Key.Key_Return)
    told = screen.banner.words.text()
    expect("answered" in told, f"of a form with four answers it says “{told}”")
    on.picture("measure-partial")
    on.button("Go to item 5")
    _answer(on, PHQ_9[4:])
    on.settle()
    on.picture("measure-filled-in")
    on.press(Qt.Key.Key_Return)
    on.settle()
    return told


def _answer(on: Driver, digits: str) -> None:
    for digit in digits:  # each at the item that has the focus by then
        on.key_in(digit)


def every_page_of_the_settings(on: Driver) -> str:
    """Each at both sizes."""
    on.navigator.go_settings()
    screen = on.until_screen(SettingsView)
    on.settle()
    for tab, button in screen.tabs.buttons.items():
        button.click()
        on.settle()
        on.picture(f"settings-{tab}", large=tab == "lists")
    return ", ".join(screen.tabs.buttons)


def a_held_session_is_read(on: Driver) -> str:
    """A dosing session of the course as it was written."""
    on.navigator.go_live(HELD)
    on.until_screen(LiveView)
    on.settle()
    on.picture("wren-live", large=True)
    found = f"{on.entries} entries"
    on.navigator.go_home()
    on.until_screen(HomeView)
    on.settle()
    return found


WHOLE_COURSE = (
    the_whole_course_comes_in,
    what_was_hoped_is_compared,
    measures_are_taken,
    every_page_of_the_settings,
    a_held_session_is_read,
)

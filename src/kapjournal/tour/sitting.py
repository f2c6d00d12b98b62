"""The middle of the tour: a dosing session is begun and written, in every way there is to write."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from kapjournal import resources
from kapjournal.domain.entry import Kind
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.chip import ChipButton
from kapjournal.gui.live.state import Mode
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.gui.widgets.command_palette import CommandPalette
from kapjournal.gui.widgets.key_map import KeyMap
from kapjournal.tour.driver import CTRL, Driver, expect
from kapjournal.tour.entering import CLIENT

SECONDS_A_KEY = 0.1
HALF_TYPED = "“I can put it down now. I don’t have to hold the whole list.” #letting-go @Planner -2m"
VEIL_CODE = "4271"


def lines() -> list[tuple[int, int, str]]:
    """The lines of the demo: hour, minute, what is typed."""
    text = resources.path("demo", "live.txt").read_text(encoding="utf-8")
    found = (re.match(r"(\d\d):(\d\d)\t(.+)", line) for line in text.splitlines())
    return [(int(line[1]), int(line[2]), line[3]) for line in found if line]


def a_dosing_session_is_begun(on: Driver) -> str:
    """A few keys from the clients: find, Enter, and the button on the client’s page."""
    home = on.screen(HomeView)
    on.until(lambda: bool(home.clients.rows.rows), "the clients are shown")
    on.clock.go_to(13, 0)
    on.key_in(CLIENT[:3], home.clients.filter_field)
    on.press_in(home.clients.filter_field, Qt.Key.Key_Return)
    client = on.until_screen(ClientView)
    on.settle()
    client.course.dosing.click()
    view = on.until_screen(LiveView)
    on.settle()
    expect(not on.entries, "a new session has entries")
    expect(view.capture.has_focus(), "the focus is not in the line")
    expect(on.window.windowTitle() == "KAP Journal", f"the window is called {on.window.windowTitle()}")
    on.picture("live-empty")
    return f"session {on.live.held.session.number}"


def every_line_is_kept_as_it_is_typed(on: Driver) -> str:
    """Each line at its time, key by key, and each in the stream when it is on the disk."""
    typed = lines()
    for number, (hour, minute, text) in enumerate(typed, start=1):
        on.clock.go_to(hour, minute, 7)
        on.write(text)
        expect(on.entries == number, f"after “{text}” there are {on.entries} entries instead of {number}")
        on.clock.go_on(SECONDS_A_KEY * len(text))
    journal, session = on.journal(), on.live.held.session.id
    kept = on.on_worker(lambda: journal.session_record(session).entries)
    expect(len(kept) == len(typed), f"{len(kept)} of {len(typed)} lines are in the journal")
    expect(sum(e.kind is Kind.DOSE for e in kept) == 2, "not both doses were read as doses")
    expect(not on.line_text(), "the line is not empty after Enter")
    return f"{len(typed)} lines, {sum(len(text) for _, _, text in typed)} keys"


def the_line_shows_what_it_understands(on: Driver) -> str:
    """Chips while typing; the stamp is that of the first key; the half-typed line is on the disk."""
    on.clock.go_to(14, 7, 12)
    on.key_in(HALF_TYPED[:1], on.line)
    on.clock.go_on(SECONDS_A_KEY * len(HALF_TYPED))
    on.key_in(HALF_TYPED[1:], on.line)
    on.key_in(" ", on.line)
    on.kept_draft()
    on.live.show()
    chips = on.screen(LiveView).capture.writing.status.chips.findChildren(ChipButton)
    said = [chip.accessibleName() for chip in chips if chip.isVisible()]
    expect(len(said) == 4, f"the chips say {said}")
    on.picture("live", large=True)
    return ", ".join(said)


def completions_are_offered(on: Driver) -> str:
    """The list for # opens above the line and Tab takes from it."""
    on.press(Qt.Key.Key_A, CTRL)
    on.press(Qt.Key.Key_Delete)
    on.key_in("Hands quite still now #gr", on.line)
    expect(on.screen(LiveView).completions.isVisible(), "no completions are offered")
    on.picture("live-completing")
    on.press(Qt.Key.Key_Tab)
    expect("#grief " in on.line_text(), f"Tab made it “{on.line_text()}”")
    before = on.entries
    on.press(Qt.Key.Key_Return)
    on.settle()
    expect(on.entries == before + 1, "the line was not kept")
    return on.live.held.notes[-1].original.text


def one_key_is_one_note(on: Driver) -> str:
    """Tap mode: the same letter twice within a second is one press, Backspace takes the last one back."""
    before = on.entries
    on.press(Qt.Key.Key_Escape)
    expect(on.live.situation.mode is Mode.TAP, "Esc does not turn tap mode on")
    for letter in "bgsst":
        on.clock.go_on(0.0 if letter == "s" else 20)
        on.key_in(letter)
    on.settle()
    expect(on.entries == before + 4, f"{on.entries - before} entries from four letters, one of them pressed twice")
    on.press(Qt.Key.Key_Backspace)
    on.settle()
    expect(sum(n.retracted for n in on.live.held.notes) == 1, "Backspace does not take the last one back")
    on.clock.go_on(15)
    on.key_in("g")
    on.settle()
    on.picture("live-tap", large=True)
    return f"{on.entries - before} notes, one of them taken back"


def a_form_is_one_line(on: Driver) -> str:
    """V in tap mode: vitals on one line, in the place of the field."""
    before = on.entries
    on.clock.go_to(14, 12)
    on.key_in("v")
    form = on.screen(LiveView).capture.form
    expect(on.live.situation.mode is Mode.FORM, "V does not open the form")
    for value in ("126", "80", "78", "98"):
        on.key_in(value)
        on.press(Qt.Key.Key_Tab)
    expect(form.blanks[0].value() == "126", "the blanks do not take figures")
    on.picture("live-form", large=True)
    on.press(Qt.Key.Key_Return)
    on.settle()
    expect(on.entries == before + 1, "the reading was not kept")
    on.press(Qt.Key.Key_Return)
    expect(on.live.situation.mode is Mode.WRITE, "Enter does not lead back to writing")
    return "126/80, 78, 98"


def a_full_disk_is_told_and_nothing_is_lost(on: Driver) -> str:
    """The sentence and the words stay in sight, typing goes on, and saving too when there is room."""
    before = on.entries
    on.clock.go_to(14, 15)
    on.disk.full = True
    on.write("Asks what time it is. Told her: a quarter past two.")
    on.until(lambda: bool(on.live.keeping.trouble), "the full disk is told")
    told = on.live.keeping.trouble
    on.clock.go_on(12)
    on.key_in("Nods. Feet move under the", on.line)
    on.live.show()
    on.picture("live-not-saved", large=True)
    expect(on.entries == before, "an entry that is not on the disk is shown as kept")
    on.disk.full = False
    on.button("Try again")
    on.until(lambda: not on.live.keeping.trouble, "saving goes on")
    on.key_in(" blanket.", on.line)
    on.press(Qt.Key.Key_Return)
    on.settle()
    expect(on.entries == before + 2, f"{on.entries - before} of 2 entries are kept")
    return told


def the_veil_covers_everything(on: Driver) -> str:
    """A code is chosen in the list of commands; the veil blanks at once and lifts with the code alone."""
    on.press(Qt.Key.Key_K, CTRL)
    on.key_in("code of the veil")
    on.press(Qt.Key.Key_Return)
    expect(on.live.situation.mode is Mode.FORM, "the list of commands does not lead to the code")
    on.key_in(VEIL_CODE)
    on.press(Qt.Key.Key_Return)
    on.settle()
    on.press(Qt.Key.Key_F12)
    view = on.screen(LiveView)
    expect(view.veil.isVisible() and not view.body.isVisible(), "the veil does not cover the session")
    on.picture("veil")
    on.press(Qt.Key.Key_F12)
    on.key_in("0000")
    on.press(Qt.Key.Key_Return)
    expect(view.veil.isVisible(), "a wrong code lifts the veil")
    on.picture("veil-code", large=True)
    told = view.veil.message.text()
    on.key_in(VEIL_CODE)
    on.press(Qt.Key.Key_Return)
    expect(view.body.isVisible() and not view.veil.isVisible(), "the right code does not lift the veil")
    expect(view.capture.has_focus(), "the focus does not come back to the line")
    return told


def the_safety_plan_is_one_key_away(on: Driver) -> str:
    """F9 shows the plan and the danger signs in the card, and hides them again."""
    on.press(Qt.Key.Key_F9)
    expect(on.live.situation.plan_open, "F9 does not show the plan")
    on.picture("live-plan", large=True)
    on.press(Qt.Key.Key_F9)
    expect(not on.live.situation.plan_open, "F9 does not hide the plan")
    return f"{len(on.live.held.said_card().plan)} lines"


def closing_the_window_asks_in_the_strip(on: Driver) -> str:
    """No box: a strip, with both answers."""
    expect(not on.window.close(), "the window closes over a running session without asking")
    view = on.screen(LiveView)
    expect(view.banner.isVisible(), "nothing asks")
    told = view.banner.words.text()
    on.picture("live-banner")
    on.button("Stay")
    expect(not view.banner.isVisible(), "the strip stays")
    return told


def the_keys_are_one_key_away(on: Driver) -> str:
    """F1: a sheet over the screen, gone with the same key, with any other, and with another look."""
    for _ in on.sizes("keys", large=True):
        if _sheets(on):
            on.press(Qt.Key.Key_F1)
            expect(not _sheets(on), "the sheet does not go with the key that it came with")
        on.press(Qt.Key.Key_F1)
        expect(_sheets(on) == 1, "F1 shows no sheet")
    expect(not _sheets(on), "the sheet stays in the look before")
    on.press(Qt.Key.Key_F1)
    on.press(Qt.Key.Key_Escape)
    expect(not _sheets(on), "the sheet does not go")
    expect(on.screen(LiveView).capture.has_focus(), "the focus does not come back to the line")
    return "F1"


def _sheets(on: Driver) -> int:
    return sum(sheet.isVisible() for sheet in on.window.findChildren(KeyMap))


def everything_can_be_found_by_name(on: Driver) -> str:
    """Ctrl+K, and part of a name."""
    for _ in on.sizes("commands", large=True):
        if _commands(on).isVisible():
            on.press(Qt.Key.Key_Escape)
        on.press(Qt.Key.Key_K, CTRL)
        expect(_commands(on).isVisible(), "Ctrl+K opens nothing")
    on.press(Qt.Key.Key_Escape)
    expect(on.screen(LiveView).capture.has_focus(), "the focus does not come back to the line")
    return f"{_commands(on).findChildren(QListWidget)[0].count()} actions"


def _commands(on: Driver) -> CommandPalette:
    return on.window.findChildren(CommandPalette)[0]


def the_lock_wins_and_the_line_comes_back(on: Driver) -> str:
    """Locked in the middle of a word; the passphrase leads back into the session, with the word and the cursor."""
    entries = on.entries
    on.clock.go_to(14, 22)
    on.key_in("Opens her eyes, looks at the win", on.line)
    on.press(Qt.Key.Key_Left)
    cursor = on.live.line.half_typed.cursor
    on.press(Qt.Key.Key_L, CTRL)
    on.until_screen(UnlockView)
    expect(on.navigator.journal is None, "the journal is still open behind the lock")
    on.picture("locked")
    on.clock.go_on(40)
    on.unlock()
    on.until_screen(LiveView)
    expect(on.entries == entries, f"{on.entries} of {entries} entries are there after the lock")
    expect(on.line_text() == "Opens her eyes, looks at the win", f"the line says “{on.line_text()}”")
    expect(on.live.line.half_typed.cursor == cursor, "the cursor is in another place")
    on.picture("resumed")
    on.press(Qt.Key.Key_End)
    on.key_in("dow.")
    on.press(Qt.Key.Key_Return)
    on.settle()
    expect(on.entries == entries + 1, "the line that came back was not kept")
    return f"{entries} entries and a half-typed line"


SITTING = (
    a_dosing_session_is_begun,
    every_line_is_kept_as_it_is_typed,
    the_line_shows_what_it_understands,
    completions_are_offered,
    one_key_is_one_note,
    a_form_is_one_line,
    a_full_disk_is_told_and_nothing_is_lost,
    the_veil_covers_everything,
    the_safety_plan_is_one_key_away,
    closing_the_window_asks_in_the_strip,
    the_keys_are_one_key_away,
    everything_can_be_found_by_name,
    the_lock_wins_and_the_line_comes_back,
)

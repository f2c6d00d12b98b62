"""Every screen there is, with the whole course of Wren in the journal: what walks all screens walks this list.

A new screen joins by a function that goes there, and its place in `SCREENS`. One whose picture goes when the look
changes or the window does (a sheet over the screen) takes `again`, which brings it back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapjournal.application.agreements import Sheet
from kapjournal.domain.course import Client
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.measures.view import MeasuresView
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.parts.view import PartsView
from kapjournal.gui.picture.view import PictureView
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.settings.view import SettingsView
from kapjournal.gui.themes.view import ThemesView
from kapjournal.gui.unlock.presenter import Page
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.gui.widgets.command_palette import CommandPalette
from kapjournal.gui.widgets.key_map import KeyMap
from tests.journeys.stage import Stage, type_text, until

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
WREN = "wren"  # her id
CODE = "4711"
APRIL = datetime(2026, 4, 10, 10, 0, tzinfo=timezone(timedelta(hours=-4)))  # the day after the last dosing session
Screen = TypeVar("Screen", bound=QWidget)


class Scene(NamedTuple):
    """A screen, how one gets there, and how it comes back where a change of look or size took it away."""

    name: str
    go: Callable[[Stage], None]
    again: Callable[[Stage], None] = lambda _: None


def front(s: Stage, kind: type[Screen]) -> Screen:
    """The screen in front, which has to be of this kind and read."""
    until(lambda: isinstance(s.navigator.window.screen_shown, kind), f"{kind.__name__} is in front")
    s.settle()
    view = s.navigator.window.screen_shown
    assert isinstance(view, kind)
    return view


# --- unlock -----------------------------------------------------------------------------------------------------


def unlock(s: Stage) -> UnlockView:
    s.navigator.go_unlock(s.folder)
    return front(s, UnlockView)


def unlock_first(s: Stage) -> None:
    s.navigator.go_unlock()
    s.settle()


def unlock_wrong(s: Stage) -> None:
    view = unlock(s)
    type_text(view.open_page.passphrase, "harbour lantern pebble")
    s.press(KEY.Key_Return, at=view.open_page.passphrase)
    until(lambda: bool(view.open_page.banner.words.text()), "the wrong passphrase is told")


def unlock_page(page: Page, s: Stage) -> None:
    view = unlock(s)
    view._presenter.turn_to(page)
    if page is Page.MAKE:
        view._presenter.suggest()
    s.settle()


def unlock_key(s: Stage) -> None:
    unlock_page(Page.MAKE, s)
    view = front(s, UnlockView)
    words = view.make_page.new.first.text()
    view._presenter.make(words, words)
    until(view.key_page.isVisible, "the recovery key is shown")


# --- the desk ---------------------------------------------------------------------------------------------------


def home(s: Stage) -> HomeView:
    s.open()
    return front(s, HomeView)


def home_adding(s: Stage) -> None:
    view = home(s)
    s.press(KEY.Key_N, CTRL, at=view)


def home_running(s: Stage) -> None:
    live(s)
    s.navigator.go_home()
    front(s, HomeView)


def clients(s: Stage) -> None:
    home(s)
    s.navigator.desk.go_clients()
    s.settle()


def client(s: Stage) -> ClientView:
    home(s)
    s.navigator.go_client(WREN)
    return front(s, ClientView)


def client_form(form: str, s: Stage) -> None:
    view = client(s)
    assert view.presenter is not None
    view.presenter.open_form(form)


def client_facts(s: Stage) -> None:
    client(s).begin_with_facts()


def prepare(s: Stage) -> PrepareView:
    home(s)
    s.navigator.go_prepare(WREN)
    view = front(s, PrepareView)
    until(lambda: bool(view.title.text()), "the preparation is read")
    return view


def prepare_versions(s: Stage) -> None:
    view = prepare(s)
    s.press(KEY.Key_B, CTRL, at=view)
    s.settle()
    view.version.click()
    view.versions.rows.chosen.emit("1")


def prepare_sheets(s: Stage) -> None:
    view = prepare(s)
    for sheet in Sheet:
        view.sections[sheet].change.click()


def prepare_paper(s: Stage) -> None:
    prepare(s).print.click()


def measures(s: Stage) -> MeasuresView:
    home(s)
    journal = s.navigator.journal
    assert journal is not None
    found: list[Client] = []
    s.navigator.world.tasks.run(lambda: journal.clients()[0], found.append, s.navigator.world.bug)
    until(lambda: bool(found), "the client is read")
    s.navigator.go_measures(found[0])
    view = front(s, MeasuresView)
    until(lambda: bool(view.instruments.rows), "the instruments are read")
    return view


def measure(instrument: str, digits: str, s: Stage) -> MeasuresView:
    view = measures(s)
    view.instruments.chosen.emit(instrument)
    view.card.take.click()
    s.settle()  # the focus comes to the first item
    for digit in digits:
        s.press(KEY(ord(digit)))
    s.settle()
    return view


def measure_partial(s: Stage) -> None:
    view = measure("GAD-7", "22", s)
    s.press(KEY.Key_Return)
    assert view.banner.isVisible()


def settings(tab: str, s: Stage) -> None:
    home(s)
    s.navigator.go_settings()
    view = front(s, SettingsView)
    view.tabs.buttons[tab].click()
    s.settle()


def themes(s: Stage) -> ThemesView:
    home(s)
    s.navigator.desk.go_themes(WREN, "th-grief")
    view = front(s, ThemesView)
    rest(s)
    return view


def themes_split(s: Stage) -> None:
    themes(s).about.split.click()


def themes_new(s: Stage) -> None:
    themes(s).new.click()


def parts(s: Stage) -> PartsView:
    home(s)
    s.navigator.desk.go_parts(WREN)
    view = front(s, PartsView)
    rest(s)
    return view


def parts_felt(s: Stage) -> None:
    view = parts(s)
    view.sights.rows.setFocus()
    s.press(KEY.Key_Down, at=view.sights.rows)


def picture(s: Stage) -> PictureView:
    home(s)
    s.navigator.desk.go_picture(WREN)
    view = front(s, PictureView)
    rest(s)
    return view


def picture_table(s: Stage) -> None:
    picture(s).strips.themes.strip.turn()


def mine(s: Stage) -> MineView:
    home(s)
    s.navigator.desk.go_mine()
    view = front(s, MineView)
    rest(s)
    return view


def mine_chosen(s: Stage) -> None:
    view = mine(s)
    view.notes.rows.setFocus()
    s.press(KEY.Key_Down, at=view.notes.rows)


def mine_check(s: Stage) -> None:
    """A dosing session lies a day back, so that the questions are offered."""
    s.clock.at = APRIL  # type: ignore[attr-defined]
    view = mine(s)
    until(view.check.begin.isVisible, "the check is offered")
    view.check.begin.click()


def rest(s: Stage) -> None:
    """What is read in several steps is there."""
    for _ in range(4):
        s.settle()


# --- a session --------------------------------------------------------------------------------------------------


def live(s: Stage) -> None:
    home(s)
    s.session_with("Wren")


def live_written(s: Stage) -> None:
    live(s)
    for line in ("dose 60mg im", "bp 128/82 hr 84 spo2 97", '"The wave comes and I do not fight it', "~ tired, warm"):
        s.write(line)
    s.write("! went grey on sitting up")
    s.presenter.ask_to_quit(lambda: None)  # a strip with two buttons


def live_typing(s: Stage) -> None:
    live(s)
    type_text(s.line, "hands still #gr")


def live_chips(s: Stage) -> None:
    live(s)
    type_text(s.line, '"I can put it down now #grief -2m ')


def live_plan(s: Stage) -> None:
    live(s)
    s.press(KEY.Key_F9)


def live_form(name: str, s: Stage) -> None:
    live(s)
    s.presenter.open_form(name)


def live_landing(s: Stage) -> None:
    live_written(s)
    s.presenter.land()


def live_tap(s: Stage) -> None:
    live_written(s)
    s.press(KEY.Key_Escape, at=s.line)


def live_closed(s: Stage) -> None:
    live_landing(s)
    s.presenter.form_enter()
    s.settle()


def live_held(s: Stage) -> None:
    """A session of the course as it came in: every kind of entry, amendments, a chart."""
    home(s)
    s.navigator.go_live("wren-d2")
    until(lambda: s.navigator.presenter is not None, "the session is in front")
    s.settle()


def veil(s: Stage) -> None:
    live(s)
    s.presenter.situation.veil_code = CODE
    s.press(KEY.Key_F12)


def veil_code(s: Stage) -> None:
    veil(s)
    s.press(KEY.Key_F12)


# --- over a screen ----------------------------------------------------------------------------------------------


def commands(s: Stage) -> None:
    client(s)
    find_again(s)


def find_again(s: Stage) -> None:
    if not any(one.isVisible() for one in s.navigator.window.findChildren(CommandPalette)):
        s.press(KEY.Key_K, CTRL, at=s.navigator.window)


def keys(s: Stage) -> None:
    client(s)
    keys_again(s)


def keys_live(s: Stage) -> None:
    live(s)
    keys_again(s)


def keys_again(s: Stage) -> None:
    for sheet in s.navigator.window.findChildren(KeyMap):
        sheet.go()
    s.press(KEY.Key_F1, at=s.navigator.window)


SCREENS = (
    Scene("unlock-first", unlock_first),
    Scene("unlock", unlock),  # type: ignore[arg-type] - what it gives back is for those who go on from there
    Scene("unlock-wrong", unlock_wrong),
    Scene("unlock-make", partial(unlock_page, Page.MAKE)),
    Scene("unlock-recover", partial(unlock_page, Page.RECOVER)),
    Scene("unlock-key", unlock_key),
    Scene("home", home),  # type: ignore[arg-type]
    Scene("home-adding", home_adding),
    Scene("home-running", home_running),
    Scene("clients", clients),
    Scene("client", client),  # type: ignore[arg-type]
    Scene("client-facts", client_facts),
    *(Scene(f"client-{form}", partial(client_form, form)) for form in ("plan", "contact", "practice", "account")),
    Scene("prepare", prepare),  # type: ignore[arg-type]
    Scene("prepare-versions", prepare_versions),
    Scene("prepare-sheets", prepare_sheets),
    Scene("prepare-paper", prepare_paper),
    Scene("measures", measures),  # type: ignore[arg-type]
    Scene("measure-filled-in", partial(measure, "PHQ-9", "233313211")),
    Scene("measure-partial", measure_partial),
    Scene("measure-suds", partial(measure, "SUDS", "7")),
    Scene("measure-by-score", partial(measure, "WHO-5", "")),
    Scene("themes", themes),  # type: ignore[arg-type]
    Scene("themes-split", themes_split),
    Scene("themes-new", themes_new),
    Scene("parts", parts),  # type: ignore[arg-type]
    Scene("parts-felt", parts_felt),
    Scene("picture", picture),  # type: ignore[arg-type]
    Scene("picture-table", picture_table),
    Scene("mine", mine),  # type: ignore[arg-type]
    Scene("mine-chosen", mine_chosen),
    Scene("mine-check", mine_check),
    *(
        Scene(f"settings-{tab}", partial(settings, tab))
        for tab in ("looks", "lock", "capture", "lists", "instruments", "safekeeping", "keys", "about")
    ),
    Scene("live", live),
    Scene("live-written", live_written),
    Scene("live-typing", live_typing),
    Scene("live-chips", live_chips),
    Scene("live-plan", live_plan),
    *(Scene(f"live-{form}", partial(live_form, form)) for form in ("dose", "vitals", "touch", "safety")),
    Scene("live-landing", live_landing),
    Scene("live-tap", live_tap),
    Scene("live-closed", live_closed),
    Scene("live-held", live_held),
    Scene("veil", veil),
    Scene("veil-code", veil_code),
    Scene("commands", commands, find_again),
    Scene("keys", keys, keys_again),
    Scene("keys-live", keys_live, keys_again),
)

"""The first steps of the tour: a journal is made and locked, a wrong passphrase told, the clients met."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from kapjournal import resources
from kapjournal.application.import_records import import_records
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import SANS, SERIF
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.unlock.presenter import Page
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.tour.driver import CTRL, SHIFT, Driver, expect

WEAK = "password123456"
CLIENT = "Juniper"
WORDS_OF_THE_CARD = "Hand only, and only when she asks. May be narrowed now, never widened."


def the_look_comes_by_its_key(on: Driver) -> str:
    """Day, Dusk, Night are one key away, from the first screen on; the bundled type is there."""
    on.navigator.go_unlock()
    view = on.until_screen(UnlockView)
    for _ in range(3):
        if on.navigator.look.name != on.look:
            on.press(Qt.Key.Key_D, CTRL | SHIFT)
    expect(on.navigator.look.name == on.look, f"the look is {on.navigator.look.name}")
    expect({SANS, SERIF} <= set(QFontDatabase.families()), "the bundled type is not there")
    expect(view.open_page.new.isVisible(), "a new journal is not offered")
    on.picture("unlock-first", large=True)
    return on.look


def a_journal_is_made(on: Driver) -> str:
    """A weak passphrase is named so and refused; six suggested words are taken, typed twice, and make a journal."""
    on.button("Start a new one")
    making = on.screen(UnlockView).make_page
    on.key_in(WEAK, making.new.first)
    on.key_in(WEAK, making.new.second)
    weak = making.new.strength.words.text()
    on.button("Suggest six words")
    on.passphrase = making.new.first.text()
    expect(len(on.passphrase.split()) == 6, "six words are not suggested")
    making.new.second.clear()
    on.key_in(on.passphrase, making.new.second)
    expect(making.new.strength.words.text() != weak, "six words are said to be as strong as a weak one")
    on.picture("unlock-make", large=True)
    on.button("Make the journal")
    on.until(lambda: on.shown_page() is Page.KEY, "the recovery key is shown")
    return f"“{WEAK}”: {weak}"


def the_recovery_key_is_shown_and_tested(on: Driver) -> str:
    """A key that was copied wrongly is told; the right one lets go on."""
    page = on.screen(UnlockView).key_page
    key = "".join(page.key.text().split()).strip("-")
    wrong = key[:-1] + ("A" if key[-1] != "A" else "B")
    on.key_in(wrong, page.typed)
    on.press_in(page.typed, Qt.Key.Key_Return)
    on.until(lambda: bool(page.banner.words.text()) and page.test.isEnabled(), "the wrong key is told")
    told = page.banner.words.text()
    expect(not page.go_in.isVisible(), "a wrong recovery key is taken for right")
    page.typed.clear()
    on.key_in(page.key.text().replace("\n", "-"), page.typed)
    on.button("Test it now")
    on.until(page.go_in.isVisible, "the right key is found right")
    on.picture("unlock-recovery-key", large=True)
    return told


def the_home_is_empty(on: Driver) -> str:
    """Nobody yet, and one thing to do."""
    on.button("Go to the journal")
    home = on.until_screen(HomeView)
    on.settle()
    expect(not home.clients.rows.rows, "there are clients in a new journal")
    on.picture("home-empty")
    return home.clients.empty.text()


def a_wrong_passphrase_is_told(on: Driver) -> str:
    """Locked by its key; a wrong passphrase is one plain sentence, and the field is empty again."""
    on.press(Qt.Key.Key_L, CTRL)
    view = on.until_screen(UnlockView)
    expect(len(view.open_page.journals.rows) == 1, "the journal is not in the list")
    on.key_in("harbour lantern pebble", view.open_page.passphrase)
    on.picture("unlock", large=True)
    on.press_in(view.open_page.passphrase, Qt.Key.Key_Return)
    on.until(lambda: bool(view.open_page.banner.words.text()), "the wrong passphrase is told")
    expect(not view.open_page.passphrase.text(), "the wrong passphrase still stands in its field")
    on.picture("unlock-wrong")
    return view.open_page.banner.words.text()


def the_demo_course_is_taken_in(on: Driver) -> str:
    """The right passphrase opens; invented clients come in by the interchange format."""
    on.unlock()
    on.until_screen(HomeView)
    journal = on.journal()
    done = on.on_worker(lambda: import_records(journal, resources.path("demo", "course.jsonl")))
    on.navigator.go_home()
    on.settle()
    home = on.screen(HomeView)
    on.until(lambda: len(home.clients.rows.rows) == 2, "two clients are shown")
    on.key_in(CLIENT[:3].lower(), home.clients.filter_field)
    expect([row.title for row in home.clients.rows.rows] == [CLIENT], "typing does not find the client")
    on.picture("home", large=True)
    return f"{done.new['entry']} entries, {done.new['session']} sessions"


def the_card_is_edited(on: Driver) -> str:
    """An impossible limit is told under its field; what fits is kept as notes of the client."""
    on.button("Edit the card")
    form = on.until_screen(PrepareView)
    on.until(lambda: bool(form.form().intention), "the card is shown")
    touch, upper = form.fields["touch"].field, form.fields["systolic"].field
    for field, words in ((touch, WORDS_OF_THE_CARD), (upper, "1600")):
        field.setFocus()
        on.press(Qt.Key.Key_A, CTRL)
        on.key_in(words)
    on.press(Qt.Key.Key_Return, CTRL)
    expect(form.limit_trouble.isVisible(), "an impossible limit is not told")
    told = form.limit_trouble.words.text()
    on.picture("card", large=True)
    upper.setFocus()
    on.press(Qt.Key.Key_A, CTRL)
    on.key_in("160")
    on.press(Qt.Key.Key_Return, CTRL)
    on.settle()
    journal = on.journal()
    kept = on.on_worker(lambda: any(WORDS_OF_THE_CARD in e.text for e in journal.entries()))
    expect(kept, "the card was not kept")
    if not isinstance(on.navigator.window.screen_shown, HomeView):
        on.button("Back")
    on.until_screen(HomeView)
    return told


ENTERING = (
    the_look_comes_by_its_key,
    a_journal_is_made,
    the_recovery_key_is_shown_and_tested,
    the_home_is_empty,
    a_wrong_passphrase_is_told,
    the_demo_course_is_taken_in,
    the_card_is_edited,
)

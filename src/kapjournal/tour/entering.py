"""The first steps of the tour: a journal is made and locked, a wrong passphrase told, the clients met."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from kapjournal import resources
from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Journal
from kapjournal.domain.entry import Kind
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import SANS, SERIF
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.unlock.presenter import Page
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.tour.driver import CTRL, SHIFT, Driver, expect

WEAK = "password123456"
CLIENT = "Juniper"
CLIENT_ID = "demo-juniper"
WORDS_OF_THE_CARD = "To stop bracing. To let someone be kind to me without paying for it twice."


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


def the_client_is_looked_at(on: Driver) -> str:
    """One client with the course: sessions, doses, intentions, parts, what is open."""
    on.navigator.go_client(CLIENT_ID)
    view = on.until_screen(ClientView)
    on.settle()
    on.picture("client", large=True)
    return view.accessibleName() or "the course is shown"


def the_session_is_prepared(on: Driver) -> str:
    """What the client hopes for is written and agreed; it is kept as an entry in the client's words."""
    on.navigator.go_prepare(CLIENT_ID)
    screen = on.until_screen(PrepareView)
    hope = screen.fields.areas["hope"]
    on.until(lambda: hope.isEnabled() and bool(screen.title.text()), "the preparation is shown")
    on.settle()
    on.picture("prepare", large=True)
    hope.setFocus()
    on.press(Qt.Key.Key_A, CTRL)
    on.key_in(WORDS_OF_THE_CARD)
    screen.agree.click()
    on.settle()
    journal = on.journal()
    kept = on.on_worker(lambda: any(WORDS_OF_THE_CARD in version for version in _wordings(journal)))
    expect(kept, "the intention was not kept")
    on.picture("prepare-agreed")
    on.navigator.go_home()
    on.until_screen(HomeView)
    return "the intention is agreed"


def _wordings(journal: Journal) -> list[str]:
    """All that intentions say now, amendments included."""
    written = [entry.text for entry in journal.entries(CLIENT_ID, (Kind.INTENTION,))]
    hoped = [str(entry.details) for entry in journal.entries(CLIENT_ID, (Kind.INTENTION,))]
    added = [f"{amendment.text} {amendment.details}" for amendment in journal.amendments(CLIENT_ID)]
    return [*written, *hoped, *added]


ENTERING = (
    the_look_comes_by_its_key,
    a_journal_is_made,
    the_recovery_key_is_shown_and_tested,
    the_home_is_empty,
    a_wrong_passphrase_is_told,
    the_demo_course_is_taken_in,
    the_client_is_looked_at,
    the_session_is_prepared,
)

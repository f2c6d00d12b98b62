"""The tour's steps at the desk afterwards: themes and parts are kept, the course is seen, and one looks at oneself."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kapjournal import resources
from kapjournal.application import themes
from kapjournal.application.own_lists import load_tables
from kapjournal.application.themes import Shelf
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import TagState
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.parts.view import PartsView
from kapjournal.gui.picture.view import PictureView
from kapjournal.gui.themes.view import ThemesView
from kapjournal.tour.driver import CTRL, Driver, expect
from kapjournal.tour.sample import WREN

ALT = Qt.KeyboardModifier.AltModifier
WORD = "the blue door"
PRIVATE = "Sat in the car for ten minutes before driving."


def some_notes_carry_themes(on: Driver) -> str:
    """As after some weeks: what the words of a theme bring was looked at, and belongs."""
    journal, world = on.journal(), on.navigator.world
    starter = load_tables(resources.path).starter
    shelf = Shelf(journal, world.clock, world.new_id, starter)

    def tag() -> int:
        put = 0
        for now in themes.read_themes(journal, starter).themes:
            for entry in journal.entries(WREN):
                if entry.kind is not Kind.SELF and any(word in entry.text.casefold() for word in now.words[:12]):
                    themes.say(shelf, entry.id, now.theme.id, TagState.ACCEPTED)
                    put += 1
        return put

    return f"{on.on_worker(tag)} notes"


def themes_are_kept(on: Driver) -> str:
    """A word is added, which is undone by its key; the list says at once what each brings."""
    on.navigator.desk.go_themes(WREN)
    view = on.until_screen(ThemesView)
    on.settle()
    on.until(lambda: bool(view.list.rows), "the themes are listed")
    fullest = max(view.list.rows, key=lambda row: int(row.end or 0))
    while view.list.rows[view.list.currentIndex().row()].key != fullest.key:
        on.press_in(view.list, Qt.Key.Key_Down)
    on.settle()
    on.key_in(WORD, view.words.new)
    on.press_in(view.words.new, Qt.Key.Key_Return)
    on.until(lambda: WORD in view.words.buttons, "the word is added")
    on.settle()
    on.picture("themes", large=True)
    view.list.setFocus()
    on.press(Qt.Key.Key_Z, CTRL)
    on.until(lambda: WORD not in view.words.buttons, "it is undone")
    return view.about.says.text()


def the_roster_tells_when_a_part_was_seen(on: Driver) -> str:
    """What is known of a part is typed and kept when the field is left."""
    on.navigator.desk.go_parts(WREN)
    view = on.until_screen(PartsView)
    on.settle()
    on.until(lambda: bool(view.list.rows), "the parts are listed")
    body = view.known.fields["body"].field
    on.key_in("between the shoulder blades", body)
    on.press_in(body, Qt.Key.Key_Return)
    on.settle()
    on.picture("parts", large=True)
    known = [part.body for part in on.on_worker(lambda: on.journal().parts(WREN))]
    expect("between the shoulder blades" in known, "where in the body was not kept")
    return view.known.says.text()


def the_course_is_seen_in_pictures(on: Driver) -> str:
    """The arrows walk over the cells; the notes of one stand beside it; one key shows the numbers as a table."""
    on.navigator.desk.go_picture(WREN)
    view = on.until_screen(PictureView)
    on.settle()
    strip = view.strips.themes.strip
    on.until(lambda: bool(strip.rows), "the themes are drawn")
    strip.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        on.press(key)
    while not view.notes.rows.rows:
        on.press(Qt.Key.Key_Left)
    on.picture("picture", large=True)
    on.press(Qt.Key.Key_Return, ALT)
    expect(strip.as_table, "the numbers are not shown as a table")
    on.picture("picture-table")
    on.press(Qt.Key.Key_Return, ALT)
    return strip.accessibleName()


def one_looks_at_oneself(on: Driver) -> str:
    """After a dosing day a few questions wait; what is answered is a note of one's own, in no other view."""
    on.navigator.desk.go_mine()
    view = on.until_screen(MineView)
    on.settle()
    on.until(view.check.begin.isVisible, "the check is offered")
    view.check.begin.click()
    on.key_in(PRIVATE, view.check.areas["carry"])
    on.picture("mine-check")
    view.check.consult.click()
    on.until(lambda: any(PRIVATE in row.title for row in view.consult.rows.rows), "it waits for consultation")
    on.settle()
    on.picture("mine", large=True)
    return f"{len(view.notes.rows.rows)} notes of one’s own"


KEEPING = (
    some_notes_carry_themes,
    themes_are_kept,
    the_roster_tells_when_a_part_was_seen,
    the_course_is_seen_in_pictures,
    one_looks_at_oneself,
)

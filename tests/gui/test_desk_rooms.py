"""The screens of themes, parts, pictures and own notes, with real widgets: by keyboard, in every look and size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.desk_rooms import ROOMS, DeskRooms, tagged

from kapjournal.domain.entry import Kind
from kapjournal.gui.look import NAMES, Look, load_look
from kapjournal.gui.mine.room import enter_mine
from kapjournal.gui.picture.strips import page, png
from kapjournal.gui.widgets.heat_strip import Cell, HeatColumn, HeatRow, HeatStrip

Dress = Callable[[Look], None]
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def enter(qtbot: QtBot, data: Path, room: str, look: Look | None = None) -> DeskRooms:
    rooms = tagged(DeskRooms(data, look or load_look("day")))
    ROOMS[room](rooms)
    qtbot.addWidget(rooms.view)
    rooms.view.resize(1360, 840)
    rooms.view.show()
    rooms.view.activateWindow()
    qtbot.waitUntil(rooms.view.isActiveWindow)
    QApplication.processEvents()
    return rooms


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "height", "scale"), [(1360, 840, 1.0), (1200, 660, 1.0), (1360, 840, 2.0)])
def test_no_word_is_cut_off(
    qtbot: QtBot, shared_data: Path, dress: Dress, room: str, name: str, width: int, height: int, scale: float
) -> None:
    look = load_look(name, scale)
    dress(look)
    view = enter(qtbot, shared_data, room, look).view
    view.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()
    cut = [
        widget.text()
        for widget in view.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and widget.text() and is_cut(widget)
    ]
    assert cut == []


def is_cut(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    return widget.sizeHint().width() > widget.width() + 1


# --- the course in pictures ----------------------------------------------------------------------------------


def test_the_cells_are_walked_with_arrows_and_lead_to_their_notes(qtbot: QtBot, shared_data: Path) -> None:
    rooms = enter(qtbot, shared_data, "picture")
    strip, behind = rooms.view.strips.themes.strip, rooms.view.notes
    assert strip.hasFocus()
    assert strip.at == Cell(0, 0)
    for key in (KEY.Key_Down, KEY.Key_End, KEY.Key_Left, KEY.Key_Home):
        qtbot.keyClick(strip, key)
    first = next(n for n, count in enumerate(strip.rows[1].counts) if count)
    for _ in range(first):
        qtbot.keyClick(strip, KEY.Key_Right)
    row = strip.rows[1]
    count = row.counts[first]
    assert strip.accessibleName().endswith(f"{row.name}, Preparation 1, {count} {'note' if count == 1 else 'notes'}")
    assert behind.heading.text() == row.name
    assert len(behind.rows.rows) == count
    qtbot.keyClick(strip, KEY.Key_Return)
    assert behind.rows.hasFocus()
    entry = behind.rows.rows[0].key
    qtbot.keyClick(behind.rows, KEY.Key_Return)
    behind.integrate.click()
    rooms.view.keep_themes.click()
    assert rooms.doors.went == [("review", "wren", entry), ("integrate", "wren", row.key), ("themes", "wren", row.key)]


def test_one_strip_at_a_time_has_the_chosen_cell(qtbot: QtBot, shared_data: Path) -> None:
    rooms = enter(qtbot, shared_data, "picture")
    themes, parts = rooms.view.strips.themes.strip, rooms.view.strips.parts.strip
    parts.setFocus()
    assert parts.at is not None
    assert themes.at is None
    assert rooms.view.notes.heading.text().startswith("@")
    rooms.view.keep_themes.click()
    assert rooms.doors.went == [("parts", "wren", parts.rows[0].key)]


def test_alt_enter_shows_the_same_numbers_as_a_table(qtbot: QtBot, shared_data: Path) -> None:
    strip = enter(qtbot, shared_data, "picture").view.strips.themes.strip
    qtbot.keyClick(strip, KEY.Key_Return, ALT)
    assert strip.table.isVisible()
    table = [
        (strip.table.item(row, 0).text(), *(strip.table.item(row, n + 1).text() for n in range(len(strip.columns))))
        for row in range(strip.table.rowCount())
    ]
    assert table == [(row.name, *map(str, row.counts)) for row in strip.rows]
    qtbot.keyClick(strip, KEY.Key_Return, ALT)
    assert not strip.table.isVisible()


def test_the_page_is_saved_on_paper_white_whatever_look_is_on(
    qtbot: QtBot, shared_data: Path, dress: Dress, tmp_path: Path
) -> None:
    look = load_look("night")
    dress(look)
    rooms = enter(qtbot, shared_data, "picture", look)
    rooms.view._choose = lambda *_: tmp_path / "course.png"
    rooms.view.save.click()
    saved = QImage(str(tmp_path / "course.png"))
    assert saved.width() == 2000
    assert saved.pixelColor(5, 5) == load_look("day").colour("window")
    assert "It is not encrypted" in rooms.view.banner.words.text()
    printed: list[QImage] = []
    rooms.view._to_printer = lambda image, _: printed.append(image)
    rooms.view.print.click()
    assert png(printed[0]) == png(page(rooms.view._state))


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, shared_data: Path, tmp_path: Path) -> None:
    rooms = enter(qtbot, shared_data, "picture")
    rooms.view._choose = lambda *_: tmp_path / "nowhere" / "course.png"
    rooms.view.save.click()
    assert rooms.view.banner.words.text().startswith("The picture could not be written there.")


def test_many_columns_go_on_below_and_no_cell_is_lost(qtbot: QtBot) -> None:
    strip = HeatStrip(load_look("day"), "Many")
    qtbot.addWidget(strip)
    strip.show_heat([HeatColumn(f"D{n}", f"Dosing {n}") for n in range(40)], [HeatRow("a", "A", tuple(range(40)))])
    strip.resize(400, strip.heightForWidth(400))
    strip.show()
    places = {(c.x(), c.y()) for n in range(40) for c in [strip._area(strip._plan(400), Cell(0, n)).toRect()]}
    assert len(places) == 40
    assert all(0 <= x < 400 and 0 <= y < strip.height() for x, y in places)
    strip.setFocus()
    qtbot.keyClick(strip, KEY.Key_End)
    assert strip.at == Cell(0, 39)


# --- themes and parts ----------------------------------------------------------------------------------------


def test_a_theme_is_merged_split_and_brought_back_by_keyboard(qtbot: QtBot, shared_data: Path) -> None:
    rooms = enter(qtbot, shared_data, "themes")
    view = rooms.view
    view.about.merge.setFocus()
    qtbot.keyClick(focus(), KEY.Key_Return)
    assert view.list.hasFocus()
    assert "Which theme goes into Mother / father / caregivers?" in view.banner.words.text()
    qtbot.keyClick(view.list, KEY.Key_Up)
    merged = view.list.rows[view.list.currentIndex().row()]
    qtbot.keyClick(view.list, KEY.Key_Return)
    assert view.banner.words.text() == f"{merged.title} merged into Mother / father / caregivers."
    assert next(r for r in view.list.rows if r.key == merged.key).note == "Retired"
    qtbot.keyClick(view.list, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert next(r for r in view.list.rows if r.key == merged.key).note == merged.note
    view.about.split.click()
    view.words.buttons["mum"].click()
    view.notes.rows.setFocus()
    qtbot.keyClick(view.notes.rows, KEY.Key_Space)
    name = view.about.split_form.fields["name"]
    assert "1 word and 1 note go along" in view.about.split_form.says.text()
    name.setFocus()
    qtbot.keyClicks(name, "Mum")
    qtbot.keyClick(name, KEY.Key_Return)
    assert view.about.fields["name"].field.text() == "Mum"
    assert list(view.words.buttons) == ["mum"]


def test_a_theme_is_renamed_and_given_words_by_keyboard(qtbot: QtBot, shared_data: Path) -> None:
    view = enter(qtbot, shared_data, "themes").view
    name = view.about.fields["name"].field
    assert isinstance(name, QLineEdit)
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Parents")
    qtbot.keyClick(name, KEY.Key_Return)
    assert "Parents" in [row.title for row in view.list.rows]
    qtbot.keyClicks(view.words.new, "kitchen table")
    qtbot.keyClick(view.words.new, KEY.Key_Return)
    view.words.buttons["kitchen table"].click()
    view.words.take_out.click()
    assert "kitchen table" not in view.words.buttons


def test_a_part_is_described_and_its_sights_lead_to_their_sessions(qtbot: QtBot, shared_data: Path) -> None:
    rooms = enter(qtbot, shared_data, "parts")
    view = rooms.view
    age = view.known.fields["age"].field
    age.setFocus()
    qtbot.keyClicks(age, "about seven")
    qtbot.keyClick(age, KEY.Key_Tab)
    view.known.roles["manager"].click()
    (part,) = [p for p in rooms.journal.parts("wren") if p.id == "wren-part-stairs"]
    assert (part.age, part.role) == ("about seven", "manager")
    view.sights.rows.setFocus()
    qtbot.keyClick(view.sights.rows, KEY.Key_Down)
    assert view.sights.saying.isVisible()
    qtbot.keyClicks(view.sights.felt, "tender")
    qtbot.keyClick(view.sights.felt, KEY.Key_Return)
    assert any("Felt toward it: tender" in row.note for row in view.sights.rows.rows)
    qtbot.keyClick(view.sights.rows, KEY.Key_Return)
    assert rooms.doors.went[0][:2] == ("review", "wren")
    view.new.click()
    qtbot.keyClicks(view.new_form.fields["name"], "Fog")
    qtbot.keyClick(view.new_form.fields["name"], KEY.Key_Return)
    assert "Fog" in [row.title for row in view.list.rows]
    qtbot.keyClick(view.list, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert next(row for row in view.list.rows if row.title == "Fog").note == "out of the roster"


# --- own notes -----------------------------------------------------------------------------------------------


def mine(qtbot: QtBot, data: Path, *, days_after: float) -> DeskRooms:
    rooms = tagged(DeskRooms(data, load_look("day")))
    rooms.clock.at = max(s.started_at for s in rooms.journal.sessions() if s.kind == "dosing" and s.started_at)
    rooms.clock.pass_(days_after * 24 * 3600)
    return go_mine(qtbot, rooms)


def go_mine(qtbot: QtBot, rooms: DeskRooms) -> DeskRooms:
    enter_mine(rooms, rooms.journal)  # type: ignore[arg-type]
    qtbot.addWidget(rooms.view)
    rooms.view.resize(1360, 840)
    rooms.view.show()
    rooms.view.activateWindow()
    qtbot.waitUntil(rooms.view.isActiveWindow)
    return rooms


def test_the_check_is_kept_as_an_own_note_without_leaving(qtbot: QtBot, shared_data: Path) -> None:
    rooms = mine(qtbot, shared_data, days_after=1)
    check = rooms.view.check
    assert check.begin.hasFocus()
    qtbot.keyClick(check.begin, KEY.Key_Return)
    first = focus()
    assert isinstance(first, QPlainTextEdit)
    qtbot.keyClicks(first, "the bulbs")
    rooms.site.timer.pass_(1)
    assert rooms.journal.desk("self-care")
    rooms.view.close()
    again = go_mine(qtbot, rooms)  # half-written, it is there again
    check = again.view.check
    assert check.areas["carry"].toPlainText() == "the bulbs"
    check.consult.click()
    made = rooms.journal.entries("wren", [Kind.SELF])[-1]
    assert made.text == "What am I still carrying from it?\nthe bulbs"
    assert made.id in [row.key for row in again.view.consult.rows.rows]
    assert rooms.journal.desk("self-care") is None


def test_a_note_is_flagged_from_its_row_and_the_strips_count_it(qtbot: QtBot, shared_data: Path) -> None:
    rooms = mine(qtbot, shared_data, days_after=30)
    view = rooms.view
    assert not view.check.begin.isVisible()
    assert view.notes.rows.hasFocus()
    chosen = view.notes.rows.rows[view.notes.rows.currentIndex().row()].key
    before = {row.key: sum(row.counts) for row in view.themes.strip.rows}
    view.notes.buttons["th-therapist"].click()
    after = {row.key: sum(row.counts) for row in view.themes.strip.rows}
    assert after == {**before, "th-therapist": 1}
    assert view.notes.buttons["th-therapist"].isChecked()
    qtbot.keyClick(view.notes.rows, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {row.key: sum(row.counts) for row in view.themes.strip.rows} == before
    qtbot.keyClick(view.notes.rows, KEY.Key_Return)
    assert rooms.doors.went == [("review", "wren", chosen)]


def test_a_cell_narrows_the_notes(qtbot: QtBot, shared_data: Path) -> None:
    view = mine(qtbot, shared_data, days_after=30).view
    every = len(view.notes.rows.rows)
    view.clients.strip.setFocus()
    assert len(view.notes.rows.rows) == every  # not by arriving alone
    qtbot.keyClick(view.clients.strip, KEY.Key_Right)
    assert len(view.notes.rows.rows) == view.clients.strip.rows[0].counts[0] < every
    assert view.notes.about.text().startswith("Wren, February 2026: ")
    view.notes.all.click()
    assert len(view.notes.rows.rows) == every

"""A row says what happened, and in words whether it is late, corrected, taken back, marked, private or outside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.domain.entry import Kind
from kapjournal.gui.live.state import Row, Style
from tests.unit.presenters.live.room import Room


@pytest.fixture
def room() -> Room:
    return Room()


def flags(row: Row) -> list[str]:
    return [flag.text for flag in row.flags]


def spans(row: Row) -> list[tuple[str, Style]]:
    return [(span.text, span.style) for span in row.spans]


def close(room: Room) -> None:
    room.presenter.land()
    room.presenter.form_enter()


def correct(room: Room, row: int, line: str) -> None:
    room.presenter.row_action(room.state.rows[row].id, "correct")
    room.presenter.typed(line, len(line))
    room.presenter.enter()


def test_the_column_of_time_since_the_dose_is_hidden_without_one(room: Room) -> None:
    room.write("eyes closed")
    assert [row.since for row in room.state.rows] == [None]
    room.clock.pass_(60)
    room.write("dose 60mg im")
    assert [row.since for row in room.state.rows] == ["-0:01", "0:00"]


def test_labels_stand_beside_the_words_unless_they_are_words(room: Room) -> None:
    room.write("soft face #grief")
    room.write("the #music now")
    assert spans(room.state.rows[0])[-1] == ("#grief", Style.THEME)
    assert room.rows[1] == "the #music now"


def test_late_is_said_with_the_time_it_was_written(room: Room) -> None:
    room.clock.pass_(3600)
    room.write("-5m grimace")
    room.write("-20m tears")
    rows = {room_row.wall: flags(room_row) for room_row in room.state.rows}
    assert rows == {"09:55": [], "09:40": ["late, written 10:00"]}


def test_private_and_marked_are_said_in_words(room: Room) -> None:
    room.write("~ tired")
    room.write("eyes closed")
    room.presenter.escape()
    room.presenter.tap("k", False)
    assert [(row.bar, flags(row)) for row in room.state.rows] == [("private", ["private"]), (None, ["marked"])]


def test_an_edit_in_an_open_session_shows_no_original(room: Room) -> None:
    room.write("left had")
    correct(room, 0, "left hand")
    assert (room.rows, flags(room.state.rows[0])) == (["left hand"], [])


def test_a_correction_of_words_in_a_closed_one_does(room: Room) -> None:
    room.write("left had")
    close(room)
    room.clock.pass_(600)
    correct(room, 0, "left hand")
    row = room.state.rows[0]
    assert spans(row) == [("left had", Style.STRUCK), (" ", Style.PLAIN), ("left hand", Style.PLAIN)]
    assert flags(row) == ["corrected 09:10"]
    assert "Corrected 09:10: left hand" in row.details
    correct(room, 0, "right hand")
    assert spans(room.state.rows[0])[-1] == ("right hand", Style.PLAIN)


def test_a_taken_back_entry_is_one_struck_line(room: Room) -> None:
    room.write("eyes closed")
    room.presenter.take_back()
    row = room.state.rows[0]
    assert (row.folded, spans(row), flags(row)) == (True, [("eyes closed", Style.STRUCK)], ["taken back"])
    assert "taken back" in row.spoken


def test_rows_that_did_not_change_stay_the_same_objects(room: Room) -> None:
    for number in range(5):
        room.write(f"note {number}")
    before = room.state.rows
    assert room.state.rows is before
    room.write("one more")
    assert all(now is then for now, then in zip(room.state.rows, before, strict=False))


def test_the_details_of_a_row_tell_seconds_and_class(room: Room) -> None:
    room.clock.pass_(7)
    room.write('-1m "lips fuzzy')
    happened, written, kind = room.state.rows[0].details
    assert happened.startswith("Happened 08:59:07, 02 March 2026")
    assert written.startswith("Written 09:00:07, 02 March 2026")
    assert kind == "Psychotherapy note, private; therapist’s voice"


def test_rows_from_before_a_clock_change_are_marked(room: Room) -> None:
    room.write("before")
    room.clock.set_wall(timedelta(minutes=5))
    room.timer.pass_(1)
    room.write("after")
    assert [flags(row) for row in room.state.rows] == [["before the clock change"], []]
    room.clock.set_wall(timedelta(seconds=50))  # less than a minute is not worth a word
    room.timer.pass_(1)
    assert [flags(row) for row in room.state.rows] == [["before the clock change"], []]


def test_a_late_entry_of_a_session_that_was_just_closed_has_its_place(room: Room) -> None:
    room.write("dose 60mg im")
    room.clock.pass_(3600)
    close(room)
    room.clock.pass_(3600)
    room.write("10:00 last")
    room.write("09:30 middle")
    assert [(row.wall, row.since) for row in room.state.rows] == [
        ("09:00", "0:00"),
        ("09:30", "0:30"),
        ("10:00", "1:00"),
    ]
    assert [e.elapsed_s for e in room.journal.entries() if e.kind is Kind.OBSERVATION] == [None, None]

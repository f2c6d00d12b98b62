"""An intention edited before close, after close, and by two amendments: all of it, in every view and export."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from kapjournal.application.agreements import Sheet
from kapjournal.application.export_records import export_records
from kapjournal.application.import_records import import_records
from kapjournal.application.keep_intentions import Changed, keep_words
from kapjournal.application.plan_course import read_client
from kapjournal.application.prepare import Desk, HalfWritten, begin_preparation, close_preparation, keep_sheet
from kapjournal.application.start_session import open_session
from kapjournal.domain.course import Client
from kapjournal.domain.intention import Words
from kapjournal.gui.client.telling import intentions_told
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.rows import Rows
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

SAID = ("To rest.", "To rest well.", "To rest, and be seen.", "To be seen.")


def written() -> Desk:
    clock = FakeClock()
    desk = Desk(FakeJournal(clock), clock, FakeIds(), "wren")
    desk.journal.keep(Client(id="wren", alias="Wren"))
    begin_preparation(desk)
    for number, hope in enumerate(SAID):
        if number == 2:
            close_preparation(desk)
        keep_words(desk, [Changed("one", Words(hope=hope, fear="<Nobody>"))], HalfWritten())
        clock.pass_(600)
    return desk


def test_the_view_the_export_and_the_reading_copy_show_all_of_it(tmp_path: Path) -> None:
    desk = written()
    assert [v.words.hope for v in desk.read().intentions[0].wordings] == list(SAID)
    made = export_records(desk.journal, tmp_path / "out", desk.clock)
    lines = [json.loads(line) for line in made.records_file.read_text().splitlines()]
    entry = next(line for line in lines if line["type"] == "entry")
    assert (entry["text"], [e["text"] for e in entry["earlier"]]) == ("To rest well.", ["To rest."])
    assert [line["text"] for line in lines if line["type"] == "amendment"] == list(SAID[2:])
    page = made.reading_file.read_text()
    assert all(said in page for said in SAID)
    assert "Earlier wording, until 2 March 2026, 09:10" in page
    assert "&lt;Nobody&gt;" in page
    assert "<Nobody>" not in page


def test_the_clients_page_shows_all_of_it() -> None:
    desk = written()
    (told,) = intentions_told(read_client(desk.journal, "wren"), desk.clock.now().at)
    assert (*told.before, told.text) == SAID


def test_the_session_it_was_written_in_shows_all_of_it() -> None:
    desk = written()
    (session,) = desk.journal.sessions("wren")
    held = Held(open_session(desk.journal, desk.clock, session.id), ())
    (row,) = Rows(held).rows((), timedelta())
    shown = "".join(span.text for span in row.spans)
    assert all(said in shown for said in SAID)


def test_nothing_is_lost_on_the_way_to_another_journal_and_twice_is_once(tmp_path: Path) -> None:
    desk = written()
    first = export_records(desk.journal, tmp_path / "one", desk.clock).records_file
    other = FakeJournal(desk.clock)  # type: ignore[arg-type]
    import_records(other, first)
    second = export_records(other, tmp_path / "two", desk.clock).records_file
    assert second.read_text() == first.read_text()
    there = Desk(other, desk.clock, FakeIds("there"), "wren").read().intentions[0]
    assert there.wordings == desk.read().intentions[0].wordings
    assert import_records(desk.journal, first).wrote == 0
    assert import_records(other, first).wrote == 0


def test_the_clients_voice_stands_in_every_copy(tmp_path: Path) -> None:
    desk = written()
    keep_sheet(desk, Sheet.ACCOUNT, {"account": "I slept badly."}, HalfWritten())
    made = export_records(desk.journal, tmp_path / "out", desk.clock)
    line = next(line for line in made.records_file.read_text().splitlines() if "I slept badly." in line)
    assert json.loads(line)["voice"] == "client"
    assert "by the client" in made.reading_file.read_text()

"""Import, tag, reject, merge, retire on a real journal, by the screens: lists, pictures, exports and recall agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kapjournal.application import themes
from kapjournal.application.export_records import export_records
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import load_tables
from kapjournal.application.picture import read_picture
from kapjournal.application.ports import Journal
from kapjournal.application.recall_notes import by_theme
from kapjournal.application.themes import Shelf
from kapjournal.cli.listing import rows
from kapjournal.domain.exchange import record_of
from kapjournal.domain.label import Tag, TagState
from kapjournal.gui.themes.view import ThemesView
from kapjournal.resources import path
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.journeys.stage import Stage, until

GRIEF, PARENTS = "th-grief", "th-parents"
CONTROL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
Told = dict[str, object]
REJECTED = (GRIEF, TagState.REJECTED)


@pytest.fixture
def s(stage: Callable[..., Stage], shared_data: Path) -> Stage:
    raised = stage()
    raised.open()

    def fill(journal: Journal) -> None:
        import_records(journal, shared_data / "course-wren.jsonl")
        shelf = Shelf(journal, FakeClock(), FakeIds("said"), load_tables(path).starter)
        notes = [entry.id for entry in journal.entries("wren") if "mum" in entry.text.casefold()]
        for number, entry in enumerate(notes):
            state = TagState.REJECTED if number % 3 == 2 else TagState.ACCEPTED
            themes.say(shelf, entry, PARENTS if number % 2 else GRIEF, state)

    on_worker(raised, fill)
    return raised


def on_worker(s: Stage, work: Callable[[Journal], object]) -> object:
    done: list[object] = []
    journal, world = s.navigator.journal, s.navigator.world
    assert journal is not None
    world.tasks.run(lambda: work(journal), done.append, world.bug)
    until(lambda: bool(done), "the worker is done")
    return done[0]


def seen(s: Stage, folder: Path) -> Told:
    """What each side says of the themes that are in use."""

    def look(journal: Journal) -> Told:
        starter = load_tables(path).starter
        listed = {n.theme.id: n for n in themes.read_themes(journal, starter).themes}
        export_records(journal, folder, FakeClock())
        lines = (folder / "journal.jsonl").read_text("utf-8").splitlines()[1:]
        accepted = [t for line in lines if isinstance(t := record_of(_fields(line)), Tag) and _on(t)]
        page = (folder / "journal.html").read_text("utf-8")
        recall = s.navigator.world.recall(journal)
        strips = {strip.key: strip for strip in read_picture(journal, "wren").themes}
        told: Told = {}
        for key in (GRIEF, PARENTS):
            now = listed[key]
            found = by_theme(journal, recall, now.theme.model_copy(update={"terms": now.words}), "wren")
            told[key] = {
                "list": now.accepted,
                "command line": {row["id"]: row["entries"] for row in rows(journal, "themes", None, None)}[key],
                "file": sum(tag.theme == key for tag in accepted),
                "copy to read": page.count(f"#{now.theme.name.replace('&', '&amp;')}<"),
                "picture": strips[key].total if key in strips else 0,
                "recalled": frozenset(one.found.entry for one in found),
                "retired": now.theme.retired_on is not None,
                "words": frozenset(now.words),
                "on": frozenset(tag.entry for tag in accepted if tag.theme == key),
            }
        told["opinions"] = frozenset((t.entry, t.theme, t.state) for t in journal.tags() if _stands(t))
        return told

    return on_worker(s, look)  # type: ignore[return-value]


def _fields(line: str) -> dict[str, object]:
    fields: dict[str, object] = json.loads(line)
    return fields


def _on(tag: Tag) -> bool:
    return tag.theme is not None and tag.state is TagState.ACCEPTED


def _stands(tag: Tag) -> bool:
    return tag.state is not TagState.WITHDRAWN


def counts(told: Told, theme: str) -> set[int]:
    """How many notes each side counts; one number where they agree."""
    of = told[theme]
    assert isinstance(of, dict)
    return {of[side] for side in ("list", "command line", "file", "copy to read", "picture")}


def test_every_side_agrees_after_a_merge_and_a_retirement_and_undo_restores_exactly(s: Stage, tmp_path: Path) -> None:
    first = seen(s, tmp_path / "first")
    assert [len(counts(first, theme)) for theme in (GRIEF, PARENTS)] == [1, 1]
    both = len(first[GRIEF]["on"] | first[PARENTS]["on"])  # type: ignore[index]
    assert both > len(first[GRIEF]["on"]) > 0  # type: ignore[index]
    view = go(s)
    view.about.merge.click()
    choose(s, view, PARENTS)
    s.press(KEY.Key_Return)
    wait(s)
    merged = seen(s, tmp_path / "merged")
    assert counts(merged, GRIEF) == {both}
    assert counts(merged, PARENTS) == {0}
    for told in (first, merged):
        assert told[GRIEF]["on"] <= told[GRIEF]["recalled"]  # type: ignore[index]
        rejected = {entry for entry, theme, state in told["opinions"] if (theme, state) == REJECTED}  # type: ignore[attr-defined]
        assert not rejected & told[GRIEF]["recalled"]  # type: ignore[index]
    view.about.retire.click()
    wait(s)
    retired = seen(s, tmp_path / "retired")
    assert counts(retired, GRIEF) == {both}  # what it was put on stays
    assert retired[GRIEF]["retired"] is True  # type: ignore[index]
    for _ in range(2):
        view.list.setFocus()
        s.press(KEY.Key_Z, CONTROL)
        wait(s)
    assert seen(s, tmp_path / "undone") == first
    for _ in range(2):
        s.press(KEY.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        wait(s)
    assert seen(s, tmp_path / "again") == retired


def go(s: Stage) -> ThemesView:
    s.navigator.desk.go_themes("wren", GRIEF)
    until(lambda: isinstance(s.navigator.window.screen_shown, ThemesView), "the themes are in front")
    wait(s)
    view = s.navigator.window.screen_shown
    assert isinstance(view, ThemesView)
    return view


def choose(s: Stage, view: ThemesView, theme: str) -> None:
    assert view.list.hasFocus()
    place = [row.key for row in view.list.rows].index(theme)
    while (at := view.list.currentIndex().row()) != place:
        s.press(KEY.Key_Down if at < place else KEY.Key_Up)


def wait(s: Stage) -> None:
    for _ in range(4):
        s.settle()
        QApplication.processEvents()

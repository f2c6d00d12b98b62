"""What the therapist wrote of their own state is on its own screen and in its session, and in nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from kapjournal.application import themes
from kapjournal.application.export_records import OWN_FILE, READING_FILE, RECORDS_FILE, export_records
from kapjournal.application.import_records import import_records
from kapjournal.application.own_lists import load_tables
from kapjournal.application.ports import Journal
from kapjournal.application.recall_notes import by_theme, by_words, like
from kapjournal.application.themes import Shelf
from kapjournal.domain.entry import Action, Amendment, Entry, Kind
from kapjournal.domain.label import Link, Relation, Tag, TagState, Theme
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.widgets.command_palette import Command
from kapjournal.resources import path
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.journeys.stage import Stage, until

CANARY = "kittiwake"
THEMES = ("th-grief", "th-therapist", "theme-flag-boundary", "theme-flag-consultation")


def plant(journal: Journal) -> None:
    """Own notes where they might show: in a session and between, tagged, marked, amended and linked."""
    starter = load_tables(path).starter
    shelf = Shelf(journal, FakeClock(), FakeIds("planted"), starter)
    session = next(s for s in journal.sessions() if s.id == "wren-d3")
    at = session.started_at
    assert at is not None
    for key, number in (("in", session.id), ("between", None)):
        given = {"id": key, "client": "wren", "kind": Kind.SELF, "text": f"{CANARY} mum grief {key}", "starred": True}
        journal.keep(Entry.model_validate({**given, "noticed_at": at, **({"session": number} if number else {})}))
        for theme in THEMES:
            themes.say(shelf, key, theme, TagState.ACCEPTED)
        journal.keep(Tag(entry=key, part="wren-part-head", state=TagState.ACCEPTED))
    journal.keep(Amendment(id="a", entry="between", action=Action.ADDENDUM, text=f"{CANARY} too", written_at=at))
    journal.keep(Link.model_validate({"from": "wren-e100", "to": "between", "relation": Relation.ECHOES}))


@pytest.fixture
def s(stage: Callable[..., Stage], shared_data: Path) -> Stage:
    raised = stage()
    raised.open()
    done: list[bool] = []

    def fill() -> bool:
        journal = raised.navigator.journal
        assert journal is not None
        import_records(journal, shared_data / "course-wren.jsonl")
        plant(journal)
        return True

    raised.navigator.world.tasks.run(fill, done.append, raised.navigator.world.bug)
    until(lambda: bool(done), "the course is there")
    return raised


def shown(window: QWidget) -> str:
    """Every word that the window shows, tells a screen reader, or holds to paint."""
    return "\n".join(words for widget in (window, *window.findChildren(QWidget)) for words in _words(widget))


def _words(widget: QWidget) -> Iterator[str]:
    for name in ("text", "toPlainText", "accessibleName", "accessibleDescription", "windowTitle", "toolTip"):
        asked = getattr(widget, name, None)
        if callable(asked):
            yield str(asked())
    yield repr({name: held for name, held in vars(widget).items() if not isinstance(held, QWidget)})
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _rows(widget.model())


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        column = 0
        while (index := model.index(row, column)).isValid():
            column += 1
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.data(index, role))


def visit(s: Stage, go: Callable[[], None]) -> str:
    """Go somewhere, with everything there read, and look at it from all sides."""
    go()
    for _ in range(4):
        s.settle()
        QApplication.processEvents()
    return shown(s.navigator.window)


def test_no_view_but_the_private_one_shows_them(s: Stage) -> None:
    desk = s.navigator.desk
    places: dict[str, Callable[[], None]] = {
        "home": desk.go_home,
        "clients": desk.go_clients,
        "client": lambda: desk.go_client("wren"),
        "prepare": lambda: desk.go_prepare("wren"),
        "review": lambda: desk.go_review("wren"),
        "review of a session": lambda: desk.go_review("wren", "wren-d3"),
        "integrate": lambda: desk.go_integrate("wren"),
        "integrate a theme": lambda: desk.go_integrate("wren", "th-grief"),
        "integrate a part": lambda: desk.go_integrate("wren", "wren-part-head"),
        "hand over": lambda: desk.go_hand_over("wren"),
        "themes": lambda: desk.go_themes("", "th-grief"),
        "themes of a client": lambda: desk.go_themes("wren", "theme-flag-boundary"),
        "parts": lambda: desk.go_parts("wren", "wren-part-head"),
        "picture": lambda: desk.go_picture("wren"),
        "settings": desk.go_settings,
    }
    assert [name for name, go in places.items() if CANARY in visit(s, go)] == []
    assert CANARY not in "".join(_palette(s))
    assert CANARY in visit(s, desk.go_mine)
    assert isinstance(s.navigator.window.shell.screen_shown, MineView)  # type: ignore[union-attr]
    assert CANARY in visit(s, lambda: s.navigator.go_live("wren-d3"))  # where it was written


def _palette(s: Stage) -> Iterator[str]:
    commands: list[Command] = s.navigator.desk.commands()
    yield from (command.name for command in commands)


def test_no_recall_brings_them_and_no_file_to_read_but_their_own_holds_them(s: Stage, tmp_path: Path) -> None:
    s.settle()
    world, journal = s.navigator.world, s.navigator.journal
    assert journal is not None
    found: list[str] = []

    def work() -> str:
        recall = world.recall(journal)
        of_theme = [by_theme(journal, recall, theme, None) for theme in _worded(journal)]
        of_words = by_words(journal, recall, f"{CANARY} mum", None)
        alike = like(journal, recall, "wren-e100", None)
        told = [r.note.original.text for r in (*of_words, *alike, *(one for many in of_theme for one in many))]
        assert any("Mum" in words for words in told)
        export_records(journal, tmp_path / "out", FakeClock())
        return "\n".join(told)

    world.tasks.run(work, found.append, world.bug)
    until(lambda: bool(found), "all was looked for")
    assert CANARY not in found[0]
    files = {file.name: file.read_text("utf-8") for file in (tmp_path / "out").iterdir()}
    assert {name: CANARY in text for name, text in files.items()} == {
        RECORDS_FILE: True,
        READING_FILE: False,
        OWN_FILE: True,
    }
    assert f"{CANARY} too" in files[OWN_FILE]
    assert "Stairs girl, blended" not in files[OWN_FILE]


def _worded(journal: Journal) -> list[Theme]:
    return [theme.model_copy(update={"terms": (*(theme.terms or ()), CANARY)}) for theme in journal.themes()]

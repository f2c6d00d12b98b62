from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kapjournal.gui.look import Look, load_look
from kapjournal.gui.shell import COURSE, HOME, LIVE, PREPARE, Bar, Shell, ShellUses
from kapjournal.gui.widgets.command_palette import Command, CommandPalette

Dress = Callable[[Look], None]


def shell(qtbot: QtBot, did: list[str], *, settings: bool = False) -> Shell:
    def do(name: str) -> Callable[[], None]:
        return lambda: did.append(name)

    uses = ShellUses(
        do("home"),
        do("clients"),
        do("lock"),
        do("find"),
        do("look"),
        did.append,
        do("settings") if settings else None,
    )
    made = Shell(load_look("day"), uses)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def test_only_places_that_exist_are_in_the_rail(qtbot: QtBot) -> None:
    did: list[str] = []
    assert list(shell(qtbot, did).rail) == ["home", "clients", "lock"]
    whole = shell(qtbot, did, settings=True)
    for button in whole.rail.values():
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert did == ["home", "clients", "settings", "lock"]


def test_tabs_are_there_in_a_client_alone(qtbot: QtBot) -> None:
    did: list[str] = []
    made = shell(qtbot, did)
    made.show_screen(QLabel("home"), Bar("Thursday", place=HOME))
    assert not made.tabs[COURSE].isVisible()
    made.show_screen(QLabel("course"), Bar("Wren", tab=COURSE))
    assert made.tabs[COURSE].isVisible()
    assert [tab.property("present") for tab in made.tabs.values()] == [True, *[False] * 5]
    for name in (PREPARE, LIVE):
        made.tabs[name].click()
    made.finder.click()
    made.look_button.click()
    assert did == [PREPARE, LIVE, "find", "look"]


def test_saved_is_not_said_while_something_is_on_its_way(qtbot: QtBot) -> None:
    made = shell(qtbot, [])
    made.show_screen(QLabel("course"), Bar("Wren", tab=COURSE))
    assert made.saved.isVisible()
    made.say_saved("")
    assert not made.saved.isVisible()


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1440, 900, 1.0), (1280, 720, 2.0), (720, 540, 1.0), (720, 540, 2.0)]
)
def test_nothing_of_the_frame_is_cut(
    qtbot: QtBot, qapp: QApplication, dress: Dress, width: int, height: int, scale: float
) -> None:
    made = shell(qtbot, [], settings=True)
    look = load_look("day", scale)
    dress(look)
    made.show_screen(QLabel("course"), Bar("Wren", tab=COURSE))
    made.restyle(look)
    made.resize(width, height)
    qapp.processEvents()
    parts = [*made.rail.values(), *made.tabs.values(), made.finder, made.look_button, made.title]
    for part in parts:
        assert part.width() >= part.sizeHint().width(), part
        assert part.height() >= part.sizeHint().height() - 1, part
        corner = part.mapTo(made, part.rect().bottomRight())
        assert corner.x() <= made.width(), part
        assert corner.y() <= made.height(), part
    rail = sorted((b.geometry().top(), b.geometry().bottom()) for b in made.rail.values())
    assert all(above[1] < below[0] for above, below in pairwise(rail))


def test_the_list_shows_clients_only_when_sought_and_finds_the_closest_first(qtbot: QtBot) -> None:
    did: list[str] = []
    over = QLabel()
    over.resize(900, 700)
    qtbot.addWidget(over)
    over.show()
    palette = CommandPalette(load_look("day"), over)
    names = ("Lock now", "Home")
    commands = [Command(name, "", lambda name=name: did.append(name)) for name in names]  # type: ignore[misc]
    aliases = ("Owl", "Lo", "Home")
    commands += [Command(a, "", lambda a=a: did.append(f"client {a}"), sought=True) for a in aliases]  # type: ignore[misc]
    palette.open(commands)
    shown = [palette._list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(palette._list.count())]
    assert shown == ["Lock now", "Home"]
    qtbot.keyClicks(palette._field, "ho")
    qtbot.keyClick(palette._field, Qt.Key.Key_Down)
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert did == ["client Home"]  # and not the screen of the same name
    palette.open(commands)
    qtbot.keyClicks(palette._field, "Lo")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert did[-1] in {"Lock now", "client Lo"}
    palette.open(
        commands, lambda typed: [Command(f"Look for “{typed}”", "", lambda: did.append(f"looked for {typed}"))]
    )
    qtbot.keyClicks(palette._field, "kitchen")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert did[-1] == "looked for kitchen"  # nothing is called so
    palette.open(commands)
    palette.forget()
    assert palette._list.count() == 0
    assert not palette.isVisible()

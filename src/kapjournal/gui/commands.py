"""What the list that finds everything holds outside of a session: every screen, every client, every action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from kapjournal.domain.course import Client, SessionKind
from kapjournal.domain.course_plan import KIND_NAMES
from kapjournal.gui.widgets.button import Button
from kapjournal.gui.widgets.command_palette import Command


class Ways(NamedTuple):
    """What the actions do."""

    home: Callable[[], None]
    clients: Callable[[], None]
    client: Callable[[str], None]
    prepare: Callable[[str], None]
    live: Callable[[str], None]
    begin: Callable[[str, SessionKind], None]
    back: Callable[[], None]
    forward: Callable[[], None]
    lock: Callable[[], None]
    review: Callable[[str], None]
    integrate: Callable[[str], None]
    hand_over: Callable[[str], None]
    handovers: Callable[[], None]
    open_bundle: Callable[[], None]
    picture: Callable[[str], None]
    mine: Callable[[], None]
    themes: Callable[[str], None]  # of a client, or of none
    parts: Callable[[str], None]
    late: Callable[[], None]
    settings: Callable[[str], None] | None = None  # at one of its pages
    back_up: Callable[[], None] | None = None
    measure: Callable[[str], None] | None = None


def desk_commands(ways: Ways, clients: Iterable[Client], here: str, screen: QWidget | None = None) -> list[Command]:
    """Screens and actions; those of the client in front (`here`) first, then every client by alias.

    Whatever can be pressed on the screen in front can be found as well.
    """
    known = {client.id: client for client in clients}
    commands = list(_here(ways, known[here])) if here in known else []
    commands += [
        Command("Home", "", ways.home),
        Command("Clients", "", ways.clients),
        Command("Handovers", "", ways.handovers),
        Command("Open a bundle", "", ways.open_bundle),
        Command("My own notes", "", ways.mine),
        Command("Themes", "", lambda: ways.themes(here)),
        Command("Back", "Alt Left", ways.back),
        Command("Forward", "Alt Right", ways.forward),
    ]
    if ways.settings is not None:
        commands += _settings(ways.settings)
    if ways.back_up is not None:
        commands.append(Command("Back up now", "", ways.back_up))
    commands.append(Command("Lock now", "Ctrl L", ways.lock))
    commands += _of_the_screen(screen, {command.name for command in commands})
    for client in sorted(known.values(), key=lambda c: c.alias.casefold()):
        commands += _theirs(ways, client)
    return commands


def _here(ways: Ways, client: Client) -> Iterable[Command]:
    yield Command("Course", "Ctrl 1", lambda: ways.client(client.id))
    yield Command("Prepare", "Ctrl 2", lambda: ways.prepare(client.id))
    yield Command("Live", "Ctrl 3", lambda: ways.live(client.id))
    yield Command("Review", "Ctrl 4", lambda: ways.review(client.id))
    yield Command("Integrate", "Ctrl 5", lambda: ways.integrate(client.id))
    yield Command("Hand over", "Ctrl 6", lambda: ways.hand_over(client.id))
    yield Command("Add a late entry", "Ctrl Shift E", ways.late)
    yield Command("The course in pictures", "", lambda: ways.picture(client.id))
    yield Command("Parts", "", lambda: ways.parts(client.id))
    yield Command("Edit the card", "", lambda: ways.prepare(client.id))
    if ways.measure is not None:
        yield Command("Measures", "", partial(ways.measure, client.id))
    for kind, name in KIND_NAMES.items():
        yield Command(f"Start {_a(name)} session", "", partial(ways.begin, client.id, kind))


def _theirs(ways: Ways, client: Client) -> Iterable[Command]:
    alias = f"{client.alias} (archived)" if client.archived_on else client.alias
    yield Command(alias, "", lambda: ways.client(client.id), sought=True)
    yield Command(f"{alias}: prepare", "", lambda: ways.prepare(client.id), sought=True)
    yield Command(f"{alias}: live", "", lambda: ways.live(client.id), sought=True)
    if ways.measure is not None:
        yield Command(f"{alias}: measures", "", partial(ways.measure, client.id), sought=True)


def _settings(go: Callable[[str], None]) -> Iterable[Command]:
    from kapjournal.gui.settings.presenter import TABS  # noqa: PLC0415 - as in `rooms`

    yield Command("Settings", "Ctrl ,", partial(go, TABS[0].key))
    for tab in TABS:
        yield Command(f"Settings: {tab.title}", "", partial(go, tab.key), sought=True)


def _of_the_screen(screen: QWidget | None, known: set[str]) -> Iterable[Command]:
    for button in screen.findChildren(Button) if screen is not None else ():
        name = button.accessibleName() or button.text().replace("&", "")
        if name and name not in known and button.isVisible() and button.isEnabled():
            known.add(name)
            yield Command(name, "", button.click, sought=True)


def _a(name: str) -> str:
    word = name.lower()
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"

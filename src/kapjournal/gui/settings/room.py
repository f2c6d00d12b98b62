"""Joins the settings screen to the use cases for the journal that is open, and makes the daily backup.

The navigator makes one room, tells it which journal was opened and when it is locked, and asks it for the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kapjournal.application import open_vault
from kapjournal.application.back_up import BACKUP_FOLDER, back_up, back_up_if_due, note_check
from kapjournal.application.own_lists import Tables
from kapjournal.application.ports import Clock, Journal, KeyStore, Tasks
from kapjournal.domain.errors import JournalError, Refused
from kapjournal.gui.look import Look
from kapjournal.gui.settings.seen import READ_PLACES, Instrument, Strength
from kapjournal.gui.settings.seen import Journal as Files
from kapjournal.gui.settings.uses import SettingsUses
from kapjournal.settings import Settings

if TYPE_CHECKING:  # the screen is loaded when it is entered: the start does not wait for it
    from kapjournal.gui.settings.view import SettingsView


class OpenJournal(NamedTuple):
    """A journal that is open, and where it lies."""

    journal: Journal
    folder: Path
    demo: bool = False


class Site(Protocol):
    """What the room takes from the world."""

    @property
    def clock(self) -> Clock: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def tables(self) -> Tables: ...
    @property
    def bug(self) -> Callable[[Exception], None]: ...


class Outside(NamedTuple):
    """What the room needs from the rest of the program."""

    keys: KeyStore
    settings: Callable[[], Settings]
    apply: Callable[[Settings], bool]  # at once, and whether it could be kept for the next start
    strength: Callable[[str], Strength]
    suggest: Callable[[], str]
    synced_by: Callable[[Path], str | None]
    instruments: Callable[[], tuple[Instrument, ...]]
    themes: Callable[[], None]  # to the list of themes


class Entered(NamedTuple):
    """The screen, and what is to be called when one goes out of it: what is half-typed is then on its way."""

    view: SettingsView
    leave: Callable[[], None]


class SettingsRoom:
    """Knows which journal is open; everything slow here runs on the worker."""

    def __init__(self, site: Site, outside: Outside) -> None:
        self._site, self._outside = site, outside
        self._opened: OpenJournal | None = None

    def opened(self, opened: OpenJournal) -> None:
        """A journal was opened."""
        self._opened = opened

    def locked(self) -> None:
        """The journal is locked: nothing of it stays here."""
        self._opened = None

    def enter(self, look: Look, leave: Callable[[], None], tab: str = "looks", *, framed: bool = False) -> Entered:
        """The screen, at one of its pages; `leave` goes back to where it was opened from.

        `framed` is for a frame that has the title and the ways out itself.
        """
        from kapjournal.gui.settings.presenter import SettingsPresenter  # noqa: PLC0415
        from kapjournal.gui.settings.view import SettingsView  # noqa: PLC0415

        if self._opened is None:
            raise RuntimeError("no journal is open")
        view = SettingsView(look, framed=framed)
        uses = settings_uses(self._opened, self._site.clock, self._outside, leave)
        presenter = SettingsPresenter(uses, self._site.tables, self._site.tasks, self._site.clock, view)
        view.bind(presenter)
        presenter.start(tab)
        return Entered(view, presenter.finished)

    def back_up_if_due(self) -> None:
        """Once a day, quietly; to be called when no session runs. What went wrong lies on the desk, to be told."""
        opened, site, keys = self._opened, self._site, self._outside.keys
        if opened is None or opened.demo:
            return
        site.tasks.run(
            lambda: back_up_if_due(opened.journal, keys, opened.folder, site.clock),
            lambda _: None,
            lambda error: None if isinstance(error, JournalError) else site.bug(error),
        )


def settings_uses(opened: OpenJournal, clock: Clock, outside: Outside, leave: Callable[[], None]) -> SettingsUses:
    """What the screen can ask for."""
    journal, folder, keys = opened.journal, opened.folder, outside.keys

    def read() -> tuple[Mapping[str, str | None], Files]:
        desk = {place: journal.desk(place) for place in READ_PLACES}
        return desk, Files(folder, outside.synced_by(folder), keys.check(folder), opened.demo)

    def back_up_now() -> None:
        into = journal.desk(BACKUP_FOLDER)
        if not into:
            raise Refused("Choose a folder for backups first.")
        back_up(journal, keys, folder, Path(into), clock)

    return SettingsUses(
        read=read,
        lay=journal.put_on_desk,
        settings=outside.settings,
        apply=outside.apply,
        back_up=back_up_now,
        check=lambda: note_check(journal, clock, (*keys.check(folder), *journal.verify())),
        change_passphrase=lambda old, new: open_vault.change_passphrase(keys, folder, old, new),
        renew_recovery_key=lambda passphrase: keys.renew_recovery_key(folder, passphrase),
        test_recovery_key=lambda typed: keys.test_recovery(folder, typed),
        repair_key_file=lambda: keys.repair(folder),
        strength=outside.strength,
        suggest=outside.suggest,
        instruments=outside.instruments,
        themes=outside.themes,
        leave=leave,
    )

"""The way into the settings and back out, and the daily backup: joins the settings room to whoever holds the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kapjournal.application.ports import Journal
from kapjournal.gui.entrance import Entered, Entrance
from kapjournal.gui.look import Look
from kapjournal.gui.settings.room import OpenJournal, Outside, SettingsRoom, Site
from kapjournal.gui.settings.seen import Instrument, Strength
from kapjournal.gui.window import Window
from kapjournal.settings import Settings

if TYPE_CHECKING:  # the live view is loaded when there is a session to show
    from kapjournal.gui.live.presenter import LivePresenter


class House(Site, Protocol):
    """What is taken from the world."""

    @property
    def entrance(self) -> Entrance: ...
    @property
    def instruments(self) -> Callable[[], tuple[Instrument, ...]]: ...


class Front(Protocol):
    """What is needed of whoever holds the window, the journal and the session."""

    journal: Journal | None
    presenter: LivePresenter | None
    look: Look
    window: Window
    settings: Settings

    @property
    def world(self) -> House: ...
    def remember(self, settings: Settings) -> bool: ...
    def set_look(self, name: str, scale: float) -> None: ...
    def leave_session(self) -> None: ...
    def go_home(self) -> None: ...
    def go_live(self, session: str) -> None: ...


class SettingsDoor:
    """Told of the journal that was entered and of the lock; opens the settings at one of their pages.

    `themes` leads to the list of themes.
    """

    def __init__(self, front: Front, themes: Callable[[], None]) -> None:
        self._front = front
        entrance = front.world.entrance
        outside = Outside(
            keys=entrance.keys,
            settings=lambda: front.settings,
            apply=self._apply,
            strength=lambda typed: Strength(*entrance.words.strength(typed)),
            suggest=entrance.words.suggest,
            synced_by=entrance.synced_by,
            instruments=front.world.instruments,
            themes=themes,
        )
        self.room = SettingsRoom(front.world, outside)
        self._leave: Callable[[], None] = lambda: None

    def entered(self, entered: Entered) -> None:
        """A journal was opened."""
        self.room.opened(OpenJournal(entered.journal, entered.folder, entered.demo))

    def locked(self) -> None:
        """The journal is locked."""
        self.room.locked()

    def go(self, tab: str = "looks") -> None:
        """Show the settings; leaving them goes back into the session that was in front, or home.

        Not under the veil, which only its own key lifts.
        """
        front, live = self._front, self._front.presenter
        veiled = live is not None and live.situation.veiled
        from kapjournal.gui.settings.view import SettingsView  # noqa: PLC0415 - as in the room

        if front.journal is None or veiled or isinstance(front.window.screen_shown, SettingsView):
            return
        session = live.held.session.id if live is not None else None
        front.leave_session()
        back = front.go_home if session is None else lambda: front.go_live(session)
        view, self._leave = self.room.enter(front.look, back, tab)
        front.window.show_screen(view)
        view.begin()

    def leave(self) -> None:
        """Go out: what is half-typed there is on its way to the disk before the next work."""
        leave, self._leave = self._leave, lambda: None
        leave()

    def _apply(self, settings: Settings) -> bool:
        kept = self._front.remember(settings)
        if (settings.look, settings.text_scale) != (self._front.look.name, self._front.look.scale):
            self._front.set_look(settings.look, settings.text_scale)
        return kept

"""Which screen is shown and why: unlock, the rooms of desk work, a session; and the lock, which always wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kapjournal.application.ports import Journal
from kapjournal.application.start_session import Opened, open_session, session_to_show
from kapjournal.application.watch_idle import Measure, Patience, called_for
from kapjournal.domain.course import Client, Session
from kapjournal.domain.errors import JournalError
from kapjournal.gui.behind_lock import BehindLock, behind_lock, tell
from kapjournal.gui.desk import Desk
from kapjournal.gui.desktop_signals import DesktopSignals
from kapjournal.gui.entrance import Entered
from kapjournal.gui.look import apply_look, following, load_look, stepped
from kapjournal.gui.messages import UNEXPECTED, UNSAVED_BEHIND_LOCK, trouble
from kapjournal.gui.settings_door import SettingsDoor
from kapjournal.gui.unlock.presenter import UnlockPresenter
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.gui.widgets.command_palette import Command
from kapjournal.gui.widgets.key_map import EVERYWHERE, LINE, LIVE
from kapjournal.gui.window import FrameKeys, Window
from kapjournal.gui.world import World
from kapjournal.settings import Settings

if TYPE_CHECKING:
    from kapjournal.gui.live.keeping import Keeping
    from kapjournal.gui.live.presenter import LivePresenter
    from kapjournal.gui.live.tables import Tables

# ruff: noqa: PLC0415 - as in `rooms`, a screen is loaded when it is entered

Result = TypeVar("Result")

SETTLE_AFTER_IDLE_S = 30.0
ASLEEP_AFTER_S = 60.0  # two looks at the clock this far apart mean that the machine slept


class Navigator(QObject):
    """Holds the window, the open journal, and the session in front."""

    def __init__(
        self, world: World, settings: Settings, *, notice: str | None = None, live_client: str | None = None
    ) -> None:
        super().__init__()
        self._live_client = live_client
        self.world, self.settings = world, settings
        self.look = load_look(settings.look, settings.text_scale)
        self.journal: Journal | None = None
        self.presenter: LivePresenter | None = None
        self._held_back: dict[str, Keeping] = {}
        self._stirred_at = world.clock.now()
        self._settled = True
        self._quitting = False
        self._behind_lock: BehindLock | None = None
        self._notices: tuple[str, ...] = (notice,) if notice else ()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_look(application, self.look)
        self.desk = Desk(self)
        self.settings_door = SettingsDoor(self, self.desk.go_themes)
        self.desk.settings_room = self.settings_door.go
        self.desk.back_up = lambda: self.settings_door.go("safekeeping")
        self.desk.measure_room = self._go_measures_of
        self.window = Window(self.look, self._keys())
        self.window.stirred.connect(self._stirred)
        self._desktop = DesktopSignals(self.screen_locked, self.going_to_sleep)
        self._watch = QTimer(self)
        self._watch.setInterval(1000)
        self._watch.timeout.connect(self._look_around)
        self._looked_at = world.clock.now()
        self._watch.start()

    # --- screens -------------------------------------------------------------------------------------------

    def go_unlock(self, folder: Path | None = None) -> None:
        """Show the unlock screen."""
        view = UnlockView(self.look)
        uses = self.world.entrance.uses(lambda: self.settings, self.entered)
        presenter = UnlockPresenter(uses, self.world.tasks, view, self.world.place)
        view.bind(presenter)
        self.window.show_screen(view)
        presenter.start()
        if folder is not None and folder.is_dir():
            presenter.choose_other(folder)

    def opened(self, journal: Journal) -> None:
        """Go on with a journal that was opened: straight into the running session, or to the clients."""
        self.journal, self._behind_lock = journal, None
        self.desk.enter()
        self._stirred()
        wanted, self._live_client = self._live_client, None
        clock, new_id = self.world.clock, self.world.new_id
        self.run(lambda: session_to_show(journal, clock, new_id, wanted), self._after_opening)

    def go_home(self) -> None:
        """Show the week at a glance."""
        self.desk.go_home()
        self.settings_door.room.back_up_if_due()

    def go_client(self, client: str) -> None:
        """Show one client with the course."""
        self.desk.go_client(client)

    def go_measures(self, client: Client, back: Callable[[], None] | None = None) -> None:
        """Show what was measured with a client; `back` says where Back leads, to the clients if nothing else."""
        from kapjournal.gui.measures.screen import measures_screen

        self.leave_session()
        world, leave, journal = self.world, back or self.go_home, self._open_journal()
        screen = measures_screen(self.look, journal, world.clock, world.new_id, world.tasks, client, leave)
        self.window.show_screen(screen)

    def go_prepare(self, client: str) -> None:
        """Show the preparation of a client's next session."""
        self.desk.go_prepare(client)

    def _go_measures_of(self, client: str) -> None:
        journal = self._open_journal()
        self.run(lambda: next(c for c in journal.clients() if c.id == client), self.go_measures)

    def go_settings(self) -> None:
        """Show the settings; out of a session, the way back leads into it."""
        if self.presenter is not None:
            self.settings_door.go()
        else:
            self.desk.go_settings()

    def go_live(self, session: str) -> None:
        """Open a session, running or closed; what is half-written in a preparation stands on its card."""
        journal, world = self._open_journal(), self.world
        self.desk.rooms.keep_now()

        def load() -> tuple[Opened, str, Tables]:
            from kapjournal.gui.live.own_lists import own_tables
            from kapjournal.gui.live.tapping import VEIL_PLACE

            opened = open_session(journal, world.clock, session)
            return opened, journal.desk(VEIL_PLACE) or "", own_tables(journal, world.tables)

        self.run(load, self._live)

    def _after_opening(self, running: Session | None) -> None:
        if running is not None:
            self.go_live(running.id)
        else:
            self.go_home()

    def _live(self, loaded: tuple[Opened, str, Tables]) -> None:
        if self.journal is None:  # the lock came first
            return
        from kapjournal.gui.live.keeping import Ground
        from kapjournal.gui.live.presenter import LivePresenter
        from kapjournal.gui.live.view import LiveView

        opened, veil_code, tables = loaded
        if opened.record.session.origin is not None:  # what came from elsewhere is looked at, and not written
            self.desk.go_review(opened.client.id, opened.record.session.id)
            return
        self.leave_session()
        world, journal = self.world, self._open_journal()
        parts = (journal, world.clock, world.new_id, world.tasks, world.timer, world.bug, self.desk.go_on, self.lock)
        self.presenter = presenter = LivePresenter(Ground(*parts), tables, opened, veil_code, world.tables)
        presenter.attach(view := LiveView(self.look, presenter))
        self.window.show_screen(view)
        view.take_focus()
        self._say(self._notices)
        held_back = self._held_back.pop(opened.record.session.id, None)
        if held_back is not None and (unsaved := held_back.unsaved()) is not None:
            presenter.put_back(unsaved)

    def entered(self, entered: Entered) -> None:
        """Go in: remember where the journal lies (not the demo), and say what its files need."""
        if not entered.demo:
            self.remember(self.settings.opened(entered.folder.stem, entered.folder, self.world.clock.now().at))
        self._notices = (*self._notices, *entered.notices)
        self.settings_door.entered(entered)
        self.desk.rooms.keys = entered.keys
        self.opened(entered.journal)

    def enter_with(self, open_it: Callable[[], Entered]) -> None:
        """Open a journal that was named on the command line; what goes wrong is told on the unlock screen."""
        self.go_unlock()
        self.world.tasks.run(open_it, self.entered, self._failed)

    # --- lock, quit ----------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Lock now. The half-typed line goes to the disk first; if that fails it waits in memory, and the lock wins."""
        journal, self.journal = self.journal, None
        if journal is None:
            return
        self.settings_door.locked()
        self._behind_lock = behind_lock(self.presenter)
        self.leave_session()
        self.desk.leave()
        self.world.tasks.run(journal.close, lambda _: None, lambda _: None)
        self.go_unlock()
        tell(self._behind_lock, self.window.screen_shown, self.world.clock.now())

    def screen_locked(self) -> None:
        """Hear that the screen was locked: blank a running session, lock everything else."""
        if self._in_session and self.presenter is not None:
            self.presenter.focus_lost()
            if not self.presenter.situation.veiled:
                self.presenter.veil()
        else:
            self.lock()

    def going_to_sleep(self) -> None:
        """Hear that the machine goes to sleep."""
        self.screen_locked()

    def may_quit(self) -> bool:
        """Let the window close; while a session runs (in sight) or words are not saved, ask in the strip first."""
        live = self.presenter
        asks = live is not None and (live.keeping.trouble or (self._in_session and not live.situation.veiled))
        if live is not None and asks and not self._quitting:
            live.ask_to_quit(self.quit)
            return False
        if live is None and self._held_back and not self._quitting:
            self._quitting = True
            self.window.say(UNSAVED_BEHIND_LOCK)
            return False
        self.shut_down()
        return True

    def quit(self) -> None:
        """Close the window without asking again; a running session stays open and resumes next time."""
        self._quitting = True
        self.window.close()

    def shut_down(self) -> None:
        """Keep what is half-typed, close the journal, and wait until both are done."""
        self._watch.stop()
        journal, self.journal = self.journal, None
        self.leave_session()
        self.desk.leave()
        if journal is not None:
            self.world.tasks.run(journal.close, lambda _: None, lambda _: None)
        self.world.tasks.close()
        self.world.entrance.clear_up()

    def leave_session(self) -> None:
        """Let what is in front go; what is half-typed is on its way to the disk."""
        self.settings_door.leave()
        self.desk.rooms.leave()
        presenter, self.presenter = self.presenter, None
        if presenter is None:
            return
        presenter.stop()
        session, keeping = presenter.held.session.id, presenter.keeping
        self._held_back[session] = keeping

        def told(_: object) -> None:  # by now every write has said what became of it
            if keeping.unsaved() is None and self._held_back.get(session) is keeping:
                del self._held_back[session]

        self.world.tasks.run(lambda: None, told, self.world.bug)

    # --- idleness ------------------------------------------------------------------------------------------

    @property
    def _in_session(self) -> bool:
        return self.presenter is not None and self.presenter.held.session.running

    def stop_watching(self) -> None:
        """Look at the clock no more (the window is closing, or a test moves time by itself)."""
        self._watch.stop()

    def _stirred(self) -> None:
        self._stirred_at = self.world.clock.now()
        self._settled = False

    def _look_around(self) -> None:
        now = self.world.clock.now()
        slept = now.seconds_after(self._looked_at) > ASLEEP_AFTER_S
        self._looked_at = now
        if self.journal is None:
            tell(self._behind_lock, self.window.screen_shown, now)
            return
        if slept:
            self.screen_locked()
        idle_s = now.seconds_after(self._stirred_at)
        s = self.settings
        patience = Patience(s.veil_after_minutes, s.lock_after_minutes, s.idle_lock_minutes)
        measure = called_for(idle_s, in_session=self._in_session, patience=patience)
        if measure is Measure.LOCK:
            self.lock()
        elif measure is Measure.VEIL and self.presenter is not None and not self.presenter.situation.veiled:
            self.presenter.veil()
        if idle_s > SETTLE_AFTER_IDLE_S and not self._settled and self.journal is not None:
            self._settled = True
            self.world.settle(self.journal, in_session=self._in_session)

    def set_look(self, name: str, scale: float) -> None:
        """Dress everything anew and remember it; the screen in front keeps its state."""
        self.look = load_look(name, scale)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_look(application, self.look)
        self.remember(self.settings.model_copy(update={"look": name, "text_scale": scale}))
        self.window.restyle(self.look)

    def remember(self, settings: Settings) -> bool:
        """Keep settings for the next start; whether that could be done."""
        self.settings = settings
        return self.world.remember(settings)

    def next_look(self) -> None:
        """Day, Dusk, Night."""
        self.set_look(following(self.look.name), self.look.scale)

    def _step_size(self, step: int) -> None:
        self.set_look(self.look.name, stepped(self.look.scale, step))

    # --- keys and commands ---------------------------------------------------------------------------------

    def _keys(self) -> FrameKeys:
        return FrameKeys(
            lock=self.lock,
            next_look=self.next_look,
            larger=lambda: self._step_size(1),
            smaller=lambda: self._step_size(-1),
            plain_size=lambda: self.set_look(self.look.name, 1.0),
            commands=self._commands,
            keys=self._show_keys,
            quit=self.may_quit,
            tab=self.desk.tab,
            back=self.desk.go_back,
            forward=self.desk.go_forward,
            settings=self.go_settings,
        )

    def _show_keys(self) -> None:
        sections = (*LIVE, LINE, EVERYWHERE) if self.presenter is not None else self.desk.keys
        self.window.toggle_keys(self.look, sections)

    def _commands(self) -> Sequence[Command]:
        from kapjournal.gui.live.commands import live_commands

        live = self.presenter
        if live is not None and live.situation.veiled:  # what it would show is covered
            return [Command("Lock now", "Ctrl L", self.lock)]
        looks = [
            Command("Day, Dusk, Night: the next look", "Ctrl Shift D", self.next_look),
            Command("Larger text", "Ctrl +", lambda: self._step_size(1)),
            Command("Smaller text", "Ctrl −", lambda: self._step_size(-1)),
            Command("Keys for this view", "F1", self._show_keys),
        ]
        if self.journal is None:
            return looks
        return [*(live_commands(live) if live is not None else []), *self.desk.commands(), *looks]

    def _open_journal(self) -> Journal:
        if self.journal is None:
            raise RuntimeError("no journal is open")
        return self.journal

    def run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do work on the worker; trouble is told in the strip, and nothing is done if the journal was locked since."""
        journal = self.journal

        def still_open(result: Result) -> None:
            if self.journal is journal:
                done(result)

        self.world.tasks.run(work, still_open, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            self.world.bug(error)
        self._say((trouble(error).sentence,))
        if self.journal is not None and self.presenter is None and self.window.shell is None:
            self.go_home()

    def tell_bug(self) -> None:
        """Say that the program made a mistake; what is half-typed is kept first."""
        if self.presenter is not None:
            self.presenter.focus_lost()
        self._say((UNEXPECTED,))

    def _say(self, sentences: tuple[str, ...]) -> None:
        """Tell in the strip of the screen in front, or as soon as there is one that has a strip."""
        self._notices = ()
        if not sentences:
            return
        if self.presenter is not None:
            from kapjournal.gui.live.state import Banner

            self.presenter.say(Banner(" ".join(sentences), actions=(("close", "Close"),)))
        else:
            self._notices = sentences
            self.window.say(" ".join(sentences))

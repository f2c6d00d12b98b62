"""Which screen is shown and why: unlock, clients, the card's form, a session; and the lock, which always wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kapjournal.application.ports import Clock, Journal, NewId, Timer
from kapjournal.application.prepare import HalfWritten
from kapjournal.application.start_session import Opened, add_client, open_session, session_to_show, start_session
from kapjournal.application.watch_idle import Measure, Patience, called_for
from kapjournal.domain.course import Client, Session
from kapjournal.domain.errors import JournalError
from kapjournal.domain.moment import Moment
from kapjournal.gui.behind_lock import BehindLock, behind_lock, tell
from kapjournal.gui.desktop_signals import DesktopSignals
from kapjournal.gui.entrance import Entered, Entrance
from kapjournal.gui.home.presenter import HomePresenter, HomeUses, People
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.commands import live_commands
from kapjournal.gui.live.keeping import Ground
from kapjournal.gui.live.own_lists import own_tables
from kapjournal.gui.live.presenter import LivePresenter
from kapjournal.gui.live.state import Banner
from kapjournal.gui.live.tables import Tables
from kapjournal.gui.live.tapping import VEIL_PLACE
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.look import apply_look, load_look
from kapjournal.gui.messages import UNEXPECTED, trouble
from kapjournal.gui.prepare.presenter import PreparePresenter
from kapjournal.gui.prepare.uses import prepare_uses
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.tasks import WorkerTasks
from kapjournal.gui.unlock.presenter import UnlockPresenter
from kapjournal.gui.unlock.view import UnlockView
from kapjournal.gui.widgets.command_palette import Command
from kapjournal.gui.widgets.key_map import EVERYWHERE, LINE, LIVE, KeyMap
from kapjournal.gui.window import FrameKeys, Window
from kapjournal.settings import Settings

LOOKS = ("day", "dusk", "night")
SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
SETTLE_AFTER_IDLE_S = 30.0
ASLEEP_AFTER_S = 60.0  # two looks at the clock this far apart mean that the machine slept


class World(NamedTuple):
    """What the windows are given by the composition root."""

    clock: Clock
    new_id: NewId
    tasks: WorkerTasks
    timer: Timer
    tables: Tables
    entrance: Entrance
    bug: Callable[[Exception], None]
    remember: Callable[[Settings], None]
    place: Path  # where a new journal is offered to lie


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
        self.preparing: PreparePresenter | None = None
        self._half_written: dict[str, HalfWritten] = {}  # preparations let go, with what the disk refused
        self._left: dict[str, LivePresenter] = {}  # sessions let go by a lock, with what the disk refused
        self._stirred_at = world.clock.now()
        self._settled = True
        self._quitting = False
        self._behind_lock: BehindLock | None = None
        self._notices: tuple[str, ...] = (notice,) if notice else ()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_look(application, self.look)
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
        self._stirred()
        wanted, self._live_client = self._live_client, None
        clock, new_id = self.world.clock, self.world.new_id
        self._run(lambda: session_to_show(journal, clock, new_id, wanted), self._after_opening)

    def go_home(self) -> None:
        """Show the clients."""
        self._leave_session()
        self._show_home()

    def go_card(self, client: Client) -> None:
        """Show the preparation of a client."""
        self._leave_session()
        journal, world = self._open_journal(), self.world
        uses = prepare_uses(journal, world.clock, world.new_id, leave=self.go_home, open_session=self.go_live)
        view = PrepareView(self.look, alone=True)
        presenter = PreparePresenter(uses, world.tasks, world.timer, view)
        self.preparing = presenter
        view.bind(presenter)
        self.window.show_screen(view)
        presenter.start(client, self._half_written.pop(client.id, None))

    def _show_home(self) -> None:
        journal, world = self._open_journal(), self.world
        uses = HomeUses(
            people=lambda: People(journal.clients(), journal.sessions()),
            add_client=lambda alias: add_client(journal, world.new_id, alias),
            start=lambda client: start_session(journal, world.clock, world.new_id, client),
            enter=lambda session: self.go_live(session.id),
            edit_card=self.go_card,
            lock=self.lock,
            next_look=self._next_look,
        )
        view = HomeView(self.look)
        presenter = HomePresenter(uses, world.tasks, world.clock, view)
        view.bind(presenter)
        self.window.show_screen(view)
        presenter.start()

    def go_live(self, session: str) -> None:
        """Open a session, running or closed; what is half-written in a preparation stands on its card."""
        journal, world = self._open_journal(), self.world
        if self.preparing is not None:
            self.preparing.keep_now()

        def load() -> tuple[Opened, str, Tables]:
            opened = open_session(journal, world.clock, session)
            return opened, journal.desk(VEIL_PLACE) or "", own_tables(journal, world.tables)

        self._run(load, self._live)

    def _after_opening(self, running: Session | None) -> None:
        if running is not None:
            self.go_live(running.id)
        else:
            self.go_home()

    def _live(self, loaded: tuple[Opened, str, Tables]) -> None:
        opened, veil_code, tables = loaded
        self._leave_session()
        world, journal = self.world, self._open_journal()
        ground = Ground(
            journal, world.clock, world.new_id, world.tasks, world.timer, world.bug, leave=self.go_home, lock=self.lock
        )
        presenter = LivePresenter(ground, tables, opened, veil_code, world.tables)
        view = LiveView(self.look, presenter)
        self.presenter = presenter
        presenter.attach(view)
        self.window.show_screen(view)
        view.take_focus()
        self._say(self._notices)
        left = self._left.pop(opened.record.session.id, None)
        if left is not None:
            presenter.put_back(left.keeping.unsaved())

    def entered(self, entered: Entered) -> None:
        """Go in: remember where the journal lies (not the demo), and say what its files need."""
        if not entered.demo:
            name = entered.folder.stem
            self.remember(self.settings.opened(name, entered.folder, self.world.clock.now().at))
        self._notices = (*self._notices, *entered.notices)
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
        self._behind_lock = behind_lock(self.presenter)
        self._leave_session()
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
        """Let the window close; while a session runs, ask in the strip first."""
        if self._in_session and self.presenter is not None and not self._quitting:
            self.presenter.ask_to_quit(self.quit)
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
        self._leave_session()
        if journal is not None:
            self.world.tasks.run(journal.close, lambda _: None, lambda _: None)
        self.world.tasks.close()
        self.world.entrance.clear_up()

    def _leave_preparation(self) -> None:
        """Send what is half-written ahead of whatever comes; what the disk refuses waits in memory."""
        presenter, self.preparing = self.preparing, None
        if presenter is not None:
            presenter.stop(lambda client, held: self._half_written.update({client: held}))

    def _leave_session(self) -> None:
        self._leave_preparation()
        presenter, self.presenter = self.presenter, None
        if presenter is None:
            return
        presenter.stop()
        self._left[presenter.held.session.id] = presenter

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
        slept = _seconds(self._looked_at, now) > ASLEEP_AFTER_S
        self._looked_at = now
        if self.journal is None:
            tell(self._behind_lock, self.window.screen_shown, now)
            return
        if slept:
            self.screen_locked()
        idle_s = _seconds(self._stirred_at, now)
        s = self.settings
        patience = Patience(s.veil_after_minutes, s.lock_after_minutes, s.idle_lock_minutes)
        measure = called_for(idle_s, in_session=self._in_session, patience=patience)
        if measure is Measure.LOCK:
            self.lock()
        elif measure is Measure.VEIL and self.presenter is not None and not self.presenter.situation.veiled:
            self.presenter.veil()
        if idle_s > SETTLE_AFTER_IDLE_S and not self._settled and self.journal is not None:
            self._settled = True
            self.world.tasks.run(self.journal.settle, lambda _: None, lambda _: None)

    # --- how it looks --------------------------------------------------------------------------------------

    def set_look(self, name: str, scale: float) -> None:
        """Dress everything anew and remember it; the screen in front keeps its state."""
        self.look = load_look(name, scale)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_look(application, self.look)
        self.remember(self.settings.model_copy(update={"look": name, "text_scale": scale}))
        self.window.restyle(self.look)
        screen = self.window.screen_shown
        restyle = getattr(screen, "restyle", None)
        if restyle is not None:
            restyle(self.look)

    def remember(self, settings: Settings) -> None:
        """Keep settings for the next start."""
        self.settings = settings
        self.world.remember(settings)

    def _next_look(self) -> None:
        self.set_look(LOOKS[(LOOKS.index(self.look.name) + 1) % len(LOOKS)], self.look.scale)

    def _step_size(self, step: int) -> None:
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self.look.scale))
        self.set_look(self.look.name, SIZES[max(0, min(len(SIZES) - 1, nearest + step))])

    # --- keys and commands ---------------------------------------------------------------------------------

    def _keys(self) -> FrameKeys:
        return FrameKeys(
            lock=self.lock,
            next_look=self._next_look,
            larger=lambda: self._step_size(1),
            smaller=lambda: self._step_size(-1),
            plain_size=lambda: self.set_look(self.look.name, 1.0),
            commands=self._commands,
            keys=self._show_keys,
            quit=self.may_quit,
        )

    def _show_keys(self) -> None:
        sections = (*LIVE, LINE, EVERYWHERE) if self.presenter is not None else (EVERYWHERE,)
        KeyMap(self.look, self.window, sections)

    def _commands(self) -> Sequence[Command]:
        commands = [
            Command("Day, Dusk, Night: the next look", "Ctrl Shift D", self._next_look),
            Command("Larger text", "Ctrl +", lambda: self._step_size(1)),
            Command("Smaller text", "Ctrl −", lambda: self._step_size(-1)),
            Command("Keys for this view", "F1", self._show_keys),
        ]
        if self.journal is not None:
            commands.append(Command("Lock now", "Ctrl L", self.lock))
            commands.append(Command("Clients", "", self.go_home))
        live = self.presenter
        if live is not None:
            commands += live_commands(live)
        return commands

    # --- within --------------------------------------------------------------------------------------------

    def _open_journal(self) -> Journal:
        if self.journal is None:
            raise RuntimeError("no journal is open")
        return self.journal

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.world.tasks.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            self.world.bug(error)
        self._say((trouble(error).sentence,))
        if self.journal is not None and self.presenter is None:
            self._show_home()

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
            self.presenter.say(Banner(" ".join(sentences), actions=(("close", "Close"),)))
        else:
            self._notices = sentences
            self.window.say(" ".join(sentences))


def _seconds(earlier: Moment, later: Moment) -> float:
    return later.tick_s - earlier.tick_s if earlier.boot == later.boot else 0.0

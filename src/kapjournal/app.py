"""The composition root: the one file that knows every part and hands each what it needs."""

from __future__ import annotations

import linecache
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary, proxy

from kapjournal import __version__, crash, paths, resources, settings
from kapjournal.application.check_journal import JOURNAL, Machine
from kapjournal.application.open_vault import SHORTEST_PASSPHRASE
from kapjournal.application.ports import (
    Clock,
    Inspected,
    Journal,
    JournalStore,
    Keys,
    KeyStore,
    NewId,
    Recall,
    Sealer,
)
from kapjournal.cloud import cloud_folder
from kapjournal.domain.label import Theme
from kapjournal.domain.presets import StarterThemes
from kapjournal.domain.vitals import VitalsPresets
from kapjournal.machine import SystemClock, core_dumps_off, forbid_core_dumps, new_id
from kapjournal.vault.keyfile import KeyFile
from kapjournal.vault.passphrase import strength, suggested, word_list

if TYPE_CHECKING:
    from kapjournal.gui.navigator import Navigator

# Qt is imported only where windows are opened, for the command line has to work where there is none; SQLAlchemy only
# when a journal is, for the unlock screen has to be there soon.
# ruff: noqa: PLC0415


LOAD_AFTER_MS = 200


class Parts(NamedTuple):
    """What the use cases need from the world, as it really is."""

    clock: Clock
    new_id: NewId
    keys: KeyStore
    journals: JournalStore


class JournalsOnDisk:
    """The encrypted journals of this machine; implements `ports.JournalStore` and loads the database when asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def make(self, folder: Path, keys: Keys) -> Journal:
        """A new, empty journal."""
        return self._store().make(folder, keys)

    def open(self, folder: Path, keys: Keys) -> Journal:
        """The journal of a folder."""
        return self._store().open(folder, keys)

    def inspect(self, folder: Path, keys: Keys, progress: Callable[[int, int], None] | None = None) -> Inspected:
        """Look at all of a journal that is not open."""
        return self._store().inspect(folder, keys, progress)

    def copy_files(self, folder: Path, to: Path) -> None:
        """Copy the database of a journal that is not open."""
        self._store().copy_files(folder, to)

    def _store(self) -> JournalStore:
        from kapjournal.storage.store import SqlJournals

        return SqlJournals(self._clock)


def compose(clock: Clock | None = None, keys: KeyStore | None = None) -> Parts:
    """The real parts; tests hand in a clock that they move, and a key file that is quick to open."""
    clock = clock or SystemClock()
    return Parts(clock, new_id, keys or KeyFile(), JournalsOnDisk(clock))


def make_sealer(keys: Keys) -> Sealer:
    """What makes and opens bundles, with the keys of an open journal; loaded when asked for."""
    from kapjournal.handoff.sealer import AgeSealer

    words = word_list(resources.path("passphrase", "eff-large-words.txt"))
    return AgeSealer(keys, words, resources.path("handoff"))


def machine(journal: Path, folders: paths.Folders) -> Machine:
    """What `doctor` looks at, for the journal in this folder."""
    from kapjournal.storage.facts import database_facts
    from kapjournal.storage.opening import DATABASE

    database = database_facts()
    ciphers = {name: database.pop(name) for name in ("cipher", "seal of each page", "provider")}
    places = {JOURNAL: journal, "settings": folders.settings, "cache": folders.cache, "log": folders.logs}
    return Machine(
        versions={"KAP Journal": __version__, "Python": platform.python_version(), **database, **_qt_versions()},
        encryption=ciphers,
        core_dumps_off=core_dumps_off(),
        synced_by=cloud_folder,
        places=places,
        database=journal / DATABASE,
    )


def _qt_versions() -> dict[str, str]:
    try:
        qt = import_module("PySide6.QtCore").qVersion()
    except ImportError:  # a system library that it needs is not there
        qt = "cannot be loaded here"
    try:
        pyside = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:  # in a built folder
        pyside = str(getattr(import_module("PySide6"), "__version__", "unknown"))
    return {"Qt": qt, "PySide6": pyside}


# --- the windows -------------------------------------------------------------------------------------------------


def run_app(
    vault: Path | None = None,
    passphrase: str | None = None,
    *,
    demo: bool = False,
    live_client: str | None = None,
    bundle: Path | None = None,
) -> int:
    """Open the windows and stay until they are closed; returns the exit code. A `bundle` is shown after unlocking."""
    from PySide6.QtWidgets import QApplication

    from kapjournal.gui.look import load_fonts

    forbid_core_dumps()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    load_fonts()
    navigator = make_navigator(compose(), live_client=live_client)
    navigator.desk.rooms.waiting = str(bundle.absolute()) if bundle is not None else ""
    crash.install(lambda error: navigator.world.bug(error) if isinstance(error, Exception) else None)
    navigator.window.show()
    load_while_waiting(navigator)
    if demo:
        navigator.enter_with(navigator.world.entrance.open_demo)
    elif vault is not None and passphrase is not None:
        navigator.enter_with(lambda: navigator.world.entrance.open(vault, passphrase))
    else:
        navigator.go_unlock(vault)
    return application.exec()


def load_while_waiting(navigator: Navigator) -> None:
    """Load the database and the rooms on the worker once the first screen stands, while the passphrase is typed."""
    from PySide6.QtCore import QTimer

    tasks, bug = navigator.world.tasks, navigator.world.bug
    rooms = (f"kapjournal.gui.{room}.view" for room in ("home", "live", "client", "prepare", "integrate"))
    later = ("kapjournal.storage.store", *rooms)

    def load_one(name: str) -> None:
        # Shiboken reads the source of all that is imported after Qt, and Python keeps it: megabytes that nobody needs.
        linecache.clearcache()
        import_module(name)
        linecache.clearcache()

    def load() -> None:
        for name in later:  # one at a time: a journal that is opened meanwhile waits for one of them only
            tasks.run(partial(load_one, name), lambda _: None, bug)

    QTimer.singleShot(LOAD_AFTER_MS, navigator, load)


def make_navigator(parts: Parts, *, live_client: str | None = None) -> Navigator:
    """Wire the windows; a QApplication stands already."""
    from kapjournal.gui.entrance import Entrance, Words
    from kapjournal.gui.live.tables import load_tables
    from kapjournal.gui.navigator import Navigator
    from kapjournal.gui.settings.instruments import instruments_in
    from kapjournal.gui.tasks import WorkerTasks
    from kapjournal.gui.timer import QtTimer
    from kapjournal.gui.unlock.presenter import Strength
    from kapjournal.gui.world import World

    folders = paths.folders()
    loaded = settings.load(folders.settings_file)
    common = word_list(resources.path("passphrase", "eff-large-words.txt"))

    def held_to_be(typed: str) -> Strength:
        found = strength(typed, common)
        return Strength(found.sentence, enough=len(typed.strip()) >= SHORTEST_PASSPHRASE)

    words = Words(lambda: suggested(common), held_to_be)
    entrance = Entrance(parts.clock, parts.keys, parts.journals, words, cloud_folder, fill_demo)
    navigator: Navigator

    def bug(error: BaseException) -> None:
        with suppress(OSError):
            crash.write_report(folders.crash_reports, error)
        navigator.tell_bug()

    def remember(changed: settings.Settings) -> bool:
        try:
            settings.save(folders.settings_file, changed)
        except OSError:
            return False
        return True

    world = World(
        clock=parts.clock,
        new_id=parts.new_id,
        tasks=WorkerTasks(),
        timer=QtTimer(),
        tables=load_tables(resources.path),
        entrance=entrance,
        bug=bug,
        remember=remember,
        recall=Recalls(),
        sealer=make_sealer,
        place=folders.data,
        presets=_vitals_presets(),
        instruments=lambda: instruments_in(resources.path("instruments")),
    )
    navigator = Navigator(world, loaded.settings, notice=loaded.notice, live_client=live_client)
    return navigator


class Recalls:
    """One recall for each open journal, so that what it holds in memory is made once, and goes with the journal."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Journal, Recall] = WeakKeyDictionary()

    def __call__(self, journal: Journal) -> Recall:
        """The recall of this journal."""
        found = self._made.get(journal)
        if found is None:
            found = self._made[journal] = recall_of(proxy(journal))
        return found


def recall_of(journal: Journal) -> Recall:
    """What finds notes of an open journal; loaded when it is first wanted."""
    from kapjournal.recall.journal_recall import JournalRecall

    return JournalRecall(journal, starter_themes(), resources.path("recall"))


def starter_themes() -> tuple[Theme, ...]:
    """The themes that a new journal begins with."""
    content = resources.path("themes", "starter.json").read_text(encoding="utf-8")
    return StarterThemes.model_validate_json(content).themes


def _vitals_presets() -> tuple[tuple[str, str], ...]:
    """The published vitals schedules, each as its label and its minutes."""
    content = resources.path("live", "vitals-presets.json").read_text(encoding="utf-8")
    presets = VitalsPresets.model_validate_json(content).presets
    return tuple((preset.label, ", ".join(str(minute) for minute in preset.minutes)) for preset in presets)


def fill_demo(journal: Journal) -> None:
    """Put the invented course into an empty journal."""
    from kapjournal.application.import_records import import_records

    import_records(journal, resources.path("demo", "course.jsonl"))

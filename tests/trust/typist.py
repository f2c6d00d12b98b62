"""Somebody at the keyboard of the real program, who will be killed: `python -m tests.trust.typist`.

It imports the program once and then waits. For every line it is given (a `Task` as JSON) it forks, and the child is the
program: the real windows without a screen, the real journal of that folder, and a script of keys made from a seed. What
the child does and what its window shows goes to standard output, unbuffered, one JSON object a line, so that nothing
that was told is lost when it is killed. When a child has ended, the parent tells how.

What is told: `go` (the window stands in the session, with the rows and the text that it shows) · `k` (a key was
delivered at `t`, and the line reads `text` after it) · `e` (Enter is about to be delivered to the line `text`) ·
`r` (these rows were shown as kept) · `s` (what the field says of saving) · `w`, `d` (a write began, is on the disk).
Moments are CLOCK_MONOTONIC seconds. `q` is how long the threads waited for a processor until then.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kapjournal.application.changes import Changes
from kapjournal.application.keep_entry import HalfTyped
from kapjournal.application.ports import Journal
from kapjournal.domain.entry import Entry
from kapjournal.domain.label import Part, Tag, Theme
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live import keeping
from kapjournal.gui.live.state import Live
from kapjournal.gui.live.view import LiveView
from kapjournal.machine import SystemClock
from tests.journeys.stage import Stage, until

ALIAS = "Wren"
LINES = (
    "breath slower, hands open",
    '"they are all holding me',
    "> you can let the mat have your weight",
    "~ tired, sit back, don't fill",
    "shoulders let go an inch #letting-go",
    "tear, left eye only",
    "nods, tiny",
    "long quiet. colour ok",
    '"größer als das Zimmer – ganz weit',
    "fingers drumming on sternum 🌊 stops",
)
PACES_MS = ((6, 18), (15, 45), (50, 170))  # a fast typist's burst, a fast one, somebody in a dark room
DELAYED_BY_FAULT_S = 0.4

Tags: TypeAlias = Iterable[Tag]
Labels: TypeAlias = Iterable[Theme | Part]


class Task(NamedTuple):
    """One run of the program. `fault` breaks it on purpose, to see that the rounds find out."""

    folder: str
    seed: int
    number: int
    fault: str = ""
    types: bool = True


def tell(kind: str, **said: object) -> None:
    """One line, in one system call: whole or not at all, also when killed."""
    os.write(1, json.dumps({"is": kind, **said}, ensure_ascii=True).encode() + b"\n")


def main() -> None:
    """Fork a program for every line that comes in."""
    tell("ready", pid=os.getpid())
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                run(Task(**json.loads(line)))
            except BaseException:  # noqa: BLE001 - a child must never go on as its parent
                traceback.print_exc()
            os._exit(1)
        tell("started", pid=pid)
        _, status = os.waitpid(pid, 0)
        tell("ended", killed_by=os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)


def run(task: Task) -> None:
    """Open the journal, go into the running session or begin one, and type until killed."""
    application = QApplication([])
    hook_what_is_shown()
    hook_writes()
    FAULTS[task.fault]()
    stage = Stage(Path(task.folder), SystemClock())
    stage.open()
    frame = stage.navigator.window
    until(lambda: isinstance(frame.screen_shown, LiveView | HomeView), "the session, or the clients")
    resumed = isinstance(frame.screen_shown, LiveView)
    if not resumed:
        stage.session_with(ALIAS)
    state = stage.view._state
    assert state is not None
    shown = [row.id for row in state.rows]
    tell("go", resumed=resumed, rows=shown, text=stage.line.toPlainText(), cursor=stage.line.cursor_at())
    if task.types:
        typing = Typing(stage, task)  # held here, for its timer holds it only in a cycle
        typing.begin()
        application.exec()
    stage.quit()
    tell("quit")
    os._exit(0)


# --- what is told ------------------------------------------------------------------------------------------------


def hook_what_is_shown() -> None:
    """Tell every row that is in the stream as kept, and what the field says, once they are on the screen."""
    show, told, said = LiveView.show_state, set[str](), [""]

    def show_state(view: LiveView, state: Live) -> None:
        show(view, state)
        rows = [
            row.id for row in state.rows if row.id not in told and not any("not saved" in f.text for f in row.flags)
        ]
        if rows:
            told.update(rows)
            tell("r", t=time.monotonic(), rows=rows)
        says = state.capture.trouble or state.capture.saved
        if says != said[0]:
            said[0] = says
            tell("s", t=time.monotonic(), says=says)

    LiveView.show_state = show_state  # type: ignore[method-assign]


def hook_writes() -> None:
    """Tell when writes of drafts and entries begin, and when they are on the disk."""
    keep_draft, keep_entry = keeping.keep_draft, keeping.keep_entry

    @wraps(keep_draft)
    def draft(journal: Journal, session: str, half_typed: HalfTyped) -> None:
        tell("w", t=time.monotonic(), text=half_typed.text)
        keep_draft(journal, session, half_typed)
        tell("d", t=time.monotonic(), text=half_typed.text)

    @wraps(keep_entry)
    def entry(journal: Journal, entry: Entry, tags: Tags, labels: Labels, *, clear_draft: bool) -> Changes:
        tell("w", t=time.monotonic(), entry=entry.id)
        changes = keep_entry(journal, entry, tags, labels, clear_draft=clear_draft)
        tell("d", t=time.monotonic(), entry=entry.id)
        return changes

    keeping.keep_draft, keeping.keep_entry = draft, entry  # type: ignore[assignment]


class Waits:
    """How long the threads of this process have waited for a processor, in seconds; 0.0 where nobody counts."""

    def __init__(self, pid: int | str = "self") -> None:
        self._tasks = Path(f"/proc/{pid}/task")

    def __call__(self) -> float:
        try:
            return sum(int((t / "schedstat").read_text().split()[1]) for t in self._tasks.iterdir()) / 1e9
        except (OSError, IndexError, ValueError):
            return 0.0


# --- typing ------------------------------------------------------------------------------------------------------


class Typing:
    """Plays a script of keys through the event loop."""

    def __init__(self, stage: Stage, task: Task) -> None:
        self._stage, self._waits = stage, Waits()
        self._steps = self._script(random.Random(task.seed), task.number)
        self._pause = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self.begin)

    def begin(self) -> None:
        """Play the next step, and after its pause the one behind it."""
        pause_ms, do = next(self._steps)
        do()
        self._pause.start(pause_ms)

    def _script(self, chance: random.Random, number: int) -> Iterator[tuple[int, Callable[[], None]]]:
        if self._stage.line.toPlainText():  # what the last round left half-typed is finished first
            yield 5, self._enter
        for line_number in range(10_000):
            pace = chance.choice(PACES_MS)
            text = f"{chance.choice(LINES)} {number}/{line_number}"
            if chance.random() < 0.4:
                text = text[:1] + text[-len(text) // 3 :]
            for letter in text:
                if chance.random() < 0.03:
                    yield chance.randint(*pace), lambda: self._key("x")
                    yield chance.randint(*pace), lambda: self._key("\b", Qt.Key.Key_Backspace)
                yield chance.randint(*pace), lambda letter=letter: self._key(letter)
            yield chance.randint(*pace), self._enter
            if chance.random() < 0.2:
                yield chance.randint(*pace), self._mark
            if chance.random() < 0.15:
                yield chance.randint(200, 500), lambda: None

    def _key(self, letter: str, key: int = 0) -> None:
        line, t, q = self._stage.line, time.monotonic(), self._waits()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(line, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
        tell("k", t=t, q=q, text=line.toPlainText())

    def _enter(self) -> None:
        line = self._stage.line
        tell("e", t=time.monotonic(), q=self._waits(), text=line.toPlainText())
        QTest.keyClick(line, Qt.Key.Key_Return)

    def _mark(self) -> None:
        QTest.keyClick(self._stage.line, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


# --- faults, for the control -------------------------------------------------------------------------------------


def says_saved_early() -> None:
    """The program believes that an entry is kept before it is: it is written with a later draft only."""
    keep_entry, keep_draft = keeping.keep_entry, keeping.keep_draft
    owed: list[tuple[float, Callable[[], object]]] = []

    def entry_later(journal: Journal, entry: Entry, tags: Tags, labels: Labels, *, clear_draft: bool) -> Changes:
        owed.append((time.monotonic(), lambda: keep_entry(journal, entry, tags, labels, clear_draft=clear_draft)))
        return Changes(records=(*labels, entry, *tags))

    def draft(journal: Journal, session: str, half_typed: HalfTyped) -> None:
        while owed and time.monotonic() - owed[0][0] > DELAYED_BY_FAULT_S:
            owed.pop(0)[1]()
        keep_draft(journal, session, half_typed)

    keeping.keep_entry, keeping.keep_draft = entry_later, draft  # type: ignore[assignment]


def keeps_drafts_seldom() -> None:
    """The half-typed line is kept every other second only."""
    keeping.DRAFT_EVERY_S = 2.0


def keeps_twice() -> None:
    """A write that went well is done again."""
    keep_entry = keeping.keep_entry

    def entry(journal: Journal, entry: Entry, tags: Tags, labels: Labels, *, clear_draft: bool) -> Changes:
        journal.keep(entry.model_copy(update={"id": entry.id + "-again"}))
        return keep_entry(journal, entry, tags, labels, clear_draft=clear_draft)

    keeping.keep_entry = entry  # type: ignore[assignment]


FAULTS: dict[str, Callable[[], None]] = {
    "": lambda: None,
    "early": says_saved_early,
    "seldom": keeps_drafts_seldom,
    "twice": keeps_twice,
}

if __name__ == "__main__":
    main()

"""Kills the typist at a moment it cannot know, opens what is left, and holds it against what was told and shown."""

from __future__ import annotations

import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kapjournal.application.keep_entry import read_draft
from kapjournal.application.start_session import draft_place, running_session
from kapjournal.domain.entry import Entry, Kind
from tests.conftest import PROJECT
from tests.journeys.stage import looked_into
from tests.trust.typist import Task, Waits

Said = dict[str, Any]
MAY_LOSE_S = 0.25
QUICK_DISK_S = 0.05  # a write that takes longer waits for the disk, not for the program
PATIENCE_S = 60.0


class Kill(NamedTuple):
    """When to kill: at the first thing told that `at` recognises, and `later_s` after it."""

    at: Callable[[Said], bool]
    later_s: float = 0.0


class Left(NamedTuple):
    """What the journal holds after a kill."""

    session: str
    entries: tuple[Entry, ...]
    draft: str
    trouble: tuple[str, ...]


class Round(NamedTuple):
    """One kill: what was told until then, when it was, and what was found."""

    told: tuple[Said, ...]
    killed_at: float
    waited: float
    left: Left

    def those(self, kind: str) -> list[Said]:
        return [said for said in self.told if said["is"] == kind]

    @property
    def while_writing(self) -> bool:
        """Whether a write was under way when it was killed."""
        return len(self.those("w")) > len(self.those("d"))


class Typist:
    """The process that waits with the program imported, and forks one program for each round."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}"}
        environment |= {"KAPJOURNAL_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.trust.typist"],
            cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self._rest = b""
        self._child: int | None = None
        self._until(lambda said: said["is"] == "ready")

    def type_until_killed(self, task: Task, kill: Kill) -> tuple[list[Said], float, float]:
        """What it told until it was killed, when that was, and how long its threads had waited for a processor."""
        pid = self._begin(task)
        told = self._until(kill.at)
        told += self._until(lambda _: False, time.monotonic() + kill.later_s)
        waited = Waits(pid)()
        killed_at = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        told += self._until(lambda said: said["is"] == "ended")
        assert told[-1]["killed_by"] == signal.SIGKILL, "it had ended before it was killed"
        return told, killed_at, waited

    def run(self, task: Task) -> list[Said]:
        """What it told when it opened the journal, typed so many steps and left."""
        self._begin(task)
        told = self._until(lambda said: said["is"] == "ended")
        assert told[-2]["is"] == "quit", f"it did not quit as it should; it told {told[-3:]}"
        return told

    def close(self) -> None:
        if self._child is not None:  # a round broke off
            os.kill(self._child, signal.SIGKILL)
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _begin(self, task: Task) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(task._asdict()).encode() + b"\n")
        self._child = int(self._until(lambda said: said["is"] == "started")[-1]["pid"])
        return self._child

    def _until(self, met: Callable[[Said], bool], deadline: float | None = None) -> list[Said]:
        """What is told until something is told that meets this, or until a moment."""
        told: list[Said] = []
        while True:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                told.append(json.loads(line))
                if told[-1]["is"] == "ended":
                    self._child = None
                if met(told[-1]):
                    return told
                assert told[-1]["is"] != "ended", f"the program ended by itself; it told {told[-3:]}"
            if not self._more((deadline or time.monotonic() + PATIENCE_S) - time.monotonic()):
                assert deadline is not None, f"the program tells nothing any more; it told {told[-3:]}"
                return told

    def _more(self, patience_s: float) -> bool:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], max(patience_s, 0.0))
        if ready:
            read = os.read(self._process.stdout.fileno(), 1 << 16)
            assert read, "the typist is gone"
            self._rest += read
        return bool(ready)


def look_at(folder: Path, spare: Path) -> Left:
    """Open a copy of the journal, so that the next program meets the folder just as the kill left it."""
    shutil.rmtree(spare, ignore_errors=True)
    shutil.copytree(folder, spare)
    with looked_into(spare) as journal:
        trouble = tuple(f.sentence for f in journal.verify() if not f.whole)
        session = running_session(journal)
        assert session is not None, "the session is not running any more"
        draft = read_draft(journal.desk(draft_place(session.id)))
        return Left(session.id, journal.entries(), draft.text, trouble)


def chosen_kill(chance: random.Random) -> Kill:
    """At any moment, or just after a write has begun."""
    if chance.random() < 0.5:
        return Kill(lambda said: said["is"] == "k", chance.uniform(0.0, 1.0))
    writes = iter(range(chance.randint(0, 7), -1, -1))
    return Kill(lambda said: said["is"] == "w" and next(writes) == 0, chance.choice((0.0, 0.0005, 0.002, 0.005)))


class Ledger:
    """What the rounds promise each other: everything that was ever shown as kept, and every line in its order."""

    def __init__(self) -> None:
        self.shown: set[str] = set()
        self.texts: dict[str, Entry] = {}
        self.lines: list[str] = []
        self.draft = ""
        self.lost = self.half_written = self.keys = self.while_writing = 0
        self.worst_loss_s = self.worst_net_loss_s = self.worst_keep_s = 0.0

    def take(self, one: Round) -> list[str]:
        """Hold a round against all before it; what is wrong, in words."""
        wrong = list(one.left.trouble)
        ids = [entry.id for entry in one.left.entries]
        self.shown |= {id_ for said in one.those("r") for id_ in said["rows"]}
        lost = self.shown - set(ids)
        self.lost += len(lost)
        wrong += [f"{len(lost)} entries were shown as kept and are not there"] if lost else []
        wrong += ["an entry is there twice"] if len(set(ids)) < len(ids) else []
        changed = [e.id for e in one.left.entries if self.texts.get(e.id, e) != e]
        wrong += [f"entries of before have changed: {changed}"] if changed else []
        self.texts = {e.id: e for e in one.left.entries}
        wrong += self._resumed(one) + self._typed(one)
        self.while_writing += one.while_writing
        self.keys += len(one.those("k"))
        self.worst_keep_s = max([self.worst_keep_s, *keeping_times(one)])
        return wrong

    def _resumed(self, one: Round) -> list[str]:
        go = one.those("go")[0]
        if not self.lines and not self.draft:
            return []
        wrong = [] if go["resumed"] else ["it did not go straight into the running session"]
        if go["text"] != self.draft:
            wrong.append(f"the half-typed line {self.draft!r} came back as {go['text']!r}")
        return wrong

    def _typed(self, one: Round) -> list[str]:
        """The lines and the draft that are left are the beginning of what was typed; how much is missing, in time."""
        written = [e for e in one.left.entries if e.kind is not Kind.MARK]
        if [bare(said) for said in self.lines] != [bare(e.text) for e in written[: len(self.lines)]]:
            return ["the lines of earlier rounds are not what they were"]
        # Enter in an empty field enters nothing.
        keys = [said for said in one.told if said["is"] in "ke" and (said["is"] == "k" or bare(said["text"]))]
        entered = [said["text"] for said in keys if said["is"] == "e"]
        kept = len(written) - len(self.lines)
        if [bare(said) for said in entered[:kept]] != [bare(e.text) for e in written[len(self.lines) :]]:
            return [f"of the lines {entered} these became entries: {[e.text for e in written[len(self.lines) :]]}"]
        reached = place_of(keys, kept, one.left.draft, self.draft)
        self.lines += entered[:kept]
        self.draft = one.left.draft
        if reached is None:
            self.half_written += 1
            return [f"the half-typed line {one.left.draft!r} was never there"]
        return self._missing(one, keys[reached + 1 :])

    def _missing(self, one: Round, missing: list[Said]) -> list[str]:
        if not missing:
            return []
        first = missing[0]
        loss = one.killed_at - first["t"]
        slow_disk = sum(max(0.0, took - QUICK_DISK_S) for took in writes_since(one, first["t"]))
        net = loss - (one.waited - first["q"]) - slow_disk
        self.worst_loss_s = max(self.worst_loss_s, loss)
        self.worst_net_loss_s = max(self.worst_net_loss_s, net)
        if net > MAY_LOSE_S:
            return [f"{len(missing)} keys are lost, the first was pressed {loss:.3f} s before ({net:.3f} s of its own)"]
        return []


def place_of(keys: list[Said], entered: int, draft: str, before: str) -> int | None:
    """The last key after which so many lines were entered and the field read `draft`; -1 is before the first."""
    place = None
    seen, text = 0, before
    for number, said in enumerate([{"is": "k", "text": before}, *keys], start=-1):
        seen += said["is"] == "e"
        text = "" if said["is"] == "e" else said["text"]
        if seen == entered and text == draft:
            place = number
    return place


def bare(line: str) -> str:
    """The words of a line, without the sign that says what kind it is and without labels that stand at its end."""
    return re.sub(r"(\s+#[\w-]*)+$", "", line.lstrip().removeprefix('"').removeprefix(">").removeprefix("~")).strip()


def keeping_times(one: Round) -> list[float]:
    """For every write of the half-typed line, how old the oldest key was that it made safe."""
    times: list[float] = []
    waiting: list[Said] = []
    for said in one.told:
        if said["is"] == "k":
            waiting.append(said)
        elif said["is"] == "d" and "text" in said:
            at = max((i for i, key in enumerate(waiting) if key["text"] == said["text"]), default=None)
            if at is not None:
                times.append(said["t"] - waiting[0]["t"])
                waiting = waiting[at + 1 :]
        elif said["is"] == "e":
            waiting = []
    return times


def writes_since(one: Round, since: float) -> list[float]:
    """How long the writes took that were under way since then."""
    begun = [said["t"] for said in one.those("w")]
    ended = [*(said["t"] for said in one.those("d")), one.killed_at]
    return [end - begin for begin, end in zip(begun, ended, strict=False) if end > since]

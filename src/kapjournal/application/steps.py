"""A way back from what was said of notes, themes and parts: each change as a step that can be undone and made again.

Nothing is deleted: to undo is to keep what stood before once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Journal
from kapjournal.domain.course import Record


class Step(NamedTuple):
    """One change: keeping `before` undoes it, keeping `after` makes it again. `what` says it in a few words."""

    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    what: str = ""


class Kept(NamedTuple):
    """What a write changed, and how it is undone. `about` is the record that it leads to."""

    changes: Changes
    step: Step
    about: str


class Steps:
    """What can be undone, and what can be made again, as a screen remembers it."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def take(self, step: Step) -> None:
        """A change was made; what was undone before it cannot be made again."""
        if step.after:
            self._done.append(step)
            self._undone.clear()

    def back(self) -> Step | None:
        """The last change, to be undone."""
        return self._moved(self._done, self._undone)

    def again(self) -> Step | None:
        """The last one undone, to be made again."""
        return self._moved(self._undone, self._done)

    @property
    def last(self) -> str:
        """What would be undone, in a few words; empty where there is nothing."""
        return self._done[-1].what if self._done else ""

    @staticmethod
    def _moved(here: list[Step], there: list[Step]) -> Step | None:
        if not here:
            return None
        there.append(here.pop())
        return there[-1]


def keep(journal: Journal, about: str, before: Iterable[Record], after: Iterable[Record], what: str = "") -> Kept:
    """Write `after`, and note how it was; nothing where nothing is different."""
    step = Step(tuple(before), tuple(after), what)
    if step.before == step.after:
        return Kept(Changes(), Step(), about)
    return Kept(journal.keep(*step.after), step, about)


def undo(journal: Journal, step: Step) -> Changes:
    """Make everything as it was before."""
    return journal.keep(*step.before)


def redo(journal: Journal, step: Step) -> Changes:
    """Make the change again."""
    return journal.keep(*step.after)

"""What is chosen, how it came about, and the way back: one step for every change."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.gui.settings.seen import Chosen
from kapjournal.settings import Settings


class Step(NamedTuple):
    """One change, and the page it was made on."""

    tab: str
    before: Chosen
    after: Chosen


class Writing(NamedTuple):
    """A field that is being written in, and what was chosen when that began."""

    key: str
    base: Chosen


class Steps:
    """The changes that can be undone, and those that can be done again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def take(self, step: Step) -> None:
        """A change was made; what was undone before it cannot be done again."""
        if places_changed(step.before, step.after) or step.before.settings != step.after.settings:
            self._done.append(step)
            self._undone.clear()

    def back(self) -> Step | None:
        """The last change, to be undone."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def again(self) -> Step | None:
        """The last one undone, to be done again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    @property
    def any(self) -> bool:
        """Whether there is a way back."""
        return bool(self._done)


def places_changed(before: Chosen, after: Chosen) -> dict[str, str | None]:
    """What lies on the desk otherwise than before."""
    return {place: content for place, content in after.desk.items() if before.desk.get(place) != content}


def moved(now: Chosen, before: Chosen, after: Chosen) -> Chosen:
    """`now`, with whatever differs between two others as it is in the second; the rest stays."""
    desk = {**now.desk, **places_changed(before, after)}
    fields = {
        name: getattr(after.settings, name)
        for name in Settings.model_fields
        if getattr(after.settings, name) != getattr(before.settings, name)
    }
    return Chosen(now.settings.model_copy(update=fields), desk)

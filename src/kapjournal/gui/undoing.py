"""Takes changes back and makes them again, as a screen remembers them. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kapjournal.application.ports import Tasks
from kapjournal.application.steps import Step, Steps
from kapjournal.gui.messages import Message


class Undoing:
    """`gone` hears what was done, to say so and look again; what could not be done may be tried once more."""

    def __init__(
        self,
        tasks: Tasks,
        undo: Callable[[Step], object],
        redo: Callable[[Step], object],
        gone: Callable[[Message], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._tasks, self._undo, self._redo, self._gone, self._failed = tasks, undo, redo, gone, failed
        self._steps = Steps()

    def take(self, step: Step) -> None:
        """A change was made."""
        self._steps.take(step)

    def undo(self) -> None:
        """Take the last change back."""
        self._go(self._steps.back(), self._undo, "Undone", self._steps.again)

    def redo(self) -> None:
        """Make it again after all."""
        self._go(self._steps.again(), self._redo, "Made again", self._steps.back)

    def _go(
        self, step: Step | None, how: Callable[[Step], object], said: str, not_after_all: Callable[[], object]
    ) -> None:
        if step is None:
            return

        def refused(error: Exception) -> None:
            not_after_all()
            self._failed(error)

        self._tasks.run(partial(how, step), lambda _: self._gone(Message(f"{said}: {step.what}.")), refused)

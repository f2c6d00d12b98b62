"""Lays the pages out anew whenever something changes, and knows which were read. Plain Python.

The base of what the handover screen does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from kapjournal.application.hand_over import Handover
from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.gui.handover.choice import Choice
from kapjournal.gui.handover.marking import Marking
from kapjournal.gui.handover.reading import Reading
from kapjournal.gui.handover.showing import Laid, shown
from kapjournal.gui.handover.state import Copy, HandOver
from kapjournal.gui.handover.uses import HandOverUses, Looked
from kapjournal.gui.messages import trouble

Result = TypeVar("Result")


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: HandOver) -> None: ...


class Laying:
    """Turns what is chosen into pages, on the worker; what changes meanwhile is laid out once more."""

    def __init__(self, uses: HandOverUses, tasks: Tasks, clock: Clock, timer: Timer, view: View) -> None:
        self._uses, self._tasks, self._clock, self._timer, self._view = uses, tasks, clock, timer, view
        self._choice: Choice | None = None
        self._handover: Handover | None = None  # as it was laid out last
        self._looked: Looked | None = None
        self._wanted = 0
        self._looking = False
        self._half_typed = False  # words that are not on the pages yet
        self._wait: Callable[[], None] = lambda: None
        self._marking, self._reading = Marking(), Reading()
        self.state = HandOver()

    # --- the pages -------------------------------------------------------------------------------------------

    def next(self) -> None:
        """These passages are read; or the next page that was not."""
        if self.state.marks is None:
            self._reading.next_unread()
        else:
            self._marking.read_sheet()
            if self._marking.left == 0:
                self._changed()
                return
        self._show_all()

    def step(self, by: int) -> None:
        """A page, or a sheet of passages, forward or back."""
        (self._marking if self.state.marks is not None else self._reading).step(by)
        self._show_all()

    def edit_passage(self, key: str) -> None:
        """Change the words of a passage by hand; an empty key leaves them."""
        self._marking.edit(key)
        self._show_all()

    def decide(self, key: str, words: str | None) -> None:
        """These words go in place of a passage; None goes back to the suggestion."""
        self._marking.decide(key, words)
        self._show_all()

    def as_written(self, key: str) -> None:
        """A passage goes as it stands in the journal."""
        self._marking.as_written(key)
        self._show_all()

    def look_at_marks(self) -> None:
        """Back to the passages of a consultation copy."""
        self._marking.again = True
        self._show_all()

    def _changed(self) -> None:
        """Something else goes: it lies on the desk, and is laid out anew."""
        self._keep_draft()
        self._look_again()

    def _keep_draft(self) -> None:
        wait, self._wait = self._wait, lambda: None
        wait()
        if self._choice is not None:
            draft = self._choice.draft()
            self._tasks.run(lambda: self._uses.put_draft(draft), lambda _: None, self._failed)

    def _look_again(self) -> None:
        self._wanted, self._half_typed = self._wanted + 1, False
        begin, self._looking = not self._looking, True
        self._show_all()
        if begin and self._choice is not None:
            wanted, handover = self._wanted, self._choice.handover(self._marking.reviewed, self._today)
            self._tasks.run(
                lambda: self._uses.look(handover),
                lambda looked: self._laid_out(wanted, handover, looked),
                self._not_laid,
            )

    def _laid_out(self, wanted: int, handover: Handover, looked: Looked) -> None:
        self._looking = False
        self._handover, self._looked = handover, looked
        self._marking.take(looked.passages, looked.where)
        document = looked.preview.document
        pages = document.summary if self.state.copy is Copy.SUMMARY else document.pages
        self._reading.take(pages, shown=not (self._marking.left or self._marking.again))
        if wanted != self._wanted:
            self._wanted -= 1  # asked for once more, with all that was changed meanwhile
            self._look_again()
        else:
            self._show_all()

    def _not_laid(self, error: Exception) -> None:
        self._looking = False
        self._failed(error)

    # --- within ----------------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._clock.now().at.date()

    def _run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._tasks.run(work, done, failed or self._failed)

    def _failed(self, error: Exception) -> None:
        self._show(message=trouble(error))

    def _show_all(self, **changes: object) -> None:
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]
        if self._choice is not None:
            laid = Laid(self._looked, self._marking, self._reading, wanted=self._looking or self._half_typed)
            self.state = shown(self.state, self._choice, laid, self._clock.now())
        self._view.show_state(self.state)

    def _show(self, **changes: object) -> None:
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)

"""What the therapist's own screen does: narrow the notes, put flags on them, and keep the check after a dosing day.

A check that is being written lies on the desk within a quarter of a second of every key.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple, Protocol

from kapjournal.application.own_notes import QUESTIONS, Own, OwnNote
from kapjournal.application.ports import Clock, Tasks, Timer
from kapjournal.application.steps import Kept, Step
from kapjournal.domain.course_plan import title
from kapjournal.domain.dates import date_text
from kapjournal.domain.errors import JournalError
from kapjournal.domain.label import TagState
from kapjournal.domain.moment import clock_text
from kapjournal.domain.wording import Wording
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.mine.state import CLIENTS, UNDO, Flag, MineState, Question
from kapjournal.gui.mine.telling import dosing_told, lines_of, month_told, months_of, own_line
from kapjournal.gui.undoing import Undoing

KEEP_WITHIN_S = 0.25


class MineUses(NamedTuple):
    """What the screen can ask for; all but the last runs on the worker."""

    read: Callable[[], tuple[Own, Wording]]
    say: Callable[[str, str, TagState], Kept]  # a note, a theme
    undo: Callable[[Step], object]
    redo: Callable[[Step], object]
    put_check: Callable[[str], object]
    keep_check: Callable[[str, dict[str, str], bool], object]  # a client, the answers, whether it goes to consultation
    open_note: Callable[[str, str], None]  # a client, and an entry


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: MineState) -> None: ...


class MinePresenter:
    """Turns the therapist's own notes into what the screen shows."""

    def __init__(self, uses: MineUses, tasks: Tasks, clock: Clock, timer: Timer, view: View) -> None:
        self._uses, self._tasks, self._clock, self._timer, self._view = uses, tasks, clock, timer, view
        self._own, self._wording = Own(), Wording()
        self._narrow: Callable[[OwnNote], bool] = lambda _: True
        self._answers: dict[str, str] = {}
        self._client = ""
        self._cancel: Callable[[], None] | None = None
        self._keeping = False
        self._steps = Undoing(tasks, uses.undo, uses.redo, self._gone, self._failed)
        self._state = MineState()

    def start(self) -> None:
        """Read the notes; a check that was begun is there again."""
        self._tasks.run(self._uses.read, self._have_first, self._failed)

    def leave(self) -> None:
        """The screen goes: what is half-written is on its way to the disk."""
        if self._cancel is not None:
            self._cancel()
            self._put()

    def _have_first(self, read: tuple[Own, Wording]) -> None:
        self._client, self._answers = _read_draft(read[0].draft)
        self._have(read)
        if self._answers:
            self.open_check()

    def _look(self) -> None:
        self._tasks.run(self._uses.read, self._have, self._failed)

    def _have(self, read: tuple[Own, Wording]) -> None:
        self._own, self._wording = read
        notes, months = self._own.notes, months_of(self._own.notes)
        today = self._clock.now().at.date()
        self._show(
            months=tuple(map(month_told, months)),
            clients=lines_of(notes, months, lambda n: [(n.client.id, n.client.alias)]),
            themes=lines_of(notes, months, lambda n: [(theme.id, theme.name) for theme in n.themes]),
            consult=tuple(own_line(note, self._wording, today) for note in self._own.consult),
        )
        self._show_notes()
        self._show_check()
        self._show(read=True)

    # --- notes ---------------------------------------------------------------------------------------------

    def narrow(self, strip: str, key: str, column: int) -> None:
        """Only the notes of a cell."""
        month = months_of(self._own.notes)[column]

        def within(note: OwnNote) -> bool:
            mine = note.client.id == key if strip == CLIENTS else any(theme.id == key for theme in note.themes)
            return mine and (note.at.year, note.at.month) == month

        lines = self._state.clients if strip == CLIENTS else self._state.themes
        name = next(line.name for line in lines if line.key == key)
        self._narrow = within
        self._show(heading=f"{name}, {month_told(month).title}", narrowed=strip)
        self._show_notes()

    def widen(self) -> None:
        """All notes again."""
        self._narrow = lambda _: True
        self._show(heading="All of them", narrowed="")
        self._show_notes()

    def choose(self, entry: str) -> None:
        """Choose a note, to put something on it."""
        note = next((note for note in self._all() if note.id == entry), None)
        on = {theme.id for theme in note.themes} if note else set()
        flags = tuple(Flag(flag.id, flag.name, flag.id in on) for flag in self._own.flags)
        today = self._clock.now().at.date()
        about = f"{note.client.alias}, {date_text(note.at.date(), today)}" if note else ""
        self._show(chosen=entry, chosen_about=about, flags=flags if note else ())

    def put(self, flag: str) -> None:
        """Put a flag on the chosen note, or take it off."""
        on = next((one.on for one in self._state.flags if one.key == flag), False)
        entry, state = self._state.chosen, TagState.WITHDRAWN if on else TagState.ACCEPTED
        self._tasks.run(lambda: self._uses.say(entry, flag, state), self._said, self._failed)

    def _said(self, kept: Kept) -> None:
        self._steps.take(kept.step)
        self._show(message=Message(f"{kept.step.what}."), actions=((UNDO, "Undo"),))
        self._look()

    def open_note(self, entry: str) -> None:
        """To the moment of a note in its session."""
        note = next(note for note in self._all() if note.id == entry)
        self._uses.open_note(note.client.id, entry)

    def undo(self) -> None:
        """Take the last change back."""
        self._steps.undo()

    def redo(self) -> None:
        """Make it again after all."""
        self._steps.redo()

    def act(self, action: str) -> None:
        """What was pressed in the strip."""
        if action == UNDO:
            self.undo()

    def _gone(self, said: Message) -> None:
        self._show(message=said, actions=())
        self._look()

    def _all(self) -> tuple[OwnNote, ...]:
        return (*self._own.notes, *self._own.consult)

    def _show_notes(self) -> None:
        today = self._clock.now().at.date()
        shown = [note for note in self._own.notes if self._narrow(note)]
        self._show(notes=tuple(own_line(note, self._wording, today) for note in shown))
        known = {note.id for note in (*shown, *self._own.consult)}
        first = shown[0].id if shown else ""
        self.choose(self._state.chosen if self._state.chosen in known else first)

    # --- the check -----------------------------------------------------------------------------------------

    def open_check(self) -> None:
        """Begin it, or go on with it."""
        check = self._state.check
        self._show(check=check._replace(open=True, version=check.version + 1))

    def close_check(self) -> None:
        """Put it aside; what is written stays for the next time."""
        self._show(check=self._state.check._replace(open=False, problem=""))

    def about(self, client: str) -> None:
        """Say which dosing session it is about."""
        self._client = client
        self._typed()

    def answer(self, question: str, words: str) -> None:
        """A key was pressed in an answer."""
        self._answers[question] = words
        self._typed()

    def keep_check(self, *, consult: bool) -> None:
        """Keep the answered questions as a note of one's own."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._keeping:
            return
        self._keeping, client, answers = True, self._state.check.chosen, dict(self._answers)

        def kept(_: object) -> None:
            self._keeping, check = False, self._state.check
            self._answers.clear()
            done = check._replace(open=False, version=check.version + 1, questions=_asked({}), saved="", problem="")
            self._show(check=done, message=Message("Kept among your own notes."), actions=())
            self._look()

        def unfit(error: Exception) -> None:
            self._keeping = False
            if isinstance(error, JournalError):
                self._show(check=self._state.check._replace(problem=error.sentence))
            else:
                self._failed(error)

        self._tasks.run(lambda: self._uses.keep_check(client, answers, consult), kept, unfit)

    def _typed(self) -> None:
        if self._keeping:
            return
        if self._cancel is None:
            self._cancel = self._timer.after(KEEP_WITHIN_S, self._put)
        self._show_check(saved="")

    def _put(self) -> None:
        self._cancel = None
        told = {key: words for key, words in self._answers.items() if words.strip()}
        draft = json.dumps({"client": self._state.check.chosen, "answers": told}, ensure_ascii=False) if told else ""
        saved = f"saved {clock_text(self._clock.now().at)}"

        def put(_: object) -> None:
            if self._cancel is None:  # nothing was typed since
                self._show_check(saved=saved)

        self._tasks.run(lambda: self._uses.put_check(draft), put, self._failed)

    def _show_check(self, saved: str | None = None) -> None:
        today, check = self._clock.now().at.date(), self._state.check
        about: dict[str, str] = {}
        for session, client in self._own.lately:
            if session.started_at is not None:
                on = session.started_at.date()
                about.setdefault(client.id, dosing_told(client.alias, title(session), on, today))
        if self._answers and self._client in self._own.aliases:  # begun longer ago: it is not lost
            about.setdefault(self._client, self._own.aliases[self._client])
        chosen = self._client if self._client in about else next(iter(about), self._client)
        questions = _asked(self._answers)
        told = check.saved if saved is None else saved
        self._show(
            check=check._replace(about=tuple(about.items()), chosen=chosen, questions=questions, saved=told, problem="")
        )

    def _failed(self, error: Exception) -> None:
        self._show(message=trouble(error), actions=())

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)


def _asked(answers: dict[str, str]) -> tuple[Question, ...]:
    return tuple(Question(key, words, answers.get(key, "")) for key, words in QUESTIONS)


def _read_draft(lying: str) -> tuple[str, dict[str, str]]:
    """What lay on the desk; what cannot be read any more is nothing."""
    try:
        draft = json.loads(lying) if lying else {}
        return str(draft.get("client", "")), {str(k): str(w) for k, w in draft.get("answers", {}).items()}
    except (ValueError, AttributeError):
        return "", {}

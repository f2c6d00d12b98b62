"""What the roster of parts does: each fact is kept when its field is left and can be undone, one step a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, Protocol

from kapjournal.application.parts import FIELDS, PartNow, Sight
from kapjournal.application.ports import Clock, Tasks
from kapjournal.application.steps import Kept, Step
from kapjournal.domain.course_plan import title
from kapjournal.domain.errors import JournalError, NotSaved
from kapjournal.domain.label import PartRole
from kapjournal.domain.wording import Wording
from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.notes_told import note_line
from kapjournal.gui.parts.state import ADD, UNDO, PartDetail, PartLine, PartsState, SightLine
from kapjournal.gui.undoing import Undoing

FELT = "felt"


class Read(NamedTuple):
    """The roster, and the words for it."""

    parts: tuple[PartNow, ...] = ()
    wording: Wording = Wording()


class PartsUses(NamedTuple):
    """What the screen can ask for, all about one client; all but the last three run on the worker."""

    read: Callable[[], Read]
    add: Callable[[str], Kept]
    change: Callable[[str, str, str], Kept]  # a part, a field, the words
    take_out: Callable[[str], Kept]
    say_felt: Callable[[str, str], object]
    undo: Callable[[Step], object]
    redo: Callable[[Step], object]
    open_note: Callable[[str], None]
    themes: Callable[[], None]
    told: Callable[[str], None]  # what is known of the disk, for the frame


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: PartsState) -> None: ...


class PartsPresenter:
    """Turns what the therapist does with parts into what the screen shows next."""

    def __init__(self, uses: PartsUses, tasks: Tasks, clock: Clock, view: View) -> None:
        self._uses, self._tasks, self._clock, self._view = uses, tasks, clock, view
        self._read = Read()
        self._typed: dict[tuple[str, str], str] = {}  # by part (or sight) and field
        self._steps = Undoing(tasks, uses.undo, uses.redo, self._gone, self._failed)
        self._state = PartsState()

    def start(self, about: str = "") -> None:
        """Read the roster, and show one of its parts."""
        self._look(about)

    def leave(self) -> None:
        """The screen goes: what is typed is kept before anything else."""
        for (key, field), words in tuple(self._typed.items()):
            if field == FELT:
                self.felt(words, key)
            else:
                self.finished(field, words, key)

    def choose(self, part: str) -> None:
        """Look at a part."""
        if part != self._state.detail.key:
            self._show(form=Form(), problems=(), message=None, actions=())
            self._detail(part)

    def look_at(self, entry: str) -> None:
        """Choose one of its sights."""
        self._show(detail=self._state.detail._replace(seen=entry))

    def open_note(self, entry: str) -> None:
        """To the moment of a note in its session."""
        self._uses.open_note(entry)

    def go_themes(self) -> None:
        """To the list of themes."""
        self._uses.themes()

    # --- changing ------------------------------------------------------------------------------------------

    def typed(self, field: str, words: str) -> None:
        """A key was pressed in a field; it is kept when the field is left."""
        detail = self._state.detail
        self._typed[detail.seen if field == FELT else detail.key, field] = words
        self._uses.told("")

    def finished(self, field: str, words: str, part: str = "") -> None:
        """A field was left: what stands there is so from now on, if it fits."""
        key = part or self._state.detail.key
        self._typed.pop((key, field), None)
        now = self._part(key)
        if now is None or words.strip() == dict(_fields(now))[field]:
            self._told()
            self._unfit(field, "")
        else:
            self._change(lambda: self._uses.change(key, field, words), partial(self._not_kept, key, field, words))

    def felt(self, words: str, entry: str = "") -> None:
        """What the client felt toward it, in the chosen sight."""
        key = entry or self._state.detail.seen
        self._typed.pop((key, FELT), None)
        sight = self._sight(key)
        if sight is None or words.strip() == sight.felt:
            self._told()
            return
        shown = self._state.detail.key
        self._tasks.run(lambda: self._uses.say_felt(key, words), lambda _: self._look(shown), self._failed)

    def take_out(self) -> None:
        """Out of the roster, or back into it."""
        key = self._state.detail.key
        self._change(lambda: self._uses.take_out(key))

    def open_form(self) -> None:
        """Open the form that adds a part."""
        self._show(form=Form(ADD), message=None, actions=())

    def close_form(self) -> None:
        """Leave it; nothing was changed."""
        self._show(form=Form())

    def keep_form(self, words: Mapping[str, str]) -> None:
        """Add a part."""
        name = words.get("name", "")

        def unfit(error: JournalError) -> None:
            self._told()
            self._show(form=self._state.form._replace(problem=error.sentence))

        self._change(lambda: self._uses.add(name), unfit, follow=True)

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

    # --- within --------------------------------------------------------------------------------------------

    def _gone(self, said: Message) -> None:
        self._show(message=said, actions=(), problems=())
        self._look(self._state.detail.key)

    def _change(
        self, change: Callable[[], Kept], unfit: Callable[[JournalError], None] | None = None, *, follow: bool = False
    ) -> None:
        """Keep a change; `follow` goes on to the part that it made."""
        self._uses.told("")

        def kept(kept: Kept) -> None:
            self._steps.take(kept.step)
            said = Message(f"{kept.step.what}.") if kept.step.what else None
            self._show(message=said, actions=((UNDO, "Undo"),) if said else (), form=Form(), problems=())
            self._look(kept.about if follow else self._state.detail.key)

        def refused(error: Exception) -> None:
            if unfit is not None and isinstance(error, JournalError):
                unfit(error)
            else:
                self._failed(error)

        self._tasks.run(change, kept, refused)

    def _look(self, about: str) -> None:
        def have(read: Read) -> None:
            self._read = read
            self._told()
            words = {"one": read.wording.part, "several": read.wording.several}
            self._show(lines=tuple(map(_line, read.parts)), read=True, **words)
            first = next(iter(read.parts), None)
            self._detail(about if self._part(about) else first.part.id if first else "")

        self._tasks.run(self._uses.read, have, self._failed)

    def _detail(self, part: str) -> None:
        now, before = self._part(part), self._state.detail
        if now is None:
            self._show(detail=PartDetail(version=before.version + 1))
            return
        today = self._clock.now().at.date()
        sights = tuple(
            SightLine(note_line(s.placed, self._read.wording, today), s.felt, s.may_say_felt) for s in now.sights
        )
        seen = before.seen if any(s.note.key == before.seen for s in sights) else ""
        gone = now.part.retired_on is not None
        detail = PartDetail(part, _says(now), _fields(now), before.version + 1, sights, seen, gone=gone)
        self._show(detail=detail)

    def _part(self, key: str) -> PartNow | None:
        return next((one for one in self._read.parts if one.part.id == key), None)

    def _sight(self, entry: str) -> Sight | None:
        sights = (sight for one in self._read.parts for sight in one.sights)
        return next((s for s in sights if s.placed.note.original.id == entry), None)

    def _told(self) -> None:
        self._uses.told("" if self._typed else "Saved")

    def _not_kept(self, part: str, field: str, words: str, error: JournalError) -> None:
        if isinstance(error, NotSaved):
            self._typed[part, field] = words  # held, and kept when the screen goes at the latest
        self._unfit(field, error.sentence)

    def _unfit(self, field: str, sentence: str) -> None:
        self._told()
        others = tuple(one for one in self._state.problems if one[0] != field)
        self._show(problems=(*others, (field, sentence)) if sentence else others)

    def _failed(self, error: Exception) -> None:
        self._told()
        self._show(message=trouble(error), actions=())

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)


def _fields(now: PartNow) -> tuple[tuple[str, str], ...]:
    return tuple((field, str(getattr(now.part, field) or "")) for field in FIELDS)


def _line(now: PartNow) -> PartLine:
    role = now.part.role
    named = role.value.capitalize() if role not in (None, PartRole.UNKNOWN) and role else ""
    times = len(now.sights)
    seen = ("not seen yet", "seen once", "seen twice")[times] if times < 3 else f"seen {times} times"
    gone = now.part.retired_on is not None
    note = ", ".join(part for part in (named, "out of the roster" if gone else seen) if part)
    return PartLine(now.part.id, now.part.name, note, gone)


def _says(now: PartNow) -> str:
    if not now.sights:
        return "Not seen yet. It comes here with @ in a line, or by its name in a note."
    first, last = (_where(now.sights[n]) for n in (0, -1))
    return f"Seen in {first}." if first == last else f"First seen in {first}, last in {last}."


def _where(sight: Sight) -> str:
    session = sight.placed.session
    return title(session).lower() if session else "a note between sessions"

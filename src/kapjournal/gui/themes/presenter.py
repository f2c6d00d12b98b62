"""What the screen that keeps themes does: each change is kept at once and can be undone, one step a change.

What is typed into a field is kept when the field is left, and when the screen is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, Protocol

from kapjournal.application import themes as do
from kapjournal.application.placed import Placed
from kapjournal.application.ports import Tasks
from kapjournal.application.steps import Kept, redo, undo
from kapjournal.application.themes import Brought, Shelf, ThemeList, ThemeNow
from kapjournal.domain.errors import JournalError, NotSaved
from kapjournal.domain.wording import Wording
from kapjournal.gui.forms import Form
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.notes_told import NoteLine, note_line
from kapjournal.gui.themes.state import ADD, MERGE, NEW, SPLIT, UNDO, Detail, ThemesState, WordLine
from kapjournal.gui.themes.telling import lines_of, says_of
from kapjournal.gui.undoing import Undoing

FIELDS: Mapping[str, Callable[[Shelf, str, str], Kept]] = {
    "name": do.rename,
    "family": do.put_in_family,
    "description": do.describe,
}


class Read(NamedTuple):
    """All that the screen reads before a theme is chosen."""

    themes: ThemeList
    wording: Wording
    aliases: Mapping[str, str]  # of clients, to be told where notes are of several


class ThemesUses(NamedTuple):
    """What the screen can ask for; all but the last three run on the worker. `parts` is None without a client."""

    shelf: Shelf
    read: Callable[[], Read]
    brought: Callable[[ThemeNow], tuple[Brought, ...]]
    notes: Callable[[str], tuple[Placed, ...]]
    open_note: Callable[[str, str], None]  # a client, and an entry
    told: Callable[[str], None]  # what is known of the disk, for the frame
    parts: Callable[[], None] | None = None
    integrate: Callable[[str], None] | None = None  # to what is brought back by a theme; None without a client


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: ThemesState) -> None: ...


class ThemesPresenter:
    """Turns what the therapist does with themes into what the screen shows next."""

    def __init__(self, uses: ThemesUses, tasks: Tasks, view: View) -> None:
        self._uses, self._tasks, self._view = uses, tasks, view
        self._read = Read(ThemeList(), Wording(), {})
        self._notes: dict[str, Placed] = {}
        self._typed: dict[tuple[str, str], str] = {}  # by theme and field
        journal = uses.shelf.journal
        self._steps = Undoing(tasks, partial(undo, journal), partial(redo, journal), self._gone, self._failed)
        self._state = ThemesState()

    def start(self, about: str = "") -> None:
        """Read the list, and show one of its themes; or begin with a new one."""
        self._look(about)
        if about == NEW:
            self.open_form(ADD)

    def leave(self) -> None:
        """The screen goes: what is typed is kept before anything else."""
        for (theme, field), words in tuple(self._typed.items()):
            self.finished(field, words, theme)

    # --- choosing ------------------------------------------------------------------------------------------

    def choose(self, theme: str) -> None:
        """Look at a theme; while another is to be merged, only point at it."""
        if self._state.form.name != MERGE and theme != self._state.detail.key:
            self._show(form=Form(), problems=(), message=None, actions=())
            self._detail(theme)

    def take(self, theme: str) -> None:
        """Enter in the list: the theme to be merged."""
        into = self._state.detail.key
        if self._state.form.name == MERGE:
            self._show(form=Form())
            self._change(partial(do.merge, self._uses.shelf, into, theme))

    def pick_word(self, word: str) -> None:
        """Pick a word, or let it go, for what the buttons below do."""
        words = tuple(w._replace(picked=w.picked ^ (w.word == word)) for w in self._state.detail.words)
        self._show(detail=self._state.detail._replace(words=words))

    def pick_note(self, entry: str) -> None:
        """Let a note go along when the theme is split, or stay."""
        self._show(detail=self._state.detail._replace(picked=self._state.detail.picked ^ {entry}))

    def open_note(self, entry: str) -> None:
        """To the moment of a note in its session."""
        self._uses.open_note(self._notes[entry].note.original.client, entry)

    def integrate(self) -> None:
        """To the notes that the theme brings back, beside the one being written."""
        if self._uses.integrate is not None:
            self._uses.integrate(self._state.detail.key)

    def go_parts(self) -> None:
        """To the roster of parts."""
        if self._uses.parts is not None:
            self._uses.parts()

    # --- changing ------------------------------------------------------------------------------------------

    def typed(self, field: str, words: str) -> None:
        """A key was pressed in a field; it is kept when the field is left."""
        self._typed[self._state.detail.key, field] = words
        self._uses.told("")

    def finished(self, field: str, words: str, theme: str = "") -> None:
        """A field was left: what stands there is so from now on, if it fits."""
        theme = theme or self._state.detail.key
        now = self._read.themes.of(theme)
        self._typed.pop((theme, field), None)
        if now is None or words.strip() == (getattr(now.theme, field) or ""):
            self._told()
            self._unfit(field, "")
        else:
            self._change(
                partial(FIELDS[field], self._uses.shelf, theme, words), partial(self._not_kept, theme, field, words)
            )

    def add_words(self, typed: str) -> None:
        """Words that speak of the theme."""
        if typed.strip():
            self._change(partial(do.add_word, self._uses.shelf, self._state.detail.key, typed))

    def take_words_out(self) -> None:
        """The picked words speak of it no longer."""
        words = self._picked_words()
        if words:
            self._change(partial(do.take_words_out, self._uses.shelf, self._state.detail.key, words))

    def retire(self) -> None:
        """Offer the theme no longer, or again."""
        detail = self._state.detail
        act = do.bring_back if detail.retired else do.retire
        self._change(partial(act, self._uses.shelf, detail.key))

    def open_form(self, name: str) -> None:
        """Open a form in place, or let the list wait for the theme to be merged."""
        self._show(form=Form(name), message=None, actions=())

    def close_form(self) -> None:
        """Leave it; nothing was changed."""
        self._show(form=Form())

    def keep_form(self, words: Mapping[str, str]) -> None:
        """Add a theme, or split one off with what is picked."""
        shelf, detail, name = self._uses.shelf, self._state.detail, words.get("name", "")
        if self._state.form.name == ADD:
            self._change(partial(do.add_theme, shelf, name, words.get("family", "")), self._form_unfit, follow=True)
        elif self._state.form.name == SPLIT:
            picked = self._picked_words(), tuple(detail.picked)
            self._change(partial(do.split, shelf, detail.key, name, *picked), self._form_unfit, follow=True)

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
        else:
            self.close_form()

    # --- within --------------------------------------------------------------------------------------------

    def _picked_words(self) -> tuple[str, ...]:
        return tuple(word.word for word in self._state.detail.words if word.picked)

    def _gone(self, said: Message) -> None:
        self._show(message=said, actions=(), form=Form(), problems=())
        self._look(self._state.detail.key)

    def _change(
        self, change: Callable[[], Kept], unfit: Callable[[JournalError], None] | None = None, *, follow: bool = False
    ) -> None:
        """Keep a change; `follow` goes on to the theme that it made."""
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
            word = read.wording.several if self._uses.parts is not None else ""
            self._show(
                lines=lines_of(read.themes), parts_word=word, may_integrate=self._uses.integrate is not None, read=True
            )
            first = next(iter(self._state.lines), None)
            found = read.themes.of(about)
            self._detail(found.theme.id if found else first.key if first else "")

        self._tasks.run(self._uses.read, have, self._failed)

    def _detail(self, theme: str) -> None:
        """Show a theme at once; its notes, and what each word brings, come as they are counted."""
        now, before = self._read.themes.of(theme), self._state.detail
        if now is None:
            return
        fields = tuple((name, getattr(now.theme, name) or "") for name in FIELDS)
        same = before.key == theme
        counted = {word.word: word for word in before.words} if same else {}
        words = tuple(
            counted.get(word, WordLine(word))._replace(picked=False, own=word in now.own) for word in now.words
        )
        detail = Detail(
            theme,
            now.theme.name,
            says_of(now, self._read.themes),
            fields,
            before.version + 1,
            words,
            before.notes if same else (),
            retired=now.theme.retired_on is not None,
        )
        self._show(detail=detail)
        self._tasks.run(lambda: self._uses.notes(theme), partial(self._have_notes, theme), self._failed)
        self._tasks.run(lambda: self._uses.brought(now), partial(self._have_counts, theme), self._failed)

    def _have_notes(self, theme: str, notes: tuple[Placed, ...]) -> None:
        if self._state.detail.key == theme:
            self._notes = {one.note.original.id: one for one in notes}
            self._show(detail=self._state.detail._replace(notes=tuple(map(self._told_note, notes))))

    def _told_note(self, one: Placed) -> NoteLine:
        today = self._uses.shelf.clock.now().at.date()
        alias = self._read.aliases.get(one.note.original.client, "")
        return note_line(one, self._read.wording, today, before=alias)

    def _have_counts(self, theme: str, counts: tuple[Brought, ...]) -> None:
        if self._state.detail.key != theme:
            return
        told = {one.word: one for one in counts}
        words = tuple(
            w._replace(notes=told[w.word].notes, rejected=told[w.word].rejected) if w.word in told else w
            for w in self._state.detail.words
        )
        self._show(detail=self._state.detail._replace(words=words))

    def _told(self) -> None:
        self._uses.told("" if self._typed else "Saved")

    def _form_unfit(self, error: JournalError) -> None:
        self._told()
        self._show(form=self._state.form._replace(problem=error.sentence))

    def _not_kept(self, theme: str, field: str, words: str, error: JournalError) -> None:
        if isinstance(error, NotSaved):
            self._typed[theme, field] = words  # held, and kept when the screen goes at the latest
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

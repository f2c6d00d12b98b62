"""What the integration screen does. Plain Python. Nothing is brought before the therapist chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kapjournal.application.integrate import RECENT, About, Answer, Asked, Shelf, with_counts
from kapjournal.application.integration_note import Half, PracticeAgreed
from kapjournal.application.ports import Tasks, Timer
from kapjournal.application.recall_notes import Recalled
from kapjournal.application.say_belongs import Said
from kapjournal.domain.capture_labels import PART_SIGN, Suggestion, nearest
from kapjournal.domain.dates import read_day
from kapjournal.domain.entry import Domain, IntentionState, PracticeDetails, PracticeState
from kapjournal.domain.errors import BadInput, JournalError, Refused
from kapjournal.domain.label import Part, TagState, Theme
from kapjournal.domain.moment import clock_text
from kapjournal.domain.quotation import quotation
from kapjournal.gui.integrate.showing import asked_by, choices, key_of, label_of, with_answer, with_note
from kapjournal.gui.integrate.state import Choice, Integrate, IntegrateUses, Order, View
from kapjournal.gui.integrate.telling import Made, place_of, shown_words
from kapjournal.gui.integrate.writing import Writing
from kapjournal.gui.messages import trouble
from kapjournal.gui.saving import Write

ANOTHERS = "That note is another client’s. It can be read here, and stays with that client."
_PLACE = "\n"  # between what was asked for and the note that was in front, in the way back


class IntegratePresenter:
    """Holds what was asked for and what was said, and tells the view what to show."""

    def __init__(self, uses: IntegrateUses, tasks: Tasks, timer: Timer, view: View) -> None:
        self._uses, self._tasks, self._view = uses, tasks, view
        self.writing = Writing(uses, tasks, timer, self._show)
        self._shelf = Shelf()
        self._asked: Asked | None = None
        self._answer: Answer | None = None
        self._order = Order.NEWEST
        self._back: list[Said] = []
        self._forth: list[Said] = []
        self._gone = self._ready = self._in_trouble = False
        self._made_of: tuple[object, ...] = ()
        self._made = Made()
        self.wanted = ""  # the note to begin at
        self.state = Integrate()

    def start(self, about: str = "", held: Half | None = None) -> None:
        """Show what there is; `about` is what to begin with, and after a jump the note that was in front."""
        self.writing.start(held)
        about, _, self.wanted = about.partition(_PLACE)

        def read(shelf: Shelf) -> None:
            self._shelf = shelf
            asked = asked_by(about, shelf) if about else None
            if asked is not None:
                self._ask(asked)
            self._count(shelf, list(shelf.known), {}, self._counted)

        self._tasks.run(self._uses.shelf, read, self._failed)

    def _count(self, shelf: Shelf, left: list[Theme], counts: dict[str, int], then: Callable[[Shelf], None]) -> None:
        """Count one theme after another, so that what is typed meanwhile never waits for all of them."""
        if self._gone:
            return
        if not left:
            then(with_counts(shelf, counts))
            return
        theme, *rest = left

        def counted(count: int) -> None:
            self._count(shelf, rest, {**counts, theme.id: count}, then)

        self._tasks.run(lambda: self._uses.count_of(theme), counted, self._failed)

    def _counted(self, shelf: Shelf) -> None:
        made = [theme for theme in self._shelf.known if theme.id not in {one.id for one in shelf.known}]
        self._shelf = shelf._replace(known=(*shelf.known, *made))
        self._ready = True
        self._show()

    # --- choosing --------------------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Bring what a row at the left stands for."""
        asked = asked_by(key, self._shelf)
        if asked is not None and (self._asked is None or key_of(self._asked) != key):
            self.wanted = ""
            self._ask(asked)

    def ask_everyone(self, *, everyone: bool) -> None:
        """Ask all clients, or this one again."""
        if self._asked is not None:
            self._ask(self._asked._replace(everyone=everyone))

    def look_for(self, words: str) -> None:
        """Bring the notes that speak of these words."""
        if words.strip():
            self._ask(Asked(About.WORDS, words.strip()))

    def _ask(self, asked: Asked) -> None:
        self._asked, self.writing.message = asked, None

        def answered(answer: Answer) -> None:
            if self._asked == asked:
                self._answer = answer
                self.state = self.state._replace(unfolded=False)
                self._show()

        self._tasks.run(lambda: self._uses.ask(asked), answered, self._failed)
        self._show()

    def order_by(self, order: Order) -> None:
        """Order the notes."""
        self._order = order
        self._show()

    def unfold(self, *, unfolded: bool) -> None:
        """Open or fold the less certain notes."""
        if unfolded != self.state.unfolded:
            self.state = self.state._replace(unfolded=unfolded)
            self._show()

    def pick(self) -> None:
        """Find anything to look at: a theme, part, intention, marked moments, or words."""
        self._view.pick(choices(self._shelf, to_look_at=True), self.choose, self.look_for)

    def new_theme(self, name: str, then: Callable[[Theme], None] | None = None) -> None:
        """Make a theme, and look at it unless something else is to be done with it."""
        name = " ".join(name.split())
        if not name:
            return

        def made(theme: Theme) -> None:
            self._shelf = self._shelf._replace(known=(*self._shelf.known, theme))
            (then or (lambda one: self.choose(key_of(Asked(About.THEME, one.id)))))(theme)
            self._show()

        self.writing.outbox.send(Write(lambda uses: uses.new_theme(name), made, self._refused))

    # --- saying ----------------------------------------------------------------------------------------------------

    def say(self, entry: str, state: TagState) -> None:
        """Belongs, Not this or Hide, for the theme or part that was asked for."""
        label = label_of(self._shelf, self._asked.key) if self._asked else None
        if label is not None and self._asked and self._asked.about in (About.THEME, About.PART):
            self._say(entry, label, state)

    def tag(self, entry: str, label: str) -> None:
        """Tag a note with any theme or part."""
        found = label_of(self._shelf, label)
        if found is not None:
            self._say(entry, found, TagState.ACCEPTED)

    def tag_recent(self, entry: str, number: int) -> None:
        """Tag a note with one of the recent labels, 1 being the first."""
        if 1 <= number <= len(self._shelf.recent):
            self.tag(entry, self._shelf.recent[number - 1])

    def pick_tag(self, entry: str) -> None:
        """Tag a note with a label from the picker, or with a new theme."""
        offered = choices(self._shelf, to_look_at=False)
        self._view.pick(
            offered, partial(self.tag, entry), lambda name: self.new_theme(name, lambda t: self._tagged(entry, t))
        )

    def _tagged(self, entry: str, theme: Theme) -> None:
        self._say(entry, theme, TagState.ACCEPTED)

    def _say(self, entry: str, label: Theme | Part, state: TagState) -> None:
        one = self.note(entry)
        if one is None or any(label.id in (t.theme, t.part) and t.state is state for t in one.tags):
            return
        note = one.note.original
        if isinstance(label, Part) and note.client != label.client:
            self._refused(Refused(ANOTHERS))
            return

        def done(said: Said) -> None:
            self._back.append(said)
            self._forth.clear()
            self._stands(said, undone=False)

        self.writing.outbox.send(Write(lambda uses: uses.say(note, label, state), done, self._refused))

    def unsay(self, entry: str) -> None:
        """Take back what was said of a note and what is asked for."""
        label = self._asked.key if self._asked else ""
        mine = [s for s in self._back if s.after.entry == entry and label in (s.after.theme, s.after.part)]
        if mine:
            self._take_back(mine[-1])
        else:
            self.say(entry, TagState.WITHDRAWN)

    def undo(self) -> None:
        """Take back what was said last."""
        if self._back:
            self._take_back(self._back[-1])

    def redo(self) -> None:
        """Say again what was taken back last."""
        if self._forth:
            said = self._forth.pop()
            self._back.append(said)
            self.writing.outbox.send(
                Write(lambda u: u.say_again(said), lambda _: self._stands(said, undone=False), self._refused)
            )

    def _take_back(self, said: Said) -> None:
        self._back.remove(said)
        self._forth.append(said)
        self.writing.outbox.send(
            Write(lambda u: u.unsay(said), lambda _: self._stands(said, undone=True), self._refused)
        )

    def _stands(self, said: Said, *, undone: bool) -> None:
        """Show what is said of a note now; it stays in its place until the question is asked again."""
        tag = said.before if undone else said.after
        key = (said.after.theme, said.after.part)

        def now(one: Recalled) -> Recalled:
            if one.note.original.id != said.after.entry:
                return one
            rest = tuple(t for t in one.tags if (t.theme, t.part) != key)
            return one._replace(tags=(*rest, *([tag] if tag else [])))

        if self._answer is not None:
            notes, related = (tuple(map(now, found)) for found in (self._answer.notes, self._answer.related))
            self._answer = self._answer._replace(notes=notes, related=related)
        self.writing.message = None
        self._with_recent(said)
        self._recount(said)
        self._show()

    def _with_recent(self, said: Said) -> None:
        """A label new to the digits comes last, so that none changes its meaning under the fingers."""
        label, recent = said.after.theme or said.after.part or "", self._shelf.recent
        if said.after.state is TagState.ACCEPTED and label not in recent and len(recent) < RECENT:
            self._shelf = self._shelf._replace(recent=(*recent, label))

    def _recount(self, said: Said) -> None:
        theme = next((t for t in self._shelf.known if t.id == said.after.theme), None)
        if theme is None or TagState.HIDDEN in (said.after.state, said.before.state if said.before else None):
            self._tasks.run(
                self._uses.shelf, lambda s: self._count(s, list(s.known), {}, self._recounted), self._uses.bug
            )
            return

        def counted(count: int) -> None:
            others = [(t, n) for t, n in self._shelf.themes if t.id != theme.id]
            at = next((i for i, (t, _) in enumerate(self._shelf.themes) if t.id == theme.id), len(others))
            self._shelf = self._shelf._replace(themes=(*others[:at], (theme, count), *others[at:]))
            self._show()

        self._tasks.run(lambda: self._uses.count_of(theme), counted, self._uses.bug)

    def _recounted(self, shelf: Shelf) -> None:
        """New counts in the places that the rows had."""
        place = {theme.id: at for at, (theme, _) in enumerate(self._shelf.themes)}
        themes = sorted(shelf.themes, key=lambda one: place.get(one[0].id, len(place)))
        self._shelf = shelf._replace(themes=tuple(themes), recent=self._shelf.recent)
        self._show()

    # --- the note ----------------------------------------------------------------------------------------------------

    def suggest_label(self, word: str) -> tuple[Suggestion, ...]:
        """What a # or @ being typed may become; parts only those there are."""
        is_part = word.startswith(PART_SIGN)
        names = [part for part, _ in self._shelf.parts] if is_part else self._shelf.known
        return tuple(one for one in nearest(word, names) if one.id or not is_part)

    def took_label(self, taken: Suggestion) -> None:
        """A label that was typed belongs to the note."""
        if taken.id is None:
            self.new_theme(taken.name, lambda theme: self.writing.turn_label(theme.id))
        elif taken.id not in self.writing.half.labels:
            self.writing.turn_label(taken.id)

    def pick_echo(self) -> None:
        """Link the note to an intention that it echoes."""
        offered = tuple(Choice(echo.key, echo.text) for echo in self.state.echoes if not echo.on)
        self._view.pick(offered, self.writing.turn_echo, None)

    def note(self, entry: str) -> Recalled | None:
        """The note in the list with this id."""
        found = (*self._answer.notes, *self._answer.related) if self._answer else ()
        return next((one for one in found if one.note.original.id == entry), None)

    def quote(self, entry: str) -> None:
        """Put a note into the text as a quotation with its source."""
        one = self.note(entry)
        if one is not None and one.note.original.client != self._uses.client:
            self._refused(Refused(ANOTHERS))
        elif one is not None:
            note = one.note.original
            block = quotation(note.kind, shown_words(one).words, place_of(one, self._uses.today().date()))
            self.writing.quote(entry, block)

    def open(self, entry: str) -> None:
        """Jump to the moment in its session; coming back leads to the same note."""
        one = self.note(entry)
        if one is not None and self._asked is not None:
            self._uses.here(f"{key_of(self._asked)}{_PLACE}{entry}")
            self._uses.review(one.note.original.client, entry)

    def agree(self, text: str, domain: str, how_often: str, follow_up: str, until: str) -> None:
        """Keep a practice as it was typed."""
        try:
            given = {
                "domain": Domain(domain) if domain else None,
                "how_often": how_often.strip() or None,
                "follow_up_on": self._day(follow_up),
                "until": self._day(until),
            }
        except BadInput as error:
            self.writing.refuse_form(error)
            return
        details = PracticeDetails.model_validate({k: v for k, v in given.items() if v is not None})
        self.writing.agree(PracticeAgreed(text, details))

    def _day(self, typed: str) -> object:
        if not typed.strip():
            return None
        day = read_day(typed, self._uses.today().date())
        if day is None:
            raise BadInput(f"“{typed.strip()}” is no day that can be read. Write it as 8 March, or leave it empty.")
        return day

    def settle(self, practice: str, state: PracticeState) -> None:
        """Say what became of a practice."""
        self.writing.settle(practice, state)

    def say_became(self, state: IntentionState) -> None:
        """Say what became of the intention for the last session; the same once more says that it is open."""
        if self.state.intention:
            new = IntentionState.OPEN if state is self.state.intention_state else state
            self.writing.set_state(self.state.intention, new)

    def try_again(self) -> None:
        """Try what the disk refused once more."""
        self.writing.outbox.try_again()

    def stop(self, hold: Callable[[Half], None] = lambda _: None) -> None:
        """Let go of the journal; what is written goes to the disk ahead of whatever comes next."""
        self._gone = True
        self.writing.stop(hold)

    def _refused(self, error: JournalError) -> None:
        self.writing.message = trouble(error)
        self._show()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            self._uses.bug(error)
        self.writing.message = trouble(error)
        self._show()

    def _show(self) -> None:
        """The middle is told anew only when something in it changed: there may be thousands of notes."""
        if self._gone:
            return
        made_of = (self._shelf, self._asked, self._answer, self._order, self.state.unfolded, self._ready)
        if not self._made_of or any(now is not before for now, before in zip(made_of, self._made_of, strict=True)):
            self._made_of = made_of
            today = self._uses.today().date()
            self.state = with_answer(self.state, self._shelf, self._asked, self._answer, self._order, today, self._made)
            if not self._ready:  # nothing is offered at the left before all of it is counted: it would move
                self.state = self.state._replace(shelf=())
        before, self.state = self.state.bar_note, with_note(self.state, self.writing, self._shelf)
        if self.state.bar_note != before:
            self._uses.where(self.state.bar_note)
        if (held_up := bool(self.writing.outbox.trouble)) != self._in_trouble:
            self._in_trouble = held_up
            self._uses.told("" if held_up else f"Saved {clock_text(self._uses.today())}")
        self._view.show_state(self.state)

"""The note that is being written, and what stands beside it. Plain Python.

Every key press is on the desk a fifth of a second later, and only then is it said to be saved. In an integration
session that is open it becomes the record at every pause; without one the therapist says when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kapjournal.application.integration_note import Half, Page, PracticeAgreed, Suggested
from kapjournal.application.ports import Tasks, Timer
from kapjournal.domain.entry import IntentionState, PracticeState
from kapjournal.domain.errors import JournalError
from kapjournal.domain.moment import clock_text
from kapjournal.gui.integrate.state import IntegrateUses
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.saving import Outbox, Write

DRAFT_S = 0.2  # from a key press to the desk
PAUSE_S = 5.0  # without a key press, until the note in an open session gets its next version
SUGGEST_S = 0.7  # without a key press, until themes are suggested
LEAST_LETTERS = 12  # before that a note speaks of nothing yet


class Writing:
    """Holds the note, keeps it, and says what changed."""

    def __init__(self, uses: IntegrateUses, tasks: Tasks, timer: Timer, changed: Callable[[], None]) -> None:
        self._uses, self._tasks, self._timer, self._changed = uses, tasks, timer, changed
        self.outbox: Outbox[IntegrateUses] = Outbox(uses, tasks, timer, changed, uses.bug)
        self._timers: dict[str, Callable[[], None]] = {}
        self._keystroke = self._durable = 0
        self.page: Page | None = None
        self.half = Half()
        self.text_version = 0
        self.insert: tuple[int, str] = (0, "")
        self.suggested: tuple[Suggested, ...] = ()
        self.saved = ""
        self.message: Message | None = None
        self.forms = 0
        self.form_problem = ""
        self.practice_open = ""
        self.all_practices = False
        self._stopped = False

    def start(self, held: Half | None = None) -> None:
        """Read the note; `held` is what a full disk had refused when the screen was left."""

        def read(page: Page) -> None:
            self.page, self.half = page, held or page.half
            self.saved = "saved" if self.half.text and held is None else ""
            self.text_version += 1
            self._suggest()
            self._changed()
            if held is not None:
                self._key_pressed()

        self._tasks.run(self._uses.page, read, self._failed)

    # --- what is typed ---------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Hear the words change."""
        if self.page is None or text == self.half.text:
            return
        self.half = self.half.model_copy(update={"text": text})
        self._key_pressed()
        self._restart("suggest", SUGGEST_S, self._suggest)
        self._changed()

    def quote(self, entry: str, block: str) -> None:
        """Put a quotation in at the caret; the note is linked to it while the block stands."""
        if self.page is None:
            return
        self.half = self.half.model_copy(update={"quoted": (*self.half.quoted, (entry, block))})
        self.insert = (self.insert[0] + 1, block)
        self._key_pressed()
        self._changed()

    def turn_label(self, key: str) -> None:
        """Choose a theme or part for the note, or take it off."""
        self.half = self.half.model_copy(update={"labels": _turned(self.half.labels, key)})
        self.suggested = tuple(one for one in self.suggested if one.label.id not in self.half.labels)
        self._key_pressed()
        self._changed()

    def turn_echo(self, intention: str) -> None:
        """Say that the note echoes an intention, or not; a link that is in the record stays."""
        if self.page is not None and self.page.kept is not None and intention in self.page.kept.echoes:
            return
        self.half = self.half.model_copy(update={"echoes": _turned(self.half.echoes, intention)})
        self._key_pressed()
        self._changed()

    def _key_pressed(self) -> None:
        self._keystroke += 1
        self.saved = ""
        self._tell("")
        if "draft" not in self._timers:
            self._restart("draft", DRAFT_S, self._put)
        if self.page is not None and self.page.session is not None:
            self._restart("pause", PAUSE_S, self.keep_now)

    def _suggest(self) -> None:
        self._cancel("suggest")
        words, taken = self.half.text, self.half.labels
        if len(words.strip()) < LEAST_LETTERS:
            self.suggested = ()
            return

        def offer(found: tuple[Suggested, ...]) -> None:
            if self.half.text == words:  # nothing was typed meanwhile
                self.suggested = tuple(one for one in found if one.label.id not in self.half.labels)
                self._changed()

        self._tasks.run(lambda: self._uses.suggest(words, taken), offer, self._uses.bug)

    # --- keeping ---------------------------------------------------------------------------------------------------

    @property
    def may_keep(self) -> bool:
        """Whether there is something that is not in the record yet."""
        if self.page is None or not self.half.text.strip():
            return False
        kept = self.page.kept
        return kept is None or _content(kept) != _content(self.half)

    def _put(self) -> None:
        self._cancel("draft")
        half, number = self.half, self._keystroke
        self.outbox.send(
            Write(lambda uses: uses.put(half), lambda at: self._say_saved(number, at), self._refused, key="draft")
        )

    def keep_now(self) -> None:
        """Make what is written the record."""
        self._cancel("pause")
        if not self.may_keep:
            return
        self._cancel("draft")
        self.outbox.drop("draft")
        half, number = self.half, self._keystroke

        def done(page: Page) -> None:
            if number == self._keystroke:
                self._take_up(page)
            elif page.session is None:  # what was typed meanwhile is another note
                self.half = self.half.model_copy(update={"id": page.half.id})
            self._take(page)
            self._say_saved(number, page.at)

        self.outbox.send(Write(lambda uses: uses.keep(half), done, self._refused))

    def _take_up(self, page: Page) -> None:
        """Go on with the note as it stands now: the same in an open session, a new one otherwise."""
        if page.half.text != self.half.text.strip():
            self.text_version += 1
            self.suggested = ()
            self.half = page.half
        else:
            self.half = self.half.model_copy(update={"id": page.half.id})

    def _say_saved(self, number: int, at: datetime) -> None:
        self._durable = max(self._durable, number)
        if self._durable == self._keystroke and not self.outbox.trouble:
            self.saved = "saved"
            self._tell(f"Saved {clock_text(at)}")
        self._changed()

    def _tell(self, words: str) -> None:
        """Say in the bar what is known of the disk, while the screen is in front."""
        if not self._stopped:
            self._uses.told(words)

    def do(self, work: Callable[[IntegrateUses], Page]) -> None:
        """Change something beside the note, and look again."""
        self.outbox.send(Write(work, self._take, self._refused))

    def agree(self, agreed: PracticeAgreed) -> None:
        """Keep a practice."""

        def done(page: Page) -> None:
            self.forms += 1
            self.form_problem = ""
            self._take(page)

        self.outbox.send(Write(lambda uses: uses.agree(agreed), done, self.refuse_form))

    def refuse_form(self, error: JournalError) -> None:
        """Say what does not fit in the form."""
        self.form_problem = error.sentence
        self._changed()

    def open_practice(self, practice: str) -> None:
        """Ask what became of a practice, or no more."""
        self.practice_open = "" if practice == self.practice_open else practice
        self._changed()

    def turn_practices(self) -> None:
        """Show all practices, or the first few."""
        self.all_practices = not self.all_practices
        self._changed()

    def settle(self, practice: str, state: PracticeState) -> None:
        """Say what became of a practice."""
        self.practice_open = ""
        self.do(lambda uses: uses.settle(practice, state))

    def set_state(self, intention: str, state: IntentionState) -> None:
        """Say what became of an intention; the same once more says that it is open."""
        self.do(lambda uses: uses.set_state(intention, state))

    def _take(self, page: Page) -> None:
        self.page, self.message = page, None
        self._changed()

    def _refused(self, error: JournalError) -> None:
        self.message = Message(error.sentence, "safety")
        self._changed()

    def _failed(self, error: Exception) -> None:
        self.message = trouble(error)
        self._changed()

    def stop(self, hold: Callable[[Half], None]) -> None:
        """Send what is written a last time; `hold` hears of what the disk still refuses then."""
        self._stopped, half = True, self.half
        if self.may_keep and self.page is not None and self.page.session is not None:
            self.keep_now()
        elif "draft" in self._timers:
            self._put()
        self._cancel(*tuple(self._timers))
        self.outbox.stop()
        if not half.empty:
            self._tasks.run(lambda: None, lambda _: hold(half) if self.outbox.left else None, self._uses.bug)

    def _restart(self, name: str, seconds: float, do: Callable[[], Any]) -> None:
        self._cancel(name)

        def fire() -> None:
            self._timers.pop(name, None)
            do()

        self._timers[name] = self._timer.after(seconds, fire)

    def _cancel(self, *names: str) -> None:
        for name in names:
            cancel = self._timers.pop(name, None)
            if cancel is not None:
                cancel()


def _turned(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(k for k in keys if k != key) if key in keys else (*keys, key)


def _content(half: Half) -> tuple[str, frozenset[str], frozenset[str]]:
    return half.text.strip(), frozenset(half.labels), frozenset(half.echoes)

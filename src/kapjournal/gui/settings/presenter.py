"""The settings screen: what is chosen applies at once, is kept, and can be undone, one step a change. Plain Python.

While a field is written in, the page stays as it was when that began, and whatever fits applies with every letter;
the whole writing is one step. What does not fit stays in its field with a sentence, and nothing is changed by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from kapjournal.application.back_up import BACKUP_FOLDER
from kapjournal.application.own_lists import Tables
from kapjournal.application.ports import Clock, Tasks
from kapjournal.domain.errors import Refused
from kapjournal.domain.moment import clock_text
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.settings import about, capture, instruments, keys, lists, lock, looks, safekeeping
from kapjournal.gui.settings.choosing import Step, Steps, Writing, moved, places_changed
from kapjournal.gui.settings.items import Page, Tab
from kapjournal.gui.settings.seen import SETTINGS_PLACES, Chosen, Journal, Secrets, Seen, Unfinished, notes_on
from kapjournal.gui.settings.uses import SettingsUses

Result = TypeVar("Result")

TABS = (
    Tab("looks", "Looks and text size", "sun"),
    Tab("lock", "Lock and veil", "lock"),
    Tab("capture", "Capture", "pen-line"),
    Tab("lists", "Lists", "list-checks"),
    Tab("instruments", "Instruments", "gauge"),
    Tab("safekeeping", "Safekeeping", "hard-drive"),
    Tab("keys", "Keys", "key-round"),
    Tab("about", "About", "info"),
)
_PAGES: Mapping[str, Callable[[Seen], Page]] = MappingProxyType(
    {
        "looks": looks.page,
        "lock": lock.page,
        "capture": capture.page,
        "lists": lists.page,
        "instruments": instruments.page,
        "safekeeping": safekeeping.page,
        "keys": keys.page,
        "about": about.page,
    }
)
_CHANGES: Mapping[str, Callable[[Seen, str, str], Chosen]] = MappingProxyType(
    {
        "looks": looks.changed,
        "lock": lock.changed,
        "capture": capture.changed,
        "lists": lists.changed,
        "safekeeping": safekeeping.changed,
    }
)
TRY_AGAIN = "again"


class State(NamedTuple):
    """What the screen shows; `forget` grows whenever secrets are to be emptied."""

    tabs: tuple[Tab, ...] = ()
    tab: str = "looks"
    page: Page = Page(())
    troubles: Mapping[str, str] = MappingProxyType({})
    message: Message | None = None
    message_acts: tuple[tuple[str, str], ...] = ()
    saved: str = ""
    can_undo: bool = False
    forget: int = 0


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: State) -> None: ...

    def ask_folder(self, start: Path) -> Path | None: ...


class SettingsPresenter:
    """Turns what the therapist chooses into what applies, and what the screen shows."""

    def __init__(self, uses: SettingsUses, shipped: Tables, tasks: Tasks, clock: Clock, view: View) -> None:
        self._uses, self._tasks, self._clock, self._view = uses, tasks, clock, view
        self._state = State()
        self._steps = Steps()
        self._writing: Writing | None = None
        self._on_their_way = 0
        self._not_kept: dict[str, str | None] = {}
        self._read = False
        chosen = Chosen(uses.settings(), dict.fromkeys(SETTINGS_PLACES))
        self._seen = Seen(chosen, shipped, Journal(Path()), {}, clock.now().at, instruments=uses.instruments())

    # --- moving about --------------------------------------------------------------------------------------

    def start(self, tab: str = "looks") -> None:
        """Read what stands, and show a page."""
        tabs = tuple(tab for tab in TABS if tab.key != "instruments" or self._seen.instruments)
        self._show(tabs=tabs, tab=tab)
        self._tasks.run(self._uses.read, self._have_read, self._failed)

    def turn(self, tab: str) -> None:
        """Another page; secrets typed on this one are forgotten."""
        if tab != self._state.tab:
            self.finished()
            self._seen = self._seen._replace(secrets=Secrets(), pending={})
            self._show(tab=tab, troubles={}, message=None, message_acts=(), forget=self._state.forget + 1)

    def leave(self) -> None:
        """Back to where the settings were opened from."""
        self.finished()
        self._uses.leave()

    def look_changed(self) -> None:
        """The look or text size was changed from elsewhere, by its key."""
        self._seen = self._seen._replace(chosen=self._seen.chosen._replace(settings=self._uses.settings()))
        self._show()

    # --- choosing ------------------------------------------------------------------------------------------

    def typed(self, key: str, text: str) -> None:
        """A field is being written in; what fits applies at once."""
        if self._writing is None or self._writing.key != key:
            self.finished()
        self._seen = self._seen._replace(pending={**self._seen.pending, key: text})
        if key == keys.TYPED_KEY:  # no choice: it is only looked at when it is tested
            return
        if self._writing is None:
            self._writing = Writing(key, self._seen.chosen)
        self._apply(self._fitting(self._writing, text) if text.strip() else self._writing.base)

    def finished(self, key: str = "") -> None:
        """The writing is done: it is one step, or it stays in its field with what is wrong."""
        writing = self._writing
        if writing is None or key not in {"", writing.key}:
            return
        self._writing = None
        text = self._seen.pending.get(writing.key, "")
        try:
            chosen = self._changed(writing.base, writing.key, text)
        except Refused as refused:
            self._apply(writing.base)
            wrong = {} if isinstance(refused, Unfinished) else {writing.key: refused.sentence}
            self._show(troubles={**self._state.troubles, **wrong})
            return
        row = _row(writing.key)
        self._seen = self._seen._replace(pending=_without(self._seen.pending, row))
        self._apply(chosen)
        self._steps.take(Step(self._state.tab, writing.base, chosen))
        self._show(troubles=_without(self._state.troubles, row))

    def chose(self, key: str, value: str) -> None:
        """One of several, or back to the default."""
        self.finished()
        before = self._seen.chosen
        if key.endswith(".default"):
            self._seen = self._seen._replace(pending={})
        try:
            chosen = self._changed(before, key, value)
        except Refused as refused:
            self._show(message=Message(refused.sentence, "safety"))
            return
        troubles = {} if key.endswith(".default") else self._state.troubles
        self._show(message=None, message_acts=(), troubles=troubles)
        self._steps.take(Step(self._state.tab, before, chosen))
        self._apply(chosen)

    def undo(self) -> None:
        """Take the last change back."""
        self.finished()
        step = self._steps.back()
        if step is not None:
            self._go_to(step.tab, moved(self._seen.chosen, step.after, step.before))

    def redo(self) -> None:
        """Make it again after all."""
        self.finished()
        step = self._steps.again()
        if step is not None:
            self._go_to(step.tab, moved(self._seen.chosen, step.before, step.after))

    def _go_to(self, tab: str, chosen: Chosen) -> None:
        self._seen = self._seen._replace(pending={})
        self._show(tab=tab, troubles={}, message=None, message_acts=())
        self._apply(chosen)

    def _fitting(self, writing: Writing, text: str) -> Chosen:
        try:
            return self._changed(writing.base, writing.key, text)
        except Refused:
            return writing.base

    def _changed(self, base: Chosen, key: str, value: str) -> Chosen:
        return _CHANGES[self._state.tab](self._seen._replace(chosen=base), key, value)

    # --- keeping -------------------------------------------------------------------------------------------

    def _apply(self, chosen: Chosen) -> None:
        """Let it be so from now on, and keep it."""
        before = self._seen.chosen
        self._seen = self._seen._replace(chosen=chosen)
        for place, content in places_changed(before, chosen).items():
            self._lay(place, content)
        if chosen.settings != before.settings:
            kept = self._uses.apply(chosen.settings)
            self._say_saved() if kept else self._show(
                message=Message("This holds until the program ends: the settings could not be written.", "safety")
            )
        self._show()

    def _lay(self, place: str, content: str | None) -> None:
        self._on_their_way += 1

        def kept(_: None) -> None:
            self._on_their_way -= 1
            self._not_kept.pop(place, None)
            if not self._on_their_way and not self._not_kept:
                self._say_saved()

        def refused(error: Exception) -> None:
            self._on_their_way -= 1
            self._not_kept[place] = content
            told = trouble(error)
            acts = ((TRY_AGAIN, "Try again"),)
            self._show(saved="Not saved yet", message=told, message_acts=acts)

        self._tasks.run(lambda: self._uses.lay(place, content), kept, refused)

    def answer(self, act: str) -> None:
        """What was pressed in the strip."""
        if act == TRY_AGAIN:
            self._show(message=None, message_acts=())
            for place in tuple(self._not_kept):
                self._lay(place, self._seen.chosen.desk.get(place))

    def _say_saved(self) -> None:
        now = self._clock.now().at
        self._show(saved=f"Saved {clock_text(now, seconds=True)}", message=None, message_acts=())

    # --- acts that are no choices --------------------------------------------------------------------------

    def pressed(self, key: str, secrets: Mapping[str, str]) -> None:
        """A button, with what stands in the secret fields of the page."""
        self.finished()
        if key == safekeeping.CHOOSE:
            self._choose_folder()
        elif key == keys.SUGGEST:
            self._tell(suggestion=self._uses.suggest())
        elif key == capture.THEMES:
            self._uses.themes()
        elif key == keys.WRITTEN:
            self._tell(recovery_key="")
        elif not self._seen.busy:
            self._begin(key, secrets)

    def judge(self, passphrase: str) -> None:
        """Say how strong a new passphrase is, while it is typed."""
        self._tell(strength=self._uses.strength(passphrase) if passphrase else None)

    def _begin(self, key: str, secrets: Mapping[str, str]) -> None:
        uses = self._uses
        match key:
            case safekeeping.BACK_UP:
                self._do(key, uses.back_up, lambda _: self._look_again())
            case safekeeping.CHECK:
                self._do(key, uses.check, lambda _: self._look_again())
            case keys.REPAIR:
                self._do(key, uses.repair_key_file, lambda _: self._look_again("Both copies are written anew."))
            case keys.TEST:
                typed = self._seen.pending.get(keys.TYPED_KEY, "")
                if not typed.strip():
                    self._warn("Type the recovery key from your paper first.")
                else:
                    self._do(key, lambda: uses.test_recovery_key(typed), self._tested)
            case keys.RENEW:
                if not secrets.get(keys.FOR_RENEWAL):
                    self._warn("Type the passphrase first, so that nobody else makes a new key.")
                else:
                    self._do(key, lambda: uses.renew_recovery_key(secrets[keys.FOR_RENEWAL]), self._renewed)
            case keys.CHANGE:
                self._change_passphrase(secrets)

    def _change_passphrase(self, secrets: Mapping[str, str]) -> None:
        old, new, again = (secrets.get(name, "") for name in (keys.OLD, keys.NEW, keys.AGAIN))
        strength = self._uses.strength(new)
        if not old or not new:
            self._warn("Type the passphrase of now, and the new one twice.")
        elif not strength.enough:
            self._warn(f"This passphrase is too easily guessed. {strength.words} Six words at random are strong.")
        elif new != again:
            self._warn("The two new passphrases are not alike. Type the second one again.")
        else:
            self._do(keys.CHANGE, lambda: self._uses.change_passphrase(old, new), lambda _: self._passphrase_changed())

    def _passphrase_changed(self) -> None:
        self._seen = self._seen._replace(secrets=Secrets())
        self._show(
            message=Message(
                "The new passphrase holds from now on. Make a backup soon, so that it has it too.", "accent"
            ),
            forget=self._state.forget + 1,
        )

    def _renewed(self, recovery_key: str) -> None:
        pending = {name: text for name, text in self._seen.pending.items() if name != keys.TYPED_KEY}
        self._seen = self._seen._replace(secrets=Secrets(recovery_key=recovery_key), pending=pending)
        self._show(forget=self._state.forget + 1)

    def _tested(self, right: bool) -> None:
        says = "This key opens the journal." if right else "That is not the recovery key. Compare it group by group."
        self._show(message=Message(says, "accent" if right else "safety"))

    def _choose_folder(self) -> None:
        stands = self._seen.chosen.desk.get(BACKUP_FOLDER)
        chosen = self._view.ask_folder(Path(stands) if stands else self._seen.journal.folder.parent)
        if chosen is not None:
            self.chose(BACKUP_FOLDER, str(chosen))

    def _tell(self, **told: object) -> None:
        self._seen = self._seen._replace(secrets=self._seen.secrets._replace(**told))  # type: ignore[arg-type]
        self._show()

    def _warn(self, sentence: str) -> None:
        self._show(message=Message(sentence, "safety"), message_acts=())

    def _do(self, key: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        def finished(result: Result) -> None:
            self._seen = self._seen._replace(busy="")
            done(result)

        self._seen = self._seen._replace(busy=key)
        self._show(message=None, message_acts=())
        self._tasks.run(work, finished, self._failed)

    def _failed(self, error: Exception) -> None:
        self._seen = self._seen._replace(busy="")
        self._show(message=trouble(error), message_acts=())
        if self._read:
            self._look_again()

    def _look_again(self, sentence: str = "") -> None:
        if sentence:
            self._show(message=Message(sentence, "accent"))
        self._tasks.run(self._uses.read, self._have_read, lambda error: self._show(message=trouble(error)))

    def _have_read(self, read: tuple[Mapping[str, str | None], Journal]) -> None:
        desk, journal = read
        chosen = self._seen.chosen
        if not self._read:  # afterwards what is chosen here is newer than what was read
            chosen = chosen._replace(desk={place: desk.get(place) for place in SETTINGS_PLACES})
        self._read = True
        self._seen = self._seen._replace(chosen=chosen, journal=journal, notes=notes_on(desk))
        self._show()

    # --- showing -------------------------------------------------------------------------------------------

    def _show(self, **changes: object) -> None:
        self._seen = self._seen._replace(now=self._clock.now().at)
        state = self._state._replace(**changes)  # type: ignore[arg-type]
        seen = self._seen if self._writing is None else self._seen._replace(chosen=self._writing.base)
        self._state = state._replace(page=_PAGES[state.tab](seen), can_undo=self._steps.any)
        self._view.show_state(self._state)


def _row(key: str) -> str:
    """What the keys of all fields of one row begin with: they are changed together."""
    parts = key.split(".")
    if len(parts) == 3:
        return f"{parts[0]}.{parts[1]}."
    return "new." if parts[0] == "new" else key


def _without(given: Mapping[str, str], row: str) -> dict[str, str]:
    return {key: text for key, text in given.items() if not key.startswith(row)}

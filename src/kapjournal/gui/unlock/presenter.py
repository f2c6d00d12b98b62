"""What the unlock screen does: open a journal, make one, recover one, or look at the demo.

Plain Python. Passphrases pass through and are not kept: the state that the view shows never holds one, except a
suggested one, which has to be seen to be written down, and the recovery key, for the one time it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from kapjournal.application.ports import Tasks
from kapjournal.gui.messages import Message, trouble

Opened = TypeVar("Opened")
Result = TypeVar("Result")

_NOT_IN_A_FILE_NAME = '<>:"/\\|?*'


class KnownJournal(NamedTuple):
    """A journal that was opened on this computer before."""

    folder: Path
    name: str
    note: str  # where it lies, and when it was last opened
    there: bool = True  # False when its drive is not plugged in


class Strength(NamedTuple):
    """How a passphrase would hold, in words, and whether it is enough to make a journal with."""

    words: str
    enough: bool


class Made(NamedTuple, Generic[Opened]):
    """A new journal, open, and the recovery key that is shown once."""

    opened: Opened
    recovery_key: str


class UnlockUses(NamedTuple, Generic[Opened]):
    """What the screen can ask for. `open`, `recover`, `make`, `test_recovery` and `open_demo` run on the worker."""

    known_journals: Callable[[], tuple[KnownJournal, ...]]
    open: Callable[[Path, str], Opened]
    recover: Callable[[Path, str, str | None], Opened]  # recovery key, and a new passphrase if one is to be set
    make: Callable[[Path, str], Made[Opened]]
    test_recovery: Callable[[Path, str], bool]
    suggest: Callable[[], str]
    strength: Callable[[str], Strength]
    cloud_folder: Callable[[Path], str | None]  # the name of the service that would copy the folder, if any
    open_demo: Callable[[], Opened]
    entered: Callable[[Opened], None]  # the journal is open and the therapist goes in


class Page(StrEnum):
    """What the right side of the screen is for."""

    OPEN = "open"
    RECOVER = "recover"
    MAKE = "make"
    KEY = "key"  # the recovery key, shown once


class Unlock(NamedTuple):
    """What the screen shows."""

    page: Page = Page.OPEN
    journals: tuple[KnownJournal, ...] = ()
    chosen: Path | None = None
    busy: str = ""  # "Opening…" while the worker is at it
    message: Message | None = None
    secrets: int = 0  # the view empties its passphrase fields whenever this grows
    place: Path = Path()  # where a new journal is to lie
    name: str = ""
    cloud: str = ""  # the warning about a folder that is copied elsewhere
    strength: Strength | None = None
    match: str = ""  # what to say about the second passphrase
    suggestion: str = ""
    recovery_key: str = ""
    tested: bool | None = None  # whether the recovery key was typed back as it is

    @property
    def target(self) -> Path:
        """The folder that a new journal would be made in."""
        cleaned = "".join("-" if letter in _NOT_IN_A_FILE_NAME else letter for letter in self.name)
        return self.place / f"{cleaned.strip(' .') or 'journal'}.kapvault"


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Unlock) -> None: ...


class UnlockPresenter(Generic[Opened]):
    """Turns what the therapist does on the unlock screen into what it shows next."""

    def __init__(self, uses: UnlockUses[Opened], tasks: Tasks, view: View, place: Path) -> None:
        self._uses = uses
        self._tasks = tasks
        self._view = view
        self._opened: Opened | None = None
        self._state = Unlock(place=place, name="My practice")

    def start(self) -> None:
        """Show the known journals, the last used one chosen."""
        journals = self._uses.known_journals()
        chosen = next((journal.folder for journal in journals if journal.there), None)
        self._show(page=Page.OPEN, journals=journals, chosen=chosen, busy="", message=None)

    def choose(self, folder: Path) -> None:
        """A journal of the list is to be opened."""
        if folder != self._state.chosen:
            self._show(chosen=folder, message=None, secrets=self._state.secrets + 1)

    def choose_other(self, folder: Path) -> None:
        """A folder that is not in the list is to be opened."""
        known = self._state.journals
        if all(journal.folder != folder for journal in known):
            known = (KnownJournal(folder, folder.stem, str(folder.parent)), *known)
        self._show(journals=known, chosen=folder, message=None)

    def turn_to(self, page: Page) -> None:
        """Another page; what was typed as a secret on this one is forgotten."""
        if not self._state.busy:
            self._show(page=page, message=None, strength=None, match="", suggestion="", **self._forgotten())
            if page is Page.MAKE:
                self._look_at_place()

    def open(self, passphrase: str) -> None:
        """Open the chosen journal."""
        folder = self._state.chosen
        if folder is None:
            self._show(message=Message("Choose a journal first, or start a new one."))
        elif not passphrase:
            self._show(message=Message("Type the passphrase of this journal first."))
        else:
            self._begin("Opening…", lambda: self._uses.open(folder, passphrase), self._enter)

    def recover(self, recovery_key: str, first: str, second: str) -> None:
        """Open the chosen journal with the recovery key, and set a new passphrase if one was typed."""
        folder = self._state.chosen
        wanted = first or None
        if folder is None:
            self._show(message=Message("Choose a journal first: go back to the list."))
        elif not recovery_key.strip():
            self._show(message=Message("Type the recovery key first."))
        elif wanted is None or self._acceptable(first, second):
            self._begin("Opening…", lambda: self._uses.recover(folder, recovery_key, wanted), self._enter)

    def open_demo(self) -> None:
        """Look at invented clients."""
        self._begin("Opening the demo journal…", self._uses.open_demo, self._enter)

    def named(self, name: str) -> None:
        """The new journal gets a name."""
        self._show(name=name)
        self._look_at_place()

    def placed(self, folder: Path) -> None:
        """The new journal is to lie in this folder."""
        self._show(place=folder)
        self._look_at_place()

    def suggest(self) -> None:
        """Offer six words."""
        suggestion = self._uses.suggest()
        self._show(suggestion=suggestion, strength=self._uses.strength(suggestion), match="")

    def passphrase_typed(self, first: str, second: str) -> None:
        """Say how strong it is, and whether it was typed alike twice."""
        strength = self._uses.strength(first) if first else None
        match = "" if not second else "The two are alike." if first == second else "The two are not alike yet."
        self._show(strength=strength, match=match)

    def make(self, first: str, second: str) -> None:
        """Make the journal."""
        target = self._state.target
        if not self._state.name.strip():
            self._show(message=Message("Give the journal a name first. Only this computer shows it."))
        elif self._acceptable(first, second):
            self._begin("Making the journal…", lambda: self._uses.make(target, first), self._made)

    def test_recovery(self, typed: str) -> None:
        """Whether the recovery key that was written down opens the new journal."""
        if not typed.strip():
            self._show(message=Message("Type the recovery key from your paper first."))
            return
        target = self._state.target
        self._begin("Testing…", lambda: self._uses.test_recovery(target, typed), self._tested)

    def go_in(self) -> None:
        """Leave the recovery key behind and enter the new journal."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            self._enter(opened)

    def _acceptable(self, first: str, second: str) -> bool:
        strength = self._uses.strength(first)
        if not first:
            problem = "Type a passphrase first, or take the suggested one."
        elif not strength.enough:
            problem = f"This passphrase is too easily guessed. {strength.words} Six words at random are strong."
        elif first != second:
            problem = "The two passphrases are not alike. Type the second one again."
        else:
            return True
        self._show(message=Message(problem))
        return False

    def _begin(self, busy: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        if not self._state.busy:
            self._show(busy=busy, message=None)
            self._tasks.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show(busy="", message=trouble(error), **self._forgotten())

    def _enter(self, opened: Opened) -> None:
        self._show(busy="", message=None, recovery_key="", suggestion="", **self._forgotten())
        self._uses.entered(opened)

    def _made(self, made: Made[Opened]) -> None:
        self._opened = made.opened
        self._show(
            page=Page.KEY, busy="", suggestion="", recovery_key=made.recovery_key, tested=None, **self._forgotten()
        )

    def _tested(self, right: bool) -> None:
        says = "This key opens the journal." if right else "That is not the recovery key. Compare it group by group."
        self._show(busy="", tested=right, message=Message(says, "accent" if right else "safety"))

    def _look_at_place(self) -> None:
        service = self._uses.cloud_folder(self._state.target)
        self._show(
            cloud=f"This folder is copied to {service}. A journal in use can be damaged by that, and old copies stay "
            "there. Choose a folder outside of it."
            if service
            else ""
        )

    def _forgotten(self) -> dict[str, int]:
        return {"secrets": self._state.secrets + 1}

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.errors import JournalDamaged, JournalInUse, KeyFileDamaged, NewerFormat, WrongPassphrase
from kapjournal.gui.messages import UNEXPECTED
from kapjournal.gui.unlock.presenter import (
    KnownJournal,
    Made,
    Page,
    Strength,
    Unlock,
    UnlockPresenter,
    UnlockUses,
)

PRACTICE = KnownJournal(Path("/home/p.kapvault"), "My practice", "Documents")
COPIES = KnownJournal(Path("/usb/c.kapvault"), "Copies", "not plugged in", there=False)
SIX = "lantern orbit velvet canyon thimble heron"


class Screen:
    def __init__(self) -> None:
        self.states: list[Unlock] = []

    def show_state(self, state: Unlock) -> None:
        self.states.append(state)

    @property
    def now(self) -> Unlock:
        return self.states[-1]


class World:
    """An unlock screen with a journal that opens with `right`."""

    def __init__(self, *, hold: bool = False, **other: Callable[..., Any]) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.entered: list[str] = []
        self.tasks = InlineTasks(hold=hold)
        self.screen = Screen()
        uses = UnlockUses(
            known_journals=lambda: (COPIES, PRACTICE),
            open=self._open,
            recover=lambda folder, key, new: self._say("recovered", folder, key, new),
            make=lambda folder, passphrase: Made(self._say("made", folder, passphrase), "K7QM-2XVT"),
            test_recovery=lambda _folder, typed: typed == "K7QM-2XVT",
            suggest=lambda: SIX,
            strength=lambda typed: Strength("Strong." if len(typed) > 12 else "Guessed in a day.", len(typed) > 12),
            cloud_folder=lambda folder: "Dropbox" if "Dropbox" in folder.parts else None,
            open_demo=lambda: self._say("demo"),
            entered=self.entered.append,
        )
        self.presenter = UnlockPresenter(uses._replace(**other), self.tasks, self.screen, Path("/home/docs"))
        self.presenter.start()

    def _open(self, folder: Path, passphrase: str) -> str:
        if passphrase != "right":
            raise WrongPassphrase("That passphrase does not open this journal.")
        return self._say("opened", folder)

    def _say(self, *asked: object) -> str:
        self.asked.append(asked)
        return str(asked[0])

    def sentence(self) -> str:
        message = self.screen.now.message
        return message.sentence if message else ""


def test_the_journal_that_is_there_is_chosen_and_opens() -> None:
    world = World()
    assert world.screen.now.chosen == PRACTICE.folder
    world.presenter.open("right")
    assert world.asked == [("opened", PRACTICE.folder)]
    assert world.entered == ["opened"]


def test_while_it_opens_the_screen_says_so_and_a_second_enter_does_nothing() -> None:
    world = World(hold=True)
    world.presenter.open("right")
    world.presenter.open("right")
    assert world.screen.now.busy == "Opening…"
    world.tasks.release()
    assert world.screen.now.busy == ""
    assert world.entered == ["opened"]


@pytest.mark.parametrize("kind", [WrongPassphrase, KeyFileDamaged, JournalDamaged, JournalInUse, NewerFormat])
def test_each_trouble_is_told_in_its_own_sentence_and_the_secret_is_forgotten(kind: type[Any]) -> None:
    def fails(_folder: Path, _passphrase: str) -> str:
        raise kind(f"It is {kind.__name__}.")

    world = World(open=fails)
    before = world.screen.now.secrets
    world.presenter.open("anything")
    assert world.sentence() == f"It is {kind.__name__}."
    assert world.screen.now.secrets > before
    assert world.entered == []


def test_a_mistake_of_the_program_is_told_without_its_words() -> None:
    def fails(_folder: Path, _passphrase: str) -> str:
        raise ValueError("secret detail")

    world = World(open=fails)
    world.presenter.open("anything")
    assert world.sentence() == UNEXPECTED


def test_after_opening_the_secret_is_forgotten() -> None:
    world = World()
    before = world.screen.now.secrets
    world.presenter.open("right")
    assert world.screen.now.secrets > before


def test_no_state_ever_holds_a_typed_passphrase() -> None:
    world = World()
    world.presenter.open("wrong and private")
    world.presenter.turn_to(Page.MAKE)
    world.presenter.passphrase_typed("a typed passphrase", "a typed passphrase")
    world.presenter.make("a typed passphrase", "a typed passphrase")
    shown = repr(world.screen.states)
    assert "wrong and private" not in shown
    assert "a typed passphrase" not in shown


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [("", "", "Type a passphrase"), ("short", "short", "too easily guessed"), (SIX, "else", "not alike")],
)
def test_a_journal_is_not_made_with_a_passphrase_that_will_not_do(first: str, second: str, says: str) -> None:
    world = World()
    world.presenter.turn_to(Page.MAKE)
    world.presenter.make(first, second)
    assert says in world.sentence()
    assert world.asked == []


def test_a_new_journal_shows_its_recovery_key_once_and_tests_it() -> None:
    world = World()
    world.presenter.turn_to(Page.MAKE)
    world.presenter.named("Prac/tice: two")
    world.presenter.make(SIX, SIX)
    assert world.asked == [("made", Path("/home/docs/Prac-tice- two.kapvault"), SIX)]
    assert world.screen.now.page is Page.KEY
    assert world.screen.now.recovery_key == "K7QM-2XVT"
    assert world.entered == []

    world.presenter.test_recovery("K7QM-2XVS")
    assert world.screen.now.tested is False
    world.presenter.test_recovery("K7QM-2XVT")
    assert world.screen.now.tested is True

    world.presenter.go_in()
    world.presenter.go_in()
    assert world.entered == ["made"]
    assert world.screen.now.recovery_key == ""


def test_a_folder_that_is_copied_elsewhere_is_warned_about() -> None:
    world = World()
    world.presenter.turn_to(Page.MAKE)
    assert world.screen.now.cloud == ""
    world.presenter.placed(Path("/home/Dropbox/x"))
    assert "Dropbox" in world.screen.now.cloud
    world.presenter.placed(Path("/home/docs"))
    assert world.screen.now.cloud == ""


def test_recovery_can_set_a_new_passphrase_or_leave_it() -> None:
    world = World()
    world.presenter.turn_to(Page.RECOVER)
    world.presenter.recover("", "", "")
    world.presenter.recover("K7QM", "short", "short")
    assert world.asked == []
    world.presenter.recover("K7QM", "", "")
    world.presenter.recover("K7QM", SIX, SIX)
    assert world.asked == [
        ("recovered", PRACTICE.folder, "K7QM", None),
        ("recovered", PRACTICE.folder, "K7QM", SIX),
    ]


def test_another_folder_joins_the_list_and_is_chosen() -> None:
    world = World()
    world.presenter.choose_other(Path("/other/j.kapvault"))
    assert world.screen.now.chosen == Path("/other/j.kapvault")
    assert len(world.screen.now.journals) == 3
    world.presenter.open("right")
    assert world.asked == [("opened", Path("/other/j.kapvault"))]


def test_the_demo_opens_without_a_passphrase() -> None:
    world = World()
    world.presenter.open_demo()
    assert world.entered == ["demo"]

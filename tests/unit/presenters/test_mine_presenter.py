"""The therapist's own screen, without windows: a check that is begun is not lost, and is kept once."""

from __future__ import annotations

from datetime import timedelta

from kapjournal.application import own_notes as do
from kapjournal.application import themes
from kapjournal.application.own_lists import load_tables
from kapjournal.application.steps import redo, undo
from kapjournal.application.themes import Shelf
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.wording import Wording
from kapjournal.gui.mine.presenter import MinePresenter, MineUses
from kapjournal.gui.mine.state import MineState
from kapjournal.resources import path
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

STARTER = load_tables(path).starter


class Screen:
    def __init__(self, journal: FakeJournal | None = None, clock: FakeClock | None = None) -> None:
        self.journal, self.clock, self.ids = journal or FakeJournal(), clock or FakeClock(), FakeIds()
        if journal is None:
            for hours, name in ((30, "w"), (20, "s")):
                at = START - timedelta(hours=hours)
                dosing = Session(id=f"d-{name}", client=name, kind=SessionKind.DOSING, number=2, started_at=at)
                self.journal.keep(Client(id=name, alias=name.upper()), dosing)
        shelf = Shelf(self.journal, self.clock, self.ids, STARTER)
        j, c, n = self.journal, self.clock, self.ids
        uses = MineUses(
            read=lambda: (do.read_own(j, c, STARTER), Wording()),
            say=lambda entry, theme, state: themes.say(shelf, entry, theme, state),
            undo=lambda step: undo(j, step),
            redo=lambda step: redo(j, step),
            put_check=lambda draft: do.put_check(j, draft),
            keep_check=lambda client, answers, consult: do.keep_check(
                j, c, n, STARTER, client, answers, consult=consult
            ),
            open_note=lambda *_: None,
        )
        self.state, self.tasks, self.timer = MineState(), InlineTasks(), FakeTimer()
        self.presenter = MinePresenter(uses, self.tasks, self.clock, self.timer, self)
        self.presenter.start()

    def show_state(self, state: MineState) -> None:
        self.state = state

    @property
    def own(self) -> list[Entry]:
        return [entry for entry in self.journal.entries() if entry.kind is Kind.SELF]


def test_what_is_typed_is_said_to_be_saved_only_when_all_of_it_is() -> None:
    screen = Screen()
    screen.presenter.open_check()
    screen.presenter.answer("carry", "the")
    assert screen.state.check.saved == ""
    screen.tasks.hold = True
    screen.timer.pass_(1)
    screen.presenter.answer("carry", "the bulbs")  # while the first words are on their way
    screen.tasks.release()
    assert screen.state.check.saved == ""
    screen.tasks.hold = False
    screen.timer.pass_(1)
    assert screen.state.check.saved == "saved 09:00"


def test_a_check_that_was_left_is_there_again_even_weeks_later() -> None:
    screen = Screen()
    screen.presenter.open_check()
    assert screen.state.check.chosen == "s"  # the latest, though nobody pressed it
    screen.presenter.answer("body", "no lunch")
    screen.presenter.leave()
    screen.clock.pass_(20 * 24 * 3600)
    again = Screen(screen.journal, screen.clock)
    assert again.state.check.open
    assert (again.state.check.about, again.state.check.chosen) == ((("s", "S"),), "s")
    assert {q.key: q.answer for q in again.state.check.questions}["body"] == "no lunch"
    again.presenter.keep_check(consult=False)
    assert [(e.client, e.text.split("\n")[1]) for e in again.own] == [("s", "no lunch")]


def test_a_check_is_kept_once_and_a_full_disk_loses_nothing_of_it() -> None:
    screen = Screen()
    screen.presenter.open_check()
    screen.presenter.keep_check(consult=False)
    assert screen.state.check.problem.startswith("There are no words to keep yet.")
    screen.presenter.answer("need", "a walk")
    screen.journal.trouble = NotSaved("The disk is full.")
    screen.presenter.keep_check(consult=True)
    assert screen.state.check.problem == "The disk is full."
    assert {q.key: q.answer for q in screen.state.check.questions}["need"] == "a walk"
    screen.journal.trouble = None
    screen.tasks.hold = True
    screen.presenter.keep_check(consult=True)
    screen.presenter.keep_check(consult=True)
    screen.tasks.release()
    assert len(screen.own) == 1
    assert not screen.state.check.open
    assert [line.words.split("\n")[1] for line in screen.state.consult] == ["a walk"]


def test_a_flag_is_put_on_taken_off_and_undone() -> None:
    screen = Screen()
    screen.journal.keep(Entry(id="e", client="w", kind=Kind.SELF, text="warm toward her", noticed_at=START))
    screen.presenter.start()
    screen.presenter.choose("e")
    flag = next(flag.key for flag in screen.state.flags if flag.name == "Boundary flag")
    screen.presenter.put(flag)
    assert [line.name for line in screen.state.themes] == ["Boundary flag"]
    screen.presenter.undo()
    assert screen.state.themes == ()
    screen.presenter.redo()
    assert [flag.name for flag in screen.state.flags if flag.on] == ["Boundary flag"]
    screen.presenter.put(flag)
    assert screen.state.themes == ()

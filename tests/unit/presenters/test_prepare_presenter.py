from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.course import Client, Limits, Route
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.prepare.presenter import (
    CardForm,
    CardValues,
    Prepare,
    PreparePresenter,
    PrepareUses,
    read_form,
    write_form,
)

CARD = CardValues(
    intention="To stop bracing.",
    stop_word="harbour",
    prescriber="Dr. L.  555-0142",
    route=Route.IM,
    vitals_schedule=(-10, 0, 20, 60),
    limits=Limits(systolic=160, diastolic=100),
)


class World:
    def __init__(self) -> None:
        self.saved: list[tuple[str, CardValues]] = []
        self.left = 0
        self.load_fails = self.save_fails = False
        self.state = Prepare()
        self.presenter = PreparePresenter(PrepareUses(self._load, self._save, self._leave), InlineTasks(), self)

    def show_state(self, state: Prepare) -> None:
        self.state = state

    def begin(self) -> None:
        self.presenter.start(Client(id="w", alias="Wren"))

    def _load(self, _client: str) -> CardValues:
        if self.load_fails:
            raise NotSaved("The drive was removed.")
        return CARD

    def _save(self, client: str, values: CardValues) -> None:
        if self.save_fails:
            raise NotSaved("Not saved yet. The disk is full.")
        self.saved.append((client, values))

    def _leave(self) -> None:
        self.left += 1


def test_what_was_kept_is_shown_and_kept_again_unchanged() -> None:
    world = World()
    world.begin()
    assert world.state.form.intention == "To stop bracing."
    world.presenter.save(world.state.form)
    assert world.saved == [("w", CARD)]
    assert world.left == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("systolic", "1600"),
        ("systolic", "high"),
        ("diastolic", "-5"),
        ("spo2", "101"),
        ("heart_rate", "8.5"),
        ("vitals_schedule", "soon"),
        ("vitals_schedule", "0:75"),
        ("vitals_schedule", "99999"),
        ("route", "XX"),
    ],
)
def test_a_field_that_does_not_fit_says_so_and_nothing_is_kept(field: str, typed: str) -> None:
    world = World()
    world.begin()
    world.presenter.save(world.state.form._replace(**{field: typed}))
    assert [name for name, _ in world.state.problems] == [field]
    assert world.saved == []
    assert world.left == 0


def test_minutes_may_be_written_as_times() -> None:
    values, problems = read_form(CardForm(vitals_schedule="1:00 0:20; 0, 20 −10"))
    assert problems == ()
    assert values is not None
    assert values.vitals_schedule == (-10, 0, 20, 60)


def test_leaving_with_unkept_words_asks_in_place() -> None:
    world = World()
    world.begin()
    changed = world.state.form._replace(touch="Hand only.")
    world.presenter.leave(changed)
    assert world.state.asking
    assert world.left == 0
    world.presenter.answer("keep", changed)
    assert world.saved[0][1].touch == "Hand only."
    assert world.left == 1


def test_leaving_unchanged_asks_nothing() -> None:
    world = World()
    world.begin()
    world.presenter.leave(world.state.form)
    assert world.left == 1


def test_a_card_that_could_not_be_saved_stays_as_typed() -> None:
    world = World()
    world.begin()
    world.save_fails = True
    version = world.state.form_version
    world.presenter.save(world.state.form._replace(touch="Hand only."))
    assert world.state.message is not None
    assert world.state.message.sentence == "Not saved yet. The disk is full."
    assert world.state.form_version == version
    assert world.left == 0


def test_a_card_that_could_not_be_read_is_not_written_over() -> None:
    world = World()
    world.load_fails = True
    world.begin()
    world.presenter.save(CardForm(intention="new"))
    assert world.saved == []


@given(st.text(max_size=30), st.text(max_size=8))
def test_no_input_breaks_the_form(schedule: str, number: str) -> None:
    values, problems = read_form(CardForm(vitals_schedule=schedule, systolic=number, spo2=number))
    assert (values is None) == bool(problems)
    if values is not None:
        assert read_form(write_form(values))[0] == values

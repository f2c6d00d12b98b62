"""Entries stand in the order in which they happened, whatever the wall clock said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, Entry, Kind
from kapjournal.domain.timeline import amended, doses, first_dose_s, in_order, place_s
from tests.fakes.clock import START

SESSION = Session(id="s", client="wren", kind=SessionKind.DOSING, started_at=START)


def entry(id_: str, wall_s: float, elapsed_s: float | None = None, kind: Kind = Kind.OBSERVATION) -> Entry:
    return Entry(
        id=id_,
        client="wren",
        session="s",
        kind=kind,
        text=id_,
        noticed_at=START + timedelta(seconds=wall_s),
        elapsed_s=elapsed_s,
    )


def taken_back(id_: str) -> Amendment:
    return Amendment(id=f"a-{id_}", entry=id_, action=Action.RETRACTION, written_at=START)


def ids(entries: list[Entry], *amendments: Amendment, session: Session = SESSION) -> list[str]:
    return [n.original.id for n in in_order(amended(entries, amendments), session)]


def test_the_steady_clock_goes_before_the_wall() -> None:
    assert place_s(entry("a", 500, 20.0), SESSION) == 20.0
    assert place_s(entry("a", 500), SESSION) == 500.0
    assert place_s(entry("a", 500, 0.0), SESSION) == 0.0


def test_a_clock_set_back_does_not_reorder() -> None:
    before, after, imported = entry("before", 1200, 1200.0), entry("after", -2340, 1260.0), entry("imported", 1230)
    assert ids([before, after, imported]) == ["before", "imported", "after"]


def test_the_same_moment_stays_in_the_order_it_was_written() -> None:
    assert ids([entry("b", 5, 5.0), entry("a", 5, 5.0), entry("c", 5)]) == ["b", "a", "c"]


def test_without_a_start_the_wall_clock_orders() -> None:
    nowhere = Session(id="s", client="wren", kind=SessionKind.DOSING)
    assert ids([entry("b", 60), entry("a", 0)], session=nowhere) == ["a", "b"]


def test_amendments_stay_with_their_entry_in_order() -> None:
    first, second = taken_back("a"), taken_back("a").model_copy(update={"id": "z"})
    (a, b) = amended([entry("a", 0), entry("b", 0)], [first, second, taken_back("elsewhere")])
    assert (a.amendments, b.amendments) == ((first, second), ())


def test_doses_that_stand_are_those_not_taken_back_earliest_first() -> None:
    given = [entry("late", 0, 60.0, Kind.DOSE), entry("first", 0, 5.0, Kind.DOSE), entry("gone", 0, 1.0, Kind.DOSE)]
    standing = doses(amended([*given, entry("other", 0, 0.0)], [taken_back("gone")]), SESSION)
    assert [n.original.id for n in standing] == ["first", "late"]


@pytest.mark.parametrize(("kinds", "at"), [((), None), ((Kind.OBSERVATION,), None), ((Kind.DOSE, Kind.DOSE), 0.0)])
def test_the_first_dose(kinds: tuple[Kind, ...], at: float | None) -> None:
    given = [entry(str(number), 0, number * 10.0, kind) for number, kind in enumerate(kinds)]
    assert first_dose_s(SESSION, reversed(given)) == at

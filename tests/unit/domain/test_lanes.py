"""A session along time: where entries stand, what is silence, what stands around a minute, and what is in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.course import Session
from kapjournal.domain.entry import Action, Amended, Amendment, Entry, Kind
from kapjournal.domain.lanes import TITLES, Laid, Lane, lane_of, lay_out
from kapjournal.domain.overlay import around, nearest
from kapjournal.domain.silences import Silence, silences
from kapjournal.domain.zoom import CLOSEST_MIN, Stretch, ticks
from tests.reviewed import BEGUN, DOSE_AFTER, dosing, entry


def laid(*entries: Entry, session: Session | None = None) -> Laid:
    return lay_out(session or dosing("d3", 3, closed=True), [Amended(original=e) for e in entries])


def places(one: Laid) -> list[tuple[str, float]]:
    return [(p.note.original.id, round(p.minute, 2)) for p in one.placed]


def test_every_kind_has_a_lane_and_every_lane_a_title() -> None:
    assert {lane_of(kind) for kind in Kind} == set(Lane) == set(TITLES)
    assert lane_of(Kind.SELF) is Lane.OWN
    assert [kind for kind in Kind if lane_of(kind) is Lane.OWN] == [Kind.SELF]


def test_minutes_count_from_the_first_dose() -> None:
    made = laid(
        entry("late", "d3", 28, Kind.QUOTE), entry("dose", "d3", 0, Kind.DOSE), entry("bp", "d3", -10, Kind.VITALS)
    )
    assert made.from_dose
    assert places(made) == [("bp", -10), ("dose", 0), ("late", 28)]
    assert (made.start, made.end) == (-DOSE_AFTER, 180 - DOSE_AFTER)


def test_without_a_dose_they_count_from_the_beginning() -> None:
    made = laid(entry("a", "d3", 28, Kind.QUOTE))
    assert not made.from_dose
    assert places(made) == [("a", 28 + DOSE_AFTER)]
    assert made.start == 0


def test_a_dose_that_was_taken_back_does_not_count() -> None:
    dose, again = entry("dose", "d3", -5, Kind.DOSE), entry("again", "d3", 0, Kind.DOSE)
    back = Amendment(id="b", entry="dose", action=Action.RETRACTION, written_at=dose.noticed_at)
    made = lay_out(dosing("d3", 3, closed=True), [Amended(original=dose, amendments=(back,)), Amended(original=again)])
    assert places(made) == [("dose", -5), ("again", 0)]


def test_a_session_of_unknown_beginning_begins_with_its_first_entry() -> None:
    session = Session.model_validate({"id": "d3", "client": "wren", "kind": "dosing"})
    assert places(laid(entry("a", "d3", 3, Kind.NOTE), entry("b", "d3", 10, Kind.NOTE), session=session)) == [
        ("a", 0),
        ("b", 7),
    ]


def test_what_is_written_when_it_is_over_stands_beside_and_does_not_stretch_it() -> None:
    made = laid(
        entry("note", "d3", 300, Kind.NOTE), entry("seen", "d3", 300, Kind.OBSERVATION), entry("a", "d3", 5, Kind.NOTE)
    )
    assert [n.original.id for n in made.after] == ["note"]
    assert [id_ for id_, _ in places(made)] == ["a", "seen"]


def test_nothing_written_is_still_a_session() -> None:
    made = laid()
    assert (made.placed, made.start, made.end) == ((), 0, 180)


def test_the_steady_clock_places_an_entry_whatever_the_wall_says() -> None:
    moved = entry("a", "d3", 60, Kind.QUOTE, elapsed_s=120.0)
    assert places(laid(moved)) == [("a", 2)]
    assert moved.noticed_at == BEGUN["d3"] + timedelta(minutes=60 + DOSE_AFTER)


# --- silences ------------------------------------------------------------------------------------------------------


def test_gaps_of_five_minutes_are_silences_also_before_and_after() -> None:
    found = silences([0, 4.9, 10, 15], start=-6, end=20)
    assert found == (Silence(-6, 0), Silence(4.9, 10), Silence(10, 15), Silence(15, 20))
    assert [s.minutes for s in found] == [6, 5, 5, 5]


def test_a_gap_of_less_is_none() -> None:
    assert silences([0, 4.99, 9.9], start=0, end=9.9) == ()


@given(st.lists(st.floats(0, 300)), st.floats(1, 60))
def test_no_entry_stands_inside_a_silence(minutes: list[float], shortest: float) -> None:
    found = silences(minutes, 0, 300, shortest)
    assert all(s.end - s.start >= shortest for s in found)
    assert not any(s.start < minute < s.end for s in found for minute in minutes)


# --- around a minute -----------------------------------------------------------------------------------------------


def test_what_was_said_around_a_minute_each_time() -> None:
    first = laid(
        entry("dose", "d1", 0, Kind.DOSE), entry("q1", "d1", 38, Kind.QUOTE), session=dosing("d1", 1, closed=True)
    )
    third = laid(
        entry("dose3", "d3", 0, Kind.DOSE), entry("a", "d3", 36.9, Kind.QUOTE), entry("b", "d3", 43, Kind.QUOTE)
    )
    found = around((first, third), 40, 3)
    assert [[p.note.original.id for p in each] for each in found] == [["q1"], ["b"]]
    assert [[p.note.original.id for p in each] for each in around((first, third), 100, 3)] == [[], []]
    close = nearest(third.placed, 39)
    assert close is not None
    assert close.note.original.id == "a"


# --- in sight ------------------------------------------------------------------------------------------------------

WHOLE = Stretch(-20, 180)


def test_closer_keeps_the_minute_where_it_is() -> None:
    closer = WHOLE.zoomed(0.5, 30, WHOLE)
    assert closer.width == 100
    assert (30 - closer.start) / closer.width == pytest.approx((30 - WHOLE.start) / WHOLE.width)


def test_never_wider_than_the_whole_and_never_closer_than_a_few_minutes() -> None:
    assert WHOLE.zoomed(5, 30, WHOLE) == WHOLE
    assert WHOLE.zoomed(0.0001, 30, WHOLE).width == CLOSEST_MIN


def test_a_minute_out_of_sight_is_brought_in() -> None:
    shown = Stretch(0, 20)
    assert shown.showing(10, WHOLE) == shown
    assert shown.showing(100, WHOLE) == Stretch(82, 102)
    assert shown.showing(-15, WHOLE) == Stretch(-17, 3)
    assert shown.showing(-20, WHOLE).start == -20


@given(st.floats(0.2, 5), st.floats(-20, 180), st.floats(-500, 500))
def test_what_is_in_sight_stays_within_the_whole(by: float, about: float, along: float) -> None:
    shown = WHOLE.zoomed(by, about, WHOLE).moved(along, WHOLE)
    assert WHOLE.start - 1e-6 <= shown.start < shown.end <= WHOLE.end + 1e-6


@given(st.integers(-1000, 1000), st.integers(10, 30000), st.integers(1, 20))
def test_round_minutes_are_in_sight_and_not_too_many(start: int, width: int, most: int) -> None:
    shown = Stretch(start / 10, (start + width) / 10)
    found = ticks(shown, most)
    assert all(shown.holds(minute) for minute in found)
    assert len(found) <= most + 1

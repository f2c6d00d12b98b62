from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kapjournal.domain.course import Client, Course, Limits, Route, Session, SessionKind
from kapjournal.domain.course_facts import client_words, course_words, read_fact, with_facts
from kapjournal.domain.course_plan import (
    Stage,
    beads,
    next_kind,
    next_number,
    next_planned,
    told,
    without_medicine_here,
)
from kapjournal.domain.errors import BadInput

AT = datetime(2026, 2, 26, 13, 0, tzinfo=UTC)
P, D, I = SessionKind.PREPARATION, SessionKind.DOSING, SessionKind.INTEGRATION  # noqa: E741


def held(kind: SessionKind, number: int, day: int) -> Session:
    at = AT + timedelta(days=day)
    return Session(id=f"{kind}{number}", client="w", kind=kind, number=number, started_at=at, ended_at=at, closed_at=at)


def planned(kind: SessionKind, number: int, day: int | None = None) -> Session:
    given = {} if day is None else {"planned_for": AT + timedelta(days=day)}
    return Session.model_validate({"id": f"{kind}{number}", "client": "w", "kind": kind, "number": number, **given})


def running(kind: SessionKind, number: int) -> Session:
    return Session(id="on", client="w", kind=kind, number=number, started_at=AT)


def test_sessions_of_any_mix_stand_in_time_and_the_rest_is_open() -> None:
    line = beads([planned(I, 1, 3), running(D, 1), held(P, 1, -2)], 5)
    assert [(b.stage, b.kind) for b in line] == [
        (Stage.HELD, P),
        (Stage.RUNNING, D),
        (Stage.PLANNED, I),
        (Stage.OPEN, None),
        (Stage.OPEN, None),
    ]
    assert [b.round_ for b in line] == [0, 0, 0, 1, 1]
    assert told(line) == "Session 2 of 5, running now"


def test_six_are_foreseen_where_nothing_is_said_and_more_than_planned_is_no_trouble() -> None:
    assert len(beads([], None)) == 6
    assert len(beads([], 0)) == 0
    assert len(beads([held(D, n, n) for n in range(1, 4)], 2)) == 3
    assert told(beads([], None)) == "No sessions yet"


def test_a_planned_session_without_a_date_comes_after_those_with_one() -> None:
    line = beads([planned(D, 2), planned(D, 3, 5), held(D, 1, -1)], 3)
    assert [b.session.number for b in line if b.session] == [1, 3, 2]


def test_rounds_begin_where_the_work_turns_back() -> None:
    line = beads([held(P, 1, 0), held(P, 2, 1), held(D, 1, 2), held(I, 1, 3), held(D, 2, 4), held(D, 3, 5)], 6)
    assert [b.round_ for b in line] == [0, 0, 0, 0, 1, 2]
    assert told(line) == "All six held"


def test_a_journey_without_a_dosing_session_reads_naturally() -> None:
    line = beads([held(I, 1, 0), planned(I, 2, 7)], 6)
    assert without_medicine_here(line)
    assert told(line) == "Integration only, one held"
    assert not without_medicine_here(beads([held(P, 1, 0), planned(D, 1, 3), planned(I, 1, 4)], 6))


def test_the_next_of_a_kind_is_the_nearest_planned_one() -> None:
    sessions = [planned(D, 4), planned(D, 3, 9), planned(P, 2, 1), held(D, 2, -3)]
    assert next_planned(sessions, D) == sessions[1]
    assert next_planned(sessions) == sessions[2]
    assert next_planned(sessions, I) is None
    assert next_number(sessions, D) == 5


@pytest.mark.parametrize(("last", "then"), [(P, D), (D, I), (I, P)])
def test_what_comes_next_follows_what_was_last(last: SessionKind, then: SessionKind) -> None:
    assert next_kind([held(P, 1, 0), planned(last, 2, 3)]) is then
    assert next_kind([]) is P


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("route", "im", Route.IM),
        ("vitals_schedule", "1:00, 0 20", (0, 20, 60)),
        ("planned_sessions", "8", 8),
        ("systolic", "160", 160),
        ("notes", "  kind  ", "kind"),
        ("notes", "   ", None),
    ],
)
def test_facts_are_read(name: str, typed: str, value: object) -> None:
    assert read_fact(name, typed, AT.date()) == value


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("route", "nose", "Route"),
        ("vitals_schedule", "0, soon", "Minutes"),
        ("vitals_schedule", "9999", "Minutes"),
        ("planned_sessions", "six", "Sessions"),
        ("retain_until", "31 February", "A day"),
        ("birth_year", "-4", "Year"),
    ],
)
def test_a_fact_that_does_not_fit_says_what_would(name: str, typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_fact(name, typed, AT.date())


def test_a_number_outside_its_bounds_says_which() -> None:
    with pytest.raises(BadInput, match="Upper blood pressure"):
        with_facts(Course(id="c", client="w"), {"systolic": 900})
    with pytest.raises(BadInput, match="Year of birth"):
        with_facts(Client(id="w", alias="Wren"), {"birth_year": 1066})


def test_an_emptied_fact_is_gone_and_the_others_stay() -> None:
    course = Course(id="c", client="w", goals="rest", limits=Limits(systolic=160, diastolic=100))
    assert with_facts(course, {"systolic": None}).limits == Limits(diastolic=100)
    assert with_facts(with_facts(course, {"systolic": None}), {"diastolic": None}).limits is None
    assert with_facts(course, {"goals": None}).content() == {
        "type": "course",
        "id": "c",
        "client": "w",
        "limits": {"systolic": 160, "diastolic": 100},
    }


def test_what_stands_in_the_fields_is_read_back_as_it_was() -> None:
    client = Client.model_validate({"id": "w", "alias": "Wren", "notes": "n", "retain_until": "2033-12-31"})
    words = client_words(client)
    assert words["retain_until"] == "31 December 2033"
    again = with_facts(Client(id="w", alias="Wren"), {n: read_fact(n, w, AT.date()) for n, w in words.items()})
    assert again == client
    assert course_words(None)["planned_sessions"] == "6"
    assert course_words(Course(id="c", client="w", vitals_schedule=(0, 20)))["vitals_schedule"] == "0, 20"

"""Strategies for whole journals: records of every type that name only what stands before them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kapjournal.domain.course import Record, Route, SessionKind
from kapjournal.domain.entry import (
    ALWAYS_PROGRESS,
    Action,
    Domain,
    IntentionState,
    Kind,
    Phase,
    PracticeState,
    Severity,
    TouchBasis,
)
from kapjournal.domain.exchange import record_of
from kapjournal.domain.label import PartRole, Relation, TagState

Fields = dict[str, Any]

ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=64)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = words.map(str.strip).filter(bool)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
years = {"min_value": datetime(1950, 1, 1), "max_value": datetime(2150, 1, 1)}  # noqa: DTZ001 - the offset is drawn
times = st.datetimes(**years, timezones=offsets).map(datetime.isoformat)
dates = st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(lambda day: day.isoformat())
amounts = st.one_of(st.integers(1, 200), st.floats(0.5, 200))


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Fields]:
    return st.fixed_dictionaries({}, optional=fields)


def any_of(*values: object) -> st.SearchStrategy[str]:
    return st.sampled_from([str(value) for value in values])


DETAILS: dict[Kind, st.SearchStrategy[Fields]] = {
    Kind.OBSERVATION: optional(code=words),
    Kind.DOSE: optional(
        amount_mg=amounts, route=any_of(*Route), booster=st.booleans(), hold_min=amounts, swallowed=st.booleans()
    ),
    Kind.VITALS: optional(
        systolic=st.integers(201, 300),
        diastolic=st.integers(20, 200),
        heart_rate=st.integers(20, 250),
        spo2=st.integers(50, 100),
        resp_rate=st.integers(2, 80),
        temp_c=st.floats(30, 43),
        weight_kg=st.one_of(st.integers(20, 400), st.floats(20, 400)),
    ),
    Kind.SEDATION: st.fixed_dictionaries({"level": st.integers(0, 5)}),
    Kind.SUDS: st.fixed_dictionaries({"level": st.integers(0, 10)}),
    Kind.TOUCH: optional(where=words, basis=any_of(*TouchBasis), response=words),
    Kind.SAFETY: optional(sign=words, severity=any_of(*Severity), action=words, resolved_at=times),
    Kind.PHASE: st.fixed_dictionaries({"phase": any_of(*Phase)}),
    Kind.MUSIC: optional(track=words),
    Kind.INTENTION: optional(
        hope=words, fear=words, enough=words, state=any_of(*IntentionState), rank=st.integers(1, 99)
    ),
    Kind.AGREEMENT: st.fixed_dictionaries({"about": words}, optional={"allowed": words, "stop_word": words}),
    Kind.PLAN: st.fixed_dictionaries({"about": words}),
    Kind.MEASURE: st.fixed_dictionaries(
        {"instrument": words}, optional={"answers": st.lists(st.integers(0, 9), max_size=4), "total": amounts}
    ),
    Kind.PRACTICE: optional(domain=any_of(*Domain), how_often=words, follow_up_on=dates, state=any_of(*PracticeState)),
    Kind.CONTACT: optional(**{"with": words}),
}


class _Drawn:
    """Records drawn so far, by type, so that later ones can name them."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.fields: list[Fields] = []
        self._ids: set[str] = set()

    def add(self, type_: str, fixed: Fields, **fields: st.SearchStrategy[Any]) -> Fields:
        drawn = self.draw(optional(**fields))
        made = {"type": type_, **fixed, **drawn}
        self.fields.append(made)
        return made

    def new_id(self) -> str:
        fresh: str = self.draw(ids.filter(lambda id_: id_ not in self._ids))
        self._ids.add(fresh)
        return fresh

    def times(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def one(self, choices: list[Fields]) -> Fields:
        chosen: Fields = self.draw(st.sampled_from(choices))
        return chosen


@st.composite
def journals(draw: Callable[..., Any]) -> list[Record]:
    """The records of a small journal, in an order in which it can be kept; none two are the same record."""
    drawn = _Drawn(draw)
    clients = [_client(drawn) for _ in range(draw(st.integers(1, 2)))]
    themes = [_theme(drawn) for _ in drawn.times(2)]
    for client in clients:
        _of_client(drawn, client, themes)
    return [record_of(fields) for fields in drawn.fields]


def _client(drawn: _Drawn) -> Fields:
    fixed = {"id": drawn.new_id(), "alias": drawn.draw(names)}
    return drawn.add("client", fixed, pronouns=words, birth_year=st.integers(1900, 2100), notes=words, contact=words)


def _theme(drawn: _Drawn) -> Fields:
    fixed = {"id": drawn.new_id(), "name": drawn.draw(names)}
    return drawn.add("theme", fixed, family=words, description=words, terms=st.lists(words, max_size=3))


def _of_client(drawn: _Drawn, client: Fields, themes: list[Fields]) -> None:
    mine = {"client": client["id"]}
    courses = [
        drawn.add(
            "course",
            {"id": drawn.new_id(), **mine},
            title=words,
            route=any_of(*Route),
            vitals_schedule=st.lists(st.integers(0, 600), max_size=4),
            limits=optional(systolic=st.integers(40, 300), spo2=st.integers(50, 100)),
        )
        for _ in drawn.times(1)
    ]
    parts = [
        drawn.add(
            "part", {"id": drawn.new_id(), **mine, "name": drawn.draw(names)}, role=any_of(*PartRole), notes=words
        )
        for _ in drawn.times(2)
    ]
    sessions = [_session(drawn, mine, courses) for _ in drawn.times(2)]
    entries = [_entry(drawn, mine, sessions, parts) for _ in drawn.times(5)]
    for entry in entries:
        _about(drawn, entry, entries, themes, parts)
    for _ in drawn.times(1):
        said = {field: drawn.draw(words) for field in ("recipient", "purpose", "what", "bundle_id")}
        drawn.add("disclosure", {"id": drawn.new_id(), **mine, "sealed_at": drawn.draw(times), **said})


def _session(drawn: _Drawn, mine: Fields, courses: list[Fields]) -> Fields:
    fixed = {"id": drawn.new_id(), **mine, "kind": drawn.draw(any_of(*SessionKind))}
    if courses and drawn.draw(st.booleans()):
        fixed["course"] = courses[0]["id"]
    return drawn.add("session", fixed, number=st.integers(0, 99), started_at=times, closed_at=times, setting=words)


def _entry(drawn: _Drawn, mine: Fields, sessions: list[Fields], parts: list[Fields]) -> Fields:
    kind = drawn.draw(st.sampled_from(Kind))
    fixed = {
        "id": drawn.new_id(),
        **mine,
        "kind": str(kind),
        "text": drawn.draw(words),
        "noticed_at": drawn.draw(times),
    }
    if sessions and drawn.draw(st.booleans()):
        fixed["session"] = drawn.one(sessions)["id"]
    if kind is Kind.PART and parts:
        fixed["details"] = {"part": drawn.one(parts)["id"], **drawn.draw(optional(blended=st.booleans()))}
    elif kind in DETAILS and drawn.draw(st.booleans()):
        fixed["details"] = drawn.draw(DETAILS[kind])
    classes = ["progress"] if kind in ALWAYS_PROGRESS else ["progress", "private"]
    return drawn.add(
        "entry",
        fixed,
        written_at=times,
        record_class=any_of(*classes),
        voice=any_of("therapist", "client"),
        starred=st.booleans(),
        elapsed_s=st.floats(-1e6, 1e6),
    )


def _about(drawn: _Drawn, entry: Fields, entries: list[Fields], themes: list[Fields], parts: list[Fields]) -> None:
    for _ in drawn.times(1):
        fixed = {"id": drawn.new_id(), "entry": entry["id"], "written_at": drawn.draw(times)}
        kind = Kind(entry["kind"])
        if kind in DETAILS and drawn.draw(st.booleans()):
            fixed["details"] = drawn.draw(DETAILS[kind])
        drawn.add("amendment", {**fixed, "action": drawn.draw(any_of(*Action))}, text=words, reason=words)
    for label, named in [*(("theme", theme) for theme in themes), *(("part", part) for part in parts)]:
        if drawn.draw(st.booleans()):
            fixed = {"entry": entry["id"], label: named["id"], "state": drawn.draw(any_of(*TagState))}
            drawn.add("tag", fixed, tagged_at=times)
    if drawn.draw(st.booleans()):
        fixed = {"from": entry["id"], "to": drawn.one(entries)["id"], "relation": drawn.draw(any_of(*Relation))}
        drawn.add("link", fixed)

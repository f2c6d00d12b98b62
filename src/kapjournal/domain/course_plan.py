"""A course at a glance: its sessions in order, held, running, planned and still open, of any mix of kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.course import Course, Session, SessionKind

PLANNED_BY_DEFAULT = 6
KIND_NAMES = {
    SessionKind.PREPARATION: "Preparation",
    SessionKind.DOSING: "Dosing",
    SessionKind.INTEGRATION: "Integration",
}
_ORDER = {SessionKind.PREPARATION: 0, SessionKind.DOSING: 1, SessionKind.INTEGRATION: 2}
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FAR = datetime(9999, 1, 1, tzinfo=UTC)


class Stage(StrEnum):
    """Where a session of a course stands."""

    HELD = "held"
    RUNNING = "running"
    PLANNED = "planned"
    OPEN = "open"  # foreseen by the number of sessions, and nothing more


class Bead(NamedTuple):
    """One session of a course, or the place of one that is foreseen. `round_` counts preparation to integration."""

    stage: Stage
    kind: SessionKind | None = None
    session: Session | None = None
    round_: int = 0

    @property
    def at(self) -> datetime | None:
        """When it was begun or is planned for."""
        return when(self.session) if self.session else None


def when(session: Session) -> datetime | None:
    """When a session was begun, or is planned for."""
    return session.started_at or session.planned_for


def stage_of(session: Session) -> Stage:
    """Held, running or planned."""
    if session.running:
        return Stage.RUNNING
    return Stage.PLANNED if session.started_at is None and session.closed_at is None else Stage.HELD


def title(session: Session) -> str:
    """`Dosing 3`."""
    name = KIND_NAMES[session.kind]
    return f"{name} {session.number}" if session.number is not None else f"{name} session"


def in_time(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Begun ones by when they began, then planned ones by their date, then those without a date by number."""
    return tuple(
        sorted(
            sessions,
            key=lambda s: (stage_of(s) is Stage.PLANNED, when(s) or _FAR, s.number or 0, _ORDER[s.kind]),
        )
    )


def beads(sessions: Iterable[Session], planned_sessions: int | None) -> tuple[Bead, ...]:
    """The sessions of a course as beads on a line, and an open one for each that is foreseen and not planned yet."""
    line: list[Bead] = []
    for session in in_time(sessions):
        line.append(Bead(stage_of(session), session.kind, session, _round(line, session.kind)))
    foreseen = (PLANNED_BY_DEFAULT if planned_sessions is None else planned_sessions) - len(line)
    open_ones = [Bead(Stage.OPEN, round_=line[-1].round_ + 1 if line else 0)] * max(foreseen, 0)
    return (*line, *open_ones)


def _round(before: Sequence[Bead], kind: SessionKind) -> int:
    """A new round begins where the work turns back: a preparation after a dosing, or a dosing after a dosing."""
    if not before or before[-1].kind is None:
        return 0
    last = before[-1]
    goes_on = _ORDER[kind] > _ORDER[last.kind or kind] or (kind is last.kind and kind is not SessionKind.DOSING)
    return last.round_ if goes_on else last.round_ + 1


def told(line: Sequence[Bead]) -> str:
    """A course in a few words: `Session 3 of 6, running now`, `Four of six held`, `Integration only, two held`."""
    held = [b for b in line if b.stage is Stage.HELD]
    running = next((b for b in line if b.stage is Stage.RUNNING), None)
    if running is not None:
        return f"Session {line.index(running) + 1} of {len(line)}, running now"
    kinds = {b.kind for b in line if b.kind is not None}
    if not held:
        return "Nothing held yet" if kinds else "No sessions yet"
    if len(held) == len(line):
        return "The one session held" if len(held) == 1 else f"All {counted(len(held))} held"
    if kinds == {SessionKind.INTEGRATION}:
        return f"Integration only, {counted(len(held))} held"
    return f"{counted(len(held)).capitalize()} of {counted(len(line))} held"


def counted(number: int) -> str:
    """Small numbers as words."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def without_medicine_here(line: Sequence[Bead]) -> bool:
    """Whether work goes on and no dosing session is held or planned in the room: the medicine is taken elsewhere."""
    kinds = [b.kind for b in line if b.kind is not None]
    return SessionKind.INTEGRATION in kinds and SessionKind.DOSING not in kinds


def next_number(sessions: Iterable[Session], kind: SessionKind) -> int:
    """The number that a new session of this kind gets."""
    return max((s.number or 0 for s in sessions if s.kind is kind), default=0) + 1


def next_kind(sessions: Iterable[Session]) -> SessionKind:
    """What naturally comes next: dosing after preparation, integration after dosing, and preparation first."""
    line = in_time(sessions)
    after = {SessionKind.PREPARATION: SessionKind.DOSING, SessionKind.DOSING: SessionKind.INTEGRATION}
    return after.get(line[-1].kind, SessionKind.PREPARATION) if line else SessionKind.PREPARATION


def next_planned(sessions: Iterable[Session], kind: SessionKind | None = None) -> Session | None:
    """The planned session that comes next, of one kind or of any."""
    planned = [s for s in sessions if stage_of(s) is Stage.PLANNED and kind in (None, s.kind)]
    return next(iter(in_time(planned)), None)


def present_course(courses: Sequence[Course]) -> Course | None:
    """The course that the work is in now."""
    return courses[-1] if courses else None

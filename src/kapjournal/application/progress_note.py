"""The draft of a progress note for the therapist's own record system: what happened in one session, and no more.

Nothing of a private class is in it: start and stop, modality, doses, response, risk and plan are what 45 CFR 164.501
sets apart from psychotherapy notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kapjournal.application.handed_summary import details_as
from kapjournal.application.ports import Journal
from kapjournal.domain.card import card_of
from kapjournal.domain.course import Course, Session, SessionKind
from kapjournal.domain.days import day_text
from kapjournal.domain.entry import (
    Amended,
    DoseDetails,
    GivenBy,
    Kind,
    PhaseDetails,
    PracticeDetails,
    PracticeState,
    RecordClass,
    SafetyDetails,
    SudsDetails,
    VitalsDetails,
)
from kapjournal.domain.moment import clock_text
from kapjournal.domain.telling import told, told_text
from kapjournal.domain.timeline import amended, in_order
from kapjournal.domain.vitals import reading_parts

_BY = {GivenBy.SELF: "taken by the client", GivenBy.MEDICAL: "given by medical staff"}


def progress_note(journal: Journal, session_id: str) -> str:
    """The draft, one heading a line. Raises `BadInput` for an unknown session."""
    found = journal.session_record(session_id)
    session = found.session
    notes = tuple(
        one
        for one in in_order(amended(found.entries, found.amendments), session)
        if not one.retracted and one.original.in_class is RecordClass.PROGRESS
    )
    courses = {one.id: one for one in journal.courses(session.client)}
    lines = [
        *_held(session),
        *_modality(session, courses.get(session.course or "")),
        _doses(notes),
        *_vitals(notes),
        *_response(notes),
        *_risk(journal, session, notes),
        *_plan(journal, session, notes),
    ]
    return "\n".join(lines) + "\n"


def _held(session: Session) -> Iterator[str]:
    number = f" {session.number}" if session.number is not None else ""
    if session.started_at is None:
        yield f"{session.kind.capitalize()} session{number}, not held yet"
        return
    yield f"{session.kind.capitalize()} session{number}, {day_text(session.started_at.date())}"
    stopped = clock_text(session.ended_at) if session.ended_at else "not ended yet"
    yield f"Start and stop: {clock_text(session.started_at)} to {stopped}"


def _modality(session: Session, course: Course | None) -> Iterator[str]:
    route = f", {course.route}" if course and course.route else ""
    with_medicine = f"ketamine-assisted psychotherapy{route}"
    without = f"psychotherapy, {session.kind} session of a ketamine-assisted course"
    yield f"Modality: {with_medicine if session.kind is SessionKind.DOSING else without}"
    if session.setting:
        yield f"Setting: {session.setting}"


def _doses(notes: Iterable[Amended]) -> str:
    given = [_dose(one, details) for one in notes if (details := details_as(one, DoseDetails))]
    return f"Dose observed: {'; '.join(given) or 'none written down'}"


def _dose(one: Amended, details: DoseDetails) -> str:
    amount = f"{details.amount_mg:g} mg" if details.amount_mg is not None else "amount not noted"
    what = " ".join(part for part in ("booster" if details.booster else "", amount, str(details.route or "")) if part)
    by = f", {_BY[details.given_by]}" if details.given_by else ""
    return f"{what} at {clock_text(one.original.noticed_at)}{by}"


def _vitals(notes: Iterable[Amended]) -> Iterator[str]:
    read = [(one, details) for one in notes if (details := details_as(one, VitalsDetails))]
    ends = {one.original.id: (one, details) for one, details in (*read[:1], *read[-1:])}
    told_of = [f"{_reading(details)} at {clock_text(one.original.noticed_at)}" for one, details in ends.values()]
    if told_of:
        yield f"Vital signs, {'first and last' if len(told_of) > 1 else 'once'}: {'; '.join(told_of)}"


def _reading(details: VitalsDetails) -> str:
    return ", ".join(f"{before}{value}" for before, value in reading_parts(details))


def _response(notes: Iterable[Amended]) -> Iterator[str]:
    kept = tuple(notes)
    levels = [details.level for one in kept if (details := details_as(one, SudsDetails))]
    said = [
        f"distress {levels[0]} to {levels[-1]} of 10" if len(levels) > 1 else f"distress {n} of 10" for n in levels[:1]
    ]
    for one in kept:
        phase = details_as(one, PhaseDetails)
        if phase is not None and phase.phase == "discharge" and one.original.text:
            said.append(f"at the end: {one.original.text.rstrip('.')}")
    yield f"Response: {'; '.join(said) or 'to be written'}"


def _risk(journal: Journal, session: Session, notes: Iterable[Amended]) -> Iterator[str]:
    events = []
    for one in notes:
        if one.original.kind is Kind.SAFETY:
            details = details_as(one, SafetyDetails)
            severity = f" ({details.severity})" if details and details.severity else ""
            events.append(told_text(told(one.original, details)).rstrip(".") + severity)
    yield f"Risk: {'; '.join(events) or 'no adverse event or danger sign is written down'}"
    client = next((one for one in journal.clients() if one.id == session.client), None)
    agreed = [Kind.AGREEMENT, Kind.PLAN, Kind.INTENTION]
    plan = (
        card_of(client, journal.entries(client.id, agreed), journal.amendments(client.id, agreed)).plan
        if client
        else ()
    )
    if plan:
        yield f"Safety plan: {' '.join(plan)}"


def _plan(journal: Journal, session: Session, notes: Iterable[Amended]) -> Iterator[str]:
    said = []
    for one in notes:
        practice = details_as(one, PracticeDetails)
        if practice is not None and practice.state in {None, PracticeState.OPEN}:
            often = f", {practice.how_often}" if practice.how_often else ""
            on = f", look again on {day_text(practice.follow_up_on)}" if practice.follow_up_on else ""
            said.append(f"{one.original.text.rstrip('.')}{often}{on}")
    ahead = (s.planned_for for s in journal.sessions(session.client) if s.started_at is None and s.planned_for)
    coming = min((at for at in ahead if session.started_at is None or at > session.started_at), default=None)
    said += [f"next session {day_text(coming.date())}"] if coming else []
    yield f"Plan: {'; '.join(said) or 'to be written'}"

"""A draft of the progress note for the therapist's own record system, as text to copy.

It is made of the clinical record of one session: start and stop, modality, dose, response, risk and plan. Private notes
are never in it, nor what was said in the room. It is a draft: the therapist reads and finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kapjournal.application.handed_summary import details_as
from kapjournal.application.ports import Journal
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.days import day_text
from kapjournal.domain.entry import (
    Amended,
    Kind,
    MeasureDetails,
    PhaseDetails,
    PracticeDetails,
    RecordClass,
    SafetyDetails,
    SedationDetails,
    SudsDetails,
    VitalsDetails,
)
from kapjournal.domain.moment import clock_text
from kapjournal.domain.telling import told, told_text
from kapjournal.domain.timeline import amended, in_order
from kapjournal.domain.vitals import reading_text

CLEARED_AFTER_S = 60  # how long the draft may stay on the clipboard

_MODALITY = {
    SessionKind.PREPARATION: "Psychotherapy, preparation for ketamine-assisted psychotherapy",
    SessionKind.DOSING: "Ketamine-assisted psychotherapy, medicine session",
    SessionKind.INTEGRATION: "Psychotherapy, integration after ketamine-assisted psychotherapy",
}


class _Sitting(NamedTuple):
    """One session with what its clinical record says, by when things happened."""

    session: Session
    notes: tuple[Amended, ...]
    next: Session | None

    def of(self, *kinds: Kind) -> list[Amended]:
        """Notes of some kinds."""
        return [one for one in self.notes if one.original.kind in kinds]


def progress_note(journal: Journal, session: str) -> str:
    """The draft; raises `BadInput` for an unknown session."""
    sitting = _sitting(journal, session)
    parts = (
        ("Start and stop", _times),
        ("Modality", _modality),
        ("Dose observed", _doses),
        ("Response", _response),
        ("Risk", _risk),
        ("Plan", _plan),
    )
    return "\n\n".join(f"{heading}\n{_said(tell, sitting)}" for heading, tell in parts) + "\n"


def _said(tell: Callable[[_Sitting], Iterator[str]], sitting: _Sitting) -> str:
    return "\n".join(tell(sitting)) or "Nothing noted."


def _sitting(journal: Journal, session: str) -> _Sitting:
    record = journal.session_record(session)
    notes = [
        one
        for one in amended(record.entries, record.amendments)
        if one.original.in_class is RecordClass.PROGRESS and one.original.kind is not Kind.SELF and not one.retracted
    ]
    return _Sitting(record.session, in_order(notes, record.session), _next(journal, record.session))


def _next(journal: Journal, session: Session) -> Session | None:
    after = session.started_at or session.planned_for
    coming = [
        (one.planned_for, one)
        for one in journal.sessions(session.client)
        if one.planned_for and one.started_at is None and (after is None or one.planned_for > after)
    ]
    return min(coming, key=lambda pair: pair[0])[1] if coming else None


def _times(sitting: _Sitting) -> Iterator[str]:
    begun, ended = sitting.session.started_at, sitting.session.ended_at or sitting.session.closed_at
    if begun is None:
        return
    until = f" to {clock_text(ended)}, {round((ended - begun).total_seconds() / 60)} minutes" if ended else ""
    yield f"{day_text(begun.date())}, {clock_text(begun)}{until}"


def _modality(sitting: _Sitting) -> Iterator[str]:
    yield _MODALITY[sitting.session.kind]


def _doses(sitting: _Sitting) -> Iterator[str]:
    for one in sitting.of(Kind.DOSE):
        yield f"{clock_text(one.original.noticed_at)}  {told_text(told(one.original, one.details))}"
    if sitting.session.kind is not SessionKind.DOSING and not sitting.of(Kind.DOSE):
        yield "None in this session."


def _response(sitting: _Sitting) -> Iterator[str]:
    suds = [found.level for one in sitting.notes if (found := details_as(one, SudsDetails))]
    awake = [seen.level for one in sitting.notes if (seen := details_as(one, SedationDetails))]
    yield from _levels("Distress, of 10", suds)
    yield from _levels("Wakefulness, of 5", awake)
    readings = [
        f"{clock_text(one.original.noticed_at)} {reading_text(details)}"
        for one in sitting.of(Kind.VITALS)
        if (details := details_as(one, VitalsDetails))
    ]
    if readings:
        yield "Vitals: " + "; ".join(readings)
    if touches := sitting.of(Kind.TOUCH):
        yield f"Touch: {'; '.join(told_text(told(one.original, one.details)) for one in touches)}"
    for one in sitting.of(Kind.PHASE):
        phase = details_as(one, PhaseDetails)
        if phase and phase.phase == "discharge":
            yield f"At the end: {told_text(told(one.original, phase))}"


def _levels(name: str, levels: Sequence[int]) -> Iterator[str]:
    if levels:
        yield f"{name}: {levels[0]}" + (
            f" to {levels[-1]}, between {min(levels)} and {max(levels)}" * (len(levels) > 1)
        )


def _risk(sitting: _Sitting) -> Iterator[str]:
    for one in sitting.of(Kind.SAFETY):
        details = details_as(one, SafetyDetails) or SafetyDetails()
        said = (one.original.text, details.sign, details.severity, details.action)
        yield f"Adverse event: {', '.join(str(part) for part in said if part)}"
    if not sitting.of(Kind.SAFETY):
        yield "No adverse event noted."
    for one in sitting.of(Kind.MEASURE):
        details_of_form = details_as(one, MeasureDetails)
        if details_of_form is not None:
            yield told_text(told(one.original, details_of_form))


def _plan(sitting: _Sitting) -> Iterator[str]:
    for one in sitting.of(Kind.PRACTICE):
        practice = details_as(one, PracticeDetails) or PracticeDetails()
        follow_up = f"look again on {day_text(practice.follow_up_on)}" if practice.follow_up_on else None
        yield ", ".join(filter(None, (one.original.text.rstrip("."), practice.how_often, follow_up)))
    yield from (one.original.text for one in sitting.of(Kind.PLAN) if one.original.text)
    if sitting.next is not None and sitting.next.planned_for is not None:
        at = sitting.next.planned_for
        yield f"Next: {sitting.next.kind} session on {day_text(at.date())}, {clock_text(at)}"

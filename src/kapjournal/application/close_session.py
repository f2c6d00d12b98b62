"""End a session with what was found at the landing; from then on its record is only ever added to."""

from __future__ import annotations

from collections.abc import Mapping

from kapjournal.application.changes import Changes
from kapjournal.application.keep_entry import as_entry
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.application.start_session import clock_place, draft_place
from kapjournal.domain.capture import Draft
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Kind, Phase, PhaseDetails
from kapjournal.domain.moment import SessionClock


def close_session(
    journal: Journal,
    clock: Clock,
    new_id: NewId,
    session: Session,
    session_clock: SessionClock | None,
    landing: Mapping[str, str],
    *,
    desk: Mapping[str, str | None] | None = None,
) -> Changes:
    """Keep the landing list (label to words, empty ones left out), then end and close, and change the desk, in one."""
    now = clock.now()
    told = "; ".join(f"{label}: {words.strip()}" for label, words in landing.items() if words.strip())
    discharge = Draft(Kind.PHASE, told, now.at, details=PhaseDetails(phase=Phase.DISCHARGE))
    found = (as_entry(discharge, now, session_clock, session, new_id()),) if told else ()
    ended = session.ended_at or now.at
    closed = Session.model_validate({**session.content(), "ended_at": ended, "closed_at": now.at})
    cleared = {draft_place(session.id): None, clock_place(session.id): None}
    changes = journal.keep(*found, closed, desk={**cleared, **(desk or {})})
    journal.settle()
    return changes

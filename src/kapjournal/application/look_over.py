"""Everything the home screen tells, read in few queries; and the check of the record that it offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kapjournal.application.due import Facts, facts_of, waiting_notes
from kapjournal.application.ports import Clock, Journal
from kapjournal.application.start_session import clock_place
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import Kind
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.domain.timeline import amended, doses, place_s

LAST_BACKUP, LAST_CHECK = "last_backup", "last_check"


class Checked(BaseModel):
    """How a backup or a check of the record went, as it lies on the desk."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: AwareDatetime
    whole: bool
    sentence: str = ""


class RunningNow(NamedTuple):
    """A session that goes on, with its first dose by the clock on the wall and in seconds since it began."""

    session: Session
    first_dose_at: datetime | None = None
    first_dose_s: float | None = None
    clock: SessionClock | None = None

    def since_dose_s(self, now: Moment) -> float | None:
        """Seconds since the first dose by the steady clock; None before it, or where no clock is known."""
        if self.clock is None or self.first_dose_s is None:
            return None
        return self.clock.seconds(now) - self.first_dose_s


class Overview(NamedTuple):
    """All clients with what waits, the running session, and the state of safekeeping."""

    facts: tuple[Facts, ...] = ()
    running: RunningNow | None = None
    backup: Checked | None = None
    check: Checked | None = None


def look_over(journal: Journal) -> Overview:
    """Read it all."""
    sessions = journal.sessions()
    facts = facts_of(journal.clients(), journal.courses(), sessions, waiting_notes(journal))
    return Overview(
        facts=facts,
        running=_running(journal, sessions),
        backup=read_checked(journal, LAST_BACKUP),
        check=read_checked(journal, LAST_CHECK),
    )


def read_checked(journal: Journal, place: str) -> Checked | None:
    """What lies at that place of the desk; nothing where it cannot be read."""
    lying = journal.desk(place)
    try:
        return Checked.model_validate_json(lying) if lying else None
    except ValidationError:
        return None


def check_again(journal: Journal, clock: Clock, progress: Callable[[int, int], None] | None = None) -> Checked:
    """Check the whole record now, and note on the desk how it went."""
    findings = journal.verify(progress)
    broken = [finding.sentence for finding in findings if not finding.whole]
    entries = journal.count().get("entry", 0)
    sentence = broken[0] if broken else f"No gaps or changes in {entries} {'entry' if entries == 1 else 'entries'}."
    checked = Checked(at=clock.now().at, whole=not broken, sentence=sentence)
    journal.put_on_desk(LAST_CHECK, checked.model_dump_json())
    return checked


def _running(journal: Journal, sessions: tuple[Session, ...]) -> RunningNow | None:
    """The session that goes on: a dosing session before others, then the latest."""
    on = [s for s in sessions if s.running and s.started_at is not None]
    if not on:
        return None
    session = max(on, key=lambda s: (s.kind is SessionKind.DOSING, s.started_at.timestamp() if s.started_at else 0))
    record = journal.session_record(session.id)
    given = doses(amended([e for e in record.entries if e.kind is Kind.DOSE], record.amendments), session)
    lying = journal.desk(clock_place(session.id))
    first = given[0].original if given else None
    return RunningNow(
        session=session,
        first_dose_at=first.noticed_at if first else None,
        first_dose_s=place_s(first, session) if first else None,
        clock=SessionClock.model_validate_json(lying) if lying else None,
    )

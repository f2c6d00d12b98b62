"""Where notes stand: each with its session and the time since its first dose. The therapist's own notes are apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Action, Amended, Kind
from kapjournal.domain.timeline import amended, first_dose_s, place_s


class Placed(NamedTuple):
    """A note that stands. `since_dose_s` is None without a session or a dose."""

    note: Amended
    session: Session | None
    since_dose_s: float | None

    @property
    def words(self) -> str:
        """The words as last corrected."""
        worded = [a.text for a in self.note.amendments if a.action is Action.CORRECTION and a.text]
        return worded[-1] if worded else self.note.original.text


def placed(journal: Journal, client: str | None, *, own: bool = False) -> dict[str, Placed]:
    """The notes of a client (or of all) that were not taken back, by id: with `own` the therapist's own, else the rest.

    What a therapist writes of their own state is shown in no view of a client but the session it was written in.
    """
    kinds = (Kind.SELF, Kind.DOSE) if own else None  # doses, for the time since the first
    notes = [n for n in amended(journal.entries(client, kinds), journal.amendments(client, kinds)) if not n.retracted]
    sessions = {session.id: session for session in journal.sessions(client)}
    doses = _first_doses(sessions, notes)
    return {n.original.id: _place(n, sessions, doses) for n in notes if (n.original.kind is Kind.SELF) is own}


def _first_doses(sessions: dict[str, Session], notes: Iterable[Amended]) -> dict[str, float | None]:
    by_session: dict[str, list[Amended]] = {}
    for note in notes:
        by_session.setdefault(note.original.session or "", []).append(note)
    return {
        key: first_dose_s(session, (n.original for n in by_session.get(key, ()))) for key, session in sessions.items()
    }


def _place(note: Amended, sessions: dict[str, Session], doses: dict[str, float | None]) -> Placed:
    session = sessions.get(note.original.session or "")
    dose = doses[session.id] if session else None
    since = None if session is None or dose is None else place_s(note.original, session) - dose
    return Placed(note, session, since)

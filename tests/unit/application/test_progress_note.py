"""The draft for the therapist's own record system: the clinical record of one session and nothing private."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.application.progress_note import progress_note
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.errors import BadInput
from tests.fakes.clock import START, FakeClock
from tests.fakes.journal import FakeJournal
from tests.handed import CANARIES, fill


@pytest.fixture
def journal() -> FakeJournal:
    made = FakeJournal(FakeClock())
    fill(made)
    return made


def test_a_medicine_session(journal: FakeJournal) -> None:
    assert progress_note(journal, "s2") == (
        "Start and stop\n"
        "2 February 2026, 10:00 to 10:59, 59 minutes\n\n"
        "Modality\n"
        "Ketamine-assisted psychotherapy, medicine session\n\n"
        "Dose observed\n"
        "10:10  60 mg IM, given by medical staff, right deltoid\n\n"
        "Response\n"
        "Distress, of 10: 5\n"
        "Wakefulness, of 5: 4\n"
        "Vitals: 10:25 128/82 · pulse 80 · SpO₂ 97 %\n"
        "Touch: Hand, begun by client, as agreed before\n"
        "At the end: Discharge, steady, left with her sister\n\n"
        "Risk\n"
        "Adverse event: Mild nausea, nausea, mild\n"
        "PHQ-9 13\n\n"
        "Plan\n"
        "Call the clinic first\n"
        "Next: dosing session on 9 February 2026, 10:00\n"
    )


def test_a_session_of_talking(journal: FakeJournal) -> None:
    note = progress_note(journal, "s4")
    assert "None in this session." in note
    assert "No adverse event noted." in note
    assert "Breathe out before the telephone, daily, look again on 24 February 2026" in note


def test_nothing_private_is_in_it(journal: FakeJournal) -> None:
    said = "".join(progress_note(journal, session.id) for session in journal.sessions())
    own = [canary for canary in CANARIES if canary in progress_note(journal, "s2") + progress_note(journal, "s4")]
    assert own == []
    assert "I miss" not in said
    assert "A slip of the pen" not in said


def test_a_session_that_was_not_begun(journal: FakeJournal) -> None:
    journal.keep(Session(id="n", client="o", kind=SessionKind.PREPARATION, planned_for=START + timedelta(days=1)))
    assert "Start and stop\nNothing noted." in progress_note(journal, "n")
    with pytest.raises(BadInput):
        progress_note(journal, "none")

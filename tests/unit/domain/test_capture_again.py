"""Back from an entry to its line: corrected where it was written, it loses nothing that the line cannot say."""

from __future__ import annotations

import pytest

from kapjournal.domain.capture import read_line
from kapjournal.domain.capture_again import kept_details, line_of_entry
from kapjournal.domain.capture_labels import Label
from kapjournal.domain.course import Route
from kapjournal.domain.entry import (
    Details,
    DoseDetails,
    Entry,
    GivenBy,
    InitiatedBy,
    Kind,
    MusicDetails,
    ObservationDetails,
    Phase,
    PhaseDetails,
    SudsDetails,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)
from tests.unit.domain.capture_world import CONTEXT, STAMP


def entry(kind: Kind, text: str = "", details: Details | None = None) -> Entry:
    return Entry(id="e", client="wren", kind=kind, text=text, noticed_at=STAMP, details=details)


LINES = [
    (Kind.OBSERVATION, "left hand warm", None, "left hand warm"),
    (Kind.OBSERVATION, "> not offered", None, "\\> not offered"),
    (Kind.OBSERVATION, "-2m is text here", None, "\\-2m is text here"),
    (Kind.QUOTE, "it is so quiet", None, '"it is so quiet"'),
    (Kind.INTERVENTION, "hand on shoulder", None, "> hand on shoulder"),
    (Kind.SELF, "tired", None, "~ tired"),
    (Kind.SAFETY, "nausea, mild", None, "! nausea, mild"),
    (Kind.MARK, "", None, "*"),
    (Kind.DOSE, "left side", DoseDetails(amount_mg=60, route=Route.IM), "dose 60mg im, left side"),
    (Kind.DOSE, "", DoseDetails(amount_mg=20, route=Route.SL, booster=True, hold_min=12), "booster 20mg sl hold 12m"),
    (Kind.VITALS, "", VitalsDetails(systolic=132, diastolic=84, spo2=97), "bp 132/84 spo2 97"),
    (Kind.SUDS, "", SudsDetails(level=4), "suds 4"),
    (Kind.TOUCH, "", TouchDetails(where="hand", basis=TouchBasis.ASKED_NOW), "touch hand asked"),
    (Kind.PHASE, "", PhaseDetails(phase=Phase.PEAK), "phase peak"),
    (Kind.MUSIC, "harp thing", MusicDetails(track="harp thing"), "music harp thing"),
]


@pytest.mark.parametrize(("kind", "text", "details", "line"), LINES)
def test_the_line_of_an_entry_reads_as_that_entry(kind: Kind, text: str, details: Details | None, line: str) -> None:
    assert line_of_entry(entry(kind, text, details), ()) == line
    read = read_line(line, STAMP, CONTEXT)
    assert (read.kind, read.text) == (kind, text)
    assert kept_details(details, read.details, kind) == details


def test_labels_beside_the_words_stand_at_the_end_of_the_line() -> None:
    labels = (Label("#grief", False, "grief"), Label("@minder", True, "p-minder"))
    line = line_of_entry(entry(Kind.QUOTE, "it is so quiet"), labels)
    assert line == '"it is so quiet" #grief @minder'
    read = read_line(line, STAMP, CONTEXT)
    assert (read.text, read.ids(of_parts=False), read.ids(of_parts=True)) == (
        "it is so quiet",
        ("grief",),
        ("p-minder",),
    )


def test_a_dose_that_was_begun_with_a_key_is_completed() -> None:
    before = DoseDetails()
    line = line_of_entry(entry(Kind.DOSE, "", before), ())
    assert line == "dose"
    read = read_line(f"{line} 60mg im", STAMP)
    assert kept_details(before, read.details, read.kind) == DoseDetails(amount_mg=60, route=Route.IM)


@pytest.mark.parametrize(
    ("before", "read", "kind", "after"),
    [
        (
            DoseDetails(amount_mg=60, given_by=GivenBy.MEDICAL, swallowed=True),
            DoseDetails(amount_mg=50),
            Kind.DOSE,
            DoseDetails(amount_mg=50, given_by=GivenBy.MEDICAL, swallowed=True),
        ),
        (
            TouchDetails(where="hand", initiated_by=InitiatedBy.CLIENT, response="held on"),
            TouchDetails(where="knee", basis=TouchBasis.AGREED_BEFORE),
            Kind.TOUCH,
            TouchDetails(
                where="knee", basis=TouchBasis.AGREED_BEFORE, initiated_by=InitiatedBy.CLIENT, response="held on"
            ),
        ),
        (ObservationDetails(code="sigh"), None, Kind.OBSERVATION, ObservationDetails(code="sigh")),
        (ObservationDetails(code="sigh"), None, Kind.QUOTE, None),
        (DoseDetails(amount_mg=60), DoseDetails(route=Route.IM), Kind.DOSE, DoseDetails(route=Route.IM)),
        (None, None, Kind.OBSERVATION, None),
    ],
)
def test_what_a_line_cannot_say_stays_as_it_was(
    before: Details | None, read: Details | None, kind: Kind, after: Details | None
) -> None:
    assert kept_details(before, read, kind) == after

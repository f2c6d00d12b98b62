"""Expected phases: as in the table of each route, laid over each other, never re-timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.domain.course import Route
from kapjournal.domain.entry import DoseDetails
from kapjournal.domain.phase import DoseBand, DoseGiven, DoseSpan, PhaseTables, bands_after

TABLES = PhaseTables.model_validate_json(
    (Path(__file__).parents[3] / "resources" / "live" / "phase-bands.json").read_text("utf-8")
)


def dose(minute: float, mg: float, route: Route | None = Route.IM, booster: bool | None = None) -> DoseGiven:
    return DoseGiven(minute, DoseDetails(amount_mg=mg, route=route, booster=booster))


@pytest.mark.parametrize(
    ("route", "bounds"),
    [
        (Route.IM, [(2, 5), (5, 10), (10, 30), (30, 60), (60, 120)]),
        (Route.SL, [(10, 20), (20, 30), (30, 60), (60, 90), (90, 150)]),
        (Route.RDT, [(10, 20), (20, 30), (30, 60), (60, 90), (90, 150)]),
        (Route.IN, [(5, 15), (10, 20), (15, 40), (40, 75), (75, 120)]),
        (Route.IV, [(3, 10), (10, 25), (25, 45), (45, 75), (75, 120)]),
        (Route.PO, [(30, 60), (45, 75), (60, 120), (120, 180), (180, 240)]),
    ],
)
def test_the_tables(route: Route, bounds: list[tuple[int, int]]) -> None:
    table = TABLES.of(route)
    assert table is not None
    assert [(band.start_min, band.end_min) for band in table.bands] == bounds
    assert [band.phase for band in table.bands] == ["onset", "rising", "peak", "easing", "returning"]
    assert table.source


def test_the_caption_promises_nothing() -> None:
    assert TABLES.caption == "expected phase after each dose: typical, varies widely"


def test_a_booster_lays_a_second_band_over_the_first() -> None:
    first = dose(0, 60)
    alone = bands_after([first], TABLES)
    both = bands_after([first, dose(19, 30, booster=True)], TABLES)
    assert both[0] == alone[0]
    assert both[0] == DoseBand(
        "60 mg",
        (
            DoseSpan("", 2, 5),
            DoseSpan("", 5, 10),
            DoseSpan("peak", 10, 30, strong=True),
            DoseSpan("easing", 30, 60),
            DoseSpan("returning", 60, 120),
        ),
    )
    assert both[1].label == "+30 mg"
    assert [(span.start, span.end) for span in both[1].spans] == [(21, 24), (24, 29), (29, 49), (49, 79), (79, 139)]


def test_where_ranges_overlap_the_later_phase_takes_over() -> None:
    (band,) = bands_after([dose(0, 100, Route.PO)], TABLES)
    assert [(span.start, span.end) for span in band.spans] == [(30, 45), (45, 60), (60, 120), (120, 180), (180, 240)]


@pytest.mark.parametrize("route", [None, Route.SC])
def test_without_ground_there_is_no_band(route: Route | None) -> None:
    assert bands_after([dose(0, 60.5, route)], TABLES) == (DoseBand("60.5 mg", ()),)

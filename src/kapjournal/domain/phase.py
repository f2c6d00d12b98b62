"""The expected phases after a dose, by route: typical ranges with their sources, shown and never acted upon.

Minutes count from the dose in the tables, and from the first dose in what is drawn. A booster lays a second band
over the first and never re-times it; no alarm is ever driven from a band.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kapjournal.domain.course import Route
from kapjournal.domain.entry import DoseDetails

Minutes = Annotated[float, Field(ge=0, le=1440)]


class PhaseBand(BaseModel):
    """One expected phase after a dose of one route; an unlabelled one is drawn without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: str
    label: str = ""
    start_min: Minutes
    end_min: Minutes
    strong: bool = False  # the peak

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end_min <= self.start_min:
            raise ValueError(f"{self.phase} ends before it begins")
        return self


class RouteBands(BaseModel):
    """The phases after a dose by the given routes, in order; neighbours may overlap, since each is a range."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    bands: Annotated[tuple[PhaseBand, ...], Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later.start_min <= earlier.start_min for earlier, later in pairwise(self.bands)):
            raise ValueError("the phases are not in order")
        return self


class PhaseTables(BaseModel):
    """All routes, with the caption that stands under every drawing of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    caption: Annotated[str, Field(min_length=1)]
    note: str = ""
    routes: tuple[RouteBands, ...]

    @model_validator(mode="after")
    def _each_route_once(self) -> Self:
        named = [route for table in self.routes for route in table.routes]
        if len(named) != len(set(named)):
            raise ValueError("a route has two tables")
        return self

    def of(self, route: Route | None) -> RouteBands | None:
        """The table of a route; None where there is no published ground for one."""
        return next((table for table in self.routes if route in table.routes), None)


class DoseGiven(NamedTuple):
    """A dose at its minute since the first one."""

    minute: float
    details: DoseDetails


class DoseSpan(NamedTuple):
    """One expected phase, in minutes since the first dose."""

    label: str
    start: float
    end: float
    strong: bool = False


class DoseBand(NamedTuple):
    """The expected phases after one dose; no spans where route or table are unknown."""

    label: str  # "60 mg", and "+30 mg" for a booster
    spans: tuple[DoseSpan, ...]


def bands_after(doses: Sequence[DoseGiven], tables: PhaseTables) -> tuple[DoseBand, ...]:
    """One band for each dose, in the order given. Where ranges overlap, the later phase takes over."""
    return tuple(DoseBand(dose_label(dose.details), _spans(dose, tables.of(dose.details.route))) for dose in doses)


def dose_label(dose: DoseDetails) -> str:
    """A dose in short, as it stands beside its band."""
    amount = f"{dose.amount_mg:g} mg" if dose.amount_mg is not None else "dose"
    return f"+{amount}" if dose.booster else amount


def _spans(dose: DoseGiven, table: RouteBands | None) -> tuple[DoseSpan, ...]:
    if table is None:
        return ()
    starts = [band.start_min for band in table.bands[1:]]
    ends = [min(band.end_min, after) for band, after in zip(table.bands, [*starts, 1e9], strict=True)]
    return tuple(
        DoseSpan(band.label, dose.minute + band.start_min, dose.minute + end, band.strong)
        for band, end in zip(table.bands, ends, strict=True)
    )

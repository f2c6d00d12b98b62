"""The lists that are the therapist's to change: the legend of tap mode, and the phases expected after a dose.

Each change is one line in a form; what differs from the lists of the program lies on the desk, inside the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from pydantic import ValidationError

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Route
from kapjournal.domain.entry import Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.phase import PhaseBand, PhaseTables, RouteBands
from kapjournal.domain.presets import TapCode, TapLegend
from kapjournal.gui.live.state import Form, FormField
from kapjournal.gui.live.tables import Tables

LEGEND, PHASES = "legend", "phases"
LEGEND_PLACE, PHASES_PLACE = "tap_legend", "phase_tables"
OWN_SOURCE = "the therapist’s own"
STEPS = ("onset", "rising", "peak", "easing", "returning")

LEGEND_FORM = Form(
    "Legend of tap mode",
    "keyboard",
    (
        FormField("key", "letter", width=1),
        FormField("label", "what it stands for (nothing takes it out)", width=16),
    ),
)
PHASES_FORM = Form(
    "Expected phases, minutes after the dose",
    "waves",
    (
        FormField("route", "route", choices=tuple(Route)),
        *(FormField(step, f"{step} from", width=3) for step in STEPS),
        FormField("until", "until", width=3),
    ),
)


class Kept(NamedTuple):
    """A list as it is from now on, and what lies on the desk of it (None: the program's own)."""

    tables: Tables
    place: str
    content: str | None


def own_tables(journal: Journal, tables: Tables) -> Tables:
    """The lists with what the therapist changed; a list that cannot be read any more is the program's own again."""
    legend, phases = journal.desk(LEGEND_PLACE), journal.desk(PHASES_PLACE)
    try:
        if legend is not None:
            tables = tables._replace(codes=TapLegend.model_validate_json(legend).codes)
        if phases is not None:
            tables = tables._replace(bands=PhaseTables.model_validate_json(phases))
    except ValidationError:
        return tables
    return tables


def changed_legend(tables: Tables, values: Mapping[str, str]) -> Kept:
    """Rename a letter, give a new one a meaning, or (with no words) take one out."""
    key, label = values.get("key", "").strip().upper(), " ".join(values.get("label", "").split())
    if len(key) != 1 or not "A" <= key <= "Z":
        raise Refused("The legend knows the letters A to Z. Type one letter first.")
    before = next((code for code in tables.codes if code.key == key), None)
    if before is not None and before.event and not label:
        raise Refused(f"{key} stands for {before.label.rstrip('…')}, which tap mode needs. It can be renamed.")
    others = tuple(code for code in tables.codes if code.key != key)
    if not label:
        codes = others
    elif before is not None:
        codes = tuple(c if c.key != key else c.model_copy(update={"label": label}) for c in tables.codes)
    else:
        slug = "_".join(label.casefold().split())
        codes = (TapCode(key=key, label=label, kind=Kind.OBSERVATION, code=slug, source=OWN_SOURCE), *others)
        codes = tuple(sorted(codes, key=lambda c: c.event))
    return Kept(tables._replace(codes=codes), LEGEND_PLACE, TapLegend(codes=codes).model_dump_json())


def changed_phases(tables: Tables, shipped: Tables, values: Mapping[str, str]) -> Kept:
    """Set the minutes of one route; with all blanks empty, go back to the program's own."""
    route = Route(values.get("route") or Route.IM)
    typed = [values.get(name, "").strip() for name in (*STEPS, "until")]
    own = None if not any(typed) else _own_route(route, typed)
    table = own or shipped.bands.of(route)
    others = [t for t in tables.bands.routes if route not in t.routes]
    split = [
        t.model_copy(update={"routes": tuple(r for r in t.routes if r != route)})
        for t in tables.bands.routes
        if route in t.routes and len(t.routes) > 1
    ]
    mine = [table.model_copy(update={"routes": (route,)})] if table else []
    bands = tables.bands.model_copy(update={"routes": (*others, *split, *mine)})
    return Kept(tables._replace(bands=bands), PHASES_PLACE, bands.model_dump_json())


def _own_route(route: Route, typed: list[str]) -> RouteBands:
    if not all(one.isdigit() for one in typed):
        raise Refused("The phases need six whole numbers of minutes, each later than the one before.")
    minutes = [int(one) for one in typed]
    if any(later <= earlier for earlier, later in pairwise(minutes)) or minutes[-1] > 1440:
        raise Refused("Each phase begins later than the one before it, within a day. Nothing was changed.")
    bands = tuple(
        PhaseBand(
            phase=step,
            label=step if step in {"peak", "easing", "returning"} else "",
            start_min=begin,
            end_min=end,
            strong=step == "peak",
        )
        for step, (begin, end) in zip(STEPS, pairwise(minutes), strict=True)
    )
    return RouteBands(routes=(route,), bands=bands, source=OWN_SOURCE)


def phases_filled_in(tables: Tables, route: Route | None) -> dict[str, str]:
    """The blanks as they stand for a route."""
    table = tables.bands.of(route or Route.IM)
    if table is None or len(table.bands) != len(STEPS):
        return {"route": route or Route.IM}
    minutes = [f"{band.start_min:g}" for band in table.bands]
    until = f"{table.bands[-1].end_min:g}"
    return {"route": route or Route.IM, **dict(zip(STEPS, minutes, strict=True)), "until": until}

"""The lists behind the live view: expected phases, vitals schedules, danger signs, and the landing list."""

from __future__ import annotations

from kapjournal.application.own_lists import (
    LANDING_PLACE,
    PHASES_PLACE,
    PRESETS_PLACE,
    SIGNS_PLACE,
    STEPS,
    Kept,
    changed_landing,
    changed_phases,
    changed_preset,
    changed_sign,
    phases_filled_in,
)
from kapjournal.domain.course import Route
from kapjournal.gui.settings.items import Item, Line, Page, Section, Together
from kapjournal.gui.settings.seen import Chosen, Seen, Unfinished

_PLACES = {"phases": PHASES_PLACE, "presets": PRESETS_PLACE, "signs": SIGNS_PLACE, "landing": LANDING_PLACE}
_ROUTES = {
    Route.IM: "Into a muscle (IM)",
    Route.SL: "Under the tongue (SL)",
    Route.RDT: "Dissolving tablet (RDT)",
    Route.IN: "Nasal (IN)",
    Route.IV: "Into a vein (IV)",
    Route.PO: "Swallowed (PO)",
    Route.SC: "Under the skin (SC)",
}


def page(seen: Seen) -> Page:
    """The four lists."""
    return Page(
        (
            Section(
                "Expected phases, minutes after the dose",
                "waves",
                tuple(_route(seen, route) for route in Route),
                "Drawn as a quiet band under the clock: typical, varies widely. No alarm is ever driven from it.",
                _default(seen, "phases"),
            ),
            Section(
                "Vitals schedules to start from",
                "heart-pulse",
                _presets(seen),
                "Minutes after the first dose. Each client has their own schedule; these are offered for it.",
                _default(seen, "presets"),
            ),
            Section(
                "Danger signs",
                "shield-alert",
                _signs(seen),
                "Shown beside the safety plan. An empty field takes a sign out.",
                _default(seen, "signs"),
            ),
            Section(
                "Landing list",
                "sunset",
                _landing(seen),
                "Asked before a session is closed; each may be left out. Choices stand between commas.",
                _default(seen, "landing"),
            ),
        )
    )


def changed(seen: Seen, key: str, value: str) -> Chosen:
    """Change one field, or put a list back to the default."""
    what, at, field = (*key.split("."), "", "")[:3]
    if at == "default":
        return seen.chosen.laid(_PLACES[what], None)
    typed = {**_typed(seen, f"{what}.{at}."), field: value}
    return seen.chosen.kept(_kept(seen, what, at, typed))


def _kept(seen: Seen, what: str, at: str, typed: dict[str, str]) -> Kept:
    tables = seen.tables
    if what == "phases":
        if any(not one.strip() for one in typed.values()) and any(one.strip() for one in typed.values()):
            raise Unfinished("The phases need six whole numbers of minutes.")
        stands = phases_filled_in(tables, Route(at))
        return changed_phases(tables, seen.shipped, {**stands, **typed})
    if what == "signs":
        return changed_sign(tables, int(at), typed["sign"])
    if what == "presets":
        presets = tables.presets
        before = presets[int(at)] if int(at) < len(presets) else None
        label = typed.get("label", before.label if before else "")
        minutes = typed.get("minutes", _minutes(before.minutes) if before else "")
        if before is None and not (label.strip() and minutes.strip()):
            raise Unfinished("A schedule needs a name and its minutes.")
        return changed_preset(tables, int(at), label, minutes)
    items = tables.landing
    item = items[int(at)] if int(at) < len(items) else None
    label = typed.get("label", item.label if item else "")
    choices = typed.get("choices", ", ".join(item.choices) if item else "")
    return changed_landing(tables, int(at), label, choices)


def _typed(seen: Seen, row: str) -> dict[str, str]:
    """What is being typed in the same row and did not fit alone."""
    return {key.removeprefix(row): value for key, value in seen.pending.items() if key.startswith(row)}


def _default(seen: Seen, what: str) -> str:
    return f"{what}.default" if seen.chosen.desk.get(_PLACES[what]) is not None else ""


def _route(seen: Seen, route: Route) -> Together:
    stands = phases_filled_in(seen.tables, route)
    table = seen.tables.bands.of(route)
    lines = tuple(
        _line(seen, f"phases.{route}.{step}", step, stands.get(step, ""), width=4) for step in (*STEPS, "until")
    )
    source = (
        f"Source: {table.source}" if table else "No published ground was found for this route, so nothing is drawn."
    )
    return Together(f"phases.{route}", _ROUTES[route], lines, source)


def _presets(seen: Seen) -> tuple[Item, ...]:
    rows: list[Item] = []
    for at, preset in enumerate(seen.tables.presets):
        fields = (
            _line(seen, f"presets.{at}.label", "name", preset.label, width=46),
            _line(seen, f"presets.{at}.minutes", "minutes", _minutes(preset.minutes), width=22),
        )
        rows.append(Together(f"presets.{at}", "", fields, f"Source: {preset.source}"))
    at = len(seen.tables.presets)
    new = (
        _line(seen, f"presets.{at}.label", "name", "", width=46),
        _line(seen, f"presets.{at}.minutes", "minutes", "", width=22),
    )
    return (*rows, Together(f"presets.{at}", "Another schedule", new))


def _signs(seen: Seen) -> tuple[Item, ...]:
    signs = seen.tables.signs
    rows = tuple(
        _line(seen, f"signs.{at}.sign", f"Sign {at + 1}", sign.sign, hint=sign.source) for at, sign in enumerate(signs)
    )
    return (*rows, _line(seen, f"signs.{len(signs)}.sign", "Another sign", ""))


def _landing(seen: Seen) -> tuple[Item, ...]:
    rows: list[Item] = []
    for at, item in enumerate(seen.tables.landing):
        fields = (
            _line(seen, f"landing.{at}.label", "item", item.label, width=16),
            _line(seen, f"landing.{at}.choices", "choices", ", ".join(item.choices), width=36),
        )
        rows.append(Together(f"landing.{at}", "", fields, f"Source: {item.source}"))
    at = len(seen.tables.landing)
    new = (
        _line(seen, f"landing.{at}.label", "item", "", width=16),
        _line(seen, f"landing.{at}.choices", "choices", "", width=36),
    )
    return (*rows, Together(f"landing.{at}", "Another item", new))


def _line(seen: Seen, key: str, label: str, stands: str, *, hint: str = "", width: int = 0) -> Line:
    return Line(key, label, seen.value(key, stands), hint, width)


def _minutes(minutes: tuple[int, ...]) -> str:
    return ", ".join(str(minute) for minute in minutes)

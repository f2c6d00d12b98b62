"""The lists that are the therapist's to change, as they come with the program and as they stand in a journal.

What differs from the program's own lies on the desk of the journal, each list as a whole; an empty place means the
program's own. Both the live view and the settings change the lists through the functions here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Route
from kapjournal.domain.entry import ALWAYS_PROGRESS, Kind, RecordClass, default_class
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import Theme
from kapjournal.domain.phase import PhaseBand, PhaseTables, RouteBands
from kapjournal.domain.presets import (
    DangerSign,
    DangerSigns,
    LandingItem,
    LandingList,
    StarterThemes,
    TapCode,
    TapLegend,
)
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.vitals import VitalsPreset, VitalsPresets
from kapjournal.domain.wording import PART, DefaultClasses, Wording

# Places on the desk.
LEGEND_PLACE, PHASES_PLACE = "tap_legend", "phase_tables"
SIGNS_PLACE, LANDING_PLACE, PRESETS_PLACE = "danger_signs", "landing_list", "vitals_presets"
WORDING_PLACE, CLASSES_PLACE = "wording", "default_classes"

OWN_SOURCE = "the therapist’s own"
STEPS = ("onset", "rising", "peak", "easing", "returning")
_SHOWN_STEPS = frozenset({"peak", "easing", "returning"})
_MOST = 60  # items in a list that is meant to be glanced at

Model = TypeVar("Model", bound=BaseModel)
Desk = Mapping[str, str | None]


class Tables(NamedTuple):
    """Phases by route, tap codes, danger signs, landing list, vitals schedules, themes to begin with, and words."""

    bands: PhaseTables
    codes: tuple[TapCode, ...]
    signs: tuple[DangerSign, ...]
    landing: tuple[LandingItem, ...]
    starter: tuple[Theme, ...]
    presets: tuple[VitalsPreset, ...]
    wording: Wording = Wording()
    classes: DefaultClasses = DefaultClasses()

    @property
    def danger_signs(self) -> tuple[str, ...]:
        """The danger signs without their sources."""
        return tuple(sign.sign for sign in self.signs)


class Kept(NamedTuple):
    """The lists as they are from now on, and what lies on the desk of the one that was changed (None: not its own)."""

    tables: Tables
    place: str
    content: str | None


def load_tables(path: Callable[..., Path]) -> Tables:
    """Read and check the program's own lists; `path` finds a resource by its folder and name."""

    def read(model: type[Model], folder: str, name: str) -> Model:
        return model.model_validate_json(path(folder, f"{name}.json").read_text(encoding="utf-8"))

    return Tables(
        bands=read(PhaseTables, "live", "phase-bands"),
        codes=read(TapLegend, "live", "tap-codes").codes,
        signs=read(DangerSigns, "live", "danger-signs").signs,
        landing=read(LandingList, "live", "landing").items,
        starter=read(StarterThemes, "themes", "starter").themes + read(StarterThemes, "themes", "flags").themes,
        presets=read(VitalsPresets, "live", "vitals-presets").presets,
    )


_LISTS: dict[str, Callable[[Tables, str], Tables]] = {
    LEGEND_PLACE: lambda t, c: t._replace(codes=TapLegend.model_validate_json(c).codes),
    PHASES_PLACE: lambda t, c: t._replace(bands=PhaseTables.model_validate_json(c)),
    SIGNS_PLACE: lambda t, c: t._replace(signs=DangerSigns.model_validate_json(c).signs),
    LANDING_PLACE: lambda t, c: t._replace(landing=LandingList.model_validate_json(c).items),
    PRESETS_PLACE: lambda t, c: t._replace(presets=VitalsPresets.model_validate_json(c).presets),
    WORDING_PLACE: lambda t, c: t._replace(wording=Wording.model_validate_json(c)),
    CLASSES_PLACE: lambda t, c: t._replace(classes=DefaultClasses.model_validate_json(c)),
}
PLACES = tuple(_LISTS)


def own_tables(journal: Journal, shipped: Tables) -> Tables:
    """The lists with what the therapist changed."""
    return tables_on({place: journal.desk(place) for place in PLACES}, shipped)


def own_wording(journal: Journal) -> Wording:
    """The therapist's words alone; those that cannot be read any more are the program's own again."""
    content = journal.desk(WORDING_PLACE)
    try:
        return Wording.model_validate_json(content) if content else Wording()
    except ValidationError:
        return Wording()


def tables_on(desk: Desk, shipped: Tables) -> Tables:
    """The lists with what lies on the desk; one that cannot be read any more is the program's own again."""
    tables = shipped
    for place, take in _LISTS.items():
        content = desk.get(place)
        if content is not None:
            try:
                tables = take(tables, content)
            except ValidationError:
                continue
    return tables


# --- tap codes -------------------------------------------------------------------------------------------------


def changed_legend(tables: Tables, values: Mapping[str, str]) -> Kept:
    """Rename a letter, give a new one a meaning, or (with no words) take one out."""
    key, label = values.get("key", "").strip().upper(), _words(values.get("label", ""))
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


# --- expected phases -------------------------------------------------------------------------------------------


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


def _own_route(route: Route, typed: Sequence[str]) -> RouteBands:
    if not all(re.fullmatch(r"[0-9]{1,4}", one) for one in typed):
        raise Refused("The phases need six whole numbers of minutes, each later than the one before.")
    minutes = [int(one) for one in typed]
    if any(later <= earlier for earlier, later in pairwise(minutes)) or minutes[-1] > 1440:
        raise Refused("Each phase begins later than the one before it, within a day. Nothing was changed.")
    bands = tuple(
        PhaseBand(
            phase=step,
            label=step if step in _SHOWN_STEPS else "",
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


# --- danger signs, landing list, vitals schedules: changed by their place in the list, one past the end adds ----


def changed_sign(tables: Tables, at: int, words: str) -> Kept:
    """Say a danger sign in other words, add one, or (with no words) take one out."""
    signs = list(tables.signs)
    words = _words(words)
    if any(sign.sign.casefold() == words.casefold() for n, sign in enumerate(signs) if n != at):
        raise Refused("That sign is in the list already. Nothing was changed.")
    source = signs[at].source if at < len(signs) and signs[at].sign == words else OWN_SOURCE
    _put(signs, at, DangerSign(sign=words, source=source) if words else None)
    return Kept(tables._replace(signs=tuple(signs)), SIGNS_PLACE, DangerSigns(signs=tuple(signs)).model_dump_json())


def changed_landing(tables: Tables, at: int, label: str, choices: str) -> Kept:
    """Change an item of the landing list, add one, or (with no label) take one out; choices stand between commas."""
    items = list(tables.landing)
    label = _words(label)
    given = tuple(dict.fromkeys(filter(None, (_words(choice) for choice in choices.split(",")))))
    made: LandingItem | None = None
    if label and at < len(items):
        made = items[at].model_copy(update={"label": label, "choices": given})
    elif label:
        taken = {item.key for item in items}
        key = re.sub(r"[^a-z]+", "_", label.casefold()).strip("_") or "own"
        while key in taken:
            key += "_own"
        made = LandingItem(key=key, label=label, question=label, choices=given, source=OWN_SOURCE)
    _put(items, at, made)
    return Kept(tables._replace(landing=tuple(items)), LANDING_PLACE, LandingList(items=tuple(items)).model_dump_json())


def changed_preset(tables: Tables, at: int, label: str, minutes: str) -> Kept:
    """Change a vitals schedule, add one, or (with no label) take one out; minutes count from the first dose."""
    presets = list(tables.presets)
    label = _words(label)
    made: VitalsPreset | None = None
    if label:
        schedule = read_minutes(minutes)
        before = presets[at] if at < len(presets) else None
        same = before is not None and before.minutes == schedule
        made = VitalsPreset(
            name=before.name if before else f"own_{at}",
            label=label,
            minutes=schedule,
            note=before.note if before else "",
            source=before.source if before and same else OWN_SOURCE,
        )
    _put(presets, at, made)
    return Kept(
        tables._replace(presets=tuple(presets)), PRESETS_PLACE, VitalsPresets(presets=tuple(presets)).model_dump_json()
    )


def read_minutes(typed: str) -> tuple[int, ...]:
    """Minutes after the first dose, in order and each once: `0, 40, 120` or `0:00 0:40 2:00`."""
    minutes: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", typed.strip())):
        match = re.fullmatch(r"([-−]?)(?:([0-9]{1,2}):)?([0-9]{1,4})", part)
        if match is None or (match[2] and int(match[3]) > 59):
            raise Refused(f"{part} is no time. Minutes after the first dose fit, such as 0, 40, 120, or 0:40.")
        minute = int(match[2] or 0) * 60 + int(match[3])
        minutes.add(-minute if match[1] else minute)
    if not minutes or min(minutes) < -600 or max(minutes) > 1440:
        raise Refused("A schedule needs a minute at least, from ten hours before the dose to a day after it.")
    return tuple(sorted(minutes))


# --- words and classes -----------------------------------------------------------------------------------------


def changed_word(tables: Tables, kind: Kind, word: str) -> Kept:
    """Show another word for a kind; none, or the program's own, goes back to it."""
    words = _short(word)
    kinds = {k: w for k, w in tables.wording.kinds.items() if k is not kind}
    if words and words != KIND_TOLD[kind].label:
        others = {tables.wording.of(k).casefold() for k in Kind if k is not kind}
        if words.casefold() in others:
            raise Refused(f"“{words}” stands for another kind already. Two kinds need two words.")
        kinds[kind] = words
    return _wording(tables, tables.wording.model_copy(update={"kinds": kinds}))


def changed_part_word(tables: Tables, word: str) -> Kept:
    """Use another word for “part”; none goes back to it. “person/people” says the word for several as well."""
    one, _, several = (_short(half) for half in word.partition("/"))
    return _wording(tables, tables.wording.model_copy(update={"part": one or PART, "parts": several or None}))


def changed_class(tables: Tables, kind: Kind, record_class: RecordClass) -> Kept:
    """Give entries of a kind another class from now on; what stands keeps the one it has."""
    if kind is Kind.SELF:
        raise Refused("What you write of your own state is always kept apart. Use another kind for what may be shared.")
    if kind in ALWAYS_PROGRESS:
        raise Refused("Medication, monitoring and consent are always part of the clinical record.")
    kinds = {k: c for k, c in tables.classes.kinds.items() if k is not kind}
    if record_class is not default_class(kind):
        kinds[kind] = record_class
    classes = DefaultClasses(kinds=kinds)
    return Kept(tables._replace(classes=classes), CLASSES_PLACE, classes.model_dump_json() if kinds else None)


def _wording(tables: Tables, wording: Wording) -> Kept:
    content = wording.model_dump_json() if wording != Wording() else None
    return Kept(tables._replace(wording=wording), WORDING_PLACE, content)


Item = TypeVar("Item")


def _put(items: list[Item], at: int, made: Item | None) -> None:
    if made is not None and at >= len(items):
        if len(items) >= _MOST:
            raise Refused(f"{_MOST} is as many as this list holds. Take one out first.")
        items.append(made)
    elif made is not None:
        items[at] = made
    elif at < len(items):
        del items[at]


def _words(typed: str) -> str:
    return " ".join(typed.split())[:200]


def _short(typed: str) -> str:
    words = " ".join(typed.split())
    if len(words) > 40:
        raise Refused("A word for a kind has 40 letters at most, so that rows stay readable.")
    return words

"""The lists that come with the program fit their models and say where they come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel, ValidationError

from kapjournal.domain.capture import Context, nearest, read_line
from kapjournal.domain.entry import Kind
from kapjournal.domain.phase import PhaseTables
from kapjournal.domain.presets import DangerSigns, LandingList, StarterThemes, TapLegend
from kapjournal.domain.vitals import VitalsPresets
from tests.unit.domain.capture_world import STAMP

Model = TypeVar("Model", bound=BaseModel)
RESOURCES = Path(__file__).parents[3] / "resources"


def load(model: type[Model], *place: str) -> Model:
    return model.model_validate_json(RESOURCES.joinpath(*place).read_text("utf-8"))


def test_tap_codes_are_those_of_the_design() -> None:
    legend = load(TapLegend, "live", "tap-codes.json")
    seen = {code.key: code.label for code in legend.codes if not code.event}
    events = {code.key: code.label for code in legend.codes if code.event}
    assert seen == {
        "T": "Tears", "S": "Smile", "G": "Sigh", "R": "Tremor", "B": "Slow breath", "F": "Fast breath",
        "Z": "Stillness", "P": "Speaks", "H": "Hand", "C": "Curls up", "L": "Laughs", "N": "Sings",
    }  # fmt: skip
    assert events == {"M": "Music", "K": "Mark", "V": "Vitals…", "D": "Dose…", "O": "Touch…", "X": "Safety…"}
    assert {code.kind for code in legend.codes if code.form} == {Kind.VITALS, Kind.DOSE, Kind.TOUCH, Kind.SAFETY}
    found = legend.of("g")
    assert found is not None
    assert found.code == "sigh"
    assert legend.of("Q") is None


def test_the_landing_list_asks_five_things() -> None:
    landing = load(LandingList, "live", "landing.json")
    assert [item.key for item in landing.items] == ["orientation", "gait", "vitals", "mood", "ride_home"]
    assert all(item.source for item in landing.items)


def test_danger_signs_have_sources() -> None:
    signs = load(DangerSigns, "live", "danger-signs.json")
    assert len(signs.signs) == 13
    assert all(sign.source for sign in signs.signs)


def test_vitals_presets_have_sources() -> None:
    presets = {one.name: one for one in load(VitalsPresets, "live", "vitals-presets.json").presets}
    assert set(presets) == {"lozenge", "intranasal", "intramuscular", "intravenous"}
    assert presets["intranasal"].minutes == (0, 40, 120)
    assert all(one.source for one in presets.values())


def test_there_are_32_starter_themes_in_7_families() -> None:
    starter = load(StarterThemes, "themes", "starter.json")
    assert len(starter.themes) == 32
    assert len({theme.family for theme in starter.themes}) == 7
    assert all(theme.id.startswith("theme-") and theme.terms for theme in starter.themes)
    for theme in starter.themes:
        terms = [term.casefold() for term in theme.terms or ()]
        assert len(terms) == len(set(terms)), theme.name


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("#grief", "theme-grief-loss"),
        ("#letting-go", "theme-letting-go"),
        ("#childhood", "theme-childhood"),
        ("#stillness", "theme-stillness"),
        ("#mother", "theme-caregivers"),
        ("#time", "theme-time-space"),
        ("#imagery", "theme-imagery"),
        ("#insight", "theme-insight"),
        ("#exile", "theme-exile"),
    ],
)
def test_starter_themes_are_typed_in_a_word(typed: str, id_: str) -> None:
    themes = load(StarterThemes, "themes", "starter.json").themes
    assert [label.id for label in read_line(typed, STAMP, Context(themes=themes)).labels] == [id_]


def test_every_starter_theme_can_be_completed_and_read_back() -> None:
    themes = load(StarterThemes, "themes", "starter.json").themes
    for theme in themes:
        (suggestion, *_) = nearest("#" + theme.name, themes)
        assert suggestion.id == theme.id
        assert [label.id for label in read_line(suggestion.typed, STAMP, Context(themes=themes)).labels] == [theme.id]


@pytest.mark.parametrize(
    ("model", "place", "spoil"),
    [
        (TapLegend, "live/tap-codes.json", lambda given: given["codes"][1].update(key="T")),
        (TapLegend, "live/tap-codes.json", lambda given: given["codes"][0].pop("code")),
        (TapLegend, "live/tap-codes.json", lambda given: given["codes"][0].pop("source")),
        (DangerSigns, "live/danger-signs.json", lambda given: given["signs"][0].update(source="")),
        (LandingList, "live/landing.json", lambda given: given["items"][0].update(key="No Key")),
        (VitalsPresets, "live/vitals-presets.json", lambda given: given["presets"][0].update(minutes=[])),
        (StarterThemes, "themes/starter.json", lambda given: given["themes"][1].update(name="EXILE")),
        (PhaseTables, "live/phase-bands.json", lambda given: given["routes"][0].pop("source")),
        (PhaseTables, "live/phase-bands.json", lambda given: given["routes"][1].update(routes=["IM"])),
        (PhaseTables, "live/phase-bands.json", lambda given: given["routes"][0]["bands"].reverse()),
        (PhaseTables, "live/phase-bands.json", lambda given: given["routes"][0]["bands"][0].update(end_min=1)),
    ],
)
def test_a_spoiled_list_is_refused(model: type[BaseModel], place: str, spoil: object) -> None:
    given = json.loads(RESOURCES.joinpath(place).read_text("utf-8"))
    model.model_validate(given)
    spoil(given)  # type: ignore[operator]
    with pytest.raises(ValidationError):
        model.model_validate(given)

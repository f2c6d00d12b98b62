"""The lists that the live view works with, as they come with the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from kapjournal.domain.label import Theme
from kapjournal.domain.phase import PhaseTables
from kapjournal.domain.presets import DangerSigns, LandingItem, LandingList, StarterThemes, TapCode, TapLegend

Model = TypeVar("Model", bound=BaseModel)


class Tables(NamedTuple):
    """Phases by route, the legend of tap mode, danger signs, the landing list, and the themes to begin with."""

    bands: PhaseTables
    codes: tuple[TapCode, ...]
    danger_signs: tuple[str, ...]
    landing: tuple[LandingItem, ...]
    starter: tuple[Theme, ...]


def load_tables(path: Callable[..., Path]) -> Tables:
    """Read and check the lists; `path` finds a resource by its folder and name."""

    def read(model: type[Model], folder: str, name: str) -> Model:
        return model.model_validate_json(path(folder, f"{name}.json").read_text(encoding="utf-8"))

    return Tables(
        bands=read(PhaseTables, "live", "phase-bands"),
        codes=read(TapLegend, "live", "tap-codes").codes,
        danger_signs=tuple(s.sign for s in read(DangerSigns, "live", "danger-signs").signs),
        landing=read(LandingList, "live", "landing").items,
        starter=read(StarterThemes, "themes", "starter").themes,
    )

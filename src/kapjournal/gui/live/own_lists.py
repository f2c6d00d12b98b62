"""The one-line forms in which two lists can be changed in the room; their rules are in application/own_lists.py."""

from __future__ import annotations

from kapjournal.application.own_lists import (
    LEGEND_PLACE,
    STEPS,
    changed_legend,
    changed_phases,
    own_tables,
    phases_filled_in,
)
from kapjournal.domain.course import Route
from kapjournal.gui.live.state import Form, FormField

__all__ = [
    "LEGEND",
    "LEGEND_FORM",
    "LEGEND_PLACE",
    "PHASES",
    "PHASES_FORM",
    "changed_legend",
    "changed_phases",
    "own_tables",
    "phases_filled_in",
]

LEGEND, PHASES = "legend", "phases"

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

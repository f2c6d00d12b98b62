"""A context for the capture tests: a few themes and parts, and a stamp."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from kapjournal.domain.capture import Context
from kapjournal.domain.label import Part, Theme

STAMP = datetime(2026, 3, 2, 14, 7, 12, tzinfo=timezone(timedelta(hours=-5)))

THEMES = tuple(
    Theme(id=one, name=name)
    for one, name in {
        "grief": "Grief & loss",
        "letgo": "Letting go / surrender",
        "childhood": "Childhood memories / younger self",
        "mother": "Mother / father / caregivers",
        "still": "Numbness / emptiness / stillness",
        "shame": "Shame & guilt",
        "therapist": "Therapist in the experience (transference)",
        "music": "Music",
        "time": "Time & space",
        "imagery": "Imagery & visions",
        "insight": "Insight / new perspective",
        "critic": "Identity, worth, inner critic",
        "cafe": "Café mornings",
    }.items()
)
PARTS = tuple(
    Part(id=one, client="wren", name=name)
    for one, name in {
        "p-critic": "Critic",
        "p-little": "Little one",
        "p-planner": "Planner",
        "p-minder": "The minder",
        "p-stairs": "Stairs girl",
    }.items()
)
CONTEXT = Context(THEMES, PARTS)

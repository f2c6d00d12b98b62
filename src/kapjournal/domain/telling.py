"""How each kind of entry is told in plain words: its label, glyph and colour role, and the stretches of its row."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.domain.entry import Kind


class KindTold(NamedTuple):
    """The word shown for a kind, its glyph (a Lucide name) and its colour role from the design tokens."""

    label: str
    icon: str
    role: str


KIND_TOLD: dict[Kind, KindTold] = {
    Kind.OBSERVATION: KindTold("Observed", "eye", "text"),
    Kind.QUOTE: KindTold("Client’s words", "quote", "quote"),
    Kind.INTERVENTION: KindTold("I offered", "message-circle", "intervention"),
    Kind.SELF: KindTold("My own state", "notebook-pen", "self-note"),
    Kind.DOSE: KindTold("Dose", "syringe", "dose"),
    Kind.VITALS: KindTold("Vitals", "heart-pulse", "vitals"),
    Kind.SEDATION: KindTold("Wakefulness", "moon", "vitals"),
    Kind.SUDS: KindTold("Distress", "gauge", "vitals"),
    Kind.TOUCH: KindTold("Touch", "hand", "intervention"),
    Kind.SAFETY: KindTold("Safety", "shield-alert", "safety"),
    Kind.PHASE: KindTold("Phase", "waves", "text-quiet"),
    Kind.MUSIC: KindTold("Music", "music", "text-quiet"),
    Kind.MARK: KindTold("Mark", "bookmark", "mark"),
    Kind.PART: KindTold("Part seen", "users-round", "part-text"),
    Kind.NOTE: KindTold("Note", "file-text", "text"),
    Kind.INTENTION: KindTold("Intention", "leaf", "accent"),
    Kind.AGREEMENT: KindTold("Agreement", "handshake", "text"),
    Kind.PLAN: KindTold("Plan", "list-checks", "text"),
    Kind.MEASURE: KindTold("Measure", "clipboard-list", "text"),
    Kind.ACCOUNT: KindTold("Client’s account", "book-open", "quote"),
    Kind.INSIGHT: KindTold("Insight", "lightbulb", "accent"),
    Kind.PRACTICE: KindTold("Practice", "sprout", "accent"),
    Kind.CONTACT: KindTold("Contact", "phone", "text"),
}

"""Say that a note belongs to a theme or part, or does not, or is not to come back; each can be taken back exactly."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.application.ports import Clock, Journal
from kapjournal.domain.entry import Entry
from kapjournal.domain.label import Part, Tag, TagState, Theme


class Said(NamedTuple):
    """What was said of a note and a label, and what stood before (None: nothing had ever been said)."""

    before: Tag | None
    after: Tag


def say(journal: Journal, clock: Clock, entry: Entry, label: Theme | Part, state: TagState) -> Said:
    """Keep the therapist's word, with the theme where the journal does not have it yet."""
    key = "part" if isinstance(label, Part) else "theme"
    given = {"entry": entry.id, key: label.id, "state": state, "tagged_at": clock.now().at}
    after = Tag.model_validate(given)
    tags = journal.tags(entry.client)
    before = next((t for t in tags if t.entry == entry.id and label.id in (t.theme, t.part)), None)
    new = [label] if isinstance(label, Theme) and label.id not in {t.id for t in journal.themes()} else []
    journal.keep(*new, after)
    return Said(before, after)


def unsay(journal: Journal, said: Said) -> None:
    """As it was before, to the field; where nothing had been said, as if nothing had been."""
    journal.keep(said.before or said.after.model_copy(update={"state": TagState.WITHDRAWN}))


def say_again(journal: Journal, said: Said) -> None:
    """What was taken back, once more."""
    journal.keep(said.after)

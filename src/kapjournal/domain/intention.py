"""An intention in the client's words: how it is worded now and was worded before, and what differs between the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

from pydantic import ValidationError

from kapjournal.domain.capture_labels import labels_in
from kapjournal.domain.entry import (
    Action,
    Amended,
    Amendment,
    Entry,
    IntentionDetails,
    IntentionState,
    Kind,
    amended_details,
)

NO_LONGER_OPEN = frozenset({IntentionState.MET, IntentionState.SET_ASIDE})
_MOST_TOKENS = 3000  # of one side; beyond that a comparison word by word would be felt


class Words(NamedTuple):
    """The client's words. `said` is the intention as it was spoken, where that is not the same as the hope."""

    hope: str = ""
    fear: str = ""
    enough: str = ""
    said: str = ""

    @property
    def wording(self) -> str:
        """What stands for the whole intention, as the card shows it."""
        return self.said or self.hope

    @property
    def empty(self) -> bool:
        """Nothing that could be kept."""
        return not any(words.strip() for words in self)


class Wording(NamedTuple):
    """One version: what the words and the state were from `at` on, and what was written beside the change."""

    at: datetime
    words: Words
    state: IntentionState
    how: str  # "first wording", "edited", "addendum", "correction", "late entry"
    beside: str = ""


class Stretch(NamedTuple):
    """A run of words that stands on both sides, or on one side only."""

    text: str
    changed: bool


def words_of(entry: Entry, amendments: Iterable[Amendment] = ()) -> Words:
    """The words as they stand after these amendments, oldest first: the text, or the hope where it was reworded."""
    changes = tuple(amendments)
    details = _details(entry, changes)
    hope, reworded = details.hope or "", any("hope" in (a.details or {}) for a in changes)
    rest = {"fear": details.fear or "", "enough": details.enough or ""}
    if hope and reworded:
        return Words(hope=hope, **rest)
    if not hope or _plain(hope) == _plain(entry.text) or not entry.text.strip():
        return Words(hope=entry.text or hope, **rest)
    return Words(hope=hope, said=entry.text, **rest)


def state_of(entry: Entry, amendments: Iterable[Amendment] = ()) -> IntentionState:
    """What became of it; open until somebody says otherwise."""
    return _details(entry, tuple(amendments)).state or IntentionState.OPEN


def rank_of(entry: Entry, amendments: Iterable[Amendment] = ()) -> int | None:
    """Its place among several, if it was ordered by hand."""
    return _details(entry, tuple(amendments)).rank


def _details(entry: Entry, amendments: Sequence[Amendment]) -> IntentionDetails:
    """Details with their amendments; a change that does not fit is left out, so that nothing goes dark."""
    try:
        found = amended_details(entry, amendments)
    except ValidationError:
        found = entry.details
    return found if isinstance(found, IntentionDetails) else IntentionDetails()


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def in_order(intentions: Iterable[Amended]) -> tuple[Amended, ...]:
    """Intentions that stand: those ordered by hand first, the others by when they were said."""
    standing = [one for one in intentions if one.original.kind is Kind.INTENTION and not one.retracted]
    return tuple(sorted(standing, key=_place))


def _place(one: Amended) -> tuple[float, datetime]:
    rank = rank_of(one.original, one.amendments)
    return (float("inf") if rank is None else rank, one.original.noticed_at)


def wordings(versions: Iterable[tuple[datetime, Entry]], amendments: Iterable[Amendment]) -> tuple[Wording, ...]:
    """Every version, oldest first: the first words, edits in place, then what was amended; repeats are left out."""
    found: list[Wording] = []
    last: Entry | None = None
    for at, entry in versions:
        last = entry
        how = "edited" if found else "first wording"
        found.append(Wording(at if found else entry.typed_at, words_of(entry), state_of(entry), how))
    changes: list[Amendment] = []
    for amendment in sorted(amendments, key=lambda one: one.written_at):
        changes.append(amendment)
        if last is not None and amendment.action is not Action.RETRACTION:
            how = amendment.action.replace("_", " ")
            words, state = words_of(last, changes), state_of(last, changes)
            found.append(Wording(amendment.written_at, words, state, how, amendment.text or ""))
    return tuple(_without_repeats(found))


def _without_repeats(found: Sequence[Wording]) -> Iterator[Wording]:
    before: Wording | None = None
    for one in found:
        if before is None or (one.words, one.state) != (before.words, before.state):
            yield one
            before = one


def compare(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both sides, each cut into stretches that stand on the other side too and stretches that do not."""
    left, right = _tokens(before), _tokens(after)
    if max(len(left), len(right)) > _MOST_TOKENS:
        same = before == after
        return _one_stretch(before, changed=not same), _one_stretch(after, changed=not same)
    sides: tuple[list[Stretch], list[Stretch]] = ([], [])
    for tag, i, i_end, j, j_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, tokens in ((sides[0], left[i:i_end]), (sides[1], right[j:j_end])):
            if tokens:
                side.append(Stretch("".join(tokens), tag != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def _tokens(words: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", words)


def _one_stretch(words: str, *, changed: bool) -> tuple[Stretch, ...]:
    return (Stretch(words, changed),) if words else ()


def without_trailing_labels(words: str) -> tuple[str, tuple[str, ...]]:
    """The words without the labels at their very end, and every label in them.

    As in the live line, a label in the middle of a sentence stays where it was typed.
    """
    kept = words.rstrip()
    found = [label.typed for label in labels_in(words, 0, len(words))]
    while labels := [label for label in labels_in(kept, 0, len(kept)) if label.end == len(kept)]:
        kept = kept[: labels[-1].start].rstrip()
    return kept, tuple(dict.fromkeys(found))


def without_label_signs(words: str) -> str:
    """The words as they were spoken: a label in the middle of a sentence loses its sign and its hyphens."""
    made, at = [], 0
    for label in labels_in(words, 0, len(words)):
        made += [words[at : label.start], label.typed[1:].replace("-", " ")]
        at = label.end
    return "".join([*made, words[at:]])

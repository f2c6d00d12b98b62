"""What the pinned card says: the intention, the touch agreement, the stop signal, the safety plan, the phone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from kapjournal.domain.course import Client
from kapjournal.domain.entry import (
    Action,
    AgreementDetails,
    Amendment,
    Details,
    Entry,
    IntentionDetails,
    IntentionState,
    Kind,
    PlanDetails,
    amended_details,
)
from kapjournal.domain.intention import NO_LONGER_OPEN, Words, words_of

Model = TypeVar("Model", bound=Details)


class Card(NamedTuple):
    """The card of one client as things stand; what nobody wrote yet is empty."""

    intention: str = ""
    enough: str = ""
    touch: str = ""  # what may be touched, as agreed
    stop_word: str = ""
    stop_gesture: str = ""
    plan: tuple[str, ...] = ()  # the safety plan, line by line
    phone: str = ""  # the prescriber
    others: tuple[str, ...] = ()  # further intentions, in the order they were given by hand
    watch_for: tuple[str, ...] = ()  # this client's own danger signs

    @property
    def stop(self) -> str:
        """The stop signal in a sentence, such as: Says “harbour”, or raises the left palm."""
        word = f"Says “{self.stop_word}”" if self.stop_word else ""
        gesture = self.stop_gesture.rstrip(".")
        told = f"{word}, or {gesture}" if word and gesture else word or gesture[:1].upper() + gesture[1:]
        return f"{told}." if told else ""


class _Standing(NamedTuple):
    """An entry that was not taken back, with its details as they stand today."""

    entry: Entry
    details: Details
    amendments: tuple[Amendment, ...]


def card_of(client: Client, entries: Iterable[Entry], amendments: Iterable[Amendment] = ()) -> Card:
    """The card from everything written about a client; the latest by when it happened counts."""
    standing = _standing((entry for entry in entries if entry.client == client.id), amendments)
    intentions = [_words(one) for one in _intentions(standing)]
    first, others = (intentions[0], intentions[1:]) if intentions else (Words(), [])
    touch = _latest(standing, AgreementDetails, lambda one: "touch" in one.about.casefold())
    signal = _latest(standing, AgreementDetails, lambda one: bool(one.stop_word or one.stop_gesture))
    plan = _latest(standing, PlanDetails, lambda one: "safety" in one.about.casefold())
    watch_for = _latest(standing, PlanDetails, lambda one: "danger" in one.about.casefold())
    return Card(
        intention=first.wording,
        enough=first.enough,
        touch=(touch[1].allowed or touch[0].entry.text) if touch else "",
        stop_word=(signal[1].stop_word or "") if signal else "",
        stop_gesture=(signal[1].stop_gesture or "") if signal else "",
        plan=_lines(plan[0].entry.text) if plan else (),
        phone=client.prescriber or "",
        others=tuple(one.wording for one in others),
        watch_for=_lines(watch_for[0].entry.text) if watch_for else (),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _standing(entries: Iterable[Entry], amendments: Iterable[Amendment]) -> list[_Standing]:
    """Entries of the kinds the card shows, oldest first."""
    since: dict[str, list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        since[amendment.entry].append(amendment)
    standing = []
    for entry in sorted(entries, key=lambda one: one.noticed_at):
        after = sorted(since[entry.id], key=lambda one: one.written_at)
        taken_back = any(one.action is Action.RETRACTION for one in after)
        if entry.kind not in {Kind.INTENTION, Kind.AGREEMENT, Kind.PLAN} or taken_back:
            continue
        details = _details(entry, after) or (IntentionDetails() if entry.kind is Kind.INTENTION else None)
        if details is not None:
            standing.append(_Standing(entry, details, tuple(after)))
    return standing


def _details(entry: Entry, after: Sequence[Amendment]) -> Details | None:
    """Details with their amendments; a change that does not fit is left out, so that the card never goes dark."""
    try:
        return amended_details(entry, after)
    except ValidationError:
        return entry.details


def _latest(
    standing: Sequence[_Standing], model: type[Model], fits: Callable[[Model], bool]
) -> tuple[_Standing, Model] | None:
    for one in reversed(standing):
        if isinstance(one.details, model) and fits(one.details):
            return one, one.details
    return None


def _intentions(standing: Sequence[_Standing]) -> list[_Standing]:
    """Those that were put in order by hand and are still alive; where there are none, the latest one."""
    ranked = [
        (one.details.rank, place, one)
        for place, one in enumerate(standing)
        if isinstance(one.details, IntentionDetails)
        and one.details.rank is not None
        and one.details.state not in NO_LONGER_OPEN
        and not _words(one).empty
    ]
    if ranked:
        return [one for _, _, one in sorted(ranked, key=lambda r: r[:2])]
    latest = _latest_intention(standing)
    return [latest] if latest else []


def _latest_intention(standing: Sequence[_Standing]) -> _Standing | None:
    """The latest open one; one that names a hope or what would be enough goes before a remark about intentions."""
    live = {IntentionState.OPEN, None}
    still = {*live, IntentionState.PARTLY, IntentionState.CHANGED}
    for states, named in ((live, True), (live, False), (still, False)):
        found = _latest(
            standing,
            IntentionDetails,
            lambda one, s=states, n=named: one.state in s and (not n or bool(one.hope or one.enough)),  # type: ignore[misc]
        )
        if found:
            return found[0]
    return None


def _words(intention: _Standing) -> Words:
    return words_of(intention.entry, intention.amendments)


_CLAUSES = re.compile(r"\s*(?:[,()\n–—]|\bbut\b|\band\b(?=\s+(?:no|not|never|only)\b))\s*")
_SENTENCES = re.compile(r"[.;!?\n]+")
_FLIPS = re.compile(r"\b(?:except(?: for)?|apart from|other than|nothing but|anything but|excluding)\b")
_REFUSES = re.compile(r"\b(?:no|not|never|nothing|none|nowhere|without|off|don['’]t|avoid|neither|nor)\b")
_ALLOWS = re.compile(r"\b(?:yes|ok|okay|fine|allowed|may|welcome|good|agreed)\b")
_ANYWHERE = re.compile(r"\b(?:any|anywhere|anything|all)\b")
_HAND_ON = re.compile(r"^(?:my |the |a |one )?(?:hands?|palms?|arms?)\s+(?:on|at|to|around|round)\s+|\bback of (?=\w)")
_SIDES = frozenset({"left", "right"})
_SIDE_LETTERS = {"l": "left", "r": "right"}
_UNSAID = frozenset(
    {"the", "his", "her", "their", "my", "a", "of", "on", "and", "to", "both", "upper", "lower", "outer"}
)
_SAME = {"feet": "foot", "calves": "calf", "hug": "holding"}
_WITHIN = {"finger": "hand", "palm": "hand", "sole": "foot"}


class _Bounds(NamedTuple):
    allowed: frozenset[str]
    refused: frozenset[str]
    anywhere: bool


def touch_is_outside(where: str | None, card: Card) -> bool:
    """Whether a place is outside what was agreed: it is not named as allowed, or it is named as refused.

    Errs on the side of saying so: this is a quiet flag beside an entry that is kept either way. A touch whose place
    is not known yet is not flagged.
    """
    if where is None or not where.strip():
        return False
    bounds = _bounds(card.touch.casefold())
    places = [word for word in _places(_HAND_ON.sub("", where.casefold())) if word not in _SIDES]
    sides = {word for word in _places(where.casefold()) if word in _SIDES}
    for place in places:
        if place in bounds.refused or not (bounds.anywhere or {place, _WITHIN.get(place)} & bounds.allowed):
            return True
        agreed_sides = {side for side in _SIDES if f"{side} {place}" in bounds.allowed}
        if agreed_sides and sides and not sides <= agreed_sides:
            return True
        if any(f"{side} {place}" in bounds.refused for side in sides):
            return True
    return False


_BODY = (
    "hand", "finger", "wrist", "arm", "elbow", "shoulder", "back", "neck", "head", "hair", "face", "forehead", "cheek",
    "chest", "belly", "hip", "leg", "knee", "thigh", "calf", "ankle", "foot", "toe", "holding", "embrace",
)  # fmt: skip


def touch_widens(before: str, after: str) -> bool:
    """Whether words agreed now allow a touch that was not agreed before."""
    places = [f"{side}{place}" for place in _BODY for side in ("", "left ", "right ")]
    old, new = Card(touch=before), Card(touch=after)
    return any(touch_is_outside(place, old) and not touch_is_outside(place, new) for place in places)


def _places(words: str) -> list[str]:
    """Words in their plain form: one hand, no articles."""
    found = [_SIDE_LETTERS.get(word, word) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)]
    return [_plain(word) for word in found if word not in _UNSAID]


def _plain(word: str) -> str:
    word = _SAME.get(word, word)
    singular = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return _SAME.get(singular, singular)


def _bounds(agreed: str) -> _Bounds:
    """What an agreement allows and refuses, clause by clause; a refusal goes on until something is allowed again."""
    allowed: set[str] = set()
    refused: set[str] = set()
    anywhere = False
    for sentence in _SENTENCES.split(agreed):
        refusing = False
        for part, stretch in enumerate(_FLIPS.split(sentence)):
            refusing = not refusing if part else refusing
            if part and "nothing but" in sentence:
                refusing = False
            for clause in _CLAUSES.split(stretch):
                if _REFUSES.search(clause):
                    refusing = True
                elif _ALLOWS.search(clause):
                    refusing = False
                anywhere = anywhere or (not refusing and bool(_ANYWHERE.search(clause)))
                (refused if refusing else allowed).update(_named(clause, one_side_only=refusing))
    return _Bounds(frozenset(allowed - refused), frozenset(refused), anywhere)


def _named(clause: str, *, one_side_only: bool) -> set[str]:
    """The places of a clause. With a side before it, a place is named too, unless only that side of it is meant."""
    words = _places(clause)
    named = set()
    for at, word in enumerate(words):
        side = words[at - 1] if at and words[at - 1] in _SIDES else ""
        named |= {f"{side} {word}"} if side else {word}
        named |= set() if one_side_only else {word}
    return named

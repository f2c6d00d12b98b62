"""Questionnaires: what an instrument file may say, and how answers are scored. Pure.

An instrument is a data file (`resources/instruments/*.json`); adding one is adding a file. Item text may stand in it
only under a licence that lets everybody reproduce it; without one the file holds the range and the therapist enters
the score from paper. Scores are counted, never judged: a partly answered form has no total, and an answer that the
instrument marks is told as it was given, without advice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kapjournal.domain.errors import BadInput

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Score = int | float
Answers = Sequence[int | None]  # one for each item in order, None for an item that was left out


class Part(BaseModel):
    """Base of everything in an instrument file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(Part):
    """Under which terms the instrument may be reproduced; `may_show_items` follows from them."""

    terms: Words  # "public-domain", "no-permission-required", "CC-BY-4.0", "own-words", "permission-needed" …
    holder: Words | None = None
    notice: Words | None = None  # shown with the items
    source: Words  # where the terms were read

    @property
    def may_show_items(self) -> bool:
        """Whether anybody may reproduce the items unaltered."""
        free = {"public-domain", "no-permission-required", "CC0-1.0", "own-words"}
        return self.terms in free or bool(re.fullmatch(r"CC-BY-[1-4]\.0", self.terms))

    @model_validator(mode="after")
    def _credited(self) -> Self:
        if self.notice is None and (self.terms == "no-permission-required" or self.terms.startswith("CC-BY")):
            raise ValueError("these terms ask for a notice beside the items")
        return self


class Option(Part):
    """One way to answer; a scale may name its ends only."""

    value: Annotated[int, Field(ge=0, le=100)]
    label: str = ""


class Item(Part):
    """One question, as published."""

    text: Words
    loinc: str | None = None
    options: tuple[Option, ...] | None = None  # where they differ from those of the instrument


class Span(Part):
    """The lowest and the highest score; `step` is what scores are counted in."""

    low: Score
    high: Score
    step: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low >= self.high:
            raise ValueError("the lowest score is not below the highest")
        return self


class Band(Part):
    """A stretch of scores and the word it was published with; both ends belong to it."""

    low: Score
    high: Score
    words: Words


class Cutoff(Part):
    """The dashed line of a trend: the score, or the lowest one, from which the published cut-off is reached."""

    low: Score
    high: Score | None = None
    label: Words
    source: Words


class Cluster(Part):
    """A sum of its own; items are counted from 1."""

    name: Words
    items: tuple[Annotated[int, Field(ge=1)], ...]


class Mark(Part):
    """An answer that is shown plainly wherever the form is: this item (or the score), from this value on."""

    item: Annotated[int, Field(ge=1)] | None = None  # none: the score itself
    at_least: int = 1


class Change(Part):
    """How much a score has to move before it is called a change, and who says so."""

    points: Score
    words: Words
    source: Words


class Better(StrEnum):
    """Which way the score goes when things go better."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class KeptAs(StrEnum):
    """The kind of entry that it is kept as."""

    MEASURE = "measure"
    SUDS = "suds"


class Instrument(Part):
    """A questionnaire with its items, or only its range where its items may not be reproduced."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$")]  # as it stands in entries
    name: Words
    about: Words
    version: Words
    language: Words = "en"
    recall: Words  # the period that is asked about
    authors: Words
    licence: Licence
    loinc: str | None = None  # of the whole form
    loinc_total: str | None = None
    instructions: Words | None = None
    stem: Words | None = None  # the question before the items
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    span: Span | None = None  # only without items; with them it is counted
    score_word: Words = "total"
    better: Better = Better.LOWER
    clusters: tuple[Cluster, ...] = ()
    bands: tuple[Band, ...] = ()
    bands_source: Words | None = None
    cutoff: Cutoff | None = None
    marks: tuple[Mark, ...] = ()
    changes: tuple[Change, ...] = ()
    note: Words | None = None
    kept_as: KeptAs = KeptAs.MEASURE
    order: int = 100  # where it stands in lists; the same number goes by name

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for look_at in (_items_trouble, _bands_trouble, _order_trouble, _places_trouble):
            if trouble := look_at(self):
                raise ValueError(trouble)
        return self

    @property
    def range(self) -> Span:
        """The lowest and the highest score."""
        if self.span is not None:
            return self.span
        ends = [[option.value for option in self.options_of(n)] for n in range(1, len(self.items) + 1)]
        return Span(low=sum(min(values) for values in ends), high=sum(max(values) for values in ends))

    @property
    def score_only(self) -> bool:
        """Whether only the score is entered, from paper."""
        return not self.items

    def options_of(self, item: int) -> tuple[Option, ...]:
        """The answers to an item, counted from 1."""
        return self.items[item - 1].options or self.options

    def band_of(self, total: Score | None) -> Band | None:
        """The published band that a score falls into."""
        return next((b for b in self.bands if total is not None and b.low <= total <= b.high), None)


def _items_trouble(instrument: Instrument) -> str:
    licence, span = instrument.licence, instrument.span
    text = {
        "items": bool(instrument.items),
        "stem": instrument.stem is not None,
        "instructions": instrument.instructions is not None,
        "options": any(option.label for option in instrument.options),
    }
    if not licence.may_show_items and any(text.values()):
        field = next(field for field, there in text.items() if there)
        return f"{field}: text may not stand here, since the licence ({licence.terms}) does not allow it"
    if bool(instrument.items) == (span is not None):
        return "span: an instrument has items or a span of scores, one of the two"
    for number, item in enumerate(instrument.items, start=1):
        values = [option.value for option in item.options or instrument.options]
        if len(values) < 2 or values != sorted(set(values)):
            return f"options: item {number} needs at least two answers, in order and each once"
    return ""


def _bands_trouble(instrument: Instrument) -> str:
    bands = instrument.bands
    if not bands:
        return ""
    if instrument.bands_source is None:
        return "bands_source: bands need the publication they come from"
    low, high = instrument.range.low, instrument.range.high
    if (bands[0].low, bands[-1].high) != (low, high):
        return f"bands: they run from {bands[0].low:g} to {bands[-1].high:g}, the scores from {low:g} to {high:g}"
    return ""


def _order_trouble(instrument: Instrument) -> str:
    for band in instrument.bands:
        if band.low > band.high:
            return f"bands: {_stretch(band)} runs backwards"
    for before, after in pairwise(instrument.bands):
        if after.low <= before.high:
            return f"bands: {_stretch(before)} and {_stretch(after)} overlap"
        if after.low != before.high + 1:
            return f"bands: there is none between {before.high:g} and {after.low:g}"
    return ""


def _stretch(band: Band) -> str:
    return f"{band.low:g} to {band.high:g}"


def _places_trouble(instrument: Instrument) -> str:
    of, low, high = len(instrument.items), instrument.range.low, instrument.range.high
    for cluster in instrument.clusters:
        if any(item > of for item in cluster.items):
            return f"clusters: {cluster.name} names an item that is not there"
    if any((mark.item or 0) > of for mark in instrument.marks):
        return "marks: an item is named that is not there"
    if instrument.cutoff is not None and not low <= instrument.cutoff.low <= (instrument.cutoff.high or high) <= high:
        return f"cutoff: it lies outside {low:g} to {high:g}"
    if instrument.kept_as is KeptAs.SUDS and (of, low, high) != (1, 0, 10):
        return "kept_as: distress is one item from 0 to 10"
    return ""


# Scoring ------------------------------------------------------------------------------------------------------------


class Marked(NamedTuple):
    """An answer that the instrument marks; `item` is 0 where it is the score itself, and `label` the word for it."""

    item: int
    answer: Score
    label: str

    @property
    def sentence(self) -> str:
        """As it was given, such as “Item 9 answered 1, several days.” It says no more than that."""
        if not self.item:
            return f"{self.label.capitalize()} {self.answer:g}."
        label = f", {self.label[:1].lower()}{self.label[1:]}" if self.label else ""
        return f"Item {self.item} answered {self.answer:g}{label}."


class ClusterScore(NamedTuple):
    """The sum of a cluster; None while one of its items is open."""

    name: str
    total: int | None
    high: int


class Result(NamedTuple):
    """What a form comes to. `total` and `band` are None while it is partly answered."""

    total: Score | None
    answered: int
    of: int  # items; 0 where only the score was entered
    band: Band | None = None
    clusters: tuple[ClusterScore, ...] = ()
    marked: tuple[Marked, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether there is a total."""
        return self.total is not None


def score(instrument: Instrument, answers: Answers) -> Result:
    """Count a form; raises `BadInput` naming instrument and item for what cannot be an answer to it."""
    of = len(instrument.items)
    if len(answers) != of:
        given = "1 answer was" if len(answers) == 1 else f"{len(answers)} answers were"
        raise BadInput(f"{instrument.id} has {of} {'item' if of == 1 else 'items'}, and {given} given.")
    for item, answer in enumerate(answers, start=1):
        _check_answer(instrument, item, answer)
    given_ones = [answer for answer in answers if answer is not None]
    total = sum(given_ones) if len(given_ones) == of else None
    return Result(
        total,
        len(given_ones),
        of,
        instrument.band_of(total),
        tuple(_cluster_score(instrument, cluster, answers) for cluster in instrument.clusters),
        tuple(_marked(instrument, answers, total)),
    )


def score_total(instrument: Instrument, total: Score) -> Result:
    """Take a score from paper; raises `BadInput` naming the instrument for one that it cannot have."""
    low, high, step = instrument.range.low, instrument.range.high, instrument.range.step
    if not low <= total <= high:
        raise BadInput(f"{instrument.id}: {total:g} is outside {low:g} to {high:g}.")
    if (total - low) % step:
        raise BadInput(f"{instrument.id}: {total:g} cannot be; its scores go in steps of {step}.")
    marked = tuple(_marked(instrument, (), total))
    return Result(total, 0, len(instrument.items), instrument.band_of(total), (), marked)


def _check_answer(instrument: Instrument, item: int, answer: int | None) -> None:
    values = [option.value for option in instrument.options_of(item)]
    if answer is None or (answer in values and not isinstance(answer, bool)):
        return
    raise BadInput(f"{instrument.id}, item {item}: {answer} is outside {min(values)} to {max(values)}.")


def _cluster_score(instrument: Instrument, cluster: Cluster, answers: Answers) -> ClusterScore:
    given = [answers[item - 1] for item in cluster.items]
    counted = [answer for answer in given if answer is not None]
    high = sum(max(option.value for option in instrument.options_of(item)) for item in cluster.items)
    return ClusterScore(cluster.name, sum(counted) if len(counted) == len(given) else None, high)


def _marked(instrument: Instrument, answers: Answers, total: Score | None) -> list[Marked]:
    found = []
    for mark in instrument.marks:
        answer = total if mark.item is None else answers[mark.item - 1] if answers else None
        if answer is not None and answer >= mark.at_least:
            found.append(Marked(mark.item or 0, answer, answer_label(instrument, mark.item, answer)))
    return found


def answer_label(instrument: Instrument, item: int | None, answer: Score) -> str:
    """The words of an answer to an item, counted from 1; the word for the score where there is no item."""
    if item is None:
        return instrument.score_word
    return next((option.label for option in instrument.options_of(item) if option.value == answer), "")

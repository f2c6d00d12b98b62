"""How measures are told: totals with their band and day, marked answers plainly, a partial form as partial."""

from __future__ import annotations

from datetime import date

from kapjournal.application.take_measure import ClientMeasures, MeasureDraft, Taken, trend_of
from kapjournal.domain.measure import Instrument, Result, answer_label
from kapjournal.domain.trend import day_text
from kapjournal.gui.measures.state import Choice, FormItem, InstrumentCard, InstrumentLine, TakenLine


def day(on: date) -> str:
    """A day with its year: `24 Feb 2026`."""
    return f"{day_text(on)} {on.year}"


def result_text(instrument: Instrument, result: Result) -> str:
    """A total in words: “19 of 27, moderately severe”; a partial form says so."""
    if result.total is None:
        return f"partial, {result.answered} of {result.of} answered, no total"
    band = f", {result.band.words}" if result.band else ""
    return f"{result.total:g} of {instrument.range.high:g}{band}"


def taken_text(instrument: Instrument, taken: Taken) -> str:
    """One kept form in words."""
    if taken.result is not None:
        shown = taken.result._replace(total=taken.total) if taken.total is not None else taken.result
        return result_text(instrument, shown)
    return f"{taken.total:g}, as written" if taken.total is not None else "no total"


def plain_words(instrument: Instrument, taken: Taken) -> tuple[str, ...]:
    """What is shown beside a total: marked answers, sums of clusters, and what does not add up."""
    result = taken.result
    said = [marked.sentence for marked in result.marked] if result else []
    if result and result.total is not None:
        said += [", ".join(f"{c.name} {c.total} of {c.high}" for c in result.clusters)] if result.clusters else []
    elif result:
        open_items = [str(n) for n, answer in enumerate(taken.answers, start=1) if answer is None]
        said.append(f"Partly answered: {_items(open_items)} left out, so there is no total.")
    return tuple(filter(None, (*said, taken.doubt)))


def _items(numbers: list[str]) -> str:
    return f"item {numbers[0]} was" if len(numbers) == 1 else f"items {', '.join(numbers)} were"


def instrument_line(instrument: Instrument, measures: ClientMeasures) -> InstrumentLine:
    """An instrument in the list, with its latest total and what is begun."""
    latest, draft = measures.latest(instrument.id), dict(measures.drafts).get(instrument.id)
    stands = f"{taken_text(instrument, latest)}, {day(latest.on)}" if latest else "not taken yet"
    return InstrumentLine(instrument.id, f"{instrument.about}: {stands}", _begun(draft))


def _begun(draft: MeasureDraft | None) -> str:
    if draft is None:
        return ""
    given = sum(answer is not None for answer in draft.answers)
    return f"begun, {given} of {len(draft.answers)}" if draft.answers else "begun"


def instrument_card(instrument: Instrument, measures: ClientMeasures, seen: str) -> InstrumentCard:
    """The chosen instrument with everything that was taken; `seen` is the entry that is looked at."""
    own, latest = measures.of(instrument.id), measures.latest(instrument.id)
    begun = _begun(dict(measures.drafts).get(instrument.id))
    action = f"Enter the {instrument.score_word}" if instrument.score_only else f"Take {instrument.id}"
    looked_at = next((taken for taken in own if taken.entry.id == seen), None)
    told = taken_text(instrument, latest) if latest else ""
    has_total = latest is not None and latest.total is not None
    total, _, rest = told.partition(" ") if has_total else ("", "", told)
    return InstrumentCard(
        id=instrument.id,
        name=instrument.name,
        about=f"{instrument.about}. Asks about {instrument.recall}. {instrument.authors}.",
        action=f"Go on with {instrument.id}, {begun}" if begun else action,
        total=total,
        of=f"{rest}, {day(latest.on)}" if latest else "Not taken yet.",
        plain=plain_words(instrument, latest) if latest else (),
        series=(trend_of(measures, instrument),) if own else (),
        dosings=measures.dosings,
        history=tuple(_taken_line(instrument, taken) for taken in reversed(own)),
        seen=looked_at.entry.id if looked_at else "",
        answers=_answers(instrument, looked_at) if looked_at else (),
        sources=_sources(instrument),
    )


def _taken_line(instrument: Instrument, taken: Taken) -> TakenLine:
    marked = [m.sentence for m in taken.result.marked] if taken.result else []
    says = ". ".join([taken_text(instrument, taken), *(m.rstrip(".") for m in marked), *filter(None, (taken.note,))])
    return TakenLine(taken.entry.id, day(taken.on), says)


def _answers(instrument: Instrument, taken: Taken) -> tuple[str, ...]:
    if not taken.answers or len(taken.answers) != len(instrument.items):
        return plain_words(instrument, taken)
    lines = []
    for number, (item, answer) in enumerate(zip(instrument.items, taken.answers, strict=True), start=1):
        label = answer_label(instrument, number, answer) if answer is not None else ""
        given = "not answered" if answer is None else f"{answer}, {label.lower()}" if label else str(answer)
        lines.append(f"{number}. {item.text}  {given}")
    return (*plain_words(instrument, taken), *lines)


def _sources(instrument: Instrument) -> tuple[str, ...]:
    bands = ", ".join(f"{b.low:g} to {b.high:g} {b.words}" for b in instrument.bands)
    said = [f"Bands: {bands}. {instrument.bands_source}."] if instrument.bands else []
    said += [f"Change: {change.words}. {change.source}." for change in instrument.changes]
    said += [instrument.note] if instrument.note else []
    licence = instrument.licence
    terms = licence.notice or f"{licence.terms.replace('-', ' ').capitalize()}: {licence.source}."
    return (*said, terms)


def form_items(instrument: Instrument, draft: MeasureDraft) -> tuple[FormItem, ...]:
    """The items as they are answered so far."""
    return tuple(
        FormItem(
            number,
            item.text,
            tuple(Choice(option.value, option.label) for option in instrument.options_of(number)),
            draft.answers[number - 1],
        )
        for number, item in enumerate(instrument.items, start=1)
    )

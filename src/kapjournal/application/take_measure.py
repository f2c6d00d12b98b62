"""Take a questionnaire: a draft that outlives a crash, an entry when it is kept, and what was taken so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import Amended, Entry, Kind, MeasureDetails, SudsDetails
from kapjournal.domain.errors import BadInput
from kapjournal.domain.instruments import OTHERS_ARE_THERE, Instruments, read_instruments
from kapjournal.domain.measure import Instrument, KeptAs, Result, Score, score, score_total
from kapjournal.domain.timeline import amended
from kapjournal.domain.trend import Dosing, Point, Series


def load_instruments(*folders: Path) -> Instruments:
    """Read every instrument file of these folders; what is wrong with one is told, and the others still load."""
    files: list[tuple[str, bytes]] = []
    unread: list[str] = []
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        try:
            files.append((path.name, path.read_bytes()))
        except OSError:
            unread.append(f"{path.name} cannot be read from the disk. {OTHERS_ARE_THERE}")
    read = read_instruments(files)
    return read._replace(mistakes=(*unread, *read.mistakes))


# The draft ----------------------------------------------------------------------------------------------------------


class MeasureDraft(BaseModel):
    """A form that is being filled in, as it lies on the desk until it is kept or put away."""

    model_config = ConfigDict(frozen=True)

    answers: tuple[int | None, ...] = ()
    score: str = ""  # as typed, where only the score is entered
    taken_on: str = ""  # as typed; empty for now
    note: str = ""
    begun_at: AwareDatetime | None = None  # the first answer

    @property
    def empty(self) -> bool:
        """Whether nothing was typed yet."""
        return not (any(a is not None for a in self.answers) or self.score or self.note or self.taken_on)


def draft_place(client: str, instrument: Instrument) -> str:
    """Where a client's half-answered form lies on the desk."""
    return f"measure:{client}:{instrument.id}"


def put_draft(journal: Journal, client: str, instrument: Instrument, draft: MeasureDraft) -> None:
    """Keep a draft on the desk; durable on return. An empty one clears the place."""
    journal.put_on_desk(draft_place(client, instrument), None if draft.empty else draft.model_dump_json())


def find_draft(journal: Journal, client: str, instrument: Instrument) -> MeasureDraft:
    """The draft that lies there; an empty one if there is none, or if the instrument has changed since."""
    lying = journal.desk(draft_place(client, instrument))
    fresh = MeasureDraft(answers=(None,) * len(instrument.items))
    if lying is None:
        return fresh
    try:
        draft = MeasureDraft.model_validate_json(lying)
        if instrument.items:
            score(instrument, draft.answers)
    except (ValidationError, BadInput):
        return fresh
    return draft


# Keeping ------------------------------------------------------------------------------------------------------------


def take_measure(
    journal: Journal, clock: Clock, new_id: NewId, client: str, instrument: Instrument, draft: MeasureDraft
) -> Changes:
    """Keep a form as an entry and clear its draft, in one; raises `BadInput` for answers that cannot be.

    A partly answered form is kept without a total. It joins the client's running session, if there is one.
    """
    now = clock.now().at
    begun = _taken_at(draft, now)
    details = measured_details(instrument, draft)
    running = [s for s in journal.sessions(client) if s.running]
    given: dict[str, object] = {
        "id": new_id(),
        "client": client,
        "kind": Kind.SUDS if isinstance(details, SudsDetails) else Kind.MEASURE,
        "text": draft.note.strip() or instrument.id,
        "noticed_at": begun,
        "details": details,
    }
    if running and not draft.taken_on.strip():
        given["session"] = running[-1].id
    if begun != now:
        given["written_at"] = now
    return journal.keep(Entry.model_validate(given), desk={draft_place(client, instrument): None})


def measured_details(instrument: Instrument, draft: MeasureDraft) -> MeasureDetails | SudsDetails:
    """What the form says, counted; raises `BadInput` naming instrument and item."""
    if instrument.score_only:
        total = read_score(instrument, draft.score)
        score_total(instrument, total)
        return MeasureDetails(instrument=instrument.id, total=total)
    result = score(instrument, draft.answers)
    if not result.answered:
        raise BadInput(f"{instrument.id}: nothing is answered yet.")
    if instrument.kept_as is KeptAs.SUDS:
        return SudsDetails(level=int(result.total or 0))
    answered = {"instrument": instrument.id, "answers": tuple(draft.answers)}
    return MeasureDetails.model_validate(answered | ({"total": result.total} if result.complete else {}))


def read_score(instrument: Instrument, typed: str) -> Score:
    """The score that was typed; raises `BadInput` with what it may be."""
    low, high = instrument.range.low, instrument.range.high
    try:
        number = float(typed.strip().replace(",", "."))
    except ValueError:
        raise BadInput(f"{instrument.id}: type the {instrument.score_word}, from {low:g} to {high:g}.") from None
    if number != number or abs(number) > 1e6:  # noqa: PLR0124 - the one number that is not itself
        raise BadInput(f"{instrument.id}: type the {instrument.score_word}, from {low:g} to {high:g}.")
    return int(number) if number == int(number) else number


def _taken_at(draft: MeasureDraft, now: datetime) -> datetime:
    """When it was answered: the day that was typed, at noon; otherwise the first answer."""
    typed = draft.taken_on.strip()
    if not typed:
        return draft.begun_at or now
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BadInput(f"The day it was answered needs to look like {now.date().isoformat()}, or be empty.") from None
    if day > now.date():
        raise BadInput("The day it was answered lies ahead. Leave it empty for today.")
    if day == now.date():
        return now
    return now.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0)


# What was taken -----------------------------------------------------------------------------------------------------


class Taken(NamedTuple):
    """A form that was kept. `result` is None where no file describes its instrument, or its answers do not fit it."""

    entry: Entry
    instrument: str
    result: Result | None
    total: Score | None  # as it was written down
    answers: tuple[int | None, ...] = ()
    doubt: str = ""  # what does not add up, in a sentence

    @property
    def on(self) -> date:
        """The day it was answered."""
        return self.entry.noticed_at.date()

    @property
    def note(self) -> str:
        """The words beside it, if there are any beyond its name."""
        return "" if self.entry.text.strip().casefold() in {self.instrument.casefold(), "suds", ""} else self.entry.text


class ClientMeasures(NamedTuple):
    """Everything measured with one client, oldest first, and when the medicine was taken."""

    taken: tuple[Taken, ...] = ()
    dosings: tuple[Dosing, ...] = ()
    drafts: tuple[tuple[str, MeasureDraft], ...] = ()  # by instrument

    def of(self, instrument: str) -> tuple[Taken, ...]:
        """Those of one instrument."""
        return tuple(taken for taken in self.taken if taken.instrument == instrument)

    def latest(self, instrument: str) -> Taken | None:
        """The newest of one instrument that has a total, or else the newest."""
        own = self.of(instrument)
        return next((t for t in reversed(own) if t.total is not None), own[-1] if own else None)


def client_measures(journal: Journal, client: str, instruments: Instruments) -> ClientMeasures:
    """What was taken and still stands; forms that were taken back are left out."""
    entries = amended(journal.entries(client, (Kind.MEASURE, Kind.SUDS)), journal.amendments(client))
    taken = [found for e in entries if not e.retracted and (found := _taken(e, instruments)) is not None]
    drafts = ((one.id, find_draft(journal, client, one)) for one in instruments.known)
    return ClientMeasures(
        tuple(sorted(taken, key=lambda one: one.entry.noticed_at)),
        _dosings(journal.sessions(client)),
        tuple((name, draft) for name, draft in drafts if not draft.empty),
    )


def trends(measures: ClientMeasures, instruments: Instruments, *, every: bool = False) -> tuple[Series, ...]:
    """A series for each instrument that was taken, in the order of lists; `every` adds those never taken."""
    return tuple(
        series for instrument in instruments.known if (series := trend_of(measures, instrument)).points or every
    )


def trend_of(measures: ClientMeasures, instrument: Instrument) -> Series:
    """The series of one instrument."""
    cutoff = instrument.cutoff
    return Series(
        instrument.id,
        instrument.range.low,
        instrument.range.high,
        tuple(_point(taken) for taken in measures.of(instrument.id)),
        cutoff.low if cutoff else None,
        cutoff.high if cutoff else None,
        cutoff.label if cutoff else "",
    )


def _point(taken: Taken) -> Point:
    band = taken.result.band if taken.result else None
    if taken.total is None:
        given = sum(answer is not None for answer in taken.answers)
        return Point(taken.on, None, f"partial, {given} of {len(taken.answers)}")
    return Point(taken.on, taken.total, band.words if band else "")


def _dosings(sessions: Iterable[Session]) -> tuple[Dosing, ...]:
    held = [s for s in sessions if s.kind is SessionKind.DOSING and s.started_at is not None]
    found = (Dosing(s.started_at.date(), str(s.number or "")) for s in held if s.started_at is not None)
    return tuple(sorted(found))


def _taken(entry: Amended, instruments: Instruments) -> Taken | None:
    details = entry.details
    if isinstance(details, SudsDetails):
        suds = next((one for one in instruments.known if one.kept_as is KeptAs.SUDS), None)
        details = MeasureDetails(instrument=suds.id if suds else "SUDS", answers=(details.level,), total=details.level)
    if not isinstance(details, MeasureDetails):
        return None
    instrument = instruments.of(details.instrument)
    if instrument is None:
        return Taken(entry.original, details.instrument, None, details.total, details.answers or ())
    return _scored(entry.original, instrument, details)


def _scored(entry: Entry, instrument: Instrument, details: MeasureDetails) -> Taken:
    answers = details.answers or ()
    kept = Taken(entry, instrument.id, None, details.total, answers)
    try:
        result = _result(instrument, answers, details.total)
    except BadInput as misfit:
        return kept._replace(doubt=misfit.sentence)
    if result is None:
        return kept
    if details.total is None or details.total == result.total:
        return kept._replace(result=result, total=result.total)
    doubt = f"The total written down is {details.total:g}; the answers add up to {result.total:g}."
    return kept._replace(result=result._replace(band=instrument.band_of(details.total)), doubt=doubt)


def _result(instrument: Instrument, answers: Sequence[int | None], total: Score | None) -> Result | None:
    if answers and instrument.items:
        return score(instrument, answers)
    return score_total(instrument, total) if total is not None else None

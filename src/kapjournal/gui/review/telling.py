"""From what was read to what the review screen says: tracks, the chosen entry, cards, what was said around a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from kapjournal.application.review_session import Reviewed
from kapjournal.domain.capture_labels import PART_SIGN
from kapjournal.domain.course import Session
from kapjournal.domain.course_plan import title, when
from kapjournal.domain.dates import date_text, day_text
from kapjournal.domain.entry import (
    Action,
    Amended,
    Amendment,
    DoseDetails,
    Entry,
    IntentionDetails,
    IntentionState,
    Kind,
    RecordClass,
    VitalsDetails,
)
from kapjournal.domain.lanes import TITLES, Laid, Lane, Placed
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.overlay import around
from kapjournal.domain.phase import DoseBand, DoseGiven, bands_after, dose_label
from kapjournal.domain.silences import Silence, silences
from kapjournal.domain.telling import KIND_TOLD, MISSING, Around, Told, icon_of, spoken, told, told_text
from kapjournal.domain.timeline import as_it_stands, doses, doses_given, late_text
from kapjournal.domain.vitals import Taken, baseline
from kapjournal.domain.wording import Wording
from kapjournal.gui.review.state import (
    DoseShown,
    LaneShown,
    Mark,
    NoteShown,
    Paragraph,
    Reading,
    SaidThen,
    Track,
    Written,
)

_ADDED = {Action.ADDENDUM: "Added", Action.LATE_ENTRY: "Late", Action.CORRECTION: "Corrected"}
_QUOTED = frozenset({Kind.QUOTE, Kind.ACCOUNT})


def heading(session: Session, now: datetime) -> str:
    """`Dosing 3, Thursday 26 February`, with the year where it was another one."""
    at = when(session)
    if at is None:
        return title(session)
    return f"{title(session)}, {day_text(at.date())}" + (f" {at.year}" if at.year != now.year else "")


def span_text(laid: Laid) -> str:
    """`13:04 to 16:08, 39 entries`."""
    session, many = laid.session, len(laid.placed)
    begun, over = session.started_at, session.ended_at or session.closed_at
    times = f"{clock_text(begun)} to {clock_text(over)}, " if begun and over else ""
    times = times or (f"since {clock_text(begun)}, " if begun else "")
    return f"{times}{many} {'entry' if many == 1 else 'entries'}"


# --- tracks --------------------------------------------------------------------------------------------------------


def tracks(reviewed: Reviewed) -> tuple[Track, ...]:
    """Every session that is looked at, as it is painted."""
    return tuple(_track(reviewed, laid) for laid in reviewed.laid)


def _track(reviewed: Reviewed, laid: Laid) -> Track:
    around_ = _around(reviewed, laid)
    quiet = silences((p.minute for p in laid.placed), laid.start, laid.end) if laid.placed else ()
    limits = reviewed.course.limits if reviewed.course else None
    limit = limits.systolic if limits else None
    given = _given(reviewed, laid)
    marks = tuple(_mark(reviewed, laid, placed, around_, quiet) for placed in laid.placed)
    return Track(
        session=laid.session.id,
        title=heading(laid.session, reviewed.at),
        lanes=tuple(_lanes(marks)),
        marks=marks,
        doses=tuple(_doses_shown(laid)),
        readings=tuple(_readings(laid)),
        bands=_bands(reviewed, given),
        silences=quiet,
        limit=limit,
        limit_text=f"prescriber’s limit {limit}" if limit else "",
    )


def _lanes(marks: Sequence[Mark]) -> Iterator[LaneShown]:
    """The lanes in which something stands."""
    filled = {mark.lane for mark in marks}
    for lane, words in TITLES.items():
        if lane in filled:
            yield LaneShown(lane, words, "BP, pulse" if lane is Lane.VITALS else "")


def _around(reviewed: Reviewed, laid: Laid) -> Around:
    taken = [
        Taken(p.minute, p.note.details)
        for p in laid.placed
        if isinstance(p.note.details, VitalsDetails) and not p.note.retracted
    ]
    return Around(part_names=reviewed.parts, baseline=baseline(taken) if laid.from_dose else None)


def _given(reviewed: Reviewed, laid: Laid) -> tuple[DoseGiven, ...]:
    usual = reviewed.course.route if reviewed.course else None
    return doses_given(doses((p.note for p in laid.placed), laid.session), laid.session, usual)


def _bands(reviewed: Reviewed, given: Sequence[DoseGiven]) -> tuple[DoseBand, ...]:
    return tuple(band for band in bands_after(given, reviewed.tables.bands) if band.spans) if reviewed.tables else ()


def _mark(reviewed: Reviewed, laid: Laid, placed: Placed, around_: Around, quiet: Sequence[Silence]) -> Mark:
    note, entry = placed.note, placed.note.original
    stands, label = as_it_stands(note), _wording(reviewed).of(entry.kind)
    stretches = _stretches(stands, around_)
    since_s = placed.minute * 60 if laid.from_dose else None
    said = [spoken(stands, stretches, entry.noticed_at, since_s, label)]
    said += [words for _, words, _ in _flags(note, laid.session) if words not in ("marked", "private")]
    said += [f"after {s.minutes} minutes without an entry" for s in quiet if s.end == placed.minute]
    return Mark(
        id=entry.id,
        lane=placed.lane,
        minute=placed.minute,
        icon=icon_of(entry.kind, note.details),
        role=KIND_TOLD[entry.kind].role,
        spoken="; ".join(said),
        cells=(clock_text(entry.noticed_at), since_text(placed.minute * 60), label, told_text(stretches)),
        marked=bool(entry.starred) and entry.kind is not Kind.MARK,
        private=entry.kind is Kind.SELF,
        taken_back=note.retracted,
    )


def _stretches(entry: Entry, around_: Around) -> tuple[Told, ...]:
    """What an entry says; what it still lacks was a question for then."""
    return tuple(one for one in told(entry, entry.details, around_) if one.style != MISSING)


def _words(entry: Entry, around_: Around) -> str:
    return told_text(_stretches(entry, around_)).strip()


def _wording(reviewed: Reviewed) -> Wording:
    return reviewed.tables.wording if reviewed.tables else Wording()


def _doses_shown(laid: Laid) -> Iterator[DoseShown]:
    given = doses((p.note for p in laid.placed), laid.session)
    minutes = {p.note.original.id: p.minute for p in laid.placed}
    details = [note.details if isinstance(note.details, DoseDetails) else DoseDetails() for note in given]
    routes = {one.route for one in details}
    alike = len(routes) == 1 and len(given) > 1
    for number, (note, one) in enumerate(zip(given, details, strict=True)):
        route = f" {one.route}" if one.route and not alike else ""
        if alike and one.route and number == len(given) - 1:
            route = f", {'both' if len(given) == 2 else 'all'} {one.route}"
        yield DoseShown(note.original.id, minutes[note.original.id], f"{dose_label(one)}{route}")


def _readings(laid: Laid) -> Iterator[Reading]:
    for placed in laid.placed:
        d = placed.note.details
        if isinstance(d, VitalsDetails) and not placed.note.retracted:
            yield Reading(placed.note.original.id, placed.minute, d.systolic, d.diastolic, d.heart_rate)


# --- the chosen entry ----------------------------------------------------------------------------------------------


def note_shown(reviewed: Reviewed, chosen: str) -> NoteShown | None:
    """The chosen entry with what was said about it since."""
    for laid in reviewed.laid:
        for placed in laid.placed:
            if placed.note.original.id == chosen:
                return _note_shown(reviewed, laid, placed)
    return None


def _note_shown(reviewed: Reviewed, laid: Laid, placed: Placed) -> NoteShown:
    note, entry = placed.note, placed.note.original
    stands, around_ = as_it_stands(note), _around(reviewed, laid)
    first, now = _words(entry, around_), _words(stands, around_)
    unit = "T+" if laid.from_dose else "since start"
    return NoteShown(
        id=entry.id,
        wall=clock_text(entry.noticed_at),
        since=f"{unit} {since_text(placed.minute * 60)}",
        icon=icon_of(entry.kind, note.details),
        label=_wording(reviewed).of(entry.kind),
        role=KIND_TOLD[entry.kind].role,
        words="" if note.retracted else now,
        quoted=entry.kind in _QUOTED,
        was=first if note.retracted or first != now else "",
        labels=tuple((name, name.startswith(PART_SIGN)) for name in reviewed.labels.get(entry.id, ())),
        flags=tuple(_flags(note, laid.session)),
        added=tuple(_added(a, entry.noticed_at) for a in note.amendments if a.text or a.reason),
        details=tuple(_details(note)),
    )


def _flags(note: Amended, session: Session) -> Iterator[tuple[str, str, str]]:
    entry = note.original
    if entry.starred and entry.kind is not Kind.MARK:
        yield "bookmark", "marked", "mark"
    if entry.kind is Kind.SELF or entry.record_class is RecordClass.PRIVATE:
        yield "lock", "private", "private"
    if late := late_text(entry, session):
        yield "history", late, "text-quiet"
    for amendment in note.amendments:
        if amendment.action is Action.RETRACTION:
            yield "undo-2", "taken back", "text-quiet"
        elif amendment.action is Action.CORRECTION:
            yield "pen-line", f"corrected {written_text(amendment.written_at, entry.noticed_at)}", "text-quiet"


def _added(amendment: Amendment, noticed: datetime) -> str:
    how = _ADDED.get(amendment.action, "Taken back")
    words = amendment.text if amendment.action is not Action.CORRECTION or amendment.details else ""
    why = f" ({amendment.reason})" if amendment.reason else ""
    said = f"{how} {written_text(amendment.written_at, noticed)}{why}"
    return f"{said}: {words}" if words else said


def _details(note: Amended) -> Iterator[str]:
    entry = note.original
    yield f"Happened {clock_text(entry.noticed_at, seconds=True)}, {date_text(entry.noticed_at.date())}"
    yield f"Written {clock_text(entry.typed_at, seconds=True)}, {date_text(entry.typed_at.date())}"
    kind = "psychotherapy note, private" if entry.in_class is RecordClass.PRIVATE else "clinical record"
    yield f"{kind.capitalize()}; {entry.voice or 'therapist'}’s voice"


def written_text(at: datetime, beside: datetime) -> str:
    """`17:40`, or `27 February 08:15` where that was another day than the other moment."""
    return clock_text(at) if at.date() == beside.date() else f"{date_text(at.date(), beside.date())} {clock_text(at)}"


# --- cards ---------------------------------------------------------------------------------------------------------


def written(notes: Sequence[Amended], session: Session, *, told_as: str = "") -> Written:
    """A card of words; what they are introduced by stands before the last moment."""
    begun = session.started_at or (notes[0].original.noticed_at if notes else None)
    paragraphs = tuple(
        Paragraph(
            n.original.id,
            as_it_stands(n).text,
            written_text(n.original.noticed_at, begun) if begun else "",
            n.retracted,
        )
        for n in notes
    )
    return Written(paragraphs, told_as.format(paragraphs[-1].when) if paragraphs else "")


def intentions_told(notes: Iterable[Amended]) -> tuple[tuple[str, str], ...]:
    """Each intention with what became of it."""
    return tuple((n.original.id, f"“{as_it_stands(n).text}” {_became(n)}") for n in notes)


def _became(note: Amended) -> str:
    details = note.details if isinstance(note.details, IntentionDetails) else IntentionDetails()
    state = details.state or IntentionState.OPEN
    return "partly met" if state is IntentionState.PARTLY else state.replace("_", " ")


def said_around(reviewed: Reviewed, minute: float, within: float) -> Iterator[SaidThen]:
    """What stands around a minute in each session, under its heading."""
    for laid, found in zip(reviewed.laid, around(reviewed.laid, minute, within), strict=True):
        yield SaidThen("", heading(laid.session, reviewed.at), "" if found else "Nothing was written then.")
        around_ = _around(reviewed, laid)
        for placed in found:
            stands = as_it_stands(placed.note)
            since = since_text(placed.minute * 60)
            label = _wording(reviewed).of(stands.kind)
            words = _words(stands, around_)
            if placed.note.retracted:
                label += ", taken back"
            icon, quoted = icon_of(stands.kind, stands.details), bool(words) and stands.kind in _QUOTED
            yield SaidThen(stands.id, words or label, f"{since}, {label}", icon, quoted)

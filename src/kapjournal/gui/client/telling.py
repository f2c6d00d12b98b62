"""From what stands in the journal to what the screen of a client says. Plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kapjournal.application.due import in_course, open_practices, practice
from kapjournal.application.plan_course import ClientPage
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.course_plan import Bead, Stage, beads, stage_of, title, told
from kapjournal.domain.dates import date_text, day_text, near_time, short_date
from kapjournal.domain.entry import (
    Action,
    Amended,
    ContactDetails,
    DoseDetails,
    IntentionDetails,
    IntentionState,
    Kind,
    MeasureDetails,
    PracticeState,
)
from kapjournal.domain.intention import wordings
from kapjournal.domain.label import PartRole
from kapjournal.domain.versions import all_versions
from kapjournal.gui.client.state import BeadTold, Chosen, IntentionTold, MeasureTold, NoteTold, PartTold

_BECAME = {
    IntentionState.OPEN: "Open",
    IntentionState.MET: "Met",
    IntentionState.PARTLY: "Partly met",
    IntentionState.CHANGED: "Changed",
    IntentionState.SET_ASIDE: "Set aside",
}
_SETTLED = {PracticeState.KEPT: "kept", PracticeState.DROPPED: "let go"}


def line_of(page: ClientPage) -> tuple[Bead, ...]:
    """The beads of the present course."""
    course = page.facts.course
    return beads(in_course(page.facts), course.planned_sessions if course else None)


def count_of(page: ClientPage) -> str:
    """How far the course is."""
    return told(line_of(page))


def beads_told(page: ClientPage, now: datetime) -> tuple[BeadTold, ...]:
    """The course line with dates and doses."""
    line, given = line_of(page), _doses(page.facts.notes)
    present = _present_round(line)
    return tuple(_bead(bead, given, now, present=bead.session is not None and bead.round_ == present) for bead in line)


def _present_round(line: Sequence[Bead]) -> int:
    """The round that the work is in: of what runs, or of what is planned next, or the last."""
    for stage in (Stage.RUNNING, Stage.PLANNED):
        at = next((bead.round_ for bead in line if bead.stage is stage), None)
        if at is not None:
            return at
    return -1


def _bead(bead: Bead, given: dict[str, str], now: datetime, *, present: bool) -> BeadTold:
    session = bead.session
    if session is None:
        return BeadTold("open", False, "", "", "", "a session not planned yet")
    day = short_date(bead.at.date()) if bead.at else "no date"
    below = given.get(session.id, "") or {Stage.PLANNED: "planned", Stage.RUNNING: "open now"}.get(bead.stage, "")
    large = session.kind is SessionKind.DOSING
    if not large and below == "planned":
        below = "" if bead.at else below
    spoken = ", ".join(part for part in (title(session), day, below or bead.stage.value) if part)
    number = str(session.number) if session.number is not None else ""
    return BeadTold(bead.stage.value, large, number, day, below, spoken, session.id, bead.round_, present)


def _doses(notes: Iterable[Amended]) -> dict[str, str]:
    """What was given, by session: `60 + 30 mg IM`."""
    given: defaultdict[str, list[tuple[datetime, DoseDetails]]] = defaultdict(list)
    for note in notes:
        if note.original.session and isinstance(note.details, DoseDetails) and not note.retracted:
            given[note.original.session].append((note.original.noticed_at, note.details))
    return {
        session: _dose_text([dose for _, dose in sorted(doses, key=lambda d: d[0])]) for session, doses in given.items()
    }


def _dose_text(doses: Sequence[DoseDetails]) -> str:
    amounts = [f"{dose.amount_mg:g}" for dose in doses if dose.amount_mg is not None]
    routes = list(dict.fromkeys(dose.route.value for dose in doses if dose.route is not None))
    return " ".join([*((" + ".join(amounts), "mg") if amounts else ()), "/".join(routes)]).strip() or "dose given"


def chosen_told(session: Session | None, now: datetime) -> Chosen | None:
    """The chosen session, and what can be done with it."""
    if session is None:
        return None
    at, stage = session.started_at or session.planned_for, stage_of(session)
    when = near_time(at, now) if at else "no date yet"
    state = {Stage.HELD: "closed" if session.closed_at else "ended", Stage.RUNNING: "open now"}.get(stage, "planned")
    return Chosen(
        session=session.id,
        title=title(session),
        when=f"{when}, {state}",
        may_open=stage is not Stage.PLANNED,
        may_begin=stage is Stage.PLANNED,
        may_move=stage is Stage.PLANNED,
    )


def intentions_told(page: ClientPage, now: datetime) -> tuple[IntentionTold, ...]:
    """Intentions in the order they were written, each with what became of it."""
    names = {session.id: title(session) for session in page.facts.sessions}
    found = [n for n in page.facts.notes if n.original.kind is Kind.INTENTION and not n.retracted]
    return tuple(
        IntentionTold(
            key=note.original.id,
            session=names.get(note.original.session or "", "")
            or f"Written {date_text(note.original.noticed_at.date(), now.date())}",
            text=said[-1],
            became=_became(note),
            before=said[:-1],
        )
        for note in found
        for said in (_said(note),)
    )


def _said(note: Amended) -> tuple[str, ...]:
    """Every wording of an intention once, the present one last."""
    now = present_text(note)
    entry = note.original
    before = [one.words.wording for one in wordings(all_versions(((entry.typed_at, entry),)), note.amendments)]
    reworded = now == entry.text and any("hope" in (a.details or {}) for a in note.amendments)
    now = before[-1] if reworded else now
    return (*dict.fromkeys(words for words in before if words not in ("", now)), now)


def present_text(note: Amended) -> str:
    """The words as last corrected."""
    corrected = [a.text for a in note.amendments if a.action is Action.CORRECTION and a.text]
    return corrected[-1] if corrected else note.original.text


def _became(note: Amended) -> str:
    details = note.details
    state = details.state if isinstance(details, IntentionDetails) else None
    said = [a.text for a in note.amendments if a.action in (Action.ADDENDUM, Action.LATE_ENTRY) and a.text]
    return ". ".join(part.rstrip(".") for part in (_BECAME[state or IntentionState.OPEN], *said[-1:])) + "."


def parts_told(page: ClientPage) -> tuple[PartTold, ...]:
    """The parts, those most spoken of first."""
    ordered = sorted(page.parts, key=lambda counted: -counted[1])
    return tuple(
        PartTold(
            part.id,
            part.name,
            part.role.value if part.role not in (None, PartRole.UNKNOWN) else "",
            part.notes or "",
            "1 note" if count == 1 else f"{count} notes",
        )
        for part, count in ordered
    )


def practices_told(page: ClientPage, now: datetime) -> tuple[NoteTold, ...]:
    """Open practices by the day to ask about them, then what was settled, newest first."""
    going_on = sorted(
        open_practices(page.facts.notes, page.facts.followed), key=lambda n: practice(n).follow_up_on or date.max
    )
    settled = [
        n
        for n in page.facts.notes
        if n.original.kind is Kind.PRACTICE and not n.retracted and practice(n).state in _SETTLED
    ]
    return (*(_practice(n, now) for n in going_on), *(_practice(n, now) for n in reversed(settled)))


def _practice(note: Amended, now: datetime) -> NoteTold:
    details, today = practice(note), now.date()
    often = details.how_often or ""
    agreed = f"agreed {date_text(note.original.noticed_at.date(), today)}"
    until = f"until {date_text(details.until, today)}" if details.until else ""
    domain = details.domain.value if details.domain else ""
    said = ", ".join(part for part in (domain, often, agreed, until, _became_of(note)) if part)
    state = _SETTLED.get(details.state) if details.state else None
    asked = f"follow up {short_date(details.follow_up_on)}" if details.follow_up_on else ""
    return NoteTold(note.original.id, present_text(note), said[0].upper() + said[1:], state or asked, state is not None)


def _became_of(note: Amended) -> str:
    """What was last said of a practice: `changed: evenings instead`."""
    said = [a for a in note.amendments if (a.details or {}).get("state")]
    if not said:
        return ""
    state = PracticeState(said[-1].details["state"]) if said[-1].details else PracticeState.OPEN
    word = "changed" if state is PracticeState.CHANGED else _SETTLED.get(state, "") if said[-1].reason else ""
    return f"{word}: {said[-1].reason}" if word and said[-1].reason else word


def contacts_told(page: ClientPage, now: datetime) -> tuple[NoteTold, ...]:
    """Contacts, the newest first."""
    found = [n for n in page.facts.notes if n.original.kind is Kind.CONTACT and not n.retracted]
    return tuple(_contact(n, now) for n in reversed(found))


def _contact(note: Amended, now: datetime) -> NoteTold:
    with_ = note.details.with_ if isinstance(note.details, ContactDetails) else None
    return NoteTold(
        note.original.id, present_text(note), f"With {with_ or 'the client'}", near_time(note.original.noticed_at, now)
    )


def accounts_told(page: ClientPage, now: datetime) -> tuple[NoteTold, ...]:
    """What the client tells of it, in the client's voice, the newest first."""
    found = [n for n in page.facts.notes if n.original.kind is Kind.ACCOUNT and not n.retracted]
    return tuple(
        NoteTold(n.original.id, present_text(n), date_text(n.original.noticed_at.date(), now.date()))
        for n in reversed(found)
    )


def measures_told(page: ClientPage) -> tuple[MeasureTold, ...]:
    """Totals by instrument, the oldest first."""
    by_name: defaultdict[str, list[tuple[date, float]]] = defaultdict(list)
    for note in page.facts.notes:
        if note.original.kind is Kind.MEASURE and isinstance(note.details, MeasureDetails) and not note.retracted:
            total = note.details.total
            if total is not None:
                by_name[note.details.instrument].append((note.original.noticed_at.date(), float(total)))
    return tuple(_measure(name, sorted(points, key=lambda p: p[0])) for name, points in by_name.items())


def _measure(name: str, points: Sequence[tuple[date, float]]) -> MeasureTold:
    first, last = short_date(points[0][0]), short_date(points[-1][0])
    return MeasureTold(
        name,
        ", ".join(f"{total:g}" for _, total in points),
        first if first == last else f"{first} to {last}",
        tuple((day.isoformat(), total) for day, total in points),
    )


def read_back(at: datetime) -> str:
    """How a typed date was read: `Thursday 12 March 2026, 14:00`."""
    return f"{day_text(at.date())} {at.year}, {at:%H:%M}"

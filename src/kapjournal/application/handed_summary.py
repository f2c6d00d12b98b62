"""The referral summary: two pages that stand alone, made of the records that go and of nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from kapjournal.domain.bundle import Contents, Form
from kapjournal.domain.card import card_of
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.days import day_text
from kapjournal.domain.document import Bar, Block, Page
from kapjournal.domain.entry import (
    Amended,
    Amendment,
    Details,
    DoseDetails,
    Entry,
    Kind,
    MeasureDetails,
    PhaseDetails,
    PracticeDetails,
    PracticeState,
    SafetyDetails,
    SudsDetails,
)
from kapjournal.domain.intention import in_order as intentions_in_order
from kapjournal.domain.intention import state_of, words_of
from kapjournal.domain.label import Part, Tag, Theme
from kapjournal.domain.telling import told, told_text
from kapjournal.domain.timeline import amended, in_order

NOT_ASKED = "nothing written down"
MOST_QUOTES = 3  # beside one theme

Kept = TypeVar("Kept", bound=Record)
Model = TypeVar("Model", bound=Details)


class _Course(NamedTuple):
    """What the summary is made of; nothing of it was taken back."""

    client: Client
    contents: Contents
    records: Sequence[Record]
    sessions: tuple[Session, ...]
    notes: tuple[Amended, ...]

    def of(self, kind: type[Kept]) -> list[Kept]:
        """Every record of a type."""
        return [record for record in self.records if isinstance(record, kind)]

    def in_session(self, session: Session) -> tuple[Amended, ...]:
        """The notes of one session, by when things happened."""
        return in_order([one for one in self.notes if one.original.session == session.id], session)

    @property
    def dated(self) -> bool:
        """Whether dates may be told."""
        return self.contents.form != Form.CONSULTATION


def summary_pages(records: Sequence[Record], contents: Contents, about: str) -> tuple[Page, ...]:
    """The two pages."""
    clients = [record for record in records if isinstance(record, Client)]
    if not clients:
        return ()
    entries = [record for record in records if isinstance(record, Entry)]
    amendments = [record for record in records if isinstance(record, Amendment)]
    sessions = sorted((r for r in records if isinstance(r, Session) and r.started_at), key=_began)
    notes = tuple(one for one in amended(entries, amendments) if not one.retracted)
    course = _Course(clients[0], contents, records, tuple(sessions), notes)
    first = (_who(course), _why(course), *_prescribed(course), _course_so_far(course), *_safety(course))
    second = (
        *_intentions(course),
        *_parts(course),
        *_themes(course),
        *_practices(course),
        *_measures(course),
        *_letter(course),
    )
    title = "Summary for a consultation" if not course.dated else "Referral summary"
    return (
        Page(title, about, tuple(block for block in first if block.lines)),
        Page(f"{title}, continued", about, tuple(block for block in second if block.lines or block.bars)),
    )


def _began(session: Session) -> float:
    return session.started_at.timestamp() if session.started_at else 0.0


# --- the first page ---------------------------------------------------------------------------------------------


def _who(course: _Course) -> Block:
    client = course.client
    facts = {
        "Known here as": client.alias,
        "Pronouns": client.pronouns,
        "Born": str(client.birth_year) if client.birth_year else None,
        "Contact": client.contact,
        "Emergency contact": client.emergency_contact,
        "Prescriber": client.prescriber,
    }
    reported = {"Diagnoses": client.diagnoses, "Medicines": client.medicines, "Allergies": client.allergies}
    lines = [f"{name}: {said}" for name, said in facts.items() if said]
    lines += [f"{name}, as reported: {said or NOT_ASKED}" for name, said in reported.items()]
    return Block("Who", tuple(lines))


def _why(course: _Course) -> Block:
    return Block("Why", tuple(line for line in (course.contents.purpose,) if line))


def _prescribed(course: _Course) -> Iterator[Block]:
    for one in course.of(Course):
        planned = f"{one.planned_sessions} sessions planned" if one.planned_sessions else ""
        said = (planned, str(one.route or ""), one.dose_range or "", f"goals: {one.goals}" if one.goals else "")
        limits = one.limits.model_dump(exclude_none=True) if one.limits else {}
        told_limits = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in limits.items())
        lines = [", ".join(part for part in said if part)]
        lines += [f"Prescriber’s limits: {told_limits}"] if told_limits else []
        yield Block(one.title or "Course", tuple(line for line in lines if line))


def _course_so_far(course: _Course) -> Block:
    return Block("Course so far", tuple(_session_line(session, course) for session in course.sessions))


def _session_line(session: Session, course: _Course) -> str:
    notes = course.in_session(session)
    number = f" {session.number}" if session.number is not None else ""
    on = f", {day_text(session.started_at.date())}" if session.started_at and course.dated else ""
    doses = ", ".join(_dose(one) for one in notes if one.original.kind is Kind.DOSE)
    said = [f"{session.kind.capitalize()}{number}{on}", doses, *_response(notes), *_events(notes)]
    return "; ".join(part for part in said if part) + "."


def _dose(one: Amended) -> str:
    details = details_as(one, DoseDetails)
    if details is None:
        return "dose, not described"
    amount = f"{details.amount_mg:g} mg" if details.amount_mg is not None else "amount not noted"
    return " ".join(part for part in ("booster" if details.booster else "", amount, str(details.route or "")) if part)


def _response(notes: Sequence[Amended]) -> Iterator[str]:
    """How it went, from what was counted: distress first and last, and how the client left."""
    levels = [details.level for one in notes if (details := details_as(one, SudsDetails))]
    if levels:
        yield f"distress {levels[0]} to {levels[-1]} of 10" if len(levels) > 1 else f"distress {levels[0]} of 10"
    for one in notes:
        phase = details_as(one, PhaseDetails)
        if phase is not None and phase.phase == "discharge" and one.original.text:
            yield f"at the end: {one.original.text.rstrip('.')}"


def _events(notes: Sequence[Amended]) -> Iterator[str]:
    for one in notes:
        if one.original.kind is Kind.SAFETY:
            details = details_as(one, SafetyDetails)
            severity = f" ({details.severity})" if details and details.severity else ""
            what = (details.sign if details else None) or one.original.text.rstrip(".")
            yield f"adverse event: {what}{severity}"


def details_as(one: Amended, kind: type[Model]) -> Model | None:
    """The details as they stand today if they are of that kind; those as written where an amendment does not fit."""
    try:
        found = one.details
    except ValidationError:
        found = one.original.details
    return found if isinstance(found, kind) else None


def _safety(course: _Course) -> Iterator[Block]:
    entries = [one.original for one in course.notes]
    card = card_of(course.client, entries, [a for one in course.notes for a in one.amendments])
    yield Block("Safety plan", card.plan or (NOT_ASKED,))
    if card.watch_for:
        yield Block("Danger signs for this client", card.watch_for)
    touch = [card.touch] if card.touch else []
    yield Block(
        "Touch agreement", tuple([*touch, *([f"Stop signal: {card.stop}"] if card.stop else [])] or [NOT_ASKED])
    )


# --- the second page --------------------------------------------------------------------------------------------


def _intentions(course: _Course) -> Iterator[Block]:
    lines = []
    for one in intentions_in_order(course.notes):
        words = words_of(one.original, one.amendments)
        state = state_of(one.original, one.amendments).replace("_", " ")
        enough = f" Enough would be: {words.enough}" if words.enough else ""
        lines.append(f"“{words.wording}”{enough} ({state})")
    yield Block("Intentions, and what became of them", tuple(lines))


def _parts(course: _Course) -> Iterator[Block]:
    lines = (part_told(part) for part in course.of(Part))
    yield Block("Parts", tuple(lines))


def part_told(part: Part) -> str:
    """A part in one line, with everything that was noted of it."""
    noted = {"protects": part.protects, "fears": part.fears, "age": part.age, "in the body": part.body}
    told_of = (f"{name}: {words}" for name, words in noted.items() if words)
    return " · ".join(filter(None, (f"@{part.name}", part.role, *told_of, part.notes)))


def _themes(course: _Course) -> Iterator[Block]:
    """Each theme with how often it was seen, and the quotes that were chosen to stand beside it."""
    chosen = set(course.contents.letter.quotes)
    tagged: defaultdict[str, list[str]] = defaultdict(list)
    for tag in course.of(Tag):
        if tag.theme:
            tagged[tag.theme].append(tag.entry)
    notes = {one.original.id: one for one in course.notes}
    lines, shown, others = [], set(), []
    for theme in course.of(Theme):
        entries = [notes[id_] for id_ in tagged[theme.id] if id_ in notes]
        if not entries:  # seen in notes that stay
            others.append(theme.name)
            continue
        quotes = [one for one in entries if one.original.id in chosen][:MOST_QUOTES]
        shown |= {one.original.id for one in quotes}
        times = f"{len(entries)} note{'s' if len(entries) != 1 else ''}"
        lines.append(": ".join(filter(None, (f"{theme.name}, {times}", "; ".join(_quote(one) for one in quotes)))))
    lines += [f"Also: {'; '.join(others)}"] if others else []
    lines += [_quote(one) for id_, one in notes.items() if id_ in chosen - shown]
    yield Block("Themes", tuple(lines))


def _quote(one: Amended) -> str:
    return told_text(told(one.original))


def _practices(course: _Course) -> Iterator[Block]:
    lines = []
    for one in course.notes:
        details = details_as(one, PracticeDetails) or PracticeDetails()
        if one.original.kind is Kind.PRACTICE and details.state in {None, PracticeState.OPEN, PracticeState.CHANGED}:
            follow_up = details.follow_up_on if course.dated else None
            said = (
                one.original.text.rstrip("."),
                details.how_often,
                f"look again on {day_text(follow_up)}" if follow_up else None,
            )
            lines.append(", ".join(part for part in said if part))
    yield Block("Open practices", tuple(lines))


def _measures(course: _Course) -> Iterator[Block]:
    totals: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for one in sorted(course.notes, key=lambda one: one.original.noticed_at):
        details = details_as(one, MeasureDetails)
        if details is not None and details.total is not None:
            on = day_text(one.original.noticed_at.date()) if course.dated else f"{len(totals[details.instrument]) + 1}."
            totals[details.instrument].append((on, float(details.total)))
    for instrument, series in totals.items():
        yield Block(instrument, bars=tuple(_bars(series)))


def _bars(series: Iterable[tuple[str, float]]) -> Iterator[Bar]:
    known = list(series)
    longest = max((total for _, total in known), default=0.0)
    for on, total in known:
        yield Bar(on, f"{total:g}", max(0.0, total / longest) if longest > 0 else 0.0)


def _letter(course: _Course) -> Iterator[Block]:
    letter = course.contents.letter
    for heading, words in (
        ("What helped", letter.helped),
        ("What did not", letter.did_not_help),
        ("Questions to you", letter.questions),
    ):
        yield Block(heading, tuple(line for line in words.splitlines() if line.strip()))

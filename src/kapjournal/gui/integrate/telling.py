"""How the integration screen tells notes: where they stand, exactly as written, and the reason. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kapjournal.application.integrate import About, Answer, Asked, belongs
from kapjournal.application.recall_notes import Recalled
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.course_plan import title, when
from kapjournal.domain.dates import date_text
from kapjournal.domain.entry import Action, Amendment, Entry, Kind, PartDetails
from kapjournal.domain.label import TagState
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.passage import Passage, passage
from kapjournal.domain.quotation import SPOKEN
from kapjournal.domain.recalled import Tier
from kapjournal.domain.telling import KIND_TOLD, told, told_text
from kapjournal.domain.wording import Wording
from kapjournal.gui.integrate.state import NoteRow, Order

SAID = {TagState.ACCEPTED: "Belongs", TagState.REJECTED: "Not this", TagState.HIDDEN: "Hidden"}
_OPENING = '"“„«'


class Around(NamedTuple):
    """What the telling needs to know beyond the notes."""

    asked: Asked
    names: Mapping[str, str]  # of themes and parts, by id
    clients: Mapping[str, Client]
    today: date
    wording: Wording = Wording()


def session_name(session: Session | None) -> str:
    """`Session 3` for a dosing session, `Integration 2` for another."""
    if session is None:
        return "Between sessions"
    if session.kind is SessionKind.DOSING and session.number is not None:
        return f"Session {session.number}"
    return title(session)


def place_of(one: Recalled, today: date) -> str:
    """Where the words stand, as a quotation says it: `Session 3, T+ 0:43`, and whether they were corrected since."""
    day = date_text(one.note.original.noticed_at.date(), today)
    where = [session_name(one.session)] if one.session else []
    if one.since_dose_s is None:
        where.append(day)
    else:
        since = since_text(one.since_dose_s)
        where.append(f"T {since}" if since.startswith("-") else f"T+ {since}")
    where += ["corrected since"] if any(a.action is Action.CORRECTION for a in one.note.amendments) else []
    return ", ".join(where)


# --- rows ----------------------------------------------------------------------------------------------------------


class Made:
    """Rows that were told already: of thousands, only what changed is told anew."""

    def __init__(self) -> None:
        self._around: Around | None = None
        self._rows: dict[str, tuple[Recalled, NoteRow]] = {}

    def row(self, one: Recalled, around: Around) -> NoteRow:
        """The row of a note."""
        if around != self._around:
            self._around, self._rows = around, {}
        before = self._rows.get(one.note.original.id)
        if before is None or before[0] is not one:
            before = self._rows[one.note.original.id] = (one, note_row(one, around))
        return before[1]


def rows(notes: Sequence[Recalled], order: Order, around: Around, made: Made | None = None) -> tuple[NoteRow, ...]:
    """The notes in their order, under the headings of their sessions."""
    if around.asked.about is About.INTENTION:
        order = Order.OLDEST
    return tuple(_with_headings(_ordered(notes, order), around, made or Made()))


def _ordered(notes: Sequence[Recalled], order: Order) -> Sequence[Recalled]:
    if order is Order.BEST:
        return notes
    in_time = sorted(notes, key=lambda one: one.note.original.noticed_at)
    if order is Order.OLDEST:
        return in_time
    groups: dict[object, list[Recalled]] = {}
    for one in in_time:
        groups.setdefault(_group(one), []).append(one)
    return [one for group in reversed(groups.values()) for one in group]


def _group(one: Recalled) -> tuple[str, str]:
    entry = one.note.original
    return entry.client, one.session.id if one.session else entry.noticed_at.date().isoformat()


def _with_headings(notes: Iterable[Recalled], around: Around, made: Made) -> Iterator[NoteRow]:
    before: object = None
    for one in notes:
        if (group := _group(one)) != before:
            before = group
            yield _heading(one, around)
        yield made.row(one, around)


def _heading(one: Recalled, around: Around) -> NoteRow:
    entry = one.note.original
    at = when(one.session) if one.session else None
    day = date_text((at or entry.noticed_at).date(), around.today)
    name = session_name(one.session)
    if around.asked.everyone and entry.client in around.clients:
        name = f"{around.clients[entry.client].alias}, {name[:1].lower()}{name[1:]}"
    return NoteRow(heading=name, heading_note=day, spoken=f"{name}, {day}")


def note_row(one: Recalled, around: Around) -> NoteRow:
    """One note."""
    entry = one.note.original
    said = KIND_TOLD[entry.kind]
    words = shown_words(one)
    quote = entry.kind in SPOKEN
    if quote and words.words[:1] not in tuple(_OPENING):
        words = Passage(f"“{words.words}”", tuple((a + 1, b + 1) for a, b in words.marks))
    row = NoteRow(
        id=entry.id,
        client=entry.client,
        since=since_text(one.since_dose_s) if one.since_dose_s is not None else "",
        wall=clock_text(entry.noticed_at),
        icon=said.icon,
        label=around.wording.of(entry.kind),
        role=said.role,
        words=words.words,
        quote=quote,
        marks=() if _by_hand(one, around.asked) else words.marks,
        struck=any(a.action is Action.CORRECTION and a.text for a in one.note.amendments),
        beside=tuple(_beside(a, around.today) for a in one.note.amendments if a.text or _became(a)),
        reason=reason(one, around),
        said=_said(one, around.asked),
        may_say=around.asked.about in (About.THEME, About.PART),
    )
    return row._replace(spoken=_spoken(row))


def shown_words(one: Recalled) -> Passage:
    """The words of a note as the list shows and a quotation takes them."""
    entry = one.note.original
    if entry.text.strip():
        return passage(entry.text, one.found.marks)
    return Passage(told_text(told(entry)))


def _beside(amendment: Amendment, today: date) -> str:
    how = {Action.CORRECTION: "Corrected", Action.LATE_ENTRY: "Late, written"}.get(amendment.action, "Added")
    head, became = f"{how} {date_text(amendment.written_at.date(), today)}", _became(amendment)
    return ": ".join(filter(None, (f"{head}, {became}" if became else head, amendment.text)))


def _became(amendment: Amendment) -> str:
    """What an amendment says became of an intention or a practice."""
    return str((amendment.details or {}).get("state", "")).replace("_", " ")


def _said(one: Recalled, asked: Asked) -> str:
    if any(tag.state is TagState.HIDDEN for tag in one.tags):
        return SAID[TagState.HIDDEN]
    states = {tag.theme or tag.part: tag.state for tag in one.tags}
    return SAID.get(states.get(asked.key, TagState.WITHDRAWN), "")


def _spoken(row: NoteRow) -> str:
    since = f"{row.since} after first dose" if row.since else ""
    head = ", ".join(part for part in (row.wall, since, row.label[:1].lower() + row.label[1:]) if part)
    tail = ". ".join(part for part in (row.reason, row.said) if part)
    return f"{head}: {' '.join((row.words, *row.beside))}. {tail}"


# --- why it is here ------------------------------------------------------------------------------------------------


def reason(one: Recalled, around: Around) -> str:
    """The exact reason, then what else the therapist said of the note."""
    told_first = _first_reason(one, around)
    marked = one.note.original.starred and around.asked.about is not About.MARKED
    also = ["marked by you"] if marked else []
    labels = [name for label, name in _accepted(one, around) if label != around.asked.key]
    also += [f"also tagged {', '.join(labels)}"] if labels else []
    return ", ".join(part for part in (told_first, *also) if part)


def _first_reason(one: Recalled, around: Around) -> str:
    asked = around.asked
    match asked.about:
        case About.MARKED:
            return "marked by you"
        case About.INTENTION:
            return ", ".join(one.found.why)
        case About.PART:
            seen = _part_of(one.note.original) == asked.key or belongs(one, asked.key)
            return f"with {around.wording.part}: {around.names.get(asked.key, '')}" if seen else ""
    return _found_by(one, around)


def _by_hand(one: Recalled, asked: Asked) -> bool:
    """Whether the therapist’s tag alone is the reason; no word is underlined then."""
    return one.found.tier is Tier.RELATED and asked.about is About.THEME and belongs(one, asked.key)


def _found_by(one: Recalled, around: Around) -> str:
    found, asked, words = one.found, around.asked, ", ".join(one.found.why)
    if found.tier is Tier.CONTAINS and words:
        return f"contains: {words}"
    if _by_hand(one, asked):
        return "tagged by you"
    reasons = [f"related words: {words}"] if words else []
    reasons += [f"like {counted(found.like_tagged)} you tagged"] if found.like_tagged else []
    reasons += [f"written as {around.wording.of(one.note.original.kind).lower()}"] if found.written_as else []
    reasons += [f"stands beside a note that says “{', '.join(found.beside)}”"] if found.beside else []
    return "; ".join(reasons) or "alike as a whole, by no single word"


def _part_of(entry: Entry) -> str | None:
    return entry.details.part if isinstance(entry.details, PartDetails) else None


def _accepted(one: Recalled, around: Around) -> Iterator[tuple[str, str]]:
    for tag in one.tags:
        label = tag.theme or tag.part or ""
        if tag.state is TagState.ACCEPTED and label in around.names:
            yield label, around.names[label]


# --- counts and emptiness ------------------------------------------------------------------------------------------


def counted(notes: int) -> str:
    """`1 note`, `21 notes`."""
    return f"{notes} note" if notes == 1 else f"{notes} notes"


def how_many(answer: Answer) -> str:
    """`21 notes, 3 sessions, exactly as written`."""
    if not answer.notes:
        return ""
    sessions = len({one.session.id for one in answer.notes if one.session})
    parts = [counted(len(answer.notes))]
    parts += [f"{sessions} session" if sessions == 1 else f"{sessions} sessions"] if sessions else []
    return ", ".join((*parts, "exactly as written"))


def related_note(answer: Answer, *, unfolded: bool) -> str:
    """`4 notes, less certain, folded until you open them`."""
    if not answer.related:
        return ""
    return f"{counted(len(answer.related))}, less certain" + ("" if unfolded else ", folded until you open them")


def nothing(asked: Asked, related: int) -> str:
    """One plain sentence where nothing was found; an empty list is a good answer."""
    says = {
        About.THEME: "No notes carry this theme yet.",
        About.PART: "No notes speak of this part yet.",
        About.INTENTION: "This intention is not in the journal any more.",
        About.MARKED: "No moments are marked here.",
        About.WORDS: "No notes have these words.",
    }[asked.about]
    return f"{says} The less certain ones are folded below." if related else says


def is_quotable(one: Recalled) -> bool:
    """Whether there are words to quote."""
    return bool(one.note.original.text.strip()) or one.note.original.kind is not Kind.MARK

"""How each kind of entry is told in plain words: its label, glyph and colour role, and the stretches of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from kapjournal.domain.capture_details import missing_details
from kapjournal.domain.capture_labels import PART_SIGN, labels_in
from kapjournal.domain.course import Route
from kapjournal.domain.entry import (
    AgreementDetails,
    ContactDetails,
    Details,
    DoseDetails,
    Entry,
    GivenBy,
    InitiatedBy,
    IntentionDetails,
    Kind,
    MeasureDetails,
    MusicDetails,
    ObservationDetails,
    PartDetails,
    PhaseDetails,
    PracticeDetails,
    SafetyDetails,
    SedationDetails,
    SudsDetails,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)
from kapjournal.domain.moment import clock_text
from kapjournal.domain.vitals import change_text, reading_parts

PLAIN, QUOTE, BOLD, QUIET, THEME, PART, MISSING = "plain", "quote", "bold", "quiet", "theme", "part", "missing"


class KindTold(NamedTuple):
    """The word shown for a kind, its glyph (a Lucide name) and its colour role from the design tokens."""

    label: str
    icon: str
    role: str


KIND_TOLD: dict[Kind, KindTold] = {
    Kind.OBSERVATION: KindTold("Observed", "eye", "text"),
    Kind.QUOTE: KindTold("Client’s words", "quote", "quote"),
    Kind.INTERVENTION: KindTold("I offered", "message-circle", "intervention"),
    Kind.SELF: KindTold("My own state", "notebook-pen", "self-note"),
    Kind.DOSE: KindTold("Dose", "syringe", "dose"),
    Kind.VITALS: KindTold("Vitals", "heart-pulse", "vitals"),
    Kind.SEDATION: KindTold("Wakefulness", "moon", "vitals"),
    Kind.SUDS: KindTold("Distress", "gauge", "vitals"),
    Kind.TOUCH: KindTold("Touch", "hand", "intervention"),
    Kind.SAFETY: KindTold("Safety", "shield-alert", "safety"),
    Kind.PHASE: KindTold("Phase", "waves", "text-quiet"),
    Kind.MUSIC: KindTold("Music", "music", "text-quiet"),
    Kind.MARK: KindTold("Mark", "bookmark", "mark"),
    Kind.PART: KindTold("Part seen", "users-round", "part-text"),
    Kind.NOTE: KindTold("Note", "file-text", "text"),
    Kind.INTENTION: KindTold("Intention", "leaf", "accent"),
    Kind.AGREEMENT: KindTold("Agreement", "shield-check", "text"),
    Kind.PLAN: KindTold("Plan", "list-checks", "text"),
    Kind.MEASURE: KindTold("Measure", "circle-check", "text"),
    Kind.ACCOUNT: KindTold("Client’s account", "book-open", "quote"),
    Kind.INSIGHT: KindTold("Insight", "sun", "accent"),
    Kind.PRACTICE: KindTold("Practice", "rotate-ccw", "accent"),
    Kind.CONTACT: KindTold("Contact", "phone", "text"),
}

# Routes by a needle keep the syringe; all others show a pill.
_BY_NEEDLE = frozenset({Route.IM, Route.IV, Route.SC})


class Told(NamedTuple):
    """A stretch of an entry's row and the name of its style."""

    text: str
    style: str = PLAIN


class Around(NamedTuple):
    """What the telling of one entry needs to know beyond it."""

    part_names: Mapping[str, str] = {}  # by id
    tags: tuple[str, ...] = ()  # labels that follow the text, with their signs: "#grief"
    baseline: VitalsDetails | None = None  # what vitals are compared with
    code_labels: Mapping[str, str] = {}  # observation codes as the legend tells them


def icon_of(kind: Kind, details: Details | None) -> str:
    """The glyph of an entry; that of a dose goes by its route."""
    if isinstance(details, DoseDetails) and details.route is not None and details.route not in _BY_NEEDLE:
        return "pill"
    return KIND_TOLD[kind].icon


def told(entry: Entry, details: Details | None = None, around: Around | None = None) -> tuple[Told, ...]:
    """The content of an entry's row; `details` are the ones that stand today, if they were amended."""
    around = around or Around()
    details = details if details is not None else entry.details
    words = _own_words(entry)
    tell = _TELLERS.get(type(details)) if details is not None else None
    stretches = tell(words, details, around) if tell else _words(words, entry.kind)
    chips = [_chip(tag) for tag in around.tags]
    chips += [Told(question, MISSING) for question in missing_details(entry.kind, details)]
    return _joined(stretches or _wordless(entry.kind, chips), chips)


def told_text(stretches: tuple[Told, ...]) -> str:
    """The content as one plain text."""
    return "".join(stretch.text for stretch in stretches)


def spoken(
    entry: Entry, stretches: tuple[Told, ...], at: datetime, since_s: float | None, label: str | None = None
) -> str:
    """The whole row as a sentence: “13:50, 28 minutes after first dose, client’s words, marked: …”."""
    label = label or KIND_TOLD[entry.kind].label
    head = [clock_text(at), *_since(since_s), label[:1].lower() + label[1:]]
    head += ["marked"] if entry.starred and entry.kind is not Kind.MARK else []
    head += ["private"] if entry.kind is Kind.SELF else []
    content = told_text(stretches)
    return f"{', '.join(head)}: {content}" if content else ", ".join(head)


def _since(since_s: float | None) -> tuple[str, ...]:
    if since_s is None:
        return ()
    minutes = abs(int(since_s // 60))
    counted = f"{minutes} minute" if minutes == 1 else f"{minutes} minutes"
    return (f"{counted} {'before' if since_s < 0 else 'after'} first dose",)


def _own_words(entry: Entry) -> str:
    """The text, unless it only repeats the kind, as imported rows of readings do."""
    label = KIND_TOLD[entry.kind].label
    return "" if entry.text.strip().casefold() in {entry.kind.value, label.casefold()} else entry.text.strip()


def _words(words: str, kind: Kind) -> list[Told]:
    """Words with the labels inside them as chips; the client's own words in their quotation marks."""
    quote = kind in {Kind.QUOTE, Kind.ACCOUNT}
    stretches = _with_labels(words, QUOTE if quote else PLAIN)
    if kind is Kind.QUOTE and words and words[0] not in '"“„‟«»”':
        return [Told("“", QUOTE), *stretches, Told("”", QUOTE)]
    return stretches


def _with_labels(words: str, style: str = PLAIN) -> list[Told]:
    stretches, at = [], 0
    for label in labels_in(words, 0, len(words)):
        stretches += [Told(words[at : label.start], style)] if label.start > at else []
        stretches.append(_chip(label.typed))
        at = label.end
    return [*stretches, Told(words[at:], style)] if at < len(words) else stretches


def _chip(label: str) -> Told:
    return Told(label, PART if label.startswith(PART_SIGN) else THEME)


def _joined(stretches: list[Told], chips: list[Told]) -> tuple[Told, ...]:
    merged: list[Told] = []
    for stretch in stretches:
        if merged and merged[-1].style == stretch.style and stretch.style in {PLAIN, QUOTE, QUIET}:
            merged[-1] = Told(merged[-1].text + stretch.text, stretch.style)
        else:
            merged.append(stretch)
    for chip in chips:
        merged += [Told(" "), chip] if merged else [chip]
    return tuple(merged)


def _wordless(kind: Kind, chips: list[Told]) -> list[Told]:
    sentences = {Kind.MARK: "a moment to come back to", Kind.MUSIC: "music changed", Kind.SAFETY: "something happened"}
    return [Told(sentences[kind], QUIET)] if kind in sentences and not chips else []


def _after(head: list[Told], words: str) -> list[Told]:
    """Free words after what was told from the details."""
    return [*head, *([Told(", ")] if head and words else []), *_with_labels(words)]


def _dose(words: str, details: DoseDetails, _: Around) -> list[Told]:
    amount = f"{details.amount_mg:g} mg" if details.amount_mg is not None else ""
    name = "Booster" if details.booster else ("" if amount else "Dose")
    given = {GivenBy.SELF: "self-administered", GivenBy.MEDICAL: "given by medical staff", None: ""}[details.given_by]
    taken = {True: "swallowed", False: "not swallowed", None: ""}[details.swallowed]
    held = f"held {details.hold_min:g} min" if details.hold_min is not None else ""
    head = [Told(" ".join(part for part in (name, amount, str(details.route or "")) if part), BOLD)]
    rest = ", ".join(part for part in (held, taken, given) if part)
    return _after([*head, *([Told(f", {rest}")] if rest else [])], words)


def _vitals(words: str, details: VitalsDetails, around: Around) -> list[Told]:
    stretches: list[Told] = []
    for before, value in reading_parts(details):
        lead = (" · " if stretches else "") + before
        stretches += [*([Told(lead)] if lead else []), Told(value, BOLD)]
    change = change_text(details, around.baseline)
    return _after([*stretches, *([Told(f"  {change}", QUIET)] if change else [])], words)


def _suds(words: str, details: SudsDetails, _: Around) -> list[Told]:
    return _after([Told("SUDS "), Told(str(details.level), BOLD), Told(" of 10")], words)


def _sedation(words: str, details: SedationDetails, _: Around) -> list[Told]:
    return _after([Told("MOAA/S "), Told(str(details.level), BOLD), Told(" of 5")], words)


_BASIS = {
    TouchBasis.AGREED_BEFORE: "as agreed before",
    TouchBasis.ASKED_NOW: "asked now",
    TouchBasis.OTHER: "on another basis",
    None: "",
}
_BEGUN = {InitiatedBy.CLIENT: "begun by client", InitiatedBy.THERAPIST: "begun by therapist", None: ""}


def _touch(words: str, details: TouchDetails, _: Around) -> list[Told]:
    """The therapist's own sentence where it names the place; otherwise one made from the details."""
    if words and (details.where is None or details.where.casefold() in words.casefold()):
        return _with_labels(words)
    where = details.where or "Touch"
    made = [where[:1].upper() + where[1:], _BEGUN[details.initiated_by], _BASIS[details.basis], details.response or ""]
    return _after([Told(", ".join(part for part in made if part))], words)


def _phase(words: str, details: PhaseDetails, _: Around) -> list[Told]:
    name = details.phase.replace("_", " ").capitalize()
    return _with_labels(words) if words.casefold().startswith(name.casefold()) else _after([Told(name)], words)


def _music(words: str, details: MusicDetails, _: Around) -> list[Told]:
    track = details.track or ""
    return _with_labels(words) if track in words else _after([Told(track)], words)


def _part(words: str, details: PartDetails, around: Around) -> list[Told]:
    """The words, with the name of the part before them where they do not begin with one."""
    name = around.part_names.get(details.part or "")
    named = words.startswith(PART_SIGN) or any(tag.startswith(PART_SIGN) for tag in around.tags) or not name
    blended = {True: "blended", False: "not blended", None: ""}[details.blended]
    spaced = [Told(" ")] if words else []
    head = [] if named else [Told(f"{PART_SIGN}{name}", PART), *spaced]
    tail = [Told(f" {blended}" if words or head else blended, QUIET)] if blended else []
    return [*head, *_with_labels(words), *tail]


def _safety(words: str, details: SafetyDetails, _: Around) -> list[Told]:
    said = [words] if words else [details.sign or ""]
    facts = [str(details.severity or ""), details.action or ""]
    facts += [f"resolved {clock_text(details.resolved_at)}"] if details.resolved_at else []
    quiet = ", ".join(fact for fact in facts if fact)
    head = _with_labels(said[0])
    return [*head, Told(f" {quiet}" if head else quiet, QUIET)] if quiet else head


def _observation(words: str, details: ObservationDetails, around: Around) -> list[Told]:
    label = around.code_labels.get(details.code or "", (details.code or "").replace("_", " ").capitalize())
    return _with_labels(words or label)


def _intention(words: str, details: IntentionDetails, _: Around) -> list[Told]:
    enough = f" Enough would be: {details.enough}" if details.enough else ""
    return [*_with_labels(words or details.hope or ""), *([Told(enough, QUIET)] if enough else [])]


def _agreement(words: str, details: AgreementDetails, _: Around) -> list[Told]:
    return _with_labels(words or ": ".join(part for part in (details.about, details.allowed) if part))


def _measure(words: str, details: MeasureDetails, _: Around) -> list[Told]:
    answers = details.answers or ()
    given = sum(answer is not None for answer in answers)
    partial = f" partial, {given} of {len(answers)} answered, no total" if details.partial else ""
    total = partial if details.total is None else f" {details.total:g}"
    return _after([Told(f"{details.instrument}{total}", BOLD)], "" if words == details.instrument else words)


def _practice(words: str, details: PracticeDetails, _: Around) -> list[Told]:
    return [*_with_labels(words), *([Told(f" {details.how_often}", QUIET)] if details.how_often else [])]


def _contact(words: str, details: ContactDetails, _: Around) -> list[Told]:
    return [*([Told(f"{details.with_} ", QUIET)] if details.with_ else []), *_with_labels(words)]


_TELLERS: dict[type[Details], Callable[..., list[Told]]] = {
    DoseDetails: _dose,
    VitalsDetails: _vitals,
    SudsDetails: _suds,
    SedationDetails: _sedation,
    TouchDetails: _touch,
    PhaseDetails: _phase,
    MusicDetails: _music,
    PartDetails: _part,
    SafetyDetails: _safety,
    ObservationDetails: _observation,
    IntentionDetails: _intention,
    AgreementDetails: _agreement,
    MeasureDetails: _measure,
    PracticeDetails: _practice,
    ContactDetails: _contact,
}

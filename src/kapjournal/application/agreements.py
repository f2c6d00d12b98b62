"""Agreements and plans as sheets of fields: what each field says now, and the entries that a changed sheet makes.

Nothing is replaced. A sheet that changed is a new entry of its kind, and the earlier ones stay. Several fields of one
plan share its text, each under its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.card import touch_widens
from kapjournal.domain.course import Client
from kapjournal.domain.days import day_text, read_day
from kapjournal.domain.entry import AgreementDetails, Amended, Details, Entry, Kind, PlanDetails, RecordClass, Voice
from kapjournal.domain.errors import Refused


class Sheet(StrEnum):
    """The sheets of the preparation screen."""

    TOUCH = "touch"
    SAFETY = "safety"
    CLEARANCE = "clearance"
    SETTING = "setting"
    CONSENT = "consent"
    HELPS = "helps"
    PARTS = "parts"
    ACCOUNT = "account"


# After the six steps of the safety planning intervention (Stanley and Brown 2012, doi 10.1016/j.cbpra.2011.01.001);
# the headings are the project's own words.
SAFETY_HEADINGS = {
    "signs": "How we notice it is getting hard",
    "alone": "What I can do by myself",
    "company": "People and places that take my mind elsewhere",
    "ask": "Whom I ask for help",
    "professionals": "Professionals and services to call",
    "around": "Making the place around me safer",
}
SETTING_HEADINGS = {
    "music": "Music",
    "light": "Light",
    "room": "Room",
    "objects": "Objects that matter",
    "honour": "Practices to honour",
}
# (key, what it is about, words by which an entry about it is known)
CONSENTS = (
    ("treatment", "treatment and off-label use", ("treatment", "off-label")),
    ("notes", "keeping notes", ("note",)),
    ("sharing", "sharing with a colleague", ("sharing",)),
    ("recording", "recording", ("recording",)),
)
TO_DISCUSS = ("treatment", "notes", "sharing")  # a recording is only talked about where one is meant to be made
MORE = "more"  # what stands under no heading

PARTS_ASKED = "parts asked beforehand"
DEVIATION = "deviation: more was asked for than was agreed before"

Values = dict[str, str]


class Earlier(NamedTuple):
    """What a sheet said before."""

    at: datetime
    text: str


class SheetNow(NamedTuple):
    """A sheet as it stands; `at` is when it was agreed last, None where nothing was written yet."""

    values: Values
    at: datetime | None = None
    earlier: tuple[Earlier, ...] = ()


def sheets(client: Client, notes: Sequence[Amended]) -> dict[Sheet, SheetNow]:
    """Every sheet of one client."""
    standing = sorted((n for n in notes if not n.retracted), key=lambda n: n.original.noticed_at)
    return {
        Sheet.TOUCH: _touch(standing),
        Sheet.SAFETY: _safety(client, standing),
        Sheet.CLEARANCE: _clearance(standing),
        Sheet.SETTING: _headed_sheet(_about(standing, Kind.PLAN, "setting"), SETTING_HEADINGS),
        Sheet.CONSENT: _consent(standing),
        Sheet.HELPS: _plain(_about(standing, Kind.PLAN, "helps"), "helps"),
        Sheet.PARTS: _plain(_about(standing, Kind.PLAN, PARTS_ASKED), "parts"),
        Sheet.ACCOUNT: _plain([n for n in standing if _by_the_client(n.original)], "account"),
    }


def _by_the_client(entry: Entry) -> bool:
    return entry.kind is Kind.ACCOUNT and entry.voice is Voice.CLIENT


def _about(standing: Iterable[Amended], kind: Kind, *words: str) -> list[Amended]:
    """Agreements or plans about something, oldest first."""
    return [
        note
        for note in standing
        if note.original.kind is kind and any(word in _subject(note) for word in words) and _subject(note) != DEVIATION
    ]


def _subject(note: Amended) -> str:
    return str(getattr(note.details, "about", "") or "").casefold()


def _plain(found: Sequence[Amended], field: str) -> SheetNow:
    if not found:
        return SheetNow({field: ""})
    return SheetNow({field: found[-1].original.text}, found[-1].original.noticed_at, _earlier(found))


def _earlier(found: Sequence[Amended]) -> tuple[Earlier, ...]:
    return tuple(Earlier(note.original.noticed_at, as_text(note)) for note in reversed(found[:-1]))


def as_text(note: Amended) -> str:
    """An entry in a few lines, with the details that its text does not say itself."""
    details, lines = note.details, [note.original.text.strip()]
    if isinstance(details, AgreementDetails):
        named = (
            ("", details.allowed),
            ("May be begun by: ", details.begun_by),
            ("Stop word: ", details.stop_word),
            ("Stop gesture: ", details.stop_gesture),
            ("If more is asked for: ", details.if_more_is_asked),
            ("Version: ", details.version),
        )
        lines += [f"{name}{said}" for name, said in named if said and said != lines[0]]
    return "\n".join(line for line in lines if line)


# --- headings -----------------------------------------------------------------------------------------------


def headed(values: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """The fields as one text, each under its heading; what stands under none comes first."""
    lines = [values.get(MORE, "").strip()]
    lines += [f"{heading}: {values[key].strip()}" for key, heading in headings.items() if values.get(key, "").strip()]
    return "\n".join(line for line in lines if line)


def unheaded(text: str, headings: Mapping[str, str]) -> Values:
    """The fields of a text; a line without a heading goes on with the field before it."""
    found: dict[str, list[str]] = {key: [] for key in (*headings, MORE)}
    at = MORE
    for line in text.splitlines():
        begun = next((key for key, heading in headings.items() if line.startswith(f"{heading}:")), None)
        if begun is None:
            found[at].append(line)
        else:
            at = begun
            found[at].append(line[len(headings[begun]) + 1 :].strip())
    return {key: "\n".join(lines).strip() for key, lines in found.items()}


def _headed_sheet(found: Sequence[Amended], headings: Mapping[str, str]) -> SheetNow:
    values = unheaded(found[-1].original.text if found else "", headings)
    return SheetNow(values, found[-1].original.noticed_at if found else None, _earlier(found))


# --- reading ------------------------------------------------------------------------------------------------


def _touch(standing: Sequence[Amended]) -> SheetNow:
    found = _about(standing, Kind.AGREEMENT, "touch")
    latest = found[-1] if found else None
    said = latest.details if latest else None
    agreed = said if isinstance(said, AgreementDetails) else AgreementDetails(about="touch")
    values = {
        "allowed": agreed.allowed or (latest.original.text if latest else ""),
        "begun_by": agreed.begun_by or "",
        "stop_word": agreed.stop_word or "",
        "stop_gesture": agreed.stop_gesture or "",
        "if_more_is_asked": agreed.if_more_is_asked or "",
    }
    return SheetNow(values, latest.original.noticed_at if latest else None, _earlier(found))


def _safety(client: Client, standing: Sequence[Amended]) -> SheetNow:
    plans, danger = _about(standing, Kind.PLAN, "safety"), _about(standing, Kind.PLAN, "danger")
    ride = _about(standing, Kind.PLAN, "ride")
    plan = _headed_sheet(plans, SAFETY_HEADINGS)
    values = {
        **plan.values,
        "danger": danger[-1].original.text if danger else "",
        "ride": ride[-1].original.text if ride else "",
        "emergency_contact": client.emergency_contact or "",
        "prescriber": client.prescriber or "",
    }
    before = sorted((*plan.earlier, *_earlier(danger), *_earlier(ride)), key=lambda e: e.at, reverse=True)
    return SheetNow(values, plan.at, tuple(before))


def _clearance(standing: Sequence[Amended]) -> SheetNow:
    found = _about(standing, Kind.PLAN, "clearance", "cleared")
    if not found:
        return SheetNow({"cleared": "", "on": ""})
    latest = found[-1].original
    values = {"cleared": latest.text, "on": day_text(latest.noticed_at.date())}
    return SheetNow(values, latest.noticed_at, _earlier(found))


def _consent(standing: Sequence[Amended]) -> SheetNow:
    values: Values = {}
    earlier: list[Earlier] = []
    at: datetime | None = None
    for key, _, words in CONSENTS:
        found = [n for n in _about(standing, Kind.AGREEMENT, *words) if "touch" not in _subject(n)]
        latest = found[-1] if found else None
        details = latest.details if latest else None
        values[key] = latest.original.text if latest else ""
        values[f"{key}_on"] = day_text(latest.original.noticed_at.date()) if latest else ""
        values[f"{key}_version"] = (details.version or "") if isinstance(details, AgreementDetails) else ""
        earlier += _earlier(found)
        at = max(filter(None, (at, latest.original.noticed_at if latest else None)), default=None)
    return SheetNow(values, at, tuple(sorted(earlier, key=lambda e: e.at, reverse=True)))


def consent_to_discuss(values: Mapping[str, str]) -> tuple[str, ...]:
    """The consents that nothing was written about."""
    names = {key: about for key, about, _ in CONSENTS}
    return tuple(names[key] for key in TO_DISCUSS if not values.get(f"{key}_on"))


# --- writing ------------------------------------------------------------------------------------------------


class Writing(NamedTuple):
    """Whose sheet it is, when it is written, and the session it belongs to, if one is open."""

    client: str
    at: datetime
    session: str | None = None
    in_the_room: bool = False  # a dosing session is running: an agreement may be narrowed now, not widened


def entries_of(sheet: Sheet, now: Mapping[str, str], before: Mapping[str, str], writing: Writing) -> Iterator[Entry]:
    """The entries that a changed sheet makes, without ids; none where nothing changed. Raises `Refused`."""
    values = {**before, **{key: words.strip() for key, words in now.items()}}
    changed = {key for key, words in values.items() if words != before.get(key, "").strip()}
    match sheet:
        case Sheet.TOUCH if changed:
            yield _touch_entry(values, before, writing)
        case Sheet.SAFETY:
            yield from _safety_entries(values, changed, writing)
        case Sheet.CLEARANCE if changed:
            at = _moment(values.get("on", ""), "When it was cleared", writing)
            yield _entry(writing, Kind.PLAN, values["cleared"], PlanDetails(about="clearance"), at)
        case Sheet.SETTING if changed:
            yield _entry(writing, Kind.PLAN, headed(values, SETTING_HEADINGS), PlanDetails(about="set and setting"))
        case Sheet.CONSENT:
            yield from _consent_entries(values, changed, writing)
        case Sheet.HELPS if changed:
            yield _entry(writing, Kind.PLAN, values["helps"], PlanDetails(about="what helps when it is a lot"))
        case Sheet.PARTS if changed:  # the client’s inner life, and so no part of what is shown as the clinical record
            asked = _entry(writing, Kind.PLAN, values["parts"], PlanDetails(about=PARTS_ASKED))
            yield asked.model_copy(update={"record_class": RecordClass.PRIVATE})
        case Sheet.ACCOUNT if changed:
            yield _entry(writing, Kind.ACCOUNT, values["account"], None).model_copy(update={"voice": Voice.CLIENT})


def _touch_entry(values: Mapping[str, str], before: Mapping[str, str], writing: Writing) -> Entry:
    names = ("allowed", "begun_by", "stop_word", "stop_gesture", "if_more_is_asked")
    given = {name: values[name] for name in names if values.get(name)}
    if writing.in_the_room and touch_widens(before.get("allowed", ""), values.get("allowed", "")):
        return _entry(writing, Kind.AGREEMENT, values["allowed"], AgreementDetails(about=DEVIATION))
    details = AgreementDetails.model_validate({"about": "touch", **given})
    return _entry(writing, Kind.AGREEMENT, values.get("allowed", ""), details)


def _safety_entries(values: Mapping[str, str], changed: set[str], writing: Writing) -> Iterator[Entry]:
    if changed & {*SAFETY_HEADINGS, MORE}:
        yield _entry(writing, Kind.PLAN, headed(values, SAFETY_HEADINGS), PlanDetails(about="safety plan"))
    if "danger" in changed:
        yield _entry(writing, Kind.PLAN, values["danger"], PlanDetails(about="danger signs"))
    if "ride" in changed:
        yield _entry(writing, Kind.PLAN, values["ride"], PlanDetails(about="ride home"))


def _consent_entries(values: Mapping[str, str], changed: set[str], writing: Writing) -> Iterator[Entry]:
    for key, about, _ in CONSENTS:
        fields = {key, f"{key}_on", f"{key}_version"}
        if not changed & fields or not any(values.get(field) for field in fields):
            continue
        given = {"version": values[f"{key}_version"]} if values.get(f"{key}_version") else {}
        at = _moment(values.get(f"{key}_on", ""), f"Consent, {about}", writing)
        details = AgreementDetails.model_validate({"about": f"consent: {about}", **given})
        yield _entry(writing, Kind.AGREEMENT, values.get(key, "") or "Agreed.", details, at)


def _moment(typed: str, field: str, writing: Writing) -> datetime:
    """The day that was typed, at this hour; now where none was."""
    if not typed.strip():
        return writing.at
    day: date | None = read_day(typed, writing.at.date())
    if day is None:
        raise Refused(f"{field}: “{typed.strip()}” is not a day. Write it like 24 February 2026 or 2026-02-24.")
    if day > writing.at.date():
        raise Refused(f"{field}: {day_text(day)} is still to come. Nothing was changed.")
    return writing.at.replace(year=day.year, month=day.month, day=day.day)


def _entry(
    writing: Writing, kind: Kind, text: str, details: Details | None, noticed_at: datetime | None = None
) -> Entry:
    at = noticed_at or writing.at
    given: dict[str, object] = {"client": writing.client, "kind": kind, "text": text.strip(), "noticed_at": at}
    if writing.session is not None:
        given["session"] = writing.session
    if at != writing.at:
        given["written_at"] = writing.at
    if details is not None:
        given["details"] = details
    return Entry.model_validate({"id": "to be given", **given})

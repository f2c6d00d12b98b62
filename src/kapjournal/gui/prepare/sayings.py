"""How the preparation screen says things: the lines of each section, days, versions. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kapjournal.application.agreements import CONSENTS, MORE, SAFETY_HEADINGS, SETTING_HEADINGS, Sheet, SheetNow
from kapjournal.application.carry_forward import Carried
from kapjournal.application.prepare import Intention, Preparation
from kapjournal.domain.days import day_text
from kapjournal.domain.entry import Entry, IntentionState, MeasureDetails
from kapjournal.domain.intention import Wording, Words, compare
from kapjournal.domain.label import Tag
from kapjournal.domain.moment import clock_text
from kapjournal.gui.prepare.state import CarriedCard, Comparison, LabelChip, VersionLine

STATES = {
    IntentionState.OPEN: "open",
    IntentionState.PARTLY: "partly met",
    IntentionState.MET: "met",
    IntentionState.CHANGED: "changed",
    IntentionState.SET_ASIDE: "set aside",
}
THREADS = {"said": "As it was said", "hope": "What I hope", "fear": "What I fear", "enough": "What would be enough"}
_TITLE_LETTERS = 32


def short_day(at: datetime) -> str:
    """`24 Feb`."""
    day, month = day_text(at.date(), year=False).split(" ")
    return f"{day} {month[:3]}"


def short_title(words: Words) -> str:
    """The beginning of an intention, whole words only."""
    text = " ".join((words.wording or words.fear or words.enough).split())
    if len(text) <= _TITLE_LETTERS:
        return text or "a new one"
    return text[:_TITLE_LETTERS].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def lines_of(sheet: Sheet, now: SheetNow) -> tuple[str, ...]:
    """What a section says while it is folded."""
    values = now.values
    match sheet:
        case Sheet.TOUCH:
            lines = _touch(values)
        case Sheet.SAFETY:
            lines = _safety(values)
        case Sheet.CLEARANCE:
            lines = _clearance(values)
        case Sheet.SETTING:
            lines = [values.get(MORE, ""), *(_named(values, key, name) for key, name in SETTING_HEADINGS.items())]
        case Sheet.CONSENT:
            lines = _consent(values)
        case _:
            lines = [line for words in values.values() for line in words.splitlines()]
    return tuple(line for line in lines if line)


def _named(values: Mapping[str, str], key: str, name: str) -> str:
    return f"{name}: {values[key]}" if values.get(key) else ""


def _touch(values: Mapping[str, str]) -> list[str]:
    if not any(values.values()):
        return []
    word = f"Stop word “{values['stop_word']}”." if values["stop_word"] else ""
    gesture = _named(values, "stop_gesture", "Stop gesture")
    stop = " ".join(part for part in (word, f"{gesture.rstrip('.')}." if gesture else "") if part)
    begun = _named(values, "begun_by", "May be begun by")
    more = _named(values, "if_more_is_asked", "If more is asked for")
    return [values["allowed"], begun, stop, more, "Can be narrowed during the session, never widened."]


def _safety(values: Mapping[str, str]) -> list[str]:
    watch = _named(values, "danger", "Watch for")
    plan = [_named(values, key, heading) for key, heading in SAFETY_HEADINGS.items()]
    people = [
        _named(values, "prescriber", "Prescriber"),
        _named(values, "emergency_contact", "Emergency contact"),
        _named(values, "ride", "Ride home"),
    ]
    return [watch, values.get(MORE, ""), *plan, *people]


def _clearance(values: Mapping[str, str]) -> list[str]:
    pressure = "/".join(filter(None, (values.get("systolic"), values.get("diastolic"))))
    limits = [f"BP {pressure}" if pressure else ""]
    limits += [f"pulse {values['heart_rate']}" if values.get("heart_rate") else ""]
    limits += [f"oxygen {values['spo2']} %" if values.get("spo2") else ""]
    told = ", ".join(filter(None, limits))
    dose = " ".join(filter(None, (values.get("dose_range"), values.get("route"))))
    return [
        values.get("cleared", ""),
        f"Prescribed: {dose}" if dose else "",
        f"Limits: {told}" if told else "",
        f"Vitals: {values['vitals_schedule']} minutes after the first dose" if values.get("vitals_schedule") else "",
    ]


def _consent(values: Mapping[str, str]) -> list[str]:
    lines = []
    for key, about, _ in CONSENTS:
        on, version = values.get(f"{key}_on"), values.get(f"{key}_version")
        if on:
            said = f"{about[:1].upper()}{about[1:]}: {on}" + (f", version {version}" if version else "")
            lines.append(f"{said}. {values.get(key, '')}".strip())
        elif key != "recording":
            lines.append(f"{about[:1].upper()}{about[1:]}: not yet discussed.")
    return lines


_DONE = {
    Sheet.TOUCH: "agreed",
    Sheet.SAFETY: "reviewed",
    Sheet.CLEARANCE: "reported",
    Sheet.SETTING: "set",
    Sheet.CONSENT: "signed",
    Sheet.HELPS: "said",
    Sheet.PARTS: "asked",
    Sheet.ACCOUNT: "written",
}


def status_of(sheet: Sheet, now: SheetNow, missing: frozenset[str]) -> tuple[str, bool]:
    """The word at the right of a section, and whether nothing is missing in it."""
    if sheet is Sheet.CONSENT and "consent" in missing:
        return "to discuss", False
    if sheet is Sheet.SAFETY and now.at is not None and "ride" in missing:
        return "no ride home yet", False
    if now.at is None:
        return "not yet", False
    return f"{_DONE[sheet]} {short_day(now.at)}", True


def measures_told(measures: Sequence[Entry]) -> str:
    """The latest total of each instrument, such as: PHQ-9 9, GAD-7 8."""
    said = []
    for entry in measures:
        details = entry.details
        if isinstance(details, MeasureDetails):
            said.append(f"{details.instrument} {'not added up' if details.total is None else f'{details.total:g}'}")
    return ", ".join(said)


# --- intentions ---------------------------------------------------------------------------------------------


def version_lines(intention: Intention) -> tuple[VersionLine, ...]:
    """Every version, the newest first."""
    made = []
    for number, one in enumerate(intention.wordings, start=1):
        when = f"{day_text(one.at.date())}, {clock_text(one.at)}"
        state = "" if one.state is IntentionState.OPEN else f", {STATES[one.state]}"
        made.append(VersionLine(str(number), f"Version {number}, {one.how}{state}", when))
    return tuple(reversed(made))


def comparison_of(intention: Intention, number: int) -> Comparison:
    """Version `number` beside the present one."""
    one, now = intention.wordings[number - 1], intention.wordings[-1]
    rows = []
    for name, label in THREADS.items():
        before, after = getattr(one.words, name), getattr(now.words, name)
        if before or after:
            rows.append((label, *compare(before, after)))
    if one.state is not now.state:
        rows.append(("What became of it", *compare(STATES[one.state], STATES[now.state])))
    return Comparison(_titled(number, one), _titled(len(intention.wordings), now), tuple(rows), one.beside)


def _titled(number: int, one: Wording) -> str:
    return f"Version {number}, {day_text(one.at.date())}, {clock_text(one.at)}"


def label_chips(preparation: Preparation, tags: Sequence[Tag]) -> tuple[LabelChip, ...]:
    """The accepted labels of an intention."""
    return tuple(LabelChip(text, tag.part is not None, tag) for tag, text in _labelled(preparation, tags))


def _labelled(preparation: Preparation, tags: Sequence[Tag]) -> list[tuple[Tag, str]]:
    names = {one.id: f"#{one.name}" for one in preparation.themes}
    names |= {one.id: f"@{one.name}" for one in preparation.parts}
    return [(tag, names[key]) for tag in tags if (key := tag.theme or tag.part or "") in names]


def carried_card(preparation: Preparation, carried: Carried) -> CarriedCard:
    """The card at the top of the screen."""
    tags = [tag for one in carried.found for tag in one.tags]
    day = day_text(carried.found[-1].entry.noticed_at.date(), year=False)
    note = ""
    if carried.became is not None:
        beside = f" {carried.beside}" if carried.beside else ""
        note = f"The one before, “{carried.before.rstrip('.')}”: {STATES[carried.became]}.{beside}"
    return CarriedCard(
        title=f"Carried forward from integration, {day}",
        words="”\n“".join(one.words.wording for one in carried.found),
        labels=tuple(dict.fromkeys((text, tag.part is not None) for tag, text in _labelled(preparation, tags))),
        note=note,
        session=carried.session.id,
        can_bring=not carried.brought_in,
    )

"""The structured kinds of a captured line: dose, vitals, distress, wakefulness, touch, phase and music."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kapjournal.domain.capture_draft import tidy
from kapjournal.domain.course import Route
from kapjournal.domain.entry import (
    VITALS_BOUNDS,
    Details,
    DoseDetails,
    Kind,
    MusicDetails,
    Phase,
    PhaseDetails,
    SedationDetails,
    SudsDetails,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)


class Bit(NamedTuple):
    """A detail that was understood, where it stands and how a chip tells it."""

    start: int
    end: int
    told: str


class Understood(NamedTuple):
    """A line of a structured kind. `kind` is None where it only reads like one, for the reasons in `problems`."""

    kind: Kind | None
    word: Bit
    details: Details | None = None
    text: str = ""
    bits: tuple[Bit, ...] = ()
    problems: tuple[str, ...] = ()


_FLAGS = re.ASCII | re.IGNORECASE
_NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,3})?"
_WORD_ENDS = r"(?=[\s,]|\Z)"
_ENDS = r"(?=[^\S\n]*(?:[,\n]|\Z))"  # the line, or a comma before free words
_COMMA = re.compile(r"\s*,?\s*", _FLAGS)

_DOSE = re.compile(rf"(dose|booster)\s*({_NUMBER})(\s*mg)?{_WORD_ENDS}", _FLAGS)
_ROUTE = re.compile(rf"(im|sl|rdt|in|iv|po|oral|sc){_WORD_ENDS}", _FLAGS)
_HOLD = re.compile(rf"hold\s*({_NUMBER})\s*(?:mins?|m)?{_WORD_ENDS}", _FLAGS)
_BOOSTER = re.compile(rf"booster{_WORD_ENDS}", _FLAGS)
_DOSE_GOES_ON = re.compile(r"\s*(?:,|\Z|hold\s*[0-9]|booster\b)", _FLAGS)

_PRESSURE = re.compile(r"(bp)?\s*([0-9]{1,3})\s*/\s*([0-9]{1,3})(?![0-9./])(?:\s*mmhg)?", _FLAGS)
_FIELD = re.compile(rf"(hr|spo2|rr|temp)\s*({_NUMBER})(?![0-9./])(?:\s?(?:%|°\s?c\b|°|c\b))?", _FLAGS)
_BARE = re.compile(rf"\s+([0-9]{{1,3}})\s?%?{_WORD_ENDS}", _FLAGS)
_FIELDS = {"hr": "heart_rate", "spo2": "spo2", "rr": "resp_rate", "temp": "temp_c"}
_LETTERS = "bphrsotemBPHRSOTEM"
_WORDS = {field: word for word, field in _FIELDS.items()}

_LEVEL = re.compile(rf"(suds|moaa/?s)\s*([0-9]{{1,3}}){_ENDS}", _FLAGS)
_PHASE = re.compile(rf"phase\s+(arriving|onset|peak|coming[\s_-]down|landing|discharge){_ENDS}", _FLAGS)
_MUSIC = re.compile(r"music(?=\s|\Z)", _FLAGS)

_PLACES = (
    "hands?|fingers?|palms?|wrists?|forearms?|arms?|elbows?|shoulders?|back|foot|feet|soles?|ankles?|knees?|"
    "legs?|thighs?|calf|calves|hips?|head|forehead|hair|face|cheeks?|jaw|neck|chest|sternum|heart|belly|stomach|"
    "hug|holding|embrace"
)
_QUALIFIERS = r"(?:(?:left|right|both|l|r|upper|lower|mid|outer|her|his|their|the)\s+)*"
_PLACE = re.compile(
    rf"{_QUALIFIERS}(?:{_PLACES})(?:\s+(?:on|and|&|to)\s+{_QUALIFIERS}(?:{_PLACES}))*{_WORD_ENDS}", _FLAGS
)
_OTHER_PLACE = re.compile(rf"[a-z][a-z-]{{1,39}}(?=\s+asked{_WORD_ENDS}|\s*(?:,|\Z))", _FLAGS)
_NO_PLACE = frozenset(
    "asked wood base none again helps helped down in up is ok okay good fine welcome hard".split()  # noqa: SIM905
)
_TOUCH = re.compile(r"touch(?=\s|\Z)", _FLAGS)
_ASKED = re.compile(rf"asked{_WORD_ENDS}", _FLAGS)


def details_in(line: str, start: int, end: int) -> Understood | None:
    """What the structured kinds make of a stretch of a line; None where it is plain text."""
    for read in _READERS:
        if understood := read(line, start, end):
            return understood
    return None


def missing_details(kind: Kind, details: Details | None) -> tuple[str, ...]:
    """What a kept entry still lacks, as the dashed chips ask for it."""
    asked: dict[str, object]
    if kind is Kind.DOSE:
        dose = details if isinstance(details, DoseDetails) else DoseDetails()
        asked = {"amount?": dose.amount_mg, "route?": dose.route}
    elif kind is Kind.TOUCH:
        touch = details if isinstance(details, TouchDetails) else TouchDetails()
        asked = {"where?": touch.where, "who began it?": touch.initiated_by}
    else:
        return ()
    return tuple(question for question, answer in asked.items() if answer is None)


def written_details(kind: Kind, details: Details | None, text: str) -> str:
    """Details and the words after them as the line grammar writes them."""
    head = _written_head(kind, details)
    if not text:
        return head
    return f"{head} {text}" if kind is Kind.MUSIC or head == "touch" else f"{head}, {text}"


def _written_head(kind: Kind, details: Details | None) -> str:
    if isinstance(details, DoseDetails):
        return _written_dose(details)
    if isinstance(details, VitalsDetails):
        return _written_vitals(details)
    if isinstance(details, TouchDetails):
        asked = "asked" if details.basis is TouchBasis.ASKED_NOW else ""
        return " ".join(word for word in ("touch", details.where, asked) if word)
    if isinstance(details, SudsDetails | SedationDetails):
        return f"{'suds' if kind is Kind.SUDS else 'moaas'} {details.level}"
    return f"phase {details.phase}" if isinstance(details, PhaseDetails) else str(kind)


def _written_dose(dose: DoseDetails) -> str:
    words = ["booster" if dose.booster else "dose"]
    words += [f"{dose.amount_mg}mg"] if dose.amount_mg is not None else []
    words += [dose.route.lower()] if dose.route else []
    words += [f"hold {dose.hold_min}m"] if dose.hold_min is not None else []
    return " ".join(words)


def _written_vitals(vitals: VitalsDetails) -> str:
    both = vitals.systolic is not None and vitals.diastolic is not None  # one alone has no words in a line
    words = [f"bp {vitals.systolic}/{vitals.diastolic}"] if both else []
    for field, word in _WORDS.items():
        value = getattr(vitals, field)
        words += [f"{word} {value}"] if value is not None else []
    return " ".join(words)


def _read_dose(line: str, start: int, end: int) -> Understood | None:
    found = _DOSE.match(line, start, end)
    if found is None:
        return None
    said: dict[str, float | Route | bool] = {"booster": True} if found[1].lower() == "booster" else {}
    bits = [Bit(found.start(2), found.end(), f"{_number(found[2])} mg")]
    problems: list[str] = []
    at = found.end()
    while (step := _dose_word(line, at, end, said)) is not None:
        bit, key, value, problem = step
        if problem:
            problems.append(problem)
            break
        said[key] = value
        bits.append(bit)
        at = bit.end
    if not found[3] and "route" not in said:
        return None
    word, amount = Bit(found.start(1), found.end(1), "Dose"), _number(found[2])
    if not 0 < amount <= 5000:
        return Understood(None, word, problems=(f"{amount} mg is outside 0 to 5000",))
    details = DoseDetails.model_validate({"amount_mg": amount, **said})
    return Understood(Kind.DOSE, word, details, _after_comma(line, at, end), tuple(bits), tuple(problems))


def _dose_word(
    line: str, at: int, end: int, said: dict[str, float | Route | bool]
) -> tuple[Bit, str, float | Route | bool, str] | None:
    """The next word that belongs to a dose; an English word like "in" only where it cannot mean itself."""
    gap = _COMMA.match(line, at, end)
    begin = gap.end() if gap else at
    if "route" not in said and (found := _ROUTE.match(line, begin, end)):
        doubtful = found[0] == "in" or (gap is not None and "," in gap[0])
        if not doubtful or _DOSE_GOES_ON.match(line, found.end(), end):
            route = Route.PO if found[0].lower() == "oral" else Route(found[0].upper())
            return Bit(begin, found.end(), str(route)), "route", route, ""
    if "hold_min" not in said and (found := _HOLD.match(line, begin, end)):
        minutes = _number(found[1])
        problem = "" if minutes <= 240 else f"hold {minutes} min is outside 0 to 240"
        return Bit(begin, found.end(), f"held {minutes} min"), "hold_min", minutes, problem
    if "booster" not in said and (found := _BOOSTER.match(line, begin, end)):
        return Bit(begin, found.end(), "booster"), "booster", True, ""
    return None


def _read_vitals(line: str, start: int, end: int) -> Understood | None:
    reading = _Readings(line, end)
    at = start
    while (after := reading.next(at)) is not None:
        at = after
    rest = line[at:end]
    text = rest.strip().removeprefix(",").strip()
    whole = not rest.strip() or rest.lstrip(" ").startswith((",", "\n"))
    if at == start or not whole:
        return None
    word = Bit(start, start + len(line[start:at]) - len(line[start:at].lstrip(_LETTERS)), "Vitals")
    if not reading.said:
        return Understood(None, word, problems=tuple(reading.problems)) if reading.problems else None
    refused = " ".join(reading.refused)
    text = ", ".join(part for part in (refused, text) if part)
    details = VitalsDetails.model_validate(reading.said)
    return Understood(Kind.VITALS, word, details, text, tuple(reading.bits), tuple(reading.problems))


class _Readings:
    """Reads one measurement after another; what no body can have is refused and stays text."""

    def __init__(self, line: str, end: int) -> None:
        self.line, self.end = line, end
        self.said: dict[str, float] = {}
        self.bits: list[Bit] = []
        self.refused: list[str] = []
        self.problems: list[str] = []
        self._seen: set[str] = set()

    def next(self, at: int) -> int | None:
        """Where the measurement that stands at `at` ends, or None where none stands there."""
        gap = _COMMA.match(self.line, at, self.end) if self._seen else None
        begin = gap.end() if gap else at
        if found := _PRESSURE.match(self.line, begin, self.end):
            return self._pressure(found)
        if found := _FIELD.match(self.line, begin, self.end):
            return self._field(found, _FIELDS[found[1].lower()])
        return None

    def _pressure(self, found: re.Match[str]) -> int | None:
        upper, lower = int(found[2]), int(found[3])
        problem = _pressure_problem(upper, lower)
        if "systolic" in self._seen or (problem and not found[1]):
            return None
        self._seen.add("systolic")
        if problem:
            self._refuse(found[0], problem)
        else:
            self.said |= {"systolic": upper, "diastolic": lower}
            self.bits.append(Bit(found.start(), found.end(), f"{upper}/{lower}"))
        return self._bare_numbers(found.end())

    def _bare_numbers(self, at: int) -> int:
        """Pulse and oxygen, when they follow the blood pressure without their words."""
        for field in ("heart_rate", "spo2"):
            found = _BARE.match(self.line, at, self.end)
            if found is None or field in self._seen:
                break
            self._take(field, found[1], f"{_WORDS[field]} {found[1]}", found.start(1), found.end())
            at = found.end()
        return at

    def _field(self, found: re.Match[str], field: str) -> int | None:
        if field in self._seen:
            return None
        self._take(field, found[2], found[0].strip(), found.start(), found.end())
        return found.end()

    def _take(self, field: str, digits: str, words: str, start: int, end: int) -> None:
        self._seen.add(field)
        value = _number(digits)
        low, high = VITALS_BOUNDS[field]
        if not low <= value <= high:
            self._refuse(words, f"{_WORDS[field]} {value} is outside {low:g} to {high:g}")
        elif field != "temp_c" and isinstance(value, float):
            self._refuse(words, f"{_WORDS[field]} {value} is not a whole number")
        else:
            self.said[field] = value
            self.bits.append(Bit(start, end, _told_reading(field, value)))

    def _refuse(self, words: str, problem: str) -> None:
        self.refused.append(words)
        self.problems.append(problem)


def _pressure_problem(upper: int, lower: int) -> str:
    for number, field in ((upper, "systolic"), (lower, "diastolic")):
        low, high = VITALS_BOUNDS[field]
        if not low <= number <= high:
            return f"bp {upper}/{lower}: {number} is outside {low:g} to {high:g}"
    return "" if lower < upper else f"bp {upper}/{lower}: the lower number is not below the upper one"


def _told_reading(field: str, value: float) -> str:
    told = {"heart_rate": "pulse {}", "spo2": "SpO₂ {} %", "resp_rate": "breaths {}", "temp_c": "{} °C"}
    return told[field].format(value)


def _read_level(line: str, start: int, end: int) -> Understood | None:
    found = _LEVEL.match(line, start, end)
    if found is None:
        return None
    level = int(found[2])
    suds = found[1].lower() == "suds"
    kind, highest = (Kind.SUDS, 10) if suds else (Kind.SEDATION, 5)
    word = Bit(found.start(1), found.end(1), "Distress" if suds else "Wakefulness")
    if level > highest:
        return Understood(None, word, problems=(f"{found[1].lower()} {level} is outside 0 to {highest}",))
    details: Details = SudsDetails(level=level) if suds else SedationDetails(level=level)
    bit = Bit(found.start(2), found.end(2), f"{level} of {highest}")
    return Understood(kind, word, details, _after_comma(line, found.end(), end), (bit,))


def _read_phase(line: str, start: int, end: int) -> Understood | None:
    found = _PHASE.match(line, start, end)
    if found is None:
        return None
    phase = Phase(re.sub(r"[\s_-]", "_", found[1].lower()))
    bit = Bit(found.start(1), found.end(1), phase.replace("_", " "))
    text = _after_comma(line, found.end(), end)
    return Understood(Kind.PHASE, Bit(start, start + 5, "Phase"), PhaseDetails(phase=phase), text, (bit,))


def _read_music(line: str, start: int, end: int) -> Understood | None:
    if not _MUSIC.match(line, start, end):
        return None
    track = tidy(line[start + 5 : end])
    details = MusicDetails(track=track) if track else None
    return Understood(Kind.MUSIC, Bit(start, start + 5, "Music"), details, track)


def _read_touch(line: str, start: int, end: int) -> Understood | None:
    if not _TOUCH.match(line, start, end):
        return None
    begin = _skip(line, start + 5, end, comma=False)
    at = _place(line, begin, end)
    where = " ".join(line[begin:at].lower().split())
    bits = [Bit(begin, at, where)] if where else []
    asked = _ASKED.match(line, _skip(line, at, end, comma=bool(bits)), end)
    if asked:
        bits.append(Bit(asked.start(), asked.end(), "asked now"))
        at = asked.end()
    if not bits and at < end:
        return None
    basis = TouchBasis.ASKED_NOW if asked else TouchBasis.AGREED_BEFORE
    text = _after_comma(line, at, end)
    word = Bit(start, start + 5, "Touch")
    return Understood(Kind.TOUCH, word, TouchDetails(where=where or None, basis=basis), text, tuple(bits))


def _place(line: str, at: int, end: int) -> int:
    """Where the place that was touched ends, or `at` where none is named."""
    if found := _PLACE.match(line, at, end):
        return found.end()
    found = _OTHER_PLACE.match(line, at, end)
    return found.end() if found and found[0].lower() not in _NO_PLACE else at


def _skip(line: str, at: int, end: int, *, comma: bool) -> int:
    pattern = _COMMA if comma else _SPACE
    found = pattern.match(line, at, end)
    return found.end() if found else at


_SPACE = re.compile(r"\s*", _FLAGS)


def _after_comma(line: str, at: int, end: int) -> str:
    return tidy(line[_skip(line, at, end, comma=True) : end])


def _number(digits: str) -> int | float:
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value


_READERS: tuple[Callable[[str, int, int], Understood | None], ...] = (
    _read_dose,
    _read_vitals,
    _read_level,
    _read_phase,
    _read_music,
    _read_touch,
)

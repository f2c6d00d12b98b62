"""Finds what could tell who somebody is: the 18 kinds that HIPAA names (45 CFR 164.514(b)(2)), and ages.

Rules and no more: a list of shapes, the names that are known, and capital letters where a name may stand. It finds
too much sooner than too little, and never all; that is why a person reads everything before it is sealed. Nothing
here can know that a story is like no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.days import MONTHS, read_day


class Sort(StrEnum):
    """What a mark may be."""

    NAME = "name"
    PLACE = "place"
    DATE = "date"
    AGE = "age"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    SSN = "social security number"
    RECORD = "record number"
    HEALTH_PLAN = "health plan number"
    ACCOUNT = "account number"
    LICENCE = "licence number"
    VEHICLE = "vehicle or plate"
    DEVICE = "device number"
    LINK = "link"
    IP = "network address"
    BIOMETRIC = "biometric"
    PHOTO = "photograph"
    OTHER = "other number"


class Mark(NamedTuple):
    """A stretch of text, what it may be, what could stand in its place, and why it was marked."""

    start: int
    end: int
    sort: Sort
    found: str
    suggestion: str
    why: str


class Known(NamedTuple):
    """Who and what is known: words with what stands in their place, and the days of sessions."""

    names: Mapping[str, str] = {}  # as written, to the role that replaces it: "Wren" -> "the client"
    days: Mapping[date, str] = {}  # to "the day of Dosing 1"
    spared: frozenset[str] = frozenset()  # capitals that are no names: parts, themes, instruments


_MONTH = "|".join(MONTHS)
_MONTH_SHORT = "|".join(f"{month[:3]}\\.?" for month in MONTHS) + r"|Sept\.?"
_ANY_MONTH = rf"(?:{_MONTH}|{_MONTH_SHORT})"
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
_NUMBERED = r"[#:.,]?\s*(?:(?:no\.?|number|nr\.?|id|is|was|#)[\s:]*){0,3}"
# Every repetition has a bound: these are searched for in words that anybody may have written.
_CODE = r"[A-Z0-9][A-Z0-9-]{0,30}\d[A-Z0-9-]{0,30}"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,30}[a-zà-öø-ÿ][\w-]{0,30}"
_NAME = rf"{_CAPITAL}(?:\s+(?:de|van|von|del|la)?\s*{_CAPITAL}){{0,2}}"
_KIN = (
    "sister|brother|mother|father|mum|mom|dad|wife|husband|partner|son|daughter|uncle|aunt|cousin|friend|nephew|niece|"
    "grandmother|grandfather|grandma|grandpa|boss|neighbour|neighbor|boyfriend|girlfriend|teacher|colleague|ex"
)
_TITLES = r"(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Nurse|Sister|Father|Rev|Pastor|Rabbi|Doctor|Judge|Officer)"
_PLACE_ENDS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Square|Terrace|Close|Hospital|"
    "Clinic|School|University|College|Church|Park|County|Bridge|Station|Airport|Beach|Avenue|Hotel|Library|Cemetery"
)
_VERBS = (
    "said|says|called|calls|texted|drove|drives|came|comes|phoned|wrote|writes|died|told|asked|asks|will|was|is|has|"
    "had|picked|brought|waits|waited|and I"
)


class _Rule(NamedTuple):
    sort: Sort
    pattern: re.Pattern[str]
    suggestion: str
    why: str
    group: int = 0


def _rule(sort: Sort, pattern: str, suggestion: str, why: str, group: int = 0, flags: int = re.IGNORECASE) -> _Rule:
    return _Rule(sort, re.compile(pattern, flags), suggestion, why, group)


# The first that fits a place holds it.
_RULES = (
    _rule(Sort.EMAIL, r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", "[email]", "the shape of an email address"),
    _rule(
        Sort.LINK,
        r"(?:https?://|www\.)\S+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|edu|gov|io|co\.uk|uk|de|info)\b(?:/\S*)?",
        "[link]",
        "the shape of a web address",
    ),
    _rule(Sort.LINK, r"(?<![\w@.])@[a-z][\w.]{0,30}[_.\d][\w.]{0,30}", "[link]", "the shape of a name on a network"),
    _rule(Sort.IP, r"\b(?:\d{1,3}\.){3}\d{1,3}\b", "[network address]", "the shape of a network address"),
    _rule(Sort.IP, r"\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]{1,4}\b", "[network address]", "the shape of a network address"),
    _rule(Sort.DEVICE, r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", "[device]", "the shape of a device address"),
    _rule(Sort.SSN, r"\b\d{3}-\d{2}-\d{4}\b", "[number]", "the shape of a social security number"),
    _rule(Sort.SSN, rf"\b(?:SSN|social security){_NUMBERED}([\d -]{{7,20}}\d)", "[number]", "named so", 1),
    _rule(Sort.FAX, r"\bfax\b\D{0,12}(\+?\(?\d[\d\s().-]{5,20}\d)", "[fax]", "a number after “fax”", 1),
    _rule(
        Sort.RECORD,
        rf"\b(?:MRN|medical record|chart|patient|case){_NUMBERED}({_CODE}|\d{{3,}})",
        "[number]",
        "a number after “record” or “chart”",
        1,
    ),
    _rule(
        Sort.HEALTH_PLAN,
        rf"\b(?:member|policy|insurance|medicare|medicaid|group|beneficiary|NHS){_NUMBERED}({_CODE}|[\d -]{{4,30}}\d)",
        "[number]",
        "a number after “insurance” or “member”",
        1,
    ),
    _rule(
        Sort.ACCOUNT,
        rf"\b(?:account|acct|iban|card|bank){_NUMBERED}({_CODE}|[\d -]{{5,30}}\d)",
        "[number]",
        "a number after “account”",
        1,
    ),
    _rule(
        Sort.LICENCE,
        rf"\b(?:licen[cs]e|passport|certificate|DEA|NPI|permit){_NUMBERED}({_CODE}|\d{{4,}})",
        "[number]",
        "a number after “licence”",
        1,
    ),
    _rule(
        Sort.VEHICLE,
        rf"\b(?:plate|plates|VIN|registration|tag){_NUMBERED}"
        r"((?=[A-Z0-9 -]{0,12}\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,16}(?:-[A-Z0-9]{1,12}){0,3})",
        "[plate]",
        "after “plate”",
        1,
    ),
    _rule(Sort.VEHICLE, r"\b[A-HJ-NPR-Z0-9]{17}\b", "[vehicle]", "the shape of a vehicle number", flags=0),
    _rule(
        Sort.DEVICE,
        rf"\b(?:serial|device|pacemaker|implant|pump|IMEI|model){_NUMBERED}({_CODE}|\d{{4,}})",
        "[device]",
        "a number after “serial” or “device”",
        1,
    ),
    _rule(
        Sort.BIOMETRIC,
        r"\b(?:finger|voice|palm)[ -]?prints?\b|\b(?:iris|retina|face)[ -]?scans?\b|\bface ID\b",
        "[biometric]",
        "names a biometric",
    ),
    _rule(
        Sort.PHOTO,
        r"\b(?:photo(?:graph)?s?|selfies?|headshots?|picture of (?:her|him|them|me))\b"
        r"|\b[\w-]+\.(?:jpe?g|png|heic|gif)\b",
        "[photograph]",
        "speaks of a photograph",
    ),
    _rule(Sort.DATE, rf"\b{_DAY}\s+(?:of\s+)?{_ANY_MONTH}(?:,?\s+\d{{4}})?\b", "[date]", "a day", flags=0),
    _rule(Sort.DATE, rf"\b{_ANY_MONTH}\s+{_DAY}(?:,?\s+\d{{4}})?\b", "[date]", "a day", flags=0),
    _rule(Sort.DATE, r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?\b", "[date]", "a day"),
    _rule(Sort.DATE, r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b", "[date]", "a day"),
    _rule(
        Sort.DATE,
        rf"\b(?:{_MONTH})(?:\s+\d{{4}})?\b(?!\s+(?:I|we|she|he|they|be)\b)",
        "[month]",
        "a month",
        flags=0,
    ),
    _rule(Sort.DATE, r"\b(?:born|since|until|in)\s+((?:19|20)\d\d)\b", "[year]", "a year", 1),
    _rule(
        Sort.DATE,
        r"\b(?:New Year(?:’s|'s)? (?:Eve|Day)|Christmas(?: Eve| Day)?|Thanksgiving|Easter|Halloween)\b",
        "[date]",
        "a day of the year",
        flags=0,
    ),
    _rule(
        Sort.PHONE,
        r"(?<![\w-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?|\d{2,4}[\s.-])\d{3,4}[\s.-]?\d{3,4}(?![\w-])",
        "[phone]",
        "the shape of a telephone number",
    ),
    _rule(Sort.PHONE, r"(?<![\w.-])\d{3}[-.]\d{4}(?![\w-])", "[phone]", "the shape of a telephone number"),
    _rule(Sort.PHONE, r"(?<!\d)\+\d[\d\s().-]{7,20}\d", "[phone]", "the shape of a telephone number"),
    _rule(
        Sort.PLACE,
        rf"\b\d{{1,5}}[A-Za-z]?\s+(?:{_CAPITAL}\s+){{1,3}}(?:{_PLACE_ENDS})\b\.?(?:,?\s+(?:Apt|Unit|Suite|Flat)\.?\s*\w+)?",
        "[address]",
        "the shape of an address",
        flags=0,
    ),
    _rule(Sort.PLACE, rf"\b(?:{_CAPITAL}\s+){{1,3}}(?:{_PLACE_ENDS})\b", "[place]", "named like a place", flags=0),
    _rule(Sort.PLACE, rf"\b{_CAPITAL},\s*[A-Z]{{2}}(?:\s+\d{{5}}(?:-\d{{4}})?)?\b", "[place]", "a town", flags=0),
    _rule(
        Sort.PLACE,
        r"\b(?:zip|postcode|postal code)\b\W{0,3}([A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4})",
        "[postcode]",
        "named so",
        1,
    ),
    _rule(Sort.PLACE, r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b\d{5}-\d{4}\b", "[postcode]", "a postcode", flags=0),
    _rule(
        Sort.PLACE,
        rf"\b(?:in|from|near|to|outside|live[sd]? in|moved to)\s+({_NAME})",
        "[place]",
        "a capital after “in” or “from”",
        1,
        0,
    ),
    _rule(Sort.NAME, rf"\b{_TITLES}\.?\s+[A-Z][\w’'-]*\.?(?:\s+{_CAPITAL})?", "[name]", "a title and a name", flags=0),
    _rule(Sort.NAME, r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?", "[name]", "initials", flags=0),
    _rule(Sort.NAME, rf"\b(?:{_KIN}),?\s+({_NAME})", "[name]", "a name after a relation", 1, 0),
    _rule(Sort.NAME, rf"\b(?:named|called|name is|name was)\s+({_NAME})", "[name]", "named so", 1, 0),
    _rule(
        Sort.OTHER,
        r"\b(?=[A-Z0-9-]{0,30}\d)(?=[A-Z0-9-]{0,30}[A-Z])[A-Z0-9][A-Z0-9-]{6,40}[A-Z0-9]\b",
        "[number]",
        "letters and digits that may be a number of something",
        flags=0,
    ),
    _rule(Sort.OTHER, r"(?<![\w.,/-])\d{7,}(?![\w/])", "[number]", "a long number"),
)

_AGES = (
    re.compile(r"\b(\d{1,3})(?=[ -]years?[ -]old\b|[ -]year-old\b|\s*yo\b|\s*y/o\b)", re.IGNORECASE),
    re.compile(r"\b(?:aged?|turned|turning|turns)\s+(\d{1,3})\b", re.IGNORECASE),
)
_CAPITALIZED = re.compile(rf"(?<![\w@#’'-])({_CAPITAL})")
_AT_THE_START = re.compile(r"(?:^|[.!?:…\n“\"‘(–—-][”’\")]*)\s*$")
_ACTS = re.compile(rf"\s+(?:{_VERBS})\b|[’']s\b")
# Written with a capital wherever they stand, and nobody's name.
_NO_NAMES = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday English French German Spanish God Self Lord Earth Ketamine
    PHQ GAD PCL SUDS CADSS MEQ WHO IFS KAP Internal Family Systems Christian Jewish Buddhist Muslim Hindu Catholic
    T I SpO SpO2
    """.split()  # noqa: SIM905 - read as a list of words
)


def marks(text: str, known: Known) -> tuple[Mark, ...]:
    """Everything in a text that could tell who somebody is, from left to right and never overlapping."""
    found: list[Mark] = []
    taken = bytearray(len(text))
    for find in (_known_names, _shapes, _ages, _capitals):
        for mark in find(text, known):
            if not any(taken[mark.start : mark.end]):
                found.append(mark)
                taken[mark.start : mark.end] = bytes([1]) * (mark.end - mark.start)
    return tuple(sorted(found))


def replaced(text: str, found: Iterable[Mark]) -> str:
    """The text with every suggestion in its place."""
    made, at = [], 0
    for mark in sorted(found):
        made += [text[at : mark.start], mark.suggestion]
        at = mark.end
    return "".join([*made, text[at:]])


def names_in(texts: Iterable[str], known: Known) -> frozenset[str]:
    """Names that show themselves somewhere, to be looked for everywhere, at the start of a sentence too."""
    found = set()
    for text in texts:
        found |= {mark.found for mark in marks(text, known) if mark.sort is Sort.NAME and mark.found[0].isupper()}
    words = {word for name in found for word in re.findall(_CAPITAL, name) if len(word) > 2}
    return frozenset(found | words) - _NO_NAMES - known.spared


def age_band(age: int) -> str:
    """`40 to 49`; from 90 on only that."""
    return "90 or older" if age >= 90 else f"{age // 10 * 10} to {age // 10 * 10 + 9}"


def _known_names(text: str, known: Known) -> Iterator[Mark]:
    for name, role in sorted(known.names.items(), key=lambda pair: -len(pair[0])):
        for found in re.finditer(rf"(?<![\w@#]){re.escape(name)}(?!\w)", text):
            yield Mark(found.start(), found.end(), Sort.NAME, found[0], role, "a name from this journal")


def _shapes(text: str, known: Known) -> Iterator[Mark]:
    for rule in _RULES:
        for found in rule.pattern.finditer(text):
            start, end = found.span(rule.group)
            words = found[rule.group]
            if rule.sort in {Sort.PLACE, Sort.NAME} and words in known.spared | _NO_NAMES:
                continue
            yield Mark(start, end, rule.sort, words, _suggested(rule, words, known), rule.why)


def _suggested(rule: _Rule, words: str, known: Known) -> str:
    """A day that is a session’s is told as that session."""
    if rule.sort is Sort.DATE and known.days:
        day = read_day(words.strip(), max(known.days))
        return known.days.get(day, rule.suggestion) if day else rule.suggestion
    return rule.suggestion


def _ages(text: str, _: Known) -> Iterator[Mark]:
    for pattern in _AGES:
        for found in pattern.finditer(text):
            age = int(found[1])
            if age >= 18:
                yield Mark(*found.span(1), Sort.AGE, found[1], age_band(age), "an age")


def _capitals(text: str, known: Known) -> Iterator[Mark]:
    """A capital inside a sentence, or at its start before what only people do."""
    for found in _CAPITALIZED.finditer(text):
        word = found[1]
        bare = re.sub(r"[’']s$", "", word)
        if bare in known.spared | _NO_NAMES or bare.startswith(("I’", "I'")):
            continue
        starts = _at_the_start(text, found.start())
        acts = word != bare or _ACTS.match(text, found.end()) is not None
        if not starts or (acts and bare.casefold() not in _STARTERS):
            end = found.start() + len(bare)
            yield Mark(found.start(), end, Sort.NAME, bare, "[name]", "a capital where a name may stand")


def _at_the_start(text: str, place: int) -> bool:
    """Whether a sentence begins here; a look at what stands close before is enough."""
    begin = max(0, place - 12)
    return _AT_THE_START.search(("x" if begin else "") + text[begin:place]) is not None


# What sentences begin with, before a verb, without being a name.
_STARTERS = frozenset(
    """
    he she it they we you i this that there what who which everything nothing something someone somebody everyone nobody
    breath breathing body hand hands jaw music client therapist mother father mum mom dad sister brother grief fear
    light one here how why when where all each both voice session dose her his their my our your the a an
    """.split()  # noqa: SIM905
)

Find = Callable[[str, Known], Iterator[Mark]]

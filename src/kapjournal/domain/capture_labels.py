"""Theme and part names inside a captured line: finding them, matching them, offering the nearest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from kapjournal.domain.label import Part, Theme

THEME_SIGN = "#"
PART_SIGN = "@"

_SIGN = re.compile(r"[#@]")
_BETWEEN_SEGMENTS = re.compile(r"[/&,()]")
_NOT_WORD = re.compile(r"[\W_]+")
# Articles that people leave out when they type a part's name.
_ARTICLES = frozenset({"the", "a", "an", "my", "her", "his", "their"})
_JOINERS = "\u200c\u200d"
_GLUED_TO = "#@_/\\&"


class Label(NamedTuple):
    """A theme or part named in a line. `id` is None for an unknown name, which waits for the therapist.

    A trailing label stood at the very end and is not part of the text; every other one stays in it as typed.
    """

    typed: str  # with its sign: "#letting-go"
    is_part: bool
    id: str | None
    trailing: bool = False


class LabelFound(NamedTuple):
    """Where a label stands in a line."""

    start: int
    end: int
    typed: str

    @property
    def is_part(self) -> bool:
        """Whether it names a part rather than a theme."""
        return self.typed.startswith(PART_SIGN)


class Suggestion(NamedTuple):
    """Something a label being typed may become; `id` is None for a name that would be new."""

    typed: str
    name: str
    id: str | None


def labels_in(line: str, start: int, end: int) -> Iterator[LabelFound]:
    """Every label in a stretch of a line, in order."""
    for sign in _SIGN.finditer(line, start, end):
        at = sign.start()
        before = line[at - 1] if at > start else " "
        if before.isalnum() or before in _GLUED_TO:
            continue
        stop = _name_end(line, at + 1, end)
        if stop > at + 1 and not (sign[0] == PART_SIGN and line[at + 1].isdigit()):
            yield LabelFound(at, stop, line[at:stop])


def _name_end(line: str, start: int, end: int) -> int:
    if start >= end or not line[start].isalnum():
        return start
    stop = start + 1
    while stop < end and _in_name(line[stop]):
        stop += 1
    return start + len(line[start:stop].rstrip("-"))


def _in_name(letter: str) -> bool:
    return letter.isalnum() or letter == "-" or letter in _JOINERS or unicodedata.category(letter)[0] == "M"


@lru_cache(maxsize=16384)  # the starter set alone has about 4,000 terms, and each is asked for at every letter
def slug(name: str) -> str:
    """A name as it is typed after its sign: small letters, no accents, hyphens between words."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M")
    return _NOT_WORD.sub("-", plain.casefold()).strip("-")


@lru_cache(maxsize=4096)
def slugs(name: str) -> tuple[str, ...]:
    """Every way to type a name: whole, then each segment of it; a leading article may be left out."""
    names = [name, *_BETWEEN_SEGMENTS.split(name)]
    whole = [slug(one) for one in names]
    bare = [_without_article(one) for one in whole]
    return tuple(dict.fromkeys(one for one in (*whole, *bare) if one))


def _without_article(one: str) -> str:
    first, _, rest = one.partition("-")
    return rest if first in _ARTICLES and rest else one


def short_name(theme: Theme) -> str:
    """A theme as its chip says it: the first of the names it goes by, «letting go» for «Letting go / surrender»."""
    return min(slugs(theme.name)[1:2] or (slug(theme.name),), key=len)


class Names:
    """Finds the id that a typed name stands for."""

    def __init__(self, names: Sequence[Theme | Part]) -> None:
        whole, segments, first = _Ways(), _Ways(), _Ways()
        for one in names:
            own = slug(one.name)
            whole.add(one.id, own, _without_article(own))
            segments.add(one.id, *slugs(one.name))
            first.add(one.id, _without_article(own).partition("-")[0])
        self._ways = (whole, segments, first)

    def id_of(self, typed: str) -> str | None:
        """By the whole name, else by a segment of it, else by its first word; each only where it is unique."""
        wanted = slug(typed)
        for ways in self._ways:
            if found := ways.ids.get(wanted):
                return next(iter(found)) if len(found) == 1 else None
        return None


class _Ways:
    """Ways to type names, each with the ids of the names that may be meant."""

    def __init__(self) -> None:
        self.ids: dict[str, set[str]] = {}

    def add(self, one: str, *ways: str) -> None:
        for way in ways:
            if way:
                self.ids.setdefault(way, set()).add(one)


def nearest(typed: str, names: Sequence[Theme | Part], limit: int = 5) -> tuple[Suggestion, ...]:
    """Names that a label being typed may become, best first, and last the name it would be if it were new.

    `typed` begins with its sign. Beginnings of the name, a segment or a word come first, then the words that
    speak of a theme, then loose matches.
    """
    sign, wanted, known = typed[:1], slug(typed[1:60]), Names(names)
    ranked = sorted((_distance(wanted, one), place) for place, one in enumerate(names))
    near = [names[place] for distance, place in ranked if distance < _FAR][:limit]
    offered = [Suggestion(sign + _way_to_type(wanted, one, known), one.name, one.id) for one in near]
    if wanted and known.id_of(wanted) is None:
        offered.append(Suggestion(sign + wanted, typed[1:].replace("-", " ").strip(), None))
    return tuple(offered)


_FAR = 9.0


def _distance(wanted: str, one: Theme | Part) -> float:
    ways = slugs(one.name)
    if wanted in ways:
        return 0
    if any(way.startswith(wanted) for way in ways):
        return 1
    if any(word.startswith(wanted) for way in ways for word in way.split("-")):
        return 2
    terms = (one.terms or ()) if isinstance(one, Theme) else ()
    if any(slug(term).startswith(wanted) for term in terms):
        return 3
    likeness = max((_likeness(wanted, way) for way in ways), default=0)
    if likeness >= 0.6:
        return 5 - likeness
    return 6 if _in_order(wanted, ways[0] if ways else "") else _FAR


def _in_order(wanted: str, way: str) -> bool:
    letters = iter(way)
    return len(wanted) > 1 and all(letter in letters for letter in wanted)


def _way_to_type(wanted: str, one: Theme | Part, known: Names) -> str:
    """The segment that was begun, or the one most like it, among those that stand for this name alone."""
    ways = [way for way in slugs(one.name) if known.id_of(way) == one.id]
    begun = [way for way in ways if way.startswith(wanted)]
    return min(begun, key=len) if begun else max(ways or [slug(one.name)], key=lambda way: _likeness(wanted, way))


def _likeness(wanted: str, way: str) -> float:
    return SequenceMatcher(None, wanted, way, autojunk=False).ratio()

"""Words and their stems as the search index sees them (FTS5's `porter unicode61`), with where each word stands.

The index says that a note holds a word of a theme; this says which letters of the note it is, and works on text that
is still being typed. A test compares both over tens of thousands of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co"})
_ACCENTS: Final = range(0x300, 0x332)  # that stand by themselves, after their letter
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+")
_SHORTEST, _LONGEST = 3, 64  # letters of a word that has a stem of its own


class Token(NamedTuple):
    """A word of a text: where it stands, folded to small letters without marks, and its stem."""

    begin: int
    end: int
    word: str
    stem: str


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    spans = (match.span() for match in _PLAIN.finditer(text)) if text.isascii() else _spans(text)
    for begin, end in spans:
        word = folded(text[begin:end])
        yield Token(begin, end, word, stem(word))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    begin = None
    for at, sign in enumerate(text):
        if begin is not None and ord(sign) in _ACCENTS:
            continue
        inside = unicodedata.category(sign) in _LETTERS
        if inside and begin is None:
            begin = at
        elif not inside and begin is not None:
            yield begin, at
            begin = None
    if begin is not None:
        yield begin, len(text)


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Small letters, Latin ones without an accent."""
    small = word.lower()
    return small if small.isascii() else "".join(_plain(sign) for sign in small if ord(sign) not in _ACCENTS)


def _plain(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    return parts[0] if len(parts) == 2 and parts[0] < "\x80" else sign


def stems(text: str) -> tuple[str, ...]:
    """The stems of a word or phrase, in order."""
    return tuple(token.stem for token in tokens(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word, by Porter's algorithm (1980)."""
    raw = word.encode(errors="replace")
    if not _SHORTEST <= len(raw) < _LONGEST:
        return word
    bare = raw.decode("latin-1")  # the index counts bytes: a letter beyond ASCII is two consonants or more
    bare = _step_5(_step_4(_step_3(_step_2(_step_1c(_step_1b(_step_1a(bare)))))))
    return bare.encode("latin-1").decode(errors="replace")


def _shape(word: str) -> str:
    """`c` and `v` for each consonant and vowel; y is a vowel after a consonant."""
    shape = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and shape[-1:] == "c")
        shape += "v" if vowel else "c"
    return shape


@lru_cache(maxsize=50_000)
def _measure(word: str) -> int:
    return _shape(word).count("vc") if word else 0


def _has_vowel(word: str) -> bool:
    return "v" in _shape(word)


def _short(word: str) -> bool:
    return _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _step_1a(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _step_1b(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        begun = word.removesuffix(ending)
        if begun != word and _has_vowel(begun):
            return _mended(begun)
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and word[-1] not in "lsz" and _shape(word)[-1] == "c":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _short(word) else word


def _step_1c(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _has_vowel(word[:-1]) else word


_STEP_2: Final = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "logi": "log", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate",
    "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_STEP_3: Final = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4: Final = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize",
)  # fmt: skip
_LONG_FIRST: Final = {
    id(endings): tuple(sorted(endings, key=len, reverse=True)) for endings in (_STEP_2, _STEP_3, _STEP_4)
}


def _step_2(word: str) -> str:
    return _changed(word, _STEP_2)


def _step_3(word: str) -> str:
    return _changed(word, _STEP_3)


def _changed(word: str, endings: dict[str, str]) -> str:
    for ending in _LONG_FIRST[id(endings)]:
        if word.endswith(ending):
            begun = word[: -len(ending)]
            return begun + endings[ending] if _measure(begun) > 0 else word
    return word


def _step_4(word: str) -> str:
    for ending in _LONG_FIRST[id(_STEP_4)]:
        if word.endswith(ending):
            begun = word[: -len(ending)]
            if ending == "ion" and begun[-1:] not in {"s", "t"}:
                return word
            return begun if _measure(begun) > 1 else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        begun = word[:-1]
        if _measure(begun) > 1 or (_measure(begun) == 1 and not _short(begun)):
            word = begun
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word

"""Suggesting a passphrase, and an honest word about one that a person made up.

Every guess costs an attacker a run of Argon2id over 256 MiB. Taken very badly, a rich one tries ten million a
second, 2^23, on rented machines: 45 bits last weeks, 55 bits last a century, and six random words (77.5 bits) are
out of reach.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SUGGESTED_WORDS = 6

Choose = Callable[[Sequence[str]], str]

# What a person adds because it is near at hand; each costs a guesser almost nothing.
_NEAR_AT_HAND = frozenset(
    """
    abc admin april asdf asdfgh asdfghjkl august autumn baseball client clinic december dragon february football
    friday iloveyou january journal july june kapjournal kennwort ketamine letmein login march master may monday
    monkey november october passphrase password passwort patient practice princess qwerty qwertyuiop qwertz secret
    september session shadow spring summer sunshine therapist therapy trustno welcome winter yxcvbnm zxcvbnm
    """.split()  # noqa: SIM905 - sixty quoted words read worse
)
_SMALL_WORDS = frozenset(
    """
    a an and are as at be but by for from has have he her his i if in is it me my no not of on or our she so that
    the their then they this to too up was we with you your
    """.split()  # noqa: SIM905
)
_RANDOM_WORD, _CHOSEN_WORD, _SMALL_WORD, _NEAR, _REPEATED = math.log2(7776), 8.0, 3.0, 3.0, 1.0
_DIGIT, _YEAR, _SIGN, _LETTER = 3.3, 6.0, 3.0, 3.0
_UNSPEAKABLE = re.compile(r"[b-df-hj-np-tv-xz]{5}")
_STAND_INS = str.maketrans("013457@$!", "oleastasi")
_DECORATION = "0123456789.,;:!?*+-_#i"


class Level(IntEnum):
    """How a passphrase would stand."""

    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


class Strength(NamedTuple):
    """An estimate; `bits` is the power of two of the guesses it would take, on the low side."""

    level: Level
    bits: float
    sentence: str


_SENTENCES = {
    Level.WEAK: "Weak: a person who knows you could guess it.",
    Level.FAIR: "Fair: no person would guess it, but a patient machine could. Add a word or two.",
    Level.GOOD: "Good: a machine would need many years, as long as nobody has seen it.",
    Level.STRONG: "Strong: out of reach of any machine, as long as nobody has seen it.",
}
_FROM = ((Level.STRONG, 77.0), (Level.GOOD, 52.0), (Level.FAIR, 32.0))


def word_list(path: Path) -> tuple[str, ...]:
    """The words of a dice list, which has a number, a tab and a word on each line."""
    return tuple(line.split()[-1] for line in path.read_text("ascii").splitlines() if line.strip())


def suggested(words: Sequence[str], count: int = SUGGESTED_WORDS, choose: Choose = secrets.choice) -> str:
    """A passphrase of random words, each as likely as every other."""
    return " ".join(choose(words) for _ in range(count))


def strength(passphrase: str, words: Collection[str] = ()) -> Strength:
    """Estimate how hard a passphrase is to guess; `words` is the list that suggestions are made of.

    The estimate knows words, years, keyboard rows and repetition. It cannot know that a phrase is a song's first
    line or a daughter's name, so it may only be trusted when it says weak.
    """
    bits = _guesses(passphrase, frozenset(words))
    level = next((level for level, least in _FROM if bits >= least), Level.WEAK)
    return Strength(level, round(bits, 1), _SENTENCES[level])


def _guesses(passphrase: str, words: frozenset[str]) -> float:
    pieces = _pieces(passphrase, words)
    looks_random = len(set(pieces)) >= SUGGESTED_WORDS - 1 and words.issuperset(pieces)
    seen: set[str] = set()
    bits = 0.0
    for piece in pieces:
        bits += _REPEATED if piece in seen else (_RANDOM_WORD if looks_random else _worth(piece))
        seen.add(piece)
    return bits


def _pieces(passphrase: str, words: frozenset[str]) -> list[str]:
    found: list[str] = []
    for chunk in passphrase.casefold().split():
        plain = chunk.translate(_STAND_INS).rstrip(_DECORATION)
        if chunk in words or plain in _NEAR_AT_HAND:
            found.append(chunk if chunk in words else plain)
        else:
            found += re.findall(r"[^\W\d_]+|\d+|[\W_]+", chunk)
    return found


def _worth(piece: str) -> float:
    if piece in _NEAR_AT_HAND or (len(piece) > 2 and (len(set(piece)) == 1 or _in_a_row(piece))):
        return _NEAR
    if piece.isdigit():
        return _YEAR if re.fullmatch(r"(19|20)\d\d", piece) else _DIGIT * len(piece)
    if not piece.isalpha():
        return _SIGN * len(set(piece))
    return _SMALL_WORD if piece in _SMALL_WORDS else _worth_of_letters(piece)


def _worth_of_letters(piece: str) -> float:
    """A word, or as many as a long run without a space may hold; letters that nobody could say count one by one."""
    if _UNSPEAKABLE.search(piece):
        return _LETTER * len(piece)
    return min(_LETTER * len(piece), _CHOSEN_WORD * math.ceil(len(piece) / 12))


def _in_a_row(piece: str) -> bool:
    around = 10 if piece.isdigit() else 0x110000
    steps = {(ord(after) - ord(before)) % around for before, after in pairwise(piece)}
    return steps in ({1}, {around - 1})

"""What words mean, as rows of small numbers that point alike for words that mean alike.

The table comes with the program (resources/recall/; packaging/word_table/ says how it was made) and is only looked up:
no model runs here. A word that it does not have still counts as a word of its own, under a number that stands for its
letters, so that a name can be learnt; it just means nothing until then.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapjournal.recall.stems import Token, stem, tokens

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

UNKNOWN: Final = 40_000  # words that the table does not have are numbered from here on
NUMBERS: Final = 65_536
_ENDINGS: Final = ("s", "ed", "ing", "ly", "d", "er")
_SIF: Final = 1e-3  # how soon common words fade (Arora, Liang and Ma 2017)


class WordTable:
    """The table in memory. `maker` changes with the table, and with how notes are written down by it."""

    def __init__(self, folder: Path) -> None:
        words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]
        rows = np.load(folder / "vectors.npy", allow_pickle=False).astype(np.float32)
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        self.maker = f"2-{about['vectors.npy_sha256'][:16]}"
        self.rows: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        self.common: int = about["common_words"]
        self.width: int = rows.shape[1]
        self._words = words
        self._stems: dict[int, str] = {}
        self._numbers = {word: number for number, word in enumerate(words)}
        rank = np.arange(1, len(words) + 1, dtype=np.float64)
        share = 1 / (rank + 2.7)
        self.share: NDArray[np.float64] = share / share.sum()
        self.fading: Floats = (_SIF / (_SIF + self.share)).astype(np.float32)

    def number(self, word: str) -> int:
        """The row of a folded word or phrase, or a number from `UNKNOWN` on that stands for its letters."""
        found = self._numbers.get(word)
        if found is None:
            found = next((n for n in map(self._numbers.get, _bases(word)) if n is not None), None)
        return _unknown(stem(word)) if found is None else found

    def stem(self, number: int) -> str:
        """The stem of a word of the table; of another the number that stands for its stem."""
        if number >= len(self._words):
            return f"#{number}"
        found = self._stems.get(number)
        if found is None:
            found = self._stems[number] = stem(self._words[number])
        return found

    def numbered(self, text: str) -> list[tuple[Token, int]]:
        """The words of a text with their numbers."""
        return [(token, self.number(token.word)) for token in tokens(text)]

    def meaning(self, numbers: Whole) -> Floats:
        """What words mean together; nothing but zeros where the table has none of them."""
        known = numbers[numbers < len(self.rows)]
        summed: Floats = (self.rows[known] * self.fading[known, None]).sum(0)
        return pointing(summed)

    def meaning_of(self, phrase: str) -> Floats:
        """What a phrase means: as a whole where the table has it, else by its words."""
        words = [token.word for token in tokens(phrase)]
        whole = self._numbers.get(" ".join(words))
        if whole is not None:
            row: Floats = self.rows[whole]
            return row
        return self.meaning(np.array([self.number(word) for word in words], dtype=np.int64))


def pointing(row: Floats) -> Floats:
    """The same direction at length one; zeros stay zeros."""
    length = float(np.linalg.norm(row))
    return row / np.float32(length) if length else row


def _bases(word: str) -> list[str]:
    """The same word without its ending, where that is the same stem."""
    begun = (word.removesuffix(ending) for ending in _ENDINGS)
    return [base for base in begun if base != word and len(base) > 2 and stem(base) == stem(word)]


@lru_cache(maxsize=50_000)
def _unknown(bare: str) -> int:
    return UNKNOWN + zlib.crc32(bare.encode(errors="replace")) % (NUMBERS - UNKNOWN)

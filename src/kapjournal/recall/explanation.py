"""Why a note came back, exactly: which of its words are words of the theme, or which words carried the likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kapjournal.recall.stems import Token, stems, tokens

MOST: Final = 6  # words that are named
_CARRIERS: Final = 3
_SHARE: Final = 0.35  # of what the first of them carries

Span = tuple[int, int]


class Reason(NamedTuple):
    """The words as they stand in the note, and where."""

    why: tuple[str, ...]
    marks: tuple[Span, ...]


class Terms:
    """Words and phrases, looked for by their stems."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for term in terms:
            parts = stems(term)
            if parts and parts not in self._by_first.setdefault(parts[0], []):
                self._by_first[parts[0]].append(parts)
        for phrases in self._by_first.values():
            phrases.sort(key=len, reverse=True)

    def spans(self, words: Sequence[Token]) -> list[tuple[Span, tuple[str, ...]]]:
        """Where they stand and which they are, the longest first where several begin at one place."""
        found: list[tuple[Span, tuple[str, ...]]] = []
        at = 0
        while at < len(words):
            parts = self._at(words, at)
            if parts is None:
                at += 1
            else:
                found.append(((words[at].begin, words[at + len(parts) - 1].end), parts))
                at += len(parts)
        return found

    def _at(self, words: Sequence[Token], at: int) -> tuple[str, ...] | None:
        for parts in self._by_first.get(words[at].stem, ()):
            if tuple(word.stem for word in words[at : at + len(parts)]) == parts:
                return parts
        return None


def holding(text: str, terms: Terms, within: int) -> Reason:
    """The words of `terms` that a note holds; marks only within its first so many letters."""
    return _reason(text, [span for span, _ in terms.spans(list(tokens(text)))], within)


def carried(text: str, weigh: Mapping[str, float], within: int) -> Reason:
    """The few words that carried most; `weigh` says how much each folded word did."""
    words = list(tokens(text))
    most = sorted({word.word for word in words}, key=lambda word: (-weigh.get(word, 0), word))[:_CARRIERS]
    least = _SHARE * weigh.get(most[0], 0) if most else 0
    chosen = {word for word in most if weigh.get(word, 0) > max(least, 0)}
    return _reason(text, [(word.begin, word.end) for word in words if word.word in chosen], within)


def _reason(text: str, spans: Sequence[Span], within: int) -> Reason:
    named = {text[begin:end].casefold(): text[begin:end] for begin, end in reversed(spans)}
    why = tuple(reversed(named.values()))[:MOST]
    return Reason(why, tuple(span for span in spans if span[1] <= within))

"""Reads one capture line from left to right: time, kind, words, labels."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from kapjournal.domain.capture_details import details_in, missing_details
from kapjournal.domain.capture_draft import Context, Draft, Piece, PieceKey, PieceKind, tidy
from kapjournal.domain.capture_labels import PART_SIGN, THEME_SIGN, Label, LabelFound, Names, labels_in
from kapjournal.domain.capture_quote import CLOSING_MARKS, OPENING_MARKS, unquoted
from kapjournal.domain.capture_time import Shift, When, moment_of, time_at_end, time_at_start, told_time
from kapjournal.domain.entry import Details, Kind, PartDetails
from kapjournal.domain.telling import KIND_TOLD

PLAIN_MARK = "\\"
KIND_MARKS = {
    ">": Kind.INTERVENTION,
    "~": Kind.SELF,
    "!": Kind.SAFETY,
    "*": Kind.MARK,
    **dict.fromkeys(OPENING_MARKS, Kind.QUOTE),
}

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPACED = {"\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


def clean(line: str) -> str:
    """The line with control characters shown as signs, of the same length so that places stay true."""
    return _UNSEEN.sub(_shown, line)


def _shown(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _SPACED:
        return _SPACED[sign]
    if sign == "\r":
        return " " if found.string[found.end() : found.end() + 1] == "\n" else "\n"
    if sign < " ":
        return chr(0x2400 + ord(sign))
    return "\u2421" if sign == "\x7f" else "\ufffd"


class _Run(NamedTuple):
    """The labels that end a line, perhaps with a time among them: where the words before them end."""

    body_end: int
    kept: str = ""  # the labels of it that stay in the text
    trailing: frozenset[int] = frozenset()  # where the labels begin that leave the text
    when: Shift | None = None


class Reader:
    """Reads one line; holds how far it is and what was understood so far."""

    def __init__(self, line: str, stamp: datetime, context: Context) -> None:
        self.words = clean(line)  # kept as typed
        self.line = self.words.replace("\xa0", " ")  # read with plain spaces
        self.stamp, self.context = stamp, context
        self.at = 0
        self.end = len(self.line.rstrip())
        self.when: When | None = None
        self.time_like = False  # a time stands at the start, or was meant to
        self.plain = False  # no kind is looked for
        self.pieces: list[Piece] = []
        self.problems: list[str] = []

    @cached_property
    def _themes(self) -> Names:
        return Names(self.context.themes)

    @cached_property
    def _parts(self) -> Names:
        return Names(self.context.parts)

    def read(self) -> Draft:
        """The draft of the whole line."""
        self._skip_space()
        self._read_time()
        if self.line.startswith(PLAIN_MARK, self.at):
            return self._draft(self.context.default_kind, None, self._text(self.at + 1, self.end), ())
        opener = self._read_mark()
        found = self._labels_found()
        run = self._run(found)
        kind, details, text = self._content(opener, run.body_end, found)
        labels = tuple(Label(one.typed, one.is_part, self._id(one), one.start in run.trailing) for one in found)
        return self._draft(kind, details, tidy(text + run.kept), labels)

    def _draft(self, kind: Kind, details: Details | None, text: str, labels: tuple[Label, ...]) -> Draft:
        return Draft(
            kind=kind,
            text=text,
            noticed_at=moment_of(self.when, self.stamp),
            when=self.when,
            details=details,
            starred=kind is Kind.MARK,
            labels=labels,
            pieces=tuple(sorted(self.pieces, key=lambda piece: (piece.start, piece.end))),
            missing=missing_details(kind, details),
            problems=tuple(self.problems),
        )

    def _text(self, start: int, end: int) -> str:
        return tidy(self.words[start:end]) if start < end else ""

    def _skip_space(self) -> None:
        while self.at < self.end and self.line[self.at].isspace():
            self.at += 1

    def _note(self, kind: PieceKind, start: int, end: int, told: str) -> bool:
        """Note a piece, unless the therapist turned it back to text."""
        key = PieceKey(kind, self.line[start:end].casefold())
        if key in self.context.dismissed:
            return False
        self.pieces.append(Piece(kind, start, end, told, key))
        return True

    def _read_time(self) -> None:
        read = time_at_start(self.line, self.at)
        if read is None:
            return
        self.time_like = True
        if read.when is None:
            self.plain = True
            if self._note(PieceKind.PROBLEM, self.at, read.end, read.problem):
                self.problems.append(read.problem)
        elif self._note(PieceKind.TIME, self.at, read.end, told_time(read.when, self.stamp)):
            self.when, self.at = read.when, read.end
            self._skip_space()
        else:
            self.plain = True

    def _read_mark(self) -> str:
        """The sign of a kind, with the reader moved behind it; empty where there is none."""
        sign = self.line[self.at : min(self.at + 1, self.end)]
        kind = None if self.plain else KIND_MARKS.get(sign)
        if kind is None:
            return ""
        if not self._note(PieceKind.KIND, self.at, self.at + 1, KIND_TOLD[kind].label):
            self.plain = True
            return ""
        self.at += 1
        self._skip_space()
        return sign

    def _labels_found(self) -> list[LabelFound]:
        """The labels in the rest of the line, without those that were turned back to text."""
        seen: Counter[str] = Counter()
        left = []
        for found in labels_in(self.line, self.at, self.end):
            text = found.typed.casefold()
            key = PieceKey(PieceKind.PART if found.is_part else PieceKind.THEME, text, seen[text])
            seen[text] += 1
            if key not in self.context.dismissed:
                left.append(found)
                known = self._id(found)
                self.pieces.append(
                    Piece(key.kind, found.start, found.end, self._told(found, known), key, known is not None)
                )
        return left

    def _id(self, found: LabelFound) -> str | None:
        return (self._parts if found.is_part else self._themes).id_of(found.typed[1:])

    def _told(self, found: LabelFound, known: str | None) -> str:
        if found.is_part:
            names = (part.name for part in self.context.parts if part.id == known)
            return PART_SIGN + next(names, found.typed[1:])
        return THEME_SIGN + found.typed[1:].replace("-", " ")

    def _run(self, found: list[LabelFound]) -> _Run:
        """The labels at the very end, with a time right after a label or a closing quotation mark."""
        end, first, time = self.end, len(found), None
        while True:
            end = self._back_over_space(end)
            if first and found[first - 1].end == end:
                first -= 1
                end = found[first].start
                continue
            if time is not None or (time := self._time_before(end, found[first - 1].end if first else -1)) is None:
                break
            end = time[0]
        known_from = len(found)
        while known_from > first and self._id(found[known_from - 1]) is not None:
            known_from -= 1
        kept = self._without_time(end, found[known_from - 1].end, time) if known_from > first else ""
        trailing = frozenset(one.start for one in found[known_from:])
        return _Run(end, kept, trailing)

    def _back_over_space(self, end: int) -> int:
        while end > self.at and self.line[end - 1].isspace():
            end -= 1
        return end

    def _time_before(self, end: int, label_end: int) -> tuple[int, int] | None:
        """A time as the last word before `end`, with its place; only right after a label or a closing mark."""
        if self.time_like or (read := time_at_end(self.line, self.at, end)) is None:
            return None
        before = self._back_over_space(read[0])
        after_mark = before > self.at and self.line[before - 1] in CLOSING_MARKS
        if not (before == label_end or after_mark) or not self._note(
            PieceKind.TIME, read[0], end, told_time(read[1], self.stamp)
        ):
            return None
        self.when = read[1]
        return read[0], end

    def _without_time(self, start: int, end: int, time: tuple[int, int] | None) -> str:
        if time is None or time[0] >= end:
            return self.words[start:end]
        return self.words[start : time[0]].rstrip() + self.words[time[1] : end]

    def _content(self, opener: str, end: int, found: list[LabelFound]) -> tuple[Kind, Details | None, str]:
        """Kind, details and words of what stands between the prefixes and the labels at the end."""
        text = self._text(self.at, end)
        if opener in OPENING_MARKS and opener:
            return Kind.QUOTE, None, unquoted(opener, text)
        if opener:
            return KIND_MARKS[opener], None, text
        if not self.plain and (structured := self._structured(end)):
            return structured
        if not self.plain and found and found[0].start == self.at and found[0].is_part:
            first = found[0]
            if self._note(PieceKind.KIND, first.start, first.end, KIND_TOLD[Kind.PART].label):
                known = self._id(first)
                return Kind.PART, PartDetails(part=known) if known else None, text
        return self.context.default_kind, None, text

    def _structured(self, end: int) -> tuple[Kind, Details | None, str] | None:
        read = details_in(self.line, self.at, end)
        if read is None:
            return None
        word = read.word.told.casefold()
        key = PieceKey(PieceKind.KIND if read.kind else PieceKind.PROBLEM, word)
        if key in self.context.dismissed:
            return None
        self.problems.extend(read.problems)
        for problem in read.problems:
            self.pieces.append(Piece(PieceKind.PROBLEM, self.at, end, problem, key))
        if read.kind is None:
            return None
        self.pieces.append(Piece(PieceKind.KIND, read.word.start, read.word.end, read.word.told, key))
        for bit in read.bits:
            self.pieces.append(Piece(PieceKind.DETAIL, bit.start, bit.end, bit.told, key))
        return read.kind, read.details, read.text

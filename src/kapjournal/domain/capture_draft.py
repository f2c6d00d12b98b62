"""What reading a capture line gives: a draft, the pieces that were understood, and the context it was read in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.capture_labels import Label
from kapjournal.domain.capture_time import When
from kapjournal.domain.entry import Details, Kind
from kapjournal.domain.label import Part, Theme


class PieceKind(StrEnum):
    """What a piece of a line was understood as."""

    KIND = "kind"
    TIME = "time"
    THEME = "theme"
    PART = "part"
    DETAIL = "detail"
    PROBLEM = "problem"  # kept as text, with the reason


class PieceKey(NamedTuple):
    """Names a piece for as long as its words stand, however the line goes on: the second `#grief`, for example."""

    kind: PieceKind
    text: str
    occurrence: int = 0


class Piece(NamedTuple):
    """A part of the line that was understood, from `start` to `end` in code points, and what its chip says.

    Putting `key` among the dismissed turns the words back into text; the details of a dose share its key.
    """

    kind: PieceKind
    start: int
    end: int
    told: str
    key: PieceKey
    known: bool = True  # False for a label that names nothing yet


class Context(NamedTuple):
    """What a line is read against: known names, the chosen kind, and the pieces that were turned back to text."""

    themes: tuple[Theme, ...] = ()
    parts: tuple[Part, ...] = ()
    default_kind: Kind = Kind.OBSERVATION
    dismissed: frozenset[PieceKey] = frozenset()


class Draft(NamedTuple):
    """What a line means. `missing` asks for details still to come; `problems` say why something stayed text."""

    kind: Kind
    text: str
    noticed_at: datetime
    when: When | None = None
    details: Details | None = None
    starred: bool = False
    labels: tuple[Label, ...] = ()
    pieces: tuple[Piece, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def meaning(self) -> Draft:
        """The draft without its pieces, for comparing two ways to write the same."""
        return self._replace(pieces=())

    @property
    def empty(self) -> bool:
        """Nothing to keep: no words, no details, no labels, and no kind that says enough alone."""
        marked = any(piece.kind is PieceKind.KIND for piece in self.pieces)
        return not (self.text or self.details or self.labels or (marked and self.kind in _ENOUGH_ALONE))

    def ids(self, *, of_parts: bool) -> tuple[str, ...]:
        """The known parts, or the known themes, that the line names, each once."""
        named = (label.id for label in self.labels if label.is_part is of_parts and label.id is not None)
        return tuple(dict.fromkeys(named))


_ENOUGH_ALONE = frozenset({Kind.MARK, Kind.MUSIC, Kind.TOUCH, Kind.SAFETY})


def tidy(words: str) -> str:
    """Words as typed, without the space around them and at the ends of their lines."""
    return "\n".join(line.rstrip() for line in words.split("\n")).strip()

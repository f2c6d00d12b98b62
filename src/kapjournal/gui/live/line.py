"""The line being written: its text, its stamp, and what is understood of it so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kapjournal.application.keep_entry import HalfTyped
from kapjournal.domain.capture import Context, Draft, Piece, nearest, read_line
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import Part, Theme
from kapjournal.domain.moment import Moment, clock_text
from kapjournal.gui.live.state import Chip, ChipKind, Completion

# What Ctrl+J goes through.
KINDS = (Kind.OBSERVATION, Kind.QUOTE, Kind.INTERVENTION, Kind.SELF, Kind.SAFETY, Kind.NOTE)


class Names(NamedTuple):
    """The themes and parts that a line can name."""

    themes: tuple[Theme, ...]
    parts: tuple[Part, ...]


class Line:
    """Holds the half-typed line; the stamp is taken at the first key and kept until the field is empty again."""

    def __init__(self, names: Callable[[], Names]) -> None:
        self._names = names
        self.half_typed = HalfTyped()
        self.version = 0
        self.chosen = 0

    def typed(self, text: str, cursor: int, now: Moment) -> None:
        """Hear the text change; `now` was read before anything else was done."""
        before = self.half_typed
        stamp = (before.stamp or now) if text else None
        dismissed = before.dismissed if text else ()
        kind = before.kind if text or before.doing != "write" else Kind.OBSERVATION
        self.half_typed = before.model_copy(
            update={"text": text, "cursor": cursor, "stamp": stamp, "dismissed": dismissed, "kind": kind}
        )
        self.chosen = 0

    def put(self, half_typed: HalfTyped) -> None:
        """Replace what stands in the field (a draft that came back, an entry to correct)."""
        self.half_typed = half_typed
        self.version += 1
        self.chosen = 0

    def open_for(self, half_typed: HalfTyped) -> None:
        """Use the field for something else for a while; what stands in it waits behind that."""
        now, left = self.half_typed, self.half_typed.left_forms
        behind = now if now.text and now.doing == "write" and not now.form else now.behind
        if any(value.strip() for value in now.form_values.values()):
            left = {**left, now.form: now.form_values}
        self.put(half_typed.model_copy(update={"behind": behind, "left_forms": left}))

    def clear(self) -> None:
        """Make the field ready for what waits behind it, or the next entry; forms that were left keep their words."""
        behind = self.half_typed.behind or HalfTyped()
        self.put(behind.model_copy(update={"left_forms": self.half_typed.left_forms}))

    def next_kind(self) -> None:
        """Choose the next kind for a line without a prefix."""
        kind = self.half_typed.kind
        following = KINDS[(KINDS.index(kind) + 1) % len(KINDS)] if kind in KINDS else KINDS[0]
        self.half_typed = self.half_typed.model_copy(update={"kind": following})

    def context(self) -> Context:
        """What the grammar may know while reading this line."""
        names = self._names()
        return Context(
            themes=names.themes,
            parts=names.parts,
            default_kind=self.half_typed.kind,
            dismissed=frozenset(self.half_typed.dismissed),
        )

    def draft(self, stamp: Moment) -> Draft:
        """Read the line as typed at `stamp`."""
        return read_line(self.half_typed.text, stamp.at, self.context())

    def dismiss(self, piece: Piece) -> None:
        """Turn an understood piece back into plain text."""
        dismissed = (*self.half_typed.dismissed, piece.key)
        self.half_typed = self.half_typed.model_copy(update={"dismissed": dismissed})

    def completions(self) -> tuple[Completion, ...]:
        """What the `#` or `@` word at the cursor may become."""
        word = self._word_at_cursor()
        if word is None:
            return ()
        mark = word[0]
        names = self._names()
        known: tuple[Theme | Part, ...] = names.themes if mark == "#" else names.parts
        return tuple(
            Completion(
                text=found.typed,
                label=found.name,
                note="" if found.id else ("new theme" if mark == "#" else "new part"),
            )
            for found in nearest(word, known)
        )

    def complete(self, completion: Completion) -> None:
        """Put a completion in the place of the word at the cursor."""
        word = self._word_at_cursor()
        if word is None:
            return
        text, cursor = self.half_typed.text, self.half_typed.cursor
        start = cursor - len(word)
        rest = text[cursor:]
        put_in = completion.text + ("" if rest.startswith(" ") else " ")
        cursor = start + len(completion.text) + 1
        self.put(self.half_typed.model_copy(update={"text": text[:start] + put_in + rest, "cursor": cursor}))

    def _word_at_cursor(self) -> str | None:
        before = self.half_typed.text[: self.half_typed.cursor]
        at = max(before.rfind("#"), before.rfind("@"))
        if at < 0 or (at > 0 and not before[at - 1].isspace()):
            return None
        word = before[at:]
        tail = self.half_typed.text[self.half_typed.cursor :][:1]
        inside_one_word = all(c.isalnum() or c == "-" for c in word[1:]) and not (tail.isalnum() or tail == "-")
        is_time = word[0] == "@" and word[1:2].isdigit()
        return word if inside_one_word and not is_time else None


CHIP_ROLE = {
    ChipKind.KIND: "text",
    ChipKind.TIME: "text",
    ChipKind.THEME: "theme-text",
    ChipKind.PART: "part-text",
    ChipKind.DETAIL: "text",
    ChipKind.MISSING: "mark",
    ChipKind.PROBLEM: "safety",
}


def stamp_text(stamp: Moment | None) -> str:
    """What the field says of its stamp."""
    return f"stamped {clock_text(stamp.at, seconds=True)}" if stamp else "stamped at your first key"


def chip(kind: ChipKind, text: str, *, icon: str = "", role: str = "", start: int = 0, end: int = 0) -> Chip:
    """Make a chip in the colour of what it stands for."""
    dismissable = kind not in {ChipKind.MISSING, ChipKind.PROBLEM} and end > start
    return Chip(kind, icon, text, role or CHIP_ROLE[kind], start, end, dismissable)

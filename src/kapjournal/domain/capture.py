"""The capture line: one line of typing becomes the draft of one entry.

A pure function of the line, its stamp (the moment of the first key) and the context. Nothing is ever refused:
what the grammar does not know is plain text of the chosen kind. For every line, writing the draft out again and
reading that gives the same draft.
"""

from __future__ import annotations

from datetime import datetime

from kapjournal.domain.capture_details import missing_details, written_details
from kapjournal.domain.capture_draft import Context, Draft, Piece, PieceKey, PieceKind
from kapjournal.domain.capture_labels import Label, Suggestion, nearest, slug
from kapjournal.domain.capture_quote import quoted
from kapjournal.domain.capture_reader import PLAIN_MARK, Reader, clean
from kapjournal.domain.capture_time import At, Shift, When, written_time
from kapjournal.domain.entry import Kind

__all__ = [
    "LONGEST_LINE",
    "At",
    "Context",
    "Draft",
    "Label",
    "Piece",
    "PieceKey",
    "PieceKind",
    "Shift",
    "Suggestion",
    "When",
    "clean",
    "missing_details",
    "nearest",
    "read_line",
    "slug",
    "write_line",
]

# The most an entry holds. A longer line stays whole in the draft, unread, and is refused by a sentence when logged.
LONGEST_LINE = 1_000_000

_MARK_OF = {Kind.INTERVENTION: ">", Kind.SELF: "~", Kind.SAFETY: "!", Kind.MARK: "*"}
_NO_CONTEXT = Context()


def read_line(line: str, stamp: datetime, context: Context = _NO_CONTEXT) -> Draft:
    """What `line` means; `stamp` is aware and is the moment of its first key. Never raises, for any text."""
    if len(line) > LONGEST_LINE:
        problem = f"this is longer than the {LONGEST_LINE:,} characters that an entry holds"
        return Draft(context.default_kind, clean(line).strip(), stamp, problems=(problem,))
    return Reader(line, stamp, context).read()


def write_line(draft: Draft) -> str:
    """A line that means `draft`, read with the same stamp and context."""
    time = [written_time(draft.when)] if draft.when is not None else []
    trailing = [label.typed for label in draft.labels if label.trailing]
    return " ".join(part for part in (*time, _written_body(draft), *trailing) if part)


def _written_body(draft: Draft) -> str:
    if not any(piece.kind is PieceKind.KIND for piece in draft.pieces):
        return _written_plain(draft)
    if draft.kind is Kind.QUOTE:
        return quoted(draft.text)
    if draft.kind is Kind.PART:
        return draft.text
    if mark := _MARK_OF.get(draft.kind):
        return f"{mark} {draft.text}".rstrip()
    return written_details(draft.kind, draft.details, draft.text)


def _written_plain(draft: Draft) -> str:
    """Plain text, after a backslash where it would be understood as something else.

    With labels or problems it was read without a backslash, so it reads the same again.
    """
    if draft.labels or draft.problems or not draft.text:
        return draft.text
    special = draft.text.startswith(PLAIN_MARK) or read_line(draft.text, draft.noticed_at).pieces
    return PLAIN_MARK + draft.text if special else draft.text

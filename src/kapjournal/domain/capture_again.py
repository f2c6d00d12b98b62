"""Back from an entry to the line it could have been typed as, so that it can be corrected where it was written."""

from __future__ import annotations

from collections.abc import Iterable

from kapjournal.domain.capture import write_line
from kapjournal.domain.capture_draft import Draft, Piece, PieceKey, PieceKind
from kapjournal.domain.capture_labels import Label
from kapjournal.domain.entry import DETAILS, Details, Entry, Kind

# Kinds that the line grammar has a sign or a word for; the others are plain text of a chosen kind.
WRITTEN_WITH_A_SIGN = frozenset(
    {
        Kind.QUOTE,
        Kind.INTERVENTION,
        Kind.SELF,
        Kind.SAFETY,
        Kind.MARK,
        Kind.DOSE,
        Kind.VITALS,
        Kind.SUDS,
        Kind.SEDATION,
        Kind.TOUCH,
        Kind.PHASE,
        Kind.MUSIC,
    }
)

# Details that a line has no words for; a corrected line leaves them as they were.
BEYOND_THE_LINE = frozenset(
    {
        "given_by",
        "swallowed",
        "initiated_by",
        "response",
        "sign",
        "severity",
        "action",
        "resolved_at",
        "code",
        "blended",
    }
)


def line_of_entry(entry: Entry, labels: Iterable[Label]) -> str:
    """The line that stands for an entry; `labels` are those that are not words of its text."""
    kind = entry.kind
    written = kind in WRITTEN_WITH_A_SIGN
    pieces = (Piece(PieceKind.KIND, 0, 0, "", PieceKey(PieceKind.KIND, "")),) if written else ()
    text = entry.text
    trailing = tuple(label._replace(trailing=True) for label in labels)
    draft = Draft(kind, text, entry.noticed_at, details=entry.details, labels=trailing, pieces=pieces)
    return write_line(draft)


def kept_details(before: Details | None, read: Details | None, kind: Kind) -> Details | None:
    """What the corrected line says, with the details it has no words for as they were."""
    model = DETAILS.get(kind)
    if model is None or type(before) is not model:
        return read
    beyond = {k: v for k, v in before.model_dump(exclude_none=True).items() if k in BEYOND_THE_LINE}
    said = read.model_dump(exclude_none=True) if read is not None else {}
    return model.model_validate({**beyond, **said}) if beyond or said else None

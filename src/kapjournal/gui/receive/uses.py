"""What the screen for a received bundle asks of the use cases. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kapjournal.application.ports import Clock, Journal, Sealer
from kapjournal.application.receive import Looked, Received, look, receive
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import BadInput
from kapjournal.domain.merging import Became
from kapjournal.domain.telling import KIND_TOLD, told, told_text

LARGEST = 1 << 30  # bytes; the sealer has a stricter bound of its own


class Wording(NamedTuple):
    """An entry that is worded otherwise here and there."""

    label: str
    ours: str
    theirs: str


class Found(NamedTuple):
    """A bundle that was opened, and the entries that would stand beside one's own."""

    looked: Looked
    beside: tuple[Wording, ...]


class ReceiveUses(NamedTuple):
    """What the screen can ask for; `open` and `take` run on the worker."""

    open: Callable[[Path, str | None], Found]
    take: Callable[[Looked, bool], Received]  # whether the six words were compared now
    go_client: Callable[[str], None]
    leave: Callable[[], None]


def open_bundle(journal: Journal, sealer: Sealer, own: str, path: Path, passphrase: str | None) -> Found:
    """Open a file and hold it against the journal. Raises a `JournalError` of its own for all that can be amiss."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is far too large for a bundle. Nothing was opened.")
        sealed = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} could not be read ({error.strerror}). Nothing was opened.") from None
    looked = look(journal, own, sealer.open(sealed, passphrase))
    ours = {entry.id: entry for entry in journal.entries(looked.client.id)}
    came = (record for record in looked.merged.of(Became.BESIDE) if isinstance(record, Entry) and record.beside)
    return Found(looked, tuple(_wording(ours[one.beside], one) for one in came if one.beside in ours))


def take_in(journal: Journal, sealer: Sealer, own: str, clock: Clock, looked: Looked, *, compared: bool) -> Received:
    """Take it into the journal, in one transaction."""
    return receive(journal, sealer, own, looked, clock, compared=compared)


def _wording(ours: Entry, theirs: Entry) -> Wording:
    return Wording(KIND_TOLD[theirs.kind].label, told_text(told(ours)), told_text(told(theirs)))

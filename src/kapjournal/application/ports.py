"""What the use cases need from the world; each port has a contract test that its fake and its real one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from kapjournal.application.changes import Changes
from kapjournal.application.sealing import FreshBundle as FreshBundle  # noqa: PLC0414 - asked for here with the rest
from kapjournal.application.sealing import OpenedBundle as OpenedBundle  # noqa: PLC0414 - asked for here with the rest
from kapjournal.application.sealing import OwnKeys as OwnKeys  # noqa: PLC0414 - asked for here with the rest
from kapjournal.application.sealing import Parcel as Parcel  # noqa: PLC0414 - asked for here with the rest
from kapjournal.application.sealing import Sealer as Sealer  # noqa: PLC0414 - asked for here with the rest
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Action, Amendment, Entry
from kapjournal.domain.label import Link, Part, Tag, Theme
from kapjournal.domain.moment import Moment
from kapjournal.domain.recalled import Found, Offered
from kapjournal.domain.selection import Disclosure

Result = TypeVar("Result")


class Clock(Protocol):
    """Reads both clocks. The only way to learn the time."""

    def now(self) -> Moment: ...


class NewId(Protocol):
    """Makes an id that no other record has (a UUID in the app)."""

    def __call__(self) -> str: ...


class SessionRecord(NamedTuple):
    """One session with all that was said in it and about it, in the order it was written."""

    session: Session
    entries: tuple[Entry, ...]
    amendments: tuple[Amendment, ...]
    tags: tuple[Tag, ...]


class Version(NamedTuple):
    """A record as it was kept at one time; every change in place makes a new one."""

    at: datetime  # when it was kept, in UTC
    record: Record


class Finding(NamedTuple):
    """One thing that `verify` looked at."""

    whole: bool
    sentence: str


class Inspected(NamedTuple):
    """What was found in the files of a journal, and how many records of each type they hold."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]

    @property
    def whole(self) -> bool:
        """Whether nothing is amiss."""
        return all(finding.whole for finding in self.findings)


class Place(NamedTuple):
    """Where an entry stands: the number of its first line in the ledger, which orders notes as they were written."""

    number: int
    entry: str
    client: str
    session: str | None
    kind: str
    part: str | None


class Spoken(NamedTuple):
    """All words of a note: its text, then each of its amendments' on a line of its own; `gone` if it was retracted."""

    place: Place
    words: str
    gone: bool


class Told(NamedTuple):
    """Notes whose words are new or other than before, up to a number of the ledger; `whole` if there are no more."""

    notes: tuple[Spoken, ...]
    up_to: int
    whole: bool


class Vectors(NamedTuple):
    """What was derived from the words of notes, by number, and up to which number of the ledger."""

    rows: tuple[tuple[int, bytes], ...]
    up_to: int


class Noted(NamedTuple):
    """One entry with all that was said of it."""

    entry: Entry
    amendments: tuple[Amendment, ...]
    tags: tuple[Tag, ...] = ()

    @property
    def words(self) -> str:
        """The entry's text, then what its amendments say, each on a line of its own."""
        texts = (self.entry.text, *(amendment.text for amendment in self.amendments))
        return "\n".join(text for text in texts if text)

    @property
    def gone(self) -> bool:
        """Whether the entry was taken back."""
        return any(amendment.action is Action.RETRACTION for amendment in self.amendments)


class NoteIndex(Protocol):
    """What finding notes again rests on. Nothing here is part of the record; what is missing is made anew."""

    def places(self) -> tuple[Place, ...]:
        """Where every entry stands, in the order they were first written."""
        ...

    def changed_since(self, number: int, most: int) -> Told:
        """Notes that were written, changed or amended after a number of the ledger, from at most so many lines."""
        ...

    def holding(self, terms: Sequence[str]) -> Mapping[str, Sequence[tuple[int, float]]]:
        """For each word or phrase the notes that hold it, endings aside, as number and BM25 (more is better).

        Any signs are allowed in a term and mean nothing; notes that were retracted are found as well.
        """
        ...

    def vectors(self, made_by: str) -> Vectors:
        """What this maker derived; nothing of another's."""
        ...

    def keep_vectors(self, made_by: str, vectors: Mapping[int, bytes], up_to: int) -> None:
        """Keep what was derived, and how far it reaches, in one transaction; what another maker derived goes."""
        ...

    def noted(self, entries: Sequence[str]) -> tuple[Noted, ...]:
        """These entries in the order asked for; unknown ones are left out."""
        ...

    def opinions(self, themes: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
        """What the therapist said: entry, theme and state of tags with these themes, and of those that hide a note."""
        ...

    def doses(self, sessions: Sequence[str]) -> tuple[Entry, ...]:
        """The doses of these sessions that were not taken back."""
        ...


class Journal(Protocol):
    """The one store. Every write is on the disk when the call returns, or it raises and nothing was written."""

    def keep(self, *records: Record, desk: Mapping[str, str | None] | None = None, received: bool = False) -> Changes:
        """Write records, in one transaction with changes to the desk (None clears a place).

        A record that stands already, field for field, is left alone (keeping twice is keeping once). One
        that differs replaces what stood, if it may: entries of a closed session, entries without a session,
        closed sessions, amendments and disclosures may not (`Refused`), nor may what was received from another journal,
        unless it is `received` again from there. Every version goes into the ledger.
        A tag is known by entry and label, a link by both ends and relation. References must exist
        (`BadInput`). Disk trouble is `NotSaved`.
        """
        ...

    def desk(self, place: str) -> str | None:
        """What lies at a place on the desk: half-typed lines, clocks, preferences. Not part of the record."""
        ...

    def put_on_desk(self, place: str, content: str | None) -> None:
        """Replace (or with None clear) what lies at a place on the desk; durable on return."""
        ...

    def clients(self) -> tuple[Client, ...]: ...

    def courses(self, client: str | None = None) -> tuple[Course, ...]: ...

    def sessions(self, client: str | None = None) -> tuple[Session, ...]: ...

    def session_record(self, session: str) -> SessionRecord:
        """Raises `BadInput` for an unknown id."""
        ...

    def entries(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Entry, ...]:
        """Entries in the order they were written, of all clients or one, of all kinds or some."""
        ...

    def amendments(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Amendment, ...]:
        """Amendments of entries of all clients or one, of all kinds of entries or some."""
        ...

    def themes(self) -> tuple[Theme, ...]: ...

    def parts(self, client: str | None = None) -> tuple[Part, ...]: ...

    def tags(self, client: str | None = None) -> tuple[Tag, ...]: ...

    def links(self) -> tuple[Link, ...]: ...

    def disclosures(self, client: str | None = None) -> tuple[Disclosure, ...]: ...

    @property
    def index(self) -> NoteIndex:
        """What finding notes again rests on."""
        ...

    def versions(self, record: str) -> tuple[Version, ...]:
        """All versions of the entry with this id that were ever kept, oldest first; none for an unknown one."""
        ...

    def everything(self) -> Iterator[Record]:
        """Every record in its present version, each after those it names."""
        ...

    def count(self) -> dict[str, int]:
        """How many records of each type there are."""
        ...

    def verify(self, progress: Callable[[int, int], None] | None = None) -> tuple[Finding, ...]:
        """Check pages, ledger and counts; `progress` hears (done, of)."""
        ...

    def settle(self) -> None:
        """Fold the write-ahead log into the main file; called when idle and when a session closes."""
        ...

    def copy_to(self, folder: Path) -> Inspected:
        """Write an encrypted copy of the journal as it is now into an empty folder, and open and check that copy.

        The copy is on the disk when the call returns, and opens with the same keys. A folder that holds a journal
        is `Refused`; disk trouble is `NotSaved`, and then nothing is left in the folder.
        """
        ...

    def close(self) -> None:
        """Settle and let go of the file; afterwards the journal cannot be used."""
        ...


def kept_versions(journal: Journal, entry: str) -> tuple[tuple[datetime, Entry], ...]:
    """The versions of an entry with the moments they were kept at, oldest first."""
    return tuple((one.at, one.record) for one in journal.versions(entry) if isinstance(one.record, Entry))


class Keys(NamedTuple):
    """What the master key of a journal unfolds into; each is 32 bytes and has one use."""

    vault_id: str
    database: bytes
    ledger: bytes
    signing_seed: bytes


class KeyStore(Protocol):
    """The key file of a journal folder."""

    def make(self, folder: Path, passphrase: str) -> tuple[Keys, str]:
        """Make keys for a new journal; returns them with the recovery key to show once."""
        ...

    def unlock(self, folder: Path, passphrase: str) -> Keys: ...

    def recover(self, folder: Path, recovery_key: str) -> Keys: ...

    def test_recovery(self, folder: Path, recovery_key: str) -> bool:
        """Whether this recovery key opens the journal; a damaged key file raises."""
        ...

    def change_passphrase(self, folder: Path, old: str, new: str) -> None: ...

    def reset_passphrase(self, folder: Path, recovery_key: str, new: str) -> None:
        """Replace a forgotten passphrase by means of the recovery key."""
        ...

    def renew_recovery_key(self, folder: Path, passphrase: str) -> str:
        """Make a new recovery key to show once; the old one opens nothing from now on."""
        ...

    def check(self, folder: Path) -> tuple[Finding, ...]:
        """The state of the key file and its second copy, without any key."""
        ...

    def repair(self, folder: Path) -> None:
        """Write a damaged copy anew from the whole one; never done unasked."""
        ...

    def copy_to(self, folder: Path, to: Path) -> None:
        """Write the key file, in both copies, into another folder; raises OSError when that cannot be done."""
        ...

    def identity(self, folder: Path) -> str:
        """The id of the journal that the key file of a folder belongs to, without any key."""
        ...


class JournalStore(Protocol):
    """Opens the database of a journal folder."""

    def make(self, folder: Path, keys: Keys) -> Journal: ...

    def open(self, folder: Path, keys: Keys) -> Journal: ...

    def inspect(self, folder: Path, keys: Keys, progress: Callable[[int, int], None] | None = None) -> Inspected:
        """Look at all of a journal that is not open, such as a backup, without writing anything into its folder."""
        ...

    def copy_files(self, folder: Path, to: Path) -> None:
        """Copy the database of a journal that is not open, byte for byte; raises OSError when that cannot be done."""
        ...


class Recall(Protocol):
    """Finds and explains notes of the journal that is open. Everything here may take its time: only on the worker.

    `client` None means all clients. Notes that were hidden, and those that were rejected for the theme, never come
    back; notes accepted for it do, at the place the ranking gives them. Best first; an empty answer is a good answer.
    The therapist's own entries (`self`) are left out and lend nothing to others, unless `own` asks for them: that is
    for the private view and the command line alone.
    """

    def by_theme(
        self, theme: Theme, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        """Notes that speak of a theme."""
        ...

    def by_words(
        self, words: str, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        """Notes that speak of what these words speak of."""
        ...

    def like(self, entry: str, client: str | None, limit: int | None = None, *, own: bool = False) -> tuple[Found, ...]:
        """Notes that speak of what a note speaks of, without itself."""
        ...

    def sure(self, theme: Theme, client: str | None) -> frozenset[str]:
        """The notes that hold a word of a theme or were accepted for it, as `by_theme` has them; for counting."""
        ...

    def brings(self, words: Sequence[str], client: str | None) -> Mapping[str, frozenset[str]]:
        """For each word or phrase the notes that it alone would bring; the therapist's own are not among them."""
        ...

    def catch_up(self) -> bool:
        """Take in some of what was written since, a fraction of a second's work; whether nothing is left to take in.

        Every question does it by itself, for all that is left; done in quiet moments, no question waits for it.
        """
        ...

    def suggest(self, words: str, themes: Sequence[Theme], limit: int = 3) -> tuple[Offered, ...]:
        """Themes that a note being written may speak of; none where nothing speaks for one."""
        ...


class Tasks(Protocol):
    """Runs work on the one thread that owns the journal and brings the result back to the caller's thread."""

    def run(
        self, work: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None: ...


class Timer(Protocol):
    """Calls back later, on the caller's thread."""

    def after(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        """Call `do` once after so many seconds; calling what is returned prevents it."""
        ...
